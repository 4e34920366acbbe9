"""The open project: one file, one connection a thread, one line in the journal an action."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from indicators.errors import N_, TipError
from workbench.changes import Change
from workbench.errors import StoreError, StoreOutdated, UserFileError
from workbench.progress import SILENT, Progress
from workbench.services.encryption import refuse_weak
from workbench.services.memory import Memory
from workbench.settings import PROJECT_FIELDS, WorkspaceSettings
from workbench.store import connection, integrity, journal, migrations, records
from workbench.store.codes import area_id
from workbench.store.lock import InstanceLock
from workbench.store.texts import parsed

__all__ = [
    "Workspace",
    "WorkspaceSettings",
    "change_settings",
    "create",
    "open_workspace",
    "passphrase",
    "versions",
]


class Workspace:
    """An open project file. Threads share the object; each gets a connection of its own.

    Attributes:
        path: the file.
        read_only: True when nothing may be written.
        cache: arrays and results in memory; lost at close, never in the file.
        public_view: True gives only what may leave the office; see ``services.public_view``.
        problems: what went wrong at close without harm to the project: a failed backup. Whoever
            closes shows them.
    """

    def __init__(
        self, path: Path, *, lock: InstanceLock | None, passphrase: str | None, read_only: bool
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.public_view = False
        self.cache = Memory()
        self.problems: list[TipError] = []
        self._lock = lock
        self._passphrase = passphrase
        self._connections: dict[int, connection.Connection] = {}
        self._guard = threading.Lock()
        self._is_closed = False
        self._backed_up: int | None = None

    @property
    def db(self) -> connection.Connection:
        """The connection of the calling thread; only store modules use it for SQL.

        Kept by the number of the thread, which the system hands on when a thread ends: so a new
        thread takes over the connection of an ended one.
        """
        known = self._connections.get(threading.get_ident())
        return known if known is not None else self._connect(verify=False)

    @property
    def passphrase(self) -> str | None:
        """What opened the file; None for a plain one. Never shown or logged."""
        return self._passphrase

    @property
    def is_encrypted(self) -> bool:
        """Whether a passphrase opened the file."""
        return self._passphrase is not None

    @property
    def settings(self) -> WorkspaceSettings:
        """Title, country, formats as stored in the file."""
        stored = {str(row["key"]): row["value"] for row in records.fetch_all(self.db, "setting")}
        values = {name: parsed(str(stored[name])) for name in PROJECT_FIELDS if name in stored}
        return WorkspaceSettings(**values)

    def revision(self, variable: str) -> int:
        """Number of the last write that touched a variable; 0 before any."""
        return journal.revision(self.db, variable)

    def any_revision(self) -> int:
        """Number of the last write of any kind; 0 before any."""
        return journal.revision(self.db)

    @contextmanager
    def write(
        self, action: str, text: str, *, by: str = "", **data: object
    ) -> Iterator[journal.Draft]:
        """The one transaction of a user action; fill the draft, take ``draft.change()`` after.

        Args:
            action: coded action.
            text: English template of the line in the history.
            by: who does it.
            **data: fields of the template.

        Raises:
            StoreError: the project is read-only, the disk is full, another program writes ...;
                nothing is changed then.
        """
        self.refuse_read_only()
        with journal.writing(self.db, self.path, action, text, by=by, **data) as draft:
            yield draft

    def refuse_read_only(self) -> None:
        """Raise when nothing may be written."""
        if self.read_only:
            raise StoreError(
                N_("“{name}” is open for reading only."),
                hint=N_("Close it elsewhere and open it again, or work on a copy."),
                path=self.path,
            )

    def back_up_if_changed(self) -> Path | None:
        """Copy the project to the folder of backups if it changed since it was opened or copied.

        Called at close; the window also calls it from time to time. None without a change, and
        where backups are switched off.

        Raises:
            StoreError: the copy could not be written or is not sound; the project is whole.
        """
        from workbench.services.backups import automatic

        with connection.store_errors(self.path):
            now = self.any_revision()
            if self.read_only or self._backed_up is None or now == self._backed_up:
                return None
            made = automatic(self)
        self._backed_up = now
        return made

    def mark_backed_up(self, *, never: bool = False) -> None:
        """Take the present state as the one that needs no backup, or want none while open."""
        self._backed_up = None if never else self.any_revision()

    def _last_backup(self) -> None:
        if self._is_closed or self._backed_up is None:
            return
        try:
            self.back_up_if_changed()
        except StoreError as error:
            self.problems.append(error)

    def close(self) -> None:
        """Back up if changed, close all connections and leave one file; twice is once."""
        self._last_backup()
        with self._guard:
            if self._is_closed:
                return
            self._is_closed = True
            connections = list(self._connections.values())
            self._connections.clear()
        self.cache.clear()
        try:
            with connection.store_errors(self.path):
                for position, db in enumerate(reversed(connections), start=1):
                    if position == len(connections) and not self.read_only:
                        db.execute("pragma wal_checkpoint(truncate)").fetchone()
                    db.close()
        finally:
            for db in connections:
                db.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Workspace:
        """The open project; closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def _connect(
        self, *, verify: bool, full_check: integrity.FullCheck | None = None
    ) -> connection.Connection:
        with self._guard:
            if self._is_closed:
                raise StoreError(N_("“{name}” is closed."), path=self.path)
        db = connection.open_connection(
            self.path,
            passphrase=self._passphrase,
            read_only=self.read_only,
            verify=verify,
            thorough=False if full_check is None else full_check,
        )
        with self._guard:
            self._connections[threading.get_ident()] = db
        return db


def create(
    path: str | Path,
    *,
    area: str,
    title: str = "",
    country_format: str = "en_US",
    fictitious: bool = False,
    passphrase: str | None = None,
) -> Workspace:
    """A new project file, open; the name must be free.

    Args:
        path: the file; its folder must exist.
        area: code of the country.
        title: shown name; the file name when empty.
        country_format: locale of numbers and dates.
        fictitious: all data are invented.
        passphrase: encrypts the file; None leaves it plain.
    """
    target = Path(path).absolute()
    if passphrase is not None:
        refuse_weak(passphrase)
    settings = WorkspaceSettings(
        title=title or target.stem,
        area=area,
        country_format=country_format,
        fictitious=fictitious,
    )

    def fill(db: connection.Connection) -> None:
        text = N_("Created the project “{title}”")
        with journal.writing(db, target, "create", text, title=settings.title):
            for name, value in asdict(settings).items():
                records.put(db, "setting", _setting_row(name, value))
            records.put(db, "setting", integrity.day_row(_today()))  # nothing to look at yet
            if area:
                area_id(db, area, level=0)

    migrations.create_file(target, passphrase=passphrase, fill=fill)
    made = open_workspace(target, passphrase=passphrase)
    if fictitious:  # a sample country is made again, not restored
        made.mark_backed_up(never=True)
    return made


def open_workspace(
    path: str | Path,
    *,
    read_only: bool = False,
    passphrase: str | None = None,
    today: date | None = None,
    progress: Progress = SILENT,
) -> Workspace:
    """The project of a file, checked before anything is written.

    The check is a full one, down to every entry of every index, when the last full one is a week
    old or the last end was not clean. A project opened for reading only cannot note the day: it
    gets the quick check.

    Args:
        path: the file.
        read_only: nothing may be written.
        passphrase: opens an encrypted file.
        today: the day that decides whether the week is over; that of the system by default.
        progress: told while a full check runs.

    Raises:
        StoreError: missing, damaged, not ours, newer, or open elsewhere (``StoreLocked``).
        Cancelled: the person stopped the full check; nothing was written.
    """
    target = Path(path).absolute()
    connection.look_at_file(target, encrypted=passphrase is not None)
    target = target.resolve()
    lock = None if read_only else InstanceLock.take(target)
    if lock is not None:
        migrations.remove_unfinished(target)
    workspace = Workspace(target, lock=lock, passphrase=passphrase, read_only=read_only)
    try:
        check = None
        if lock is not None:
            unclean = _was_unclean(target)
            check = integrity.FullCheck(today or _today(), unclean=unclean, progress=progress)
        db = workspace._connect(verify=True, full_check=check)
        if check is not None:
            check.end(db)
        if migrations.is_outdated(db):
            _bring_up_to_date(workspace)
        if check is not None:
            check.note(db, target)
        workspace.mark_backed_up()
    except BaseException:
        workspace.close()
        raise
    return workspace


def passphrase(path: str | Path) -> str:
    """The passphrase in a file: its first line.

    Raises:
        UserFileError: the file cannot be read or is empty.
    """
    try:
        words = Path(path).read_text(encoding="utf-8-sig").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UserFileError(
            N_("The passphrase cannot be read from “{path}”."),
            hint=N_("Write it on the first line of a text file."),
            path=path,
        ) from error
    if not words:
        raise UserFileError(
            N_("The first line of “{path}” is empty."),
            hint=N_("Write the passphrase on it."),
            path=path,
        )
    return words


def versions() -> dict[str, str]:
    """Versions of the program, Python and SQLite by name."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    try:
        own = version("tip-workbench")
    except PackageNotFoundError:
        own = "0"
    return {
        "tip-workbench": own,
        "Python": platform.python_version(),
        "SQLite": connection.sqlite_version(),
        **({"SQLite (encrypted)": cipher} if (cipher := connection.cipher_version()) else {}),
    }


def change_settings(ws: Workspace, *, by: str = "", **values: object) -> Change:
    """Change settings that travel in the file, such as ``title`` or ``threshold``."""
    settings = replace(ws.settings, **values)  # type: ignore[arg-type]
    with ws.write("settings", N_("Changed the settings: {names}"), by=by) as draft:
        draft.data["names"] = ", ".join(values)
        for name in values:
            former = records.fetch(ws.db, "setting", name)
            row = _setting_row(name, getattr(settings, name))
            records.put(ws.db, "setting", row)
            draft.forward.append({"op": "put", "table": "setting", "row": row})
            draft.inverse.append(
                {"op": "put", "table": "setting", "row": former}
                if former
                else {"op": "remove", "table": "setting", "key": name}
            )
    return draft.change()


def _setting_row(name: str, value: object) -> dict[str, object]:
    return {"key": name, "value": json.dumps(value, ensure_ascii=False)}


def _today() -> date:
    return datetime.now().astimezone().date()


def _was_unclean(path: Path) -> bool:
    """Whether a write-ahead log or journal was left; asked when nobody has the project open."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return any(side.exists() and side.stat().st_size for side in beside)


def _bring_up_to_date(workspace: Workspace) -> None:
    if workspace.read_only:
        raise StoreOutdated(
            N_("“{name}” has an older layout, and it is open for reading only."),
            hint=N_("Open it once for writing: a copy is kept and the layout brought up to date."),
            path=workspace.path,
        )
    db = workspace.db
    old = migrations.version(db)
    backup = workspace.path.with_name(f"{workspace.path.stem}.layout-{old}.backup.tipw")
    migrations.migrate(db, workspace.path, backup, passphrase=workspace._passphrase)
