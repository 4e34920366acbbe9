"""Two lists of the data screen: open findings of the checks, and notes of people."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.checks import LEVELS
from ui.viewmodels.data_reading import NoteLine
from ui.viewmodels.data_state import DataState
from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.tables import TableView
from ui.views.widgets import button, column, label, row
from workbench.i18n import _

_ICONS = {"stop": "stop", "warn": "warn", "note": "info"}


class _ListPage(QWidget):
    """A table, a sentence where it is empty, and buttons below.

    Signals:
        value_wanted: a ``CellRef`` to show.
    """

    value_wanted = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        layout = column(self)
        self._pages = QStackedWidget()
        self.table = TableView(theme, name)
        self.empty = label("words", wrap=True)
        self.empty.setContentsMargins(16, 16, 16, 16)
        self.empty.setMaximumWidth(theme.px(520))
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        layout.addWidget(self._pages, 1)
        self.foot = row(margins=(14, 8, 14, 10), spacing=8)
        layout.addLayout(self.foot)
        self.show_button = button(f"btn_show_{name.removeprefix('tbl_')}")
        self.show_button.clicked.connect(self._show)
        self.foot.addWidget(self.show_button)
        self.foot.addStretch(1)
        self.table.doubleClicked.connect(lambda _index: self._show())
        self.table.activated.connect(lambda _index: self._show())
        self.table.chosen.connect(lambda _key: self.enable())

    def chosen(self) -> object:
        """Key of the row in view; None without."""
        return self.table.table.key_at(self.table.currentIndex().row())

    def cell_of(self, key: object) -> CellRef | None:
        """The value a row is about."""
        raise NotImplementedError

    def _show(self) -> None:
        cell = self.cell_of(self.chosen())
        if cell is not None:
            self.value_wanted.emit(cell)

    def enable(self) -> None:
        """Buttons follow the chosen row."""
        self.show_button.setEnabled(self.cell_of(self.chosen()) is not None)

    def fill(self, heads: tuple[HeadText, ...], rows: list[Row]) -> None:
        """Show rows, or the sentence."""
        self.table.table.show_rows(heads, rows)
        self.table.fit_soon(most=900)
        self._pages.setCurrentIndex(0 if rows else 1)
        self.enable()


class FindingsPage(_ListPage):
    """Open findings on the source; they are answered in the list of all checks.

    Signals:
        purge_wanted: number of a version to remove for good.
    """

    purge_wanted = Signal(int)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__(theme, "tbl_source_checks")
        self.answer = button("btn_open_checks")
        self.answer.clicked.connect(actions["toggle_checks"].trigger)
        self.purge = button("btn_purge_finding")
        self.purge.clicked.connect(lambda: self.purge_wanted.emit(self._version()))
        self.foot.insertWidget(1, self.answer)
        self.foot.insertWidget(2, self.purge)
        self._state = DataState()

    def _version(self) -> int:
        found, key = self._state.findings or (), self.chosen()
        return found[key].version if isinstance(key, int) and key < len(found) else 0

    def enable(self) -> None:
        """Buttons follow the chosen row."""
        super().enable()
        self.purge.setVisible(self._version() > 0)

    def cell_of(self, key: object) -> CellRef | None:
        """The value a finding is about."""
        found = self._state.findings or ()
        return found[key].cell if isinstance(key, int) and key < len(found) else None

    def render(self, state: DataState) -> None:
        """Show the state."""
        self._state = state
        found = state.findings or ()
        asked = state.findings is None
        self.empty.setText(_("Checking…") if asked else _("No check of this source is open."))
        heads = (HeadText(text=_("Level")), HeadText(text=_("What"), elastic=True))
        self.fill(
            heads,
            [
                Row(
                    key=index,
                    cells=(
                        CellText(
                            text=_(LEVELS[entry.level]), icon=_ICONS[entry.level], tone=entry.level
                        ),
                        CellText(text=entry.text),
                    ),
                )
                for index, entry in enumerate(found)
            ],
        )

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.show_button.setText(_("Show the value"))
        self.answer.setText(_("Answer the checks…"))
        self.purge.setText(_("Remove for good…"))
        self.table.setAccessibleName(_("Checks"))


class NotesPage(_ListPage):
    """Notes on the source and its values.

    Signals:
        removed: id of a note to remove.
    """

    removed = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__(theme, "tbl_notes")
        self.add, self.remove = button("btn_add_note"), button("btn_remove_note")
        self.add.clicked.connect(actions["add_note"].trigger)
        self.remove.clicked.connect(self._remove)
        self.foot.insertWidget(1, self.add)
        self.foot.insertWidget(2, self.remove)
        self._notes: dict[str, NoteLine] = {}

    def cell_of(self, key: object) -> CellRef | None:
        """The value a note is about."""
        note = self._notes.get(str(key))
        return None if note is None else note.cell

    def enable(self) -> None:
        """Buttons follow the chosen row."""
        super().enable()
        self.remove.setEnabled(str(self.chosen()) in self._notes)

    def _remove(self) -> None:
        self.removed.emit(str(self.chosen()))

    def render(self, state: DataState) -> None:
        """Show the state."""
        self._notes = {note.id: note for note in state.notes}
        self.empty.setText(
            _("No notes on this source yet. A note keeps what the numbers do not say.")
        )
        heads = (
            HeadText(text=_("Note"), elastic=True),
            HeadText(text=_("About"), elastic=True),
            HeadText(text=_("Who")),
            HeadText(text=_("When")),
        )
        self.fill(
            heads,
            [
                Row(
                    key=note.id,
                    cells=(
                        CellText(text=" ".join(note.text.split()), strong=True),
                        CellText(text=note.about or _("the whole source")),
                        CellText(text=note.by),
                        CellText(text=note.at, muted=True),
                    ),
                )
                for note in state.notes
            ],
        )

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.show_button.setText(_("Show the value"))
        self.add.setText(_("Add a note…"))
        self.remove.setText(_("Remove the note"))
        self.table.setAccessibleName(_("Notes"))
