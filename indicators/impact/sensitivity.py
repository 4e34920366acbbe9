"""How far an effect could move if what is not known had been as unfavourable as can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.impact.plan import LEVEL, Plan
from indicators.impact.segmented import SegmentedFit, fit_plan
from indicators.model.results import Diagnostic, Refusal
from indicators.stats.points import Points


def bounds(fit: SegmentedFit) -> tuple[Diagnostic, ...]:
    """Lowest and highest effect when suppressed and missing values take their ends.

    ``range_censored``: every suppressed count at its lower or upper bound, on either side of the
    event. ``range_missing``: every missing period at the lowest or highest value seen on its side
    (Manski 1990). The estimate itself stands beside both.
    """
    return tuple(
        Diagnostic(name=name, value=_jump(fit), low=min(found), high=max(found))
        for name, found in (
            ("range_censored", _censored(fit.plan)),
            ("range_missing", _missing(fit.plan)),
        )
        if found
    )


def _jump(fit: SegmentedFit) -> float:
    return fit.shown(float(fit.coef[LEVEL]))


def _refitted(plan: Plan, points: Points) -> float | None:
    fit = fit_plan(replace(plan, points=points))
    return None if isinstance(fit, Refusal) else _jump(fit)


def _censored(plan: Plan) -> list[float]:
    points = plan.points
    if not points.censored.any():
        return []
    found = []
    for before_high in (False, True):
        for after_high in (False, True):
            high = np.where(plan.post, after_high, before_high)
            value = np.where(high, points.high, points.low)
            found.append(_refitted(plan, _exact(points, value)))
    return [value for value in found if value is not None]


def _exact(points: Points, value: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Points:
    none = np.zeros(points.n, dtype=bool)
    return replace(points, value=value, low=value, high=value, censored=none)


def _missing(plan: Plan) -> list[float]:
    points = plan.points
    if not points.missing or plan.pulses:
        return []
    gaps = np.array([period.ordinal for period in points.missing], dtype=np.float64)
    order = np.argsort(np.concatenate([points.time, gaps]))
    after = gaps >= plan.start
    found = []
    for before_high in (False, True):
        for after_high in (False, True):
            ends = [
                _end(plan, late=late, high=after_high if late else before_high) for late in after
            ]
            found.append(_refitted(plan, _with(points, np.array(ends), gaps, order)))
    return [value for value in found if value is not None]


def _end(plan: Plan, *, late: bool, high: bool) -> float:
    points = plan.points
    people = points.population
    side = plan.post == late
    lows, highs = points.low[side], points.high[side]
    if people is None:
        return float(highs.max() if high else lows.min())
    # the rate of that side, turned back into a count by the caller's population
    rates = (highs if high else lows) / people[side]
    return float(rates.max() if high else rates.min())


def _with(
    points: Points,
    ends: np.ndarray[tuple[int], np.dtype[np.float64]],
    gaps: np.ndarray[tuple[int], np.dtype[np.float64]],
    order: np.ndarray[tuple[int], np.dtype[np.intp]],
) -> Points:
    people = points.population
    filled = None
    if people is not None:
        filled = np.interp(gaps, points.time, people)
        ends = np.round(ends * filled)
    nothing = np.zeros(gaps.size, dtype=bool)

    def joined(known: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.concatenate([known, new])[order]

    periods = (*points.periods, *points.missing)
    return replace(
        points,
        periods=tuple(periods[i] for i in order),
        time=joined(points.time, gaps),
        value=joined(points.value, ends),
        low=joined(points.low, ends),
        high=joined(points.high, ends),
        censored=joined(points.censored, nothing),
        provisional=joined(points.provisional, nothing),
        missing=(),
        population=None if people is None or filled is None else joined(people, filled),
    )
