"""OpenDocument spreadsheets: checked as a zip first, then read in a child process.

Addresses are those of the sheet. Numbers come typed, dates as ISO text.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing import archives
from workbench.importing.child_rows import SPREADSHEETS, Child
from workbench.importing.raw_table import RawFile, ReadOptions

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def recognises(head: bytes) -> bool:
    """Whether the file is a zip archive."""
    return head.startswith(b"PK\x03\x04")


def belongs(path: Path) -> bool:
    """Whether the archive is an OpenDocument spreadsheet."""
    parts = archives.members(path)
    if "content.xml" not in parts or parts.get("mimetype", 0) > 200:
        return False
    if "mimetype" not in parts:
        return "META-INF/manifest.xml" in parts
    with zipfile.ZipFile(path) as archive:
        return archive.read("mimetype").startswith(_TYPE)


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The spreadsheet with its sheets, after all checks.

    Raises:
        UserFileError: protected, damaged, too large, or not safe to read.
    """
    del options
    archives.check(path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise UserFileError(
                N_("“{name}” is protected by a password."),
                hint=N_("Take the password away and save it again."),
                path=path,
            )
    tables = Child(script=SPREADSHEETS, path=path).sheets()
    return RawFile(path=path, format="ods", tables=tables, size=path.stat().st_size)
