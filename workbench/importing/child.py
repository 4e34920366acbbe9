"""Reads a spreadsheet in a process of its own, with limits, and writes its cells as CSV.

Started by file path with the isolated interpreter, so it must not import the program. A damaged
or hostile file can then end this process only.

Usage: ``child.py sheets FILE`` prints a JSON list; ``child.py rows FILE INDEX`` prints rows.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 120
NUMBER_MARK = "\x1e"
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


def rows(sheet: Any) -> Any:
    """All rows from the first row and column of the sheet."""
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    for _ in range(first_row):
        yield []
    left = [""] * first_column
    for row in sheet.to_python(skip_empty_area=True):
        yield left + [cell if cell.__class__ is str else text(cell) for cell in row]


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


def main(arguments: list[str]) -> int:
    """Run one command; every failure is one line on the error stream."""
    from python_calamine import CalamineError, PasswordError

    command, path = arguments[:2]
    limit()
    try:
        workbook = opened(path)
        if command == "sheets":
            found = [
                {"name": sheet.name, "hidden": not str(sheet.visible).endswith(".Visible")}
                for sheet in workbook.sheets_metadata
                if "WorkSheet" in str(sheet.typ)
            ]
            sys.stdout.write(json.dumps(found))
            return 0
        sheet = workbook.get_sheet_by_name(arguments[2])
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows(sheet))
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
