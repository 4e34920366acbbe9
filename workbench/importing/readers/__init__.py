"""The readers, tried in this order; each recognises its format by content, never by suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import N_
from indicators.registry import Registry
from workbench.errors import UserFileError
from workbench.geography.reading import boundary_format
from workbench.importing.raw_table import RawFile, ReadOptions
from workbench.importing.readers import (
    csv_file,
    eurostat_tsv,
    json_stat,
    ods_file,
    parquet,
    px,
    sas,
    sdmx_csv,
    sdmx_json,
    sdmx_ml,
    spss,
    stata,
    xls_file,
    xlsb_file,
    xlsx_file,
)
from workbench.importing.source_file import checked_head


def _always(path: Path) -> bool:
    """For formats that the first bytes tell already."""
    del path
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A file format that can be read.

    Attributes:
        id: code of the format.
        title: its name.
        recognises: tells by the first bytes.
        open: checks the file and describes its sheets.
        belongs: a second look at a file whose first bytes several formats share.
    """

    id: str
    title: str
    recognises: Callable[[bytes], bool]
    open: Callable[[Path, ReadOptions], RawFile]
    belongs: Callable[[Path], bool] = _always


READERS: Registry[Reader] = Registry(
    "file format",
    (
        Reader(
            id="ods",
            title=N_("OpenDocument spreadsheet"),
            recognises=ods_file.recognises,
            open=ods_file.open_file,
            belongs=ods_file.belongs,
        ),
        Reader(
            id="xlsb",
            title=N_("Binary Excel workbook"),
            recognises=xlsb_file.recognises,
            open=xlsb_file.open_file,
            belongs=xlsb_file.belongs,
        ),
        Reader(
            id="xls",
            title=N_("Old Excel workbook"),
            recognises=xls_file.recognises,
            open=xls_file.open_file,
            belongs=xls_file.belongs,
        ),
        Reader(
            id="xlsx",
            title=N_("Excel workbook"),
            recognises=xlsx_file.recognises,
            open=xlsx_file.open_file,
        ),
        Reader(
            id="stata",
            title=N_("Stata file"),
            recognises=stata.recognises,
            open=stata.open_file,
        ),
        Reader(
            id="spss",
            title=N_("SPSS file"),
            recognises=spss.recognises,
            open=spss.open_file,
        ),
        Reader(
            id="sas",
            title=N_("SAS file"),
            recognises=sas.recognises,
            open=sas.open_file,
        ),
        Reader(
            id="parquet",
            title=N_("Parquet file"),
            recognises=parquet.recognises,
            open=parquet.open_file,
        ),
        Reader(
            id="sdmx_ml",
            title=N_("SDMX-ML message"),
            recognises=sdmx_ml.recognises,
            open=sdmx_ml.open_file,
            belongs=sdmx_ml.belongs,
        ),
        Reader(
            id="sdmx_json",
            title=N_("SDMX-JSON message"),
            recognises=sdmx_json.recognises,
            open=sdmx_json.open_file,
            belongs=sdmx_json.belongs,
        ),
        Reader(
            id="json_stat",
            title=N_("JSON-stat data set"),
            recognises=json_stat.recognises,
            open=json_stat.open_file,
        ),
        Reader(
            id="px",
            title=N_("PC-Axis file"),
            recognises=px.recognises,
            open=px.open_file,
        ),
        Reader(
            id="eurostat_tsv",
            title=N_("Table of Eurostat (TSV)"),
            recognises=eurostat_tsv.recognises,
            open=eurostat_tsv.open_file,
        ),
        Reader(
            id="sdmx_csv",
            title=N_("SDMX-CSV table"),
            recognises=sdmx_csv.recognises,
            open=sdmx_csv.open_file,
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
    (b"{\\rtf", "RTF"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def open_raw(path: Path, options: ReadOptions | None = None) -> RawFile:
    """The file with its sheets.

    Raises:
        UserFileError: it cannot be read, is too large, or is of a kind that holds no table.
    """
    head, _ = checked_head(path)
    if boundary_format(head):
        raise UserFileError(
            N_("“{name}” holds boundaries of areas, not a table of numbers."),
            hint=N_("Import it into a project: its areas and their boundaries are entered."),
            path=path,
        )
    known = (reader for reader in READERS if reader.recognises(head) and reader.belongs(path))
    reader = next(known, None)
    if reader is None or reader.id == "csv":
        _refuse_foreign(path, head)
    if reader is None:
        raise _wrong_kind(path, "binary")
    return reader.open(path, options or ReadOptions())


def _refuse_foreign(path: Path, head: bytes) -> None:
    """Refuse what could be read as text but holds no table."""
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            raise _wrong_kind(path, kind)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise _wrong_kind(path, "HTML/XML")


def _wrong_kind(path: Path, kind: str) -> UserFileError:
    return UserFileError(
        N_("“{name}” holds no table this program can read."),
        detail=N_("Its content is of the kind {kind}."),
        hint=N_("Unpack it first, then import the file inside.")
        if kind == "gzip"
        else N_("Save the table as CSV or Excel workbook (xlsx)."),
        path=path,
        kind=kind,
    )
