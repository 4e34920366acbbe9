"""Tables of any length: pages are read in workers as the reader scrolls, and let go far from view.

The model holds words of the pages near the row looked at last. Where a page was let go, its place
is kept, so that it can be read again from the key before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from ui.tasks import TaskProgress, TaskRunner
from ui.viewmodels.tables import CellText, HeadText, PagedTableModel, Row

Index = QModelIndex | QPersistentModelIndex
KEPT_PAGES = 40
"""Pages whose words are in memory."""
_WAITING = Row(key=None, cells=(CellText(text="…", muted=True),))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """Rows that follow each other, and where the next page begins; None after the last one."""

    rows: tuple[Row, ...]
    after: Any = None


class _Pages(Sequence[Row]):
    """Rows of all pages read so far; those let go stand as rows that wait."""

    def __init__(self) -> None:
        self.pages: list[tuple[Row, ...] | None] = []
        self.starts: list[int] = [0]
        self.seen = 0

    def __len__(self) -> int:
        return self.starts[-1]

    def page_of(self, row: int) -> int:
        from bisect import bisect_right

        return bisect_right(self.starts, row) - 1

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        self.seen = self.page_of(index)
        page = self.pages[self.seen]
        return _WAITING if page is None else page[index - self.starts[self.seen]]

    def add(self, rows: tuple[Row, ...]) -> None:
        self.pages.append(rows)
        self.starts.append(self.starts[-1] + len(rows))

    def let_go(self) -> None:
        """Forget the words of the page farthest from the one looked at last."""
        held = [number for number, page in enumerate(self.pages) if page is not None]
        if len(held) > KEPT_PAGES:
            self.pages[max(held, key=lambda number: abs(number - self.seen))] = None


class LongTableModel(PagedTableModel):
    """A table whose further rows are asked for.

    Signals:
        wanted: number of a page that must be read.
    """

    wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages()
        self._more = False
        self._asked: set[int] = set()

    def show_page(self, heads: Sequence[HeadText], page: RowPage) -> None:
        """Begin with a first page."""
        self.beginResetModel()
        self._heads, self._row_names = tuple(heads), ()
        self._pages = _Pages()
        if page.rows:
            self._pages.add(page.rows)
        self._rows, self._shown = self._pages, len(self._pages)
        self._more, self._asked = page.after is not None, set()
        self.endResetModel()

    def take_page(self, number: int, page: RowPage) -> None:
        """Take a page that was wanted; one that is already there is renewed."""
        self._asked.discard(number)
        if number < len(self._pages.pages):
            self._pages.pages[number] = page.rows
            first, last = self._pages.starts[number], self._pages.starts[number + 1] - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        elif number == len(self._pages.pages):
            self._more = page.after is not None
            if page.rows:
                first = self._shown
                self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
                self._pages.add(page.rows)
                self._shown = len(self._pages)
                self.endInsertRows()
        self._pages.let_go()

    def forget_asked(self, number: int) -> None:
        """A page could not be read; it may be asked for again."""
        self._asked.discard(number)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether rows wait that nobody asked for yet."""
        waits = self._more and len(self._pages.pages) not in self._asked
        return not parent.isValid() and waits

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it comes later."""
        if self.canFetchMore(parent):
            self._ask(len(self._pages.pages))

    def _ask(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self.wanted.emit(number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; a page let go is asked for again."""
        found = super().data(index, role)
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            number = self._pages.page_of(index.row())
            if number < len(self._pages.pages) and self._pages.pages[number] is None:
                # not from inside a paint
                QTimer.singleShot(0, self, lambda: self._ask(number))
        return found

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Headings; beside the rows stands their key where it is the number of a row of a file."""
        if orientation == Qt.Orientation.Vertical:
            key = self.key_at(section) if role == Qt.ItemDataRole.DisplayRole else None
            return str(key) if isinstance(key, int) else None
        return super().headerData(section, orientation, role)

    def row_of(self, key: object) -> int:
        """Number of the row with a key among the rows read so far; -1 without."""
        for number, page in enumerate(self._pages.pages):
            for place, entry in enumerate(page or ()):
                if entry.key == key:
                    return self._pages.starts[number] + place
        return -1


class LongTable(QObject):
    """Reads the pages that a model wants.

    Args:
        runner: does the work.
        lane: name of the work.

    Signals:
        failed: a problem to tell.
    """

    failed = Signal(object)

    def __init__(self, runner: TaskRunner, lane: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._lane = runner, lane
        self.model = LongTableModel(self)
        self.model.wanted.connect(self._wanted)
        self._read: Callable[[Any], RowPage] = lambda _after: RowPage(rows=())
        self._after: list[Any] = []
        self._turn = 0

    def show(
        self,
        heads: Sequence[HeadText],
        pages: Sequence[RowPage],
        read: Callable[[Any], RowPage],
    ) -> None:
        """Show other rows.

        Args:
            heads: headings.
            pages: the first pages, at least one.
            read: the page after a place; called in workers.
        """
        self._turn += 1
        self._read = read
        self._after = [None, *(page.after for page in pages)]
        self.model.show_page(heads, pages[0])
        for number, page in enumerate(pages[1:], start=1):
            self.model.take_page(number, page)

    def clear(self) -> None:
        """Show no rows; what is still being read for the rows of before is dropped."""
        self.show((), [RowPage(rows=())], lambda _after: RowPage(rows=()))

    def _wanted(self, number: int) -> None:
        turn, read, after = self._turn, self._read, self._after[number]

        def done(page: RowPage) -> None:
            if turn == self._turn:  # else the table shows other rows by now
                if number + 1 == len(self._after):
                    self._after.append(page.after)
                self.model.take_page(number, page)

        def failed(problem: object) -> None:
            if turn == self._turn:
                self.model.forget_asked(number)
                self.failed.emit(problem)

        def work(_progress: TaskProgress) -> RowPage:
            return read(after)

        self._runner.start(work, done=done, failed=failed, lane=f"{self._lane}-{turn}-{number}")
