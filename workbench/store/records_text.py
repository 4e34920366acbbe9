"""Text tables cut into blocks at the ends of records, and split again."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Protocol

from indicators.errors import N_
from workbench.errors import WorkbenchError

MARK = "\ufeff"
"""The byte-order mark, which is no content."""
LONGEST_FIELD = 4 * 1024 * 1024
"""Characters; more than the importer accepts."""
LONGEST_RECORD = 16 * 1024 * 1024
"""Bytes after which an unclosed quote no longer holds a block together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a text table is written.

    Attributes:
        encoding: name of the codec; a byte-order mark may precede.
        delimiter: one character.
        quotechar: one character, or empty when nothing is quoted.
        doublequote: a quote inside quotes is written twice.
        escapechar: one character, or empty.
        skipinitialspace: blanks after the delimiter are no content.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quotechar: str = '"'
    doublequote: bool = True
    escapechar: str = ""
    skipinitialspace: bool = False

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The csv reader of this dialect."""
        if csv.field_size_limit() < LONGEST_FIELD:
            csv.field_size_limit(LONGEST_FIELD)
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quotechar or None,
            quoting=csv.QUOTE_MINIMAL if self.quotechar else csv.QUOTE_NONE,
            doublequote=self.doublequote,
            escapechar=self.escapechar or None,
            skipinitialspace=self.skipinitialspace,
        )

    @property
    def plain_encoding(self) -> str:
        """The codec that neither eats nor writes a byte-order mark."""
        name = self.encoding.lower().replace("_", "-")
        return {
            "utf-8-sig": "utf-8",
            "utf-16": "utf-16-le",
            "utf-32": "utf-32-le",
        }.get(name, name)

    @property
    def unit(self) -> int:
        """Bytes of the smallest character."""
        name = self.plain_encoding
        return 2 if name.startswith("utf-16") else 4 if name.startswith("utf-32") else 1


def settled(dialect: Dialect, path: Path) -> Dialect:
    """The dialect with the byte order of UTF-16 and UTF-32 read from the mark of the file."""
    name = dialect.encoding.lower().replace("_", "-")
    if name not in ("utf-16", "utf-32"):
        return dialect
    with path.open("rb") as stream:
        head = stream.read(4)
    is_big = head.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    return replace(dialect, encoding=f"{name}-{'be' if is_big else 'le'}")


class Digest(Protocol):
    """Anything that takes bytes, such as a hash."""

    def update(self, data: bytes, /) -> None:
        """Take bytes."""


class RecordCutter:
    """Iterates over ``(bytes of whole records, number of records)`` of a stream.

    Args:
        stream: the file.
        dialect: how it is written.
        size: about how many bytes a block has.
        digest: told every byte read.
    """

    def __init__(self, stream: BinaryIO, dialect: Dialect, size: int, digest: Digest) -> None:
        self._stream = stream
        self._dialect = dialect
        self._size = size
        self._digest = digest

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        """The blocks in order; joined they are the stream."""
        pending = b""
        while True:
            data = self._read()
            block = pending + data
            if not block:
                return
            cut, count = self._cut(block, last=not data)
            if cut:
                yield block[:cut], count
            pending = block[cut:]
            if not data:
                return

    def _read(self) -> bytes:
        data = self._stream.read(self._size)
        if data:
            data += self._stream.readline()
            missing = -len(data) % self._dialect.unit
            data += self._stream.read(missing) if missing else b""
            self._digest.update(data)
        return data

    def _cut(self, block: bytes, *, last: bool) -> tuple[int, int]:
        """Length and number of the whole records at the start of a block."""
        text = block.decode(self._dialect.plain_encoding, "surrogateescape")
        special = self._dialect.quotechar + self._dialect.escapechar
        ended = last or text.endswith("\n")
        if ended and not any(character in text for character in special):
            return len(block), _line_count(text)
        whole, count = _whole_records(text, self._dialect, last=last)
        if whole == len(text) or (whole == 0 and len(block) > LONGEST_RECORD):
            return len(block), max(count, 1)
        kept = text[:whole].encode(self._dialect.plain_encoding, "surrogateescape")
        return len(kept), count


def _line_count(text: str) -> int:
    ends = text.count("\n")
    lone = text.count("\r") - text.count("\r\n") if "\r" in text else 0
    return ends + lone + (0 if text.endswith(("\n", "\r")) else 1)


class _Lines:
    """Lines of a text; remembers whether more was asked for than there is."""

    def __init__(self, text: str) -> None:
        self.taken = 1 if text.startswith(MARK) else 0
        self._lines = io.StringIO(text[self.taken :], newline="")
        self.is_exhausted = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._lines.readline()
        if not line:
            self.is_exhausted = True
            raise StopIteration
        self.taken += len(line)
        return line


def _whole_records(text: str, dialect: Dialect, *, last: bool) -> tuple[int, int]:
    lines = _Lines(text)
    whole, count = 0, 0
    try:
        for _ in dialect.reader(lines):
            is_partial = lines.is_exhausted or text[lines.taken - 1] not in "\r\n"
            if is_partial and not last:
                break
            whole, count = lines.taken, count + 1
    except csv.Error as error:
        raise WorkbenchError(
            N_("The text table cannot be split into rows: {reason}."), reason=str(error)
        ) from error
    return whole, count


def split_records(data: bytes, dialect: Dialect) -> Iterator[list[str]]:
    """The records of a block; a byte-order mark is no content."""
    text = data.decode(dialect.plain_encoding, "surrogateescape").removeprefix(MARK)
    return iter(dialect.reader(io.StringIO(text, newline="")))


class Blanked(Protocol):
    """A column to blank."""

    @property
    def column(self) -> int:
        """Number from 1."""

    @property
    def first_row(self) -> int:
        """First row to blank."""


def blanked(data: bytes, dialect: Dialect, first_row: int, columns: Sequence[Blanked]) -> bytes:
    """The block with these columns emptied, written again in its dialect."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=dialect.delimiter,
        quotechar=dialect.quotechar or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quotechar else csv.QUOTE_NONE,
        doublequote=dialect.doublequote,
        escapechar=dialect.escapechar or None,
        lineterminator="\r\n" if b"\r" in data else "\n",
    )
    for number, record in enumerate(split_records(data, dialect), first_row):
        for column in columns:
            if number >= column.first_row and column.column <= len(record):
                record[column.column - 1] = ""
        writer.writerow(record)
    return out.getvalue().encode(dialect.plain_encoding, "surrogateescape")
