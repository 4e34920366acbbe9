"""Numbers that tell how well a fit describes its points. Residuals are in order of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.stats.regression import LinearFit, ols

Floats = NDArray[np.float64]


def lag1(residuals: Floats) -> float:
    """First autocorrelation, neighbours in the file: sum r_t r_{t-1} / sum r_t^2."""
    total = float(residuals @ residuals)
    return float(residuals[1:] @ residuals[:-1]) / total if total > 0 else 0.0


def durbin_watson(residuals: Floats) -> float:
    """Sum of squared differences over sum of squares; nan without residuals."""
    total = float(residuals @ residuals)
    return float((np.diff(residuals) ** 2).sum()) / total if total > 0 else float("nan")


def ljung_box(
    residuals: Floats, lag: int, *, model_df: int = 0, mean_removed: bool = True
) -> tuple[float, float]:
    """Ljung-Box statistic up to ``lag`` and its p-value.

    Equation: n(n+2) sum_k r_k^2/(n-k), chi-square on lag - model_df (p is nan when not positive).
    Source: Ljung and Box (1978), Biometrika 65.
    """
    from scipy.special import chdtrc

    n = residuals.size
    rest = residuals - residuals.mean() if mean_removed else residuals
    total = float(rest @ rest)
    if total == 0:
        return 0.0, 1.0
    sums = [float(rest[k:] @ rest[:-k]) ** 2 / (n - k) for k in range(1, lag + 1)]
    statistic = n * (n + 2) * sum(sums) / total**2
    df = lag - model_df
    return statistic, float(chdtrc(df, statistic)) if df > 0 else float("nan")


def breusch_godfrey(fit: LinearFit) -> tuple[float, float]:
    """Order-1 Breusch-Godfrey statistic n R^2 and its p-value; the missing first lag is 0."""
    from scipy.special import chdtrc

    residuals = fit.residuals
    total = float(residuals @ residuals)
    if total == 0:
        return 0.0, 1.0
    lagged = np.concatenate([[0.0], residuals[:-1]])
    rest = ols(residuals, np.column_stack([fit.x, lagged])).residuals
    statistic = residuals.size * (1 - float(rest @ rest) / total)
    return statistic, float(chdtrc(1, statistic))


def shapiro(residuals: Floats) -> tuple[float, float]:
    """Shapiro-Wilk W and p; shown, never a gate."""
    from scipy.stats import shapiro as test

    if np.ptp(residuals) == 0:
        return 1.0, 1.0
    result = test(residuals)
    return float(result.statistic), float(result.pvalue)


def leverage(x: Floats, weights: Floats, bread: Floats) -> Floats:
    """Diagonal of the hat matrix of a weighted fit, shape ``(n,)``."""
    hat: Floats = weights * np.einsum("ij,jk,ik->i", x, bread, x)
    return hat


def cook(standardised: Floats, hat: Floats, parameters: int) -> Floats:
    """Cook distances from residuals already divided by their scale (Pearson over root phi)."""
    rest = np.maximum(1 - hat, 1e-12)
    distance: Floats = standardised**2 * hat / rest**2 / parameters
    return distance
