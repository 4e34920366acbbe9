"""What the indicators serve, and the scorecard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import framework as service
from indicators.catalog import load_catalogue
from indicators.framework import Evidence, Movement, Reading
from indicators.model.codes import LANGUAGES, Direction, Kind, Outcome
from indicators.model.definition import LocalText, Target
from indicators.model.period import Period

CATALOGUE = load_catalogue()
INDICATORS = tuple(CATALOGUE.indicators.values())
RECOMMENDATIONS = {
    1: "ACC-01 ACC-02 ACC-03 ACC-04 ACC-05 ACC-06",
    2: "PVL-03 PRV-03 PRV-04 PRV-06 PRT-02 PRT-03 PRT-04 PRT-05 PRT-15 PRS-01 PRS-02 PRS-03"
    " PRS-04 PRS-05 PRS-06 PRS-07 PRS-08 PRS-10 PRS-11 PRS-13 PRS-14 PRS-15 COO-01 ACC-03 ACC-05"
    " ACC-06 IMP-01 IMP-02 IMP-04",
    3: "PRT-05 PRS-11 RES-01 RES-02 RES-03 RES-04 RES-05",
    4: "PRT-10 COO-01 COO-02 COO-03 COO-04 COO-05 COO-06 INF-02 INF-04",
    5: "PRV-07 COO-03 COO-07 RES-05 DEM-05",
    6: "PRT-13 PRT-14 PRT-15 PRS-09 VPA-01 VPA-02 VPA-03 VPA-04",
    7: "PVL-04 PRV-01 PRV-02 PRV-04 PRV-05 PRV-06 PRV-07 PRT-01 PRT-02 PRT-03 PRT-04 PRT-05"
    " PRT-06 PRT-07 PRT-08 PRT-09 PRT-11 PRT-12 PRT-13 PRT-14 VPA-04 RTS-01 INF-06",
    8: "DEM-01 DEM-02 DEM-03 DEM-04 DEM-05 DEM-06",
    9: "PVL-01 PVL-02 PVL-03 ACC-02 INF-01 INF-02 INF-03 INF-04 INF-05 INF-06 IMP-01 IMP-02 IMP-03",
    10: "RES-04 RES-06 ACC-04",
}
CHALLENGES = {
    1: "PRV-01 PRV-02 PRT-13 PRS-08 RES-01 RES-03 DEM-06 INT-01 INT-04",
    2: "PRT-10 COO-04 COO-05 COO-06",
    3: "PVL-04 PRV-05 PRT-06 PRT-07 PRT-08 PRT-09 PRT-15 PRS-13 RTS-01 RTS-02 RTS-03 INF-03",
    4: "PVL-01 PRV-03 PRT-03 PRS-01 PRS-02 PRS-03 PRS-04 PRS-05 PRS-06 PRS-09 PRS-10 PRS-11"
    " PRS-12 PRS-14 PRS-15 VPA-03 INT-04",
    5: "INT-01 INT-02 INT-03 INT-04",
}
NO_FRAMEWORK = "PRS-06 PRS-07 PRS-12 RES-02 RES-04 RES-06 INT-04 ACC-04 INF-06 IMP-01 IMP-03"
YEARS = tuple(Period.of_year(year) for year in range(2015, 2025))


def shipped(codes: str) -> set[str]:
    """Those of the codes that the catalogue holds."""
    return {code for code in codes.split() if code in CATALOGUE.indicators}


def reading(code: str, **changes: object) -> Reading:
    """A solid reading of a shipped indicator."""
    made = Reading(indicator=CATALOGUE.indicators[code], periods=YEARS, value=50.0, has_range=True)
    return replace(made, **changes)  # type: ignore[arg-type]


def row_of(number: int, *readings: Reading) -> service.ScorecardRow:
    """The row of a recommendation."""
    return service.scorecard(readings)[number - 1]


# what serves what


@pytest.mark.parametrize("number", RECOMMENDATIONS)
def test_recommendations_are_served_as_the_catalogue_says(number: int) -> None:
    serving = service.serving_recommendation(INDICATORS, number)

    assert {each.code for each in serving} == shipped(RECOMMENDATIONS[number])


@pytest.mark.parametrize("number", CHALLENGES)
def test_challenges_are_served_as_the_catalogue_says(number: int) -> None:
    serving = service.serving_challenge(INDICATORS, number)

    assert {each.code for each in serving} == shipped(CHALLENGES[number])


def test_every_indicator_serves_something() -> None:
    assert all(each.recommendations or each.challenges for each in INDICATORS)


def test_indicators_without_framework_are_those_of_the_catalogue() -> None:
    assert {each.code for each in service.without_framework(INDICATORS)} == shipped(NO_FRAMEWORK)
    assert not any(service.frameworks_of(code) for code in NO_FRAMEWORK.split())


MARKS = {
    "SDG": ("SDG",),
    "GLOTIP": ("GLOTIP",),
    "IC-TIP": ("IC-TIP",),
    "COE": ("CoE", "GRETA"),
    "3P": ("3P",),
    "GSI": ("GSI", "Walk Free"),
    "PALERMO": ("Palermo",),
    "OSCE": ("OSCE",),
}


@pytest.mark.parametrize("code", MARKS)
def test_references_of_indicators_agree_with_the_list_of_frameworks(code: str) -> None:
    (outside,) = [each for each in service.framework().outside if each.code == code]
    cited = {
        each.code
        for each in INDICATORS
        if any(reference.startswith(MARKS[code]) for reference in each.frameworks)
    }

    assert cited == {each for each in outside.indicators if each in CATALOGUE.indicators}


def test_goals_and_frameworks_have_their_texts() -> None:
    whole = service.framework()
    texts = [each.text for each in (*whole.recommendations, *whole.challenges)]
    names = [each.name for each in (*whole.recommendations, *whole.challenges, *whole.outside)]

    assert [each.number for each in whole.recommendations] == list(range(1, 11))
    assert [each.number for each in whole.challenges] == list(range(1, 6))
    for language in LANGUAGES:
        assert all(text.in_language(language).endswith(".") for text in texts)
        assert all(name.in_language(language) for name in names)


# checklists


def test_checklists_belong_to_their_indicators() -> None:
    for checklist in service.checklists():
        indicator = CATALOGUE.indicators[checklist.indicator]
        assert indicator.kind is Kind.CHECK
        assert indicator.inputs == (checklist.met, checklist.total)


def test_items_are_complete_and_nobody_claims_to_have_read_the_articles() -> None:
    items = [item for checklist in service.checklists() for item in checklist.items]

    assert len({item.code for item in items}) == len(items) >= 30
    assert all(item.reference and not item.verified for item in items)
    for language in LANGUAGES:
        assert len({item.text.in_language(language) for item in items}) == len(items)
    assert all(isinstance(item.text, LocalText) for item in items)


# the scorecard


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
    rows = service.scorecard([reading("INT-04")], service.framework().challenges)

    assert len(rows) == 5
    assert [bool(row.readings) for row in rows] == [True, False, False, True, True]
