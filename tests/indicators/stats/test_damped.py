from __future__ import annotations

import warnings

import numpy as np
import pytest

from indicators.stats.damped import fit_damped


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_statsmodels_finds_nothing_better(seed: int) -> None:
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    rng = np.random.default_rng(seed)
    values = rng.normal(0.03, 0.1, 20).cumsum() + rng.normal(0, 0.1, 20) + 5
    fit = fit_damped(values)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = ETSModel(pd.Series(values), error="add", trend="add", damped_trend=True).fit(
            disp=0
        )
    assert fit.sse <= float((other.resid**2).sum()) * 1.01


def test_path_is_that_of_statsmodels_at_the_same_weights() -> None:
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = np.random.default_rng(4).normal(0.03, 0.1, 20).cumsum() + 5
    fit = fit_damped(values)
    # run backwards to the state before the first value by fitting it again at fixed weights
    model = ETSModel(pd.Series(values), error="add", trend="add", damped_trend=True)
    with (
        warnings.catch_warnings(),
        model.fix_params(
            {
                "smoothing_level": fit.alpha,
                "smoothing_trend": max(fit.beta, 1e-6),
                "damping_trend": fit.phi,
            }
        ),
    ):
        warnings.simplefilter("ignore")
        other = model.fit(disp=0)
    middle, error = fit.forecast(4)

    assert middle == pytest.approx(np.asarray(other.forecast(4)), rel=5e-3)
    assert (np.diff(error) > 0).all()


def test_missing_years_let_the_state_run_on() -> None:
    values = 5 + 0.05 * np.arange(16.0) + np.random.default_rng(1).normal(0, 0.01, 16)
    with_gap = values.copy()
    with_gap[7:9] = np.nan

    whole, gap = fit_damped(values), fit_damped(with_gap)

    assert gap.n == 14
    assert gap.forecast(3)[0] == pytest.approx(whole.forecast(3)[0], abs=0.05)
