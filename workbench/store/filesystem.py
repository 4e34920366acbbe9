"""Whether a folder is on a local disk, where write-ahead logging is safe."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from indicators.errors import N_
from workbench.errors import StoreError

SPARE_BYTES = 64 * 1024 * 1024
LOCAL_TYPES = frozenset(
    {
        "apfs", "bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "fuseblk", "hfs",
        "jfs", "msdos", "ntfs", "ntfs3", "overlay", "reiserfs", "tmpfs", "ufs", "vfat", "xfs", "zfs",
    }
)  # fmt: skip
"""File systems of local disks; every other one counts as remote."""
SYNCHRONISED = frozenset(
    {
        "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "mobile documents",
        "my drive", "nextcloud", "owncloud", "pcloud drive", "seafile", "syncthing",
    }
)  # fmt: skip
"""Folder names of services that copy files while they are open."""


def is_local(folder: Path) -> bool:
    """Whether a folder lies on a local disk that nothing else copies; False when unknown."""
    names = {part.lower() for part in folder.parts}
    if names & SYNCHRONISED or any(name.startswith("onedrive - ") for name in names):
        return False
    if sys.platform == "win32":
        return _is_fixed_drive(folder)
    if sys.platform == "darwin":
        return not str(folder).startswith(("/Volumes/", "/Network/"))
    return _mount_type(folder) in LOCAL_TYPES


def refuse_without_space(path: Path, size: int) -> None:
    """Raise when the disk of a project cannot hold an import of ``size`` bytes with its log.

    Raises:
        StoreError: there is less than three times the size and 64 MiB free.
    """
    needed = 3 * size + SPARE_BYTES
    folder = path.absolute().parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StoreError(
            N_("The folder “{folder}” has {free} MB free; {needed} MB are needed."),
            hint=N_("Free some space and try again. Nothing was changed."),
            path=path,
            folder=str(folder),
            free=free // 1_000_000,
            needed=needed // 1_000_000,
        )


def flush(path: Path) -> None:
    """Make the system write a file to the disk now."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mount_type(folder: Path, table: str = "/proc/self/mounts") -> str:
    try:
        lines = Path(table).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = point == "/" or folder == Path(point) or Path(point) in folder.parents
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def _is_fixed_drive(folder: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    removable, fixed, ram = 2, 3, 6
    kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor or os.sep)
    return kind in (removable, fixed, ram)
