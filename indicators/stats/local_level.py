"""Local level model: a level that wanders plus noise, by the Kalman filter; gaps are allowed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalLevel:
    """A fitted local level model.

    Attributes:
        var_irregular, var_level: variances of the noise and of the steps of the level.
        loglik: diffuse, over the values after the first.
        level, variance: of the state after the last value.
        smoothed: two-sided level at every time, shape ``(n,)``.
    """

    var_irregular: float
    var_level: float
    loglik: float
    level: float
    variance: float
    smoothed: Floats

    def forecast_se(self, steps: int) -> float:
        """Standard error of a value that many steps ahead, noise included."""
        return float(np.sqrt(self.variance + steps * self.var_level + self.var_irregular))


@dataclass(frozen=True, slots=True)
class _Filtered:
    predicted: Floats
    predicted_var: Floats
    level: Floats
    var: Floats
    errors: Floats
    error_var: Floats


def fit_local_level(values: Floats) -> LocalLevel:
    """Maximum likelihood with a diffuse start; nan is a missing value, rows are equally spaced.

    Equation: y = m + e, m_t = m_{t-1} + u; loglik = sum over the values after the first of
    -0.5 (ln 2 pi + ln F + v^2/F). The scale is concentrated out, the ratio of variances searched.
    Source: Durbin and Koopman (2012), Time Series Analysis by State Space Methods, ch. 2.
    """
    from scipy.optimize import minimize_scalar

    def loss(log_ratio: float) -> float:
        return -_concentrated(values, float(np.exp(log_ratio)))[0]

    grid = np.linspace(-16.0, 16.0, 65)
    best = int(np.argmin([loss(point) for point in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    found = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-10})
    ratio = float(np.exp(found.x))
    loglik, scale = _concentrated(values, ratio)
    path = _filtered(values, scale, scale * ratio)
    return LocalLevel(
        var_irregular=scale,
        var_level=scale * ratio,
        loglik=loglik,
        level=float(path.level[-1]),
        variance=float(path.var[-1]),
        smoothed=_smoothed(path),
    )


def _concentrated(values: Floats, ratio: float) -> tuple[float, float]:
    """Log-likelihood at the best scale, and that scale."""
    path = _filtered(values, 1.0, ratio)
    seen = np.isfinite(path.errors)
    errors, variances = path.errors[seen], path.error_var[seen]
    scale = float((errors**2 / variances).mean())
    loglik = -0.5 * float((np.log(2 * np.pi * scale * variances) + 1).sum())
    return loglik, scale


def _filtered(values: Floats, noise: float, step: float) -> _Filtered:
    n = values.size
    path = _Filtered(*(np.full(n, np.nan) for _ in range(6)))
    first = int(np.flatnonzero(np.isfinite(values))[0])
    path.level[first], path.var[first] = values[first], noise
    for t in range(first + 1, n):
        level, var = path.level[t - 1], path.var[t - 1] + step
        path.predicted[t], path.predicted_var[t] = level, var
        if np.isfinite(values[t]):
            path.errors[t], path.error_var[t] = values[t] - level, var + noise
            gain = var / (var + noise)
            level, var = level + gain * path.errors[t], var * (1 - gain)
        path.level[t], path.var[t] = level, var
    return path


def _smoothed(path: _Filtered) -> Floats:
    result = path.level.copy()
    for t in range(result.size - 2, -1, -1):
        if not np.isfinite(result[t]):
            result[t] = result[t + 1]  # before the first value the level is what comes after
            continue
        weight = path.var[t] / path.predicted_var[t + 1]
        result[t] += weight * (result[t + 1] - path.predicted[t + 1])
    return result
