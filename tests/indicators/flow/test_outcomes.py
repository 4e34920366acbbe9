"""Outcomes that exclude each other, and how fast those of one group came."""

from __future__ import annotations

import pytest

from indicators.flow.outcomes import competing, curve, share_of


def test_outcomes_add_up_to_a_hundred_without_the_undecided() -> None:
    found = competing({"CNV_TIP": 60, "ACQ": 30, "DIS": 10, "PEN": 500, "TRF": 7})

    assert [ending.code for ending in found] == ["CNV_TIP", "ACQ", "DIS"]
    assert sum(ending.share.estimate for ending in found if ending.share) == pytest.approx(100)
    assert found[0].share is not None
    # Wilson's range of 60 in 100
    assert found[0].share.low == pytest.approx(50.20, abs=0.01)
    assert found[0].share.high == pytest.approx(69.06, abs=0.01)


def test_no_one_decided_gives_no_share() -> None:
    (ending,) = competing({"ACQ": 0, "PEN": 12})

    assert ending.share is None


def test_curve_leaves_out_the_years_that_have_not_come() -> None:
    points = curve([5, 20, None, None], 50)

    assert [(point.years, point.count) for point in points] == [(0, 5), (1, 20)]
    assert points[1].share is not None
    assert points[1].share.estimate == pytest.approx(40)
    assert points[1].share.low < 40 < points[1].share.high


def test_more_outcomes_than_members_are_no_share() -> None:
    assert share_of(12, 10) is None
