"""A smaller cache of pages for work that goes through a file once, from end to end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

ONCE_KIB = 16 * 1024


@contextmanager
def read_once(db: sqlite3.Connection) -> Iterator[None]:
    """Work that comes to each page once: a load in order of the key, a copy of the file.

    The usual cache would fill with pages that are done with; a load of four million rows then
    takes 50 MB more and is not faster.
    """
    before = int(db.execute("pragma cache_size").fetchone()[0])
    db.execute(f"pragma cache_size = -{ONCE_KIB}")
    try:
        yield
    finally:
        db.execute(f"pragma cache_size = {before}")
