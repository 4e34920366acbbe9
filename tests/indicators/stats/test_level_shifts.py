from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.level_shifts import chow_f, mean_breaks, ols_cusum, sup_f

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
