"""The one function that opens every connection, and what makes a file a project of ours."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from indicators.errors import N_, Cancelled
from workbench.errors import StoreCorrupt, StoreError, StoreLocked, StoreTooNew, WorkbenchError
from workbench.i18n import system_reason
from workbench.store.filesystem import is_local
from workbench.store.schema import SCHEMA_VERSION

Connection = sqlite3.Connection
"""What services call a connection; the encrypted driver's has the same methods."""
APPLICATION_ID = 0x54495057
"""``TIPW``."""
ENDING = ".tipw"
LEAST_PAGE = 512
MAGIC = b"SQLite format 3\x00"
BUSY_TIMEOUT_S = 5.0
CACHE_KIB = 64 * 1024
FINGERPRINTS = {
    1: "dc51da0a55231cef",
    2: "07a4113a52039af5",
    3: "79a869b677bcd6c1",
    4: "de8200a9b04ed26f",
    5: "ad79f04e05cbaf21",
    6: "406150a0227d9691",
}
"""Fingerprint of the schema after each step; a test recomputes it."""
_SAFE_FIRST = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0")
_SETTINGS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "secure_delete = ON",
    f"cache_size = -{CACHE_KIB}",
)


def open_connection(
    path: Path,
    *,
    passphrase: str | None = None,
    read_only: bool = False,
    verify: bool = True,
    thorough: bool | Callable[[sqlite3.Connection], bool] = False,
    create: bool = False,
) -> sqlite3.Connection:
    """A connection to a project file, checked before anything is written to it.

    Args:
        path: the file.
        passphrase: opens it through the encrypted driver; None through the plain one.
        read_only: writes are refused.
        verify: False for further connections to a file that this process has verified.
        thorough: full integrity check instead of the quick one (after an unclean end); or what
            decides that with the open file.
        create: the file is new: it must not exist, and nothing is verified.

    Raises:
        StoreError: the file is missing, damaged, newer, locked or not one of ours.
    """
    driver = driver_for(passphrase)
    if passphrase is not None and (not passphrase or "\0" in passphrase):
        raise not_readable(path)  # the driver would take no key, and write a plain file
    if create:
        _create_empty(path)
    elif verify:
        look_at_file(path, encrypted=passphrase is not None)
    with store_errors(path):
        db = _connect(driver, path, read_only=read_only)
        try:
            _unlock(db, passphrase)
            for setting in _SAFE_FIRST:
                db.execute(f"pragma {setting}")
            if not create:
                _prove(db, path, verify=verify, thorough=thorough)
            _set_up(db, path, read_only=read_only)
        except BaseException:
            db.close()
            raise
    return db


def sqlite_version() -> str:
    """Version of the SQLite library of plain files."""
    return sqlite3.sqlite_version


def cipher_version() -> str:
    """Version of the SQLite library of encrypted files; empty where its driver is missing."""
    try:
        return str(driver_for("any").sqlite_version)
    except WorkbenchError:
        return ""


def driver_for(passphrase: str | None) -> ModuleType:
    """The module that opens plain files, or the one that opens encrypted ones.

    Raises:
        WorkbenchError: this installation has none for encrypted files.
    """
    if passphrase is None:
        return sqlite3
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise WorkbenchError(
            N_("This installation cannot open encrypted projects."),
            hint=N_("Install the extra: pip install tip-workbench[encrypted]"),
        ) from error
    return dbapi2  # type: ignore[no-any-return]


def _connect(driver: ModuleType, path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "rw"
    if read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        beside = path.with_name(path.name + "-wal")
        mode = "ro" if beside.exists() else "ro&immutable=1"
    db: sqlite3.Connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    return db


def _unlock(db: sqlite3.Connection, passphrase: str | None) -> None:
    if passphrase is None:
        return
    quoted = passphrase.replace("'", "''")
    db.execute(f"pragma key = '{quoted}'")
    db.execute("pragma cipher_log_level = NONE")


def refuse_taken(path: Path) -> None:
    """Raise when a file has that name."""
    if os.path.lexists(path):
        raise StoreError(
            N_("“{path}” exists already."), hint=N_("Choose another name."), path=path
        )


def _create_empty(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644))
    except OSError as error:
        raise _system_error(path, error) from error


def look_at_file(path: Path, *, encrypted: bool) -> None:
    """Refuse by kind, size and header what SQLite should never be given.

    Raises:
        StoreError: no file of that name, or no regular one; or it is plain though a passphrase
            is given; or it is not plain though none is given.
    """
    head = _head(path)
    if not head:
        raise StoreCorrupt(
            N_("“{path}” is empty: 0 bytes."),
            hint=N_("Restore it from a backup, or create a new project under another name."),
            path=path,
        )
    if encrypted:
        if head.startswith(MAGIC):
            raise StoreError(
                N_("“{path}” is not encrypted."), hint=N_("Open it without passphrase."), path=path
            )
        return
    if not head.startswith(MAGIC):
        raise not_readable(path)
    if len(head) == 100:
        _check_ids(path, int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big"))


def looks_encrypted(path: Path) -> bool:
    """Whether a project file is whole pages that begin with neither a plain header nor zeros.

    A damaged plain file may look so too. False for one that is missing or cannot be read: opening
    it tells what is wrong.
    """
    try:
        head = _head(path)
    except StoreError:
        return False
    has_salt = not head.startswith((MAGIC, bytes(len(MAGIC))))
    is_whole = len(head) == 100 and not path.stat().st_size % LEAST_PAGE
    return path.suffix.lower() == ENDING and is_whole and has_salt


def _head(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise StoreError(
            N_("There is no file “{path}”."), hint=N_("Check the name and the folder."), path=path
        ) from error
    except OSError as error:
        raise _system_error(path, error) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise StoreError(
                N_("“{path}” is a folder or a device, not a file."),
                hint=N_("Choose a project file; its name ends in .tipw."),
                path=path,
            )
        return os.read(handle, 100)
    finally:
        os.close(handle)


def _check_ids(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise StoreCorrupt(
            N_("“{path}” belongs to another program: its mark is {mark}, not {ours}."),
            hint=N_("Choose a project file; its name ends in .tipw."),
            path=path,
            mark=f"{application:08X}",
            ours=f"{APPLICATION_ID:08X}",
        )
    if version > SCHEMA_VERSION:
        raise StoreTooNew(
            N_("A newer version of the program wrote “{path}”."),
            N_("The file has layout {version}; this program knows up to {known}."),
            N_("Install the newer version. The file was not changed."),
            path=path,
            version=version,
            known=SCHEMA_VERSION,
        )
    if version < 1:
        raise not_readable(path)


def not_readable(path: Path) -> StoreCorrupt:
    """The one message for a wrong passphrase, a damaged file and one that is no project."""
    return StoreCorrupt(
        N_("“{path}” cannot be opened."),
        N_("The passphrase is wrong or missing, or the file is damaged or is no project."),
        N_("Check the file and the passphrase, or restore a backup."),
        path=path,
    )


def _prove(
    db: sqlite3.Connection,
    path: Path,
    *,
    verify: bool,
    thorough: bool | Callable[[sqlite3.Connection], bool],
) -> None:
    """First read; then marks, fingerprint and integrity of a file not yet verified."""
    db.execute("select count(*) from sqlite_schema").fetchone()
    if not verify:
        return
    version = int(db.execute("pragma user_version").fetchone()[0])
    _check_ids(path, int(db.execute("pragma application_id").fetchone()[0]), version)
    _check_schema(db, path, version)
    is_full = thorough if isinstance(thorough, bool) else thorough(db)
    problems = integrity_problems(db, thorough=is_full)
    if problems:
        raise StoreCorrupt(
            N_("“{path}” is damaged."),
            N_("First finding: {finding}"),
            N_("Restore a backup. Nothing was written to the file."),
            path=path,
            finding=problems[0],
        )


def integrity_problems(db: sqlite3.Connection, *, thorough: bool = True) -> tuple[str, ...]:
    """What SQLite finds wrong with the file; empty when it is sound.

    The thorough look also proves the seal of each page of an encrypted file; the plain driver
    knows no such look and answers nothing.
    """
    check = "integrity_check" if thorough else "quick_check"
    found = tuple(str(row[0]) for row in db.execute(f"pragma {check}(20)"))
    seals = db.execute("pragma cipher_integrity_check").fetchmany(20) if thorough else []
    broken = tuple(str(row[0]) for row in seals)
    return broken if found == ("ok",) else found + broken


def schema_fingerprint(db: sqlite3.Connection) -> str:
    """A short hash over kind, name, table and text of everything in the schema."""
    rows = db.execute(
        "select type, name, tbl_name, coalesce(sql, '') from sqlite_schema"
        " where name not like 'sqlite!_%' escape '!' order by type, name"
    )
    text = "\n".join("|".join(" ".join(part.lower().split()) for part in row) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _check_schema(db: sqlite3.Connection, path: Path, version: int) -> None:
    if schema_fingerprint(db) == FINGERPRINTS.get(version):
        return
    odd = [
        f"{kind} {name}"
        for kind, name, sql in db.execute("select type, name, sql from sqlite_schema")
        if kind == "trigger"
        or (kind == "view" and name != "current_observation")
        or re.match(r"\s*create\s+virtual", sql or "", re.IGNORECASE)
    ]
    raise StoreCorrupt(
        N_("“{path}” is not laid out like a project of this program, so it was not opened."),
        N_("Found: {found}."),
        N_("Another program may have changed it. Restore a backup."),
        path=path,
        found=", ".join(odd) or N_("tables that differ"),
    )


def _set_up(db: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    for setting in _SETTINGS:
        db.execute(f"pragma {setting}")
    if read_only:
        db.execute("pragma query_only = ON")
        return
    journal = "WAL" if is_local(path.absolute().parent) else "DELETE"
    db.execute(f"pragma journal_mode = {journal}").fetchone()


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what the driver raises about the file, disk or lock into our errors; faults stay."""
    try:
        yield
    except WorkbenchError:
        raise
    except Exception as error:  # two drivers, two families of errors: told apart by name
        if type(error).__name__ == "OperationalError" and str(error) == "interrupted":
            raise Cancelled from error
        translated = _translate(error, path)
        if translated is None:
            raise
        raise translated from error


def _translate(error: Exception, path: Path) -> StoreError | None:
    if type(error).__module__.split(".")[0] not in ("sqlite3", "_sqlite3", "sqlcipher3"):
        return None
    name = str(getattr(error, "sqlite_errorname", ""))
    text = str(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "is locked" in text:
        return StoreLocked(
            N_("“{path}” is being written by another program."),
            hint=N_("Wait a moment and try again."),
            path=path,
        )
    if name.startswith("SQLITE_NOTADB") or "not a database" in text:
        return not_readable(path)
    if name.startswith("SQLITE_CORRUPT") or "malformed" in text:
        return StoreCorrupt(
            N_("“{path}” is damaged."),
            N_("The system says: {reason}."),
            N_("Restore a backup."),
            path=path,
            reason=text,
        )
    if name.startswith("SQLITE_FULL") or "disk is full" in text:
        return StoreError(
            N_("The disk of “{path}” is full. Nothing was changed."),
            hint=N_("Free some space and try again."),
            path=path,
        )
    environment = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
    if name.startswith(environment) or "readonly" in text or "unable to open" in text:
        return StoreError(
            N_("“{path}” cannot be read or written. Nothing was changed."),
            N_("The system says: {reason}."),
            N_("Check the disk, the folder and your rights to it."),
            path=path,
            reason=text,
        )
    return None


def _system_error(path: Path, error: OSError) -> StoreError:
    return StoreError(
        N_("“{path}” cannot be opened."),
        N_("The system says: {reason}."),
        N_("Check the file, the folder and your rights to them."),
        path=path,
        reason=system_reason(error),
    )
