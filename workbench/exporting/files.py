"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file so that an earlier one stays as it is when anything fails.

    The text goes to a new file in the same folder, onto the disk, and then takes the place of the
    old one.

    Args:
        path: where to.
        content: bytes, or text that is written as UTF-8 with plain line ends.

    Raises:
        OSError: the folder cannot be written; nothing is left behind.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    draft = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def safe_name(text: str, *, otherwise: str = "file") -> str:
    """A file name made from data: letters, digits, hyphen and underscore, at most 80."""
    kept = re.sub(r"[^\w-]+", "-", text).strip("-_")[:80].strip("-_")
    if not kept or _DEVICES.match(kept):
        return otherwise
    return kept
