"""How often more people are convicted than prosecuted in the same year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.checks import RULES, CheckInput
from indicators.checks.same_year import MOST_NAMED, convicted_in_the_same_year
from indicators.errors import Note, Severity
from indicators.model.codes import Status
from indicators.model.series import Cube
from tests.indicators.checks.cubes import Lines, cube


def found(convicted: Lines | Cube, prosecuted: Lines, **fields: object) -> tuple[Note, ...]:
    """What the rule finds."""
    later = convicted if isinstance(convicted, Cube) else cube("cnv_persons", convicted)
    cubes = {"cnv_persons": later, "pro_persons": cube("pro_persons", prosecuted)}
    return convicted_in_the_same_year(CheckInput(cubes=cubes, **fields))  # type: ignore[arg-type]


def sentence(note: Note) -> str:
    return note.text.format(**note.data)


def test_the_share_is_told_with_the_largest_excess_first() -> None:
    (note,) = found(
        {("AAA", ""): [5, 30, 2, None], ("BBB", ""): [7, 7, 7, 7]},
        {("AAA", ""): [4, 10, 2, 1], ("BBB", ""): [7, 6, None, 9]},
    )

    assert sentence(note).startswith(
        "In 3 of 6 country-years (50.0 %) more people were convicted than prosecuted in the same "
        "year: AAA 2006 (30 > 10), AAA 2005 (5 > 4), BBB 2006 (7 > 6)."
    )
    assert note.data["area"] == ""


def test_one_country_is_told_by_its_years() -> None:
    (note,) = found({("AAA", ""): [5, 3]}, {("AAA", ""): [4, 3]})

    assert sentence(note).startswith("In 1 of 2 years (50.0 %)")
    assert "2005 (5 > 4)" in sentence(note)
    assert note.data["area"] == "AAA"


def test_hidden_numbers_and_parts_of_a_country_do_not_count() -> None:
    later = cube(
        "cnv_persons", {("AAA", ""): [5, 5], ("AAA-1", ""): [9, 9], ("AAA", "SEX=F"): [8, 8]}
    )
    status = later.status.copy()
    value = later.value.copy()
    at = (0, later.areas.index("AAA"), 0)
    status[at], value[at] = int(Status.S), np.nan
    later = replace(later, status=status, value=value)

    (note,) = found(
        later,
        {("AAA", ""): [1, 1], ("AAA-1", ""): [1, 1], ("AAA", "SEX=F"): [1, 1]},
        parents={"AAA-1": "AAA"},
    )

    assert (note.data["count"], note.data["total"]) == (1, 1)


def test_nothing_is_said_where_none_exceeds_or_one_side_is_absent() -> None:
    assert found({("AAA", ""): [4, 3]}, {("AAA", ""): [4, 3]}) == ()
    assert convicted_in_the_same_year(CheckInput(cubes={})) == ()
    assert found({("AAA", "SEX=F"): [9]}, {("AAA", ""): [4]}) == ()


def test_many_examples_are_counted_and_not_listed() -> None:
    areas = [f"A{number:02d}" for number in range(MOST_NAMED + 5)]
    (note,) = found({(a, ""): [5] for a in areas}, {(a, ""): [4] for a in areas})

    assert "A07 2005 (5 > 4), +5." in sentence(note)
    assert "A08" not in sentence(note)


def test_other_periods_than_years_are_left_alone() -> None:
    later = cube("cnv_persons", {("AAA", ""): [5]}, first="2005-01")
    earlier = cube("pro_persons", {("AAA", ""): [4]}, first="2005-01")

    assert (
        convicted_in_the_same_year(
            CheckInput(cubes={"cnv_persons": later, "pro_persons": earlier})
        )
        == ()
    )


def test_it_is_a_declared_rule_that_only_notes() -> None:
    assert RULES["convicted_in_the_same_year"].level is Severity.NOTE
