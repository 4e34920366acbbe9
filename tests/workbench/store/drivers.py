"""The two drivers for tests: a raw connection to a file, as another program would make it."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from workbench.store import connection

WORDS = "correct horse battery"
HAS_DRIVER = importlib.util.find_spec("sqlcipher3") is not None
needs_driver = pytest.mark.skipif(not HAS_DRIVER, reason="needs the extra “encrypted”")
FEW_ROUNDS, ROUNDS = 1000, 256_000
"""Rounds of the derivation of a key: in tests that open many files, and as they really are."""


def raw(path: Path | str, words: str | None, *, timeout: float = 5) -> sqlite3.Connection:
    """A connection without any of our checks and settings."""
    db: sqlite3.Connection = connection.driver_for(words).connect(
        str(path), timeout=timeout, isolation_level=None
    )
    if words is not None:
        connection._unlock(db, words)
    return db


def edit(path: Path, words: str | None, *statements: str) -> None:
    """Change a file as another program would."""
    with closing(raw(path, words)) as db:
        for statement in statements:
            db.execute(statement)


def faults_of(words: str | None) -> type[Exception]:
    """What a driver raises for a fault in a statement."""
    fault: type[Exception] = connection.driver_for(words).OperationalError
    return fault


def set_rounds(count: int) -> None:
    """Rounds for all encrypted files of this process from now on."""
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(":memory:")) as db:
        db.execute(f"pragma cipher_default_kdf_iter = {count}")


@contextmanager
def quick_keys() -> Iterator[None]:
    """Keys that are derived in a moment: opening takes a thousandth of a second, not a tenth."""
    set_rounds(FEW_ROUNDS)
    try:
        yield
    finally:
        set_rounds(ROUNDS)
