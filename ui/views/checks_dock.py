"""Dock at the bottom: what the checks found, and the answers to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QTableView

from ui.theme import Theme
from ui.viewmodels.checks import ANSWERS, LEVELS, ChecksState, ChecksViewModel, Finding
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.bottom_docks import BottomDock
from ui.views.reason_dialog import ReasonDialog
from workbench.i18n import _, counted

_ICONS = {"stop": "stop", "warn": "warn", "note": "info"}


class ChecksDock(BottomDock):
    """Renders ``ChecksState``.

    Signals:
        jump: a ``Finding`` whose value is wanted.
        fix: a ``Finding`` whose value shall be corrected.
    """

    jump = Signal(object)
    fix = Signal(object)

    def __init__(self, viewmodel: ChecksViewModel, theme: Theme) -> None:
        super().__init__(theme, "checks", "warn")
        self.viewmodel = viewmodel
        self.show_value = self.tool("btn_show_value")
        self.mend = self.tool("btn_fix_value")
        self.accept = self.tool("btn_accept_check")
        self.later, self.reopen = self.tool("btn_put_off"), self.tool("btn_reopen")
        self.again, self.export = self.tool("btn_check_again"), self.tool("btn_export_checks")
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.show_value.clicked.connect(self._jump)
        self.mend.clicked.connect(lambda: self.fix.emit(self.one))
        self.accept.clicked.connect(self._accept)
        self.later.clicked.connect(lambda: viewmodel.put_off(self._ids("open")))
        self.reopen.clicked.connect(lambda: viewmodel.reopen(self._ids("accepted", "later")))
        self.again.clicked.connect(lambda: viewmodel.check())
        self.export.clicked.connect(self._export)
        self.table.doubleClicked.connect(lambda _index: self._jump())
        self.table.activated.connect(lambda _index: self._jump())
        self.table.chosen.connect(lambda _key: self._enable())
        self._shown: object = None
        viewmodel.changed.connect(self.render)
        self.retranslate()
        self.table.selectionModel().selectionChanged.connect(lambda *_both: self._enable())

    @property
    def chosen(self) -> tuple[Finding, ...]:
        """The findings that are marked."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        found = self.viewmodel.state.findings
        return tuple(found[row] for row in rows if row < len(found))

    @property
    def one(self) -> Finding | None:
        """The finding when exactly one is marked."""
        marked = self.chosen
        return marked[0] if len(marked) == 1 else None

    def _ids(self, *answers: str) -> tuple[str, ...]:
        return tuple(
            entry.id for entry in self.chosen if entry.answerable and entry.answer in answers
        )

    def render(self, state: ChecksState) -> None:
        """Show the state."""
        text = counted("{n} check waits", "{n} checks wait", state.open_count)
        if state.running:
            text = _("Checking…")
        elif state.known and not state.open_count:
            text = _("All checks answered") if state.findings else _("All checks passed")
        self.title.setText(text)
        self.again.setEnabled(not state.running)
        self.export.setEnabled(bool(state.findings))
        if state.findings is not self._shown:
            self._shown = state.findings
            heads = (
                HeadText(text=_("Level")),
                HeadText(text=_("What"), elastic=True),
                HeadText(text=_("Answer")),
            )
            self.table.table.show_rows(
                heads, [_row(index, entry) for index, entry in enumerate(state.findings)]
            )
            self.table.fit_soon(most=1200)
        self._enable()

    def _enable(self) -> None:
        one, writable = self.one, not self.viewmodel.session.state.read_only
        self.show_value.setEnabled(one is not None and one.has_value)
        self.mend.setEnabled(one is not None and one.has_value and writable)
        self.accept.setEnabled(bool(self._ids("open", "later")) and writable)
        self.later.setEnabled(bool(self._ids("open")) and writable)
        self.reopen.setEnabled(bool(self._ids("accepted", "later")) and writable)

    def _jump(self) -> None:
        one = self.one
        if one is not None and one.has_value:
            self.jump.emit(one)

    def _accept(self) -> None:
        ids = self._ids("open", "later")
        texts = [entry.text for entry in self.chosen if entry.id in ids]
        dialog = ReasonDialog(texts, self.viewmodel.session.preferences, self)
        dialog.given.connect(lambda reason: self.viewmodel.accept(ids, reason))
        dialog.open()

    def _export(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Export the checks…"),
            "checks.html",
            _("Report (*.html);;Table (*.csv)"),
        )
        if chosen:
            self.viewmodel.export(Path(chosen))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        super().retranslate()
        self.setWindowTitle(_("Checks"))
        self.table.setAccessibleName(_("Checks"))
        self.show_value.setText(_("Show the value"))
        self.mend.setText(_("Correct…"))
        self.accept.setText(_("Accept…"))
        self.later.setText(_("Later"))
        self.reopen.setText(_("Reopen"))
        self.again.setText(_("Check again"))
        self.export.setText(_("Export…"))
        self._shown = None
        self.viewmodel.check(everything=False) if self.viewmodel.state.known else None
        self.render(self.viewmodel.state)


def _row(index: int, entry: Finding) -> Row:
    answer = _(ANSWERS[entry.answer]) if ANSWERS[entry.answer] else ""
    parts = [part for part in (answer, entry.reason, entry.by) if part]
    return Row(
        key=index,
        cells=(
            CellText(text=_(LEVELS[entry.level]), icon=_ICONS[entry.level], tone=entry.level),
            CellText(text=entry.text, muted=not entry.is_open),
            CellText(text=" · ".join(parts), muted=True),
        ),
    )
