"""Scores against the own baseline, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.composite.normalise import Goal, Scale, baseline, scores

NAN = np.nan
SHARE_UP = Goal(sign=1, floor=0, ceiling=100)
SHARE_DOWN = Goal(sign=-1, floor=0, ceiling=100)
DAYS_DOWN = Goal(sign=-1)


def test_the_baseline_is_the_mean_of_the_first_three_values() -> None:
    assert baseline(np.array([NAN, 10, 20, NAN, 30, 90])) == 20
    assert np.isnan(baseline(np.array([10.0, NAN, 20.0])))


def test_a_share_moves_along_the_way_to_the_best_and_the_worst() -> None:
    values = np.array([20.0, 60.0, 100.0, 10.0, 0.0, NAN])

    found = scores(values, 20.0, SHARE_UP, Scale.REACH)

    assert found[:5] == pytest.approx([50, 75, 100, 25, 0])
    assert np.isnan(found[5])


def test_lower_is_better_turns_the_scale_round() -> None:
    found = scores(np.array([20.0, 10.0, 0.0, 60.0]), 20.0, SHARE_DOWN, Scale.REACH)

    assert found == pytest.approx([50, 75, 100, 25])


def test_a_baseline_at_the_best_value_can_only_be_held_or_lost() -> None:
    assert scores(np.array([100.0, 50.0]), 100.0, SHARE_UP, Scale.REACH) == pytest.approx([50, 25])
    assert scores(np.array([0.0, 1.0]), 0.0, Goal(sign=1, floor=0, ceiling=2), Scale.REACH)[
        1
    ] == pytest.approx(75)


def test_without_bounds_half_and_double_are_the_ends() -> None:
    found = scores(np.array([40.0, 20.0, 10.0, 80.0, 0.0]), 40.0, DAYS_DOWN, Scale.REACH)

    assert found == pytest.approx([50, 100, 100, 0, 100])


def test_a_baseline_of_zero_has_no_fold() -> None:
    assert np.isnan(scores(np.array([1.0]), 0.0, Goal(sign=1), Scale.FOLD)).all()


def test_later_values_never_move_earlier_scores() -> None:
    values = np.array([20.0, 22.0, 18.0, 30.0, 90.0])
    for scale in (Scale.REACH, Scale.FOLD):
        whole = scores(values, 20.0, SHARE_UP, scale)
        early = scores(values[:4], 20.0, SHARE_UP, scale)
        assert whole[:4] == pytest.approx(early)


@pytest.mark.parametrize("scale", Scale)
def test_better_is_never_lower(scale: Scale) -> None:
    values = np.linspace(0, 100, 41)
    up = scores(values, 35.0, SHARE_UP, scale)
    down = scores(values, 35.0, SHARE_DOWN, scale)

    assert (np.diff(up) >= 0).all()
    assert (np.diff(down) <= 0).all()
    assert ((up >= 0) & (up <= 100)).all()
