"""Binary Excel workbooks (xlsb): checked as a zip first, then read in a child process.

Addresses are those of the sheet. Numbers come typed, dates as ISO text.
"""

from __future__ import annotations

from pathlib import Path

from workbench.importing import archives
from workbench.importing.child_rows import SPREADSHEETS, Child
from workbench.importing.raw_table import RawFile, ReadOptions

_PART = "xl/workbook.bin"


def recognises(head: bytes) -> bool:
    """Whether the file is a zip archive."""
    return head.startswith(b"PK\x03\x04")


def belongs(path: Path) -> bool:
    """Whether the archive is a binary workbook."""
    return _PART in archives.members(path)


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The workbook with its sheets, after all checks.

    Raises:
        UserFileError: damaged, too large, or not safe to read.
    """
    del options
    archives.check(path)
    tables = Child(script=SPREADSHEETS, path=path).sheets()
    return RawFile(path=path, format="xlsb", tables=tables, size=path.stat().st_size)
