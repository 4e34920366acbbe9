from __future__ import annotations

import numpy as np
import pytest
from statsmodels.datasets import nile

from indicators.stats.autoregression import fit_arma

# Diggle (1990), luteinising hormone in blood; printed in Venables and Ripley (2002), section 14.2
HORMONE = """2.4 2.4 2.4 2.2 2.1 1.5 2.3 2.3 2.5 2.0 1.9 1.7 2.2 1.8 3.2 3.2 2.7 2.2 2.2 1.9 1.9 1.8
2.7 3.0 2.3 2.0 2.0 2.9 2.9 2.7 2.7 2.3 2.6 2.4 1.8 1.7 1.5 1.4 2.1 3.3 3.5 3.5 3.1 2.6 2.1 3.4
3.0 2.9"""


def test_hormone_series_is_the_published_one() -> None:
    """Venables and Ripley: ar1 0.574, mean 2.413, sigma^2 0.1975, loglik -29.38, AIC 64.76."""
    y = np.array(HORMONE.split(), dtype=float)
    one = np.ones((48, 1))

    fit = fit_arma(y, (1, 0, 0), 3, regressors=one, ahead=one[:3])

    assert fit.ar[0] == pytest.approx(0.574, abs=5e-4)
    assert fit.regression[0] == pytest.approx(2.413, abs=5e-4)
    assert fit.sigma2 == pytest.approx(0.1975, abs=5e-5)
    assert fit.loglik == pytest.approx(-29.38, abs=5e-3)
    assert fit.aic == pytest.approx(64.76, abs=5e-3)


def test_differenced_nile_is_the_local_level_model() -> None:
    """The (0,1,1) model and the local level model are one: same likelihood, same forecast."""
    y = nile.load_pandas().data["volume"].to_numpy(dtype=float)

    fit = fit_arma(y, (0, 1, 1), 1)

    assert fit.loglik == pytest.approx(-632.5456, abs=1e-3)
    assert fit.forecast[0] == pytest.approx(798.37, abs=0.05)
    assert fit.forecast_se[0] == pytest.approx(143.53, abs=0.01)
