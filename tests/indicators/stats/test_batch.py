from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.results import TrendResult
from indicators.stats import regression
from indicators.stats.batch import ols_lines, quasi_poisson_lines
from indicators.stats.intervals import student_quantile
from indicators.trends.counts import count_trend
from tests.indicators.made import make_series


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


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_counts_with_gaps_agree_with_the_count_trend(seed: int) -> None:
    """The batch gives what ``count_trend`` shows, gaps and populations that are missing included."""
    rng = np.random.default_rng(seed)
    time = np.arange(2008.0, 2022)
    people = 1e6 * 1.01 ** (time - 2008)
    values = rng.poisson(rng.uniform(8, 80) * 1.03 ** (time - 2008), (3, time.size)).astype(float)
    values[rng.random(values.shape) < 0.2] = np.nan
    many = quasi_poisson_lines(time, values, people)

    for i, row in enumerate(values):
        cells = [None if np.isnan(v) else float(v) for v in row]
        one = count_trend(make_series(cells, 2008), population=make_series(people.tolist(), 2008))
        if isinstance(one, TrendResult):
            scale = np.sqrt(max(many.dispersion[i], 1.0) / many.dispersion[i])
            reach = student_quantile(many.df[i]) * many.se[i] * scale
            assert 100 * np.expm1(many.slope[i]) == pytest.approx(one.estimate, rel=1e-8, abs=1e-8)
            assert 100 * np.expm1(many.slope[i] - reach) == pytest.approx(one.low, rel=1e-8)
