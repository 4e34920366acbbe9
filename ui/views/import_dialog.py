"""Import a file: what it is and what is open, then progress, then the sums that close."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from ui import messages
from ui.theme import Theme
from ui.viewmodels.importing import ColumnLine, ImportState, ImportViewModel, ReportLine
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.tables import TableView
from ui.views.widgets import Message, button, card, clear, column, label, row, scrolled
from workbench.i18n import _, counted, message, number

_STAGES = {"reading": 0, "ready": 1, "importing": 0, "done": 2, "failed": 1}


class ImportDialog(QDialog):
    """Renders ``ImportState``.

    Args:
        path: the file.
        session: the open project.
        theme: the look in force.
        parent: the window.
    """

    def __init__(
        self,
        path: Path,
        session: SessionViewModel,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_import")
        self.setWindowTitle(message("Import of {file}", {"file": path.name}))
        self._theme = theme
        self.viewmodel = ImportViewModel(path, session, self)
        layout = column(self, margins=(22, 18, 22, 16), spacing=12)
        self.title, self.about = label("title"), label("body2", wrap=True)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._waiting())
        self.pages.addWidget(self._look())
        self.pages.addWidget(self._report())
        layout.addWidget(self.pages, 1)
        foot = row()
        self.closing = label("strong")
        foot.addWidget(self.closing, 1)
        self.cancel, self.do = button("btn_cancel"), button("btn_import", kind="primary")
        self.cancel.clicked.connect(self._stop)
        self.do.clicked.connect(self._next)
        foot.addWidget(self.cancel)
        foot.addWidget(self.do)
        layout.addLayout(foot)
        self.resize(820, 600)
        self.viewmodel.changed.connect(self.render)
        self.viewmodel.failed.connect(lambda problem: messages.show_problem(self, problem))
        self.viewmodel.look()

    def _waiting(self) -> QWidget:
        page = QWidget()
        layout = column(page, spacing=10)
        layout.addStretch(1)
        self.wait = label("words")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.progress = label("small")
        layout.addWidget(self.wait)
        layout.addWidget(self.bar)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        return page

    def _look(self) -> QWidget:
        page = QWidget()
        layout = column(page, spacing=10)
        line = row(spacing=10)
        self.sheet_label = label("lab")
        self.sheets = QComboBox()
        self.sheets.setObjectName("pick_sheet")
        self.sheets.activated.connect(lambda: self.viewmodel.look(self.sheets.currentText()))
        self.append = QCheckBox()
        self.append.setObjectName("check_append")
        line.addWidget(self.sheet_label)
        line.addWidget(self.sheets)
        line.addStretch(1)
        line.addWidget(self.append)
        layout.addLayout(line)
        self.open_questions = column(spacing=6)
        layout.addLayout(self.open_questions)
        self.columns = TableView(self._theme, "tbl_columns")
        frame = card("columns")
        column(frame, margins=(1, 1, 1, 1)).addWidget(self.columns)
        layout.addWidget(frame, 1)
        self.odd = label("small", wrap=True)
        layout.addWidget(self.odd)
        return page

    def _report(self) -> QWidget:
        content = QWidget()
        layout = column(content, margins=(0, 0, 10, 0), spacing=12)
        self.sums = QGridLayout()
        self.sums.setHorizontalSpacing(40)
        self.sums.setVerticalSpacing(3)
        layout.addLayout(self.sums)
        self.remarks = column(spacing=6)
        layout.addLayout(self.remarks)
        layout.addStretch(1)
        return scrolled(content)

    # rendering

    def render(self, state: ImportState) -> None:
        """Show the state."""
        self.title.setText(state.file)
        self.about.setText(state.about)
        self.pages.setCurrentIndex(_STAGES[state.stage])
        busy = state.stage in ("reading", "importing")
        self.cancel.setText(_("Cancel") if state.stage != "done" else "")
        self.cancel.setVisible(state.stage != "done")
        self.do.setVisible(not busy)
        self.do.setText(_("Close") if state.stage == "done" else _("Import this file"))
        self.do.setEnabled(state.stage == "done" or not state.questions)
        self.closing.setText(self._closing(state))
        if busy:
            self._show_progress(state)
        elif state.stage == "done":
            self._show_report(state)
        else:
            self._show_look(state)

    def _show_progress(self, state: ImportState) -> None:
        reading = state.stage == "reading"
        self.wait.setText(_("Reading the file…") if reading else _("Importing…"))
        self.bar.setRange(0, max(state.total, 0))
        self.bar.setValue(state.done)
        data = {"done": state.done, "total": state.total}
        known = state.total > 0
        self.progress.setText(message("{done} of {total} values", data) if known else "")

    def _show_look(self, state: ImportState) -> None:
        self.sheet_label.setText(_("Sheet"))
        if [self.sheets.itemText(i) for i in range(self.sheets.count())] != list(state.sheets):
            self.sheets.clear()
            self.sheets.addItems(list(state.sheets))
        self.sheets.setCurrentText(state.sheet)
        for widget in (self.sheets, self.sheet_label):
            widget.setVisible(len(state.sheets) > 1)
        self.append.setText(_("Keep earlier versions of this source"))
        clear(self.open_questions)
        for text in state.questions:
            box = Message(self._theme, "stop")
            box.say(_("Decide first"), text)
            self.open_questions.addWidget(box)
        heads = (
            HeadText(text=_("Column")),
            HeadText(text=_("We read it as")),
            HeadText(text=_("The file says")),
        )
        self.columns.table.show_rows(heads, [_column_row(line) for line in state.columns])
        self.columns.fit_columns(most=320)
        self.odd.setText("\n".join(state.oddities[:6]))
        self.odd.setVisible(bool(state.oddities))

    def _show_report(self, state: ImportState) -> None:
        clear(self.sums)
        for side, lines in enumerate((state.rows, state.cells)):
            self._show_sum(lines, side)
        clear(self.remarks)
        for level, texts in (("note", state.remarks), ("warn", state.left_out)):
            if texts:
                box = Message(self._theme, level)
                head = _("Remarks") if level == "note" else _("Left out")
                box.say(head, "\n".join(texts[:20]))
                self.remarks.addWidget(box)

    def _show_sum(self, lines: Sequence[ReportLine], side: int) -> None:
        for index, line in enumerate(lines):
            text, count = QLabel(line.text), QLabel(number(line.count))
            for widget in (text, count):
                if line.depth == 0:
                    widget.setProperty("role", "heavy")
            text.setIndent(14 * line.depth)
            self.sums.addWidget(text, index, 3 * side)
            self.sums.addWidget(count, index, 3 * side + 1)

    @staticmethod
    def _closing(state: ImportState) -> str:
        if state.stage == "done" and state.rows:
            whole, imported, left, *rest = (line.count for line in state.rows)
            data = {
                "whole": whole,
                "imported": imported,
                "left": left,
                "other": sum(rest),
            }
            return message(
                "{whole} rows = {imported} imported + {left} left out + {other} header, notes, blank",
                data,
            )
        if state.questions:
            return counted(
                "{n} question is open.", "{n} questions are open.", len(state.questions)
            )
        return ""

    # commands

    def _next(self) -> None:
        if self.viewmodel.state.stage == "done":
            self.accept()
        else:
            self.viewmodel.run(mode="append" if self.append.isChecked() else "replace")

    def _stop(self) -> None:
        if self.viewmodel.state.stage == "importing":
            self.viewmodel.cancel()
        else:
            self.reject()

    def reject(self) -> None:
        """Esc stops the work first."""
        self.viewmodel.cancel()
        super().reject()


def _column_row(line: ColumnLine) -> Row:
    cells = (
        CellText(text=line.name, strong=True),
        CellText(text=line.role),
        CellText(text=line.samples, muted=True),
    )
    return Row(key=line.name, cells=cells)
