"""ARMA with at most one AR and one MA term by exact likelihood, fast; gaps are allowed.

The general case is ``autoregression.fit_arma`` (statsmodels), which also tests this one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_EDGE = 0.97
_POINTS = 13
_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallArma:
    """A fitted ARMA(p, q), p and q at most 1, of values or of their differences.

    Attributes:
        ar, ma: coefficients, 0 where the model has none.
        mean: of the values, or drift of the differences; 0 without a constant.
        sigma2: innovation variance.
        loglik: exact Gaussian.
        forecast, forecast_se: path ahead of the values, without parameter uncertainty.
    """

    ar: float
    ma: float
    mean: float
    sigma2: float
    loglik: float
    forecast: Floats
    forecast_se: Floats


def fit_small_arma(
    values: Floats, order: tuple[int, int, int], horizon: int, *, has_constant: bool
) -> SmallArma:
    """Maximum likelihood on a grid of (ar, ma) that closes in; scale and mean solved exactly.

    Equation: x_t = ar x_{t-1} + e_t + ma e_{t-1}, x the values (or differences) minus the mean.

    Args:
        values: equally spaced, nan where missing; the last one is known.
        order: (p, d, q), each 0 or 1.
        horizon: steps ahead.
        has_constant: whether there is a mean (drift when d is 1).
    """
    p, d, q = order
    series = np.diff(values) if d else values
    columns = np.column_stack([series, np.ones(series.size)])
    spans = [(-_EDGE, _EDGE) if here else (0.0, 0.0) for here in (p, q)]
    limits, best = spans, (-np.inf, 0.0, 0.0)
    for _ in range(_ROUNDS if p or q else 1):
        axes = [np.linspace(*span, _POINTS if span[0] < span[1] else 1) for span in limits]
        ar, ma = (part.ravel() for part in np.meshgrid(*axes, indexing="ij"))
        loglik = _profiled(columns, ar, ma, has_constant=has_constant)[0]
        pick = int(np.argmax(loglik))
        if loglik[pick] > best[0]:
            best = (float(loglik[pick]), float(ar[pick]), float(ma[pick]))
        limits = [
            (max(low, at - step), min(high, at + step))
            for (low, high), at, step in zip(
                spans,
                best[1:],
                [axis[1] - axis[0] if axis.size > 1 else 0.0 for axis in axes],
                strict=True,
            )
        ]
    return _finished(values, columns, d, best, horizon, has_constant=has_constant)


def _innovations(columns: Floats, ar: Floats, ma: Floats) -> tuple[Floats, Floats, Floats]:
    """One-step errors, their variances over sigma2, and the last predicted state.

    Kalman filter on the state (x_t, ma e_t) from its stationary start, for every (ar, ma).
    """
    n, width = columns.shape
    errors = np.full((n, ar.size, width), np.nan)
    scale = np.full((n, ar.size), np.nan)
    state = np.zeros((2, ar.size, width))
    p11 = (1 + 2 * ar * ma + ma**2) / (1 - ar**2)
    p12, p22 = ma.copy(), ma**2
    for t in range(n):
        if np.isfinite(columns[t, 0]):
            errors[t], scale[t] = columns[t] - state[0], p11
            gain = (p12 / p11)[:, None]
            state = np.stack([state[0] + errors[t], state[1] + gain * errors[t]])
            p11, p12, p22 = np.zeros_like(p11), np.zeros_like(p12), p22 - p12**2 / p11
        state = np.stack([ar[:, None] * state[0] + state[1], np.zeros_like(state[1])])
        p11, p12, p22 = ar**2 * p11 + 2 * ar * p12 + p22 + 1, ma.copy(), ma**2
    return errors, scale, state


def _profiled(
    columns: Floats, ar: Floats, ma: Floats, *, has_constant: bool
) -> tuple[Floats, Floats, Floats]:
    """Log-likelihood, mean and innovation variance at the best scale and mean."""
    errors, scale, _ = _innovations(columns, ar, ma)
    seen = np.isfinite(scale[:, 0])
    y, one, f = errors[seen, :, 0], errors[seen, :, 1], scale[seen]
    mean = np.zeros(ar.size)
    if has_constant:
        mean = (y * one / f).sum(axis=0) / (one**2 / f).sum(axis=0)
    sigma2 = ((y - mean * one) ** 2 / f).mean(axis=0)
    n = int(seen.sum())
    with np.errstate(divide="ignore"):
        loglik = -0.5 * (n * (np.log(2 * np.pi * sigma2) + 1) + np.log(f).sum(axis=0))
    return loglik, mean, sigma2


def _finished(
    values: Floats,
    columns: Floats,
    d: int,
    best: tuple[float, float, float],
    horizon: int,
    *,
    has_constant: bool,
) -> SmallArma:
    """The path ahead: x decays by ar; errors add up the weights of past innovations."""
    loglik, ar, ma = best
    one_ar, one_ma = np.array([ar]), np.array([ma])
    _, means, sigmas = _profiled(columns, one_ar, one_ma, has_constant=has_constant)
    mean, sigma2 = float(means[0]), float(sigmas[0])
    state = _innovations(columns, one_ar, one_ma)[2][0, 0]
    steps = np.arange(horizon)
    path = mean + (state[0] - mean * state[1]) * ar**steps
    weights = np.where(steps == 0, 1.0, (ar + ma) * ar ** np.maximum(steps - 1, 0))
    if d:
        path = values[-1] + np.cumsum(path)
        weights = np.cumsum(weights)
    return SmallArma(
        ar=ar,
        ma=ma,
        mean=mean,
        sigma2=sigma2,
        loglik=loglik,
        forecast=path,
        forecast_se=np.sqrt(sigma2 * np.cumsum(weights**2)),
    )
