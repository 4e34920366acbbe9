"""The range over choices."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.composite.normalise import Scale
from indicators.composite.uncertainty import sensitivity

NAN = np.nan


def same_on_all(scores: np.ndarray) -> dict[Scale, np.ndarray]:
    return dict.fromkeys(Scale, scores)


def test_scores_on_which_all_choices_agree_have_no_range() -> None:
    low, high = sensitivity(same_on_all(np.full((4, 2), 40.0)), draws=200)

    assert low == pytest.approx([40, 40])
    assert high == pytest.approx([40, 40])


def test_scores_far_apart_depend_on_the_weights() -> None:
    low, high = sensitivity(same_on_all(np.array([[0.0], [100.0], [50.0]])), draws=500)

    assert 0 <= low[0] < 25
    assert 50 < high[0] <= 100


def test_the_same_scores_give_the_same_range() -> None:
    scores = same_on_all(np.array([[10.0, 40.0], [70.0, NAN], [30.0, 60.0], [55.0, 20.0]]))

    assert np.array_equal(sensitivity(scores, draws=100), sensitivity(scores, draws=100))


def test_too_little_weight_in_every_choice_gives_no_range() -> None:
    low, high = sensitivity(same_on_all(np.array([[50.0], [NAN], [NAN], [NAN], [NAN]])), draws=50)

    assert np.isnan(low).all()
    assert np.isnan(high).all()
