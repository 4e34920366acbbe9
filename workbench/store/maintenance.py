"""Giving space back and checking the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from workbench.store.connection import integrity_problems, store_errors
from workbench.store.texts import damaged_texts


def vacuum(db: sqlite3.Connection, path: Path) -> None:
    """Rewrite the file without free pages and empty the log, so that nothing deleted remains."""
    with store_errors(path):
        db.execute("vacuum")
        db.execute("pragma wal_checkpoint(truncate)").fetchone()


def file_problems(db: sqlite3.Connection) -> tuple[str, ...]:
    """What a full look at the file finds wrong: pages, indexes, references, stored texts."""
    broken = db.execute("pragma foreign_key_check").fetchall()
    references = tuple(f"{row[0]} row refers to a missing {row[2]}" for row in broken[:20])
    return integrity_problems(db) + references + damaged_texts(db)
