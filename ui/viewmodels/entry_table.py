"""The cells of a table to type in: checked one by one, pasted in blocks, with undo before saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.viewmodels.tables import GROUND_ROLE, MUTED_ROLE, STRONG_ROLE
from workbench.i18n import _

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int]
"""Row and column of a cell, from 0; columns count the periods only."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
FIXED = 2
"""Columns before the periods: area and breakdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A row: one area and one breakdown.

    Attributes:
        area, area_name, cut, cut_name: codes and words.
        shown: by period, what is held now; empty for nothing.
        hints: by period, where that comes from.
    """

    area: str
    area_name: str
    cut: str
    cut_name: str
    shown: tuple[str, ...]
    hints: tuple[str, ...] = ()


class EntryModel(QAbstractTableModel):
    """Area, breakdown, and one column a period that can be typed in.

    Signals:
        typed: cells were typed, pasted or taken back.
    """

    typed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._periods: tuple[str, ...] = ()
        self._rows: tuple[EntryRow, ...] = ()
        self._decimal = "."
        self._texts: dict[Place, str] = {}
        self._wrong: dict[Place, str] = {}
        self._past: list[dict[Place, str]] = []
        self._future: list[dict[Place, str]] = []

    def show_table(
        self, periods: Sequence[str], rows: Sequence[EntryRow], *, decimal: str
    ) -> None:
        """Show another table; what was typed is gone.

        Args:
            periods: headings.
            rows: the rows.
            decimal: decimal mark of the person.
        """
        self.beginResetModel()
        self._periods, self._rows, self._decimal = tuple(periods), tuple(rows), decimal
        self._texts, self._wrong, self._past, self._future = {}, {}, [], []
        self.endResetModel()
        self.typed.emit()

    # what was typed

    def texts(self) -> Mapping[Place, str]:
        """What was typed, by place."""
        return dict(self._texts)

    def wrong(self) -> Mapping[Place, str]:
        """Why typed cells cannot be kept, by place."""
        return dict(self._wrong)

    def can_undo(self) -> bool:
        """Whether typing can be taken back."""
        return bool(self._past)

    def undo(self) -> None:
        """Take back the last typing or pasting."""
        if self._past:
            self._future.append(self._texts)
            self._restore(self._past.pop())

    def redo(self) -> None:
        """Type again what was taken back."""
        if self._future:
            self._past.append(self._texts)
            self._restore(self._future.pop())

    def paste(self, row: int, column: int, text: str) -> int:
        """Put a block of cells, as a spreadsheet copies them, with its corner at a cell.

        Args:
            row: row of the corner.
            column: period of the corner.
            text: lines of cells parted by tabs.

        Returns:
            How many cells stood outside the table and were left out.
        """
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        wanted: dict[Place, str] = {}
        outside = 0
        for down, line in enumerate(lines):
            for right, cell in enumerate(line.split("\t")):
                place = (row + down, column + right)
                if self._is_inside(place):
                    wanted[place] = cell.strip()
                elif cell.strip():
                    outside += 1
        self._change(wanted)
        return outside

    def clear(self, places: Sequence[Place]) -> None:
        """Take back what was typed in some cells."""
        self._change(dict.fromkeys(places, ""))

    def _is_inside(self, place: Place) -> bool:
        return 0 <= place[0] < len(self._rows) and 0 <= place[1] < len(self._periods)

    def _is_news(self, place: Place, text: str) -> bool:
        """Whether a text says something else than what is held; an empty one leaves it alone."""
        return bool(text) and text != self._rows[place[0]].shown[place[1]]

    def _change(self, wanted: Mapping[Place, str]) -> None:
        after = dict(self._texts)
        for place, text in wanted.items():
            if self._is_news(place, text):
                after[place] = text
            else:
                after.pop(place, None)
        if after != self._texts:
            self._past.append(self._texts)
            self._future.clear()
            self._restore(after)

    def _restore(self, texts: dict[Place, str]) -> None:
        self._texts = texts
        self._wrong = self._faults()
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.typed.emit()

    def _faults(self) -> dict[Place, str]:
        """Why typed cells cannot be kept, by place."""
        return {p: why for p, text in self._texts.items() if (why := self._fault(text))}

    def _fault(self, text: str) -> str:
        """Why a text is no value; empty when it is one."""
        from indicators.errors import TipError
        from indicators.model.period import Period
        from workbench.i18n import error_text
        from workbench.services import entry

        cell = entry.TypedCell(variable="", area="", period=Period.of_year(2000))
        try:
            entry.read_typed(cell, text, decimal=self._decimal)
        except TipError as error:
            return " ".join(part for part in error_text(error) if part)
        return ""

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Area, breakdown and periods."""
        return 0 if parent.isValid() or not self._periods else len(self._periods) + FIXED

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of periods can be typed in."""
        found = super().flags(index)
        if index.isValid() and index.column() >= FIXED:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and marks of a cell."""
        if not index.isValid():
            return None
        entry, column = self._rows[index.row()], index.column() - FIXED
        if column < 0:
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT
            name = entry.area_name if column == -FIXED else entry.cut_name
            return name if role == Qt.ItemDataRole.DisplayRole else None
        place = (index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._texts.get(place, entry.shown[column])
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = entry.hints[column] if entry.hints else ""
            return self._wrong.get(place) or hint or None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._wrong.get(place, _("typed") if place in self._texts else "")
        return self._marks(place).get(role)

    def _marks(self, place: Place) -> dict[int, object]:
        is_typed, is_wrong = place in self._texts, place in self._wrong
        ground = "stop-soft" if is_wrong else "accent-soft" if is_typed else ""
        return {GROUND_ROLE: ground, STRONG_ROLE: is_typed, MUTED_ROLE: False}

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type into a cell."""
        column = index.column() - FIXED
        if not index.isValid() or column < 0 or role != Qt.ItemDataRole.EditRole:
            return False
        self._change({(index.row(), column): str(value).strip()})
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Headings."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Area"), _("Breakdown"), *self._periods)[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section >= FIXED else _LEFT
        return None
