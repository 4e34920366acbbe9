"""Negative binomial regression (NB2, variance = mean + alpha mean^2) with alpha estimated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.regression import poisson

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeBinomialFit:
    """A negative binomial fit.

    Attributes:
        coef: log scale, shape ``(p,)``.
        alpha: variance = mean + alpha mean^2.
        se_joint: from the inverse observed information of coefficients and alpha together.
        se_given_alpha: expected information with alpha held.
        loglik: with all constants.
        gain: 2 (loglik - Poisson loglik); a boundary test halves the chi-square(1) p-value.
    """

    coef: Floats
    alpha: float
    se_joint: Floats
    se_given_alpha: Floats
    loglik: float
    gain: float


def negative_binomial(
    y: Floats, x: Floats, offset: Floats | None = None
) -> NegativeBinomialFit | None:
    """Maximum likelihood of NB2: for each alpha the coefficients, then the best alpha.

    Args:
        y: counts.
        x: design of full rank.
        offset: log of population; zeros when None.

    Returns:
        The fit, or None when alpha goes to 0: the counts vary no more than Poisson counts.
    """
    from scipy.optimize import minimize_scalar

    shift = np.zeros(y.size) if offset is None else offset
    start = poisson(y, x, offset)

    def loss(log_alpha: float) -> float:
        theta = float(np.exp(-log_alpha))
        return -_loglik(y, np.exp(x @ _coef(y, x, shift, theta, start.coef) + shift), theta)

    grid = np.linspace(-14.0, 4.0, 37)
    losses = [loss(point) for point in grid]
    best = int(np.argmin(losses))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    found = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-10})
    gain = 2 * (-float(found.fun) - start.loglik)
    if best == 0 or gain < 1e-7:
        return None
    theta = float(np.exp(-found.x))
    coef = _coef(y, x, shift, theta, start.coef)
    mean = np.exp(x @ coef + shift)
    expected = (x * (mean * theta / (mean + theta))[:, None]).T @ x
    return NegativeBinomialFit(
        coef=coef,
        alpha=1 / theta,
        se_joint=_joint_errors(y, x, mean, theta),
        se_given_alpha=np.sqrt(np.diagonal(np.linalg.inv(expected))),
        loglik=-float(found.fun),
        gain=gain,
    )


def _loglik(y: Floats, mean: Floats, theta: float) -> float:
    from scipy.special import gammaln

    shape = gammaln(y + theta) - gammaln(theta) - gammaln(y + 1)
    total = shape - theta * np.log1p(mean / theta) + y * (np.log(mean) - np.log(mean + theta))
    return float(total.sum())


def _coef(y: Floats, x: Floats, shift: Floats, theta: float, start: Floats) -> Floats:
    """Coefficients at a fixed theta by Fisher scoring."""
    coef = start
    for _ in range(200):
        mean = np.exp(np.clip(x @ coef + shift, -300, 300))
        weights = mean * theta / (mean + theta)
        rest = (y - mean) * theta / (mean + theta)
        step = np.linalg.solve((x * weights[:, None]).T @ x, x.T @ rest)
        longest = float(np.abs(x @ step).max())
        coef = coef + step * min(1.0, 2.0 / longest if longest > 0 else 1.0)
        if longest < 1e-12:
            break
    return coef


def _joint_errors(y: Floats, x: Floats, mean: Floats, theta: float) -> Floats:
    from scipy.special import polygamma

    total = mean + theta
    inner = mean * theta * (y + theta) / total**2
    cross = -(y - mean) * mean / total**2
    second = polygamma(1, theta) - polygamma(1, y + theta) - 1 / theta
    corner = float((second + 2 / total - (y + theta) / total**2).sum())
    p = x.shape[1]
    information = np.zeros((p + 1, p + 1))
    information[:p, :p] = (x * inner[:, None]).T @ x
    information[:p, p] = information[p, :p] = x.T @ cross
    information[p, p] = corner
    errors: Floats = np.sqrt(np.diagonal(np.linalg.inv(information))[:p])
    return errors
