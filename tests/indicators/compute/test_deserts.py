"""Population of regions where nobody was found, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.compute.indicator import compute
from indicators.model.codes import Status
from indicators.model.results import IndicatorValue
from tests.indicators.compute.cubes import Cell, make_cube
from tests.indicators.compute.definitions import make_indicator

DESERTS = make_indicator(
    "WSHARE", calculator="deserts", inputs=("pop_total", "vic_detected"), breakdowns=("REG",)
)
# rate: 60 victims over 3 x 1,000,000 people = 2 per 100,000 and year
PEOPLE: dict[str, list[Cell]] = {
    "XVA|": [1_000_000] * 3,
    "XV-01|": [700_000] * 3,
    "XV-02|": [280_000] * 3,  # expected 2e-5 * 840,000 = 16.8
    "XV-03|": [20_000] * 3,  # expected 1.2
}
VICTIMS: dict[str, list[Cell]] = {
    "XVA|": [20] * 3,
    "XV-01|": [20] * 3,
    "XV-02|": ["Z"] * 3,
    "XV-03|": ["Z"] * 3,
}
AREAS = "XVA XV-01 XV-02 XV-03"


def last(
    people: dict[str, list[Cell]] | None = None,
    victims: dict[str, list[Cell]] | None = None,
    **more: Any,
) -> IndicatorValue:
    cubes = {
        "pop_total": make_cube("pop_total", people or PEOPLE, area=AREAS),
        "vic_detected": make_cube("vic_detected", victims or VICTIMS, area=AREAS),
    }
    return compute(DESERTS, cubes, areas=("XVA",), **more)[0].values[-1]


def notes(value: IndicatorValue) -> dict[str, Any]:
    return {note.code: note.data.get("regions") for note in value.notes}


def test_a_large_region_without_victims_is_a_desert_and_a_small_one_cannot_be_told() -> None:
    found = last()

    assert found.value == pytest.approx(28.0)
    assert (found.numerator, found.denominator) == (280_000, 1_000_000)
    assert notes(found) == {"deserts": "XV-02", "cannot_tell": "XV-03"}


def test_exactly_three_expected_is_enough() -> None:
    # 2e-5 * 3 * 50,000 = 3
    people = PEOPLE | {"XV-02|": [250_000] * 3, "XV-03|": [50_000] * 3}

    assert notes(last(people))["deserts"] == "XV-02, XV-03"


def test_one_victim_in_three_years_ends_the_desert() -> None:
    found = last(victims=VICTIMS | {"XV-02|": [1, "Z", "Z"]})

    assert found.value == 0.0
    assert notes(found) == {"no_deserts": None, "cannot_tell": "XV-03"}


def test_a_missing_year_cannot_be_told_but_a_found_victim_can() -> None:
    missing = last(victims=VICTIMS | {"XV-02|": ["Z", None, "Z"]})
    seen = last(victims=VICTIMS | {"XV-02|": [2, None, "Z"]})

    assert missing.value == seen.value == 0.0
    assert notes(missing)["cannot_tell"] == "XV-02, XV-03"
    assert notes(seen)["cannot_tell"] == "XV-03"


def test_suppressed_counts_are_victims_unless_they_may_be_zero() -> None:
    certain = last(victims=VICTIMS | {"XV-02|": [(1, 4), "Z", "Z"]})
    open_ = last(victims=VICTIMS | {"XV-02|": [(0, 4), "Z", "Z"]})

    assert notes(certain)["cannot_tell"] == "XV-03"
    assert notes(open_)["cannot_tell"] == "XV-02, XV-03"
    assert open_.value == 0.0


def test_two_years_are_not_three() -> None:
    cubes = {
        "pop_total": make_cube("pop_total", PEOPLE, area=AREAS),
        "vic_detected": make_cube("vic_detected", VICTIMS, area=AREAS),
    }
    first, second, third = compute(DESERTS, cubes, areas=("XVA",))[0].values

    assert first.reason is not None
    assert first.reason.code == "missing_input"
    assert second.value is None
    assert third.value is not None


def test_regions_must_hold_the_population_of_the_whole() -> None:
    found = last(PEOPLE | {"XV-01|": [500_000] * 3})

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "regions_uncovered"
    assert found.reason.data["found"] == 80


def test_parents_choose_the_regions() -> None:
    above = {"XV-01": "XVA", "XV-02": "XVA", "XV-03": "XV-01"}
    people = PEOPLE | {"XV-01|": [720_000] * 3}

    assert last(people, parents=above).value == pytest.approx(28.0)
    assert notes(last(people, parents=above)) == {"deserts": "XV-02"}


def test_a_region_without_regions_has_no_value_and_is_not_listed() -> None:
    cubes = {
        "pop_total": make_cube("pop_total", PEOPLE, area=AREAS),
        "vic_detected": make_cube("vic_detected", VICTIMS, area=AREAS),
    }
    asked = compute(DESERTS, cubes, areas=("XV-01",), breakdowns=None)
    every = compute(DESERTS, cubes)

    assert [series.area for series in every] == ["XVA"]
    assert asked == () or asked[0].values[-1].status is Status.M


def test_more_people_without_detection_raise_the_share() -> None:
    shares = []
    for moved in range(0, 400_000, 100_000):
        people = PEOPLE | {"XV-01|": [700_000 - moved] * 3, "XV-02|": [280_000 + moved] * 3}
        shares.append(last(people).value)

    assert shares == pytest.approx([28, 38, 48, 58])
