"""Stata files (dta), of all versions since 8, read in a child process.

One row a record below a row of names. A column with value labels is followed by a column of
these labels (``sex``, ``sex label``). Values that the source declares missing stand in a column
of their own (``sex missing``) and leave the cell itself empty, so that no code such as 9 or -99
is ever taken for a number. Numbers come typed, dates as ISO text.
"""

from __future__ import annotations

from pathlib import Path

from workbench.importing.child_rows import DATA_FILES, Child
from workbench.importing.raw_table import RawFile, ReadOptions

_NEW = b"<stata_dta>"
_OLD_RELEASES = range(104, 116)


def recognises(head: bytes) -> bool:
    """Whether the file begins as a Stata file."""
    return head.startswith(_NEW) or (
        len(head) > 3
        and head[0] in _OLD_RELEASES
        and head[1] in (1, 2)
        and head[2:4] in (b"\x01\x00", b"\x00\x00")
    )


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The file as one table.

    Raises:
        UserFileError: damaged, or too large for its reader.
    """
    child = Child(script=DATA_FILES, path=path, options=("dta", options.encoding or "-"))
    table = child.table("", 1)
    table.first_rows(1)
    return RawFile(path=path, format="stata", tables=(table,), size=path.stat().st_size)
