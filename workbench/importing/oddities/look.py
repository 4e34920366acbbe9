"""One look at a table: its first rows by kind, the use of its columns, and addresses of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.importing.book_facts import letters
from workbench.importing.column_facts import ColumnFacts
from workbench.importing.layout import Header, filled, is_blank, repeats_header
from workbench.importing.names import normal
from workbench.importing.numbers import readings, stripped
from workbench.importing.opening import Opened
from workbench.importing.plan import own_dimension
from workbench.importing.raw_table import BrokenRow, Row
from workbench.importing.recipe import Column, Recipe

SEEN_ROWS = 5_000
"""Rows whose cells can be named; counts of texts are those of all rows."""
MOST_CELLS = 20
"""Addresses that an oddity names."""
_NOTE_WORDS = ("note", "nota", "source", "fuente", "fonte", "*", "(")
Numbered = tuple[int, Row]


def address(row: int, index: int) -> str:
    """The name of a cell: row from 1, column from 0."""
    return f"{letters(index + 1)}{row}"


@dataclass(frozen=True, kw_only=True)
class Look:
    """A table as it stands, with the recipe it would be read by.

    Attributes:
        opened: the file and the sheet.
        header: of the table.
        facts: of every column, from all rows.
        recipe: how it would be read.
    """

    opened: Opened
    header: Header
    facts: Sequence[ColumnFacts]
    recipe: Recipe

    @cached_property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """Role and number format of every column."""
        return tuple(self._role(index, name) for index, name in enumerate(self.header.names))

    def _role(self, index: int, name: str) -> tuple[str, str]:
        if index in self.opened.personal:
            return "personal", ""
        listed = self.listed(index)
        if listed is not None:
            return listed.role, listed.number_format
        recipe = self.recipe
        if recipe.year_format or recipe.layout == "wide":
            return ("value", recipe.year_format) if name else ("ignore", "")
        if recipe.others != "ignore":
            return (name.upper() if name == name.upper() else own_dimension(name)), ""
        return "ignore", ""

    def listed(self, index: int) -> Column | None:
        """The column of the recipe for an index, or None."""
        column = self.header.column
        return next((c for c in self.recipe.columns if column(c.name) == index), None)

    def of_role(self, *roles: str) -> list[int]:
        """Indexes of the columns of these roles."""
        return [i for i, (role, _) in enumerate(self.roles) if role in roles]

    @cached_property
    def dimensions(self) -> list[int]:
        """Indexes of the columns that hold categories."""
        return [i for i, (role, _) in enumerate(self.roles) if role.isupper()]

    @cached_property
    def values(self) -> list[int]:
        """Indexes of the columns that hold values."""
        return self.of_role("value")

    @cached_property
    def first_rows(self) -> list[Row]:
        """The rows that can be named, from the first of the sheet."""
        return self.opened.table.first_rows(SEEN_ROWS)

    @property
    def header_end(self) -> int:
        """Last row of the header, from 1."""
        return self.header.row + self.header.rows - 1

    @cached_property
    def below(self) -> list[Numbered]:
        """The rows below the header with their numbers."""
        return list(enumerate(self.first_rows[self.header_end :], start=self.header_end + 1))

    @cached_property
    def footer(self) -> list[Numbered]:
        """Notes below the table; none when the end of the table was not seen."""
        if len(self.first_rows) >= SEEN_ROWS:
            return []
        found = []
        for number, row in reversed(self.below):
            if is_blank(row):
                continue
            if isinstance(row, BrokenRow) or not self._is_note(row):
                break
            found.append((number, row))
        return found[::-1]

    def _is_note(self, row: Row) -> bool:
        """The rule of the import: one text, or two without a number."""
        if filled(row) == 1:
            return len(self.header.names) > 1
        if any(readings(cell.strip()) for cell in row if cell):
            return False
        return filled(row) == 2 or normal(row[0]).startswith(_NOTE_WORDS)

    @cached_property
    def inside(self) -> list[Numbered]:
        """The rows of the table itself, blank and broken ones too."""
        last = self.footer[0][0] if self.footer else len(self.first_rows) + 1
        rows = [(number, row) for number, row in self.below if number < last]
        while rows and is_blank(rows[-1][1]):
            rows.pop()
        return rows

    @cached_property
    def repeats(self) -> list[Numbered]:
        """Rows in the table that repeat its header."""
        names = self.header.names
        return [(n, row) for n, row in self.inside if repeats_header(row, names)]

    @cached_property
    def strays(self) -> list[Numbered]:
        """Rows in the table with a single text."""
        if len(self.header.names) < 3:
            return []
        return [
            (n, row)
            for n, row in self.inside
            if not isinstance(row, BrokenRow) and filled(row) == 1
        ]

    @cached_property
    def data(self) -> list[Numbered]:
        """Rows of data."""
        other = {n for n, _ in (*self.repeats, *self.strays)}
        return [
            (n, row)
            for n, row in self.inside
            if n not in other and not isinstance(row, BrokenRow) and not is_blank(row)
        ]

    @cached_property
    def seen(self) -> Sequence[ColumnFacts]:
        """Texts of every column: of the rows of data alone when all were seen, else of all rows."""
        if len(self.first_rows) >= SEEN_ROWS:
            return self.facts
        found = [ColumnFacts() for _ in self.header.names]
        for number, row in self.data:
            for index, facts in enumerate(found):
                text = self.text(row, index)
                facts.texts[text] += 1
                facts.rows.setdefault(text, number)
        return found

    def text(self, row: Row, index: int) -> str:
        """The trimmed text of a cell."""
        return stripped(row[index]) if index < len(row) else ""

    def cells_where(
        self, indexes: Iterable[int], fits: Callable[[int, str], bool]
    ) -> Iterator[str]:
        """Addresses of the cells of data that fit."""
        columns = list(indexes)
        for number, row in self.data:
            for index in columns:
                if fits(index, self.text(row, index)):
                    yield address(number, index)

    def cells_of(self, texts: dict[int, list[str]]) -> tuple[str, ...]:
        """The first cells that hold one of the texts of their column."""
        wanted = {index: set(found) for index, found in texts.items() if found}
        if not wanted:
            return ()
        cells = capped(self.cells_where(wanted, lambda index, text: text in wanted[index]))
        return cells or capped(
            address(self.seen[index].rows[text], index)
            for index, found in texts.items()
            for text in found
        )

    def count_of(self, texts: dict[int, list[str]]) -> int:
        """How many cells of all rows hold one of the texts of their column."""
        return sum(self.seen[i].texts[text] for i, found in texts.items() for text in found)

    def header_cell(self, index: int) -> str:
        """The address of the name of a column."""
        return address(self.header_end, index)


def capped(cells: Iterable[str]) -> tuple[str, ...]:
    """The first addresses, each once."""
    found: dict[str, None] = {}
    for cell in cells:
        found[cell] = None
        if len(found) == MOST_CELLS:
            break
    return tuple(found)
