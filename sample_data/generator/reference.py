"""Reference estimators: how a careful user would find each truth, in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from indicators.model.series import Floats

Z95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFit:
    """A fitted log-linear count model.

    Attributes:
        beta, se: coefficients and their standard errors (quasi-Poisson).
        dispersion: Pearson statistic over degrees of freedom.
        df: residual degrees of freedom.
    """

    beta: Floats
    se: Floats
    dispersion: float
    df: int

    def covers(self, index: int, value: float) -> bool:
        """Whether the 95 % interval of a coefficient holds a value."""
        return bool(abs(self.beta[index] - value) <= Z95 * self.se[index])


def count_fit(y: Floats, X: Floats, offset: Floats | None = None) -> CountFit:
    """Quasi-Poisson regression with log link by iteratively reweighted least squares.

    Equation: log E(y) = X beta + offset, Var(y) = phi E(y), phi from the Pearson statistic.
    """
    shift = np.zeros(len(y)) if offset is None else offset
    eta: Floats = np.log(np.maximum(y, 0.5))
    beta: Floats = np.zeros(X.shape[1])
    for _ in range(60):
        mu = np.exp(eta)
        z = eta - shift + (y - mu) / mu
        information = X.T @ (mu[:, None] * X)
        new: Floats = np.linalg.solve(information, X.T @ (mu * z)).astype(np.float64)
        step = float(np.max(np.abs(new - beta)))
        beta, eta = new, X @ new + shift
        if step < 1e-10:
            break
    mu = np.exp(eta)
    df = len(y) - X.shape[1]
    dispersion = float(((y - mu) ** 2 / mu).sum() / df)
    covariance = np.linalg.inv(X.T @ (mu[:, None] * X)) * dispersion
    return CountFit(beta=beta, se=np.sqrt(np.diag(covariance)), dispersion=dispersion, df=df)


def least_squares(y: Floats, X: Floats, weights: Floats | None = None) -> Floats:
    """Weighted least squares coefficients."""
    w = np.ones(len(y)) if weights is None else np.sqrt(weights)
    beta: Floats = np.linalg.lstsq(X * w[:, None], y * w, rcond=None)[0].astype(np.float64)
    return beta


def monthly_step(y: Floats, step: int, pulse: tuple[int, int]) -> tuple[CountFit, dict[str, int]]:
    """Interrupted monthly series: trend, season, a pulse and a step (T01, T05).

    Args:
        y: counts by month, shape ``(n,)``.
        step: index of the first month after the step.
        pulse: first month of the pulse and first month after it.

    Returns:
        The fit and the column of ``step`` and ``pulse``.
    """
    t = np.arange(len(y), dtype=float)
    angle = 2 * np.pi * t / 12
    X = np.column_stack(
        [
            np.ones(len(y)),
            (t - t.mean()) / 12,
            np.cos(angle),
            np.sin(angle),
            t >= step,
            (t >= pulse[0]) & (t < pulse[1]),
        ]
    ).astype(float)
    return count_fit(y, X), {"step": 4, "pulse": 5}


def season(y: Floats, extra: Floats | None = None) -> tuple[float, int]:
    """Amplitude (share of the mean) and month (1-12) of the yearly peak (T10)."""
    t = np.arange(len(y), dtype=float)
    angle = 2 * np.pi * t / 12
    X = np.column_stack([np.ones(len(y)), t, np.cos(angle), np.sin(angle)])
    if extra is not None:
        X = np.column_stack([X, extra])
    beta = count_fit(y, X).beta
    peak = np.arctan2(beta[3], beta[2]) / (2 * np.pi) * 12
    return float(np.hypot(beta[2], beta[3])), int(np.rint(peak)) % 12 + 1


def two_joinpoints(years: Floats, y: Floats) -> tuple[tuple[float, float], Floats]:
    """The best two joinpoints of a log-linear trend and the yearly change in percent (T03).

    Lerman's grid: on observed years, two observations outside each end and between.
    """
    log = np.log(y)
    t = years - years[0]
    best: tuple[float, tuple[int, int], Floats] | None = None
    for a, b in combinations(range(2, len(t) - 2), 2):
        if b - a < 3:
            continue
        X = np.column_stack(
            [np.ones(len(t)), t, np.clip(t - t[a], 0, None), np.clip(t - t[b], 0, None)]
        )
        beta = least_squares(log, X)
        sse = float(((log - X @ beta) ** 2).sum())
        if best is None or sse < best[0]:
            best = (sse, (a, b), beta)
    assert best is not None  # the series has 20 points
    _, (a, b), beta = best
    slopes = np.cumsum(beta[1:])
    return (float(years[a]), float(years[b])), 100 * (np.exp(slopes) - 1)


def yearly_step(y: Floats, first: int, *, slope: bool) -> CountFit:
    """Interrupted yearly count series; column 2 is the level, column 3 the change of slope (T06)."""
    t = np.arange(len(y), dtype=float)
    columns = [np.ones(len(y)), t - t.mean(), t >= first]
    if slope:
        columns.append(np.clip(t - first, 0, None))
    return count_fit(y, np.column_stack(columns).astype(float))


def gini(rates: Floats, population: Floats) -> float:
    """Gini of rates weighted by population: sum w w |r - r| / (2 mean)."""
    w = population / population.sum()
    gaps = np.abs(rates[:, None] - rates[None, :])
    return float((w[:, None] * w[None, :] * gaps).sum() / (2 * (w * rates).sum()))


def share_slope(x: Floats, hits: Floats, of: Floats, first: float, last: float) -> Floats:
    """Level and slope (points a year) of a share that moves between two years and is flat outside."""
    X = np.column_stack([np.ones(len(x)), np.clip(x - first, 0, last - first)])
    return least_squares(100 * hits / of, X, of)


def panel(y: Floats, units: Floats, times: Floats, x: Floats, weights: Floats) -> float:
    """Coefficient of x with effects of units and times, weighted (T07)."""
    dummies = [units == u for u in np.unique(units)] + [times == t for t in np.unique(times)[1:]]
    X = np.column_stack([x, *dummies]).astype(float)
    return float(least_squares(y, X, weights)[0])


def elasticity(y: Floats, x: Floats, units: Floats) -> float:
    """Elasticity of a count to x with unit effects (T09)."""
    X = np.column_stack([np.log(x), *(units == u for u in np.unique(units))]).astype(float)
    return float(count_fit(y, X).beta[0])


def poisson_rejected(y: Floats) -> bool:
    """Whether a Poisson trend is rejected by its Pearson statistic at 5 % (T11)."""
    from scipy.stats import chi2

    t = np.arange(len(y), dtype=float)
    fit = count_fit(y, np.column_stack([np.ones(len(y)), t - t.mean()]))
    return bool(fit.dispersion * fit.df > chi2.ppf(0.95, fit.df))


def three_lists(patterns: Floats, *, together: bool) -> float:
    """Population size from three lists (T16).

    Args:
        patterns: counts of 001, 010, 011, 100, 101, 110, 111; the digits are police, NGO, labour.
        together: whether the police-NGO term is in the model.
    """
    cells = np.array([[int(d) for d in f"{i:03b}"] for i in range(1, 8)], dtype=float)
    X = np.column_stack([np.ones(7), cells])
    if together:
        X = np.column_stack([X, cells[:, 0] * cells[:, 1]])
    return float(patterns.sum() + np.exp(count_fit(patterns, X).beta[0]))
