"""The readers, tried in this order; each recognises its format by content, never by suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import N_
from indicators.registry import Registry
from workbench.errors import UserFileError
from workbench.importing.raw_table import RawFile, ReadOptions
from workbench.importing.readers import csv_file, xlsx_file
from workbench.importing.source_file import checked_head


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A file format that can be read.

    Attributes:
        id: code of the format.
        title: its name.
        recognises: tells by the first bytes.
        open: checks the file and describes its sheets.
    """

    id: str
    title: str
    recognises: Callable[[bytes], bool]
    open: Callable[[Path, ReadOptions], RawFile]


READERS: Registry[Reader] = Registry(
    "file format",
    (
        Reader(
            id="xlsx",
            title=N_("Excel workbook"),
            recognises=xlsx_file.recognises,
            open=xlsx_file.open_file,
        ),
        Reader(
            id="csv",
            title=N_("Text table"),
            recognises=csv_file.recognises,
            open=csv_file.open_file,
        ),
    ),
)
"""All formats."""

_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"PAR1", "Parquet"),
    (b"{\\rtf", "RTF"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def open_raw(path: Path, options: ReadOptions | None = None) -> RawFile:
    """The file with its sheets.

    Raises:
        UserFileError: it cannot be read, is too large, or is of a kind that holds no table.
    """
    head, _ = checked_head(path)
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            raise _wrong_kind(path, kind)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise _wrong_kind(path, "HTML/XML")
    for reader in READERS:
        if reader.recognises(head):
            return reader.open(path, options or ReadOptions())
    raise _wrong_kind(path, "binary")


def _wrong_kind(path: Path, kind: str) -> UserFileError:
    return UserFileError(
        N_("“{name}” holds no table this program can read."),
        detail=N_("Its content is of the kind {kind}."),
        hint=N_("Save the table as CSV or Excel workbook (xlsx)."),
        path=path,
        kind=kind,
    )
