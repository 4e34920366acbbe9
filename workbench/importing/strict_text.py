"""Texts of formats that state their encoding: read as that, or refused; never a guess."""

from __future__ import annotations

import codecs
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(head: bytes) -> str:
    """The encoding a byte mark at the start names; empty without one."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def start_of(head: bytes) -> str:
    """The first characters of a text, for recognising it; unreadable bytes are replaced."""
    return head.decode(marked_encoding(head) or "utf-8", "replace").lstrip("\ufeff")


def whole_text(path: Path, encoding: str, limit: int) -> str:
    """The whole text of a file.

    Args:
        path: the file.
        encoding: name of the codec; a byte mark in the file wins.
        limit: bytes that are taken.

    Raises:
        UserFileError: larger, or not in that encoding.
    """
    check_size(path, limit)
    data = path.read_bytes()
    name = marked_encoding(data[:4]) or encoding
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise wrong_encoding(path, name) from error
    if "\0" in text:
        raise UserFileError(
            N_("“{name}” holds a character that no text has (NUL)."),
            hint=N_("Download or save the file again."),
            path=path,
        )
    return text


def check_size(path: Path, limit: int) -> None:
    """Refuse a file that is too large to be held as a whole.

    Raises:
        UserFileError: it is larger.
    """
    if path.stat().st_size > limit:
        raise UserFileError(
            N_("The file “{name}” is larger than {limit} MB, the most for its format."),
            hint=N_("Ask its source for a smaller part, or for CSV."),
            path=path,
            limit=limit // 1024 // 1024,
        )


def wrong_encoding(path: Path, encoding: str) -> UserFileError:
    """The refusal of a text that is not in the encoding its format asks for."""
    return UserFileError(
        N_("The letters of “{name}” cannot be read as {encoding}."),
        hint=N_("Download the file again; do not open and save it in another program."),
        path=path,
        encoding=encoding,
    )
