"""Rows of a small table from a CSV file, or said one by one with ``--row``."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from indicators.errors import N_, TipError
from workbench.cli.command import argument
from workbench.errors import UserFileError

ROW = argument(
    "--row",
    help=N_("one row in place of a file, as column=text with commas; may be given again"),
    action="append",
    metavar="ROW",
)


def given_rows(
    file: Path | None, arguments: Namespace, needed: Sequence[str]
) -> list[dict[str, str]]:
    """The rows of the file, or those of ``--row``.

    Args:
        file: a CSV file, or None.
        arguments: what was said.
        needed: columns that must be there.

    Raises:
        TipError: neither or both were given, a row cannot be read, or a column is missing.
    """
    if (file is None) == (not arguments.row):
        raise TipError(N_("Give either a file or rows with --row."))
    rows = _said(arguments.row) if file is None else _read(file)
    lacking = [name for name in needed if any(name not in row for row in rows)]
    if rows and not lacking:
        return rows
    if file is None:
        raise TipError(N_("A row needs the columns {names}."), names=", ".join(needed))
    raise UserFileError(
        N_("“{name}” is no table to enter."),
        hint=N_("It needs the columns {names}, and at least one row."),
        path=file,
        names=", ".join(needed),
    )


def _said(texts: Sequence[str]) -> list[dict[str, str]]:
    from workbench.services.typed_rows import read_row

    return [read_row(text) for text in texts]


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserFileError(
            N_("“{name}” cannot be read."),
            N_("The system says: {reason}."),
            path=path,
            reason=str(error),
        ) from error
    return [{name: text or "" for name, text in row.items() if name} for row in rows]
