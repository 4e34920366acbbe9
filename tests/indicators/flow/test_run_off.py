"""Run-off triangles: worked by hand, and by simulation with a known pace."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.flow.run_off import Pace, is_sound, pace, projected
from indicators.model.results import Interval, Refusal

NAN = np.nan
# by hand: kept_0 = (20 + 18 + 22 + 16) / (44 + 36 + 40 + 40) = 76 / 160 = 0.475
#          kept_1 = (44 + 36 + 40) / (50 + 50 + 50) = 120 / 150 = 0.8
TRIANGLE = np.array([[20, 44, 50], [18, 36, 50], [22, 40, 50], [16, 40, NAN], [19, NAN, NAN]])


def found_pace(triangle: np.ndarray) -> Pace:
    found = pace(triangle)
    assert isinstance(found, Pace)
    return found


def found_share(*args: float, known: Pace, level: float = 0.95) -> Interval:
    found = projected(known, args[0], int(args[1]), args[2], level)
    assert isinstance(found, Interval)
    return found


def test_the_pace_is_the_chain_ladder_worked_by_hand() -> None:
    known = found_pace(TRIANGLE)

    assert known.kept == pytest.approx([0.475, 0.8])
    assert known.share_so_far(0) == pytest.approx(0.38)
    assert known.share_so_far(2) == 1.0
    assert known.complete == 3


def test_a_group_is_projected_by_the_share_so_far() -> None:
    found = found_share(19, 0, 100, known=found_pace(TRIANGLE))

    assert found.estimate == pytest.approx(19 / 0.38 / 100)
    assert found.low < found.estimate < found.high


def test_a_projection_never_exceeds_the_group() -> None:
    found = found_share(90, 0, 100, known=found_pace(TRIANGLE))

    assert found.estimate == found.high == 1.0
    assert found.low >= 0.9


def test_less_is_open_as_a_group_gets_older() -> None:
    known = found_pace(TRIANGLE)
    young, older = found_share(38, 0, 200, known=known), found_share(80, 1, 200, known=known)

    assert young.estimate == pytest.approx(older.estimate)
    assert older.high - older.low < young.high - young.low


def test_a_higher_level_is_wider_and_the_same_counts_give_the_same_range() -> None:
    known = found_pace(TRIANGLE)
    usual, wide = (found_share(19, 0, 100, known=known, level=level) for level in (0.95, 0.99))

    assert wide.low <= usual.low < usual.high <= wide.high
    assert usual == found_share(19, 0, 100, known=known)


def test_groups_that_vary_more_than_by_chance_widen_the_range() -> None:
    even = np.tile([[20.0, 40.0, 50.0]], (5, 1))
    uneven = np.array([[4, 24, 50], [36, 46, 50], [6, 44, 50], [34, 48, 50], [20, 38, 50]])

    assert found_pace(even).dispersion == 1.0
    assert found_pace(uneven).dispersion > 5


def test_two_complete_groups_are_too_few() -> None:
    found = pace(TRIANGLE[1:])
    few = pace(TRIANGLE[2:])

    assert isinstance(found, Refusal)
    assert (found.code, found.found, found.needed) == ("few_complete_cohorts", 2, 3)
    assert isinstance(few, Refusal)


def test_few_outcomes_say_nothing_about_the_pace() -> None:
    found = pace(np.array([[1.0, 3.0, 6.0]] * 3))

    assert isinstance(found, Refusal)
    assert (found.code, found.found, found.needed) == ("few_outcomes", 18, 20)


def test_nothing_so_far_cannot_be_projected() -> None:
    found = projected(found_pace(TRIANGLE), 0, 0, 100)

    assert isinstance(found, Refusal)
    assert found.code == "nothing_to_project"


def test_counts_that_fall_or_exceed_the_group_are_not_sound() -> None:
    assert is_sound(np.array([1.0, 1.0, NAN]), 5)
    assert not is_sound(np.array([2.0, 1.0, NAN]), 5)
    assert not is_sound(np.array([2.0, 6.0, NAN]), 5)


def test_the_range_holds_the_final_share_as_often_as_it_says() -> None:
    draw = np.random.default_rng(7)
    lags = np.array([0.10, 0.35, 0.30, 0.15, 0.07, 0.03])
    inside = above = total = 0
    for _ in range(150):
        ever = draw.binomial(150, 0.46, size=14)
        counts = np.array([np.cumsum(draw.multinomial(n, lags)) for n in ever], dtype=float)
        triangle = counts.copy()
        for age in range(5):
            triangle[13 - age, age + 1 :] = NAN
        known = found_pace(triangle)
        for age in range(5):
            found = projected(known, triangle[13 - age, age], age, 150)
            if isinstance(found, Interval):
                final = ever[13 - age] / 150
                inside += found.low <= final <= found.high
                above += final > found.high
                total += 1

    assert 0.93 <= inside / total <= 0.995
    assert above / total < 0.05
