from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.regression import ols
from indicators.stats.steps import best_step, places


def test_best_place_is_the_best_of_all_places() -> None:
    rng = np.random.default_rng(2)
    time, values = np.arange(20.0), rng.normal(size=20).cumsum()

    def sse(place: int) -> float:
        x = np.column_stack([np.ones(20), time, np.arange(20) >= place])
        return float(ols(values, x).residuals @ ols(values, x).residuals)

    step = best_step(time, values, permutations=99)
    by_hand = min((int(p) for p in places(20)), key=sse)

    assert step.place == by_hand
    assert step.sse == pytest.approx(sse(by_hand))
    assert step.low <= step.place <= step.high


def test_fifteen_percent_and_three_points_stay_on_either_side() -> None:
    assert (places(40)[0], places(40)[-1]) == (6, 34)
    assert (places(16)[0], places(16)[-1]) == (3, 13)


def test_line_through_all_points_has_no_step() -> None:
    assert best_step(np.arange(20.0), 2 + 3 * np.arange(20.0), permutations=99).p_value == 1.0
