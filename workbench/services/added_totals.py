"""The sum of the parts of one place and period, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indicators.checks.parts import OPTIONAL, parts_of_whole
from indicators.errors import N_, Note
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube
from workbench.services.entry import TypedCell
from workbench.services.rows import AreaRow

REGIONS = "REG"
"""What parts by area are called: the areas directly below one."""
MISSING, HIDDEN, NOT_APPLICABLE = int(Status.M), int(Status.S), int(Status.X)
_GIVEN = N_("{area} {period}: the source gives the total itself.")
_INCOMPLETE = N_("{area} {period}: the parts by {over} are not complete; {missing} is missing.")
_SEVERAL = N_("{area} {period}: the parts come from different sources ({sources}).")
_UNBOUNDED = N_("{area} {period}: a hidden part has no upper bound, so the total has none.")
_ESTIMATES = N_("{area} {period}: estimates with a range of their own are not added up.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedTotal:
    """A total and what it is made of.

    Attributes:
        cell: the total as it is written.
        parts: codes of a dimension, or of areas.
        source: code of the source of all parts.
    """

    cell: TypedCell
    parts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A total that cannot be added up, and why."""

    area: str
    period: Period
    reason: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One line of totals: its own cell and those of its parts, as (breakdown, area) positions.

    Attributes:
        area, breakdown, over: whose total, within which cut, over what.
        own: position of the total; None when the variable has no such line.
        parts: position by code of the dimension, or of the area below.
        lives: first and last period code of the areas below; empty for codes of a dimension.
    """

    area: str
    breakdown: Breakdown
    over: str
    own: tuple[int, int] | None
    parts: Mapping[str, tuple[int, int]]
    lives: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)


def by_code(
    found: Cube, over: str, areas: Sequence[str] | None, breakdown: Breakdown
) -> Iterator[Place]:
    """The totals over a dimension, one an area that has parts."""
    rows = {
        code: row
        for row, cut in enumerate(found.breakdowns)
        if (code := cut.code(over)) is not None and cut.without(over) == breakdown
    }
    base = found.breakdowns.index(breakdown) if breakdown in found.breakdowns else None
    for at, area in enumerate(found.areas):
        if areas is not None and area not in areas:
            continue
        seen = {
            code: (row, at)
            for code, row in rows.items()
            if (found.status[row, at] != MISSING).any()
        }
        if seen:
            own = None if base is None else (base, at)
            yield Place(area=area, breakdown=breakdown, over=over, own=own, parts=seen)


def by_area(
    found: Cube, listed: Sequence[AreaRow], areas: Sequence[str], breakdown: Breakdown
) -> Iterator[Place]:
    """The totals over the areas directly below each area."""
    if breakdown not in found.breakdowns:
        return
    row = found.breakdowns.index(breakdown)
    place_of = {code: (row, at) for at, code in enumerate(found.areas)}
    for area in areas:
        below = [each for each in listed if each.parent == area]
        if below:
            yield Place(
                area=area,
                breakdown=breakdown,
                over=REGIONS,
                own=place_of.get(area),
                parts={each.code: place_of[each.code] for each in below if each.code in place_of},
                lives={each.code: (each.valid_from, each.valid_to) for each in below},
            )


def total_of(
    found: Cube, place: Place, at: int, sources: Mapping[int, str]
) -> AddedTotal | Refused | None:
    """The sum of one period, why there is none, or None where there is nothing to speak of.

    Args:
        found: the variable as its sources give it.
        place: the line of totals.
        at: position of the period.
        sources: code of the source by number of the version.
    """
    period = found.periods[at]
    if place.own is not None and found.status[(*place.own, at)] != MISSING:
        return _refused("total_given", _GIVEN, place, period)
    states = {code: int(found.status[(*spot, at)]) for code, spot in place.parts.items()}
    held = tuple(code for code, state in states.items() if state != MISSING)
    if not held:
        return None
    codes, lacking = _needed(place, held, period)
    if lacking:
        return _refused("parts_incomplete", _INCOMPLETE, place, period, missing=", ".join(lacking))
    spots = {code: (*place.parts[code], at) for code in codes if states[code] != NOT_APPLICABLE}
    named = sorted({sources.get(int(found.vintage[spot]), "") for spot in spots.values()})
    if len(named) != 1:
        return _refused("parts_of_several", _SEVERAL, place, period, sources=", ".join(named))
    return _sum(found, place, at, spots, named[0])


def _needed(
    place: Place, held: tuple[str, ...], period: Period
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts to add up in a period, and what is missing for the whole."""
    if place.over == REGIONS:
        alive = tuple(
            code
            for code, (begin, end) in place.lives.items()
            if (begin is None or begin <= period.code) and (end is None or end >= period.code)
        )
        return alive, tuple(code for code in alive if code not in held)
    found = parts_of_whole(place.over, held)
    rare = OPTIONAL.get(place.over, frozenset())
    # what a source counts in other years (the unknown, a third sex) may not be silently absent
    absent = tuple(
        code for code in place.parts if code not in held and (code.startswith("_") or code in rare)
    )
    return found.codes, (*found.lacking, *absent)


def _sum(
    found: Cube,
    place: Place,
    at: int,
    spots: Mapping[str, tuple[int, int, int]],
    source: str,
) -> AddedTotal | Refused:
    period = found.periods[at]
    hidden = [spot for spot in spots.values() if found.status[spot] == HIDDEN]
    open_ = [spot for spot in spots.values() if spot not in hidden]
    if any(math.isfinite(found.low[spot]) for spot in open_):
        return _refused("parts_estimated", _ESTIMATES, place, period)
    flags = Flags.NONE
    for spot in spots.values():
        flags |= Flags(int(found.flags[spot]))
    total = TypedCell(
        variable=found.variable,
        area=place.area,
        period=period,
        breakdown=place.breakdown,
        flags=flags,
        unit=found.unit,
    )
    known = math.fsum(float(found.value[spot]) for spot in open_)
    if hidden:
        low, high = (
            known + math.fsum(float(bound[spot]) for spot in hidden)
            for bound in (found.low, found.high)
        )
        if not (math.isfinite(low) and math.isfinite(high)):
            return _refused("parts_unbounded", _UNBOUNDED, place, period)
        total = replace(total, low=low, high=high, status=Status.S)
    else:
        zeros = all(found.status[spot] == int(Status.Z) for spot in open_)
        total = replace(total, value=known, status=Status.Z if zeros else Status.A)
    return AddedTotal(cell=total, parts=tuple(spots), source=source)


def _refused(code: str, text: str, place: Place, period: Period, **data: object) -> Refused:
    reason = Note(
        code=code,
        text=text,
        data={"area": place.area, "period": str(period), "over": place.over, **data},
    )
    return Refused(area=place.area, period=period, reason=reason)
