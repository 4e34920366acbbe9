"""The lists of other names (CSV): those that ship, then those a person keeps on this machine.

The format is described in ``aliases/README.md``. A row of the person counts before a shipped row
with the same alias; a code of a list is never replaced.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from indicators.errors import N_
from workbench import settings
from workbench.errors import UserFileError
from workbench.importing.names import normal

FOLDER = Path(__file__).with_name("aliases")
OWN_FOLDER_VARIABLE = "TIP_WORKBENCH_ALIASES"
"""Environment variable: folder of a person's own lists, or ``off``."""
COLUMNS = {
    "headers.csv": ("alias", "role"),
    "categories.csv": ("dimension", "alias", "code"),
    "areas.csv": ("alias", "code"),
    "variables.csv": ("alias", "code"),
    "whole_areas.csv": ("kind", "alias"),
}
"""Lists that a person can extend, with the columns they need."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped list."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def own_folder() -> Path | None:
    """Where a person's own lists are; None when they are switched off."""
    return settings.own_folder(OWN_FOLDER_VARIABLE, "aliases")


def own_rows(name: str) -> list[dict[str, str]]:
    """The rows of a person's own list; empty when there is none.

    Raises:
        UserFileError: the list cannot be read, or lacks a column or a text.
    """
    folder = own_folder()
    path = None if folder is None else folder / name
    if path is None or not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            found = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserFileError(
            N_("The list of names “{name}” cannot be read."),
            detail=N_("The system says: {reason}."),
            hint=N_("Save it as CSV with commas, coded as UTF-8."),
            path=path,
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    for number, row in enumerate(found, 2):
        if not all((row.get(column) or "").strip() for column in COLUMNS[name]):
            raise UserFileError(
                N_("Row {row} of the list of names “{name}” is not complete."),
                hint=N_("It needs these columns: {columns}."),
                path=path,
                row=number,
                columns=", ".join(COLUMNS[name]),
            )
        if not _is_sound(name, row):
            raise UserFileError(
                N_(
                    "Row {row} of the list of names “{name}” has a code that does not exist: {code}."
                ),
                hint=N_("Look the code up in the list of codes, and correct the row."),
                path=path,
                row=number,
                code=row[COLUMNS[name][-1]],
            )
    return [{column: row[column].strip() for column in COLUMNS[name]} for row in found]


def _is_sound(name: str, row: Mapping[str, str]) -> bool:
    """Whether the code of a row exists."""
    from indicators.codelists import has_code, has_list
    from workbench.importing.countries import is_country

    if name == "areas.csv":
        return is_country(row["code"].strip())
    if name == "categories.csv":
        dimension, code = row["dimension"].strip(), row["code"].strip()
        if dimension == "CIT":
            return code in ("STLS", "REP", "NREP", "_T", "_U") or is_country(code)
        if dimension == "*":
            return code in ("_T", "_U", "_Z")
        return not has_list(dimension) or has_code(dimension, code)
    return name != "whole_areas.csv" or row["kind"].strip() in ("country", "group")


def forget() -> None:
    """Read all lists again when they are next needed; for a list that was just changed."""
    from workbench.importing import countries

    own = (header_aliases, category_aliases, area_names, variable_aliases, area_words)
    derived = (countries.names, countries.codes, countries.demonyms, countries.labels)
    for cached in (*own, *derived):
        cached.cache_clear()


def _all(name: str) -> list[dict[str, str]]:
    return [*rows(name), *own_rows(name)]


@lru_cache(maxsize=1)
def header_aliases() -> dict[str, str]:
    """Role by normal form of a column header."""
    return {normal(row["alias"]): row["role"] for row in _all("headers.csv")}


@lru_cache(maxsize=1)
def category_aliases() -> dict[tuple[str, str], str]:
    """Code by dimension (``*`` for every) and normal form of a category."""
    return {
        (row["dimension"], normal(row["alias"])): row["code"] for row in _all("categories.csv")
    }


@lru_cache(maxsize=1)
def area_names() -> dict[str, str]:
    """Code of a country by a name in common use, as written."""
    return {row["alias"]: row["code"] for row in _all("areas.csv")}


@lru_cache(maxsize=1)
def variable_aliases() -> dict[str, str]:
    """Variable code by normal form of a name in public files."""
    return {normal(row["alias"]): row["code"] for row in _all("variables.csv")}


@lru_cache(maxsize=2)
def area_words(kind: str) -> frozenset[str]:
    """Normal forms of words for a whole ``country`` or for a ``group`` of countries."""
    return frozenset(
        normal(row["alias"]) for row in _all("whole_areas.csv") if row["kind"] == kind
    )
