"""Weighted means of scores, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.composite.aggregate import arithmetic, geometric, present

NAN = np.nan
SCORES = np.array([[50.0, 100.0, NAN, NAN], [100.0, 0.0, 80.0, NAN], [0.0, 50.0, 40.0, 70.0]])
EQUAL = np.ones(3)


def test_the_mean_is_over_what_is_known() -> None:
    found = arithmetic(SCORES, EQUAL)

    assert found[:3] == pytest.approx([50, 50, 60])


def test_a_third_of_the_weight_is_not_enough() -> None:
    assert np.isnan(arithmetic(SCORES, EQUAL)[3])
    assert present(SCORES, EQUAL) == pytest.approx([1, 1, 2 / 3, 1 / 3])
    assert arithmetic(SCORES, np.array([1.0, 1.0, 4.0]))[3] == pytest.approx(70)


def test_a_weak_member_is_not_bought_off_in_the_geometric_mean() -> None:
    # by hand: (1 * 100 * 50.5) ** (1/3) = 17.1566; 16.1566 / 0.99 = 16.3198
    found = geometric(np.array([[0.0], [100.0], [50.0]]), EQUAL)

    assert found[0] == pytest.approx(16.3198, abs=1e-4)


def test_equal_scores_are_their_own_mean_and_weights_only_matter_relatively() -> None:
    same = np.full((3, 2), 62.0)

    assert arithmetic(same, EQUAL) == pytest.approx([62, 62])
    assert geometric(same, EQUAL) == pytest.approx([62, 62])
    assert arithmetic(SCORES, EQUAL)[:3] == pytest.approx(arithmetic(SCORES, 7 * EQUAL)[:3])


def test_no_weight_gives_no_score() -> None:
    assert np.isnan(arithmetic(SCORES, np.zeros(3))).all()
