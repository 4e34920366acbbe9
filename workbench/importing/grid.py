"""A table seen through glasses: letters put right, blanks filled from above; addresses stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from workbench.importing.raw_table import BrokenRow, RawTable, Row

_UNDEFINED = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that have no letter in cp1252; programs keep them as control characters."""
_TO_BYTE = {
    **{bytes([b]).decode("cp1252"): b for b in range(256) if b not in _UNDEFINED},
    **{sign: byte for byte, sign in _UNDEFINED.items()},
}


@lru_cache(maxsize=50_000)
def repaired(text: str) -> str:
    """The text as it was before its UTF-8 was taken for cp1252; unchanged when it was not."""
    if text.isascii():
        return text
    try:
        return bytes(_TO_BYTE[sign] for sign in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text


def with_letters(table: RawTable) -> RawTable:
    """The table with letters put right that were read wrongly once."""

    def slices(count: int) -> Iterator[list[Row]]:
        for part in table.open_slices(count):
            yield [_right(row) for row in part]

    return replace(table, open_slices=slices)


def _right(row: Row) -> Row:
    if isinstance(row, BrokenRow):
        return row
    return [cell if cell.isascii() else repaired(cell) for cell in row]


def with_labels(
    table: RawTable, first: int, columns: Sequence[int], values: Sequence[int]
) -> RawTable:
    """The table with blank cells of some columns filled from the row above.

    Args:
        table: the sheet.
        first: first row of data.
        columns: indexes of the columns to fill.
        values: indexes of value columns; a row without any value is no row of data.
    """

    def slices(count: int) -> Iterator[list[Row]]:
        last = dict.fromkeys(columns, "")
        number = 0
        for part in table.open_slices(count):
            filled: list[Row] = []
            for row in part:
                number += 1
                filled.append(_filled(row, last, values) if number >= first else row)
            yield filled

    return replace(table, open_slices=slices)


def _filled(row: Row, last: dict[int, str], values: Sequence[int]) -> Row:
    if isinstance(row, BrokenRow):
        return row
    has_value = any(index < len(row) and row[index].strip() for index in values)
    for index, text in last.items():
        if index < len(row) and row[index].strip():
            last[index] = row[index]
        elif has_value and index < len(row) and text:
            row = [*row[:index], text, *row[index + 1 :]]
    return row
