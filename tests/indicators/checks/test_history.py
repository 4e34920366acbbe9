"""Values far from their own history, changed units, placeholders and gaps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.checks import CheckInput
from indicators.checks.history import equal_runs, gaps, jumps, scale_changes
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from tests.indicators.checks.cubes import cube

CALM = [17, 19, 16, 18, 21, 20, 17, 22, 19, 18]
SPIKE = [*CALM[:5], 170, *CALM[6:]]


def given(values: list[float | None], **fields: object) -> CheckInput:
    made = cube("v", {("A", ""): values}, **fields)  # type: ignore[arg-type]
    return CheckInput(cubes={"v": made})


def test_a_typed_zero_too_many_stands_out() -> None:
    (note,) = jumps(given(SPIKE))

    assert (note.data["period"], note.data["value"]) == ("2010", 170)
    assert note.data["usual"] == pytest.approx(19, abs=3)


@pytest.mark.parametrize(
    "values",
    [
        CALM,
        SPIKE[:7],
        [10, 12, 15, 20, 26, 34, 45, 60, 80, 110],
        [10, 11, 9, 10, 11, 90, 95, 88, 92, 91],
        [9, 8, 10, 9, 0, 11, 8, 9, 10, 9],
    ],
    ids=["calm", "short", "growth", "step", "small"],
)
def test_what_happens_by_itself_is_no_jump(values: list[float | None]) -> None:
    assert jumps(given(values)) == ()


def test_registered_breaks_and_events_explain_a_jump() -> None:
    start = Period.of_year(2010)
    checked = given(SPIKE)
    known = SeriesBreak(id="b", start=start, text={"en": "x"}, variables=("v",))
    event = Intervention(id="e", name={"en": "x"}, kind="shock", start=start, variables=("v",))

    assert jumps(replace(checked, breaks=(known,))) == ()
    assert jumps(replace(checked, events=(event,))) == ()
    assert len(jumps(replace(checked, events=(replace(event, variables=("w",)),)))) == 1


def test_a_region_that_moves_with_the_country_is_not_named() -> None:
    lines = {("C", ""): [10.0 * value for value in SPIKE], ("R", ""): SPIKE}
    checked = CheckInput(cubes={"v": cube("v", lines)}, parents={"R": "C"})

    assert [note.data["area"] for note in jumps(checked)] == ["C"]


def test_chance_makes_fewer_than_one_finding_in_a_thousand_values() -> None:
    dice = np.random.default_rng(5)
    lines = {
        (f"R{n}", ""): dice.negative_binomial(8, 8 / (8 + mean), 20).tolist()
        for n, mean in enumerate(np.geomspace(2, 500, 200))
    }

    assert len(jumps(CheckInput(cubes={"v": cube("v", lines)}))) < 4


def test_a_changed_unit_is_found() -> None:
    (note,) = scale_changes(given([5, 6, 7, 8, 9000, 9500, 9900, 9800]))

    assert note.data["period"] == "2009"
    assert scale_changes(given([5, 6, 7, 8, 40, 90, 95, 99])) == ()


def test_rows_of_equal_counts_and_zeros_are_found() -> None:
    (equal,) = equal_runs(given([30, 41, 50, 50, 50, 50, 50, 50, 47]))
    (zeros,) = equal_runs(given([30, 41, 50, 0, 0, 0, 0, 39]))

    assert (equal.data["value"], equal.data["count"], equal.data["last"]) == (50, 6, "2012")
    assert (zeros.data["value"], zeros.data["period"]) == (0, "2008")


def test_small_counts_places_and_what_has_not_begun_may_be_equal() -> None:
    assert equal_runs(given([3, 3, 3, 3, 3, 3, 3, 3])) == ()
    assert equal_runs(given([50, 50, 50, 50, 50, 50], unit="places")) == ()
    assert equal_runs(given([0, 0, 0, 0, 0, 40, 50])) == ()


def test_years_between_others_are_missed() -> None:
    (note,) = gaps(given([None, 3, 4, None, None, 5, None]))

    assert (note.data["period"], note.data["periods"]) == ("2008", "2008, 2009")
    assert gaps(given([3, 4, 5])) == ()


def test_a_survey_every_second_year_has_no_gap() -> None:
    assert gaps(given([3, None, 4, None, 5, None, 6])) == ()
