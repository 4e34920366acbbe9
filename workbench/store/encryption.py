"""The content of a project under another passphrase: a new file, compared, then put in place."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from indicators.errors import N_
from workbench.errors import StoreCorrupt, StoreLocked
from workbench.store.connection import Connection, open_connection, store_errors
from workbench.store.filesystem import flush, refuse_without_space
from workbench.store.migrations import remove_file, remove_unfinished, unfinished
from workbench.store.page_cache import read_once

ROWS_AT_ONCE = 10_000


def rewrite(path: Path, *, old: str | None, new: str | None) -> None:
    """Put a project under another passphrase; the file is the former one or the new one, whole.

    The new file is written beside the former one, its pages are proved, and all its rows are
    compared; only then it takes the name. No page of it was ever under the former passphrase.
    Nothing is deleted safely: parts of the disk that the former file leaves may still hold it.

    Args:
        path: the file, closed by everybody; the caller holds its lock.
        old: opens it; None when it is plain.
        new: opens it afterwards; None leaves it plain. One of the two is given.

    Raises:
        StoreError: the passphrase is wrong, the file is damaged or open elsewhere, or the new one
            could not be written. The former file is in place then.
    """
    refuse_without_space(path, path.stat().st_size)
    remove_unfinished(path)
    _close_log(path, old)
    fresh = unfinished(path)
    try:
        _copy(path, fresh, old=old, new=new)
        open_connection(fresh, passphrase=new, read_only=True, thorough=True).close()
        shutil.copymode(path, fresh)
        flush(fresh)
        fresh.replace(path)
    finally:
        remove_file(fresh)


def _close_log(path: Path, passphrase: str | None) -> None:
    """Prove the file and bring its log home, which fails while anybody else has it open."""
    db = open_connection(path, passphrase=passphrase, thorough=True)
    try:
        with store_errors(path):
            mode = db.execute("pragma journal_mode = DELETE").fetchone()[0]
    finally:
        db.close()
    if mode != "delete":
        raise StoreLocked(
            N_("“{path}” is being read by another program."),
            hint=N_("Close it there and try again."),
            path=path,
        )


def _copy(path: Path, fresh: Path, *, old: str | None, new: str | None) -> None:
    """Write all rows to the new file and compare them.

    One connection holds both files, the encrypted driver's: so the encrypted one of the two is
    opened first, and the other one is attached to it.
    """
    if old is None:
        db = open_connection(fresh, passphrase=new, create=True)
        source, target, other, key = "other", "main", path, old
    else:
        open_connection(fresh, passphrase=new, create=True).close()
        db = open_connection(path, passphrase=old, verify=False)
        source, target, other, key = "main", "other", fresh, new
    try:
        with store_errors(path), read_once(db):
            db.execute("pragma main.journal_mode = DELETE").fetchone()
            db.execute("attach ? as other key ?", (str(other), key or ""))
            db.execute("pragma other.journal_mode = DELETE").fetchone()
            db.execute("pragma other.synchronous = FULL")
            db.execute("select sqlcipher_export(?, ?)", (target, source)).fetchone()
            for mark in ("application_id", "user_version"):
                value = db.execute(f"pragma {source}.{mark}").fetchone()[0]
                db.execute(f"pragma {target}.{mark} = {value}")
            _compare(db, path)
            db.execute("detach other")
    finally:
        db.close()


def _compare(db: Connection, path: Path) -> None:
    for table in _tables(db, "main") | _tables(db, "other"):
        if _digest(db, "main", table) != _digest(db, "other", table):
            raise StoreCorrupt(
                N_("The new file of “{path}” does not hold the same rows in “{table}”."),
                hint=N_("The project is as it was. Check the disk and try again."),
                path=path,
                table=table,
            )


def _tables(db: Connection, schema: str) -> set[str]:
    statement = f"select name from {schema}.sqlite_schema where type = 'table'"  # noqa: S608 - ours
    rows = db.execute(statement)
    return {str(row[0]) for row in rows}


def _digest(db: Connection, schema: str, table: str) -> bytes:
    """Of all rows of a table in the order of its key; types count, so 1 and 1.0 differ."""
    columns = db.execute(f'pragma {schema}.table_info("{table}")').fetchall()
    keys = [f'"{row[1]}"' for row in sorted(columns, key=lambda row: row[5]) if row[5]]
    whole = hashlib.sha256(repr([row[1:] for row in columns]).encode())
    order = ", ".join(keys) or "rowid"
    statement = f'select * from {schema}."{table}" order by {order}'  # noqa: S608 - names of our schema
    rows = db.execute(statement)
    while some := rows.fetchmany(ROWS_AT_ONCE):
        whole.update(repr(some).encode())
    return whole.digest()
