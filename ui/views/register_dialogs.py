"""Dialogs of the registers: events (laws, plans, campaigns) and breaks in the counting."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from indicators.model.results import Intervention, SeriesBreak
from ui.theme import Theme
from ui.viewmodels.register import (
    BREAK_KINDS,
    EVENT_KINDS,
    RegisterState,
    RegisterViewModel,
    named,
    period_typed,
)
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.choices import NumberBox, plain_picker
from ui.views.dialogs import field, foot
from ui.views.tables import TableView
from ui.views.widgets import button, card, column, label, row
from workbench.i18n import _, language, local, period_text

EVENT, BREAK = "event", "break"
WHOLE, ALL = "", ""


class RegisterDialog(QDialog):
    """Both lists; each line can be changed or removed, and removing can be undone.

    Args:
        viewmodel: the registers.
        theme: the look in force.
        page: ``event`` or ``break`` first.
        parent: the window.
    """

    def __init__(
        self,
        viewmodel: RegisterViewModel,
        theme: Theme,
        *,
        page: str = EVENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_register")
        self.setWindowTitle(_("Events and breaks"))
        self.viewmodel, self._theme = viewmodel, theme
        layout = column(self, margins=(20, 16, 20, 16), spacing=12)
        words = label("body2", wrap=True)
        words.setText(
            _("Events are laws, plans, campaigns or shocks with a date. Breaks are years from "
              "which something is counted differently; no line crosses them.")
        )  # fmt: skip
        layout.addWidget(words)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.lists = {name: TableView(theme, f"tbl_{name}s") for name in (EVENT, BREAK)}
        for name, text in ((EVENT, _("Events")), (BREAK, _("Breaks"))):
            self.lists[name].setAccessibleName(text)
            self.lists[name].doubleClicked.connect(lambda _index: self.edit_chosen())
            self.tabs.addTab(self.lists[name], text)
        frame = card("register")
        column(frame, margins=(1, 4, 1, 1)).addWidget(self.tabs)
        layout.addWidget(frame, 1)
        layout.addLayout(self._foot())
        self.tabs.setCurrentIndex(0 if page == EVENT else 1)
        self.tabs.currentChanged.connect(lambda _index: self._enable())
        for table in self.lists.values():
            table.selectionModel().selectionChanged.connect(lambda _new, _old: self._enable())
        self.resize(theme.px(640), theme.px(460))
        viewmodel.changed.connect(self.render)
        viewmodel.reload()
        self.render(viewmodel.state)

    def _foot(self) -> QHBoxLayout:
        foot = row()
        self.add, self.change = button("btn_add"), button("btn_change")
        self.remove, self.close_button = button("btn_remove"), button("btn_close", kind="primary")
        self.add.setText(_("Add…"))
        self.change.setText(_("Change…"))
        self.remove.setText(_("Remove"))
        self.close_button.setText(_("Close"))
        self.add.clicked.connect(self.add_new)
        self.change.clicked.connect(self.edit_chosen)
        self.remove.clicked.connect(self.remove_chosen)
        self.close_button.clicked.connect(self.accept)
        for widget in (self.add, self.change, self.remove):
            widget.setAutoDefault(False)
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        return foot

    @property
    def page(self) -> str:
        """Which list is in view."""
        return EVENT if self.tabs.currentIndex() == 0 else BREAK

    def _chosen(self) -> str:
        table = self.lists[self.page]
        key = table.table.key_at(table.currentIndex().row())
        return str(key) if table.currentIndex().isValid() and key is not None else ""

    def _enable(self) -> None:
        free = not self.viewmodel.session.state.read_only
        self.add.setEnabled(free and self.viewmodel.state.loaded)
        for widget in (self.change, self.remove):
            widget.setEnabled(free and bool(self._chosen()))

    def render(self, state: RegisterState) -> None:
        """Show the state."""
        areas = dict(state.areas)
        kinds = {code: _(text) for code, text in (*EVENT_KINDS, *BREAK_KINDS)}
        self.lists[EVENT].table.show_rows(
            (HeadText(text=_("Event"), elastic=True), HeadText(text=_("Kind")),
             HeadText(text=_("From")), HeadText(text=_("Area"))),
            [
                Row(key=event.id, cells=(
                    CellText(text=local(event.name), strong=True),
                    CellText(text=kinds.get(event.kind, event.kind)),
                    CellText(text=period_text(event.start)),
                    CellText(text=areas.get(event.area or "", event.area or _("whole country"))),
                ))
                for event in state.events
            ],
        )  # fmt: skip
        self.lists[BREAK].table.show_rows(
            (HeadText(text=_("What changed"), elastic=True), HeadText(text=_("Kind")),
             HeadText(text=_("From")), HeadText(text=_("Inputs"))),
            [
                Row(key=entry.id, cells=(
                    CellText(text=local(entry.text), strong=True),
                    CellText(text=kinds.get(entry.kind, entry.kind)),
                    CellText(text=period_text(entry.start)),
                    CellText(text=", ".join(entry.variables) or _("all")),
                ))
                for entry in state.breaks
            ],
        )  # fmt: skip
        for table in self.lists.values():
            table.fit_soon(most=300)
        self._enable()

    # commands

    def add_new(self) -> None:
        """Enter another one."""
        kind = EventDialog if self.page == EVENT else BreakDialog
        kind(self.viewmodel, self._theme, None, parent=self).open()

    def edit_chosen(self) -> None:
        """Change the chosen one."""
        key, state = self._chosen(), self.viewmodel.state
        if self.page == EVENT:
            event = next((entry for entry in state.events if entry.id == key), None)
            if event is not None:
                EventDialog(self.viewmodel, self._theme, event, parent=self).open()
            return
        entry = next((own for own in state.breaks if own.id == key), None)
        if entry is not None:
            BreakDialog(self.viewmodel, self._theme, entry, parent=self).open()

    def remove_chosen(self) -> None:
        """Remove the chosen one; the undo bar offers it back."""
        key = self._chosen()
        if key:
            self.viewmodel.remove(self.page, key)


class EventDialog(QDialog):
    """One event: name, kind, date, area, delay, document."""

    def __init__(
        self,
        viewmodel: RegisterViewModel,
        theme: Theme,
        event: Intervention | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_event")
        self.setWindowTitle(_("Add an event") if event is None else _("Change the event"))
        self.viewmodel, self._event = viewmodel, event
        layout = column(self, margins=(20, 18, 20, 16))
        self.name, self.start, self.end = QLineEdit(), QLineEdit(), QLineEdit()
        self.document = QLineEdit()
        self.kind, self.area = plain_picker("pick_kind"), plain_picker("pick_area")
        self.delay = NumberBox()
        self.delay.setRange(0, 10)
        for code, text in EVENT_KINDS:
            self.kind.addItem(_(text), code)
        self.area.addItem(_("Whole country"), WHOLE)
        for code, text in viewmodel.state.areas:
            self.area.addItem(text, code)
        self.start.setPlaceholderText("2011")
        for name, text, widget in (
            ("edit_name", _("Name"), self.name),
            ("pick_kind", _("Kind"), self.kind),
            ("edit_start", _("In force from (year, or year and month)"), self.start),
            ("edit_end", _("Ends (leave empty while it lasts)"), self.end),
            ("pick_area", _("Area"), self.area),
            ("spin_delay", _("Years until an effect can be expected"), self.delay),
            ("edit_document", _("Document"), self.document),
        ):
            _add(layout, widget, name, text)
        text = _("Add the event") if event is None else _("Keep the changes")
        self.do = foot(self, layout, "btn_save", text, self._save)
        self.setMinimumWidth(theme.px(420))
        self._fill()
        for edit in (self.name, self.start, self.end):
            edit.textChanged.connect(self._check)
        self._check()

    def _fill(self) -> None:
        event = self._event
        if event is None:
            return
        self.name.setText(local(event.name))
        self.start.setText(str(event.start))
        self.end.setText("" if event.end is None else str(event.end))
        self.document.setText(event.document)
        self.delay.setValue(event.delay)
        self.kind.setCurrentIndex(max(self.kind.findData(event.kind), 0))
        self.area.setCurrentIndex(max(self.area.findData(event.area or WHOLE), 0))

    def _check(self) -> None:
        start, end = period_typed(self.start.text()), period_typed(self.end.text())
        ends = not self.end.text().strip() or (
            end is not None and start is not None and end.code >= start.code
        )
        self.do.setEnabled(bool(self.name.text().strip()) and start is not None and ends)

    def _save(self) -> None:
        start, end = period_typed(self.start.text()), period_typed(self.end.text())
        assert start is not None  # the button is off otherwise
        name, kind = self.name.text().strip(), str(self.kind.currentData())
        old = self._event
        base = old or Intervention(
            id=self.viewmodel.fresh_id(name, start.year, kind), name={}, kind=kind, start=start
        )
        self.viewmodel.save_event(
            replace(
                base,
                name=named(dict(base.name), name, language()),
                kind=kind,
                start=start,
                end=end,
                area=str(self.area.currentData()) or None,
                delay=self.delay.value(),
                document=self.document.text().strip(),
            )
        )
        self.accept()


class BreakDialog(QDialog):
    """One break: what changed, from when, for which input and area."""

    def __init__(
        self,
        viewmodel: RegisterViewModel,
        theme: Theme,
        entry: SeriesBreak | None,
        *,
        variable: str = "",
        period: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_break")
        self.setWindowTitle(_("Mark a break") if entry is None else _("Change the break"))
        self.viewmodel, self._entry = viewmodel, entry
        layout = column(self, margins=(20, 18, 20, 16))
        self.text, self.start = QLineEdit(), QLineEdit(period)
        self.kind, self.variable = plain_picker("pick_kind"), plain_picker("pick_variable")
        self.area = plain_picker("pick_area")
        for code, text in BREAK_KINDS:
            self.kind.addItem(_(text), code)
        self._choices(self.variable, _("All inputs"), viewmodel.state.variables)
        self._choices(self.area, _("All areas"), viewmodel.state.areas)
        self.start.setPlaceholderText("2015")
        for name, text, widget in (
            ("edit_text", _("What changed"), self.text),
            ("pick_kind", _("Kind"), self.kind),
            ("edit_start", _("First year counted the new way"), self.start),
            ("pick_variable", _("Input"), self.variable),
            ("pick_area", _("Area"), self.area),
        ):
            _add(layout, widget, name, text)
        text = _("Mark the break") if entry is None else _("Keep the changes")
        self.do = foot(self, layout, "btn_save", text, self._save)
        self.setMinimumWidth(theme.px(420))
        self._fill(variable)
        for edit in (self.text, self.start):
            edit.textChanged.connect(self._check)
        self._check()

    @staticmethod
    def _choices(box: QComboBox, first: str, pairs: tuple[tuple[str, str], ...]) -> None:
        box.addItem(first, ALL)
        for code, text in pairs:
            box.addItem(text, code)

    def _fill(self, variable: str) -> None:
        entry = self._entry
        if entry is None:
            self.variable.setCurrentIndex(max(self.variable.findData(variable), 0))
            return
        self.text.setText(local(entry.text))
        self.start.setText(str(entry.start))
        self.kind.setCurrentIndex(max(self.kind.findData(entry.kind), 0))
        for box, codes in ((self.variable, entry.variables), (self.area, entry.areas)):
            if len(codes) > 1:  # kept as it is
                box.insertItem(1, ", ".join(codes), "|".join(codes))
                box.setCurrentIndex(1)
            elif codes:
                box.setCurrentIndex(max(box.findData(codes[0]), 0))

    def _check(self) -> None:
        known = period_typed(self.start.text()) is not None
        self.do.setEnabled(bool(self.text.text().strip()) and known)

    def _save(self) -> None:
        start = period_typed(self.start.text())
        assert start is not None  # the button is off otherwise
        text, kind = self.text.text().strip(), str(self.kind.currentData())
        base = self._entry or SeriesBreak(
            id=self.viewmodel.fresh_id(text, start.year, "break"), start=start, text={}
        )
        self.viewmodel.save_break(
            replace(
                base,
                start=start,
                text=named(dict(base.text), text, language()),
                kind=kind,
                variables=_codes(self.variable),
                areas=_codes(self.area),
            )
        )
        self.accept()


def _codes(box: QComboBox) -> tuple[str, ...]:
    return tuple(code for code in str(box.currentData() or "").split("|") if code)


def _add(layout: QVBoxLayout, widget: QWidget, name: str, text: str) -> None:
    head = label("lab")
    head.setText(text)
    widget.setObjectName(name)
    widget.setAccessibleName(text)
    field(layout, head, widget)
