"""What a ministry does to its yearly file, as data: ten kinds of change and what each may ask."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

Rows = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A delivery as rows of text, and where its parts stand.

    Attributes:
        name: of the file, without its ending.
        rows: header and data.
        renamed: header to rename, and its new name.
        value: header of the column of values; empty: the years in the header.
        category: header of a column of categories, and a new category of it.
        gone: header of a column that is left out.
        new_name: headers that a renamed header may also have.
        total: a further row that is a total.
    """

    name: str
    rows: Rows
    renamed: tuple[str, str]
    value: str
    category: tuple[str, str]
    gone: str

    def column(self, header: str) -> int:
        """Place of a column."""
        return self.rows[0].index(header)

    @property
    def numbers(self) -> list[int]:
        """Places of the columns of values."""
        if self.value:
            return [self.column(self.value)]
        return [place for place, name in enumerate(self.rows[0]) if name[:4].isdigit()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One kind of change.

    Attributes:
        id: name in the list of tests.
        make: writes the changed file into a folder.
        asks: codes of the questions it may raise, each at most once.
        equal: True when all values must be those of the unchanged file.
        more: True when values may come in addition.
    """

    id: str
    make: Callable[[Table, Path], Path]
    asks: frozenset[str] = frozenset()
    equal: bool = True
    more: bool = False


def written(
    table: Table, rows: Rows, folder: Path, *, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """A text file of these rows."""
    path = folder / f"{table.name}_2.csv"
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    path.write_text(stream.getvalue(), encoding=encoding, newline="")
    return path


def copied(table: Table) -> Rows:
    """Rows that can be changed."""
    return [list(row) for row in table.rows]


def renamed_column(table: Table, folder: Path) -> Path:
    """One header has another name."""
    rows = copied(table)
    rows[0][table.column(table.renamed[0])] = table.renamed[1]
    return written(table, rows, folder)


def added_column(table: Table, folder: Path) -> Path:
    """A column of comments at the end."""
    rows = copied(table)
    return written(table, [[*rows[0], "Comments"], *([*row, "x y"] for row in rows[1:])], folder)


def other_order(table: Table, folder: Path) -> Path:
    """All columns the other way round."""
    return written(table, [row[::-1] for row in table.rows], folder)


def removed_column(table: Table, folder: Path) -> Path:
    """A column is left out."""
    place = table.column(table.gone)
    return written(table, [row[:place] + row[place + 1 :] for row in table.rows], folder)


def preamble(table: Table, folder: Path) -> Path:
    """Two titles and a blank row above the header, a note below the data."""
    top = [["Annual report of the ministry"], ["Printed in March"], []]
    return written(table, [*top, *copied(table), [], ["Source: the ministry"]], folder)


def new_category(table: Table, folder: Path) -> Path:
    """A row of a category that was not there."""
    rows = copied(table)
    row = list(rows[1])
    row[table.column(table.category[0])] = table.category[1]
    return written(table, [*rows, row], folder)


def other_dialect(table: Table, folder: Path) -> Path:
    """Semicolons and letters of Windows."""
    return written(table, copied(table), folder, delimiter=";", encoding="cp1252")


def decimal_commas(table: Table, folder: Path) -> Path:
    """The numbers of another country: 1.234,0 for 1,234.0."""
    rows = copied(table)
    for row in rows[1:]:
        for place in table.numbers:
            text = row[place]
            if text.replace(".", "", 1).replace(",", "").isdigit():
                number = float(text.replace(",", ""))
                row[place] = f"{number:,.1f}".translate(str.maketrans(",.", ".,"))
    return written(table, rows, folder, delimiter=";")


def new_missing_code(table: Table, folder: Path) -> Path:
    """A further row without a value, which it says in its own way."""
    rows = copied(table)
    row = list(rows[1])
    row[table.column(table.category[0])] = table.category[1]
    for place in table.numbers:
        row[place] = "n/a"
    return written(table, [*rows, row], folder)


def new_sheet_first(table: Table, folder: Path) -> Path:
    """A workbook with a page of notes first and another name of the sheet."""
    path = folder / f"{table.name}_2.xlsx"
    with xlsxwriter.Workbook(path) as book:
        notes = book.add_worksheet("Notes")
        notes.write_column(0, 0, ["Read this first", "Numbers are final"])
        sheet = book.add_worksheet("Table 2024")
        for number, row in enumerate(table.rows):
            for place, text in enumerate(row):
                is_number = (
                    number > 0 and place in table.numbers and text.replace(".", "").isdigit()
                )
                if is_number:
                    sheet.write_number(number, place, float(text))
                else:
                    sheet.write_string(number, place, text)
    return path


CHANGES = (
    Change(id="renamed column", make=renamed_column, asks=frozenset({"renamed_column"})),
    Change(id="added column", make=added_column),
    Change(id="other order", make=other_order),
    Change(id="removed column", make=removed_column, asks=frozenset({"column_gone"}), equal=False),
    Change(id="lines above and below", make=preamble),
    Change(id="new category", make=new_category, asks=frozenset({"similar_names"}), more=True),
    Change(id="delimiter and letters", make=other_dialect),
    Change(id="decimal commas", make=decimal_commas),
    Change(id="new sheet first", make=new_sheet_first),
    Change(id="new code for missing", make=new_missing_code, more=True),
)
"""The ten kinds, and what each may ask at most."""
