"""Excel workbooks (xlsx, xlsm): checked as a zip first, then read in a child process."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.raw_table import (
    MAX_COLUMNS,
    MAX_FIELD,
    RawFile,
    RawTable,
    ReadOptions,
    Row,
    SheetFacts,
)

MAX_MEMBERS = 2_000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024
MAX_CELLS = 40_000_000
"""Cells of the rectangle that spans a sheet: readers fill it densely."""
TIMEOUT_SECONDS = 120
_CHUNK = 1 << 18
_BLOCK = 1 << 20
_CHILD = Path(__file__).parents[1] / "child.py"
_FACTS = Path(__file__).parents[1] / "book_facts.py"
_OLE = b"\xd0\xcf\x11\xe0"
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FAR_COLUMN = re.compile(rb"""r=["']([A-Z]{3})[0-9]""")
_ROW = re.compile(rb"""<row [^>]*?r=["']([0-9]+)""")
_FAR_ROW = re.compile(rb"""r=["'][A-Z]{1,3}([0-9]{7})""")


def recognises(head: bytes) -> bool:
    """Whether the file is a zip or an OLE container (old or protected Excel)."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The workbook with its sheets, after all checks.

    Raises:
        UserFileError: protected, damaged, too large, no workbook, or not safe to read.
    """
    del options
    with path.open("rb") as stream:
        if stream.read(4) == _OLE:
            raise _no_workbook(path)
    _check_archive(path)
    try:
        sheets = json.loads(_run(path, "sheets"))
    except ValueError as error:
        raise _damaged(path, "") from error
    tables = tuple(
        RawTable(
            name=sheet["name"],
            index=number,
            hidden=sheet["hidden"],
            open_slices=_Sheet(path, sheet["name"]).slices,
            facts=partial(sheet_facts, path, sheet["name"], path.stat().st_mtime_ns),
        )
        for number, sheet in enumerate(sheets, start=1)
    )
    return RawFile(path=path, format="xlsx", tables=tables, size=path.stat().st_size)


def _refusal(path: Path, title: str, hint: str, **data: object) -> UserFileError:
    return UserFileError(title, "", hint, path=path, **data)


def _no_workbook(path: Path) -> UserFileError:
    """The refusal of an OLE container that is no old workbook: protected, or something else."""
    marks = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as stream:
        if marks in stream.read(MAX_INFLATED):
            return _refusal(
                path,
                N_("“{name}” is protected by a password."),
                N_("Take the password away and save it again."),
            )
    return _refusal(
        path,
        N_("“{name}” is no Excel workbook."),
        N_("Save the table as xlsx or CSV."),
    )


def _damaged(path: Path, reason: str) -> UserFileError:
    return UserFileError(
        N_("The workbook “{name}” is damaged and cannot be read."),
        detail=N_("The reader says: {reason}.") if reason else "",
        hint=N_("Open it in a spreadsheet program and save it again."),
        path=path,
        reason=reason,
    )


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise _refusal(
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
        raise _damaged(path, str(error)) from error


def _check_names(path: Path, members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if _is_bad_name(member) or name.casefold() in seen:
            raise _refusal(
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
    raise _refusal(
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
            raise _refusal(
                path,
                N_("“{name}” grows more than {limit} times when it is unpacked."),
                N_("Save the table again; if it stays so, save it as CSV."),
                limit=MAX_RATIO,
            )


def _too_big(path: Path) -> UserFileError:
    return _refusal(
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
    size = last_row = last_column = 0
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > member.file_size + _CHUNK:
                raise _too_big(path)
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\0!\0D\0O\0C" in text:
                raise _refusal(
                    path,
                    N_("“{name}” holds a declaration that no workbook needs (DOCTYPE)."),
                    N_("Save the table again from a spreadsheet program."),
                )
            if is_sheet:
                last_row, last_column = _span(text, last_row, last_column)
            tail = text[-64:]
    if is_sheet:
        _check_span(path, last_row, last_column)


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
    raise _refusal(
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


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-I", str(_CHILD), *arguments]


def _run(path: Path, command: str) -> str:
    try:
        done = subprocess.run(
            _command(command, str(path)),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(path) from error
    _check_end(path, done.returncode, done.stderr.decode("utf-8", "backslashreplace"))
    return done.stdout.decode("utf-8")


@lru_cache(maxsize=64)
def sheet_facts(path: Path, sheet: str, changed: int) -> SheetFacts:
    """What a sheet of the file, as last changed, holds beside its cells; empty when unknown."""
    del changed  # a part of the key only
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_FACTS), str(path), sheet],
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return SheetFacts()
    if done.returncode:
        return SheetFacts()
    found = json.loads(done.stdout)
    return SheetFacts(**{**found, "hidden_columns": tuple(found["hidden_columns"])})


def _too_slow(path: Path) -> UserFileError:
    return _refusal(
        path,
        N_("Reading “{name}” took more than {limit} seconds and was stopped."),
        N_("Save the table as CSV."),
        limit=TIMEOUT_SECONDS,
    )


def _check_end(path: Path, code: int, message: str) -> None:
    if code == 0:
        return
    if message.startswith("password"):
        raise _refusal(
            path,
            N_("“{name}” is protected by a password."),
            N_("Take the password away and save it again."),
        )
    readable = message.splitlines()[-1][:200] if code == 3 and message else ""
    raise _damaged(path, readable)


class _Sheet:
    """The rows of a sheet: read once by the child process, then kept compressed in memory."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self._blocks: list[bytes] | None = None

    def slices(self, count: int) -> Iterator[list[Row]]:
        """All rows of the sheet, so many at a time."""
        csv.field_size_limit(MAX_FIELD)
        if self._blocks is None:
            self._blocks = self._read()
        rows = csv.reader(_lines(zlib.decompress(block) for block in self._blocks))
        try:
            while part := list(islice(rows, count)):
                yield part
        except csv.Error as error:
            raise _damaged(self._path, str(error)) from error

    def _read(self) -> list[bytes]:
        process = subprocess.Popen(
            _command("rows", str(self._path), self._name),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        assert process.stdout is not None  # asked for above
        assert process.stderr is not None  # asked for above
        timer = threading.Timer(TIMEOUT_SECONDS, process.kill)
        timer.start()
        try:
            chunks = iter(partial(process.stdout.read, _BLOCK), b"")
            blocks = [zlib.compress(chunk, 1) for chunk in chunks]
            message = process.stderr.read().decode("utf-8", "backslashreplace")
            _check_end(self._path, process.wait(), message)
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()
        return blocks


def _lines(blocks: Iterator[bytes]) -> Iterator[str]:
    """The text of byte blocks, line by line with their ends."""
    pending = b""
    for block in blocks:
        whole, end, rest = (pending + block).rpartition(b"\n")
        pending = rest
        yield from io.StringIO((whole + end).decode("utf-8", "surrogatepass"), newline="")
    if pending:
        yield from io.StringIO(pending.decode("utf-8", "surrogatepass"), newline="")
