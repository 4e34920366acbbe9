"""Text tables: any delimiter, UTF-8, UTF-16, old code pages as a shown guess or a question."""

from __future__ import annotations

import codecs
import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from io import StringIO
from itertools import islice
from pathlib import Path

from indicators.errors import C_, N_
from workbench.errors import UserFileError
from workbench.importing.code_pages import Letters, fits, letters_of, utf16_without_mark
from workbench.importing.raw_table import (
    MAX_FIELD,
    BrokenRow,
    RawFile,
    RawTable,
    ReadOptions,
    Row,
)

DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_REPAIRS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one look at all bytes tells."""

    encoding: str
    guessed: bool
    has_nul: bool
    has_quotes: bool
    rivals: tuple[tuple[str, str], ...] = ()


def recognises(head: bytes) -> bool:
    """Whether the first bytes can be text: anything that is no zip and no OLE file."""
    return not head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The text table with its encoding and delimiter.

    Raises:
        UserFileError: no encoding fits, or the text has characters no table has.
    """
    facts = _look(path, options.encoding)
    with path.open(encoding=facts.encoding, newline="") as stream:
        sample = stream.read(1 << 16)
    delimiter = options.delimiter or find_delimiter(sample)
    slices = partial(_slices, path, facts, delimiter)
    return RawFile(
        path=path,
        format="csv",
        tables=(RawTable(name="", index=1, open_slices=slices),),
        encoding=facts.encoding,
        delimiter=delimiter,
        encoding_guessed=facts.guessed,
        encodings=facts.rivals,
        size=path.stat().st_size,
    )


def _look(path: Path, encoding: str) -> Facts:
    """Read all bytes once: encoding, NUL, quotation marks."""
    nul = zeros = quotes = 0
    size = 0
    with path.open("rb") as stream:
        start = stream.read(1 << 12)
        head = start[:4]
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
        decoder = codecs.getincrementaldecoder("utf-8")()
        valid = True
        stream.seek(0)
        for chunk in iter(partial(stream.read, _CHUNK), b""):
            size += len(chunk)
            zeros = chunk.count(0) if b"\0" in chunk else 0
            nul += zeros
            quotes = quotes or int(b'"' in chunk)
            if valid and not marked:
                valid = _decodes(decoder, chunk)
        if valid and not marked:
            valid = _decodes(decoder, b"", final=True)
    unmarked = "" if marked or not nul else utf16_without_mark(start)
    if not marked and not unmarked and nul * 20 > size:
        raise UserFileError(
            N_("“{name}” is not plain text."),
            detail=C_(
                "It holds {count} character that no text has (NUL).",
                "It holds {count} characters that no text has (NUL).",
            ),
            hint=N_("If it is a text table in UTF-16, save it as UTF-8 or with its byte mark."),
            path=path,
            count=nul,
        )
    name = encoding or marked or unmarked or ("utf-8" if valid else "")
    letters = Letters(encoding=name) if name else letters_of(path)
    if name != "utf-8" or not valid:
        _check(path, letters.encoding)
    is_wide = letters.encoding.startswith(("utf-16", "utf-32"))
    return Facts(
        encoding=letters.encoding,
        guessed=not (encoding or marked) and (bool(unmarked) or not valid),
        has_nul=nul > 0 and not is_wide,
        has_quotes=bool(quotes),
        rivals=letters.rivals,
    )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _check(path: Path, encoding: str) -> None:
    """Refuse an encoding that does not fit every byte."""
    if not fits(path, encoding):
        raise UserFileError(
            N_("The letters of “{name}” cannot be read as {encoding}."),
            hint=N_("Save the file as UTF-8, or choose another encoding."),
            path=path,
            encoding=encoding,
        )


def find_delimiter(sample: str) -> str:
    """The sign that cuts most lines into the same number of cells; a comma when none does."""
    lines = sample.splitlines(keepends=True)
    if len(lines) > 2:
        lines = lines[:-1]
    scores = []
    for rank, delimiter in enumerate(DELIMITERS):
        widths = Counter(_widths(lines[:200], delimiter))
        wide = {width: count for width, count in widths.items() if width > 1}
        if wide:
            width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
            lines_cut = sum(wide.values()) / sum(widths.values())
            scores.append((lines_cut * count / sum(widths.values()), width, -rank))
    return DELIMITERS[-max(scores)[2]] if scores else ","


def _widths(lines: list[str], delimiter: str) -> Iterator[int]:
    reader = csv.reader(StringIO("".join(lines)), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield len(row)
    except csv.Error:
        return


def _slices(path: Path, facts: Facts, delimiter: str, count: int) -> Iterator[list[Row]]:
    """All rows; blank lines are empty rows, so that row numbers are those of a spreadsheet."""
    csv.field_size_limit(MAX_FIELD)
    with path.open(encoding=facts.encoding, newline="") as stream:
        rows: Iterator[Row]
        if facts.has_quotes:
            rows = _quoted(stream, delimiter, path)
        else:
            rows = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        if facts.has_nul:
            rows = _named_nul(rows)
        try:
            while part := list(islice(rows, count)):
                yield part
        except csv.Error as error:
            raise _cap(path) from error


def _named_nul(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if any("\0" in cell for cell in row):
            yield BrokenRow(" | ".join(row), "nul")
        else:
            yield row


def _cap(path: Path) -> UserFileError:
    return UserFileError(
        N_("A cell of “{name}” is longer than {limit} characters."),
        hint=N_("Shorten it, or check whether a quotation mark is missing."),
        path=path,
        limit=MAX_FIELD,
    )


class _Feed:
    """Lines for the csv module that remembers those of the current row and can take them back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self) -> str:
        """Return all lines but the first of the current row to the front; the first is lost."""
        first, *rest = self.taken
        self._again.extendleft(reversed(rest))
        self.taken = []
        return first


def _quoted(lines: Iterable[str], delimiter: str, path: Path) -> Iterator[Row]:
    """Rows with quotation marks; a mark that is not closed costs its own line, never the rest."""
    feed = _Feed(lines)
    cuts = 1
    repairs = 0
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.taken.clear()
        try:
            row = next(reader)
            broken = len(feed.taken) > 1 and _swallowed(feed.taken, delimiter, cuts)
        except StopIteration:
            return
        except csv.Error as error:
            if len(feed.taken) == 1 and len(feed.taken[0]) > MAX_FIELD:
                raise _cap(path) from error
            broken = True
        if not broken:
            if len(feed.taken) == 1:
                cuts = max(cuts, len(row) - 1)
            yield row
            continue
        repairs += 1
        if repairs > _MAX_REPAIRS:
            raise UserFileError(
                N_("“{name}” has more than {limit} rows with broken quotation marks."),
                hint=N_("Save the table again from its program."),
                path=path,
                limit=_MAX_REPAIRS,
            )
        yield BrokenRow(feed.give_back().rstrip("\r\n"), "broken_quote")
        reader = csv.reader(feed, delimiter=delimiter, strict=True)


def _swallowed(lines: list[str], delimiter: str, cuts: int) -> bool:
    """Whether a row over several lines holds, inside a quotation, a line that is a row itself."""
    *inner, last = lines[1:]
    quoted = [*inner, last.partition('"')[0]]
    return any(line.count(delimiter) >= cuts for line in quoted)
