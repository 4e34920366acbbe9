"""Evidence, movement and distance to targets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.catalog import load_catalogue
from indicators.framework import framework
from indicators.framework import scorecard as service
from indicators.framework.scorecard import Evidence, Movement, Reading
from indicators.model.codes import Direction, Outcome
from indicators.model.definition import Target
from indicators.model.period import Period

CATALOGUE = load_catalogue()
YEARS = tuple(Period.of_year(year) for year in range(2015, 2025))


def reading(code: str, **changes: object) -> Reading:
    """A solid reading of a shipped indicator."""
    made = Reading(indicator=CATALOGUE.indicators[code], periods=YEARS, value=50.0, has_range=True)
    return replace(made, **changes)  # type: ignore[arg-type]


def row_of(number: int, *readings: Reading) -> service.ScorecardRow:
    """The row of a recommendation."""
    return service.scorecard(readings)[number - 1]


def test_no_values_are_no_evidence() -> None:
    row = row_of(8, Reading(indicator=CATALOGUE.indicators["DEM-01"]))

    assert (row.evidence, row.movement) == (Evidence.NONE, Movement.NOT_JUDGED)
    assert row.reason.data["held"] == 0
    assert row.reason.data["total"] == 1


def test_evidence_grows_with_solid_indicators() -> None:
    codes = ("RES-01", "RES-02", "RES-03", "RES-04")
    short = [reading(code, periods=YEARS[-4:]) for code in codes]
    whole = [reading(code) for code in codes]

    assert row_of(3, *short).evidence is Evidence.WEAK
    assert row_of(3, *short[:2], whole[2], whole[3]).evidence is Evidence.SOME
    assert row_of(3, short[0], *whole[1:]).evidence is Evidence.STRONG


def test_old_values_and_values_without_range_are_not_solid() -> None:
    recent = reading("RES-01")
    old = reading("RES-02", periods=tuple(Period.of_year(y) for y in range(2010, 2020)))
    bare = reading("RES-03", has_range=False)

    assert row_of(3, recent, old, bare).reason.data["solid"] == 1


def test_an_indicator_of_two_meanings_never_gives_a_direction() -> None:
    ambiguous = reading("PVL-01", outcome=Outcome.RISING, p_value=1e-6)
    context = reading("INF-02", outcome=Outcome.FALLING, p_value=1e-6)

    row = row_of(9, ambiguous, context)

    assert row.movement is Movement.NOT_JUDGED
    assert {each.movement for each in row.readings} == {Movement.NOT_JUDGED}


@pytest.mark.parametrize(
    ("code", "outcome", "expected"),
    [
        ("PRT-04", Outcome.RISING, Movement.BETTER),
        ("PRT-04", Outcome.FALLING, Movement.WORSE),
        ("PRT-02", Outcome.FALLING, Movement.BETTER),
        ("PRT-02", Outcome.RISING, Movement.WORSE),
        ("PRT-04", Outcome.NO_CLEAR_CHANGE, Movement.UNCLEAR),
        ("PRT-04", Outcome.STABLE, Movement.STEADY),
        ("PRT-04", Outcome.CHANGING_DIRECTION, Movement.UNCLEAR),
        ("PRT-04", None, Movement.NOT_JUDGED),
    ],
)
def test_movement_follows_the_direction(
    code: str, outcome: Outcome | None, expected: Movement
) -> None:
    assert service.movement_of(reading(code, outcome=outcome)) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.6, "better"), (1.4, "worse"), (1.0, "unclear")]
)
def test_parity_is_approached_from_both_sides(value: float, expected: str) -> None:
    parity = reading("PRS-13", value=value, outcome=Outcome.RISING)

    assert parity.indicator.direction is Direction.TARGET1
    assert service.movement_of(parity).value == expected


def test_both_ways_are_mixed_and_counted() -> None:
    up = reading("PRT-04", outcome=Outcome.RISING, p_value=0.0001)
    down = reading("PRT-05", outcome=Outcome.FALLING, p_value=0.0001)

    row = row_of(7, up, down)

    assert row.movement is Movement.MIXED
    assert (row.reason.data["better"], row.reason.data["worse"]) == (1, 1)
    assert "1 got better, 1 got worse" in row.reason.text.format(**row.reason.data)


def test_level_is_something_we_can_tell() -> None:
    level = reading("PRT-04", outcome=Outcome.STABLE, p_value=0.7)
    open_ = reading("PRT-05", outcome=Outcome.NO_CLEAR_CHANGE, p_value=0.7)

    assert row_of(7, level).movement is Movement.STEADY
    assert row_of(7, level, open_).movement is Movement.UNCLEAR
    assert row_of(7, level, open_).reason.data["steady"] == 1


def test_one_weak_change_among_many_does_not_stand() -> None:
    alone = reading("PRT-04", outcome=Outcome.RISING, p_value=0.04)
    others = [
        reading(code, outcome=Outcome.NO_CLEAR_CHANGE, p_value=0.5)
        for code in ("PRT-02", "PRT-03", "PRT-05", "PRV-05")
    ]

    assert row_of(7, alone).movement is Movement.BETTER
    assert row_of(7, alone, *others).movement is Movement.UNCLEAR


def test_distance_is_what_is_missing_in_the_direction_that_is_better() -> None:
    share = reading("PRT-04", value=70.0, target=Target(indicator="PRT-04", value=90, year=2030))
    days = reading("PRT-02", value=40.0, target=Target(indicator="PRT-02", value=60))
    unjudged = reading("PRT-01", target=Target(indicator="PRT-01", value=60))

    first, second = row_of(7, share, days, unjudged).distances

    assert (first.indicator, first.gap, first.year, first.is_reached) == (
        "PRT-04",
        20,
        2030,
        False,
    )
    assert (second.indicator, second.gap, second.is_reached) == ("PRT-02", 0, True)


def test_challenges_have_a_card_of_their_own() -> None:
    rows = service.scorecard([reading("INT-04")], framework().challenges)

    assert len(rows) == 5
    assert [bool(row.readings) for row in rows] == [True, False, False, True, True]
