"""How far an effect could move if what is not known had been as unfavourable as can be."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from indicators.impact.plan import LEVEL, Plan
from indicators.impact.segmented import SegmentedFit, fit_plan
from indicators.model.results import Diagnostic, Refusal
from indicators.stats.extremes import CENSORED, MISSING, exact, filled, gaps, seen
from indicators.stats.points import Points

_SIDES = tuple(product((False, True), repeat=2))
"""High ends before the event, and after it."""


def bounds(fit: SegmentedFit) -> tuple[Diagnostic, ...]:
    """Lowest and highest effect when suppressed and missing values take their ends.

    ``range_censored``: every suppressed count at its lower or upper bound, on either side of the
    event. ``range_missing``: every missing period at the lowest or highest value seen on its side
    (Manski 1990). The estimate itself stands beside both.
    """
    return tuple(
        Diagnostic(name=name, value=_jump(fit), low=min(found), high=max(found))
        for name, found in ((CENSORED, _censored(fit.plan)), (MISSING, _missing(fit.plan)))
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
    for before, after in _SIDES:
        value = np.where(np.where(plan.post, after, before), points.high, points.low)
        found.append(_refitted(plan, exact(points, value)))
    return [value for value in found if value is not None]


def _missing(plan: Plan) -> list[float]:
    points = plan.points
    if not points.missing or plan.pulses:
        return []
    late = gaps(points) >= plan.start
    early_ends, late_ends = (seen(points, plan.post == side) for side in (False, True))
    found = []
    for before, after in _SIDES:
        ends = np.where(late, late_ends[int(after)], early_ends[int(before)])
        found.append(_refitted(plan, filled(points, ends)))
    return [value for value in found if value is not None]
