from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.smoothing import fit_smoothing, forecast_errors, random_walk_drift, smooth

RNG = np.random.default_rng(31)


def test_drift_has_the_closed_form() -> None:
    path = random_walk_drift(np.array([1, 3, 4, 8.0]), 2)

    assert path.drift == pytest.approx(7 / 3)
    spread = np.std([2, 1, 4], ddof=1)
    assert path.forecast_se[1] == pytest.approx(spread * (2 + 4 / 3) ** 0.5)


def test_smoothing_finds_the_least_errors() -> None:
    y = np.cumsum(RNG.normal(size=40)) + RNG.normal(size=40)
    fit = fit_smoothing(y, has_trend=False)

    for alpha in (fit.alpha * 0.9, min(fit.alpha * 1.1, 0.99)):
        assert smooth(y, alpha, 0.0, fit.initial_level, 0.0).sse >= fit.smoothed.sse - 1e-9
    assert forecast_errors(4.0, 1.0, 0.0, 3) == pytest.approx([2, 8**0.5, 12**0.5])
