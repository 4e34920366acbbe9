"""Least squares and Poisson regression for one series.

``y`` has shape ``(n,)``, a design ``x`` has shape ``(n, p)`` with the constant in its first
column. All solutions go through a QR factorisation of the centred, scaled design, so that raw
years do not spoil the digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TOLERANCE = 1e-13
_SETTLED = 1e-10
"""Steps of the linear predictor below this have died out."""
_MAX_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearFit:
    """A least-squares fit.

    Attributes:
        coef: shape ``(p,)``.
        bread: inverse of X'WX, shape ``(p, p)``.
        covariance: ``bread`` times the residual variance.
        fitted, residuals: on the scale of ``y``, unweighted, shape ``(n,)``.
        variance: residual sum of squares (weighted) over ``df``.
        df: n - p.
        x: the design.
        weights: ones for OLS.
    """

    coef: Floats
    bread: Floats
    covariance: Floats
    fitted: Floats
    residuals: Floats
    variance: float
    df: int
    x: Floats
    weights: Floats

    @property
    def se(self) -> Floats:
        """Standard errors of the coefficients."""
        return standard_errors(self.covariance)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFit:
    """A Poisson regression with log link.

    Attributes:
        coef: log scale, shape ``(p,)``.
        bread: inverse information at dispersion 1, shape ``(p, p)``.
        mean: expected counts, shape ``(n,)``.
        dispersion: Pearson chi-square over ``df``, not cut at 1.
        deviance, pearson, loglik: of the fit at dispersion 1; loglik with all constants.
        df: n - p.
        x: the design.
        y: the counts.
        converged: whether the steps died out.
    """

    coef: Floats
    bread: Floats
    mean: Floats
    dispersion: float
    deviance: float
    pearson: float
    loglik: float
    df: int
    x: Floats
    y: Floats
    converged: bool

    def covariance(self, scale: float) -> Floats:
        """Covariance of the coefficients at that dispersion."""
        return self.bread * scale

    @property
    def sandwich(self) -> Floats:
        """Robust covariance HC0, no small-sample factor."""
        scores = self.x * (self.y - self.mean)[:, None]
        return self.bread @ (scores.T @ scores) @ self.bread


def standard_errors(covariance: Floats) -> Floats:
    """Square roots of the diagonal."""
    return np.sqrt(np.maximum(np.diagonal(covariance), 0.0))


def rank(x: Floats) -> int:
    """Number of independent columns."""
    scale = np.linalg.norm(x, axis=0)
    return int(np.linalg.matrix_rank(x / np.where(scale > 0, scale, 1.0)))


def _solve(y: Floats, x: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Weighted least squares: coefficients and the inverse of X'WX.

    With a constant in the first column the others are centred at their weighted mean and scaled
    before the QR, then turned back: Longley's data keep ten digits this way.
    """
    p = x.shape[1]
    turn = np.eye(p)
    if p > 1 and np.ptp(x[:, 0]) == 0 and x[0, 0] != 0:
        turn[0, 1:] = -(weights @ x[:, 1:]) / weights.sum() / x[0, 0]
    centred = x @ turn
    scale = np.linalg.norm(centred, axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    root = np.sqrt(weights)
    q, r = np.linalg.qr(centred / scale * root[:, None])
    inner = np.linalg.solve(r, q.T @ (y * root)) / scale
    inverse = np.linalg.solve(r, np.eye(p)) / scale[:, None]
    back = turn @ inverse
    return turn @ inner, back @ back.T


def wls(y: Floats, x: Floats, weights: Floats) -> LinearFit:
    """Weighted least squares with the residual scale estimated.

    Equation: minimise sum w (y - x b)^2; covariance (X'WX)^-1 sum w e^2 / (n - p).
    """
    coef, bread = _solve(y, x, weights)
    fitted = x @ coef
    residuals = y - fitted
    df = y.size - x.shape[1]
    variance = float(weights @ residuals**2) / df if df > 0 else np.nan
    return LinearFit(
        coef=coef,
        bread=bread,
        covariance=bread * variance,
        fitted=fitted,
        residuals=residuals,
        variance=variance,
        df=df,
        x=x,
        weights=weights,
    )


def ols(y: Floats, x: Floats) -> LinearFit:
    """Ordinary least squares."""
    return wls(y, x, np.ones(y.size))


def newey_west_lag(n: int) -> int:
    """Lag of yearly series: max(1, floor(4 (n/100)^(2/9)))."""
    return max(1, int(4 * (n / 100) ** (2 / 9)))


def newey_west(fit: LinearFit, lag: int, *, small_sample: bool = True) -> Floats:
    """Covariance robust to dependence up to ``lag``, Bartlett weights 1 - l/(lag+1).

    Args:
        fit: a least-squares fit whose rows are in order of time.
        lag: highest lag.
        small_sample: multiply by n/(n - p).

    Source: Newey and West (1987), Econometrica 55.
    """
    scores = fit.x * (fit.weights * fit.residuals)[:, None]
    factor = fit.residuals.size / fit.df if small_sample else 1.0
    return fit.bread @ bartlett(scores, lag) @ fit.bread * factor


def bartlett(scores: Floats, lag: int) -> Floats:
    """Sum of the products of scores up to ``lag`` apart, weights 1 - l/(lag+1).

    Args:
        scores: in order of time, shape ``(n, p)``.
        lag: highest lag.
    """
    middle: Floats = scores.T @ scores
    for step in range(1, lag + 1):
        cross = scores[step:].T @ scores[:-step]
        middle = middle + (1 - step / (lag + 1)) * (cross + cross.T)
    return middle


def prais_winsten(y: Floats, x: Floats) -> tuple[LinearFit, float]:
    """Regression with first-order dependent errors; the first row is kept.

    Iterates rho = sum e_t e_{t-1} / sum e_t^2 on the residuals of the original equation until it
    stands still. The fit's residuals are those of the transformed equation.

    Source: Prais and Winsten (1954). (GLSAR of statsmodels drops the first row.)
    """
    fit, rho = ols(y, x), 0.0
    for _ in range(500):
        errors = y - x @ fit.coef
        total = float(errors @ errors)
        new = float(errors[1:] @ errors[:-1]) / total if total > 0 else 0.0
        new = float(np.clip(new, -0.99, 0.99))
        moved, rho = abs(new - rho), new
        root = np.sqrt(1 - rho**2)
        rows = np.vstack([x[:1] * root, x[1:] - rho * x[:-1]])
        fit = wls(np.concatenate([y[:1] * root, y[1:] - rho * y[:-1]]), rows, np.ones(y.size))
        if moved < _TOLERANCE:
            break
    return fit, rho


def poisson(y: Floats, x: Floats, offset: Floats | None = None) -> CountFit:
    """Poisson regression: log E(y) = x b + offset, by reweighted least squares.

    Run to machine precision with step halving. Quasi-Poisson is the same fit; its covariance is
    ``bread`` times the dispersion.

    Args:
        y: counts, at least one above 0.
        x: design of full rank.
        offset: log of population or exposure; zeros when None.

    Returns:
        The fit; ``converged`` is False when a coefficient runs away (a stretch of zeros).
    """
    shift = np.zeros(y.size) if offset is None else offset
    mean = (y + y.mean()) / 2
    eta = np.log(mean)
    coef = _solve(eta - shift, x, mean)[0]
    converged = False
    for _ in range(_MAX_STEPS):
        eta = _bounded(x @ coef + shift)
        mean = np.exp(eta)
        step = _solve(eta - shift + (y - mean) / mean, x, mean)[0] - coef
        if float(np.abs(x @ step).max()) < _SETTLED:
            coef, converged = coef + step, True
            break
        coef = _shortened(y, x, shift, coef, step, _deviance(y, mean))
    eta = _bounded(x @ coef + shift)
    mean = np.exp(eta)
    bread = _solve(eta - shift, x, mean)[1]
    pearson = float(((y - mean) ** 2 / mean).sum())
    df = y.size - x.shape[1]
    return CountFit(
        coef=coef,
        bread=bread,
        mean=mean,
        dispersion=pearson / df if df > 0 else np.nan,
        deviance=_deviance(y, mean),
        pearson=pearson,
        loglik=poisson_loglik(y, mean),
        df=df,
        x=x,
        y=y,
        converged=converged and bool(np.abs(eta - shift).max() < 300),
    )


def poisson_loglik(y: Floats, mean: Floats) -> float:
    """Log-likelihood with all constants."""
    from scipy.special import gammaln

    return float((y * np.log(mean) - mean - gammaln(y + 1)).sum())


def _deviance(y: Floats, mean: Floats) -> float:
    ratio = np.where(y > 0, y, 1.0) / np.where(y > 0, mean, 1.0)
    return float(2 * (y * np.log(ratio) - (y - mean)).sum())


def _bounded(eta: Floats) -> Floats:
    return np.clip(eta, -600.0, 600.0)


def _shortened(
    y: Floats, x: Floats, shift: Floats, coef: Floats, step: Floats, deviance: float
) -> Floats:
    """The next coefficients: the step is halved until the deviance does not rise."""
    for _ in range(30):
        mean = np.exp(_bounded(x @ (coef + step) + shift))
        if _deviance(y, mean) <= deviance * (1 + 1e-12) + 1e-10:
            break
        step = step / 2
    return coef + step
