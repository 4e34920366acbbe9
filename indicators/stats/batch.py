"""Straight-line fits of thousands of series at once, plain numpy.

``time`` has shape ``(n,)`` and is shared; ``values`` has shape ``(series, n)`` with nan where a
series has no value. The time axis is real: gaps count. Each series is centred on its own mean
time, so the two equations separate and nothing is lost to large years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TOLERANCE = 1e-12
_MAX_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Slopes of many series; every array has shape ``(series,)``, nan where nothing fits.

    Attributes:
        slope: change a period (log scale for counts).
        se: standard error; for counts with the dispersion as estimated.
        level: fitted value at the mean time (log scale for counts, without the offset).
        dispersion: residual variance, or Pearson chi-square over df.
        df: points minus 2.
    """

    slope: Floats
    se: Floats
    level: Floats
    dispersion: Floats
    df: Floats


def ols_lines(time: Floats, values: Floats) -> Lines:
    """Ordinary least squares of every series on time.

    Equation: slope = Sxy/Sxx, se = sqrt(RSS/(n-2)/Sxx); the fit of ``regression.ols``.
    """
    if np.isnan(values).any():
        return _masked_ols(time, values)
    n = time.size
    x = time - time.mean()
    spread = x @ x
    level = values.sum(axis=1) / n
    slope = values @ x / spread
    rest = values - level[:, None]
    rest -= slope[:, None] * x
    variance = np.einsum("sn,sn->s", rest, rest) / max(n - 2, 1)
    df = np.full(slope.shape, n - 2.0)
    return _lines(slope, np.sqrt(variance / spread), level, variance, df)


def _masked_ols(time: Floats, values: Floats) -> Lines:
    here = ~np.isnan(values)
    n = here.sum(axis=1).astype(np.float64)
    y = np.where(here, values, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = np.where(here, time - (here @ time / n)[:, None], 0.0)
        level = y.sum(axis=1) / n
        spread = np.einsum("sn,sn->s", x, x)
        slope = np.einsum("sn,sn->s", x, y) / spread
        rest = np.where(here, y - level[:, None] - slope[:, None] * x, 0.0)
        variance = np.einsum("sn,sn->s", rest, rest) / (n - 2)
        return _lines(slope, np.sqrt(variance / spread), level, variance, n - 2)


def quasi_poisson_lines(time: Floats, counts: Floats, population: Floats | None = None) -> Lines:
    """Quasi-Poisson trend of every series: log E(count) = a + b (t - mean) + log(population).

    Args:
        time: shape ``(n,)``.
        counts: shape ``(series, n)``.
        population: same shape as ``counts`` or ``(n,)``; None for no offset.

    Returns:
        Slopes on the log scale with the dispersion as estimated (not cut at 1); nan where the
        counts are all zero, fewer than 3, or the steps do not die out.
    """
    here = ~np.isnan(counts)
    exposure = np.broadcast_to(1.0 if population is None else population, counts.shape)
    here &= np.isfinite(exposure) & (exposure > 0)
    y = np.where(here, counts, 0.0)
    exposure = np.where(here, exposure, 0.0)
    n = here.sum(axis=1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        x = time - (np.where(here, time, 0.0).sum(axis=1) / n)[:, None]
        level, slope, good = _newton(x, y, exposure)
        mean = exposure * np.exp(level[:, None] + slope[:, None] * x)
        information = _moments(x, mean)
        pearson = np.where(here, (y - mean) ** 2 / mean, 0.0).sum(axis=1)
        dispersion = pearson / (n - 2)
        s0, s1, s2 = information
        se = np.sqrt(dispersion * s0 / (s0 * s2 - s1**2))
    bad = ~good | (n < 3)
    blank = [np.where(bad, np.nan, part) for part in (slope, se, level, dispersion, n - 2)]
    return _lines(*blank)


def _moments(x: Floats, mean: Floats) -> tuple[Floats, Floats, Floats]:
    weighted = mean * x
    return mean.sum(axis=1), weighted.sum(axis=1), np.einsum("sn,sn->s", weighted, x)


def _newton(x: Floats, y: Floats, exposure: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Level and slope of every series by Newton steps; True where they settled.

    Series that have settled leave the working set.
    """
    total = y.sum(axis=1)
    level = np.log(total / exposure.sum(axis=1))
    slope = np.zeros_like(level)
    good = np.zeros(level.shape, dtype=bool)
    left = np.flatnonzero(total > 0)
    xs, ys, es = x[left], y[left], exposure[left]
    a, b = level[left], slope[left]
    for _ in range(_MAX_STEPS):
        mean = es * np.exp(a[:, None] + b[:, None] * xs)
        s0, s1, s2 = _moments(xs, mean)
        rest = ys - mean
        g0, g1 = rest.sum(axis=1), np.einsum("sn,sn->s", rest, xs)
        determinant = s0 * s2 - s1**2
        da, db = (s2 * g0 - s1 * g1) / determinant, (s0 * g1 - s1 * g0) / determinant
        # a long step from a flat start can overshoot
        limit = np.minimum(1.0, 2.0 / (np.abs(da) + np.abs(db) * np.abs(xs).max(axis=1)))
        a, b = a + limit * da, b + limit * db
        settled = np.abs(da) + np.abs(db) < _TOLERANCE * (1 + np.abs(a) + np.abs(b))
        done = settled | ~np.isfinite(a + b)
        if done.any():
            level[left[done]], slope[left[done]] = a[done], b[done]
            good[left[settled]] = True
            keep = ~done
            left, xs, ys, es, a, b = (part[keep] for part in (left, xs, ys, es, a, b))
        if left.size == 0:
            break
    return level, slope, good


def _lines(slope: Floats, se: Floats, level: Floats, dispersion: Floats, df: Floats) -> Lines:
    return Lines(slope=slope, se=se, level=level, dispersion=dispersion, df=df)
