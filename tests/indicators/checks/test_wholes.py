"""Parts larger than their whole are found; what may exceed on purpose is left alone."""

from __future__ import annotations

import pytest

from indicators.checks import CheckInput
from indicators.checks.wholes import apart, cuts_above_total, part_above_whole
from indicators.errors import Note
from indicators.model.series import Cube
from tests.indicators.checks.cubes import cube


def members(part: Cube, whole: Cube) -> tuple[Note, ...]:
    return part_above_whole(
        CheckInput(cubes={"part": part, "whole": whole}, wholes={"part": "whole"})
    )


def cuts(*cubes: Cube, not_additive: frozenset[str] = frozenset()) -> tuple[Note, ...]:
    return cuts_above_total(
        CheckInput(cubes={c.variable: c for c in cubes}, not_additive=not_additive)
    )


def test_a_part_above_its_whole_is_named_with_both_numbers() -> None:
    part = cube("part", {("A", ""): [3, 9], ("B", ""): [1, 1]}, first="2006")
    whole = cube("whole", {("B", ""): [1, 1, 1], ("A", ""): [1, 3, 8]}, first="2005")

    (note,) = members(part, whole)

    assert (note.data["area"], note.data["period"]) == ("A", "2007")
    assert (note.data["value"], note.data["limit"]) == (9, 8)


def test_cuts_are_matched_where_the_whole_carries_them() -> None:
    part = cube("part", {("A", "SEX=F"): [5], ("A", "K=3"): [7]})
    whole = cube("whole", {("A", ""): [8], ("A", "SEX=F"): [4], ("A", "SEX=M"): [4]})

    (note,) = members(part, whole)

    assert note.data["breakdown"] == "SEX=F"


def test_other_units_are_not_compared() -> None:
    assert (
        members(cube("part", {("A", ""): [9]}, unit="cases"), cube("whole", {("A", ""): [8]}))
        == ()
    )


def test_parts_by_sex_above_the_total_are_found() -> None:
    (note,) = cuts(cube("v", {("A", ""): [9, 10], ("A", "SEX=F"): [5, 6], ("A", "SEX=M"): [4, 5]}))

    assert (note.code, note.data["period"], note.data["value"]) == ("cuts_above_total", "2006", 11)
    assert note.data["dimension"] == "SEX"


def test_one_code_above_the_total_is_found_alone() -> None:
    (note,) = cuts(cube("v", {("A", ""): [9], ("A", "FORM=SEX"): [10], ("A", "FORM=LAB"): [4]}))

    assert (note.code, note.data["breakdown"]) == ("cut_above_total", "FORM=SEX")


@pytest.mark.parametrize(
    "lines",
    [
        {("A", ""): [9], ("A", "FORM=SEX"): [8], ("A", "FORM=LAB"): [4]},
        {("A", ""): [9], ("A", "STAT=P50"): [30]},
        {("A", ""): [9], ("A", "K=1"): [8], ("A", "K=2"): [9]},
        {("A", ""): [0.3], ("A", "SEX=F"): [0.1], ("A", "SEX=M"): [0.2]},
        {("A", ""): [None], ("A", "SEX=F"): [8]},
    ],
)
def test_what_may_exceed_is_no_finding(lines: dict[tuple[str, str], list[float | None]]) -> None:
    assert cuts(cube("v", lines)) == ()


def test_effective_sample_sizes_do_not_add_up() -> None:
    survey = cube("n", {("A", ""): [9], ("A", "SEX=F"): [5], ("A", "SEX=M"): [5]})

    assert len(cuts(survey)) == 1
    assert cuts(survey, not_additive=frozenset({"n"})) == ()


def test_only_codes_that_do_not_overlap_are_added() -> None:
    assert set(apart("AGE", ["Y0T17", "Y18T29", "Y_GE18", "Y_GE30"])) in (
        {"Y0T17", "Y_GE18"}, {"Y0T17", "Y18T29", "Y_GE30"},
    )  # fmt: skip
    assert set(apart("SEX", ["F", "M"])) == {"F", "M"}
