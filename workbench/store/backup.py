"""Verified copies of a project file."""

from __future__ import annotations

import os
import sqlite3
from glob import escape
from pathlib import Path

from workbench.store.connection import open_connection, store_errors
from workbench.store.filesystem import flush
from workbench.store.page_cache import read_once


def back_up(
    db: sqlite3.Connection, path: Path, target: Path, *, passphrase: str | None = None
) -> None:
    """Copy a project page by page and check the copy; ``target`` appears only when it is sound.

    Args:
        db: connection to the project.
        path: its file, for messages.
        target: the copy; replaced when it exists.
        passphrase: key of both.

    Raises:
        StoreError: the copy could not be written or is not sound.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{escape(target.name)}.*.new*"):
        left.unlink(missing_ok=True)  # of a program that was killed
    temporary = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        copy = open_connection(temporary, passphrase=passphrase, create=True)
        try:
            with store_errors(target):
                copy.execute("pragma journal_mode = DELETE").fetchone()
                with read_once(db), read_once(copy):
                    db.backup(copy)
        finally:
            copy.close()
        open_connection(temporary, passphrase=passphrase, read_only=True, thorough=True).close()
        flush(temporary)
        temporary.replace(target)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + end).unlink(missing_ok=True)
