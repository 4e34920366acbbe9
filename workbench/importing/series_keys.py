"""Which series a row belongs to: texts of its key columns become codes, each text once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from indicators.model.series import Breakdown
from workbench.importing import flag_columns
from workbench.importing.aliases_files import variable_aliases
from workbench.importing.categories import TOTAL_CODE, UNKNOWN_CODE, category, split_codes
from workbench.importing.late_keys import UNSURE_ROLES, LateKeys, regrouped, unsure
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
from workbench.importing.recipe import SELECTED

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


Cut = tuple[tuple[str, str], ...]
_ROLES = ("variable", "area", "unit", "edition")


def _selected(variable: str, cut: Cut) -> tuple[str, Cut]:
    """The variable and the cut of a code such as ``vic_detected[FORM=SEX]``."""
    match = SELECTED.fullmatch(variable)
    assert match is not None  # the recipe was checked
    pairs = (pair.partition("=") for pair in match[2].split(","))
    dims = {**dict(cut), **{dim: code for dim, _, code in pairs}}
    return match[1], tuple(sorted(dims.items()))


def _is_marked(column: KeyColumn, raw: str) -> bool:
    """Whether a flag column marks its row.

    Raises:
        _Refused: its text is neither a mark nor its absence.
    """
    text = clean(raw)
    marked = flag_columns.is_marked(text, column.values)
    if marked is None:
        raise _Refused(Fault("unknown_part", column.index, text))
    return marked


class _Codes(dict[str, str]):
    """Codes of one key column by text, each found once."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, text: str) -> str:
        code = self[text] = self._find(text)
        return code


class _Quick:
    """The codes of a series whose key columns have one role each; texts and cuts found once."""

    def __init__(self, finder: SeriesFinder, keys: Sequence[KeyColumn]) -> None:
        found, self._dims = finder.start({})
        self._start = [found[role] for role in _ROLES]
        used = [(place, key) for place, key in enumerate(keys) if key.role != "ignore"]
        self._places = [place for place, _ in used]
        self._codes = [_Codes(partial(finder.find, key, key.role)) for _, key in used]
        roles = [key.role for _, key in used]
        self._own = [(_ROLES.index(role), i) for i, role in enumerate(roles) if role in _ROLES]
        self._cut_places = [i for i, role in enumerate(roles) if role not in _ROLES]
        self._names = [roles[i] for i in self._cut_places]
        self._cuts: dict[tuple[str, ...], Cut] = {}

    def __call__(self, texts: tuple[str, ...]) -> tuple[str, str, str, str, Cut]:
        codes = [memo[texts[place]] for place, memo in zip(self._places, self._codes, strict=True)]
        found = self._start.copy()
        for role, place in self._own:
            found[role] = codes[place]
        said = tuple([codes[place] for place in self._cut_places])
        cut = self._cuts.get(said)
        if cut is None:
            dims = {**self._dims, **dict(zip(self._names, said, strict=True))}
            cut = tuple(sorted((d, c) for d, c in dims.items() if c != TOTAL_CODE))
            self._cuts[said] = cut
        variable, area, unit, edition = found
        return variable, area, unit, edition, cut


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
        self._areas = AreaFinder(names.areas, names.own_area, names.spans)
        self._by_unit = {normal(text): code for text, code in plan.recipe.by_unit.items()}
        self._known: dict[tuple[str, str, tuple[tuple[str, str], ...], str], int] = {}
        self._split: dict[tuple[int, str], dict[str, str]] = {}
        self._breakdowns: dict[tuple[tuple[str, str], ...], Breakdown] = {}
        self._codes: dict[tuple[int, str, str], str] = {}
        self._marked: dict[tuple[int, str], bool] = {}
        is_plain = all(key.role not in ("split", "case", "flag") for key in plan.keys)
        self._quick = _Quick(self, plan.keys) if is_plain and not self._by_unit else None
        self.series: list[SeriesKey] = []
        self.faults: list[Fault] = []
        self.new_variables: dict[str, str] = {}
        self.new_categories: dict[str, None] = {}
        self.hidden: dict[str, None] = {}
        self.unconfirmed: dict[str, None] = {}
        self.late = LateKeys()
        self._has_groups = False
        is_world = any(key.scheme in ("world", "m49") for key in plan.keys)
        self._home = "" if is_world else names.own_area

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

    @property
    def outside(self) -> Mapping[str, None]:
        """Codes of new areas in a list of countries that are no country of ISO 3166."""
        return self._areas.outside

    def forget(self) -> None:
        """Let go of what only finding numbers needs; the series stay."""
        for memory in (self._known, self._split, self._codes):
            memory.clear()
        self._quick = None

    def number(self, texts: tuple[str, ...], fixed: Mapping[str, str]) -> int:
        """The number of the series, or below 0 the (negated, shifted) number of a fault."""
        try:
            return self._number(texts, fixed)
        except _Refused as refused:
            self.faults.append(refused.fault)
            return -len(self.faults)

    def _number(self, texts: tuple[str, ...], fixed: Mapping[str, str]) -> int:
        if self._quick is not None and not fixed:
            return self._series(*self._quick(texts))
        found, dims = self.start(fixed)
        marks: flag_columns.Marks = {}
        for column, text in zip(self._plan.keys, texts, strict=True):
            if column.role == "flag":
                marked = self._marked.get((column.index, text))
                if marked is None:
                    marked = self._marked[column.index, text] = _is_marked(column, text)
                flag_columns.take(marks, column.fixed, marked)
                continue
            if column.role == "split":
                dims.update(self._parts(column, text))
                continue
            role, code = self._code(column, text, texts)
            if role in found:
                found[role] = code
            elif role != "ignore":
                dims[role] = code
        dims.update(flag_columns.joined(marks))
        if self._by_unit:
            self._choose_variable(found)
        cut = tuple(sorted((d, c) for d, c in dims.items() if c != TOTAL_CODE))
        variable, area, unit, edition = (found[role] for role in _ROLES)
        return self._series(variable, area, unit, edition, cut)

    def _series(self, variable: str, area: str, written: str, edition: str, cut: Cut) -> int:
        if variable.endswith("]"):
            variable, cut = _selected(variable, cut)
        if self._has_groups:
            cut = regrouped(cut, area, self._home)
        unit = self._unit(variable, written)
        known = self._known.setdefault((variable, area, cut, edition), len(self.series))
        if known == len(self.series):
            area, cut = self.late.taken(known, area, cut)
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
        pairs = key.breakdown.as_dict().items()
        cuts: list[Cut] = [()]
        cuts += [((dim, code),) for dim, codes in pairs for code in flag_columns.parts(codes)]
        area = self.late.area_of(number, key.area)
        return [self._series(key.variable, area, key.unit, "", cut) for cut in cuts]

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

    def start(self, fixed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
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
            if role != "ignore" and not text.strip() and "" not in column.values:
                raise _Refused(Fault("blank_label", column.index, said))
        if role == "ignore":
            return role, ""
        code = self._codes.get((column.index, role, text))
        if code is None:
            code = self.find(column, role, text)
            self._codes[(column.index, role, text)] = code
        return role, code

    def _text_of(self, index: int, texts: tuple[str, ...]) -> str:
        for column, text in zip(self._plan.keys, texts, strict=True):
            if column.index == index:
                return text
        return ""

    def find(self, column: KeyColumn, role: str, raw: str) -> str:
        """The code a text has in a role.

        Raises:
            _Refused: the text cannot be taken.
        """
        if has_hidden(raw):
            self.hidden[visible(raw.strip())] = None
        text = clean(raw)
        mapped = column.values.get(normal(text))
        if LOST_LETTER in raw and mapped is None:
            raise _Refused(Fault("letters_lost", column.index, raw.strip()))
        if role == "variable":
            return mapped or self._variable(column, text)
        if role == "area":
            return self._area(column, mapped or text)
        if role in ("unit", "edition"):
            return mapped if mapped is not None else text
        if mapped is not None:
            self._has_groups |= role == "CIT"
            return mapped or TOTAL_CODE
        if not text and self._plan.recipe.layout == "cases":
            return UNKNOWN_CODE
        code, is_known = category(role, text)
        if not is_known:
            if role in UNSURE_ROLES:
                self.unconfirmed[text] = None
                return UNKNOWN_CODE if self._plan.recipe.layout == "cases" else unsure(text)
            self.new_categories[f"{role}={code}"] = None
        self._has_groups |= role == "CIT"
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
