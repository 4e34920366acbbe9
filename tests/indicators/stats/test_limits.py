from __future__ import annotations

import pytest

from indicators.stats.limits import LENGTHS, allowed, has_spare_points, max_joinpoints


@pytest.mark.parametrize(
    ("n", "most"), [(8, 0), (9, 1), (15, 1), (16, 2), (21, 2), (22, 3), (26, 3), (27, 4), (99, 4)]
)
def test_change_points_follow_the_table(n: int, most: int) -> None:
    assert max_joinpoints(n) == most


def test_four_points_allow_a_rank_slope_and_nothing_more() -> None:
    assert allowed(3) == ("interval", "difference")
    assert allowed(4) == ("interval", "difference", "theil_sen")


def test_level_and_slope_need_six_before_and_four_after() -> None:
    need = LENGTHS["level_slope"]

    assert (need.points, need.before, need.after) == (12, 6, 4)
    assert (LENGTHS["level"].points, LENGTHS["level"].before) == (8, 4)


def test_five_points_must_be_left_over() -> None:
    assert has_spare_points(7, 2)
    assert not has_spare_points(8, 4)
