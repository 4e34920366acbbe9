"""Which number a cell of a table is, whatever the table: input, area, period and cut.

Two tables share a cell when these four agree. Codes of totals are left out, so that the total of
one table is the part of another: all ages of the women of a region are the women of that region.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from indicators.errors import N_, IndicatorsError
from indicators.model.period import Period
from indicators.model.tables import Cell, CountTable
from workbench.errors import WorkbenchError
from workbench.store.publications import CellPlace

VARIABLE, AREA, PERIOD = "variable", "area", "period"
ROLES = {
    "variable": VARIABLE,
    "indicator": VARIABLE,
    "area": AREA,
    "ref_area": AREA,
    "region": AREA,
    "period": PERIOD,
    "time_period": PERIOD,
    "year": PERIOD,
}
"""Names of columns that are no cut; the structure file may name others under ``roles``."""
TOTALS = ("_t", "total")
"""Codes of totals in any writing; the structure file may name others under ``totals``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the cells of a table are named.

    Attributes:
        dims: columns of the table.
        variable, area, period: what the whole table is about, where it has no such column; the
            area is also that of the total of all areas.
        roles: by column, ``variable``, ``area`` or ``period``; the others are cuts.
        totals: by column, its code for all.
        spans: by code of a total of periods, the periods in it.
    """

    dims: tuple[str, ...]
    variable: str = ""
    area: str = ""
    period: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, str] = field(default_factory=dict)

    def place(self, cell: Cell) -> CellPlace:
        """Which number a cell is."""
        whole = {VARIABLE: self.variable, AREA: self.area, PERIOD: self.period}
        cuts = []
        for dim, written in zip(self.dims, cell, strict=True):
            code, role = _normal(written), self.roles.get(dim)
            if role == PERIOD:
                whole[PERIOD] = self.spans.get(code) or _period(code)
            elif self._is_total(dim, code):
                continue
            elif role is not None:
                whole[role] = code
            else:
                cuts.append(f"{_normal(dim).upper()}={code}")
        return CellPlace(
            variable=whole[VARIABLE],
            area=whole[AREA],
            period=whole[PERIOD],
            breakdown=" ".join(sorted(cuts)),
        )

    def _is_total(self, dim: str, code: str) -> bool:
        return code.casefold() in TOTALS or code == self.totals.get(dim)

    def as_dict(self) -> dict[str, object]:
        """The naming as it is kept with a publication."""
        return asdict(self)


def naming(
    table: CountTable,
    case: Mapping[str, object],
    *,
    variable: str = "",
    area: str = "",
    period: str = "",
    country: str = "",
) -> Naming:
    """How the cells of a table are named, from its structure file and what was said beside it.

    Args:
        table: the table.
        case: its structure file; keys ``variable``, ``area``, ``period``, ``roles``, ``totals``.
        variable: what the person said that the table counts; it comes before the file.
        area: the same for the area.
        period: the same for the period.
        country: area of a table that names none.

    Raises:
        WorkbenchError: it is not known what the table counts, or when.
    """
    roles = _roles(table, case)
    found = set(roles.values())
    said = {VARIABLE: variable, AREA: area, PERIOD: period}
    whole = {name: _normal(said[name] or str(case.get(name) or "")) for name in said}
    for name, text in ((VARIABLE, _NO_VARIABLE), (PERIOD, _NO_PERIOD)):
        if not whole[name] and name not in found:
            raise WorkbenchError(text, hint=_SAY.get(name, ""))
    return Naming(
        dims=table.dims,
        variable=whole[VARIABLE],
        area=whole[AREA] or country,
        period=_period(whole[PERIOD]),
        roles=roles,
        totals=_texts(case.get("totals")),
        spans=_spans(table, roles),
    )


_NO_VARIABLE = N_("It is not said what this table counts, so it cannot be compared with others.")
_NO_PERIOD = N_("It is not said what period this table is about.")
_SAY = {
    VARIABLE: N_("Say it with --variable, or as “variable” in the structure file."),
    PERIOD: N_("Say it with --period, or as “period” in the structure file."),
}


def _roles(table: CountTable, case: Mapping[str, object]) -> dict[str, str]:
    said = _texts(case.get("roles"))
    found = {dim: said.get(dim, ROLES.get(_normal(dim).casefold(), "")) for dim in table.dims}
    return {dim: role for dim, role in found.items() if role in (VARIABLE, AREA, PERIOD)}


def _texts(value: object) -> dict[str, str]:
    entries = value.items() if isinstance(value, dict) else ()
    return {str(key): _normal(str(text)) for key, text in entries}


def _spans(table: CountTable, roles: Mapping[str, str]) -> dict[str, str]:
    """A total of periods is named by its parts, so that totals of other years are other cells."""
    return {
        _normal(parent): "+".join(sorted(_period(_normal(part)) for part in parts))
        for dim, role in roles.items()
        if role == PERIOD
        for parent, parts in table.hierarchy.get(dim, {}).items()
    }


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _period(text: str) -> str:
    try:
        return str(Period.parse(text)) if text else ""
    except IndicatorsError:
        return text
