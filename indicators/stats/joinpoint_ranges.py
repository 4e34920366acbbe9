"""How far the mean change of a bent line could move if what is not known lay at its ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.model.results import Diagnostic
from indicators.stats.extremes import trend_bounds
from indicators.stats.joinpoint_choice import Choice, grid_of
from indicators.stats.joinpoints import Grid, bends_at, best_bends
from indicators.stats.limits import WEIGHTED_BIC_FROM
from indicators.stats.points import Points
from indicators.stats.scales import percent

Floats = NDArray[np.float64]


def mean_change_ranges(
    points: Points, places: tuple[int, ...], choice: Choice, estimate: float
) -> tuple[Diagnostic, ...]:
    """Lowest and highest mean change with suppressed and missing values at their ends.

    With the change years held the mean change is a weighted sum of the values, so its extremes
    lie where every value is at the end that the sign of its weight says. The number of changes
    is held; their years are looked for again in short series and held in long ones.

    Args:
        points: the window, suppressed points among them.
        places: bends, as indices of the known points.
        choice: the scale is used.
        estimate: mean change as shown: percent, or units a year.

    Returns:
        ``range_censored`` and ``range_missing``; none where all is known, or where an end is a
        zero on the percent scale.
    """
    bends = points.time[~points.censored][list(places)]

    def lifts(time: Floats) -> NDArray[np.bool_]:
        grid = Grid(time=time, values=np.zeros(time.size), weights=np.ones(time.size))
        design = grid.design(_indices(time, bends))
        line = design @ np.linalg.pinv(design)
        return np.asarray(line[-1] > line[0])

    def again(other: Points) -> float | None:
        return _mean_change(other.take(~other.censored), bends, choice)

    return trend_bounds(points, estimate, again, lifts)


def _mean_change(points: Points, bends: Floats, choice: Choice) -> float | None:
    is_log = choice.scale == "log"
    if is_log and (points.value <= 0).any():
        return None
    places = _indices(points.time, bends)
    settled = points.without_provisional_end()
    if places and settled.n < WEIGHTED_BIC_FROM:
        places = best_bends(grid_of(settled, choice), len(places))[-1].places
    middle = bends_at(grid_of(points, choice), places).mean_slope_error(points.time)[0]
    return percent(middle) if is_log else middle


def _indices(time: Floats, bends: Floats) -> tuple[int, ...]:
    return tuple(int(i) for i in np.searchsorted(time, bends))
