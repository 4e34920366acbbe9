"""Texts of year columns."""

import pytest

from indicators.model.period import Period
from workbench.importing.periods import PeriodRules, is_across, parse_period

RULES = PeriodRules(last_year=2027)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2017", "2017"),
        (" 2017 ", "2017"),
        ("2017.0", "2017"),
        ("2021-04", "2021-04"),
        ("05/2021", "2021-05"),
        ("enero 2020", "2020-01"),
        ("Feb. 2019", "2019-02"),
        ("MAR-21", "2021-03"),
        ("août 2018", "2018-08"),
        ("dezembro de 2018", "2018-12"),
        ("2024-Q2", "2024-Q2"),
        ("2024-S1", "2024-S1"),
        ("FY2024-04", "FY2024-04"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert parse_period(text, RULES) == Period.parse(period).code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "blank_period"),
        ("42736", "date_number"),
        ("20l9", "not_a_period"),
        ("1899", "year_out_of_range"),
        ("2028", "year_out_of_range"),
        ("2017-18", "year_across"),
        ("2014/15", "year_across"),
        ("2023/2024", "year_across"),
        ("FY2015", "year_across"),
        ("17", "not_a_period"),
        ("2017-01-15", "not_a_period"),
        ("foo 2017", "not_a_period"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    assert parse_period(text, RULES) == reason


def test_years_over_two_calendar_years_begin_in_the_month_that_was_said() -> None:
    rules = PeriodRules(last_year=2027, fiscal_start=4)

    assert parse_period("2017-18", rules) == Period.parse("FY2017-04").code
    assert parse_period("2017", rules) == Period.of_year(2017).code


def test_a_span_as_the_program_writes_it() -> None:
    rules = PeriodRules(last_year=2027, machine=True)

    assert parse_period("2022/2024", rules) == Period.parse("2022/2024").code


@pytest.mark.parametrize("text", ["2017-19", "2017/2016", "2017-2017", "201-18"])
def test_other_pairs_are_no_year_over_two(text: str) -> None:
    assert is_across(text) is None


@pytest.mark.parametrize(
    ("text", "code"), [("2005 - 1", 200531), ("2005 4", 200534), ("2005-2", 200532)]
)
def test_quarters_of_a_column_of_quarters(text: str, code: int) -> None:
    rules = PeriodRules(last_year=2027, dates="quarters")

    assert parse_period(text, rules) == code
    assert parse_period("2005 - 5", rules) == "not_a_period"
