from __future__ import annotations

import numpy as np
import pytest

from indicators.stats import regression
from tests.indicators.made import published


def _design(time: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(time.size), time])


@pytest.fixture(scope="module")
def counts() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(20)
    year = np.array([2005, 2006, 2007, 2009, 2010, 2011, 2014, 2015, 2016, 2017.0])
    population = 9e6 * 1.01 ** (year - 2005)
    return year, rng.poisson(40 * 1.06 ** (year - 2005)).astype(float), population


def test_ols_and_wls_agree_with_statsmodels(counts) -> None:
    import statsmodels.api as sm

    year, y, population = counts
    ours, theirs = (
        regression.wls(y, _design(year), population),
        sm.WLS(y, _design(year), population).fit(),
    )

    assert ours.coef == pytest.approx(theirs.params, rel=1e-8)
    assert ours.se == pytest.approx(theirs.bse, rel=1e-8)


def test_raw_years_lose_no_digits() -> None:
    """Trap 7: the slope of a line over raw years is exact to twelve digits."""
    year = np.arange(2000, 2020.0)
    y = 3.0 + 0.001 * (year - 2000)

    fit = regression.ols(y, _design(year))

    assert fit.coef[1] == pytest.approx(0.001, rel=1e-12)


def test_newey_west_agrees_with_statsmodels(counts) -> None:
    import statsmodels.api as sm

    year, y, _ = counts
    fit, model = regression.ols(y, _design(year)), sm.OLS(y, _design(year - 2010)).fit()
    for corrected in (False, True):
        theirs = model.get_robustcov_results("HAC", maxlags=2, use_correction=corrected)
        ours = regression.standard_errors(regression.newey_west(fit, 2, small_sample=corrected))
        assert ours[1] == pytest.approx(theirs.bse[1], rel=1e-8)


def test_lag_of_short_series_is_not_the_monthly_one() -> None:
    """Trap 6."""
    assert regression.newey_west_lag(12) == 2
    assert regression.newey_west_lag(4) == 1


def test_poisson_agrees_with_statsmodels(counts) -> None:
    import statsmodels.api as sm

    year, y, population = counts
    model = sm.GLM(
        y, _design(year - 2010), family=sm.families.Poisson(), offset=np.log(population)
    )
    theirs = model.fit(tol=1e-14, scale="X2")

    ours = regression.poisson(y, _design(year - 2010), np.log(population))

    assert ours.converged
    assert ours.coef == pytest.approx(theirs.params, rel=1e-8)
    assert regression.standard_errors(ours.covariance(ours.dispersion)) == pytest.approx(
        theirs.bse, rel=1e-8
    )
    assert ours.deviance == pytest.approx(theirs.deviance, rel=1e-8)
    assert ours.loglik == pytest.approx(model.loglike(theirs.params, scale=1.0), rel=1e-8)


def test_zeros_up_to_a_year_do_not_converge() -> None:
    y = np.array([0, 0, 0, 0, 0, 9.0, 8, 7])
    step = (np.arange(8) >= 5).astype(float)

    fit = regression.poisson(y, np.column_stack([np.ones(8), step]))

    assert not fit.converged or abs(fit.coef[1]) > 15


def test_prais_winsten_keeps_the_first_row() -> None:
    """Trap 5: GLSAR drops it and gives -293.6 for the Nile; Prais-Winsten gives -289.4."""
    columns, _ = published("s07_its_nile")
    year, y = columns["year"], columns["value"]
    post = (year >= 1899).astype(float)
    design = np.column_stack([np.ones(100), year - 1870, post, post * (year - 1899)])

    fit, rho = regression.prais_winsten(y, design)

    assert fit.residuals.size == 100
    assert rho == pytest.approx(0.15003, abs=1e-5)
    assert fit.coef[2] == pytest.approx(-289.4447, rel=1e-5)
