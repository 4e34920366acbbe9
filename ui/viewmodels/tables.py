"""Models of tables: words ready to show, with marks beside them, fetched in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.viewmodels.wording import tip_text
from workbench.presenting.spec import Alignment, Table

Index = QModelIndex | QPersistentModelIndex
PAGE = 200
_SHORT = 10

MUTED_ROLE = Qt.ItemDataRole.UserRole + 1
STRONG_ROLE = Qt.ItemDataRole.UserRole + 2
ICON_ROLE = Qt.ItemDataRole.UserRole + 3
TONE_ROLE = Qt.ItemDataRole.UserRole + 4
KEY_ROLE = Qt.ItemDataRole.UserRole + 5
AFTER_ROLE = Qt.ItemDataRole.UserRole + 6
FRAME_ROLE = Qt.ItemDataRole.UserRole + 7
GROUND_ROLE = Qt.ItemDataRole.UserRole + 8
SPARK_ROLE = Qt.ItemDataRole.UserRole + 9

_ALIGN = {
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.RIGHT: Qt.AlignmentFlag.AlignRight,
    Alignment.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    """A cell as it is shown.

    Attributes:
        text: the words.
        after: quiet words behind them ("provisional").
        muted: True for raw text and words instead of a value.
        strong: True for the main number.
        icon: drawing before the words; ``tone`` is the token of its colour.
        frame: outline colour token of an imported raw cell.
        ground: ground colour token.
        spark: points of a small line, in order; None is a gap.
    """

    text: str = ""
    after: str = ""
    muted: bool = False
    strong: bool = False
    icon: str = ""
    tone: str = "ink-2"
    frame: str = ""
    ground: str = ""
    spark: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadText:
    """Heading of a column.

    Attributes:
        text: the words.
        align: of heading and cells.
        elastic: True for a column that gives way first where room is short.
        order: what the table is ordered by when the heading is clicked; empty for nothing.
    """

    text: str
    align: Alignment = Alignment.LEFT
    elastic: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with the key that names it (a period, a cell)."""

    key: object
    cells: tuple[CellText, ...]


class PagedTableModel(QAbstractTableModel):
    """Rows that appear a page at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[HeadText, ...] = ()
        self._rows: Sequence[Row] = ()
        self._shown = 0
        self._row_names: tuple[str, ...] = ()

    def show_rows(
        self,
        heads: Sequence[HeadText],
        rows: Sequence[Row],
        *,
        row_names: Sequence[str] = (),
        page: int = PAGE,
    ) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._heads, self._rows, self._row_names = tuple(heads), rows, tuple(row_names)
        self._shown = min(page, len(rows))
        self.endResetModel()

    def show_table(self, table: Table | None, keys: Sequence[object] = ()) -> None:
        """Show a table description; ``keys`` name its rows."""
        if table is None:
            self.show_rows((), ())
            return
        heads = [HeadText(text=column.title, align=column.align) for column in table.columns]
        names = keys if len(keys) == len(table.rows) else [cells[0] for cells in table.rows]
        rows = [
            Row(
                key=key,
                cells=tuple(CellText(text=text, strong=i == 1) for i, text in enumerate(cells)),
            )
            for key, cells in zip(names, table.rows, strict=True)
        ]
        self.show_rows(heads, rows, page=10_000)

    def orders(self) -> list[str]:
        """By column, what its heading orders by."""
        return [head.order for head in self._heads]

    def elastic(self) -> list[int]:
        """Numbers of the columns that give way first."""
        return [index for index, head in enumerate(self._heads) if head.elastic]

    def row_of(self, key: object) -> int:
        """Number of the row with a key, fetching pages up to it; -1 without."""
        for index, entry in enumerate(self._rows):
            if entry.key == key:
                while index >= self._shown:
                    self.fetchMore(QModelIndex())
                return index
        return -1

    def key_at(self, row: int) -> object:
        """Key of a row; None outside."""
        return self._rows[row].key if 0 <= row < self._shown else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows fetched so far."""
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns of the table."""
        return 0 if parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether rows wait."""
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """Another page."""
        more = min(PAGE, len(self._rows) - self._shown)
        if more > 0:
            self.beginInsertRows(QModelIndex(), self._shown, self._shown + more - 1)
            self._shown += more
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and marks of a cell."""
        if not index.isValid() or index.row() >= self._shown:
            return None
        entry = self._rows[index.row()]
        if role == KEY_ROLE:
            return entry.key
        cell = entry.cells[index.column()] if index.column() < len(entry.cells) else CellText()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[self._heads[index.column()].align] | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(cell.text) if len(cell.text) > _SHORT else None
        return {
            Qt.ItemDataRole.DisplayRole: f"{cell.text} {cell.after}" if cell.after else cell.text,
            AFTER_ROLE: cell.after,
            MUTED_ROLE: cell.muted,
            STRONG_ROLE: cell.strong,
            ICON_ROLE: cell.icon,
            TONE_ROLE: cell.tone,
            FRAME_ROLE: cell.frame,
            GROUND_ROLE: cell.ground,
            SPARK_ROLE: cell.spark,
        }.get(role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Headings."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole and section < len(self._row_names):
                return self._row_names[section]
            return None
        if not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[self._heads[section].align] | Qt.AlignmentFlag.AlignVCenter)
        return None
