r"""Tables of Eurostat as tab-separated text (``unit,geo\TIME_PERIOD`` and a column a period).

The table is flattened to one row a cell: the dimensions, the period, the value and its flags.
``12 p`` becomes value ``12`` with flag ``p``; a cell without number (``:``, ``: c``) stays whole
in the value column and its letters stand with the flags too. Row 1 holds the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from indicators.errors import C_
from workbench.importing.flat_rows import check_columns, damaged, flat_table, typed, unique
from workbench.importing.raw_table import MAX_FIELD, RawFile, ReadOptions, Row
from workbench.importing.strict_text import start_of, wrong_encoding

PERIOD, VALUE, FLAGS = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"
_HEADER = re.compile(r"([^\t\n\\,]+(?:,[^\t\n\\,]+)*)\\([A-Za-z_]+)[ ]*\t")
_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?) *([a-z]*)")
_MARK = re.compile(r": *([a-z]*)")


def recognises(head: bytes) -> bool:
    """Whether the first line is a header of Eurostat."""
    return _HEADER.match(start_of(head)) is not None


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The table of the file.

    Raises:
        UserFileError: its letters are not UTF-8, or it is too wide.
    """
    del options
    with path.open("rb") as stream:
        first = stream.readline(MAX_FIELD)
    try:
        header = first.decode("utf-8-sig").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise wrong_encoding(path, "utf-8") from error
    check_columns(path, len(header))
    return RawFile(
        path=path,
        format="eurostat_tsv",
        tables=(flat_table(path, "", 1, partial(_rows, path, header)),),
        encoding="utf-8",
        delimiter="\t",
        size=path.stat().st_size,
    )


def _rows(path: Path, header: list[str]) -> Iterator[Row]:
    """The names, then one row a cell."""
    keys = header[0].partition("\\")[0].split(",")
    periods = [text.strip() for text in header[1:]]
    last = [PERIOD, VALUE, FLAGS]
    names = unique([*last, *(key.strip() for key in keys)])
    yield names[3:] + names[:3]
    for number, line in _lines(path):
        cells = line.split("\t")
        own = [text.strip() for text in cells[0].split(",")]
        if len(own) != len(keys) or len(cells) != len(header):
            raise damaged(
                path,
                C_(
                    "Line {line} has {found} cell instead of {size}.",
                    "Line {line} has {found} cells instead of {size}.",
                    by="found",
                ),
                line=number,
                found=len(cells) + len(own) - 1,
                size=len(header) + len(keys) - 1,
            )
        for period, cell in zip(periods, cells[1:], strict=True):
            yield [*own, period, *value_and_flags(cell.strip())]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of the lines below the header that hold something."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            next(stream, None)
            for number, line in enumerate(stream, start=2):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise wrong_encoding(path, "utf-8") from error


def value_and_flags(text: str) -> tuple[str, str]:
    """The text of the value and its letters; a text of another form is all value."""
    match = _NUMBER.fullmatch(text)
    if match:
        return typed(match[1]), match[2]
    match = _MARK.fullmatch(text)
    return text, match[1] if match else ""
