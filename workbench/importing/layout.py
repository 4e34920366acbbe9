"""Where the table stands on a sheet: header row, years in columns, notes around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.importing.names import clean, normal
from workbench.importing.numbers import readings
from workbench.importing.periods import is_across, is_year
from workbench.importing.raw_table import BrokenRow, Row

SEARCH_ROWS = 60
"""Rows in which a header is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a table.

    Attributes:
        row: its row, from 1.
        names: names of the columns, cleaned; later columns of no name are empty.
    """

    row: int
    names: tuple[str, ...]

    @property
    def repeated(self) -> tuple[str, ...]:
        """Names that stand over more than one column, apart from case and accents."""
        counts = Counter(normal(name) for name in self.names if name)
        return tuple(name for name in self.names if name and counts[normal(name)] > 1)

    def column(self, name: str) -> int | None:
        """Index from 0 of the column of that name; None without, or with two."""
        found = [i for i, own in enumerate(self.names) if normal(own) == normal(name)]
        return found[0] if len(found) == 1 else None


def filled(row: Sequence[str]) -> int:
    """How many cells of a row hold something."""
    return sum(1 for cell in row if cell and not cell.isspace())


def is_blank(row: Sequence[str]) -> bool:
    """Whether a row holds nothing."""
    return filled(row) == 0


def header_at(rows: Sequence[Row], row: int, count: int = 1) -> Header:
    """The header that starts at a row (from 1); several rows are joined ``group / sub``."""
    parts = rows[row - 1 : row - 1 + count]
    width = max((len(part) for part in parts), default=0)
    names = []
    for column in range(width):
        texts = [clean(part[column]) for part in parts if column < len(part)]
        kept = [text for place, text in enumerate(texts) if text and text not in texts[:place]]
        names.append(" / ".join(kept))
    while names and not names[-1]:
        names.pop()
    return Header(row=row, names=tuple(names))


def find_header(rows: Sequence[Row], last_year: int) -> Header | None:
    """The first row that looks like names over columns of data; None without."""
    widths = Counter(filled(row) for row in rows if filled(row) > 1)
    if not widths:
        return None
    body = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    for number, row in enumerate(rows[:SEARCH_ROWS], start=1):
        if isinstance(row, BrokenRow) or filled(row) < max(2, 0.6 * body):
            continue
        if _is_header(row, last_year) and _has_data(rows[number : number + 20]):
            return header_at(rows, number)
    return None


def find_named(rows: Sequence[Row], required: Iterable[str]) -> Header | None:
    """The first row that holds all these names."""
    wanted = {normal(name) for name in required}
    for number, row in enumerate(rows[:SEARCH_ROWS], start=1):
        if wanted <= {normal(clean(cell)) for cell in row}:
            return header_at(rows, number)
    return None


def _is_header(row: Row, last_year: int) -> bool:
    cells = [clean(cell) for cell in row if cell.strip()]
    texts = sum(1 for cell in cells if not _is_data(cell, last_year))
    distinct = len({normal(cell) for cell in cells})
    years = sum(1 for cell in cells if is_year(cell, last_year) or is_across(cell) is not None)
    return texts + years == len(cells) and texts >= 1 and distinct >= 0.5 * len(cells)


def _is_data(cell: str, last_year: int) -> bool:
    if is_year(cell, last_year):
        return True
    return bool(readings(cell)) or cell.startswith(("<", "\x1e")) or cell in ("..", ":", "-")


def _has_data(rows: Sequence[Row]) -> bool:
    """Whether rows below hold at least one number or mark."""
    return any(_is_data(clean(cell), 9999) for row in rows for cell in row if cell.strip())


def year_of_header(name: str, pattern: str) -> str | None:
    """The year in a column header, or None when the header is no year."""
    match = re.fullmatch(pattern, name)
    return match[1] if match else None
