from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import poisson as law

from indicators.stats.censored import cut_moments, poisson_interval
from indicators.stats.regression import poisson


def test_moments_of_a_cut_poisson() -> None:
    total, centre, variance = cut_moments(1, 4, 2.5)
    k = np.arange(1, 5)
    share = law.pmf(k, 2.5) / law.pmf(k, 2.5).sum()

    assert total == pytest.approx(np.log(law.pmf(k, 2.5).sum()))
    assert centre == pytest.approx(share @ k)
    assert variance == pytest.approx(share @ k**2 - (share @ k) ** 2)


def test_interval_likelihood_is_maximised() -> None:
    time = np.arange(10.0) - 4.5
    x = np.column_stack([np.ones(10), time])
    low = np.array([1, 1, 6, 1, 5, 9, 8, 12, 17, 15.0])
    high = np.where(low == 1, 4, low)

    fit = poisson_interval(low, high, x)

    def loss(beta: np.ndarray) -> float:
        mean = np.exp(x @ beta)
        return -float(np.log(law.cdf(high, mean) - law.cdf(low - 1, mean)).sum())

    best = minimize(
        loss, fit.coef + 0.05, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}
    )
    assert fit.converged
    assert fit.coef == pytest.approx(best.x, abs=1e-6)
    assert fit.loglik == pytest.approx(-best.fun, abs=1e-9)


def test_exact_counts_are_plain_poisson() -> None:
    x = np.column_stack([np.ones(6), np.arange(6.0)])
    y = np.array([3, 5, 4, 8, 9, 12.0])

    assert poisson_interval(y, y, x).coef == pytest.approx(poisson(y, x).coef, rel=1e-12)


def test_information_is_the_curvature() -> None:
    time = np.arange(8.0) - 3.5
    x = np.column_stack([np.ones(8), time])
    low = np.array([1, 5, 1, 7, 6, 9, 12, 11.0])
    high = np.where(low == 1, 4, low)
    fit = poisson_interval(low, high, x)

    def value(beta: np.ndarray) -> float:
        mean = np.exp(x @ beta)
        return float(np.log(law.cdf(high, mean) - law.cdf(low - 1, mean)).sum())

    h = 1e-3
    step = np.array([0, h])
    curve = (value(fit.coef + step) - 2 * value(fit.coef) + value(fit.coef - step)) / h**2
    information = np.linalg.inv(fit.bread)
    assert -curve == pytest.approx(information[1, 1], rel=1e-4)
