"""Tables read by a child process with limits; its rows are kept compressed in memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.flat_rows import check_columns, too_many_rows
from workbench.importing.raw_table import MAX_FIELD, MAX_ROWS, RawTable, Row

SPREADSHEETS = Path(__file__).with_name("child.py")
DATA_FILES = Path(__file__).with_name("data_file_child.py")
TIMEOUT_SECONDS = 120
MAX_OUTPUT = 1 << 30
"""Bytes of text that a child process may send."""
FAILED = 3
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A program that reads one kind of file.

    Attributes:
        script: the program.
        path: the file.
        options: arguments before the file's path, behind the command.
    """

    script: Path
    path: Path
    options: tuple[str, ...] = ()

    def command(self, name: str, *arguments: str) -> list[str]:
        """The command line."""
        own = [*self.options, str(self.path), *arguments]
        return [sys.executable, "-I", str(self.script), name, *own]

    def tell(self, name: str) -> Any:
        """The JSON answer to a command."""
        try:
            done = subprocess.run(
                self.command(name),
                capture_output=True,
                timeout=TIMEOUT_SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            raise _too_slow(self.path) from error
        _check_end(self.path, done.returncode, done.stderr.decode("utf-8", "backslashreplace"))
        try:
            return json.loads(done.stdout)
        except ValueError as error:
            raise _unreadable(self.path, "") from error

    def sheets(self) -> tuple[RawTable, ...]:
        """All sheets of a spreadsheet.

        Raises:
            UserFileError: the file cannot be read within the limits.
        """
        return tuple(
            self.table(sheet["name"], number, sheet=sheet["name"], hidden=sheet["hidden"])
            for number, sheet in enumerate(self.tell("sheets"), start=1)
        )

    def table(self, name: str, index: int, *, sheet: str = "", hidden: bool = False) -> RawTable:
        """The table that the command ``rows`` prints.

        Args:
            name: name of the table.
            index: number of the table.
            sheet: name of the sheet for the child; empty for files of one table.
            hidden: True when the file hides it.
        """
        rows = _Rows(self.path, self.command("rows", *([sheet] if sheet else [])))
        return RawTable(name=name, index=index, open_slices=rows.slices, hidden=hidden)


class _Rows:
    """The rows of one table: asked for once, then kept compressed."""

    def __init__(self, path: Path, command: list[str]) -> None:
        self._path = path
        self._command = command
        self._blocks: list[bytes] | None = None

    def slices(self, count: int) -> Iterator[list[Row]]:
        """All rows, so many at a time."""
        csv.field_size_limit(MAX_FIELD)
        if self._blocks is None:
            self._blocks = self._read()
        rows = csv.reader(_lines(zlib.decompress(block) for block in self._blocks))
        seen = 0
        try:
            while part := list(islice(rows, count)):
                seen += len(part)
                if seen > MAX_ROWS + 1:
                    raise too_many_rows(self._path)
                check_columns(self._path, max(map(len, part)))
                yield part
        except csv.Error as error:
            raise _unreadable(self._path, str(error)) from error

    def _read(self) -> list[bytes]:
        process = subprocess.Popen(
            self._command,
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
            blocks = []
            size = 0
            for chunk in iter(partial(process.stdout.read, _BLOCK), b""):
                size += len(chunk)
                if size > MAX_OUTPUT:
                    raise _too_large(self._path)
                blocks.append(zlib.compress(chunk, 1))
            message = process.stderr.read().decode("utf-8", "backslashreplace")
            code = process.wait()
            if late.is_set():
                raise _too_slow(self._path)
            _check_end(self._path, code, message)
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()
        return blocks


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _lines(blocks: Iterator[bytes]) -> Iterator[str]:
    """The text of byte blocks, line by line with their ends."""
    pending = b""
    for block in blocks:
        whole, end, rest = (pending + block).rpartition(b"\n")
        pending = rest
        yield from io.StringIO((whole + end).decode("utf-8", "surrogatepass"), newline="")
    if pending:
        yield from io.StringIO(pending.decode("utf-8", "surrogatepass"), newline="")


def _check_end(path: Path, code: int, message: str) -> None:
    if code == 0:
        return
    if message.startswith("password"):
        raise UserFileError(
            N_("“{name}” is protected by a password."),
            hint=N_("Take the password away and save it again."),
            path=path,
        )
    lines = message.splitlines()
    if code < 0 or "memory" in message.casefold():
        raise _too_large(path)
    raise _unreadable(path, lines[-1][:200] if code == FAILED and lines else "")


def _too_large(path: Path) -> UserFileError:
    return UserFileError(
        N_("“{name}” needs more memory or time than its reader may take."),
        hint=N_("Save the table in smaller parts, or as CSV."),
        path=path,
    )


def _too_slow(path: Path) -> UserFileError:
    return UserFileError(
        N_("Reading “{name}” took more than {limit} seconds and was stopped."),
        hint=N_("Save the table as CSV."),
        path=path,
        limit=TIMEOUT_SECONDS,
    )


def _unreadable(path: Path, reason: str) -> UserFileError:
    return UserFileError(
        N_("The file “{name}” is damaged and cannot be read."),
        detail=N_("The reader says: {reason}.") if reason else "",
        hint=N_("Open it in the program that made it and save it again."),
        path=path,
        reason=reason.rstrip("."),
    )
