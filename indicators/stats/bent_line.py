"""Least squares with one breakpoint anywhere on the axis; the line stays connected."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.regression import LinearFit, ols

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class BentLine:
    """A line with one bend.

    Attributes:
        bend: place of the bend on the time axis.
        bend_se: from the linearised model on n - 4 degrees of freedom.
        slope_before, slope_after: a unit of time.
        rss: residual sum of squares.
    """

    bend: float
    bend_se: float
    slope_before: float
    slope_after: float
    rss: float


def fit_bent_line(time: Floats, values: Floats) -> BentLine:
    """The best bend: searched between every two neighbouring times, each by bounded descent.

    Equation: y = a + b t + c (t - psi)+. Source: Muggeo (2003), Stat. Med. 22.
    """
    from scipy.optimize import minimize_scalar

    def fit(bend: float) -> LinearFit:
        hinge = np.maximum(time - bend, 0.0)
        return ols(values, np.column_stack([np.ones(time.size), time, hinge]))

    def rss(bend: float) -> float:
        rest = fit(bend).residuals
        return float(rest @ rest)

    found = [
        minimize_scalar(rss, bounds=(low, high), method="bounded", options={"xatol": 1e-10})
        for low, high in itertools.pairwise(time[1:-1].tolist())
    ]
    best = min(found, key=lambda item: float(item.fun))
    bend = float(best.x)
    inner = [float(t) for t in time[1:-1]]
    at_time = min(inner, key=rss)
    if rss(at_time) < float(best.fun):
        bend = at_time
    line = fit(bend)
    change = float(line.coef[2])
    design = np.column_stack([line.x, -change * (time > bend)])
    linear = ols(values, design)
    return BentLine(
        bend=bend,
        bend_se=float(linear.se[3]),
        slope_before=float(line.coef[1]),
        slope_after=float(line.coef[1] + change),
        rss=rss(bend),
    )
