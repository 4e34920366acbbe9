"""Parquet files, read in a child process by the optional package pyarrow.

One row a record below a row of names; nested columns are refused. Numbers come typed, dates as
ISO text.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.child_rows import DATA_FILES, Child
from workbench.importing.raw_table import RawFile, ReadOptions

_MAGIC = b"PAR1"
_PACKAGE = "pyarrow"


def recognises(head: bytes) -> bool:
    """Whether the file begins as Parquet."""
    return head.startswith(_MAGIC)


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The file as one table.

    Raises:
        UserFileError: damaged, nested, too large, or the package that reads it is missing.
    """
    del options
    if find_spec(_PACKAGE) is None:
        raise UserFileError(
            N_("“{name}” is a Parquet file, and the part that reads it is not installed."),
            hint=N_("Install tip-workbench[parquet], or save the table as CSV."),
            path=path,
        )
    child = Child(script=DATA_FILES, path=path, options=("parquet", "-"))
    table = child.table("", 1)
    table.first_rows(1)
    return RawFile(path=path, format="parquet", tables=(table,), size=path.stat().st_size)
