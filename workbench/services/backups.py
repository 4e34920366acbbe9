"""Verified copies of the project, by hand and automatic, and putting one back."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.errors import StoreError
from workbench.i18n import system_reason
from workbench.services.workspace import open_workspace
from workbench.settings import backups_folder
from workbench.store.backup import back_up
from workbench.store.filesystem import flush
from workbench.store.kept_backups import KeptBackup, kept, next_name, superfluous

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


def backup(ws: Workspace, target: str | Path | None = None) -> Path:
    """Copy the open project and check the copy.

    Args:
        ws: open project.
        target: the copy, which must be new; None: beside the project with date and time.

    Returns:
        The copy, encrypted as the project is.

    Raises:
        StoreError: the name is taken, or the copy could not be written or is not sound.
    """
    path = Path(target).absolute() if target is not None else beside(ws.path)
    if path.exists():
        raise StoreError(
            N_("“{path}” exists already."), hint=N_("Choose another name."), path=path
        )
    back_up(ws.db, ws.path, path, passphrase=ws.passphrase)
    return path


def restore(path: str | Path, copy: str | Path, *, passphrase: str | None = None) -> Path:
    """Put a copy in the place of a project; the project itself is kept as a copy first.

    Args:
        path: the project file, closed; it may be missing or damaged.
        copy: the backup to put there.
        passphrase: opens the backup.

    Returns:
        Where the former project was kept; ``path`` itself when there was none.

    Raises:
        StoreError: the backup is not sound, or the project is open; nothing is changed then.
    """
    from workbench.store.lock import InstanceLock

    target = Path(path).absolute()
    with open_workspace(copy, read_only=True, passphrase=passphrase) as source:
        lock = InstanceLock.take(target)
        fresh = target.with_name(f".{target.name}.restored")
        try:
            back_up(source.db, source.path, fresh, passphrase=passphrase)
            return _exchange(target, fresh)
        finally:
            fresh.unlink(missing_ok=True)
            lock.release()


def _exchange(target: Path, fresh: Path) -> Path:
    """Put the fresh file in place; the former one is copied first, whole, under its own name."""
    kept_as = target
    if target.exists():
        kept_as = beside(target)
        for end in ("-wal", "-journal"):
            left = target.with_name(target.name + end)
            if left.exists():
                _copy_whole(left, kept_as.with_name(kept_as.name + end))
        _copy_whole(target, kept_as)
        for end in ("-wal", "-journal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
    fresh.replace(target)
    return kept_as


def _copy_whole(source: Path, target: Path) -> None:
    """Copy so that the target has its name only when it is whole."""
    partial = source.with_name(f".{source.name}.former")
    shutil.copy2(source, partial)
    flush(partial)
    partial.replace(target)


def automatic(ws: Workspace) -> Path | None:
    """Copy the open project to its folder of backups and clear old copies away.

    Returns:
        The copy, or None where automatic backups are switched off.

    Raises:
        StoreError: the copy could not be written or is not sound.
    """
    folder = folder_of(ws.path)
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.new*"):
            left.unlink()
        copy = next_name(folder, _stamp())
        back_up(ws.db, ws.path, copy, passphrase=ws.passphrase)
        for entry in superfluous(kept(folder)):
            entry.path.unlink()
    except OSError as error:
        raise _failed(folder, system_reason(error)) from error
    except StoreError as error:
        raise _failed(folder, str(error)) from error
    return copy


def folder_of(path: str | Path) -> Path | None:
    """Where the automatic backups of a project are; None where they are switched off."""
    base = backups_folder()
    if base is None:
        return None
    place = Path(path).absolute().resolve()
    mark = hashlib.sha256(str(place).encode()).hexdigest()[:8]
    return base / f"{place.stem[:60]}-{mark}"


def backups_of(path: str | Path) -> tuple[KeptBackup, ...]:
    """The automatic backups of a project, newest first."""
    folder = folder_of(path)
    return () if folder is None else kept(folder)


def forget(path: str | Path) -> int:
    """Delete all automatic backups of a project, as after a purge: they still hold the rows."""
    listed = backups_of(path)
    for entry in listed:
        entry.path.unlink()
    return len(listed)


def _failed(folder: Path, reason: str) -> StoreError:
    return StoreError(
        N_("The project is saved, but its backup failed."),
        N_("The system says: {reason}."),
        N_("Check the folder {path}, or choose another one in the settings."),
        path=folder,
        reason=reason,
    )


def _stamp() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S")


def beside(path: Path) -> Path:
    """A free name for a copy beside a project, with date and time."""
    stamp = _stamp()
    free = path.with_name(f"{path.stem}.{stamp}.backup.tipw")
    number = 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}.{stamp}-{number}.backup.tipw")
    return free
