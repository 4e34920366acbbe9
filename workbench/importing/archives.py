"""Office files as zip archives: what is checked before anything inside is read."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError

MAX_MEMBERS = 2_000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024
_CHUNK = 1 << 18
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D\0O\0C")


def members(path: Path) -> dict[str, int]:
    """Names and sizes of the parts of an archive; empty when the file is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {member.filename: member.file_size for member in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        return {}


def check(path: Path, xml: tuple[str, ...] = (".xml", ".rels")) -> None:
    """Refuse an archive that is not safe to hand to a reader.

    Args:
        path: the file.
        xml: how the names of parts end that may hold no declarations.

    Raises:
        UserFileError: too many or too large parts, unsafe names, declarations, or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_names(path, parts)
            _check_sizes(path, parts)
            for part in parts:
                if part.filename.endswith(xml):
                    _check_text(path, archive, part)
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    ) as error:
        raise damaged_workbook(path, str(error)) from error


def damaged_workbook(path: Path, reason: str) -> UserFileError:
    """The refusal of a workbook that cannot be read."""
    return UserFileError(
        N_("The workbook “{name}” is damaged and cannot be read."),
        detail=N_("The reader says: {reason}.") if reason else "",
        hint=N_("Open it in a spreadsheet program and save it again."),
        path=path,
        reason=reason,
    )


def _check_names(path: Path, parts: Iterable[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        if _is_bad_name(part) or part.filename.casefold() in seen:
            raise UserFileError(
                N_("“{name}” is no workbook: its part “{member}” is not safe to read."),
                hint=N_("Save the table as CSV or Excel workbook (xlsx)."),
                path=path,
                member=part.filename,
            )
        seen.add(part.filename.casefold())
    if len(seen) > MAX_MEMBERS:
        raise UserFileError(
            N_("“{name}” has more than {limit} parts inside."),
            hint=N_("Save the table again as a plain workbook."),
            path=path,
            limit=MAX_MEMBERS,
        )


def _is_bad_name(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    pieces = name.split("/")
    is_link = (part.external_attr >> 16) & 0o170000 == 0o120000
    return (
        is_link
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in pieces
        or any(_DEVICE.fullmatch(piece) for piece in pieces)
    )


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MAX_INFLATED:
        raise _too_big(path)
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > RATIO_FROM and part.file_size / packed > MAX_RATIO:
            raise UserFileError(
                N_("“{name}” grows more than {limit} times when it is unpacked."),
                hint=N_("Save the table again; if it stays so, save it as CSV."),
                path=path,
                limit=MAX_RATIO,
            )


def _too_big(path: Path) -> UserFileError:
    return UserFileError(
        N_("“{name}” is larger than {limit} MB when it is unpacked."),
        hint=N_("Save the table as CSV, or in smaller parts."),
        path=path,
        limit=MAX_INFLATED // 1024 // 1024,
    )


def _check_text(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Stream one part: its real size and document type declarations."""
    size = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > part.file_size + _CHUNK:
                raise _too_big(path)
            text = tail + chunk
            if any(sign in text for sign in _DECLARATIONS):
                raise UserFileError(
                    N_("“{name}” holds a declaration that no workbook needs (DOCTYPE)."),
                    hint=N_("Save the table again from a spreadsheet program."),
                    path=path,
                )
            tail = text[-64:]
