"""Whole rows of the small tables that people edit: read, put, remove by key.

The journal undoes edits of these tables by putting the former row back, so every such table is
listed here once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Layout:
    """Key and columns of a table; the key comes first."""

    key: str
    columns: tuple[str, ...]


TABLES: dict[str, Layout] = {
    "event": Layout(
        "code",
        (
            "code",
            "names",
            "kind",
            "start",
            "end",
            "area",
            "pillar",
            "recommendations",
            "delay",
            "document",
            "variables",
        ),
    ),
    "break": Layout("code", ("code", "start", "texts", "kind", "variables", "areas")),
    "definition": Layout("code", ("code", "kind", "text", "sha256", "installed_at")),
    "commitment": Layout(
        "code",
        (
            "code",
            "kind",
            "instrument",
            "titles",
            "due",
            "status",
            "done",
            "pillar",
            "evidence",
            "link",
            "evidence_date",
            "sha256",
            "made_by",
        ),
    ),
    "checklist_answer": Layout(
        "code",
        (
            "code",
            "met",
            "since",
            "until",
            "evidence",
            "link",
            "evidence_date",
            "sha256",
            "made_by",
        ),
    ),
    "accepted_check": Layout(
        "id", ("id", "rule", "seen", "answer", "reason", "made_by", "made_at")
    ),
    "note": Layout(
        "code",
        (
            "code",
            "text",
            "dataset",
            "variable",
            "area",
            "period",
            "dims",
            "made_by",
            "made_at",
        ),
    ),
    "publication": Layout(
        "code",
        (
            "code",
            "name",
            "state",
            "made_at",
            "made_by",
            "file",
            "sha256",
            "method",
            "threshold",
            "zeros",
            "width",
            "top",
            "dims",
            "sums",
            "withdrawn_at",
            "withdrawn_by",
            "reason",
        ),
    ),
    "setting": Layout("key", ("key", "value")),
    "boundary": Layout("code", ("code", "source", "polygons")),
    "area": Layout("code", ("code", "parent_id", "level", "valid_from", "valid_to", "names")),
}
"""The editable tables."""


def fetch(db: sqlite3.Connection, table: str, key: str) -> Row | None:
    """The row of that key, or None."""
    layout = TABLES[table]
    row = db.execute(
        f"select {_quoted(layout.columns)} from {_quoted((table,))} where {layout.key} = :key",  # noqa: S608 - fixed names
        {"key": key},
    ).fetchone()
    return None if row is None else dict(zip(layout.columns, row, strict=True))


def fetch_all(db: sqlite3.Connection, table: str) -> list[Row]:
    """All rows in order of the key."""
    layout = TABLES[table]
    rows = db.execute(
        f"select {_quoted(layout.columns)} from {_quoted((table,))} order by {layout.key}"  # noqa: S608 - fixed names
    )
    return [dict(zip(layout.columns, row, strict=True)) for row in rows]


def put(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """Insert the row, or replace the columns of the one with its key."""
    layout = TABLES[table]
    names = ", ".join(f":{column}" for column in layout.columns)
    updates = ", ".join(f'"{c}" = excluded."{c}"' for c in layout.columns if c != layout.key)
    db.execute(
        f"insert into {_quoted((table,))} ({_quoted(layout.columns)}) values ({names})"  # noqa: S608 - fixed names
        f" on conflict ({layout.key}) do update set {updates}",
        {column: row[column] for column in layout.columns},
    )


def remove(db: sqlite3.Connection, table: str, key: str) -> None:
    """Delete the row of that key, if there is one."""
    layout = TABLES[table]
    db.execute(
        f"delete from {_quoted((table,))} where {layout.key} = :key",  # noqa: S608 - fixed names
        {"key": key},
    )


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
