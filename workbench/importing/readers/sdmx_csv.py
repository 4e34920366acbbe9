"""SDMX-CSV 1.0 and 2.0: a comma-separated table whose columns are components of a structure.

The table is kept as it is; where the message writes ``code: label`` the label gets a column of
its own beside the code. Column numbers are those of the table after that. Row numbers are those
of the records, counted from the header.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from io import StringIO
from pathlib import Path

from indicators.errors import C_, N_
from workbench.errors import UserFileError
from workbench.importing.flat_rows import check_columns, damaged, flat_table, typed
from workbench.importing.raw_table import MAX_FIELD, RawFile, ReadOptions, Row
from workbench.importing.strict_text import marked_encoding, start_of, wrong_encoding

_FIRST = ("DATAFLOW", "STRUCTURE")
_VALUE = "OBS_VALUE"
_DELIMITERS = (",", ";", "\t")
_LABEL = ": "
_DELETES = frozenset(("D", "DELETE"))


def recognises(head: bytes) -> bool:
    """Whether the first line names a structure and the column of values."""
    return _dialect(start_of(head)) is not None


def _dialect(text: str) -> tuple[str, list[str]] | None:
    """Delimiter and names of the header, or None when it is none of SDMX."""
    line = text.splitlines()[0] if text.strip() else ""
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader(StringIO(line), delimiter=delimiter), [])
        except csv.Error:
            continue
        codes = [name.partition(":")[0].strip() for name in names]
        if codes and codes[0] in _FIRST and _VALUE in codes:
            return delimiter, [name.strip() for name in names]
    return None


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The message as one table.

    Raises:
        UserFileError: not UTF-8, damaged, or a message that deletes.
    """
    del options
    with path.open("rb") as stream:
        head = stream.readline(MAX_FIELD)
    encoding = marked_encoding(head) or "utf-8"
    try:
        found = _dialect(head.decode(encoding))
    except UnicodeDecodeError as error:
        raise wrong_encoding(path, encoding) from error
    if found is None:
        raise damaged(path, N_("Its header cannot be read."))
    delimiter, names = found
    check_columns(path, len(names))
    rows = partial(_rows, path, encoding, delimiter, names)
    return RawFile(
        path=path,
        format="sdmx_csv",
        tables=(flat_table(path, "", 1, rows),),
        encoding=encoding,
        delimiter=delimiter,
        size=path.stat().st_size,
    )


def _rows(path: Path, encoding: str, delimiter: str, names: Sequence[str]) -> Iterator[Row]:
    """The names, then the records."""
    csv.field_size_limit(MAX_FIELD)
    codes = [name.partition(_LABEL)[0] for name in names]
    split = [_LABEL in name and code != _VALUE for name, code in zip(names, codes, strict=True)]
    yield _header(codes, split)
    action = names.index("ACTION") if "ACTION" in names else -1
    value = codes.index(_VALUE)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            records = csv.reader(stream, delimiter=delimiter, strict=True)
            next(records, None)
            for record in records:
                if not record:
                    yield []
                    continue
                _check(path, record, len(names), action, records.line_num)
                record[value] = typed(record[value].strip())
                yield _split(record, split)
    except UnicodeDecodeError as error:
        raise wrong_encoding(path, encoding) from error
    except csv.Error as error:
        raise damaged(
            path, N_("Line {line}: {reason}."), line=records.line_num, reason=str(error)
        ) from error


def _check(path: Path, record: Sequence[str], width: int, action: int, line: int) -> None:
    if len(record) != width:
        raise damaged(
            path,
            C_(
                "Line {line} has {found} cell instead of {size}.",
                "Line {line} has {found} cells instead of {size}.",
                by="found",
            ),
            line=line,
            found=len(record),
            size=width,
        )
    if action >= 0 and record[action].strip().upper() in _DELETES:
        raise UserFileError(
            N_("“{name}” asks to delete observations, which this program never does."),
            detail=N_("Line {line} does."),
            hint=N_("Ask its source for the data themselves."),
            path=path,
            line=line,
        )


def _header(codes: Sequence[str], split: Sequence[bool]) -> Row:
    names = []
    for code, has_label in zip(codes, split, strict=True):
        names += [code, f"{code} label"] if has_label else [code]
    return names


def _split(record: Sequence[str], split: Sequence[bool]) -> Row:
    """The record with labels in cells of their own."""
    if True not in split:
        return list(record)
    row: Row = []
    for cell, has_label in zip(record, split, strict=True):
        code, _, label = cell.partition(_LABEL) if has_label else (cell, "", "")
        row += [code, label] if has_label else [code]
    return row
