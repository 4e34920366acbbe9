"""Which series a row belongs to: texts of its key columns become codes, each text once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from indicators.model.series import Breakdown
from workbench.importing.aliases_files import variable_aliases
from workbench.importing.categories import TOTAL_CODE, category, split_codes
from workbench.importing.names import (
    AreaFinder,
    Names,
    clean,
    has_hidden,
    normal,
    own_variable,
    visible,
)
from workbench.importing.plan import KeyColumn, Plan

LOST_LETTER = "\ufffd"
"""Stands where a program could not read a letter; what it was is lost."""
UNDECIDED = ""
"""Unit of a variable nobody knows yet; the values decide between count and number."""


class SeriesKey(NamedTuple):
    """One series of a file; a tuple, because a file can hold a hundred thousand of them."""

    variable: str
    area: str
    breakdown: Breakdown
    unit: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text could not be taken.

    Attributes:
        code: kind of the remark.
        index: column from 0, or -1 for the row.
        text: the text.
    """

    code: str
    index: int
    text: str


class _Refused(Exception):  # noqa: N818 - control flow inside this module
    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


class SeriesFinder:
    """Numbers series in order of appearance and remembers what was new.

    Args:
        plan: the columns.
        names: what is known already.
    """

    def __init__(self, plan: Plan, names: Names) -> None:
        self._plan = plan
        self._names = names
        self._constants = dict(plan.recipe.constants)
        self._areas = AreaFinder(names.areas, names.own_area)
        self._by_unit = {normal(text): code for text, code in plan.recipe.by_unit.items()}
        self._known: dict[tuple[str, str, tuple[tuple[str, str], ...], str], int] = {}
        self._split: dict[tuple[int, str], dict[str, str]] = {}
        self._breakdowns: dict[tuple[tuple[str, str], ...], Breakdown] = {}
        self._codes: dict[tuple[int, str, str], str] = {}
        self.series: list[SeriesKey] = []
        self.faults: list[Fault] = []
        self.new_variables: dict[str, str] = {}
        self.new_categories: dict[str, None] = {}
        self.hidden: dict[str, None] = {}

    @property
    def new_areas(self) -> Mapping[str, str]:
        """Names by code of areas made for this file."""
        return self._areas.new

    @property
    def matched_areas(self) -> Mapping[str, str]:
        """Codes by text of areas recognised by name or short code."""
        return self._areas.matched

    @property
    def aggregates(self) -> Mapping[str, None]:
        """Codes of areas that are groups of countries."""
        return self._areas.aggregates

    def number(self, texts: tuple[str, ...], fixed: Mapping[str, str]) -> int:
        """The number of the series, or below 0 the (negated, shifted) number of a fault."""
        try:
            return self._number(texts, fixed)
        except _Refused as refused:
            self.faults.append(refused.fault)
            return -len(self.faults)

    def _number(self, texts: tuple[str, ...], fixed: Mapping[str, str]) -> int:
        found, dims = self._start(fixed)
        for column, text in zip(self._plan.keys, texts, strict=True):
            if column.role == "split":
                dims.update(self._parts(column, text))
                continue
            role, code = self._code(column, text, texts)
            if role in found:
                found[role] = code
            elif role != "ignore":
                dims[role] = code
        if self._by_unit:
            self._choose_variable(found)
        cut = tuple(sorted((d, c) for d, c in dims.items() if c != TOTAL_CODE))
        return self._series(found, cut)

    def _series(self, found: Mapping[str, str], cut: tuple[tuple[str, str], ...]) -> int:
        variable, area, edition = found["variable"], found["area"], found["edition"]
        unit = self._unit(variable, found["unit"])
        known = self._known.setdefault((variable, area, cut, edition), len(self.series))
        if known == len(self.series):
            breakdown = self._breakdowns.get(cut)
            if breakdown is None:
                breakdown = self._breakdowns[cut] = Breakdown(cut)
            self.series.append(SeriesKey(variable, area, breakdown, unit, edition))
        elif self.series[known].unit != unit:
            raise _Refused(Fault("other_unit", -1, unit))
        return known

    def cuts(self, number: int) -> list[int]:
        """The total and the one-way series above a full cut, for rows that are cases."""
        key = self.series[number]
        found = {"variable": key.variable, "area": key.area, "unit": key.unit, "edition": ""}
        pairs = tuple(key.breakdown.as_dict().items())
        return [self._series(found, ()), *(self._series(found, (pair,)) for pair in pairs)]

    def _choose_variable(self, found: dict[str, str]) -> None:
        """The variable of rows in this unit, where a person said so.

        Raises:
            _Refused: rows in this unit are left out.
        """
        code = self._by_unit.get(normal(found["unit"]))
        if code == "leave_out":
            raise _Refused(Fault("other_unit", -1, found["unit"]))
        if code and code.startswith("+"):
            found["variable"] = own_variable(f"{found['variable']}_{code[1:]}")
        elif code:
            found["variable"] = code

    def _parts(self, column: KeyColumn, raw: str) -> dict[str, str]:
        """Codes by dimension of a text that says several things.

        Raises:
            _Refused: a part is not known.
        """
        parts = self._split.get((column.index, raw))
        if parts is None:
            said = split_codes(clean(raw), column.into, column.values)
            if said is None:
                raise _Refused(Fault("unknown_part", column.index, clean(raw)))
            parts = self._split[(column.index, raw)] = said
        return parts

    def _start(self, fixed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Codes that hold for the whole file or value column, and dimension codes."""
        constants = self._constants
        given = {**constants, **fixed} if fixed else constants
        found = {
            "variable": given.get("variable", ""),
            "area": given.get("area", "") or self._names.own_area,
            "unit": given.get("unit", ""),
            "edition": "",
        }
        return found, {name: code for name, code in given.items() if name.isupper()}

    def _code(self, column: KeyColumn, text: str, texts: tuple[str, ...]) -> tuple[str, str]:
        """Role and code of one key text; a case column takes its role from another column."""
        role = column.role
        if role == "case":
            said = clean(self._text_of(column.by, texts))
            role = column.cases.get(normal(said), "")
            if role == "leave_out":
                raise _Refused(Fault("not_mapped", column.by, said))
            if not role:
                raise _Refused(Fault("unknown_case", column.by, said))
        if role == "ignore":
            return role, ""
        code = self._codes.get((column.index, role, text))
        if code is None:
            code = self._find(column, role, text)
            self._codes[(column.index, role, text)] = code
        return role, code

    def _text_of(self, index: int, texts: tuple[str, ...]) -> str:
        for column, text in zip(self._plan.keys, texts, strict=True):
            if column.index == index:
                return text
        return ""

    def _find(self, column: KeyColumn, role: str, raw: str) -> str:
        if has_hidden(raw):
            self.hidden[visible(raw.strip())] = None
        if LOST_LETTER in raw:
            raise _Refused(Fault("letters_lost", column.index, raw.strip()))
        text = clean(raw)
        mapped = column.values.get(normal(text))
        if role == "variable":
            return mapped or self._variable(column, text)
        if role == "area":
            return self._area(column, mapped or text)
        if role in ("unit", "edition"):
            return mapped if mapped is not None else text
        if mapped is not None:
            return mapped or TOTAL_CODE
        code, is_known = category(role, text)
        if not is_known:
            self.new_categories[f"{role}={code}"] = None
        return code

    def _variable(self, column: KeyColumn, text: str) -> str:
        if not text:
            raise _Refused(Fault("blank_variable", column.index, text))
        if text in self._names.variables:
            return text
        name = normal(text)
        code = self._names.variable_names.get(name) or variable_aliases().get(name)
        if code is None:
            code = own_variable(text)
            if code not in self._names.variables:
                self.new_variables[code] = text
        return code

    def _area(self, column: KeyColumn, text: str) -> str:
        if not text:
            constant = self._plan.recipe.constants.get("area", "")
            if constant:
                return constant
            raise _Refused(Fault("blank_area", column.index, text))
        return self._areas.find(text, column.scheme)

    def _unit(self, variable: str, written: str) -> str:
        """The unit of the catalogue or project; money keeps its currency and scale."""
        known = self._names.variables.get(variable)
        if known in (None, ""):
            return written or UNDECIDED
        if known == "money" or known == "any":
            return written or str(known)
        return str(known)
