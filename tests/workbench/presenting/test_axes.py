"""Round steps, few labels, whole years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.model.period import Period
from workbench.presenting.axes import MOST_LABELS, time_axis, value_axis


@given(
    low=st.floats(0, 1e7),
    span=st.floats(0, 1e7),
    whole=st.booleans(),
    from_zero=st.booleans(),
)
def test_an_axis_holds_its_values_with_at_most_six_round_labels(
    low: float, span: float, *, whole: bool, from_zero: bool
) -> None:
    axis = value_axis(low, low + span, whole=whole, from_zero=from_zero)

    steps = [b.position - a.position for a, b in zip(axis.ticks, axis.ticks[1:], strict=False)]
    assert axis.low <= low + 1e-6 * max(1, low)
    assert axis.high >= (low + span) * (1 - 1e-6)
    assert 2 <= len(axis.ticks) <= MOST_LABELS
    # positions are rounded to ten decimals, and to what a number of that size can hold
    assert max(steps) - min(steps) <= 1e-6 * max(steps) + 2e-10 + 1e-15 * axis.high
    assert not whole or all(tick.position.is_integer() for tick in axis.ticks)
    assert axis.from_zero is (axis.low <= 0)


def test_counts_begin_at_zero() -> None:
    axis = value_axis(5, 34, unit="persons", whole=True)

    assert [tick.label for tick in axis.ticks] == ["0", "10", "20", "30", "40"]
    assert axis.unit == "persons"


def test_small_counts_get_no_broken_steps() -> None:
    assert [tick.label for tick in value_axis(0, 2, whole=True).ticks] == ["0", "1", "2"]


def test_percents_carry_their_sign_and_stop_at_one_hundred() -> None:
    axis = value_axis(44, 99, unit="%")

    assert [tick.position for tick in axis.ticks] == [0, 25, 50, 75, 100]
    assert axis.ticks[1].label == "25\u202f%"
    assert axis.unit == ""


def test_an_axis_of_rates_may_begin_higher_and_says_so() -> None:
    axis = value_axis(1_234_000, 1_396_000, from_zero=False)

    assert axis.low == 1_200_000
    assert not axis.from_zero


def test_negative_values_keep_the_zero() -> None:
    axis = value_axis(-3, 8)

    assert axis.low < 0 < axis.high
    assert 0 in [tick.position for tick in axis.ticks]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2005", "2024", ["2005", "2010", "2015", "2020", "2024"]),
        ("2005", "2016", ["2005", "2007", "2009", "2011", "2013", "2016"]),
        ("2020", "2024", ["2020", "2021", "2022", "2023", "2024"]),
        ("2020", "2020", ["2020"]),
        ("1960", "2024", ["1960", "1970", "1980", "1990", "2000", "2010", "2024"]),
        ("2018-01", "2020-12", ["2018", "2019", "2020"]),
    ],
)
def test_first_and_last_year_are_always_labelled(first: str, last: str, labels: list[str]) -> None:
    start, end = Period.parse(first), Period.parse(last)

    axis = time_axis((start, end))

    assert [tick.label for tick in axis.ticks] == labels
    assert axis.low < start.decimal_year <= end.decimal_year < axis.high
    assert all(axis.low < tick.position < axis.high for tick in axis.ticks)


def test_an_axis_without_periods_can_still_be_drawn() -> None:
    assert time_axis(()).low < time_axis(()).high


def test_negative_values_alone_reach_up_to_zero() -> None:
    assert value_axis(-8, -3, from_zero=False).high == 0
