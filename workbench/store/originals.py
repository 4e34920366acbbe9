"""The files as they came: bytes in compressed blocks with a row index, sheets as rows of text.

Text tables (CSV, TSV) are cut at the ends of records, so that one row is read by unpacking one
block; a row is a record as the csv module sees it, counted from 1, blank lines included. For
spreadsheets the importer also hands the rows over as text.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from indicators.errors import N_
from workbench.errors import StoreCorrupt, UserFileError
from workbench.i18n import system_reason
from workbench.store.filesystem import refuse_without_space
from workbench.store.records_text import Dialect, RecordCutter, blanked, settled, split_records
from workbench.store.texts import parsed

BLOCK_BYTES = 256 * 1024
BLOCK_ROWS = 500
JUMP_ROWS = 20_000
"""Rows between two wanted ones above which reading starts anew at the second."""
LEVEL = 3
"""zlib level: a third faster than 6 at about a tenth more bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedColumn:
    """A column blanked in the stored copy.

    Attributes:
        column: number from 1.
        name: its header (never a value).
        sheet: number of the sheet; 0 for text files.
        first_row: first row to blank (below the header).
        reason: code of the finding, such as ``names``.
    """

    column: int
    name: str
    sheet: int = 0
    first_row: int = 2
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOriginal:
    """What the store knows of a file; ``size`` 0 when its bytes are not kept, only its rows."""

    sha256: str
    name: str
    format: str
    size: int
    stored_sha256: str
    dialect: Dialect | None
    redacted: tuple[RedactedColumn, ...]


INSERT = """
insert into original (sha256, name, format, size, stored_sha256, dialect, redacted)
values (:sha256, :name, :format, :size, :stored, :dialect, :redacted)"""
INSERT_BLOCK = """
insert into original_block (sha256, number, first_row, size, data)
values (:sha256, :number, :first_row, :size, :data)"""
INSERT_ROWS = """
insert into original_rows (sha256, sheet, first_row, last_row, data)
values (:sha256, :sheet, :first, :last, :data)"""
SELECT = """
select sha256, name, format, size, stored_sha256, dialect, redacted from original
where (:sha256 is null or sha256 = :sha256)
order by sha256"""
BLOCKS_FROM = """
select first_row, data from original_block
where sha256 = :sha256 and number >= coalesce((
  select max(number) from original_block where sha256 = :sha256 and first_row <= :row), 0)
order by number"""
ROWS_FROM = """
select first_row, data from original_rows
where sha256 = :sha256 and sheet = :sheet and last_row >= :row
order by first_row"""


def has_original(db: sqlite3.Connection, sha256: str) -> bool:
    """Whether a file with that hash is kept."""
    found = db.execute("select 1 from original where sha256 = :sha256", {"sha256": sha256})
    return found.fetchone() is not None


def store_original(
    db: sqlite3.Connection,
    *,
    data_path: Path | None,
    sha256: str,
    name: str,
    format: str,  # noqa: A002 - the word of the vocabulary and of the column
    dialect: Dialect | None = None,
    redacted: Sequence[RedactedColumn] = (),
) -> str:
    """Keep a file inside an open transaction; one that is kept already stays as it is.

    With ``dialect`` the file is a text table: it is indexed by row, and redacted columns are
    blanked. Without, the bytes are kept as they are; when columns are redacted the bytes are
    left out, and only the rows given to ``store_sheet_rows`` remain.

    Args:
        db: connection of this thread.
        data_path: the file.
        sha256: hash of the true file, as found when it was read.
        name: file name without folder.
        format: id of the reader (``csv_file``, ``xlsx_file`` ...).
        dialect: encoding and separators of a text table, else None.
        redacted: columns to blank.

    Returns:
        The hash under which it is kept.

    Raises:
        UserFileError: the file changed since it was read.
    """
    if has_original(db, sha256):
        return sha256
    if data_path is not None and dialect is not None:
        dialect = settled(dialect, data_path)
    record = {
        "sha256": sha256,
        "name": name,
        "format": format,
        "size": 0,
        "stored": "",
        "dialect": None if dialect is None else json.dumps(asdict(dialect)),
        "redacted": json.dumps([asdict(column) for column in redacted], ensure_ascii=False),
    }
    db.execute(INSERT, record)
    if data_path is None or (redacted and dialect is None):
        return sha256
    try:
        refuse_without_space(Path(database_file(db)), data_path.stat().st_size)
        with data_path.open("rb") as stream:
            stored = _Blocks(db, sha256)
            true_hash = stored.write(stream, dialect, redacted)
    except OSError as error:
        raise _unreadable(data_path, error) from error
    if true_hash != sha256:
        raise UserFileError(
            N_("“{path}” changed while it was being imported."),
            hint=N_("Close the program that writes it and import it again."),
            path=data_path,
        )
    db.execute(
        "update original set size = :size, stored_sha256 = :stored where sha256 = :sha256",
        {"sha256": sha256, "size": stored.size, "stored": stored.digest.hexdigest()},
    )
    return sha256


def database_file(db: sqlite3.Connection) -> str:
    """The file of a connection."""
    return str(db.execute("pragma database_list").fetchone()[2])


def _unreadable(path: Path, error: OSError) -> UserFileError:
    return UserFileError(
        N_("“{path}” cannot be read."),
        N_("The system says: {reason}."),
        N_("Check the file and your rights to it."),
        path=path,
        reason=system_reason(error),
    )


class _Blocks:
    """Writes the blocks of one file; holds one block in memory."""

    def __init__(self, db: sqlite3.Connection, sha256: str) -> None:
        self._db = db
        self._sha256 = sha256
        self._number = 0
        self.size = 0
        self.digest = hashlib.sha256()

    def write(
        self, stream: BinaryIO, dialect: Dialect | None, redacted: Sequence[RedactedColumn]
    ) -> str:
        """Store a stream; the hash of what was read."""
        true_hash = hashlib.sha256()
        if dialect is None:
            while data := stream.read(BLOCK_BYTES):
                true_hash.update(data)
                self._add(data, 0)
            return true_hash.hexdigest()
        row = 1
        for data, count in RecordCutter(stream, dialect, BLOCK_BYTES, true_hash):
            kept = blanked(data, dialect, row, redacted) if redacted else data
            self._add(kept, row)
            row += count
        return true_hash.hexdigest()

    def _add(self, data: bytes, first_row: int) -> None:
        self._db.execute(
            INSERT_BLOCK,
            {
                "sha256": self._sha256,
                "number": self._number,
                "first_row": first_row,
                "size": len(data),
                "data": zlib.compress(data, LEVEL),
            },
        )
        self._number += 1
        self.size += len(data)
        self.digest.update(data)


def store_sheet_rows(
    db: sqlite3.Connection,
    sha256: str,
    sheet_index: int,
    sheet_name: str,
    rows: Iterable[tuple[int, Sequence[str | None]]],
) -> None:
    """Keep the rows of one sheet as text, beside the bytes; redacted columns are blanked here.

    Args:
        db: connection inside the transaction that stored the original.
        sha256: the original.
        sheet_index: the number that observations of the sheet carry.
        sheet_name: its name.
        rows: row number from 1, increasing, and its texts from column 1; empty rows may be left out.
    """
    known = db.execute(
        "select 1 from original_sheet where sha256 = :sha256 and sheet = :sheet",
        {"sha256": sha256, "sheet": sheet_index},
    ).fetchone()
    if known is not None:
        return
    db.execute(
        "insert into original_sheet (sha256, sheet, name) values (:sha256, :sheet, :name)",
        {"sha256": sha256, "sheet": sheet_index, "name": sheet_name},
    )
    hidden = [c for c in stored_original(db, sha256).redacted if c.sheet == sheet_index]
    block: list[tuple[int, list[str | None]]] = []
    for number, texts in rows:
        kept = list(texts)
        for column in hidden:
            if number >= column.first_row and column.column <= len(kept):
                kept[column.column - 1] = ""
        block.append((number, kept))
        if len(block) >= BLOCK_ROWS:
            _add_rows(db, sha256, sheet_index, block)
            block = []
    if block:
        _add_rows(db, sha256, sheet_index, block)


def _add_rows(
    db: sqlite3.Connection, sha256: str, sheet: int, block: list[tuple[int, list[str | None]]]
) -> None:
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
    db.execute(
        INSERT_ROWS,
        {
            "sha256": sha256,
            "sheet": sheet,
            "first": block[0][0],
            "last": block[-1][0],
            "data": zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL),
        },
    )


def stored_original(db: sqlite3.Connection, sha256: str) -> StoredOriginal:
    """What is known of a kept file; it must be kept."""
    return _original(db.execute(SELECT, {"sha256": sha256}).fetchone())


def stored_originals(db: sqlite3.Connection) -> tuple[StoredOriginal, ...]:
    """All kept files."""
    return tuple(_original(row) for row in db.execute(SELECT, {"sha256": None}))


def _original(row: tuple[str, str, str, int, str, str | None, str]) -> StoredOriginal:
    return StoredOriginal(
        sha256=row[0],
        name=row[1],
        format=row[2],
        size=row[3],
        stored_sha256=row[4],
        dialect=None if row[5] is None else Dialect(**parsed(row[5])),
        redacted=tuple(RedactedColumn(**entry) for entry in parsed(row[6])),
    )


def sheets(db: sqlite3.Connection, sha256: str) -> dict[int, str]:
    """Names of the kept sheets by number; a text table is sheet 0 without a name."""
    rows = db.execute(
        "select sheet, name from original_sheet where sha256 = :sha256 order by sheet",
        {"sha256": sha256},
    )
    return dict(rows.fetchall())


def read_bytes(db: sqlite3.Connection, sha256: str) -> Iterator[bytes]:
    """The kept bytes of a file, block by block."""
    rows = db.execute(
        "select data from original_block where sha256 = :sha256 order by number",
        {"sha256": sha256},
    )
    for (data,) in rows:
        yield zlib.decompress(data)


def is_intact(db: sqlite3.Connection, original: StoredOriginal) -> bool:
    """Whether the kept bytes still have the hash they were stored with."""
    if not original.stored_sha256:
        return True
    digest = hashlib.sha256()
    try:
        for data in read_bytes(db, original.sha256):
            digest.update(data)
    except zlib.error:
        return False
    return digest.hexdigest() == original.stored_sha256


def rows_from(
    db: sqlite3.Connection, sha256: str, sheet: int, first_row: int
) -> Iterator[tuple[int, list[str | None]]]:
    """Rows of a kept sheet or text table from a row number on: number and texts."""
    if sheet in sheets(db, sha256):
        found = db.execute(ROWS_FROM, {"sha256": sha256, "sheet": sheet, "row": first_row})
        for _, data in found:
            for number, texts in parsed(_unpacked(db, data)):
                if number >= first_row:
                    yield number, texts
        return
    dialect = stored_original(db, sha256).dialect
    if dialect is None:
        return
    for start, data in db.execute(BLOCKS_FROM, {"sha256": sha256, "row": first_row}):
        for number, texts in enumerate(split_records(_unpacked(db, data), dialect), start):
            if number >= first_row:
                yield number, list(texts)


def _unpacked(db: sqlite3.Connection, data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise StoreCorrupt(
            N_("A file kept in “{path}” is damaged and cannot be shown."),
            hint=N_("Restore a backup."),
            path=database_file(db),
        ) from error


def cell_texts(
    db: sqlite3.Connection, sha256: str, sheet: int, cells: Iterable[tuple[int, int]]
) -> Mapping[tuple[int, int], str]:
    """The texts of cells of one sheet by row and column, read in order of the rows."""
    wanted: dict[int, set[int]] = {}
    for row, column in cells:
        wanted.setdefault(row, set()).add(column)
    rows = sorted(wanted)
    texts: dict[tuple[int, int], str] = {}
    position = 0
    while position < len(rows):
        start = position
        for number, found in rows_from(db, sha256, sheet, rows[start]):
            position = bisect_left(rows, number, position)
            if position < len(rows) and rows[position] == number:
                columns = (c for c in wanted[number] if 0 < c <= len(found))
                texts.update(((number, column), found[column - 1] or "") for column in columns)
                position += 1
            if position == len(rows) or rows[position] - number > JUMP_ROWS:
                break
        else:
            break
    return texts
