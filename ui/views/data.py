"""Sources at the left; values, checks, series and notes above the sheet as it was.

Where the text is large or the window narrow, the tree becomes a picker, the sheet a tab, and the
buttons one menu.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.data import COUNTING, DataViewModel
from ui.viewmodels.data_grid import ALL_INPUTS, STATES
from ui.viewmodels.data_state import DataState
from ui.viewmodels.source import CellRef
from ui.viewmodels.wording import tip_text
from ui.views.choices import plain_picker
from ui.views.data_lists import FindingsPage, NotesPage
from ui.views.data_sources import SourcePicker, SourcesCard
from ui.views.flow_layout import FlowLayout
from ui.views.raw_sheet import RawSheetCard
from ui.views.tables import TableView
from ui.views.three_columns import is_narrow, keep_sizes
from ui.views.version_notice import VersionNotice
from ui.views.widgets import EmptyState, button, card, column, label, row
from workbench.i18n import _, counted, message

_TYPING_MS = 250
"""A pause in typing after which the values are read."""
_BUTTONS = ("correct_value", "add_note", "mark_break")
_MENU = ("import_file", "enter_values", *_BUTTONS)


class DataView(QWidget):
    """Renders ``DataState``."""

    def __init__(
        self,
        viewmodel: DataViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_data")
        self.viewmodel, self._theme, self._actions = viewmodel, theme, actions
        self._shown = DataState()
        self._pages = QStackedWidget()
        column(self).addWidget(self._pages)
        page = QWidget()
        self._pages.addWidget(page)
        self.empty = EmptyState(theme, "data", "btn_empty_import")
        self.empty.button.clicked.connect(actions["import_file"].trigger)
        self._pages.addWidget(self.empty)
        split = QSplitter()
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        row(page, margins=(20, 0, 20, 16)).addWidget(split)
        self.sources = SourcesCard(viewmodel, theme, actions)
        split.addWidget(self.sources)
        self.centre = QSplitter(Qt.Orientation.Vertical)
        self.centre.setHandleWidth(13)
        self.centre.setChildrenCollapsible(False)
        self.centre.addWidget(self._values())
        self.raw_card = RawSheetCard(viewmodel, theme)
        self.raw = self.raw_card.table
        self._split = split
        self.compact, self._is_whole = False, False
        QTimer.singleShot(0, self, self._place_values)
        viewmodel.changed.connect(self.render)
        theme.changed.connect(self._arrange)
        self._arrange()
        self.retranslate()

    # building

    def _values(self) -> QFrame:
        frame = card("values")
        layout = column(frame, margins=(1, 2, 1, 1))
        self.picker = SourcePicker(self.viewmodel)
        self._picker_line = QWidget()
        line = row(self._picker_line, margins=(10, 8, 10, 0))
        line.addWidget(self.picker, 1)
        layout.addWidget(self._picker_line)
        self.notice = VersionNotice(self._theme)
        self.purge = self.notice.purge
        self.purge.clicked.connect(lambda: self.remove_version())
        layout.addWidget(self.notice)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs_data")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        corner = QWidget()
        line = row(corner, margins=(0, 0, 14, 12))
        self.count = label("small")
        line.addWidget(self.count)
        self.tabs.setCornerWidget(corner)
        self.grid = TableView(self._theme, "tbl_grid", model=self.viewmodel.values.model)
        self.grid.chosen.connect(self.viewmodel.choose_value)
        self.grid.ordered.connect(self.viewmodel.order_by)
        self._grid_page = QWidget()
        grid_page = column(self._grid_page)
        grid_page.addWidget(self._tools())
        grid_page.addWidget(self.grid, 1)
        self.series = TableView(self._theme, "tbl_series", model=self.viewmodel.lines.model)
        self.series.doubleClicked.connect(lambda _i: self._show_series())
        self.findings = FindingsPage(self._theme, self._actions)
        self.notes = NotesPage(self._theme, self._actions)
        for own in (self.findings, self.notes):
            own.value_wanted.connect(self.show_value)
        self.notes.removed.connect(self.viewmodel.remove_note)
        self.findings.purge_wanted.connect(self.remove_version)
        self.tabs.addTab(self._grid_page, "")
        self.tabs.currentChanged.connect(self._tab_changed)
        layout.addWidget(self.tabs)
        frame.setMinimumHeight(180)
        return frame

    def _place_values(self) -> None:
        """Put in the values after the screen is there.

        All at once would hold up the window for longer than a person notices.
        """
        self._split.addWidget(self.centre)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([206, 852])
        keep_sizes(self._split, "data", self.viewmodel.session.preferences)
        QTimer.singleShot(0, self, self._complete)

    def _complete(self) -> None:
        """Put in the sheet, and the tabs behind the grid."""
        self._is_whole = True
        for tab in (self.findings, self.series, self.notes):
            self.tabs.addTab(tab, "")
        self._place_sheet()
        self.centre.setSizes([380, 300])
        keep_sizes(self.centre, "data_sheets", self.viewmodel.session.preferences)
        self._follow_view()

    def _tools(self) -> QWidget:
        tools = QWidget()
        layout = FlowLayout(tools, spacing=8, stretch=1)
        layout.setContentsMargins(10, 8, 10, 8)
        self.filter = QLineEdit()
        self.filter.setObjectName("edit_filter")
        self.filter.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(lambda: self.viewmodel.choose_text(self.filter.text()))
        self.filter.textEdited.connect(lambda _text: self._typing.start())
        self.filter.returnPressed.connect(self._typing.timeout.emit)
        self.input, self.kind = plain_picker("pick_input"), plain_picker("pick_kind")
        self.input.activated.connect(lambda: self.viewmodel.choose_input(self.input.currentData()))
        self.kind.activated.connect(lambda: self.viewmodel.choose_kind(self.kind.currentData()))
        for widget in (self.filter, self.input, self.kind):
            layout.addWidget(widget)
        self.buttons = {}
        for name in _BUTTONS:
            made = button(f"btn_{name}")
            made.clicked.connect(self._actions[name].trigger)
            layout.addWidget(made)
            self.buttons[name] = made
        self.menu_button = button("btn_data_menu")
        menu = QMenu(self.menu_button)
        for name in _MENU:
            menu.addAction(self._actions[name])
        self.menu_button.setMenu(menu)
        layout.addWidget(self.menu_button)
        return tools

    # arranging

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tree and the sheet move when there is no room beside the values."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = is_narrow(self, self._theme)
        for name in _BUTTONS:
            self.buttons[name].setVisible(not narrow)
        self.menu_button.setVisible(narrow)
        self.sources.setVisible(not narrow)
        self._picker_line.setVisible(narrow)
        self.filter.setFixedWidth(self._theme.px(132))
        for box in (self.input, self.kind):
            box.setMinimumContentsLength(9)
        if narrow == self.compact:
            return
        self.compact = narrow
        if self._is_whole:
            self._place_sheet()

    def _place_sheet(self) -> None:
        """The sheet as it was: below the values, or as a tab where there is no room."""
        if self.compact:
            self.tabs.insertTab(1, self.raw_card, _("Raw sheet"))
        else:
            self.tabs.removeTab(self.tabs.indexOf(self.raw_card))
            self.centre.addWidget(self.raw_card)
            self.raw_card.show()
        self.raw_card.show_frame(framed=not self.compact)
        self._name_tabs()

    # rendering

    def render(self, state: DataState) -> None:
        """Show the state; only what changed is filled again."""
        before, self._shown = self._shown, state
        nothing = not state.sources and not state.loading
        self._pages.setCurrentIndex(1 if nothing else 0)
        self.sources.render(state)
        self.picker.render(state)
        self.notice.render(state, writable=not self.viewmodel.session.state.read_only)
        if state.grid.rows is not before.grid.rows or state.order != before.order:
            self.grid.show_order(state.order, descending=state.descending)
            self.grid.fit_soon()
        if state.series is not before.series:
            self.series.fit_soon()
        if state.cell is not None:
            self.grid.choose(state.cell)
        self._show_choices(state)
        self._show_count(state)
        if state.notes is not before.notes:
            self.notes.render(state)
        if state.findings is not before.findings:
            self.findings.render(state)
        if (state.notes, state.findings) != (before.notes, before.findings):
            self._name_tabs()
        if state.findings is None and self.tabs.currentWidget() is self.findings:
            self.viewmodel.read_findings()
        if state.raw is not before.raw:
            self.raw_card.show_raw(state.raw)
        self.raw_card.mark(state.cell, state.raw)
        self._follow_view()

    def _follow_view(self) -> None:
        """The public view has no sheet, checks or notes: they tell of hidden cells."""
        if not self._is_whole:
            return
        shown = not self.viewmodel.session.state.hides
        for tab in (self.findings, self.notes, self.raw_card):
            at = self.tabs.indexOf(tab)
            if at >= 0:
                self.tabs.setTabVisible(at, shown)
        if self.tabs.indexOf(self.raw_card) < 0:
            self.raw_card.setVisible(shown)

    def _show_choices(self, state: DataState) -> None:
        wanted = [(ALL_INPUTS, _("All inputs")), *state.inputs]
        now = [(self.input.itemData(i), self.input.itemText(i)) for i in range(self.input.count())]
        if now != wanted:
            self.input.clear()
            for code, name in wanted:
                self.input.addItem(name, code)
        self.input.setCurrentIndex(max(self.input.findData(state.input), 0))
        self.input.setToolTip(tip_text(self.input.currentText()))
        self.input.setVisible(len(state.inputs) > 1)
        self.kind.setCurrentIndex(max(self.kind.findData(state.kind), 0))
        if state.text != self.filter.text() and not self.filter.hasFocus():
            self.filter.setText(state.text)

    def _show_count(self, state: DataState) -> None:
        here = self.tabs.currentWidget()
        text = ""
        if here is self._grid_page:
            total = state.grid.total
            written = counted("{n} value", "{n} values", max(total, 0))
            text = _("counting…") if total == COUNTING else written
        elif here is self.series:
            text = message("{count} series", {"count": state.series.total})
        self.count.setText(text)

    def _name_tabs(self) -> None:
        state = self.viewmodel.state
        checks, notes = _("Checks"), _("Notes")
        if state.findings:
            checks = message("Checks {count}", {"count": len(state.findings)})
        if state.notes:
            notes = message("Notes {count}", {"count": len(state.notes)})
        for tab, text in (
            (self._grid_page, _("Grid")),
            (self.raw_card, _("Raw sheet")),
            (self.findings, checks),
            (self.series, _("Series")),
            (self.notes, notes),
        ):
            at = self.tabs.indexOf(tab)
            if at >= 0:
                self.tabs.setTabText(at, text)

    def _tab_changed(self, _index: int) -> None:
        state = self.viewmodel.state
        if self.tabs.currentWidget() is self.findings and state.findings is None:
            self.viewmodel.read_findings()
        self._show_count(state)

    # commands

    def show_value(self, cell: object) -> None:
        """Show a value in the grid and in its sheet."""
        if isinstance(cell, CellRef):
            self.tabs.setCurrentWidget(self._grid_page)
            self.viewmodel.find_value(cell)

    def _show_series(self) -> None:
        key = self.series.table.key_at(self.series.currentIndex().row())
        self.show_value(key)

    def write_note(self) -> None:
        """Ask for a note on the chosen value, or on the source."""
        from ui.views.note_dialog import NoteDialog

        state = self.viewmodel.state
        source = next((s.name for s in state.sources if s.code == state.source), "")
        if source:
            words = self.viewmodel.cell_words()
            NoteDialog(
                self.viewmodel, self._theme, value=words, source=source, parent=self.window()
            ).open()

    def remove_version(self, number: int = 0) -> None:
        """Ask once, then remove a version for good: the one of that number, or the one told of."""
        from ui.views.purge_dialog import PurgeDialog

        state = self.viewmodel.state
        version = state.version_of(number) if number else state.chosen_version or state.taken_back
        if version is not None:
            dialog = PurgeDialog(version, self._theme, self.window())
            dialog.accepted.connect(lambda: self.viewmodel.purge(version.id))
            dialog.open()

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.sources.retranslate()
        self.picker.retranslate()
        self.raw_card.retranslate()
        self.findings.retranslate()
        self.notes.retranslate()
        texts = {
            "correct_value": _("Correct a value…"),
            "add_note": _("Add a note…"),
            "mark_break": _("Mark a break…"),
        }
        for name, made in self.buttons.items():
            made.setText(texts[name])
        self.menu_button.setText(_("Actions"))
        self.filter.setPlaceholderText(_("Find in all values"))
        self.filter.setAccessibleName(_("Find in all values"))
        self.filter.setToolTip(_("Words of area, input or breakdown, a year or a value"))
        self.input.setAccessibleName(_("Input"))
        self.kind.setAccessibleName(_("Kind of values"))
        at = max(self.kind.currentIndex(), 0)
        self.kind.clear()
        for code, words in STATES:
            self.kind.addItem(_(words), code)
        self.kind.setCurrentIndex(at)
        self._name_tabs()
        self.grid.setAccessibleName(_("Values"))
        self.series.setAccessibleName(_("Series"))
        self.empty.words.setText(_("No data yet. Drop an Excel, CSV or ODS file here."))
        self.empty.button.setText(_("Import a file…"))
        self.findings.render(self.viewmodel.state)
        self.notes.render(self.viewmodel.state)
        self.render(self.viewmodel.state)
        if self.viewmodel.state.sources:
            self.viewmodel.reload()

    # commands of the frame

    def recompute(self) -> None:
        """Read again."""
        self.viewmodel.reload()

    def find(self) -> None:
        """Go to the field that finds values."""
        self.tabs.setCurrentWidget(self._grid_page)
        self.filter.setFocus()
        self.filter.selectAll()
