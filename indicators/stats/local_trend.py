"""Local linear trend: level and slope both wander (statsmodels); gaps are allowed."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTrend:
    """A fitted local linear trend.

    Attributes:
        variances: of noise, level and slope.
        loglik: diffuse.
        forecast, forecast_se: path ahead, noise included.
        converged: whether the search of the variances ended.
    """

    variances: tuple[float, float, float]
    loglik: float
    forecast: Floats
    forecast_se: Floats
    converged: bool


def fit_local_trend(values: Floats, horizon: int) -> LocalTrend:
    """Maximum likelihood with a diffuse start; nan is a missing value.

    Equation: y = m + e; m_t = m_{t-1} + b_{t-1} + u; b_t = b_{t-1} + w.
    Source: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter.
    """
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on the search; its end is told as converged
        fit = UnobservedComponents(values, "lltrend").fit(disp=False, maxiter=500)
        path = fit.get_forecast(horizon)
    noise, level, slope = (float(v) for v in fit.params)
    return LocalTrend(
        variances=(noise, level, slope),
        loglik=float(fit.llf),
        forecast=np.asarray(path.predicted_mean, dtype=np.float64),
        forecast_se=np.asarray(path.se_mean, dtype=np.float64),
        converged=bool(fit.mle_retvals.get("converged", True)),
    )
