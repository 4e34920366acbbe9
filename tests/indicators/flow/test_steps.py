"""Steps of a flow: the published case, open ones, stocks, and what is never divided."""

from __future__ import annotations

import math

import pytest

from indicators.catalog import load_catalogue
from indicators.flow.steps import BRIDGES, FLOWS, Stage, across, steps
from tests.indicators.made import published


def _stages(*counts: float | None) -> list[Stage]:
    return [Stage(code=f"s{i}", count=count) for i, count in enumerate(counts)]


def _codes(step) -> set[str]:
    return {note.code for note in step.notes}


def test_shares_of_a_cohort_equal_the_shared_case() -> None:
    columns, expected = published("s18_attrition")
    names = ["first", *expected]
    stages = [Stage(code=n, count=c) for n, c in zip(names, columns["count"], strict=True)]

    found = steps(stages, counting="cohort")

    for step in found[1:]:
        wanted = expected[step.code]
        for mine, theirs in ((step.of_previous, "step"), (step.of_first, "overall")):
            assert mine is not None
            assert mine.estimate / 100 == pytest.approx(wanted[theirs]["value"], rel=1e-9)
            assert mine.low / 100 == pytest.approx(wanted[f"{theirs}_low"]["value"], rel=1e-6)
            assert mine.high / 100 == pytest.approx(wanted[f"{theirs}_high"]["value"], rel=1e-6)


def test_stock_has_ratios_without_a_range_and_may_exceed_a_hundred() -> None:
    _, second, third = steps(_stages(40, 30, 36), counting="stock")

    assert second.of_previous is not None
    assert math.isnan(second.of_previous.low)
    assert third.of_previous is not None
    assert third.of_previous.estimate == pytest.approx(120)
    assert "later_stage_larger" in _codes(third)


def test_open_ones_give_worst_and_best_case() -> None:
    stages = [Stage(code="a", count=100), Stage(code="b", count=40, still_open=25)]

    _, step = steps(stages, counting="cohort")

    assert (step.worst, step.best) == (40, 65)
    assert "still_open" in _codes(step)


def test_unknown_stage_is_passed_over_and_said() -> None:
    _, unknown, third = steps(_stages(100, None, 30), counting="cohort")

    assert unknown.of_previous is None
    assert third.of_previous is not None
    assert third.of_previous.estimate == pytest.approx(30)
    assert "stage_passed_over" in _codes(third)


def test_nothing_to_divide_by_gives_no_share() -> None:
    _, step = steps(_stages(0, 0), counting="cohort")

    assert step.of_previous is None


def test_small_base_is_cautioned() -> None:
    _, step = steps(_stages(12, 5), counting="cohort")

    assert "small_denominator" in _codes(step)


def test_flows_use_known_inputs_and_never_share_one() -> None:
    known = load_catalogue()
    codes = [code for flow in FLOWS for code in flow.stages]

    assert [flow.id for flow in FLOWS] == ["victims", "accused", "files"]
    assert set(codes) <= set(known.variables)
    assert len(set(codes)) == len(codes)
    assert set(BRIDGES) <= set(known.indicators)


def test_flows_are_not_divided_by_each_other() -> None:
    note = across("victims", "accused")

    assert note is not None
    assert note.data["bridges"] == "PRS-04, PRS-08"
    assert across("files", "files") is None


def test_suppressed_stage_gives_bounds_and_no_share() -> None:
    stages = [
        Stage(code="a", count=40),
        Stage(code="b", count=None, low=1, high=4),
        Stage(code="c", count=20),
    ]
    _, hidden, third = steps(stages, counting="stock")

    assert hidden.of_previous is None
    assert (hidden.worst, hidden.best) == (2.5, 10)
    assert "stage_suppressed" in _codes(hidden)
    assert third.of_previous is not None
    assert third.of_previous.estimate == pytest.approx(50)
    assert "stage_passed_over" in _codes(third)


def test_every_flow_counts_one_kind_of_thing_and_follows_real_subsets() -> None:
    known = load_catalogue().variables
    for flow in FLOWS:
        units = {known[code].unit for code in (*flow.stages, *flow.chain, *(flow.cohort or ()))}
        assert units == {flow.unit}
        for whole, part in zip(flow.chain, flow.chain[1:], strict=False):
            assert known[part].subset_of == whole
        if flow.cohort:
            assert known[flow.cohort[1]].subset_of == flow.cohort[0]
