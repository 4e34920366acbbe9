"""Rows made from formats that are no grid: typed numbers as texts, names of columns, limits.

Trees (JSON, XML, PC-Axis) are flattened to one row an observation below one row of names. Row
and column numbers are those of the flattened table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import prod
from pathlib import Path

from indicators.errors import C_, N_
from workbench.errors import UserFileError
from workbench.importing.aliases_files import header_aliases
from workbench.importing.names import normal
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import MAX_COLUMNS, MAX_FIELD, MAX_ROWS, RawTable, Row

_WHOLE = re.compile(r"-?[0-9]+")
_TYPED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,4})?")
ROLE_NAMES = {"time": "period", "geo": "area", "metric": "variable"}
"""The name a column gets when its file declares what it is and its own name tells nothing."""


def typed(text: str) -> str:
    """The text of a number that its format writes with a point: marked unless it is whole."""
    if _WHOLE.fullmatch(text) or not _TYPED.fullmatch(text):
        return text
    return MACHINE_MARK + text


def column_name(own: str, label: str = "", role: str = "") -> str:
    """The name of a dimension's column: the first that is known for what it is.

    Args:
        own: its id in the file.
        label: its name for people.
        role: ``time``, ``geo`` or ``metric`` when the file declares it, else empty.
    """
    aliases = header_aliases()
    wanted = ROLE_NAMES.get(role, "")
    for name in (own, label):
        known = aliases.get(normal(name), "")
        if known and known not in ("value", "note") and wanted in ("", known):
            return name
    return wanted or label or own


def unique(names: Iterable[str]) -> Row:
    """The names; one that stands twice gets a number."""
    found: Row = []
    seen: set[str] = set()
    for name in names:
        own, number = name, 1
        while normal(own) in seen:
            number += 1
            own = f"{name} ({number})"
        seen.add(normal(own))
        found.append(own)
    return found


def flat_table(path: Path, name: str, index: int, rows: Callable[[], Iterable[Row]]) -> RawTable:
    """A table whose rows are made anew on every reading; limits are checked on the way."""

    def slices(count: int) -> Iterator[list[Row]]:
        checked = _checked(path, rows())
        while part := list(islice(checked, count)):
            yield part

    return RawTable(name=name, index=index, open_slices=slices)


def _checked(path: Path, rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number == 0:
            check_columns(path, len(row))
        if number > MAX_ROWS:
            raise too_many_rows(path)
        if any(map(MAX_FIELD.__lt__, map(len, row))):
            raise UserFileError(
                N_("A cell of “{name}” is longer than {limit} characters."),
                hint=N_("Shorten it in the program that made the file."),
                path=path,
                limit=MAX_FIELD,
            )
        yield row


def check_columns(path: Path, count: int) -> None:
    """Refuse a table that is too wide.

    Raises:
        UserFileError: it has more columns than the program takes.
    """
    if count > MAX_COLUMNS:
        raise UserFileError(
            N_("The table in “{name}” has more than {limit} columns."),
            hint=N_("Save only the columns you need."),
            path=path,
            limit=MAX_COLUMNS,
        )


def check_sizes(path: Path, sizes: Sequence[int], found: int | None = None) -> int:
    """The number of cells of a cube.

    Args:
        path: the file.
        sizes: number of categories of each dimension.
        found: number of values in the file, or None when values may be left out.

    Raises:
        UserFileError: more cells than the program takes, or another number of values.
    """
    if len(sizes) > MAX_COLUMNS // 4:
        check_columns(path, len(sizes) * 4)
    cells = prod(sizes)
    if cells > MAX_ROWS:
        raise too_many_rows(path)
    if found is not None and found != cells:
        raise damaged(
            path,
            C_(
                "Its dimensions need {cells} value, but it holds {found}.",
                "Its dimensions need {cells} values, but it holds {found}.",
                by="cells",
            ),
            cells=cells,
            found=found,
        )
    return cells


def too_many_rows(path: Path) -> UserFileError:
    """The refusal of a table with too many rows."""
    return UserFileError(
        N_("The table in “{name}” has more than {limit} rows."),
        hint=N_("Save it in smaller parts."),
        path=path,
        limit=MAX_ROWS,
    )


def damaged(path: Path, detail: str, **data: object) -> UserFileError:
    """The refusal of a file that is not what its format asks for; the detail is a template."""
    return UserFileError(
        N_("“{name}” is damaged or not complete."),
        detail=detail,
        hint=N_("Download or save the file again."),
        path=path,
        **data,
    )
