from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.autoregression import fit_arma
from indicators.stats.small_arma import fit_small_arma


@pytest.mark.parametrize(
    ("order", "has_constant"),
    [((1, 0, 0), True), ((0, 1, 1), False), ((1, 0, 1), True), ((0, 1, 0), True)],
)
def test_equal_to_the_general_fit(order: tuple[int, int, int], has_constant: bool) -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(0.02, 0.1, 30).cumsum() + rng.normal(0, 0.1, 30)
    small = fit_small_arma(values, order, 4, has_constant=has_constant)
    time = np.arange(34.0) if order[1] else np.ones(34)
    behind, ahead = (time[:30, None], time[30:, None]) if has_constant else (None, None)
    whole = fit_arma(values, order, 4, regressors=behind, ahead=ahead)

    assert small.loglik == pytest.approx(whole.loglik, abs=2e-3)
    assert small.forecast == pytest.approx(whole.forecast, abs=3e-3)
    assert small.forecast_se == pytest.approx(whole.forecast_se, rel=0.02)


def test_missing_values_are_passed_over() -> None:
    values = np.random.default_rng(1).normal(5, 1, 40)
    values[[7, 20, 21]] = np.nan
    small = fit_small_arma(values, (1, 0, 0), 3, has_constant=True)
    whole = fit_arma(values, (1, 0, 0), 3, regressors=np.ones((40, 1)), ahead=np.ones((3, 1)))

    assert small.loglik == pytest.approx(whole.loglik, abs=2e-3)
    assert small.forecast == pytest.approx(whole.forecast, abs=5e-3)
