from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.overdispersion import negative_binomial
from tests.indicators.made import published


def test_alpha_is_estimated_not_fixed_at_one() -> None:
    """Trap 2: with alpha fixed at 1 the standard error of this case is 4.7 times too large."""
    columns, expected = published("s05_count_trend")
    year = columns["year"]
    x = np.column_stack([np.ones(year.size), year - year.mean()])

    fit = negative_binomial(columns["count"], x, np.log(columns["population"]))

    assert fit is not None
    assert fit.alpha == pytest.approx(expected["negbin"]["alpha"]["value"], rel=1e-3)
    assert fit.se_joint[1] == pytest.approx(expected["negbin"]["se_joint"]["value"], rel=1e-4)


def test_agrees_with_statsmodels() -> None:
    from statsmodels.discrete.discrete_model import NegativeBinomial

    rng = np.random.default_rng(8)
    time = np.arange(20.0) - 9.5
    x = np.column_stack([np.ones(20), time])
    y = rng.poisson(rng.gamma(5, 40 * np.exp(0.05 * time) / 5)).astype(float)
    theirs = NegativeBinomial(y, x).fit(disp=False, maxiter=500, gtol=1e-6)

    ours = negative_binomial(y, x)

    assert ours is not None
    assert ours.coef == pytest.approx(theirs.params[:2], abs=1e-5)
    assert ours.alpha == pytest.approx(theirs.params[2], rel=1e-3)
    assert ours.se_joint == pytest.approx(theirs.bse[:2], rel=1e-3)


def test_counts_that_vary_little_have_no_alpha() -> None:
    x = np.column_stack([np.ones(10), np.arange(10.0)])

    assert negative_binomial(np.array([20, 21, 20, 22, 21, 22, 23, 22, 23, 24.0]), x) is None
