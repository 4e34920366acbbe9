"""What the numbers of a whole file tell."""

from indicators.model.series import Breakdown
from workbench.importing.quality import quality_remarks
from workbench.importing.report import Remark
from workbench.importing.series_keys import SeriesKey

TOTAL = Breakdown()
WOMEN = Breakdown((("SEX", "F"),))
Numbers = dict[tuple[str, Breakdown], dict[int, float | None]]


def remarks(numbers: Numbers) -> list[Remark]:
    series = [SeriesKey("n_x", area, cut, "count") for area, cut in numbers]
    rows = [
        (place, year * 100, value)
        for place, own in enumerate(numbers.values())
        for year, value in own.items()
    ]
    places, periods, values = zip(*rows, strict=True)
    return quality_remarks(series, places, periods, values)


def test_whole_numbers_before_and_fractions_after_are_a_change_of_unit() -> None:
    own: dict[int, float | None] = {2010: 5.0, 2011: 6.0, 2012: 7.0, 2013: 0.5, 2014: 0.7}

    (found,) = remarks({("A", TOTAL): own})

    assert found.code == "unit_break"
    assert found.data["values"] == "n_x (2013)"


def test_fractions_now_and_then_are_none() -> None:
    own: dict[int, float | None] = {2010: 5.0, 2011: 6.0, 2012: 7.0, 2013: 0.5, 2014: 7.0}

    assert remarks({("A", TOTAL): own}) == []


def test_a_region_that_loses_what_a_new_one_begins_with() -> None:
    numbers: Numbers = {
        ("XV-01", TOTAL): {2010: 100.0, 2011: 102.0, 2012: 60.0},
        ("XV-02", TOTAL): {2010: 50.0, 2011: 51.0, 2012: 52.0},
        ("XV-03", TOTAL): {2012: 41.0},
    }

    (found,) = remarks(numbers)

    assert found.code == "region_split"
    assert found.data["values"] == "XV-01 ↓, XV-03 (2012)"


def test_a_new_region_that_nobody_lost_is_no_split() -> None:
    numbers: Numbers = {
        ("XV-01", TOTAL): {2010: 100.0, 2011: 102.0, 2012: 101.0},
        ("XV-03", TOTAL): {2012: 41.0},
    }

    assert remarks(numbers) == []


def test_countries_are_not_split_and_parts_are_not_totals() -> None:
    countries: Numbers = {
        ("ESP", TOTAL): {2010: 100.0, 2011: 102.0, 2012: 60.0},
        ("PRT", TOTAL): {2012: 41.0},
    }
    parts: Numbers = {
        ("XV-01", WOMEN): {2010: 100.0, 2011: 102.0, 2012: 60.0},
        ("XV-03", WOMEN): {2012: 41.0},
    }

    assert remarks(countries) == []
    assert remarks(parts) == []


def test_numbers_that_become_a_thousand_times_larger_and_stay_so() -> None:
    own: dict[int, float | None] = {2010: 12.0, 2011: 15.0, 2012: 14_000.0, 2013: 13_500.0}
    steady: dict[int, float | None] = {2010: 5.0, 2011: 6.0, 2012: 7.0, 2013: 5.0}

    (found,) = remarks({("A", WOMEN): own, ("B", WOMEN): steady})

    assert (found.code, found.count) == ("unit_jump", 1)
    assert found.data["values"] == "n_x, A, SEX=F (2012)"


def test_growth_is_no_jump() -> None:
    growth: dict[int, float | None] = {2010 + n: 3.0**n for n in range(9)}
    peak: dict[int, float | None] = {2010: 12.0, 2011: 15.0, 2012: 14_000.0, 2013: 13.0}

    assert remarks({("A", TOTAL): growth, ("B", TOTAL): peak}) == []
