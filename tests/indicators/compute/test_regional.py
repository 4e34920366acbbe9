"""Cases and people of groups of regions."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.compute.regional import pooled
from indicators.model.period import Period
from indicators.model.series import Breakdown
from tests.indicators.compute.cubes import make_cube
from tests.indicators.compute.definitions import make_indicator

RATE = make_indicator("RATE", "vic_detected", "pop_total", interval="poisson", per=100_000.0)
AREAS = "XVA XV-01 XV-02 XV-09 XV-14"
CUBES = {
    "vic_detected": make_cube(
        "vic_detected",
        {
            "XVA|": [100, 110],
            "XV-01|": [50, 60],
            "XV-02|": [(1, 4), 5],
            "XV-09|": [30, 20],
            "XV-14|": [None, 12],
            "XV-01|SEX=F": [20, 25],
        },
        area=AREAS,
    ),
    "pop_total": make_cube(
        "pop_total",
        {
            "XV-01|": [1000, 1010],
            "XV-02|": [500, 500],
            "XV-09|": [800, 600],
            "XV-14|": [None, 210],
        },
        area=AREAS,
    ),
}
BOTH = (Period.of_year(2020), Period.of_year(2021))


def test_periods_and_areas_are_added_up() -> None:
    found = pooled(RATE, CUBES, [("XV-01",), ("XV-09", "XV-14")], BOTH)

    assert found.codes == ("XV-01", "XV-09+XV-14")
    assert found.low.tolist() == found.high.tolist() == [110, 62]
    assert found.people.tolist() == [2010, 1610]


def test_suppressed_cases_keep_their_bounds() -> None:
    found = pooled(RATE, CUBES, [("XV-02",)], BOTH)

    assert (found.low[0], found.high[0]) == (6, 9)


def test_an_area_that_is_not_there_for_a_period_is_not_known_alone() -> None:
    found = pooled(RATE, CUBES, [("XV-14",), ("XV-77",)], BOTH)

    assert np.isnan(found.low).all()
    assert not found.known.any()


def test_people_without_cases_are_no_zero() -> None:
    cubes = CUBES | {"vic_detected": make_cube("vic_detected", {"XV-09|": [30, None]}, area=AREAS)}

    assert np.isnan(pooled(RATE, cubes, [("XV-09", "XV-14")], BOTH).low[0])


def test_a_cut_matches_both_sides_or_uses_the_whole_population() -> None:
    found = pooled(RATE, CUBES, [("XV-01",)], BOTH, Breakdown.of(SEX="F"))

    assert (found.low[0], found.people[0]) == (45, 2010)


def test_only_rates_have_regions_side_by_side() -> None:
    share = make_indicator("SHARE", "vic_assisted", "vic_detected", interval="wilson")

    with pytest.raises(ValueError, match="N-T01"):
        pooled(share, CUBES, [("XV-01",)], BOTH)
