"""A table as it stands in a file: rows of raw texts with their addresses, read as often as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAX_COLUMNS = 2_000
MAX_ROWS = 5_000_000
MAX_FIELD = 1_000_000
"""Characters in one cell."""

Row = list[str]


class BrokenRow(list[str]):
    """A row that could not be read; holds its raw text and the code of the reason."""

    __slots__ = ("code",)

    def __init__(self, text: str, code: str) -> None:
        super().__init__([text])
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """One sheet; rows and columns count from 1, and every row of the file counts.

    Attributes:
        name: name of the sheet; empty for text files.
        index: number of the sheet in the file, from 1.
        open_rows: starts reading from the first row.
        hidden: True when the spreadsheet hides the sheet.
    """

    name: str
    index: int
    open_rows: Callable[[], Iterator[Row]]
    hidden: bool = False

    def rows(self) -> Iterator[Row]:
        """All rows from the first; broken ones are ``BrokenRow``."""
        return self.open_rows()

    def first_rows(self, count: int) -> list[Row]:
        """The first rows, at most ``count``."""
        rows = self.open_rows()
        try:
            return [row for _, row in zip(range(count), rows, strict=False)]
        finally:
            close = getattr(rows, "close", None)
            if close:
                close()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file that was recognised.

    Attributes:
        path: where it is.
        format: id of its reader.
        tables: its sheets in order.
        encoding, delimiter: of text files, else empty.
        encoding_guessed: True when the file does not tell its encoding.
        size: bytes.
    """

    path: Path
    format: str
    tables: tuple[RawTable, ...]
    encoding: str = ""
    delimiter: str = ""
    encoding_guessed: bool = False
    size: int = 0
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a recipe fixes about reading; empty means find out."""

    encoding: str = ""
    delimiter: str = ""
