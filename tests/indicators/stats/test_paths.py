"""Level shifts, recursions, the local level model and the bent line."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.bent_line import fit_bent_line
from indicators.stats.level_shifts import chow_f, mean_breaks, ols_cusum, sup_f
from indicators.stats.local_level import fit_local_level
from indicators.stats.smoothing import fit_smoothing, forecast_errors, random_walk_drift, smooth

RNG = np.random.default_rng(31)


def _nile() -> np.ndarray:
    from statsmodels.datasets import nile

    return nile.load_pandas().data["volume"].to_numpy(dtype=float).copy()


def test_the_nile_breaks_after_1898() -> None:
    """Zeileis, Kleiber, Krämer and Hornik (2003): one break, after 1898; sup F 75.93."""
    flow = _nile()

    statistic, p_value = sup_f(flow)
    breaks = mean_breaks(flow)

    assert statistic == pytest.approx(75.93, abs=0.005)
    assert p_value < 1e-6
    assert breaks.best == 1
    assert 1870 + breaks.sizes[1][0] == 1898
    assert chow_f(flow, 28) == pytest.approx(statistic)


def test_partitions_are_the_best_of_all() -> None:
    y = RNG.normal(size=12)

    def cost(part: np.ndarray) -> float:
        return float(((part - part.mean()) ** 2).sum())

    best = min(
        cost(y[:i]) + cost(y[i:j]) + cost(y[j:]) for i in range(3, 7) for j in range(i + 3, 10)
    )
    assert mean_breaks(y, 2, 0.25).rss[2] == pytest.approx(best)


def test_cusum_agrees_with_statsmodels() -> None:
    from statsmodels.stats.diagnostic import breaks_cusumolsresid

    y = RNG.normal(size=40)
    theirs = breaks_cusumolsresid(y - y.mean(), ddof=1)

    assert ols_cusum(y) == pytest.approx(theirs[:2], rel=1e-6)


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


def test_bend_of_a_bent_line_is_found() -> None:
    time = np.arange(20.0)
    y = 2 + 1.5 * time - 3 * np.maximum(time - 11.4, 0) + RNG.normal(0, 0.01, 20)

    line = fit_bent_line(time, y)

    assert line.bend == pytest.approx(11.4, abs=0.02)
    assert (line.slope_before, line.slope_after) == pytest.approx((1.5, -1.5), abs=0.01)
