"""How a file is read, as data: frozen dataclasses and their TOML form.

A recipe can be saved, read by people, kept with the version it made, and used again next year.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing import toml_text
from workbench.importing.names import normal
from workbench.importing.numbers import number_format

ROLES = (
    "variable",
    "area",
    "period",
    "value",
    "unit",
    "status",
    "flags",
    "note",
    "ignore",
    "personal",
    "case",
    "part",
    "edition",
    "magnitude",
    "split",
    "flag",
)
"""What a column can be, beside a dimension code such as ``SEX``.

``case``: see ``Column.by``; ``part``: month, quarter or half-year beside a column of years;
``edition``: which edition of the numbers a row belongs to, the last one counts; ``magnitude``:
thousands, millions; ``split``: see ``Column.into``; ``flag``: of cases, 1 says that the row has the
codes of ``fixed``, and a row may have several.
"""
SCHEMES = ("", "own", "world", "m49")
LAYOUTS = ("long", "wide", "cases")
MOJIBAKE = "utf-8 read as cp1252"
"""The one repair of letters: they were UTF-8 and a program took them for Windows letters."""
EVERY_SHEET = "*"
"""Stands for all sheets that hold a table."""
YEAR_HEADER = r"((?:19|20)\d\d)(?:\.0)?"
"""Header of a value column that holds one year."""
SELECTED = re.compile(r"([a-z0-9_]+)\[([A-Z_]+=[A-Za-z0-9_]+(?:,[A-Z_]+=[A-Za-z0-9_]+)*)\]")
"""A variable with the breakdown that one text of a file stands for."""
AUTO = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where the table stands in the file; empty and 0 mean that it is found.

    Attributes:
        encoding, delimiter: of text files.
        sheet: name of the sheet; ``*``: all visible sheets with a table; several with ``|``.
        repair: ``utf-8 read as cp1252`` puts right letters that were read wrongly once.
        header_row: row of the header, from 1.
        header_rows: how many rows the header has.
        footer_rows: lines below the table that are notes.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    repair: str = ""
    header_row: int = AUTO
    header_rows: int = 1
    footer_rows: int = AUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column of the file holds.

    Attributes:
        name: its header, compared without case, accents and blanks.
        role: one of ``ROLES`` or a dimension code.
        number_format: of a value column, as people see it (``1,234.5``); empty: decide.
        values: our code by text of the file; of a column of variables also a code with its
            breakdown, such as ``vic_detected[FORM=SEX]``.
        by: for the role ``case``: header of the column that says what this one holds.
        cases: for the role ``case``: by text of ``by``, a dimension, ``ignore`` or ``leave_out``.
        fixed: for a value column: codes by dimension, or ``period``, ``part``, ``variable``,
            that hold for it alone; for the role ``flag``: codes by dimension that a mark stands
            for, several with ``+``.
        fill: a blank cell says the same as the one above it.
        into: for the role ``split``: dimensions whose codes stand together in one text.
        scheme: of areas: ``own`` never takes a text for a country; ``world``: the rows are
            countries, so ``Total`` is none; ``m49``: the same with the numbers of M49.
    """

    name: str
    role: str
    number_format: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    cases: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    fill: bool = False
    into: tuple[str, ...] = ()
    scheme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """By which headers a preset knows its layout.

    Attributes:
        requires: headers that must all be there.
        any_of: of these at least one must be there; empty: none.
        allows: further headers that may be there; ``*`` allows any, ``@dimensions`` all codes.
    """

    requires: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one layout is read.

    Attributes:
        name: code of the recipe.
        title: what it reads, in English.
        dataset: dataset its deliveries belong to; empty: from the file name.
        layout: ``long``, ``wide`` (one value column for each year) or ``cases`` (a row a case:
            rows are counted, in total and by each dimension).
        reading, columns, match: see the classes.
        others: what columns not listed are: ``dimension`` (of their code), ``own`` (a dimension
            of the office), ``ignore``.
        year_columns: regular expression of a header that is a year; the first group is the year.
        year_format: number format of the year columns.
        constants: ``variable``, ``area``, ``unit`` or dimension codes for the whole file.
        missing: kind of missing (or ``zero``) by mark, beside the usual ones.
        below_low: low end of ``<5``.
        zeros_confirmed: True when zeros are confirmed by the source.
        fiscal_start: month in which years over two calendar years begin; 0: such years wait.
        machine_periods: True when periods are written as this program writes them.
        fingerprint: hash of the headers this recipe was made for; empty for presets.
        scale: what all numbers are multiplied with, 1000 for thousands.
        largest: numbers above it are codes that slipped in and are set aside; 0: no limit.
        dates: ``years``: dates of the first of January mean years; ``months``: ``2009/10`` is a month;
            ``quarters``: ``2009 - 1`` is a quarter.
        by_unit: by text of the unit, the variable of rows in that unit, or ``leave_out``.
    """

    name: str = ""
    title: str = ""
    dataset: str = ""
    layout: str = "long"
    reading: Reading = field(default_factory=Reading)
    columns: tuple[Column, ...] = ()
    match: Match = field(default_factory=Match)
    others: str = "ignore"
    year_columns: str = YEAR_HEADER
    year_format: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    below_low: int = 1
    zeros_confirmed: bool = False
    fiscal_start: int = 0
    machine_periods: bool = False
    fingerprint: str = ""
    scale: int = 1
    largest: int = 0
    dates: str = ""
    by_unit: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> str:
        """The recipe as TOML text that ``parse`` reads back to an equal recipe."""
        return toml_text.dump(_plain(self))


def fingerprint(headers: Iterable[str]) -> str:
    """Hash of a header row, the same for the same names in the same order."""
    return hashlib.sha256("\x1f".join(normal(name) for name in headers).encode()).hexdigest()[:16]


def parse(text: str, path: Path) -> Recipe:
    """The recipe in a TOML text.

    Raises:
        UserFileError: no TOML, an unknown field, a wrong type or an unknown role.
    """
    try:
        data = tomllib.loads(text)
        return _recipe(data)
    except tomllib.TOMLDecodeError as error:
        raise UserFileError(
            N_("The recipe “{name}” is no valid TOML."),
            detail=N_("The reader says: {reason}."),
            path=path,
            reason=str(error),
        ) from error
    except (TypeError, ValueError, KeyError) as error:
        raise UserFileError(
            N_("The recipe “{name}” cannot be used."),
            detail=N_("{reason}."),
            hint=N_("Compare it with a recipe that the program saved."),
            path=path,
            reason=str(error).strip("'\""),
        ) from error


def load(path: Path | str) -> Recipe:
    """The recipe in a file.

    Raises:
        UserFileError: the file cannot be read or is no recipe.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFileError(
            N_("The recipe “{name}” cannot be opened."),
            detail=N_("The system says: {reason}."),
            path=path,
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    return parse(text, path)


def _plain(thing: Any) -> dict[str, Any]:
    """Fields that differ from their default, as TOML values; lists of columns are tables."""
    default = type(thing)() if type(thing) is not Column else None
    found: dict[str, Any] = {}
    for item in fields(thing):
        value = getattr(thing, item.name)
        if default is not None and value == getattr(default, item.name):
            continue
        if default is None and item.name not in ("name", "role") and not value:
            continue
        if item.name == "columns":
            found["column"] = [_plain(column) for column in value]
        elif isinstance(value, (Reading, Match)):
            found[item.name] = _plain(value)
        elif isinstance(value, Mapping):
            found[item.name] = dict(value)
        else:
            found[item.name] = list(value) if isinstance(value, tuple) else value
    return found


def _recipe(data: dict[str, Any]) -> Recipe:
    data = dict(data)
    parts: dict[str, Any] = {
        "reading": Reading(**_typed(Reading, data.pop("reading", {}))),
        "match": Match(**_typed(Match, data.pop("match", {}))),
        "columns": tuple(Column(**_typed(Column, part)) for part in data.pop("column", [])),
    }
    recipe = Recipe(**_typed(Recipe, data), **parts)
    _check(recipe)
    return recipe


_TEXT_TABLES = ("values", "cases", "fixed", "constants", "missing", "by_unit")
_TUPLES = ("requires", "any_of", "allows", "into")


def _typed(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with their types checked; lists become tuples."""
    known = {item.name: item for item in fields(kind)}
    result: dict[str, Any] = {}
    for name, value in data.items():
        if name not in known:
            raise ValueError(f"unknown field {name}")
        result[name] = _checked(name, value, known[name].default)
    return result


def _checked(name: str, value: Any, default: Any) -> Any:
    if name in _TEXT_TABLES:
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise ValueError(f"{name} must be a table of texts")
        return value
    if name in _TUPLES:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ValueError(f"{name} must be a list of texts")
        return tuple(value)
    wanted = type(default) if isinstance(default, (bool, int)) else str
    if type(value) is not wanted:
        raise ValueError(f"{name} must be {wanted.__name__}")
    return value


def _check(recipe: Recipe) -> None:
    """Refuse what would make the recipe meaningless."""
    if recipe.layout not in LAYOUTS:
        raise ValueError("layout must be " + ", ".join(LAYOUTS))
    if recipe.reading.repair not in ("", MOJIBAKE):
        raise ValueError(f"repair must be {MOJIBAKE}")
    if recipe.dates not in ("", "years", "months", "quarters"):
        raise ValueError("dates must be years, months or quarters")
    if recipe.scale < 1 or recipe.largest < 0:
        raise ValueError("scale must be 1 or more and largest 0 or more")
    if recipe.others not in ("dimension", "own", "ignore"):
        raise ValueError("others must be dimension, own or ignore")
    if not 0 <= recipe.fiscal_start <= 12 or recipe.below_low not in (0, 1):
        raise ValueError("fiscal_start must be 0 to 12 and below_low 0 or 1")
    kinds = {"blank", "not_available", "not_applicable", "confidential", "zero"}
    if not set(recipe.missing.values()) <= kinds:
        raise ValueError("missing must name " + ", ".join(sorted(kinds)))
    for column in recipe.columns:
        _check_column(column)
        _check_flag(column, recipe.layout)
    if recipe.year_format:
        number_format(recipe.year_format)
    _check_years(recipe.year_columns)


def _check_flag(column: Column, layout: str) -> None:
    if column.role == "flag" and (layout != "cases" or not column.fixed):
        raise ValueError("a column of the role flag needs fixed and the layout cases")


def _check_column(column: Column) -> None:
    if column.role not in ROLES and not column.role.isupper():
        raise ValueError(f"unknown role {column.role}")
    if column.number_format:
        number_format(column.number_format)
    if column.role == "magnitude" and not all(v.isdecimal() for v in column.values.values()):
        raise ValueError("values of a magnitude must be whole numbers")
    for code in column.values.values() if column.role == "variable" else ():
        if "[" in code and not SELECTED.fullmatch(code):
            raise ValueError(f"{code} is no input with its breakdown")
    if (column.role == "split") != bool(column.into):
        raise ValueError("a column of the role split, and no other, needs into")
    if column.scheme not in SCHEMES:
        raise ValueError("scheme must be " + ", ".join(SCHEMES))


def _check_years(pattern: str) -> None:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise ValueError(f"year_columns: {error}") from error
    if groups < 1:
        raise ValueError("year_columns needs a group for the year")
