from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats import diagnostic, stattools

from indicators.stats import diagnostics
from indicators.stats.regression import ols

RNG = np.random.default_rng(12)
R = RNG.normal(size=15)


def test_ljung_box_and_durbin_watson_agree_with_statsmodels() -> None:
    theirs = diagnostic.acorr_ljungbox(R - R.mean(), lags=[1, 3])

    for lag in (1, 3):
        statistic, p_value = diagnostics.ljung_box(R, lag)
        assert statistic == pytest.approx(theirs.loc[lag, "lb_stat"])
        assert p_value == pytest.approx(theirs.loc[lag, "lb_pvalue"])
    assert diagnostics.durbin_watson(R) == pytest.approx(stattools.durbin_watson(R))


def test_breusch_godfrey_agrees_with_statsmodels() -> None:
    import statsmodels.api as sm

    x = np.column_stack([np.ones(15), np.arange(15.0)])
    theirs = diagnostic.acorr_breusch_godfrey(sm.OLS(R, x).fit(), nlags=1, result_object=False)

    assert diagnostics.breusch_godfrey(ols(R, x)) == pytest.approx(theirs[:2])


def test_cook_agrees_with_statsmodels() -> None:
    import statsmodels.api as sm

    x = np.column_stack([np.ones(15), np.arange(15.0)])
    fit = ols(R, x)
    hat = diagnostics.leverage(x, np.ones(15), fit.bread)
    theirs = sm.OLS(R, x).fit().get_influence().cooks_distance[0]

    assert diagnostics.cook(fit.residuals / fit.variance**0.5, hat, 2) == pytest.approx(theirs)


def test_no_residuals_are_no_fault() -> None:
    nothing = np.zeros(9)

    assert diagnostics.lag1(nothing) == 0
    assert diagnostics.ljung_box(nothing, 1) == (0.0, 1.0)
    assert diagnostics.shapiro(nothing) == (1.0, 1.0)
