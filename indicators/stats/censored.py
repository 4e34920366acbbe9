"""Poisson regression in which some counts are only known to lie between two bounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.stats.regression import CountFit, poisson, poisson_loglik

Floats = NDArray[np.float64]

_MAX_STEPS = 200
_WIDEST = 5_000
"""Bounds further apart than this are treated by their middle part only."""


def poisson_interval(
    low: Floats, high: Floats, x: Floats, offset: Floats | None = None
) -> CountFit:
    """Poisson regression with interval-censored counts; equal bounds are exact counts.

    Equation: maximise sum log P(low <= Y <= high), Y Poisson with log mean x b + offset. In the
    linear predictor the score of a censored count is E(Y | bounds) - mean and its information
    mean - var(Y | bounds), so Newton's method needs only the moments of a cut Poisson.
    The dispersion is that of the exact counts: their Pearson chi-square over (exact - p).
    ``y`` of the result holds E(Y | bounds) at the censored counts; deviance is twice the distance
    to the log-likelihood of the exact counts' saturated model and is only used to compare fits.

    Args:
        low: least possible count, shape ``(n,)``.
        high: greatest possible count, shape ``(n,)``.
        x: design of full rank.
        offset: log of population; zeros when None.

    Returns:
        The fit with the inverse observed information as ``bread``.
    """
    exact = low == high
    if exact.all():
        return poisson(low, x, offset)
    shift = np.zeros(low.size) if offset is None else offset
    start = poisson(np.where(exact, low, (low + high) / 2), x, offset)
    coef: Floats = start.coef
    converged = False
    for _ in range(_MAX_STEPS):
        score, information, value = _pieces(low, high, exact, x @ coef + shift)
        step: Floats = _inverse(x, information) @ (x.T @ score)
        if float(np.abs(x @ step).max()) < 1e-11:
            converged = True
            break
        coef = _climbed(low, high, exact, x, shift, coef, step, value)
    eta = x @ coef + shift
    score, information, value = _pieces(low, high, exact, eta)
    mean = np.exp(eta)
    df = int(exact.sum()) - x.shape[1]
    pearson = float(((low - mean) ** 2 / mean)[exact].sum())
    return CountFit(
        coef=coef,
        bread=_inverse(x, information),
        mean=mean,
        dispersion=pearson / df if df > 0 else np.nan,
        deviance=-2 * value,
        pearson=pearson,
        loglik=value,
        df=df,
        x=x,
        y=mean + score,
        converged=converged and bool(np.abs(eta - shift).max() < 300),
    )


def _inverse(x: Floats, information: Floats) -> Floats:
    inner = (x * information[:, None]).T @ x
    return np.asarray(np.linalg.pinv(inner, hermitian=True), dtype=np.float64)


def cut_moments(low: float, high: float, mean: float) -> tuple[float, float, float]:
    """Log probability, mean and variance of a Poisson count given low <= Y <= high."""
    from scipy.special import gammaln, logsumexp

    last = min(high, max(low, mean) + _WIDEST)
    counts = np.arange(low, last + 1)
    logs = counts * np.log(mean) - mean - gammaln(counts + 1)
    total = float(logsumexp(logs))
    share = np.exp(logs - total)
    centre = float(share @ counts)
    return total, centre, float(share @ (counts - centre) ** 2)


def _pieces(
    low: Floats, high: Floats, exact: NDArray[np.bool_], eta: Floats
) -> tuple[Floats, Floats, float]:
    """Score and information of each point in the linear predictor, and the log-likelihood."""
    mean = np.exp(np.clip(eta, -300, 300))
    score, information = low - mean, mean.copy()
    value = poisson_loglik(low[exact], mean[exact])
    for i in np.flatnonzero(~exact):
        part, centre, variance = cut_moments(float(low[i]), float(high[i]), float(mean[i]))
        score[i], information[i] = centre - mean[i], max(mean[i] - variance, 0.0)
        value += part
    return score, information, value


def _climbed(
    low: Floats,
    high: Floats,
    exact: NDArray[np.bool_],
    x: Floats,
    shift: Floats,
    coef: Floats,
    step: Floats,
    value: float,
) -> Floats:
    """The next coefficients: the step is halved until the likelihood does not fall."""
    for _ in range(40):
        if _pieces(low, high, exact, x @ (coef + step) + shift)[2] >= value - 1e-10:
            break
        step = step / 2
    return coef + step
