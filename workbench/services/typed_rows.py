"""One row of a small table as a single text: ``variable=pop_total,area=XVA,period=2021,value=12``.

Commands take such rows in place of a file, so that what was typed in the window can be written as
one line. The cells are those of a CSV row, each with its column before an equals sign: a text with
a comma, a quotation mark or a line break stands in quotation marks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from indicators.errors import N_
from workbench.errors import WorkbenchError


def row_text(cells: Mapping[str, str]) -> str:
    """The row as one text; empty cells are left out."""
    sheet = io.StringIO()
    written = [f"{column}={text}" for column, text in cells.items() if text]
    csv.writer(sheet, lineterminator="").writerow(written)
    return sheet.getvalue()


def read_row(text: str) -> dict[str, str]:
    """The cells of a row by column.

    Raises:
        WorkbenchError: a cell has no column, a column stands twice, or quotation marks do not fit.
    """
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        lines = []
    cells = [cell.partition("=") for cell in lines[0]] if len(lines) == 1 else []
    found = {column.strip(): value for column, equals, value in cells if equals}
    if not cells or len(found) != len(cells) or "" in found:
        raise WorkbenchError(
            N_("“{text}” is no row."),
            hint=N_("Write column=text for each cell, with commas between them."),
            text=text,
        )
    return found
