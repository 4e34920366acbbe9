from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.local_level import fit_local_level


def _nile() -> np.ndarray:
    from statsmodels.datasets import nile

    return nile.load_pandas().data["volume"].to_numpy(dtype=float).copy()


def test_local_level_of_the_nile_is_the_published_one() -> None:
    """Durbin and Koopman: 15099 and 1469.1."""
    fit = fit_local_level(_nile())

    assert fit.var_irregular == pytest.approx(15099, abs=1)
    assert fit.var_level == pytest.approx(1469.1, abs=0.2)


def test_local_level_smooths_over_gaps_as_statsmodels() -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    flow = _nile()
    flow[20:40] = np.nan
    fit = fit_local_level(flow)
    model = UnobservedComponents(flow, "llevel")
    theirs = model.smooth([fit.var_irregular, fit.var_level])

    assert fit.smoothed[30] == pytest.approx(theirs.level.smoothed[30], rel=1e-4)
    assert np.isfinite(fit.smoothed).all()
