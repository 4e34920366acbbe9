"""The models that carry a series forward: each turns a path behind into a path ahead.

Values are equally spaced on the scale of the model, nan where missing; the first and the last are
known. A path has its middle, its standard errors and the degrees of freedom of their size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.damped import PARAMETERS, fit_damped
from indicators.stats.local_level import fit_local_level
from indicators.stats.local_trend import fit_local_trend
from indicators.stats.small_arma import fit_small_arma

Floats = NDArray[np.float64]
Order = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Middle and standard errors ahead, shape ``(horizon,)``.

    Attributes:
        unclear_noise: the data cannot tell wandering of the level from noise of measurement.
    """

    middle: Floats
    error: Floats
    df: int
    unclear_noise: bool = False


def _steps(values: Floats) -> tuple[Floats, Floats]:
    """Changes between neighbours that are known, and the years between them."""
    seen = np.flatnonzero(np.isfinite(values))
    return np.diff(values[seen]), np.diff(seen).astype(np.float64)


def no_change(values: Floats, horizon: int) -> Path:
    """The last value held. Equation: y + sum of steps with mean 0; error s sqrt(h)."""
    step, years = _steps(values)
    spread = float(np.sqrt((step**2 / years).mean()))
    ahead = np.arange(1, horizon + 1, dtype=np.float64)
    return Path(
        middle=np.full(horizon, values[-1]), error=spread * np.sqrt(ahead), df=int(step.size)
    )


def drift(values: Floats, horizon: int) -> Path:
    """Random walk with drift; a step over a gap of g years has g times the mean and variance.

    Equation: error s sqrt(h + h^2/T), T the years from the first to the last value; without gaps
    that of ``smoothing.random_walk_drift``.
    """
    step, years = _steps(values)
    mean = float(step.sum() / years.sum())
    rest = float(((step - mean * years) ** 2 / years).sum())
    spread = np.sqrt(rest / max(step.size - 1, 1))
    ahead = np.arange(1, horizon + 1, dtype=np.float64)
    return Path(
        middle=values[-1] + mean * ahead,
        error=spread * np.sqrt(ahead + ahead**2 / years.sum()),
        df=max(int(step.size) - 1, 1),
    )


def damped(values: Floats, horizon: int) -> Path:
    """Damped trend, ETS(A,Ad,N)."""
    fit = fit_damped(values)
    middle, error = fit.forecast(horizon)
    return Path(middle=middle, error=error, df=max(fit.n - PARAMETERS, 1))


def local_level(values: Floats, horizon: int) -> Path:
    """A level that wanders, seen with noise."""
    fit = fit_local_level(values)
    error = np.array([fit.forecast_se(step) for step in range(1, horizon + 1)])
    small = 1e-6 * (fit.var_irregular + fit.var_level)
    seen = int(np.isfinite(values).sum())
    return Path(
        middle=np.full(horizon, fit.level),
        error=error,
        df=max(seen - 2, 1),
        unclear_noise=min(fit.var_irregular, fit.var_level) < small,
    )


def local_linear(values: Floats, horizon: int) -> Path:
    """A level and a slope that wander, seen with noise."""
    fit = fit_local_trend(values, horizon)
    small = 1e-6 * sum(fit.variances)
    return Path(
        middle=fit.forecast,
        error=fit.forecast_se,
        df=max(int(np.isfinite(values).sum()) - 3, 1),
        unclear_noise=min(fit.variances[:2]) < small,
    )


def combination(values: Floats, horizon: int) -> Path:
    """Mean of drift, damped trend and local level; errors as if they were always wrong together.

    Source: Bates and Granger (1969), Oper. Res. Q. 20; equal weights.
    """
    paths = [model(values, horizon) for model in (drift, damped, local_level)]
    return Path(
        middle=np.mean([path.middle for path in paths], axis=0),
        error=np.mean([path.error for path in paths], axis=0),
        df=min(path.df for path in paths),
        unclear_noise=any(path.unclear_noise for path in paths),
    )


def arima_order(values: Floats) -> tuple[Order, bool]:
    """Orders p, q <= 1 with the least AICc, and whether the path has a constant or drift.

    One difference is taken when it makes the series less variable.
    """
    step, _ = _steps(values)
    once = int(step.std() < np.nanstd(values))
    choices = [
        ((p, once, q), has_constant)
        for p in (0, 1)
        for q in (0, 1)
        for has_constant in ((False, True) if once else (True,))
    ]
    n = int(np.isfinite(values).sum()) - once

    def aicc(choice: tuple[Order, bool]) -> float:
        (p, _, q), has_constant = choice
        k = p + q + int(has_constant) + 1
        fit = fit_small_arma(values, choice[0], 1, has_constant=has_constant)
        return -2 * fit.loglik + 2 * k + 2 * k * (k + 1) / (n - k - 1)

    return min(choices, key=aicc)


def arima(values: Floats, horizon: int, chosen: tuple[Order, bool] | None = None) -> Path:
    """ARIMA by exact likelihood; the orders are those given or the best by AICc."""
    order, has_constant = chosen or arima_order(values)
    fit = fit_small_arma(values, order, horizon, has_constant=has_constant)
    parameters = order[0] + order[2] + int(has_constant) + 1
    return Path(
        middle=fit.forecast,
        error=fit.forecast_se,
        df=max(int(np.isfinite(values).sum()) - order[1] - parameters, 1),
    )
