"""Continuous piecewise lines whose bends lie on observed years: exact search over the grid.

A bend is the index of an observation. At least ``ends`` observations lie strictly outside the
outer bends and ``between`` strictly between two bends (the conventions of the NCI program).
Source: Lerman (1980), Applied Statistics 29; Kim, Fay, Feuer and Midthune (2000), Stat. Med. 19.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.intervals import f_quantile, normal_quantile, student_p, student_quantile
from indicators.stats.joinpoint_grid import Grid, Search
from indicators.stats.regression import LinearFit, wls

Floats = NDArray[np.float64]

__all__ = ["Bends", "Grid", "YearRange", "bends_at", "best_bends", "change_years"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bends:
    """The best line with a given number of bends.

    Attributes:
        places: indices of the observations where the line bends.
        fit: the regression on (1, x, hinges); x counts from the first observation.
        sse: weighted residual sum of squares.
        r2max: largest partial R^2 of a bend on the observations from its left neighbour bend to
            its right one, ends included; 0 without bends.
        bic, bic3, wbic: ln(SSE/n) plus (2k+2), (3k+2) and ((2+r2max)k+2) times ln(n)/n.
    """

    places: tuple[int, ...]
    fit: LinearFit
    sse: float
    r2max: float
    bic: float
    bic3: float
    wbic: float

    @property
    def slopes(self) -> Floats:
        """Slope of each segment, a unit of time."""
        slopes: Floats = np.cumsum(self.fit.coef[1:])
        return slopes

    def slope_intervals(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Limits of the slopes, conditional on the bends: t on n - 2k - 2 degrees of freedom."""
        k = len(self.places)
        df = self.fit.residuals.size - 2 * k - 2
        covariance = self.fit.bread * self.sse / df
        sums = np.tril(np.ones((k + 1, k + 1)))
        errors = np.sqrt(np.diagonal(sums @ covariance[1:, 1:] @ sums.T))
        reach = student_quantile(df, level) * errors
        return self.slopes - reach, self.slopes + reach

    def mean_slope(
        self, time: Floats, level: float = 0.95, since: float | None = None
    ) -> tuple[float, float, float]:
        """``mean_slope_error`` with limits: t in one segment, normal over several."""
        middle, error, df = self.mean_slope_error(time, since)
        reach = (normal_quantile(level) if df is None else student_quantile(df, level)) * error
        return middle, middle - reach, middle + reach

    def mean_slope_error(
        self, time: Floats, since: float | None = None
    ) -> tuple[float, float, int | None]:
        """Slope averaged over a span, weights = time in each segment; error, degrees of freedom.

        n - 2k - 2 degrees of freedom when the span lies in one segment, else None.
        Source: Clegg et al. (2009), Stat. Med. 28.

        Args:
            time: the time axis of the fit.
            since: begin of the span; None for the first observation.
        """
        k, n = len(self.places), time.size
        knots = np.maximum(time[[0, *self.places, n - 1]], time[0] if since is None else since)
        share = np.diff(knots) / (knots[-1] - knots[0])
        weights = share @ np.tril(np.ones((k + 1, k + 1)))
        df = n - 2 * k - 2
        covariance = self.fit.bread[1:, 1:] * self.sse / df
        error = float(np.sqrt(weights @ covariance @ weights))
        is_one = int((share > 0).sum()) == 1
        return float(weights @ self.fit.coef[1:]), error, df if is_one else None

    def slope_changes(self, level: float = 0.95) -> tuple[tuple[float, float, float, float], ...]:
        """Change of slope at each bend with limits and p, conditional on the bends.

        Two slopes are compared by this difference, never by whether their limits overlap.
        """
        df = self.fit.residuals.size - 2 * len(self.places) - 2
        errors = np.sqrt(np.diagonal(self.fit.bread)[2:] * self.sse / df)
        reach = student_quantile(df, level) * errors
        return tuple(
            (float(d), float(d - r), float(d + r), student_p(d / e, df) if e > 0 else 0.0)
            for d, e, r in zip(self.fit.coef[2:], errors, reach, strict=True)
        )


def best_bends(grid: Grid, most: int) -> tuple[Bends, ...]:
    """The best lines with 0, 1, ... ``most`` bends; fewer when the grid has no room."""
    search = Search(grid)
    target = (grid.values * search.root)[None, :]
    found = []
    for k in range(most + 1):
        sse, where = search.best(target, k)
        if not np.isfinite(sse[0]):
            break
        found.append(bends_at(grid, tuple(int(i) for i in where[0])))
    return tuple(found)


def bends_at(grid: Grid, places: tuple[int, ...]) -> Bends:
    """The line that bends at these places."""
    fit = wls(grid.values, grid.design(places), grid.weights)
    sse = float(grid.weights @ fit.residuals**2)
    n, k = grid.time.size, len(places)
    r2max = _r2max(grid, places)
    base, unit = float(np.log(sse / n)) if sse > 0 else -np.inf, float(np.log(n) / n)
    return Bends(
        places=places,
        fit=fit,
        sse=sse,
        r2max=r2max,
        bic=base + (2 * k + 2) * unit,
        bic3=base + (3 * k + 2) * unit,
        wbic=base + ((2 + r2max) * k + 2) * unit,
    )


def _r2max(grid: Grid, places: tuple[int, ...]) -> float:
    knots = (0, *places, grid.time.size - 1)
    shares = [0.0]
    for left, bend, right in zip(knots[:-2], knots[1:-1], knots[2:], strict=True):
        part = slice(left, right + 1)
        x, y, w = grid.time[part] - grid.time[left], grid.values[part], grid.weights[part]
        line = np.column_stack([np.ones(x.size), x])
        bent = np.column_stack([line, np.maximum(grid.time[part] - grid.time[bend], 0.0)])
        plain, better = (float(w @ wls(y, d, w).residuals ** 2) for d in (line, bent))
        shares.append(1 - better / plain if plain > 0 else 0.0)
    return max(shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRange:
    """Place of a bend on the time axis and the places that fit about as well."""

    place: int
    low: int
    high: int


def change_years(grid: Grid, found: Bends, level: float = 0.95) -> tuple[YearRange, ...]:
    """Range of places of each bend: the profile of the sum of squares under the F limit.

    A place belongs to the range when the best line that bends there, the other bends free, has
    SSE <= SSE_min (1 + F(level; 1, n - 2k - 2)/(n - 2k - 2)).
    Source: Lerman (1980), Applied Statistics 29, section 4.
    """
    k = len(found.places)
    if k == 0:
        return ()
    search = Search(grid)
    sse, sets = search.profile(grid.values * search.root, k)
    df = grid.n - 2 * k - 2
    limit = found.sse * (1 + f_quantile(1, df, level) / df)
    near = sets[sse <= limit * (1 + 1e-9)]
    if near.size == 0:  # a line through all points
        near = np.array([found.places], dtype=np.intp)
    return tuple(
        YearRange(place=place, low=int(near[:, j].min()), high=int(near[:, j].max()))
        for j, place in enumerate(found.places)
    )
