"""Opening a file of the person: regular files only, within the size limit, recognised by content."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.i18n import system_reason

MAX_SIZE = 500 * 1024 * 1024
_HEAD = 4096


def checked_head(path: Path) -> tuple[bytes, int]:
    """First bytes and size of a regular file.

    Raises:
        UserFileError: the file is missing, no regular file, empty or too large.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise UserFileError(
            N_("The file “{name}” cannot be opened."),
            detail=N_("The system says: {reason}."),
            hint=N_("Check the name and whether you may read it."),
            path=path,
            reason=system_reason(error),
        ) from error
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise UserFileError(
                N_("“{name}” is not a file."),
                hint=N_("Choose a file, not a folder or a device."),
                path=path,
            )
        if info.st_size > MAX_SIZE:
            raise UserFileError(
                N_("The file “{name}” is larger than {limit} MB."),
                hint=N_("Save it in smaller parts."),
                path=path,
                limit=MAX_SIZE // 1024 // 1024,
            )
        if info.st_size == 0:
            raise UserFileError(
                N_("The file “{name}” is empty."), hint=N_("Choose another file."), path=path
            )
        return os.read(descriptor, _HEAD), info.st_size
    except OSError as error:
        raise UserFileError(
            N_("The file “{name}” cannot be read."),
            detail=N_("The system says: {reason}."),
            path=path,
            reason=system_reason(error),
        ) from error
    finally:
        os.close(descriptor)
