"""Definitions and packs installed in the project, as text with their hash."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from workbench.store import records
from workbench.store.journal import Draft, now


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDefinition:
    """A definition: code, kind such as ``pack``, its text and the hash of that."""

    code: str
    kind: str
    text: str
    sha256: str
    installed_at: str


def stored_definitions(db: sqlite3.Connection) -> tuple[StoredDefinition, ...]:
    """All definitions by code."""
    return tuple(
        StoredDefinition(**{name: str(value) for name, value in row.items()})
        for row in records.fetch_all(db, "definition")
    )


def install(db: sqlite3.Connection, draft: Draft, code: str, kind: str, text: str) -> None:
    """Enter or replace a definition inside the transaction of a draft."""
    row: records.Row = {
        "code": code,
        "kind": kind,
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "installed_at": now(),
    }
    former = records.fetch(db, "definition", code)
    records.put(db, "definition", row)
    draft.forward.append({"op": "put", "table": "definition", "row": row})
    draft.inverse.append(
        {"op": "remove", "table": "definition", "key": code}
        if former is None
        else {"op": "put", "table": "definition", "row": former}
    )


def uninstall(db: sqlite3.Connection, draft: Draft, code: str) -> None:
    """Remove a definition, if it is there, inside the transaction of a draft."""
    former = records.fetch(db, "definition", code)
    if former is None:
        return
    records.remove(db, "definition", code)
    draft.forward.append({"op": "remove", "table": "definition", "key": code})
    draft.inverse.append({"op": "put", "table": "definition", "row": former})
