"""Three scores against the own baseline, through the engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indicators.catalog import load_catalogue, load_pack, with_members
from indicators.compute.indicator import compute, explain, required
from indicators.model.codes import Direction, IndicatorSet, Kind, Pillar, Status
from indicators.model.period import Period
from indicators.model.results import IndicatorSeries
from indicators.model.series import TOTAL, Breakdown, Cube
from tests.indicators.compute.cubes import make_cube
from tests.indicators.compute.definitions import make_indicator

UP = make_indicator("SHARE", "met", "due", code="PRT-91", pillar=Pillar.PROTECTION)
DOWN = replace(UP, code="PRT-92", direction=Direction.DOWN)
COHORT = make_indicator(
    "COHORT", "coh_cnv[K=2]", "coh_pro", code="PRS-91", pillar=Pillar.PROSECUTION
)
PROFILE = make_indicator(
    "INDEX",
    calculator="pillar_profile",
    inputs=("PRV", "PRT", "PRS"),
    breakdowns=("PIL",),
    unit="three scores 0-100",
    direction=Direction.CTX,
    members=(UP, COHORT),
)
CUBES: dict[str, Cube] = {
    "met": make_cube("met", {"": [20, 20, 20, 60, 10]}),
    "due": make_cube("due", {"": [100] * 5}),
    "coh_cnv": make_cube("coh_cnv", {"K=2": [40, 40, 40, 70, None]}),
    "coh_pro": make_cube("coh_pro", {"": [100] * 5}),
}


def scores(profile: Any = PROFILE, cubes: Any = CUBES, **more: Any) -> dict[str, IndicatorSeries]:
    return {s.breakdown.code("PIL") or "": s for s in compute(profile, cubes, **more)}


def test_a_score_is_the_way_from_the_baseline_to_the_best() -> None:
    found = [value.value for value in scores()["PRT"].values]

    # 20, 20, 20 is the baseline; 60 is half the way to 100, 10 half the way to 0
    assert found == pytest.approx([50, 50, 50, 75, 25])


def test_groups_enter_when_they_are_complete() -> None:
    found = scores()["PRS"].values

    # charged in 2020, followed for 2 years: known in 2022; that of 2022 in 2024
    assert [value.value for value in found[:2]] == [None, None]
    assert [value.value for value in found[2:]] == pytest.approx([50, 50, 50])
    assert str(found[-1].period) == "2024"


def test_lower_is_better_where_the_definition_says_so() -> None:
    found = scores(replace(PROFILE, members=(DOWN,)))["PRT"].values

    # down from 20 to 10 is half the way to 0; up to 60 half the way to 100
    assert [value.value for value in found[3:]] == pytest.approx([25, 75])


def test_there_is_no_single_score_but_the_three_are_said() -> None:
    (whole,) = compute(PROFILE, CUBES, breakdowns=(TOTAL,))

    last = whole.values[-1]
    assert last.value is None
    assert last.status is Status.X
    assert last.reason is not None
    assert last.reason.code == "no_single_score"
    assert dict(last.notes[0].data) == {"PRV": "-", "PRT": 25, "PRS": 50}


def test_the_default_result_is_the_pillars_and_no_total() -> None:
    assert set(scores()) == {"PRV", "PRT", "PRS"}


def test_weights_are_said_and_the_range_holds_the_value() -> None:
    found = scores(replace(PROFILE, members=(UP, DOWN)))["PRT"].values[3]

    assert found.value == pytest.approx(50)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 50 < found.high
    assert found.notes[0].data["members"] == "PRT-91 50 %, PRT-92 50 %"


def test_under_two_thirds_of_the_weight_there_is_no_score() -> None:
    absent = replace(UP, code="PRT-93", numerator=DOWN.numerator)
    third = replace(absent, numerator=replace(UP.numerator, formula="coh_cnv[K=2]"))  # type: ignore[type-var]
    found = scores(replace(PROFILE, members=(UP, third)))["PRT"].values

    assert found[4].value is None
    assert found[4].reason is not None
    assert found[4].reason.text.format(**found[4].reason.data).startswith("Only 50 %")


def test_a_value_is_explained_with_the_same_score_and_its_inputs() -> None:
    cut = Breakdown.of(PIL="PRT")
    found = explain(PROFILE, CUBES, "XVA", Period.of_year(2023), cut)

    assert found.value == scores()["PRT"].values[3]
    assert {cell.variable for cell in found.inputs} == {"met", "due"}
    assert found.value.vintages == (1,)


def test_the_catalogue_never_scores_what_is_ambiguous_or_describes() -> None:
    profile = load_catalogue().indicators["IMP-04"]

    assert len(profile.members) > 15
    for member in profile.members:
        assert member.direction in (Direction.UP, Direction.DOWN)
        assert member.set is IndicatorSet.CORE
        assert member.kind is not Kind.MODEL
        assert member.pillar is not Pillar.CROSS_CUTTING
    assert {m.pillar for m in profile.members} == set(Pillar) - {Pillar.CROSS_CUTTING}
    assert set(required(profile)) >= {"staff_trained", "vic_assisted", "inv_proactive"}


def test_a_switched_off_indicator_leaves_the_score_and_a_national_one_does_not_enter() -> None:
    catalogue = load_catalogue()
    pack = load_pack('namespace = "N-X"\nswitch_off = ["PRV-03"]\n', "x.toml")
    codes = {m.code for m in catalogue.with_pack(pack).indicators["IMP-04"].members}
    national = replace(catalogue.indicators["PRV-03"], code="N-PRV-1")
    widened = with_members({**catalogue.indicators, "N-PRV-1": national})["IMP-04"].members

    assert "PRV-03" not in codes
    assert "PRV-05" in codes
    assert "N-PRV-1" not in {m.code for m in widened}
