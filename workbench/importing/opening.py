"""Open a file and find its table: by a recipe, a preset, or by its looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.aliases_files import header_aliases
from workbench.importing.grid import repaired, with_labels, with_letters
from workbench.importing.layout import Header, find_header, header_at, year_of_header
from workbench.importing.names import normal
from workbench.importing.periods import PeriodRules, parse_period
from workbench.importing.personal import Sign, personal_columns
from workbench.importing.plan import choose_table, choose_tables, locate, no_table
from workbench.importing.presets import recognise
from workbench.importing.raw_table import (
    MAX_COLUMNS,
    RawFile,
    RawTable,
    ReadOptions,
    Row,
    SheetFacts,
)
from workbench.importing.readers import open_raw
from workbench.importing.recipe import EVERY_SHEET, MOJIBAKE, YEAR_HEADER, Reading, Recipe
from workbench.importing.report import Remark

FIRST_ROWS = 200
BLIND = ("xls", "xlsb", "ods")
"""Spreadsheets whose reader tells cells only."""
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
    misread: tuple[str, str] = ("", "")
    """A text whose letters were read wrongly once, as it is and as it was."""
    tables: tuple[RawTable, ...] = ()
    chosen: tuple[tuple[RawTable, Header], ...] = ()
    personal_of: Mapping[int, Mapping[int, Sign]] = field(default_factory=dict)
    """Personal columns by number of the sheet."""
    remarks: tuple[Remark, ...] = ()
    """What differs from what the recipe says."""
    """The sheets that hold a table, when no sheet was named."""


def open_for(
    path: Path,
    recipe: Recipe | None,
    *,
    last_year: int,
    sheet: str = "",
    search: bool = True,
    reading: Reading | None = None,
    repair: bool = True,
) -> Opened:
    """Open a file and find its table, by a recipe, a preset or by its looks.

    Args:
        path: the file.
        recipe: the recipe to use, or None to look for a preset.
        last_year: latest year that is believed.
        sheet: name of the sheet; empty: that of the recipe, else the first with a table.
        search: False does not look for a preset.
        reading: what a person said about the file, without a recipe.
        repair: False leaves letters as they are that were read wrongly once.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
    """
    reading = recipe.reading if recipe else (reading or Reading())
    options = ReadOptions(encoding=reading.encoding, delimiter=reading.delimiter)
    file = open_raw(path, options)
    if reading.repair == MOJIBAKE:
        file = replace(file, tables=tuple(with_letters(table) for table in file.tables))
    asked = replace(recipe or Recipe(reading=reading))
    if sheet:
        asked = replace(asked, reading=replace(asked.reading, sheet=sheet))
    if recipe is not None:
        return _by_recipe(file, asked, recipe, last_year)
    return _by_looks(file, asked, last_year, search=search, repair=repair)


def _by_recipe(file: RawFile, asked: Recipe, recipe: Recipe, last_year: int) -> Opened:
    """The sheets of a recipe with their headers."""
    chosen: list[tuple[RawTable, Header]] = []
    for table in choose_tables(file, asked):
        rows = _first_rows(file, table)
        try:
            header: Header | None = locate(file, rows, recipe, last_year)
        except UserFileError:
            if chosen or asked.reading.sheet == EVERY_SHEET:
                continue
            raise
        assert header is not None
        chosen.append((_with_labels(table, header, recipe), header))
    if not chosen:
        raise no_table(file.path)
    table, header = chosen[0]
    rows = _first_rows(file, table)
    is_preset = bool(recipe.match.requires)
    opened = _opened(file, table, header, rows, recipe, is_preset, PERSONAL_ROWS)
    personal = {
        other.index: _personal(other, own, recipe, PERSONAL_ROWS) for other, own in chosen[1:]
    }
    return replace(opened, chosen=tuple(chosen), personal_of={**opened.personal_of, **personal})


def _by_looks(
    file: RawFile, asked: Recipe, last_year: int, *, search: bool, repair: bool
) -> Opened:
    """The first sheet with a table, by a preset or by its looks, and which sheets have one."""
    reading = asked.reading
    candidates = [choose_table(file, asked)] if asked.reading.sheet else _candidates(file)
    found: Opened | None = None
    with_table: list[RawTable] = []
    for table in candidates:
        rows = _first_rows(file, table)
        misread = _misread(rows) if repair and not reading.repair else ("", "")
        if misread[0]:
            table = with_letters(table)
            rows = _first_rows(file, table)
        known = recognise(rows) if search else None
        if known is not None:
            return _opened(file, table, known[1], rows, known[0], True, PERSONAL_ROWS)
        header = _header(rows, reading, last_year)
        if header is not None and has_values(header, rows, last_year):
            with_table.append(table)
        if found is None or (found.header is None and header is not None):
            found = _opened(file, table, header, rows, None, False, PERSONAL_ROWS)
            found = replace(found, misread=misread)
    assert found is not None  # a file has at least one sheet
    return replace(found, tables=tuple(with_table))


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


def _header(rows: Sequence[Row], reading: Reading, last_year: int) -> Header | None:
    if reading.header_row:
        return header_at(rows, reading.header_row, reading.header_rows)
    return find_header(rows, last_year)


def _with_labels(table: RawTable, header: Header | None, recipe: Recipe) -> RawTable:
    """The table with labels repeated that stand on the first row of their group only."""
    if header is None or not any(column.fill for column in recipe.columns):
        return table
    fill = [header.column(c.name) for c in recipe.columns if c.fill]
    values = [
        index
        for index, name in enumerate(header.names)
        if year_of_header(name, recipe.year_columns)
        or any(c.role == "value" and header.column(c.name) == index for c in recipe.columns)
    ]
    first = header.row + recipe.reading.header_rows
    return with_labels(table, first, [i for i in fill if i is not None], values)


def _misread(rows: Sequence[Row]) -> tuple[str, str]:
    """The first text whose letters were read wrongly once, and what it was."""
    for row in rows:
        for cell in row:
            if not cell.isascii() and repaired(cell) != cell:
                return cell.strip(), repaired(cell).strip()
    return "", ""


def _candidates(file: RawFile) -> list[RawTable]:
    """All sheets, the visible ones first."""
    return sorted(file.tables, key=lambda table: table.hidden)


def has_values(header: Header, rows: Sequence[Row], last_year: int) -> bool:
    """Whether a table looks like data: periods in its header or rows, and several rows."""
    if sum(1 for n in header.names if year_of_header(n, YEAR_HEADER)) >= 2:
        return True
    rules = PeriodRules(last_year=last_year, fiscal_start=1)
    below = [row for row in rows[header.row + header.rows - 1 :] if len(row) > 1][:20]
    dated = [
        row for row in below if any(isinstance(parse_period(c, rules), int) for c in row if c)
    ]
    return len(below) > 1 and len(dated) > len(below) / 2


def _opened(
    file: RawFile,
    table: RawTable,
    header: Header | None,
    rows: Sequence[Row],
    recipe: Recipe | None,
    is_preset: bool,
    sample: int,
) -> Opened:
    personal = {} if header is None else _personal(table, header, recipe, sample)
    chosen = () if header is None else ((table, header),)
    return Opened(
        chosen=chosen,
        file=file,
        table=table,
        header=header,
        rows=tuple(rows),
        recipe=recipe,
        is_preset=is_preset,
        personal=personal,
        personal_of={table.index: personal},
    )


def _personal(
    table: RawTable, header: Header, recipe: Recipe | None, sample: int
) -> dict[int, Sign]:
    """The columns of a sheet that look like data about single persons."""
    listed: set[int] = set()
    if recipe is not None:
        columns = (header.column(c.name) for c in recipe.columns if c.role != "personal")
        listed = {index for index in columns if index is not None}
    else:
        aliases = header_aliases()
        roles = enumerate(aliases.get(normal(name), "") for name in header.names)
        listed = {index for index, role in roles if role in ("period", "area", "value")}
    end = header.row + header.rows - 1
    below = table.first_rows(end + sample)[end:]
    return personal_columns(header, below, listed)


def file_remarks(opened: Opened) -> tuple[Remark, ...]:
    """Remarks that hold for the file whatever its cells say."""
    remarks = list(opened.remarks)
    if opened.file.encoding_guessed:
        data = {"encoding": opened.file.encoding}
        remarks.append(Remark(code="guessed_encoding", data=data))
    if opened.file.format in BLIND:
        remarks.append(Remark(code="beyond_sight", data={"format": opened.file.format}))
    for table, header in opened.chosen:
        for index, sign in opened.personal_of.get(table.index, {}).items():
            fields = {"column": header.names[index], "what": sign.text}
            remarks.append(Remark(code="personal_column", data=fields))
        remarks += sheet_remarks(table)
    hidden = [table.name for table, _ in opened.chosen if table.hidden]
    remarks += [Remark(code="hidden_sheet", data={"sheet": name}) for name in hidden]
    return tuple(remarks)


def sheet_remarks(table: RawTable) -> list[Remark]:
    """What a spreadsheet hides, protects or says beside its cells."""
    facts = table.facts() if table.facts is not None else SheetFacts()
    remarks = [] if facts.known else [Remark(code="beyond_sight", data={"format": "xlsx"})]
    if facts.hidden_rows:
        fields: dict[str, object] = {"sheet": table.name}
        remarks.append(Remark(code="hidden_rows", count=facts.hidden_rows, data=fields))
    if facts.hidden_columns:
        fields = {"sheet": table.name, "values": ", ".join(facts.hidden_columns)}
        remarks.append(Remark(code="hidden_columns", count=len(facts.hidden_columns), data=fields))
    for code, count in (
        ("cell_comments", facts.comments),
        ("formulas", facts.formulas),
        ("protected_sheet", int(facts.protected)),
    ):
        if count:
            remarks.append(Remark(code=code, count=count, data={"sheet": table.name}))
    return remarks
