"""Excel workbooks (xlsx, xlsm): checked as a zip first, then read in a child process."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.raw_table import (
    MAX_FIELD,
    RawFile,
    RawTable,
    ReadOptions,
    Row,
    SheetFacts,
)
from workbench.importing.workbook_zip import MAX_INFLATED, check_archive, damaged, refusal

TIMEOUT_SECONDS = 120
_BLOCK = 1 << 20
_PLAIN = 8
"""Blocks that are kept as they are; only those of a larger sheet are compressed."""
_CHILD = Path(__file__).parents[1] / "child.py"
_FACTS = Path(__file__).parents[1] / "book_facts.py"
_OLE = b"\xd0\xcf\x11\xe0"


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
    check_archive(path)
    sheets, rows = _first_look(path)
    first = next((i for i, sheet in enumerate(sheets) if not sheet["hidden"]), 0)
    changed = path.stat().st_mtime_ns
    tables = tuple(
        RawTable(
            name=sheet["name"],
            index=place + 1,
            hidden=sheet["hidden"],
            open_slices=_Sheet(path, sheet["name"], rows if place == first else None).slices,
            facts=partial(sheet_facts, path, sheet["name"], changed),
        )
        for place, sheet in enumerate(sheets)
    )
    return RawFile(path=path, format="xlsx", tables=tables, size=path.stat().st_size)


def _no_workbook(path: Path) -> UserFileError:
    """The refusal of an OLE container that is no old workbook: protected, or something else."""
    marks = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as stream:
        if marks in stream.read(MAX_INFLATED):
            return refusal(
                path,
                N_("“{name}” is protected by a password."),
                N_("Take the password away and save it again."),
            )
    return refusal(
        path,
        N_("“{name}” is no Excel workbook."),
        N_("Save the table as xlsx or CSV."),
    )


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-I", str(_CHILD), *arguments]


def _first_look(path: Path) -> tuple[list[dict[str, Any]], list[bytes] | None]:
    """The sheets and, from the same child process, the rows of the first visible one.

    Rows that cannot be read are None: the sheet says why when it is asked, another may be meant.
    """
    found = _output("first", str(path))
    try:
        sheets: list[dict[str, Any]] = json.loads(found.head)
    except ValueError as error:
        if found.is_late:
            raise _too_slow(path) from error
        _check_end(path, found.code, found.message)
        raise damaged(path, "") from error
    return sheets, None if found.code else found.blocks


class _Output(NamedTuple):
    """What a child process said: its first line if asked for, the rest in blocks."""

    head: bytes
    blocks: list[bytes]
    message: str
    code: int
    is_late: bool


def _output(command: str, *arguments: str) -> _Output:
    """Run a child process to its end, or to the limit of time."""
    process = subprocess.Popen(
        _command(command, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    assert process.stdout is not None  # asked for above
    assert process.stderr is not None  # asked for above
    late = threading.Event()
    timer = threading.Timer(TIMEOUT_SECONDS, partial(_stop, process, late))
    timer.start()
    try:
        head = process.stdout.readline() if command == "first" else b""
        chunks = iter(partial(process.stdout.read, _BLOCK), b"")
        blocks = [zlib.compress(c, int(n >= _PLAIN)) for n, c in enumerate(chunks)]
        message = process.stderr.read().decode("utf-8", "backslashreplace")
        return _Output(head, blocks, message, process.wait(), late.is_set())
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


@lru_cache(maxsize=64)
def sheet_facts(path: Path, sheet: str, changed: int) -> SheetFacts:
    """What a sheet of the file, as last changed, holds beside its cells, if it can be told."""
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
        return SheetFacts(known=False)
    if done.returncode:
        return SheetFacts(known=False)
    found = json.loads(done.stdout)
    return SheetFacts(**{**found, "hidden_columns": tuple(found["hidden_columns"])})


def _too_slow(path: Path) -> UserFileError:
    return refusal(
        path,
        N_("Reading “{name}” took more than {limit} seconds and was stopped."),
        N_("Save the table as CSV."),
        limit=TIMEOUT_SECONDS,
    )


def _check_end(path: Path, code: int, message: str) -> None:
    if code == 0:
        return
    if message.startswith("password"):
        raise refusal(
            path,
            N_("“{name}” is protected by a password."),
            N_("Take the password away and save it again."),
        )
    readable = message.splitlines()[-1][:200] if code == 3 and message else ""
    raise damaged(path, readable)


class _Sheet:
    """The rows of a sheet: read once by the child process, then kept compressed in memory."""

    def __init__(self, path: Path, name: str, blocks: list[bytes] | None = None) -> None:
        self._path = path
        self._name = name
        self._blocks = blocks

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
            raise damaged(self._path, str(error)) from error

    def _read(self) -> list[bytes]:
        found = _output("rows", str(self._path), self._name)
        if found.is_late:
            raise _too_slow(self._path)
        _check_end(self._path, found.code, found.message)
        return found.blocks


def _lines(blocks: Iterator[bytes]) -> Iterator[str]:
    """The text of byte blocks, line by line with their ends."""
    pending = b""
    for block in blocks:
        whole, end, rest = (pending + block).rpartition(b"\n")
        pending = rest
        yield from io.StringIO((whole + end).decode("utf-8", "surrogatepass"), newline="")
    if pending:
        yield from io.StringIO(pending.decode("utf-8", "surrogatepass"), newline="")
