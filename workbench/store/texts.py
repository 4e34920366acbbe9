"""Texts that hold a list or a set of names: read, and proved in a full look at the file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from indicators.errors import N_
from workbench.errors import StoreCorrupt

MOST_SHOWN = 40
STRUCTURED = re.compile(r"(\w+) text[^,]*glob '\[\[")
"""A column whose check asks for a list or a set of names."""


def parsed(text: str | bytes) -> Any:
    """What a stored text holds.

    Raises:
        StoreCorrupt: it is not what was stored: the file was damaged or changed from outside.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise StoreCorrupt(
            N_("The project file is damaged: {problem}. Restore a backup."),
            path="",
            problem=str(text[:MOST_SHOWN]),
        ) from error


def damaged_texts(db: sqlite3.Connection) -> tuple[str, ...]:
    """The columns in which some text cannot be read, with how many rows it is."""
    return tuple(
        f"{table}.{column}: {count}"
        for table, column in _structured(db)
        if (count := db.execute(_unreadable(table, column)).fetchone()[0])
    )


def _structured(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    tables = db.execute("select name, sql from sqlite_schema where type = 'table' order by name")
    for table, sql in tables.fetchall():
        for column in STRUCTURED.findall(sql or ""):
            yield table, column


def _unreadable(table: str, column: str) -> str:
    quoted = f'"{table}"', f'"{column}"'
    return (
        f"select count(*) from {quoted[0]}"  # noqa: S608 - names of our own schema
        f" where {quoted[1]} <> '' and not json_valid({quoted[1]})"
    )
