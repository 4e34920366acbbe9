"""Changes of what is counted."""

from __future__ import annotations

from dataclasses import replace

from indicators.checks import CheckInput
from indicators.checks.definitions import (
    boundaries,
    flagged_breaks,
    new_categories,
    rare_categories,
)
from indicators.model.codes import Flags
from indicators.model.period import Period
from indicators.model.results import SeriesBreak
from tests.indicators.checks.cubes import cube

YEARS = 8
FULL = [9.0] * YEARS


def known(year: int, *, areas: tuple[str, ...] = ()) -> SeriesBreak:
    return SeriesBreak(id="b", start=Period.of_year(year), text={"en": "x"}, areas=areas)


def forms(crime: list[float | None]) -> CheckInput:
    lines = {
        ("A", "FORM=SEX"): FULL,
        ("A", "FORM=LAB"): FULL,
        ("A", "FORM=BEG"): FULL,
        ("A", "FORM=CRM"): crime,
    }
    return CheckInput(cubes={"v": cube("v", lines)})


def test_a_marked_break_must_be_registered() -> None:
    marked = cube("v", {("A", ""): FULL, ("B", ""): FULL}, flags={("B", 3): int(Flags.B)})
    checked = CheckInput(cubes={"v": marked})

    (note,) = flagged_breaks(checked)

    assert (note.data["area"], note.data["period"]) == ("B", "2008")
    assert flagged_breaks(replace(checked, breaks=(known(2008),))) == ()
    assert len(flagged_breaks(replace(checked, breaks=(known(2007),)))) == 1


def test_a_definition_that_differs_counts_from_where_it_begins() -> None:
    flags = {("A", place): int(Flags.D) for place in range(4, YEARS)}

    (note,) = flagged_breaks(CheckInput(cubes={"v": cube("v", {("A", ""): FULL}, flags=flags)}))

    assert note.data["period"] == "2009"


def test_categories_that_begin_and_end_are_told() -> None:
    (new,) = new_categories(forms([None, None, None, 4, 5, 6, 7, 8]))
    (ended,) = new_categories(forms([4, 5, 6, 7, 8, None, None, None]))

    assert (new.code, new.data["code"], new.data["period"]) == ("new_category", "CRM", "2008")
    assert (ended.code, ended.data["period"]) == ("ended_category", "2010")
    explained = replace(forms([None, None, None, 4, 5, 6, 7, 8]), breaks=(known(2008),))
    assert new_categories(explained) == ()
    assert new_categories(forms([4, None, 5, 6, None, 7, 8, 9])) == ()


def test_a_category_seen_once_is_told() -> None:
    (note,) = rare_categories(forms([None, None, None, 4, None, None, None, None]))

    assert (note.data["code"], note.data["period"]) == ("CRM", "2008")
    assert rare_categories(forms([None, None, 3, 4, None, None, None, None])) == ()


def test_a_boundary_must_be_registered() -> None:
    checked = CheckInput(
        cubes={"v": cube("v", {("A", ""): FULL, ("B", ""): FULL})},
        validity={"B": (200800, None)},
    )

    (note,) = boundaries(checked)

    assert (note.data["area"], note.data["period"]) == ("B", "2008")
    assert boundaries(replace(checked, breaks=(known(2008, areas=("B",)),))) == ()
    assert boundaries(replace(checked, validity={"B": (200500, None)})) == ()
