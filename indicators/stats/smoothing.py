"""Recursions behind short forecasts: drift, Holt, exponential smoothing with additive error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.regression import ols

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Random walk with drift: mean step, its error, path and error of the path ahead."""

    drift: float
    drift_se: float
    forecast: Floats
    forecast_se: Floats


def random_walk_drift(values: Floats, horizon: int) -> Drift:
    """Mean of first differences carried forward.

    Equation: drift se = s/sqrt(n-1); forecast se = s sqrt(h + h^2/(n-1)), s the standard
    deviation of the differences on n - 2 degrees of freedom.
    """
    steps = np.diff(values)
    ahead = np.arange(1, horizon + 1, dtype=np.float64)
    spread = float(steps.std(ddof=1))
    drift = float(steps.mean())
    return Drift(
        drift=drift,
        drift_se=spread / float(np.sqrt(steps.size)),
        forecast=values[-1] + drift * ahead,
        forecast_se=spread * np.sqrt(ahead + ahead**2 / steps.size),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothed:
    """One-step errors and final state of a smoothing recursion."""

    errors: Floats
    level: float
    trend: float

    @property
    def sse(self) -> float:
        """Sum of squared one-step errors."""
        return float(self.errors @ self.errors)

    def forecast(self, horizon: int) -> Floats:
        """Level plus trend times steps ahead."""
        return self.level + self.trend * np.arange(1, horizon + 1, dtype=np.float64)


def smooth(values: Floats, alpha: float, beta: float, level: float, trend: float) -> Smoothed:
    """Holt's linear trend in error form; beta 0 and trend 0 is simple smoothing.

    Equation: e = y - (l + b); l = l + b + alpha e; b = b + beta e, with beta = alpha beta*.
    The state before the first value is ``level``, ``trend``. Source: Holt (1957).
    """
    errors = np.empty(values.size)
    for i, value in enumerate(values.tolist()):
        error = value - level - trend
        level, trend = level + trend + alpha * error, trend + beta * error
        errors[i] = error
    return Smoothed(errors=errors, level=level, trend=trend)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmoothingFit:
    """Smoothing with estimated parameters and initial state."""

    alpha: float
    beta: float
    initial_level: float
    initial_trend: float
    smoothed: Smoothed


def fit_smoothing(values: Floats, *, has_trend: bool) -> SmoothingFit:
    """Least squares over alpha, beta and the initial state (Gaussian maximum likelihood).

    For given alpha and beta the errors are linear in the initial state, so that part is solved
    exactly and only alpha (and beta <= alpha) are searched.
    """
    from scipy.optimize import minimize

    def profiled(alpha: float, beta: float) -> tuple[Smoothed, float, float]:
        base = smooth(values, alpha, beta, 0.0, 0.0).errors
        columns = [base - smooth(values, alpha, beta, 1.0, 0.0).errors]
        if has_trend:
            columns.append(base - smooth(values, alpha, beta, 0.0, 1.0).errors)
        state = ols(base, np.column_stack(columns)).coef
        level, trend = float(state[0]), float(state[1]) if has_trend else 0.0
        return smooth(values, alpha, beta, level, trend), level, trend

    def unpacked(free: Floats) -> tuple[float, float]:
        alpha = float(np.clip(free[0], 1e-4, 0.9999))
        share = float(np.clip(free[1], 1e-4, 0.9999)) if has_trend else 0.0
        return alpha, alpha * share

    def loss(free: Floats) -> float:
        return profiled(*unpacked(free))[0].sse

    starts = [(a, b) for a in (0.1, 0.4, 0.7, 0.95) for b in ((0.05, 0.3) if has_trend else (0,))]
    best = min(
        (
            minimize(
                loss,
                np.array(start[: 1 + has_trend], dtype=np.float64),
                method="Nelder-Mead",
                bounds=[(1e-4, 0.9999)] * (1 + has_trend),
                options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 2000},
            )
            for start in starts
        ),
        key=lambda found: float(found.fun),
    )
    alpha, beta = unpacked(best.x)
    smoothed, level, trend = profiled(alpha, beta)
    return SmoothingFit(
        alpha=alpha, beta=beta, initial_level=level, initial_trend=trend, smoothed=smoothed
    )


def forecast_errors(variance: float, alpha: float, beta: float, horizon: int) -> Floats:
    """Standard error h steps ahead: sigma sqrt(1 + sum_{j<h} (alpha + beta j)^2)."""
    steps = np.arange(1, horizon, dtype=np.float64)
    growth = np.concatenate([[0.0], np.cumsum((alpha + beta * steps) ** 2)])
    return np.sqrt(variance * (1 + growth))
