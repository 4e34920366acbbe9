"""Values that their unit does not allow, and more persons than live there."""

from __future__ import annotations

import math

import pytest

from indicators.checks import RULES, CheckInput
from indicators.checks.bounds import bounds
from indicators.errors import Note, Severity
from tests.indicators.checks.cubes import cube


def found(rule: str, *cubes: object) -> list[Note]:
    held = {made.variable: made for made in cubes}  # type: ignore[attr-defined]
    return list(RULES[rule].run(CheckInput(cubes=held)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "low", "high"),
    [
        ("persons", 0, math.inf),
        ("%", 0, 100),
        ("0-1", 0, 1),
        ("days", 0, math.inf),
        ("per 100 000", 0, math.inf),
        ("VLD:1e6", -math.inf, math.inf),
        ("any", -math.inf, math.inf),
    ],
)
def test_bounds_of_units(unit: str, low: float, high: float) -> None:
    assert bounds(unit) == (low, high)


@pytest.mark.parametrize(("unit", "wrong"), [("persons", -1.0), ("%", 100.5), ("days", -3.0)])
def test_a_value_outside_its_unit_stops(unit: str, wrong: float) -> None:
    made = cube("n_x", {("C", ""): [5, wrong, 7], ("C", "SEX=F"): [1, 2, 3]}, unit=unit)

    (note,) = found("out_of_range", made)

    assert note.severity is Severity.STOP
    assert (note.data["period"], note.data["value"], note.data["breakdown"]) == ("2006", wrong, "")


def test_values_at_the_ends_and_money_below_zero_are_right() -> None:
    share = cube("n_share", {("C", ""): [0, 100, None]}, unit="%")
    money = cube("n_money", {("C", ""): [-5.5, 3]}, unit="VLD:1e6")

    assert found("out_of_range", share, money) == []


def test_more_persons_than_live_there_are_named() -> None:
    people = cube("pop_total", {("C", ""): [1000, 1010], ("R1", ""): [400, 410]})
    counted = cube("vic_detected", {("C", ""): [900, 1500], ("R1", ""): [401, None]})

    notes = found("above_population", people, counted)

    assert [(n.data["area"], n.data["period"], n.data["limit"]) for n in notes] == [
        ("C", "2006", 1010.0),
        ("R1", "2005", 400.0),
    ]


def test_other_units_and_unknown_populations_are_left_alone() -> None:
    people = cube("pop_total", {("C", ""): [None, 10]})
    nights = cube("n_nights", {("C", ""): [50, 60]}, unit="nights")
    counted = cube("vic_detected", {("C", ""): [50, 9]})

    assert found("above_population", people, nights, counted) == []
    assert found("above_population", counted) == []
