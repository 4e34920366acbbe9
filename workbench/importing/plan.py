"""A recipe laid over the header of a real table: which column is read how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.aliases_files import header_aliases
from workbench.importing.categories import DIMENSIONS
from workbench.importing.cells import DEFAULT_MISSING, CellRules
from workbench.importing.layout import Header, find_header, find_named, header_at, year_of_header
from workbench.importing.names import normal, slug
from workbench.importing.numbers import NumberFormat, number_format
from workbench.importing.periods import PeriodRules
from workbench.importing.raw_table import RawFile, RawTable, Row
from workbench.importing.recipe import EVERY_SHEET, Column, Recipe

_NO_KEY = frozenset(
    (
        *("value", "period", "part", "status", "flags", "magnitude"),
        *("note", "ignore", "personal"),
    )
)
BESIDE = ("status", "flags", "magnitude")
"""Columns that say something about the value beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyColumn:
    """A column whose texts say which series a row belongs to.

    Attributes:
        index: column from 0.
        role: ``variable``, ``area``, ``unit``, ``case`` or a dimension.
        values: our code by normal form of the file's text.
        by: index of the column that says what a ``case`` column holds.
        cases: role by text of that column.
        into: dimensions of a ``split`` column.
        scheme: of areas, see ``recipe.Column``.
        fixed: codes by dimension that the mark of a ``flag`` column stands for.
    """

    index: int
    role: str
    values: Mapping[str, str] = field(default_factory=dict)
    by: int = -1
    cases: Mapping[str, str] = field(default_factory=dict)
    into: tuple[str, ...] = ()
    scheme: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueColumn:
    """A column of values.

    Attributes:
        index: column from 0.
        rules: how its cells are read.
        period: text of the period of the whole column; empty: the row says it.
        part: text of the month or quarter of the whole column, in the year the row says.
        fixed: codes by dimension of the whole column.
    """

    index: int
    rules: CellRules
    period: str = ""
    part: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do with every column of one table.

    Attributes:
        path, recipe, table, header: what it was made of.
        keys: in order of columns.
        values: at least one, but for rows that are cases.
        period: index of the period column, or None when columns say it.
        part: index of the column of months or quarters beside it, or None.
        period_rules: how periods are read.
        beside: index by role of columns that say something about the value.
        ignored: indexes of named columns that are not read.
        personal: indexes of columns to blank.
    """

    path: Path
    recipe: Recipe
    table: RawTable
    header: Header
    keys: tuple[KeyColumn, ...]
    values: tuple[ValueColumn, ...]
    period: int | None
    period_rules: PeriodRules
    part: int | None = None
    beside: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[int, ...] = ()
    personal: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """Columns of the table."""
        return len(self.header.names)


def choose_table(file: RawFile, recipe: Recipe) -> RawTable:
    """The sheet a recipe names, else the first visible one.

    Raises:
        UserFileError: there is no such sheet.
    """
    wanted = recipe.reading.sheet
    if not wanted:
        visible = [table for table in file.tables if not table.hidden] or list(file.tables)
        if visible:
            return visible[0]
    for table in file.tables:
        if normal(table.name) == normal(wanted) or str(table.index) == wanted:
            return table
    raise UserFileError(
        N_("“{name}” has no sheet “{sheet}”."),
        hint=N_("Its sheets are: {known}."),
        path=file.path,
        sheet=wanted,
        known=", ".join(table.name for table in file.tables),
    )


def choose_tables(file: RawFile, recipe: Recipe) -> list[RawTable]:
    """The sheets a recipe names: one, several with ``|``, or all visible ones with ``*``.

    Raises:
        UserFileError: there is no such sheet.
    """
    wanted = recipe.reading.sheet
    if wanted == EVERY_SHEET:
        return [table for table in file.tables if not table.hidden] or list(file.tables)
    known = {normal(table.name) for table in file.tables}
    if "|" not in wanted or normal(wanted) in known:
        return [choose_table(file, recipe)]
    return [
        choose_table(file, replace(recipe, reading=replace(recipe.reading, sheet=name.strip())))
        for name in wanted.split("|")
    ]


def locate(file: RawFile, rows: Sequence[Row], recipe: Recipe, last_year: int) -> Header:
    """The header a recipe speaks of.

    Raises:
        UserFileError: the table has no such header.
    """
    reading = recipe.reading
    header: Header | None
    if reading.header_row:
        header = header_at(rows, reading.header_row, reading.header_rows)
    else:
        required = recipe.match.requires or [
            column.name for column in recipe.columns if column.role not in ("ignore", "note")
        ]
        header = find_named(rows, required, reading.header_rows) or find_header(rows, last_year)
    if header is None or not header.names:
        raise no_table(file.path)
    return header


def no_table(path: Path) -> UserFileError:
    """The refusal of a file without a table."""
    return UserFileError(
        N_("No table was found in “{name}”."),
        hint=N_("A table needs one row of column names above its numbers."),
        path=path,
    )


def make_plan(
    file: RawFile,
    table: RawTable,
    header: Header,
    recipe: Recipe,
    *,
    last_year: int,
    personal: Sequence[int] = (),
) -> Plan:
    """The plan of a table.

    Raises:
        UserFileError: a column the recipe needs is missing or its name stands twice.
    """
    listed = _listed(file, header, recipe)
    taken = frozenset(column.role for column in listed.values())
    roles = {
        index: listed.get(index) or _other(name, recipe, taken)
        for index, name in enumerate(header.names)
        if index not in personal
    }
    rules = _cell_rules(recipe, roles.values())
    values = tuple(
        _value_column(index, column, recipe, rules)
        for index, column in roles.items()
        if column.role == "value"
    )
    if not values and recipe.layout != "cases":
        raise UserFileError(
            N_("No column of values was found in “{name}”."),
            hint=N_("Say which column holds the values."),
            path=file.path,
        )
    if not any(column.role == "period" for column in roles.values()) and not (
        values and all(column.period for column in values)
    ):
        raise UserFileError(
            N_("No column of years or periods was found in “{name}”."),
            hint=N_("Say which column holds the year."),
            path=file.path,
        )
    single = {
        role: next((i for i, column in roles.items() if column.role == role), None)
        for role in ("period", "part", *BESIDE)
    }
    return Plan(
        path=file.path,
        recipe=recipe,
        table=table,
        header=header,
        keys=tuple(_key_columns(roles, header)),
        values=values,
        period=single["period"],
        period_rules=PeriodRules(
            last_year=last_year,
            fiscal_start=recipe.fiscal_start or None,
            machine=recipe.machine_periods,
            dates=recipe.dates,
        ),
        part=single["part"],
        beside={role: index for role in BESIDE if (index := single[role]) is not None},
        ignored=_ignored(roles, header),
        personal=tuple(personal),
    )


def _ignored(roles: Mapping[int, Column], header: Header) -> tuple[int, ...]:
    asked = {header.column(column.by) for column in roles.values() if column.by}
    return tuple(
        index
        for index, column in roles.items()
        if column.role == "ignore" and header.names[index] and index not in asked
    )


def _listed(file: RawFile, header: Header, recipe: Recipe) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for column in recipe.columns:
        index = header.column(column.name)
        if index is not None:
            found[index] = column
        elif normal(column.name) in {normal(name) for name in header.repeated}:
            raise UserFileError(
                N_("“{name}” has two columns with the name “{column}”."),
                hint=N_("Rename one of them in the file."),
                path=file.path,
                column=column.name,
            )
        elif column.name in recipe.match.requires or (
            not recipe.match.requires and column.role in ("variable", "area", "period", "value")
        ):
            raise UserFileError(
                N_("“{name}” has no column “{column}”, which the recipe needs."),
                hint=N_("Choose another recipe, or correct the name in the file."),
                path=file.path,
                column=column.name,
            )
    return found


def _other(name: str, recipe: Recipe, taken: frozenset[str]) -> Column:
    """What a column is that the recipe does not list; ``taken`` are the roles it lists."""
    year = year_of_header(name, recipe.year_columns) if recipe.layout == "wide" else None
    if year is not None:
        return Column(
            name=name, role="value", number_format=recipe.year_format, fixed={"period": year}
        )
    if recipe.others in ("dimension", "own") and name.upper() in DIMENSIONS:
        return Column(name=name, role=name.upper())
    meaning = header_aliases().get(normal(name), "") if recipe.others == "own" else ""
    if meaning == "note" or (meaning in DIMENSIONS and meaning not in taken):
        return Column(name=name, role=meaning)
    if recipe.others == "own" and name:
        return Column(name=name, role=own_dimension(name))
    return Column(name=name, role="ignore")


def own_dimension(name: str) -> str:
    """The code of a dimension the program does not know."""
    return "N_" + slug(name).upper()


def _cell_rules(recipe: Recipe, columns: Iterable[Column]) -> CellRules:
    texts: dict[str, dict[str, str]] = {role: {} for role in BESIDE}
    for column in columns:
        if column.role in texts:
            texts[column.role].update(column.values)
    return CellRules(
        form=NumberFormat.WHOLE,
        missing={**DEFAULT_MISSING, **recipe.missing},
        below_low=recipe.below_low,
        zeros_confirmed=recipe.zeros_confirmed,
        flag_texts=texts["flags"],
        status_texts=texts["status"],
        scale=recipe.scale,
        largest=recipe.largest,
        scales={text: int(scale) for text, scale in texts["magnitude"].items()},
    )


def _value_column(index: int, column: Column, recipe: Recipe, rules: CellRules) -> ValueColumn:
    fixed = dict(column.fixed)
    period = fixed.pop("period", "")
    written = column.number_format or recipe.year_format
    form = number_format(written) if written else NumberFormat.WHOLE
    return ValueColumn(
        index=index,
        rules=replace(rules, form=form),
        period=period,
        part=fixed.pop("part", ""),
        fixed=fixed,
    )


def _key_columns(roles: Mapping[int, Column], header: Header) -> list[KeyColumn]:
    keys = []
    asked = {header.column(column.by) for column in roles.values() if column.by}
    for index, column in roles.items():
        if column.role in _NO_KEY and index not in asked:
            continue
        by = header.column(column.by) if column.by else None
        keys.append(
            KeyColumn(
                index=index,
                role="ignore" if column.role in _NO_KEY else column.role,
                values={normal(text): code for text, code in column.values.items()},
                by=-1 if by is None else by,
                cases={normal(text): role for text, role in column.cases.items()},
                into=column.into,
                scheme=column.scheme,
                fixed=column.fixed if column.role == "flag" else {},
            )
        )
    return keys
