"""Ranges that allow for other change years."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.intervals import student_p
from indicators.stats.joinpoint_limits import profile_limits
from indicators.stats.joinpoints import Grid, best_bends
from indicators.stats.regression import ols

RNG = np.random.default_rng(14)


def _grid(n: int, bend: float) -> Grid:
    time = np.arange(2000.0, 2000 + n)
    values = 0.1 * (time - 2000) + bend * np.maximum(time - 2000 - n // 2, 0)
    return Grid(time=time, values=values + RNG.normal(0, 0.1, n), weights=np.ones(n))


def test_without_bends_they_are_those_of_student() -> None:
    grid = _grid(15, 0.0)
    line = best_bends(grid, 0)[0]
    limits = profile_limits(grid, line, [None])
    fit = ols(grid.values, np.column_stack([np.ones(15), grid.time - grid.time.mean()]))

    low, high = line.slope_intervals()
    assert (limits.low[0], limits.high[0]) == pytest.approx((low[0], high[0]))
    assert limits.spans[0] == pytest.approx((low[0], high[0]))
    assert limits.p_value == pytest.approx(student_p(fit.coef[1] / fit.se[1], 13))


def test_with_bends_they_hold_those_of_the_years_found() -> None:
    grid = _grid(18, -0.15)
    line = best_bends(grid, 1)[1]
    limits = profile_limits(grid, line, [None, 2007.0])
    low, high = line.slope_intervals()

    assert (limits.low <= low + 1e-12).all()
    assert (limits.high >= high - 1e-12).all()
    assert limits.high[0] - limits.low[0] > (high[0] - low[0]) * 1.01
    middle = line.mean_slope(grid.time, since=2007.0)[0]
    assert limits.spans[1][0] < middle < limits.spans[1][1]


def test_every_value_inside_is_reached_by_some_line() -> None:
    """At a limit the best line with that slope has exactly the sum of squares of the F limit."""
    from scipy.special import fdtri

    grid = _grid(14, -0.2)
    line = best_bends(grid, 1)[1]
    limits = profile_limits(grid, line, [None])
    edge = line.sse * (1 + fdtri(1, 10, 0.95) / 10)

    def least(slope: float) -> float:
        found = []
        for place in range(2, 12):
            x = np.column_stack([np.ones(14), np.maximum(grid.time - grid.time[place], 0.0)])
            rest = ols(grid.values - slope * grid.time, x).residuals
            found.append(float(rest @ rest))
        return min(found)

    assert least(limits.low[0]) == pytest.approx(edge)
    assert least(limits.high[0]) == pytest.approx(edge)
    assert least(float(limits.high[0]) + 0.01) > edge
