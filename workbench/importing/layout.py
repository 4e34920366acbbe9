"""Where the table stands on a sheet: header row, years in columns, notes around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
        rows: how many rows it has.
    """

    row: int
    names: tuple[str, ...]
    rows: int = 1

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
    parts = spread(rows[row - 1 : row - 1 + count])
    width = max((len(part) for part in parts), default=0)
    names = []
    for column in range(width):
        texts = [clean(part[column]) for part in parts if column < len(part)]
        kept = [text for place, text in enumerate(texts) if text and text not in texts[:place]]
        names.append(" / ".join(kept))
    while names and not names[-1]:
        names.pop()
    return Header(row=row, names=tuple(names), rows=count)


def spread(parts: Sequence[Row]) -> list[list[str]]:
    """Header rows with the text of a merged cell over all columns below it."""
    if len(parts) < 2:
        return [list(part) for part in parts]
    width = max(map(len, parts))
    full = [[*part, *[""] * (width - len(part))] for part in parts]
    for upper, lower in pairwise(full):
        for column in range(1, width):
            if not upper[column].strip() and lower[column].strip() and upper[column - 1].strip():
                is_inside = bool(lower[column - 1].strip())
                upper[column] = upper[column - 1] if is_inside else ""
    return full


def repeats_header(row: Row, names: Sequence[str]) -> bool:
    """Whether a row repeats the last row of the header, as printed pages do."""
    if isinstance(row, BrokenRow) or filled(row) < 2:
        return False
    return all(name.endswith(clean(cell)) for name, cell in zip(names, row, strict=False))


def find_header(rows: Sequence[Row], last_year: int) -> Header | None:
    """The first row that looks like names over columns of data; None without."""
    widths = Counter(filled(row) for row in rows if filled(row) > 1)
    if not widths:
        return None
    body = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    for number, row in enumerate(rows[:SEARCH_ROWS], start=1):
        if isinstance(row, BrokenRow) or not _is_wide(rows, number, max(2, 0.6 * body), last_year):
            continue
        if _is_header(row, last_year) and _has_data(rows[number : number + 20]):
            return _with_groups(rows, number, last_year)
    return None


def _is_wide(rows: Sequence[Row], number: int, least: float, last_year: int) -> bool:
    """Whether a row names enough columns: by itself, or as groups of what the next one names."""
    if filled(rows[number - 1]) >= least:
        return True
    if number == len(rows) or filled(rows[number]) < least:
        return False
    return _groups(rows[number - 1], rows[number], last_year, below=True)


def _with_groups(rows: Sequence[Row], number: int, last_year: int) -> Header:
    """The header of a row, with the rows of groups above it and of parts below it."""
    first, last = number, number
    while first > 1 and _groups(rows[first - 2], rows[first - 1], last_year):
        first -= 1
    while last < len(rows) and _groups(rows[last - 1], rows[last], last_year, below=True):
        last += 1
    return header_at(rows, first, last - first + 1)


def _groups(upper: Row, lower: Row, last_year: int, *, below: bool = False) -> bool:
    """Whether the upper of two rows holds groups of what the lower one names."""
    if isinstance(upper, BrokenRow) or isinstance(lower, BrokenRow) or filled(upper) < 2:
        return False
    row = lower if below else upper
    if any(_is_data(clean(cell), 0) for cell in row if cell.strip()):
        return False
    width = max(len(upper), len(lower))
    above, under = (
        [clean(part[i]) if i < len(part) else "" for i in range(width)] for part in (upper, lower)
    )
    under_gap = sum(1 for a, b in zip(above, under, strict=True) if b and not a)
    names = [normal(name) for name in (above if below else under) if name]
    has_twice = len(set(names)) < len(names)
    if below:
        has_gap = any(a and not b for a, b in zip(above, under, strict=True))
        return filled(lower) >= 2 and has_gap and (under_gap > 0 or has_twice)
    has_left = any(a and not b for a, b in zip(above, under, strict=True))
    return under_gap > 0 and (has_left or has_twice)


def find_named(rows: Sequence[Row], required: Iterable[str], count: int = 1) -> Header | None:
    """The first row, or so many rows together, that holds all these names."""
    wanted = {normal(name) for name in required}
    for number, row in enumerate(rows[:SEARCH_ROWS], start=1):
        if count > 1 and wanted:
            header = header_at(rows, number, count)
            if header.names and wanted <= {normal(name) for name in header.names}:
                return header
        elif wanted <= {normal(clean(cell)) for cell in row}:
            return header_at(rows, number)
    return None


def _is_header(row: Row, last_year: int) -> bool:
    cells = [clean(cell) for cell in row if cell.strip()]
    years = [is_year(cell, last_year) or is_across(cell) is not None for cell in cells]
    texts = sum(
        1
        for cell, year in zip(cells, years, strict=True)
        if not year and not _is_data(cell, last_year)
    )
    distinct = len({normal(cell) for cell in cells})
    return texts + sum(years) == len(cells) and texts >= 1 and distinct >= 0.5 * len(cells)


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
