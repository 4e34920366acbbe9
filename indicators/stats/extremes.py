"""How far an estimate could move if values that are not known lay at their ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, Note, Severity
from indicators.model.results import Diagnostic
from indicators.stats.points import Floats, Points

Marks = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)
CENSORED, MISSING = "range_censored", "range_missing"
_TEXTS = {
    (CENSORED, True): N_(
        "With the suppressed values at their lowest or highest the result would lie between "
        "{low} % and {high} %."
    ),
    (CENSORED, False): N_(
        "With the suppressed values at their lowest or highest the result would lie between {low} "
        "and {high}."
    ),
    (MISSING, True): N_(
        "With the missing values as low or as high as any that were seen the result would lie "
        "between {low} % and {high} %."
    ),
    (MISSING, False): N_(
        "With the missing values as low or as high as any that were seen the result would lie "
        "between {low} and {high}."
    ),
}


def exact(points: Points, value: Floats) -> Points:
    """The points with every value taken as known."""
    none = np.zeros(points.n, dtype=bool)
    return replace(points, value=value, low=value, high=value, censored=none)


def gaps(points: Points) -> Floats:
    """Ordinals of the missing periods."""
    return np.array([period.ordinal for period in points.missing], dtype=np.float64)


def filled(points: Points, ends: Floats) -> Points:
    """The points with a value, or a value per head, in every missing period.

    Args:
        points: with ``missing`` periods.
        ends: one a missing period; per head of the population where it is known, which is put
            between its neighbours.
    """
    missing, people = gaps(points), points.population
    order = np.argsort(np.concatenate([points.time, missing]))
    between = None
    if people is not None:
        between = np.interp(missing, points.time, people)
        ends = np.round(ends * between)
    nothing = np.zeros(missing.size, dtype=bool)

    def joined(known: NDArray[Kind], new: NDArray[Kind]) -> NDArray[Kind]:
        return np.concatenate([known, new])[order]

    periods = (*points.periods, *points.missing)
    return replace(
        points,
        periods=tuple(periods[i] for i in order),
        time=joined(points.time, missing),
        value=joined(points.value, ends),
        low=joined(points.low, ends),
        high=joined(points.high, ends),
        censored=joined(points.censored, nothing),
        provisional=joined(points.provisional, nothing),
        missing=(),
        population=None if people is None or between is None else joined(people, between),
    )


def seen(points: Points, side: Marks) -> tuple[float, float]:
    """Least and greatest value (per head where the population is known) among some points."""
    low, high = points.low[side], points.high[side]
    if points.population is not None:
        low, high = low / points.population[side], high / points.population[side]
    return float(low.min()), float(high.max())


def trend_bounds(
    points: Points,
    estimate: float,
    fit: Callable[[Points], float | None],
    lifts: Callable[[Floats], Marks] | None = None,
) -> tuple[Diagnostic, ...]:
    """Lowest and highest estimate when what is not known moves it one way or the other.

    Suppressed values lie at their upper bounds where that lifts the estimate and at their lower
    ones elsewhere, and the other way round; missing values at the highest and lowest ones seen
    (Manski 1990). Nothing where all is known, or where an end has no estimate.

    Args:
        points: the window.
        estimate: slope or step as estimated.
        fit: estimate of other points, None where there is none.
        lifts: where, on a time axis, a higher value means a higher estimate; None for a slope,
            which the late half lifts.
    """
    middle = points.time.mean()
    raises = lifts or (lambda time: np.asarray(time > middle))
    found = []
    if points.censored.any():
        up = raises(points.time)
        ends = [
            exact(points, np.where(up == rising, points.high, points.low))
            for rising in (True, False)
        ]
        found.append((CENSORED, [fit(each) for each in ends]))
    if points.missing:
        known = points.take(~points.censored) if points.censored.any() else points
        least, most = seen(known, np.ones(known.n, dtype=bool))
        time = np.sort(np.concatenate([known.time, gaps(points)]))
        up = raises(time)[np.isin(time, gaps(points))]
        ends = [filled(points, np.where(up == rising, most, least)) for rising in (True, False)]
        found.append((MISSING, [fit(each) for each in ends]))
    ranges = []
    for name, estimates in found:
        values = [value for value in estimates if value is not None]
        if len(values) == len(estimates):
            low, high = min(values), max(values)
            ranges.append(Diagnostic(name=name, value=estimate, low=low, high=high))
    return tuple(ranges)


def range_notes(
    checks: Sequence[Diagnostic], *, is_percent: bool, is_clear: bool
) -> tuple[Note, ...]:
    """The ranges in words; a warning where one holds none and the result is called clear."""
    return tuple(
        Note(
            code=check.name,
            text=_TEXTS[check.name, is_percent],
            severity=Severity.WARN if is_clear and check.low <= 0 <= check.high else Severity.NOTE,
            data={"low": round(check.low, 1), "high": round(check.high, 1)},
        )
        for check in checks
        if check.name in (CENSORED, MISSING) and check.low is not None and check.high is not None
    )
