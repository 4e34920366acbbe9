"""Regions against the country, and later steps against earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.checks.model import CheckInput, exceeds, least, most
from indicators.errors import N_, Note, Severity
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube, Floats

NO_PARTS = frozenset({"STAT"})
"""Dimensions whose codes are statistics, not parts."""
STANDS_OUT = 3.0
"""Times its own median from which a region is named as the likely error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A later step that cannot exceed the earlier one of the same and the period before."""

    later: str
    earlier: str


STAGES = (Stage(later="cnv_persons", earlier="pro_persons"),)


def parts_above_total(checked: CheckInput) -> tuple[Note, ...]:
    """Regions above the whole: one that exceeds it alone, else their sum.

    Suppressed parts count with their lower bound and a suppressed whole with its upper one, so
    that a finding is certain. Parts below the whole are no finding: regions may be unknown.
    """
    return tuple(
        note
        for cube in checked.cubes.values()
        if checked.adds_up(cube)
        for note in _parts_of(cube, checked.parents)
    )


def stage_above_earlier(checked: CheckInput) -> tuple[Note, ...]:
    """More persons at a later step than at the earlier one in this and the last period together.

    An excess over the same period alone is normal, because cases take time.
    """
    found: list[Note] = []
    for stage in STAGES:
        later, earlier = checked.cubes.get(stage.later), checked.cubes.get(stage.earlier)
        if later is not None and earlier is not None:
            found.extend(_excess(later, earlier))
    return tuple(found)


def _parts_of(cube: Cube, parents: Mapping[str, str]) -> Iterator[Note]:
    low, high = least(cube), most(cube)
    for whole, code in enumerate(cube.areas):
        parts = [i for i, area in enumerate(cube.areas) if parents.get(area) == code]
        if not parts:
            continue
        limit = high[:, whole, :]
        sums = np.nansum(low[:, parts, :], axis=1)
        for cut, period in np.argwhere(exceeds(sums, limit)).tolist():
            if NO_PARTS & {dim for dim, _ in cube.breakdowns[cut].dims}:
                continue
            yield from _name_parts(
                cube, low, parts, (cut, whole, period), float(sums[cut, period])
            )


def _name_parts(
    cube: Cube, low: Floats, parts: list[int], at: tuple[int, int, int], total: float
) -> Iterator[Note]:
    cut, whole, period = at
    limit = float(most(cube)[at])
    alone = [part for part in parts if low[cut, part, period] > limit]
    place = {
        "variable": cube.variable,
        "period": str(cube.periods[period]),
        "breakdown": str(cube.breakdowns[cut]),
        "whole": cube.areas[whole],
        "limit": limit,
    }
    for part in alone:
        yield Note(
            code="part_above_total",
            text=N_(
                "“{variable}” {period}: {area} has {value}, more than the {limit} of {whole}. "
                "One of the two is wrong."
            ),
            severity=Severity.WARN,
            data={**place, "area": cube.areas[part], "value": float(low[cut, part, period])},
        )
    if alone:
        return
    suspect = _standing_out(low[cut][parts], period)
    area = "" if suspect is None else cube.areas[parts[suspect]]
    text = N_(
        "“{variable}” {period}: the regions add up to {value}, more than the {limit} of {whole}."
    )
    if area:
        text = N_(
            "“{variable}” {period}: the regions add up to {value}, more than the {limit} of "
            "{whole}; look at {area} first, it is far above its other periods."
        )
    yield Note(
        code="parts_above_total",
        text=text,
        severity=Severity.WARN,
        data={**place, "area": area, "value": total},
    )


def _standing_out(lines: Floats, period: int) -> int | None:
    """Position of the line that is farthest above its own median in a period, if far."""
    others = np.delete(lines, period, axis=1)
    held = ~np.isnan(others).all(axis=1) & ~np.isnan(lines[:, period])
    ratios: NDArray[np.float64] = np.zeros(len(lines))
    for position in np.flatnonzero(held).tolist():
        median = max(float(np.nanmedian(others[position])), 1.0)
        ratios[position] = lines[position, period] / median
    best = int(np.argmax(ratios)) if len(ratios) else 0
    return best if len(ratios) and ratios[best] >= STANDS_OUT else None


def _excess(later: Cube, earlier: Cube) -> Iterator[Note]:
    total = Breakdown()
    if total not in later.breakdowns or total not in earlier.breakdowns:
        return
    above, below = least(later), most(earlier)
    row, base = later.breakdowns.index(total), earlier.breakdowns.index(total)
    area_at = {code: position for position, code in enumerate(earlier.areas)}
    period_at = {period: position for position, period in enumerate(earlier.periods)}
    for place, area in enumerate(later.areas):
        for time, period in enumerate(later.periods):
            now = _at(below, base, area_at.get(area), period_at.get(period))
            before = _at(below, base, area_at.get(area), period_at.get(_previous(period)))
            value = float(above[row, place, time])
            if value > now + before:
                yield _stage_note(later, earlier, area, period, (value, now, before))


def _previous(period: Period) -> Period:
    return period.shift(-1)


def _at(array: Floats, cut: int, area: int | None, period: int | None) -> float:
    if area is None or period is None:
        return float("nan")
    return float(array[cut, area, period])


def _stage_note(
    later: Cube, earlier: Cube, area: str, period: Period, numbers: tuple[float, float, float]
) -> Note:
    value, now, before = numbers
    return Note(
        code="convicted_above_prosecuted",
        text=N_(
            "{area} {period}: “{variable}” is {value}, more than “{earlier}” of that and the "
            "earlier period together ({now} and {before})."
        ),
        severity=Severity.WARN,
        data={
            "variable": later.variable,
            "earlier": earlier.variable,
            "area": area,
            "period": str(period),
            "breakdown": "",
            "value": value,
            "now": now,
            "before": before,
        },
    )
