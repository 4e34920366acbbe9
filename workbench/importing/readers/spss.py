"""SPSS files (sav, zsav, por), read in a child process.

One row a record below a row of names. A column with value labels is followed by a column of
these labels (``sex``, ``sex label``). Values that the source declares missing stand in a column
of their own (``sex missing``) and leave the cell itself empty, so that no code such as 9 or -99
is ever taken for a number. Numbers come typed, dates as ISO text.
"""

from __future__ import annotations

from pathlib import Path

from workbench.importing.child_rows import DATA_FILES, Child
from workbench.importing.raw_table import RawFile, ReadOptions

_SYSTEM = (b"$FL2@(#)", b"$FL3@(#)")
_PORTABLE = b"ASCII SPSS PORT FILE"
_SEARCHED = 400


def recognises(head: bytes) -> bool:
    """Whether the file begins as an SPSS file."""
    return head.startswith(_SYSTEM) or _PORTABLE in head[:_SEARCHED]


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The file as one table.

    Raises:
        UserFileError: damaged, or too large for its reader.
    """
    with path.open("rb") as stream:
        kind = "sav" if stream.read(8).startswith(_SYSTEM) else "por"
    child = Child(script=DATA_FILES, path=path, options=(kind, options.encoding or "-"))
    table = child.table("", 1)
    table.first_rows(1)
    return RawFile(path=path, format="spss", tables=(table,), size=path.stat().st_size)
