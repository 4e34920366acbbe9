"""Damped trend smoothing, ETS(A,Ad,N): parameters by an exact zooming grid, gaps are allowed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PARAMETERS = 5
"""Two smoothing weights, the damping, two initial states."""
_ALPHA = (1e-4, 0.9999)
_SHARE = (0.0, 0.9999)
_PHI = (0.8, 0.98)
_POINTS = (9, 6, 5)
_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Damped:
    """A fitted damped trend.

    Attributes:
        alpha, beta, phi: weights of level and trend, damping.
        level, trend: state after the last time.
        sse: sum of squared one-step errors.
        n: values used.
    """

    alpha: float
    beta: float
    phi: float
    level: float
    trend: float
    sse: float
    n: int

    def forecast(self, horizon: int) -> tuple[Floats, Floats]:
        """Path ahead and its standard errors.

        Equation: l + (phi + ... + phi^h) b; variance s^2 (1 + sum_{j<h} (alpha + beta phi_j)^2),
        s^2 = SSE/(n - 5) times n/(n - 5): five fitted numbers make the past look closer than the
        future will be.
        """
        sums = np.cumsum(self.phi ** np.arange(1, horizon + 1))
        weights = self.alpha + self.beta * sums
        growth = 1 + np.concatenate([[0.0], np.cumsum(weights[:-1] ** 2)])
        free = max(self.n - PARAMETERS, 1)
        variance = self.sse / free * (self.n / free)
        return self.level + sums * self.trend, np.sqrt(variance * growth)


def fit_damped(values: Floats) -> Damped:
    """Least squares over weights, damping and initial state (Gaussian maximum likelihood).

    Equation: e = y - (l + phi b); l = l + phi b + alpha e; b = phi b + beta e, beta = alpha beta*.
    For given weights the errors are linear in the initial state, so that part is solved exactly;
    the weights are searched on a grid that closes in on its best point. A missing value leaves
    the state to run on.
    Source: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, ch. 5.

    Args:
        values: equally spaced, nan where missing; the first and the last are known.
    """
    bounds = [_ALPHA, _SHARE, _PHI]
    limits = list(bounds)
    best = (np.inf, np.zeros(3), np.zeros(2))
    for _ in range(_ROUNDS):
        axes = [np.linspace(*limit, n) for limit, n in zip(limits, _POINTS, strict=True)]
        grid = np.stack([part.ravel() for part in np.meshgrid(*axes, indexing="ij")])
        sse, state = _profiled(values, grid)
        pick = int(np.argmin(sse))
        if sse[pick] < best[0]:
            best = (float(sse[pick]), grid[:, pick], state[:, pick])
        steps = [axis[1] - axis[0] for axis in axes]
        limits = [
            (max(low, float(at - step)), min(high, float(at + step)))
            for (low, high), at, step in zip(bounds, best[1], steps, strict=True)
        ]
    alpha, share, phi = (float(v) for v in best[1])
    run = _run(values, best[1][:, None], best[2][0], best[2][1])
    return Damped(
        alpha=alpha,
        beta=alpha * share,
        phi=phi,
        level=float(run[1][0]),
        trend=float(run[2][0]),
        sse=best[0],
        n=int(np.isfinite(values).sum()),
    )


def _run(
    values: Floats, grid: Floats, level: float, trend: float
) -> tuple[Floats, Floats, Floats]:
    """Errors (times, points of the grid) and final states for one initial state."""
    alpha, phi = grid[0], grid[2]
    beta = alpha * grid[1]
    now, slope = np.full(alpha.size, level), np.full(alpha.size, trend)
    errors = np.zeros((values.size, alpha.size))
    for i, value in enumerate(values.tolist()):
        slope = phi * slope
        now = now + slope
        if np.isfinite(value):
            errors[i] = value - now
            now = now + alpha * errors[i]
            slope = slope + beta * errors[i]
    return errors, now, slope


def _profiled(values: Floats, grid: Floats) -> tuple[Floats, Floats]:
    """Least sum of squares of every point of the grid, with its initial state."""
    shift = float(np.nanmean(values))
    base = _run(values - shift, grid, 0.0, 0.0)[0]
    ones = np.where(np.isfinite(values), 0.0, np.nan)
    by_level = -_run(ones, grid, 1.0, 0.0)[0]
    by_trend = -_run(ones, grid, 0.0, 1.0)[0]
    a, b, c = ((u * v).sum(axis=0) for u, v in (
        (by_level, by_level), (by_level, by_trend), (by_trend, by_trend)
    ))  # fmt: skip
    right_l, right_t = ((u * base).sum(axis=0) for u in (by_level, by_trend))
    determinant = np.maximum(a * c - b * b, 1e-300)
    level = (c * right_l - b * right_t) / determinant
    trend = (a * right_t - b * right_l) / determinant
    rest = base - level * by_level - trend * by_trend
    return (rest * rest).sum(axis=0), np.stack([level + shift, trend])
