"""One program at a time writes a project: an operating-system lock on a file beside it."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path

from indicators.errors import N_
from workbench.errors import StoreError, StoreLocked
from workbench.i18n import system_reason

_FAR = 1 << 30
"""Offset of the byte Windows locks, far from the text so that others can read it."""


def lock_path(path: Path) -> Path:
    """The side file of a project."""
    return path.with_name(path.name + ".lock")


class InstanceLock:
    """Holds a project for this process until released; the system frees it when the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> InstanceLock:
        """Lock a project.

        Raises:
            StoreLocked: another instance holds it.
            StoreError: the side file cannot be written.
        """
        side = lock_path(path)
        while True:
            try:
                handle = os.open(side, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise StoreError(
                    N_("The folder of “{path}” cannot be written."),
                    N_("The system says: {reason}."),
                    N_("Open the project for reading only, or copy it to another folder."),
                    path=path,
                    reason=system_reason(error),
                ) from error
            if not _try_lock(handle):
                holder = _holder(handle)
                os.close(handle)
                raise _locked(path, holder)
            if _is_same(handle, side):
                _sign(handle)
                return cls(side, handle)
            os.close(handle)

    def release(self) -> None:
        """Free the project and remove the side file; twice is once."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        if sys.platform == "win32":
            os.close(handle)
            with contextlib.suppress(OSError):
                self._path.unlink()
        else:
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_same(handle: int, side: Path) -> bool:
    """Whether the locked file is still the one of that name (the last holder may have removed it)."""
    try:
        return os.path.samestat(os.fstat(handle), side.stat())
    except OSError:
        return False


def _sign(handle: int) -> None:
    record = {
        "host": platform.node(),
        "pid": os.getpid(),
        "user": _user(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(record).encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _holder(handle: int) -> dict[str, object]:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        record = json.loads(os.read(handle, 4096))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _locked(path: Path, holder: dict[str, object]) -> StoreLocked:
    return StoreLocked(
        N_("“{name}” is open elsewhere since {since}."),
        N_("Program {pid} on the computer {host} holds it."),
        N_("Close it there, or open it for reading only."),
        path=path,
        since=str(holder.get("since", "?")).replace("T", " "),
        pid=holder.get("pid", "?"),
        host=holder.get("host", "?"),
    )
