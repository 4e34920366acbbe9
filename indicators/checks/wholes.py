"""Parts against their whole: a variable against the one it is part of, cuts against the total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indicators.checks.model import CheckInput, exceeds, least, most
from indicators.codelists import code_list, has_list
from indicators.errors import N_, Note
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube, Floats

NO_PARTS = frozenset({"STAT", "K", "DAY"})
"""Dimensions whose codes are statistics, growing windows or single days, not parts."""
_AGES = re.compile(r"Y(?:_GE)?(\d+)(?:T(\d+))?$")
_OLDEST = 1000


def part_above_whole(checked: CheckInput) -> tuple[Note, ...]:
    """More members of a part than of the variable it is declared to be part of."""
    return tuple(
        note
        for code, whole in checked.wholes.items()
        if code in checked.cubes and whole in checked.cubes
        for note in _members(checked.cubes[code], checked.cubes[whole])
    )


def cuts_above_total(checked: CheckInput) -> tuple[Note, ...]:
    """One code above the total, or codes that do not overlap adding up to more than it.

    Dimensions where a person can have several codes (forms of exploitation) may add up to more.
    """
    return tuple(
        note for cube in checked.cubes.values() if checked.adds_up(cube) for note in _cuts(cube)
    )


def _members(part: Cube, whole: Cube) -> Iterator[Note]:
    if part.unit != whole.unit:
        return
    low, high = least(part), most(whole)
    areas, at_areas = _shared(part.areas, whole.areas)
    periods, at_periods = _shared(part.periods, whole.periods)
    carried = {dim for cut in whole.breakdowns for dim, _ in cut.dims}
    for row, cut in enumerate(part.breakdowns):
        if (NO_PARTS - {"K"}) & {dim for dim, _ in cut.dims}:
            continue
        base = cut.without(*({dim for dim, _ in cut.dims} - carried))
        if base not in whole.breakdowns:
            continue
        inside = low[row][np.ix_(areas, periods)]
        limit = high[whole.breakdowns.index(base)][np.ix_(at_areas, at_periods)]
        for area, period in np.argwhere(exceeds(inside, limit)).tolist():
            yield Note(
                code="part_above_whole",
                text=N_(
                    "{area} {period}: “{variable}” is {value}, more than the {limit} of "
                    "“{whole}”, of which it is a part."
                ),
                data={
                    "variable": part.variable,
                    "area": part.areas[areas[area]],
                    "period": str(part.periods[periods[period]]),
                    "breakdown": str(cut),
                    "whole": whole.variable,
                    "value": float(inside[area, period]),
                    "limit": float(limit[area, period]),
                },
            )


def _shared(
    ours: Sequence[str] | Sequence[Period], theirs: Sequence[str] | Sequence[Period]
) -> tuple[list[int], list[int]]:
    """Positions of the labels that both have."""
    places: Mapping[object, int] = {label: place for place, label in enumerate(theirs)}
    kept = [place for place, label in enumerate(ours) if label in places]
    return kept, [places[ours[place]] for place in kept]


def _cuts(cube: Cube) -> Iterator[Note]:
    low, high = least(cube), most(cube)
    row_of = {cut: row for row, cut in enumerate(cube.breakdowns)}
    groups: dict[tuple[Breakdown, str], list[str]] = {}
    for cut in cube.breakdowns:
        for dim, code in cut.dims:
            base = cut.without(dim)
            if base in row_of and dim not in NO_PARTS:
                groups.setdefault((base, dim), []).append(code)
    for (base, dim), codes in groups.items():
        limit = high[row_of[base]]
        rows = {code: row_of[base.with_code(dim, code)] for code in codes}
        alone = np.zeros(limit.shape, dtype=bool)
        for code, row in rows.items():
            above = exceeds(low[row], limit)
            alone |= above
            yield from _one_above(cube, base.with_code(dim, code), low[row], limit, above)
        if has_list(dim) and not code_list(dim).several:
            parts = apart(dim, codes)
            added: Floats = np.nansum(low[[rows[code] for code in parts]], axis=0)
            yield from _sum_above(cube, base, dim, added, limit, exceeds(added, limit) & ~alone)


def apart(dim: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The broadest of these codes that do not overlap."""
    known = code_list(dim)

    def is_covered(code: str) -> bool:
        entry = known.entry(code)
        while entry is not None and entry.parent is not None:
            if entry.parent in codes:
                return True
            entry = known.entry(entry.parent)
        return False

    broad = [code for code in codes if not is_covered(code)]
    spans = {code: _span(code) for code in broad}
    kept = [code for code in broad if spans[code] is None]
    end = -1
    for code in sorted(set(broad) - set(kept), key=lambda code: (spans[code] or (0, 0))[::-1]):
        first, last = spans[code] or (0, 0)
        if first > end:
            kept.append(code)
            end = last
    return tuple(kept)


def _span(code: str) -> tuple[int, int] | None:
    """First and last year of age of an age group."""
    found = _AGES.match(code)
    if found is None:
        return None
    open_end = code.startswith("Y_GE")
    first = int(found[1])
    return first, _OLDEST if open_end else int(found[2] or first)


def _one_above(
    cube: Cube, cut: Breakdown, values: Floats, limit: Floats, above: NDArray[np.bool_]
) -> Iterator[Note]:
    for area, period in np.argwhere(above).tolist():
        yield Note(
            code="cut_above_total",
            text=N_(
                "“{variable}” {area} {period}: {breakdown} has {value}, more than the total of "
                "{limit}."
            ),
            data=_place(cube, area, period)
            | {
                "breakdown": str(cut),
                "value": float(values[area, period]),
                "limit": float(limit[area, period]),
            },
        )


def _sum_above(
    cube: Cube,
    base: Breakdown,
    dim: str,
    values: Floats,
    limit: Floats,
    above: NDArray[np.bool_],
) -> Iterator[Note]:
    for area, period in np.argwhere(above).tolist():
        yield Note(
            code="cuts_above_total",
            text=N_(
                "“{variable}” {area} {period}: the parts by {dimension} add up to {value}, more "
                "than the total of {limit}."
            ),
            data=_place(cube, area, period)
            | {
                "breakdown": str(base),
                "dimension": dim,
                "value": float(values[area, period]),
                "limit": float(limit[area, period]),
            },
        )


def _place(cube: Cube, area: int, period: int) -> dict[str, object]:
    return {
        "variable": cube.variable,
        "area": cube.areas[area],
        "period": str(cube.periods[period]),
    }
