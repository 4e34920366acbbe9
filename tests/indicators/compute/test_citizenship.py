"""Citizenship groups are derived from citizenships, never the other way."""

from __future__ import annotations

from indicators.compute.citizenship import country_of, with_groups
from indicators.compute.indicator import compute
from indicators.model.codes import Status
from indicators.model.series import Breakdown, Cube
from tests.indicators.compute.cubes import Cell, make_cube
from tests.indicators.compute.definitions import make_indicator

OWN, OTHER = Breakdown.of(CITG="REP"), Breakdown.of(CITG="NREP")


def grouped(rows: dict[str, list[Cell]], area: str = "XVA") -> Cube:
    return with_groups({"x": make_cube("x", rows, area=area)})["x"]


def cell(cube: Cube, breakdown: Breakdown, area: int = 0) -> tuple[float, Status]:
    place = (cube.breakdowns.index(breakdown), area, 0)
    return float(cube.value[place]), Status(int(cube.status[place]))


def test_citizens_and_others_are_told_apart() -> None:
    cube = grouped(
        {"": [100.0], "CIT=XVA": [60.0], "CIT=PER": [25.0], "CIT=STLS": [5.0], "CIT=_U": [10.0]}
    )

    assert cell(cube, OWN) == (60, Status.A)
    assert cell(cube, OTHER) == (30, Status.A)


def test_other_cuts_are_kept() -> None:
    cube = grouped({"CIT=PER,SEX=F": [3.0], "CIT=COL,SEX=F": [4.0], "CIT=COL,SEX=M": [9.0]})

    assert cell(cube, OTHER.with_code("SEX", "F")) == (7, Status.A)
    assert cell(cube, OTHER.with_code("SEX", "M")) == (9, Status.A)


def test_a_country_that_is_not_listed_is_missing_and_not_zero() -> None:
    assert cell(grouped({"CIT=PER": [25.0]}), OWN)[1] is Status.M


def test_a_suppressed_citizenship_gives_bounds() -> None:
    cube = grouped({"CIT=PER": [25.0], "CIT=COL": [(1.0, 4.0)]})

    place = (cube.breakdowns.index(OTHER), 0, 0)
    assert cell(cube, OTHER)[1] is Status.S
    assert (cube.low[place], cube.high[place]) == (26, 29)


def test_regions_belong_to_the_only_country() -> None:
    rows: dict[str, list[Cell]] = {
        "XVA|CIT=XVA": [9.0],
        "XV-01|CIT=XVA": [4.0],
        "XV-01|CIT=PER": [1.0],
    }

    cube = grouped(rows, area="XVA XV-01")

    assert cell(cube, OWN, 1) == (4, Status.A)
    assert cell(cube, OTHER, 1) == (1, Status.A)


def test_without_one_country_a_region_has_no_groups() -> None:
    assert country_of("XV-01", ("XV-01", "XVA")) == "XVA"
    assert country_of("XV-01", ("XV-01",)) is None
    assert country_of("XV-01", ("XV-01", "XVA", "PER")) is None
    assert cell(grouped({"CIT=XVA": [9.0]}, area="XV-01"), OWN)[1] is Status.M


def test_given_groups_are_left_as_they_are() -> None:
    cube = make_cube("x", {"CIT=PER": [25.0], "CITG=NREP": [26.0]})

    assert with_groups({"x": cube})["x"] is cube


def test_a_share_by_group_matches_derived_and_given_groups() -> None:
    indicator = make_indicator("SHARE", "part", "whole")
    cubes = {
        "part": make_cube("part", {"": [12.0], "CIT=XVA": [6.0], "CIT=PER": [6.0]}),
        "whole": make_cube("whole", {"": [40.0], "CITG=REP": [30.0], "CITG=NREP": [10.0]}),
    }

    found = {str(each.breakdown): each.values[0] for each in compute(indicator, cubes)}

    assert (found["CITG=REP"].value, found["CITG=NREP"].value) == (20.0, 60.0)
    assert [note.code for note in found["CITG=NREP"].notes] == ["added_up"]
    assert found["CITG=REP"].notes == ()
