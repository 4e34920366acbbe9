"""A table that is typed in like a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.theme import Theme
from ui.viewmodels.entry import EntryViewModel
from ui.viewmodels.entry_checklist import ChecklistViewModel
from ui.viewmodels.entry_table import FIXED
from ui.views.tables import CellDelegate, selection_text


class EntryTable(QTableView):
    """A table that is typed in like a spreadsheet: Enter goes on, a block can be pasted."""

    def __init__(
        self, viewmodel: EntryViewModel | ChecklistViewModel, theme: Theme, name: str = "tbl_entry"
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.viewmodel, self._theme = viewmodel, theme
        self.setModel(viewmodel.model)
        self.setItemDelegate(CellDelegate(theme, self, grid=True))
        self.setShowGrid(False)
        self.setTabKeyNavigation(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.outside = 0

    def _is_at_end(self, key: int) -> bool:
        at, model = self.currentIndex(), self.model()
        last = (model.rowCount() - 1, model.columnCount() - 1)
        end = last if key == Qt.Key.Key_Tab else (0, 0)
        return not at.isValid() or (at.row(), at.column()) == end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, undo, redo and delete; all other keys type."""
        model, keys = self.viewmodel.model, QKeySequence.StandardKey
        if event.matches(keys.Paste):
            self.paste()
        elif event.matches(keys.Copy):
            QGuiApplication.clipboard().setText(selection_text(self))
        elif event.matches(keys.Undo):
            model.undo()
        elif event.matches(keys.Redo):
            model.redo()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            chosen = self.selectionModel().selectedIndexes()
            model.clear([(i.row(), i.column() - FIXED) for i in chosen if i.column() >= FIXED])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._is_at_end(event.key()):
            event.ignore()  # the focus goes on to the next control
            return
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def paste(self) -> None:
        """Put the clipboard at the chosen cell."""
        at = self.currentIndex()
        if at.isValid() and at.column() >= FIXED:
            text = QGuiApplication.clipboard().text()
            self.outside = self.viewmodel.model.paste(at.row(), at.column() - FIXED, text)
            self.viewmodel.changed.emit(self.viewmodel.state)

    def fit(self) -> None:
        """Columns as wide as their words."""
        self.resizeColumnsToContents()
        for column_ in range(FIXED, self.model().columnCount()):
            self.setColumnWidth(column_, max(self.columnWidth(column_), self._theme.px(84)))
