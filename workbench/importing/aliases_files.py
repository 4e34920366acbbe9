"""The shipped lists of other names: headers, categories, areas and variables (CSV)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from workbench.importing.names import normal

FOLDER = Path(__file__).with_name("aliases")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@lru_cache(maxsize=1)
def header_aliases() -> dict[str, str]:
    """Role by normal form of a column header."""
    return {normal(row["alias"]): row["role"] for row in _rows("headers.csv")}


@lru_cache(maxsize=1)
def category_aliases() -> dict[tuple[str, str], str]:
    """Code by dimension (``*`` for every) and normal form of a category."""
    return {
        (row["dimension"], normal(row["alias"])): row["code"] for row in _rows("categories.csv")
    }


@lru_cache(maxsize=1)
def area_aliases() -> dict[str, str]:
    """Three-letter country code by normal form of a name in common use."""
    return {normal(row["alias"]): row["code"] for row in _rows("areas.csv")}


@lru_cache(maxsize=1)
def variable_aliases() -> dict[str, str]:
    """Variable code by normal form of a name in public files."""
    return {normal(row["alias"]): row["code"] for row in _rows("variables.csv")}


@lru_cache(maxsize=2)
def area_words(kind: str) -> frozenset[str]:
    """Normal forms of words for a whole ``country`` or for a ``group`` of countries."""
    return frozenset(
        normal(row["alias"]) for row in _rows("whole_areas.csv") if row["kind"] == kind
    )
