"""Excel workbooks of 1997 to 2003 (xls), read in a child process.

Addresses are those of the sheet. Numbers come typed, dates as ISO text.
"""

from __future__ import annotations

from pathlib import Path

from workbench.importing.child_rows import SPREADSHEETS, Child
from workbench.importing.raw_table import RawFile, ReadOptions

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book"))
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20


def recognises(head: bytes) -> bool:
    """Whether the file is an OLE container."""
    return head.startswith(_OLE)


def belongs(path: Path) -> bool:
    """Whether the container holds a workbook and no protected package."""
    found = False
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            if _PROTECTED in text:
                return False
            found = found or any(name in text for name in _STREAMS)
            tail = text[-64:]
    return found


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The workbook with its sheets.

    Raises:
        UserFileError: protected, damaged, or too large for its reader.
    """
    del options
    tables = Child(script=SPREADSHEETS, path=path).sheets()
    return RawFile(path=path, format="xls", tables=tables, size=path.stat().st_size)
