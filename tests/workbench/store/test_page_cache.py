"""The cache of pages is small while a file is gone through once, and as before afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.workbench.store.drivers import raw
from workbench.store.page_cache import ONCE_KIB, read_once


def _size(db: sqlite3.Connection) -> int:
    return int(db.execute("pragma cache_size").fetchone()[0])


def test_the_cache_is_small_for_as_long_as_it_lasts(words: str | None) -> None:
    with closing(raw(":memory:", words)) as db:
        db.execute("pragma cache_size = -65536")
        with read_once(db):
            inside = _size(db)
        with pytest.raises(ZeroDivisionError), read_once(db):
            _ = 1 / 0

        assert (inside, _size(db)) == (-ONCE_KIB, -65536)
