"""Middle values from counts by day, from quantiles, and of revisions."""

from __future__ import annotations

from indicators.compute.indicator import compute
from indicators.model.codes import Status
from indicators.model.results import IndicatorSeries
from indicators.model.series import TOTAL
from tests.indicators.compute.cubes import Cell, cubes_of, make_cube
from tests.indicators.compute.definitions import make_indicator

MEDIAN = make_indicator(
    "MEDIAN",
    calculator="median",
    inputs=("id_days",),
    interval="order",
    per=1.0,
    unit="days",
    minimum_denominator=20,
)


def median(rows: dict[str, list[Cell]]) -> IndicatorSeries:
    cubes = {"id_days": make_cube("id_days", rows, unit="days")}
    (series,) = compute(MEDIAN, cubes, areas=("XVA",), breakdowns=(TOTAL,))
    return series


def test_counts_by_day_give_the_middle_value_and_its_range() -> None:
    days: dict[str, list[Cell]] = {
        f"DAY={day}": [1.0] for day in (3, 5, 8, 9, 12, 20, 31, 40, 55, 90)
    }

    (found,) = median(days).values

    # ten values: middle of 12 and 20; order-statistic limits at ranks 2 and 9 (binomial table)
    assert (found.value, found.low, found.high) == (16.0, 5.0, 55.0)
    assert found.denominator == 10
    assert [note.code for note in found.notes] == ["small_denominator"]


def test_below_six_cases_there_is_a_value_without_range_and_it_says_so() -> None:
    (found,) = median({"DAY=2": [2.0], "DAY=7": [2.0], "DAY=100": [1.0]}).values

    assert (found.value, found.low, found.high) == (7.0, None, None)
    assert "too_few_for_range" in [note.code for note in found.notes]


def test_days_are_ordered_as_numbers() -> None:
    (found,) = median({"DAY=100": [1.0], "DAY=9": [1.0], "DAY=20": [1.0]}).values

    assert found.value == 20.0


def test_a_year_without_cases_has_no_middle_value() -> None:
    found = median({"DAY=1": [2.0, "Z", None], "DAY=3": [2.0, None, None]}).values

    assert [value.value for value in found] == [2.0, None, None]
    codes = [value.reason.code for value in found if value.reason]
    assert codes == ["no_cases", "missing_input"]


def test_suppressed_counts_hide_the_middle_value() -> None:
    (found,) = median({"DAY=1": [9.0], "DAY=3": [(1.0, 4.0)]}).values

    assert (found.value, found.status) == (None, Status.S)
    assert found.reason is not None
    assert found.reason.code == "suppressed_distribution"


def test_stored_quantiles_give_the_value_only() -> None:
    (found,) = median({"STAT=P50": [41.0], "STAT=N": [52.0], "STAT=P90": [99.0]}).values

    assert (found.value, found.low, found.high, found.denominator) == (41.0, None, None, 52)
    assert found.notes == ()


def test_quantiles_of_few_cases_carry_the_caution() -> None:
    (found,) = median({"STAT=P50": [41.0], "STAT=N": [19.0]}).values

    assert [note.code for note in found.notes] == ["small_denominator"]


def test_quantiles_of_no_case_are_no_value() -> None:
    (found,) = median({"STAT=P50": [None], "STAT=N": ["Z"]}).values

    assert found.reason is not None
    assert found.reason.code == "no_cases"


def test_counts_by_day_win_over_quantiles_where_both_are_there() -> None:
    found = median({"DAY=5": [8.0, None], "STAT=P50": [41.0, 42.0], "STAT=N": [9.0, 50.0]}).values

    assert [value.value for value in found] == [5.0, 42.0]
    assert [value.denominator for value in found] == [8, 50]
    assert [value.low for value in found] == [5.0, None]


def test_middle_values_are_matched_by_sex() -> None:
    rows: dict[str, list[Cell]] = {
        "STAT=P50": [10.0],
        "SEX=F,STAT=P50": [14.0],
        "SEX=F,STAT=N": [30.0],
        "STAT=N": [70.0],
    }

    found = compute(MEDIAN, {"id_days": make_cube("id_days", rows, unit="days")})

    assert {str(each.breakdown): each.values[0].value for each in found} == {"": 10, "SEX=F": 14}


def test_revisions_are_the_middle_of_five_years() -> None:
    indicator = make_indicator(
        "MEDIAN",
        calculator="median_revision",
        inputs=("rev_first", "rev_latest"),
        interval="order",
    )
    cubes = cubes_of(
        rev_first=[100.0, 100.0, 200.0, 100.0, 100.0, 100.0],
        rev_latest=[150.0, 101.0, 194.0, 107.0, 95.0, None],
    )

    (series,) = compute(indicator, cubes, areas=("XVA",), breakdowns=(TOTAL,))

    # sizes 50, 1, 3, 7, 5 %
    assert series.values[4].value == 5.0
    assert series.values[1].value == 25.5
    assert series.values[5].value is None
    assert series.values[4].denominator == 5
