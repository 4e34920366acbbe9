from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from indicators.stats.ranks import exact_p, rank_trend

_SERIES = st.lists(st.integers(0, 30), min_size=4, max_size=14)


@given(_SERIES)
def test_slope_and_tau_agree_with_scipy(values: list[int]) -> None:
    y = np.array(values, dtype=float)
    time = np.cumsum(np.arange(1, y.size + 1)).astype(float)
    ours = rank_trend(time, y)

    assert ours.slope == pytest.approx(theilslopes(y, time).slope, abs=1e-12)
    if np.ptp(y) > 0:
        assert ours.tau_b == pytest.approx(kendalltau(time, y).statistic, abs=1e-12)


@given(st.permutations(range(7)))
def test_exact_p_agrees_with_scipy(order: list[int]) -> None:
    y = np.array(order, dtype=float)
    ours = rank_trend(np.arange(7.0), y)

    assert ours.p_exact == pytest.approx(kendalltau(np.arange(7), y, method="exact").pvalue)


def test_four_points_never_reach_five_percent() -> None:
    assert exact_p(6, 4) == pytest.approx(2 / 24)
    assert exact_p(10, 5) == pytest.approx(2 / 120)


@given(_SERIES, st.integers(2, 5), st.integers(-50, 50))
def test_slope_scales_and_ignores_a_shift(values: list[int], factor: int, shift: int) -> None:
    y, time = np.array(values, dtype=float), np.arange(len(values), dtype=float)
    one, other = rank_trend(time, y), rank_trend(time, factor * y + shift)

    for name in ("slope", "low", "high"):
        assert getattr(other, name) == pytest.approx(factor * getattr(one, name), abs=1e-9)
    assert other.s == one.s


def test_ties_have_no_exact_p() -> None:
    assert rank_trend(np.arange(5.0), np.array([1, 2, 2, 3, 4.0])).p_exact is None
