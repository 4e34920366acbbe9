"""Open a file and find its table: by a recipe, a preset, or by its looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.layout import Header, find_header
from workbench.importing.personal import Sign, personal_columns
from workbench.importing.plan import choose_table, locate
from workbench.importing.presets import recognise
from workbench.importing.raw_table import MAX_COLUMNS, RawFile, RawTable, ReadOptions, Row
from workbench.importing.readers import open_raw
from workbench.importing.recipe import Recipe
from workbench.importing.report import Remark

FIRST_ROWS = 200
PERSONAL_ROWS = 2_000
"""Rows in which personal data is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file with the sheet, header and recipe it would be read by."""

    file: RawFile
    table: RawTable
    header: Header | None
    rows: tuple[Row, ...]
    recipe: Recipe | None
    is_preset: bool
    personal: Mapping[int, Sign]


def open_for(
    path: Path, recipe: Recipe | None, *, last_year: int, sheet: str = "", search: bool = True
) -> Opened:
    """Open a file and find its table, by a recipe, a preset or by its looks.

    Args:
        path: the file.
        recipe: the recipe to use, or None to look for a preset.
        last_year: latest year that is believed.
        sheet: name of the sheet; empty: that of the recipe, else the first with a table.
        search: False does not look for a preset.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
    """
    reading = recipe.reading if recipe else None
    options = ReadOptions(
        encoding=reading.encoding if reading else "",
        delimiter=reading.delimiter if reading else "",
    )
    file = open_raw(path, options)
    asked = replace(recipe or Recipe())
    if sheet:
        asked = replace(asked, reading=replace(asked.reading, sheet=sheet))
    if recipe is not None:
        table = choose_table(file, asked)
        rows = _first_rows(file, table)
        header: Header | None = locate(file, rows, recipe, last_year)
        is_preset = bool(recipe.match.requires)
        return _opened(file, table, header, rows, recipe, is_preset, PERSONAL_ROWS)
    candidates = [choose_table(file, asked)] if asked.reading.sheet else _candidates(file)
    opened: Opened | None = None
    for table in candidates:
        rows = _first_rows(file, table)
        known = recognise(rows) if search else None
        if known is not None:
            return _opened(file, table, known[1], rows, known[0], True, PERSONAL_ROWS)
        header = find_header(rows, last_year)
        if opened is None or (opened.header is None and header is not None):
            opened = _opened(file, table, header, rows, None, False, PERSONAL_ROWS)
    assert opened is not None  # a file has at least one sheet
    return opened


def _first_rows(file: RawFile, table: RawTable) -> list[Row]:
    """The rows in which a table is looked for.

    Raises:
        UserFileError: a row has more cells than the program takes.
    """
    rows = table.first_rows(FIRST_ROWS)
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise UserFileError(
            N_("The table in “{name}” has more than {limit} columns."),
            hint=N_("Save only the columns that are needed."),
            path=file.path,
            limit=MAX_COLUMNS,
        )
    return rows


def _candidates(file: RawFile) -> list[RawTable]:
    return [table for table in file.tables if not table.hidden] or list(file.tables)


def _opened(
    file: RawFile,
    table: RawTable,
    header: Header | None,
    rows: Sequence[Row],
    recipe: Recipe | None,
    is_preset: bool,
    sample: int,
) -> Opened:
    personal: dict[int, Sign] = {}
    if header is not None:
        listed = set()
        if recipe is not None:
            columns = (header.column(column.name) for column in recipe.columns)
            listed = {index for index in columns if index is not None}
        below = table.first_rows(header.row + sample)[header.row :]
        personal = personal_columns(header, below, listed)
    return Opened(
        file=file,
        table=table,
        header=header,
        rows=tuple(rows),
        recipe=recipe,
        is_preset=is_preset,
        personal=personal,
    )


def file_remarks(opened: Opened) -> tuple[Remark, ...]:
    """Remarks that hold for the file whatever its cells say."""
    remarks = []
    if opened.file.encoding_guessed:
        data = {"encoding": opened.file.encoding}
        remarks.append(Remark(code="guessed_encoding", data=data))
    header = opened.header
    for index, sign in opened.personal.items():
        assert header is not None  # personal columns stand under one
        fields = {"column": header.names[index], "what": sign.text}
        remarks.append(Remark(code="personal_column", data=fields))
    return tuple(remarks)
