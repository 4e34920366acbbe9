from __future__ import annotations

import numpy as np
import pytest

from indicators.stats import regression
from indicators.stats.batch import ols_lines, quasi_poisson_lines


def _design(time: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(time.size), time])


@pytest.fixture(scope="module")
def counts() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(20)
    year = np.array([2005, 2006, 2007, 2009, 2010, 2011, 2014, 2015, 2016, 2017.0])
    population = 9e6 * 1.01 ** (year - 2005)
    return year, rng.poisson(40 * 1.06 ** (year - 2005)).astype(float), population


def test_batches_agree_with_single_fits(counts) -> None:
    year, _, population = counts
    rng = np.random.default_rng(3)
    values = rng.poisson(20, (40, year.size)).astype(float)
    values[::3, 2] = np.nan
    lines, trends = ols_lines(year, values), quasi_poisson_lines(year, values, population)
    for i in range(40):
        keep = ~np.isnan(values[i])
        x = _design(year[keep] - year[keep].mean())
        one = regression.ols(values[i, keep], x)
        many = regression.poisson(values[i, keep], x, np.log(population[keep]))
        assert (lines.slope[i], lines.se[i]) == pytest.approx((one.coef[1], one.se[1]), rel=1e-8)
        assert trends.slope[i] == pytest.approx(many.coef[1], rel=1e-8, abs=1e-10)
        error = regression.standard_errors(many.covariance(many.dispersion))[1]
        assert trends.se[i] == pytest.approx(error, rel=1e-8)
        assert trends.df[i] == keep.sum() - 2


def test_batch_has_nothing_to_say_about_zeros_and_pairs() -> None:
    values = np.array([[0, 0, 0, 0.0], [5, 7, np.nan, np.nan]])

    found = quasi_poisson_lines(np.arange(4.0), values)

    assert np.isnan(found.slope).all()
