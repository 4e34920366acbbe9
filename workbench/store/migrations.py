"""Make a new project file and bring an older one to the present layout."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Any

from workbench.store.backup import back_up
from workbench.store.connection import APPLICATION_ID, open_connection, refuse_taken, store_errors
from workbench.store.schema import SCHEMA_VERSION, STEPS

Steps = tuple[tuple[str, tuple[str, ...]], ...]


def create_file(
    path: Path,
    *,
    passphrase: str | None = None,
    steps: Steps = STEPS,
    fill: Callable[[sqlite3.Connection], None] | None = None,
) -> None:
    """Write a new project file; it has its name only when it is whole.

    Args:
        path: the file; the name must be free.
        passphrase: encrypts it.
        steps: the layout.
        fill: writes the first content.

    Raises:
        StoreError: the name is taken or the folder cannot be written.
    """
    refuse_taken(path)
    temporary = unfinished(path)
    remove_file(temporary)
    try:
        db = open_connection(temporary, passphrase=passphrase, create=True)
        try:
            with store_errors(path):
                db.execute(f"pragma application_id = {APPLICATION_ID}")
                apply_steps(db, steps)
                if fill is not None:
                    fill(db)
                db.execute("pragma wal_checkpoint(truncate)").fetchone()
        finally:
            db.close()
        refuse_taken(path)
        temporary.rename(path)
    finally:
        remove_file(temporary)


def unfinished(path: Path) -> Path:
    """The name of a file while this process writes it."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def remove_unfinished(path: Path) -> None:
    """Remove what programs that were killed left of a file; call it only with the lock held."""
    for left in path.parent.glob(f".{escape(path.name)}.*.new*"):
        with suppress(OSError):  # held by a virus scanner: the next time, then
            left.unlink()


def remove_file(path: Path) -> None:
    """Remove a file with its log and its journal."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def version(db: sqlite3.Connection) -> int:
    """How many steps a file has had."""
    return int(db.execute("pragma user_version").fetchone()[0])


def is_outdated(db: sqlite3.Connection) -> bool:
    """Whether a file needs steps before this program can use it."""
    return version(db) < SCHEMA_VERSION


def migrate(
    db: sqlite3.Connection, path: Path, backup: Path, *, passphrase: str | None = None
) -> None:
    """Bring an older file to the present layout, after a verified backup to ``backup``.

    Raises:
        StoreError: the backup failed, and nothing was changed; or a step failed, and the file
            is as it was after the step before.
    """
    back_up(db, path, backup, passphrase=passphrase)
    with store_errors(path):
        apply_steps(db, STEPS)


def apply_steps(db: sqlite3.Connection, steps: Steps) -> None:
    """Apply the steps a file has not had, each in a transaction of its own."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("workspace")
    for number, (name, statements) in enumerate(steps, start=1):
        migrations(name=name)(_step(statements, number))
    migrations.apply(Database(db, recursive_triggers=False))


def _step(statements: tuple[str, ...], number: int) -> Callable[[Any], None]:
    def run(database: Any) -> None:
        for statement in statements:
            database.conn.execute(statement)
        database.conn.execute(f"pragma user_version = {number}")

    return run
