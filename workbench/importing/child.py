"""Reads a spreadsheet in a process of its own, with limits, and writes its cells as CSV.

Started by file path with the isolated interpreter, so it must not import the program. A damaged
or hostile file can then end this process only.

Usage: ``child.py sheets FILE`` prints a JSON list; ``child.py rows FILE NAME`` prints rows;
``child.py first FILE`` prints the list as one line and then the rows of the first visible sheet.
"""

from __future__ import annotations

import csv
import gc
import json
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 120
NUMBER_MARK = "\x1e"
MEMO_LIMIT = 100_000
"""Numbers whose texts are remembered at a time."""
ROWS_AT_A_TIME = 1_000
FAILED = 3


def limit() -> None:
    """Set memory and time limits where the system has them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text(value: Any) -> str:
    """A cell as text: typed numbers that are not whole carry a mark; dates are ISO."""
    kind = value.__class__
    if kind is str:
        return str(value)
    if kind is float:
        if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        return NUMBER_MARK + repr(value)
    if kind is bool:
        return "TRUE" if value else "FALSE"
    if kind is datetime and value.time() == time(0):
        return str(value.date().isoformat())
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value.total_seconds()) if kind is timedelta else str(value)


class Numbers(dict[float, str]):
    """Texts of numbers; a year or a small count is written once, not a hundred thousand times."""

    def __missing__(self, value: float) -> str:
        """Write a number not seen yet."""
        if len(self) > MEMO_LIMIT:
            self.clear()
        found = self[value] = text(value)
        return found


def rows(sheet: Any) -> Any:
    """All rows from the first row and column of the sheet."""
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    for _ in range(first_row):
        yield []
    found = islice(sheet.iter_rows(), first_row, None)
    numbers = Numbers()
    while block := list(islice(found, ROWS_AT_A_TIME)):
        left = [("",) * len(block)] * first_column
        yield from zip(*left, *(texts(c, numbers) for c in zip(*block, strict=True)), strict=True)


def texts(column: tuple[Any, ...], numbers: Numbers) -> Any:
    """The texts of some cells of a column; most columns are all texts or all numbers."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column
    if kinds == {float}:
        return map(numbers.__getitem__, column)
    return [numbers[cell] if cell.__class__ is float else text(cell) for cell in column]


def opened(path: str) -> Any:
    """The workbook; by its content where the suffix of its name misleads the library."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError as error:
        try:
            return CalamineWorkbook.from_filelike(open(path, "rb"))  # noqa: PTH123 - read later
        except CalamineError:
            raise error from None


def tell_sheets(workbook: Any) -> list[str]:
    """Print the sheets as one line of JSON; the name of the first visible one, if there is any."""
    found = [
        {"name": sheet.name, "hidden": not str(sheet.visible).endswith("Visible")}
        for sheet in workbook.sheets_metadata
        if "WorkSheet" in str(sheet.typ)
    ]
    sys.stdout.write(json.dumps(found) + "\n")
    return [sheet["name"] for sheet in sorted(found, key=lambda sheet: sheet["hidden"])[:1]]


def main(arguments: list[str]) -> int:
    """Run one command; every failure is one line on the error stream."""
    from python_calamine import CalamineError, PasswordError

    command, path = arguments[:2]
    limit()
    gc.disable()  # a million cells hold no cycles, and looking for them takes a tenth of the time
    try:
        workbook = opened(path)
        names = [arguments[2]] if command == "rows" else tell_sheets(workbook)
        if command != "sheets":
            out = csv.writer(sys.stdout, lineterminator="\n")
            for name in names:
                out.writerows(rows(workbook.get_sheet_by_name(name)))
    except PasswordError:
        sys.stderr.write("password")
        return FAILED
    except (CalamineError, OSError, MemoryError, ValueError) as error:
        sys.stderr.write(str(error)[:500])
        return FAILED
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
