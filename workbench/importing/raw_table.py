"""A table as it stands in a file: rows of raw texts with their addresses, read as often as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

MAX_COLUMNS = 2_000
MAX_ROWS = 5_000_000
MAX_FIELD = 1_000_000
"""Characters in one cell."""

SLICE = 512
"""Rows read at a time; so few stay in the fast cache of the processor, which halves the time."""

Row = list[str]


class BrokenRow(list[str]):
    """A row that could not be read; holds its raw text and the code of the reason."""

    __slots__ = ("code",)

    def __init__(self, text: str, code: str) -> None:
        super().__init__([text])
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What a sheet of a workbook holds beside its cells.

    Attributes:
        hidden_rows: how many rows are hidden.
        hidden_columns: letters of hidden columns.
        comments, formulas: how many there are.
        protected: True when the sheet is protected against changes.
        cells: addresses by ``hidden_rows``, ``comments`` and ``formulas``, the first ones.
        merged: ranges such as ``B2:D2``, the first ones.
        from_1904: True when the workbook counts its days from 1904.
        known: False when it could not be told.
    """

    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    comments: int = 0
    formulas: int = 0
    protected: bool = False
    cells: Mapping[str, Sequence[str]] = field(default_factory=dict)
    merged: Sequence[str] = ()
    from_1904: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """One sheet; rows and columns count from 1, and every row of the file counts.

    Attributes:
        name: name of the sheet; empty for text files.
        index: number of the sheet in the file, from 1.
        open_slices: starts reading from the first row, so many rows at a time.
        hidden: True when the spreadsheet hides the sheet.
        facts: tells what the sheet holds beside its cells; None for formats that do not tell.
    """

    name: str
    index: int
    open_slices: Callable[[int], Iterator[list[Row]]]
    hidden: bool = False
    facts: Callable[[], SheetFacts] | None = None

    def rows(self) -> Iterator[Row]:
        """All rows from the first; broken ones are ``BrokenRow``."""
        return chain.from_iterable(self.open_slices(SLICE))

    def first_rows(self, count: int) -> list[Row]:
        """The first rows, at most ``count``."""
        slices = self.open_slices(count)
        try:
            return next(slices, [])
        finally:
            slices.close()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file that was recognised.

    Attributes:
        path: where it is.
        format: id of its reader.
        tables: its sheets in order.
        encoding, delimiter: of text files, else empty.
        encoding_guessed: True when the file does not tell its encoding.
        encodings: those that fit nearly as well, each with a text that differs; empty: certain.
        size: bytes.
    """

    path: Path
    format: str
    tables: tuple[RawTable, ...]
    encoding: str = ""
    delimiter: str = ""
    encoding_guessed: bool = False
    encodings: tuple[tuple[str, str], ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a recipe fixes about reading; empty means find out."""

    encoding: str = ""
    delimiter: str = ""
