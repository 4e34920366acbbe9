"""The table of paired readings."""

from __future__ import annotations

import itertools

import pytest

from indicators.compute.reading import (
    DETECTED,
    EFFORT,
    PROACTIVE,
    ROWS,
    Movement,
    movement,
    paired_reading,
    together,
)
from indicators.model.codes import Outcome
from indicators.model.period import Period
from indicators.model.results import Refusal, Segment, TrendResult

UP, FLAT, DOWN, MIXED, UNKNOWN = (
    Movement.UP,
    Movement.FLAT,
    Movement.DOWN,
    Movement.MIXED,
    Movement.UNKNOWN,
)


def read(detected: Movement, proactive: Movement, effort: Movement, *, new: bool = False) -> str:
    moves = {DETECTED: detected, PROACTIVE: proactive, **dict.fromkeys(EFFORT, effort)}
    return paired_reading(moves, new_rule=new).code


@pytest.mark.parametrize(
    ("detected", "proactive", "effort", "code"),
    [
        (UP, UP, UP, "better_detection"),
        (UP, FLAT, FLAT, "self_reports"),
        (UP, DOWN, FLAT, "self_reports"),
        (DOWN, DOWN, DOWN, "less_looking"),
        (DOWN, FLAT, UP, "possible_fall"),
        (DOWN, UP, UP, "possible_fall"),
        (FLAT, UP, UP, "substitution"),
        (UP, UP, DOWN, "no_row"),
        (FLAT, FLAT, FLAT, "no_row"),
        (UP, UP, MIXED, "no_row"),
        (UP, UP, UNKNOWN, "unknown"),
        (UNKNOWN, UP, UP, "unknown"),
    ],
)
def test_the_rows_of_the_catalogue(
    detected: Movement, proactive: Movement, effort: Movement, code: str
) -> None:
    assert read(detected, proactive, effort) == code


def test_a_new_rule_comes_before_every_other_reading() -> None:
    for proactive, effort in itertools.product(Movement, Movement):
        assert read(UP, proactive, effort, new=True) == "break"
    assert read(FLAT, UP, UP, new=True) == "substitution"


def test_no_two_rows_fit_the_same_movements() -> None:
    plain = [row for row in ROWS if not row.new_rule]
    for moves in itertools.product(Movement, repeat=3):
        fitting = [
            row
            for row in plain
            if moves[0] in row.detected and moves[1] in row.proactive and moves[2] in row.effort
        ]
        assert len(fitting) <= 1


def test_every_reading_is_whole_sentences_without_a_verdict() -> None:
    for row in ROWS:
        for text in (row.likely, row.next):
            assert text[0].isupper()
            assert text.endswith(".")
            assert not {"improved", "worsened", "good", "bad"} & set(text.lower().split())


def test_effort_is_what_the_clear_series_say() -> None:
    assert together({"a": UP, "b": FLAT, "c": UNKNOWN}) is UP
    assert together({"a": UP, "b": DOWN}) is MIXED
    assert together({"a": FLAT, "b": FLAT}) is FLAT
    assert together({"a": UNKNOWN}) is UNKNOWN
    assert together({}) is UNKNOWN


def result(outcome: Outcome, *segments: tuple[float, float, float]) -> TrendResult:
    years = [Period.of_year(2010 + 5 * i) for i in range(len(segments) + 1)]
    return TrendResult(
        outcome=outcome,
        method="joinpoint",
        method_version="1",
        estimate=2.0,
        low=1.0,
        high=3.0,
        unit="percent a year",
        n=20,
        first=years[0],
        last=Period.of_year(2024),
        segments=tuple(
            Segment(first=years[i], last=years[i + 1], apc=apc, low=low, high=high)
            for i, (low, apc, high) in enumerate(segments)
        ),
    )


@pytest.mark.parametrize(
    ("outcome", "segments", "expected"),
    [
        (Outcome.RISING, (), UP),
        (Outcome.FALLING, (), DOWN),
        (Outcome.STABLE, (), FLAT),
        (Outcome.NO_CLEAR_CHANGE, (), FLAT),
        (Outcome.CHANGING_PACE, (), UP),
        (Outcome.CHANGING_DIRECTION, ((2, 3, 4), (-5, -3, -1)), DOWN),
        (Outcome.CHANGING_DIRECTION, ((-4, -3, -2), (1, 3, 5)), UP),
        (Outcome.CHANGING_DIRECTION, ((2, 3, 4), (-3, -1, 1)), FLAT),
        (Outcome.REFUSED, (), UNKNOWN),
    ],
)
def test_trends_become_movements(
    outcome: Outcome, segments: tuple[tuple[float, float, float], ...], expected: Movement
) -> None:
    assert movement(result(outcome, *segments)) is expected


def test_a_refusal_is_not_known() -> None:
    assert movement(Refusal(code="too_few_points", text="x")) is UNKNOWN
