"""Whether the zip of a workbook is safe to read: names, real sizes, declarations, far cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.raw_table import MAX_COLUMNS

MAX_MEMBERS = 2_000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024
_CHUNK = 1 << 18
MAX_CELLS = 40_000_000
"""Cells of the rectangle that spans a sheet: readers fill it densely."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FAR_COLUMN = re.compile(rb"""r=["']([A-Z]{3})[0-9]""")
_FAR = re.compile(rb"""r=["'](?:[A-Z]{3}[0-9]|[A-Z]{0,2}[0-9]{7})""")
"""A column or row that may be far away: only then is it worth looking at every address."""
_ROW = re.compile(rb"""<row [^>]*?r=["']([0-9]+)""")
_FAR_ROW = re.compile(rb"""r=["'][A-Z]{1,3}([0-9]{7})""")


def refusal(path: Path, title: str, hint: str, **data: object) -> UserFileError:
    """A workbook that is not read, and what to do."""
    return UserFileError(title, "", hint, path=path, **data)


def damaged(path: Path, reason: str) -> UserFileError:
    """The refusal of a workbook that is not whole; the reason is the reader's, or empty."""
    return UserFileError(
        N_("The workbook “{name}” is damaged and cannot be read."),
        detail=N_("The reader says: {reason}.") if reason else "",
        hint=N_("Open it in a spreadsheet program and save it again."),
        path=path,
        reason=reason,
    )


def check_archive(path: Path) -> None:
    """Refuse a workbook that is damaged or not safe to read.

    Raises:
        UserFileError: the file and why.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise refusal(
                    path,
                    N_("“{name}” has more than {limit} parts inside."),
                    N_("Save the table again as a plain workbook."),
                    limit=MAX_MEMBERS,
                )
            _check_names(path, members)
            _check_sizes(path, members)
            for member in members:
                _check_member(path, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged(path, str(error)) from error


def _check_names(path: Path, members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if _is_bad_name(member) or name.casefold() in seen:
            raise refusal(
                path,
                N_("“{name}” is no workbook: its part “{member}” is not safe to read."),
                N_("Save the table as CSV or Excel workbook (xlsx)."),
                member=name,
            )
        seen.add(name.casefold())
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return
    kind = _kind(names)
    raise refusal(
        path,
        N_("“{name}” is a {kind}, not a workbook this program reads."),
        N_("Save the table as CSV or Excel workbook (xlsx)."),
        kind=kind,
    )


def _kind(names: set[str]) -> str:
    for part, kind in (
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
        ("content.xml", "OpenDocument"),
    ):
        if part in names:
            return kind
    return "zip"


def _is_bad_name(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    parts = name.split("/")
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    return (
        is_link
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in parts
        or any(_DEVICE.fullmatch(part) for part in parts)
    )


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if sum(member.file_size for member in members) > MAX_INFLATED:
        raise _too_big(path)
    for member in members:
        inflated, packed = member.file_size, max(member.compress_size, 1)
        if inflated > RATIO_FROM and inflated / packed > MAX_RATIO:
            raise refusal(
                path,
                N_("“{name}” grows more than {limit} times when it is unpacked."),
                N_("Save the table again; if it stays so, save it as CSV."),
                limit=MAX_RATIO,
            )


def _too_big(path: Path) -> UserFileError:
    return refusal(
        path,
        N_("“{name}” is larger than {limit} MB when it is unpacked."),
        N_("Save the table as CSV, or in smaller parts."),
        limit=MAX_INFLATED // 1024 // 1024,
    )


def _check_member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Stream one part: real size, document type declarations, far cells of sheets."""
    if not member.filename.endswith((".xml", ".rels", ".vml")):
        return
    is_sheet = member.filename.startswith("xl/worksheets/") and "/_rels/" not in member.filename
    is_far = False
    size = 0
    for chunk, text in _texts(archive, member):
        size += len(chunk)
        if size > member.file_size + _CHUNK:
            raise _too_big(path)
        if _has_declaration(text):
            raise refusal(
                path,
                N_("“{name}” holds a declaration that no workbook needs (DOCTYPE)."),
                N_("Save the table again from a spreadsheet program."),
            )
        is_far = is_far or (is_sheet and _FAR.search(text) is not None)
    if is_far:
        last_row = last_column = 0
        for _, text in _texts(archive, member):
            last_row, last_column = _span(text, last_row, last_column)
        _check_span(path, last_row, last_column)


def _texts(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """The pieces of a part, and each with the end of the one before."""
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            yield chunk, text
            tail = text[-64:]


def _has_declaration(text: bytes) -> bool:
    """Whether a document type or an entity is declared, in UTF-8 or UTF-16."""
    if b"\0" in text and b"<\0!\0D\0O\0C" in text:
        return True
    return b"!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text)


def _span(text: bytes, last_row: int, last_column: int) -> tuple[int, int]:
    for letters in set(_FAR_COLUMN.findall(text)):
        last_column = max(last_column, column_number(letters.decode()))
    for pattern in (_ROW, _FAR_ROW):
        last_row = max(last_row, max(map(int, pattern.findall(text)), default=0))
    return last_row, last_column


def _check_span(path: Path, last_row: int, last_column: int) -> None:
    """Refuse a sheet whose last cell is so far away that a reader would fill all memory."""
    if last_column <= MAX_COLUMNS and max(last_row, 1) * max(last_column, 40) <= MAX_CELLS:
        return
    raise refusal(
        path,
        N_("A sheet of “{name}” has a cell far away from its table (row {row}, column {column})."),
        N_("Delete the empty rows and columns behind the table and save again."),
        row=last_row,
        column=last_column,
    )


def column_number(letters: str) -> int:
    """The number of a column: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
