"""The data checks find what cannot be right and leave the rest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indicators.checks import RULES, CheckInput
from indicators.errors import Note
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube

PARENTS = {"R1": "C", "R2": "C"}
Cell = float | None | tuple[float, float]


def made(
    variable: str,
    rows: Mapping[str, Sequence[Cell]],
    *,
    first: int = 2008,
    unit: str = "persons",
    breakdown: Breakdown = TOTAL,
) -> Cube:
    """A cube of one breakdown; a pair is a suppressed cell."""
    shape = (1, len(rows), len(next(iter(rows.values()))))
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    status = np.full(shape, int(Status.M))
    for area, cells in enumerate(rows.values()):
        for period, cell in enumerate(cells):
            at = (0, area, period)
            if isinstance(cell, tuple):
                low[at], high[at] = cell
                status[at] = Status.S
            elif cell is not None:
                value[at] = cell
                status[at] = Status.A
    zeros = np.zeros(shape, dtype=np.int64)
    return Cube(
        variable=variable,
        unit=unit,
        breakdowns=(breakdown,),
        areas=tuple(rows),
        periods=tuple(Period.of_year(first + n) for n in range(shape[2])),
        value=value,
        low=low,
        high=high,
        status=status,
        flags=zeros,
        vintage=zeros,
    )


def found(*cubes: Cube) -> list[Note]:
    checked = CheckInput(cubes={cube.variable: cube for cube in cubes}, parents=PARENTS)
    # how often it happens in one year is no fault, and has its own tests
    rules = (rule for rule in RULES if rule.id != "convicted_in_the_same_year")
    return [note for rule in rules for note in rule.find(checked)]


def test_a_region_above_the_country_is_named() -> None:
    (note,) = found(made("v", {"C": [30, 30], "R1": [17, 170], "R2": [10, 13]}))

    assert note.code == "part_above_total"
    assert (note.data["area"], note.data["period"]) == ("R1", "2009")
    assert (note.data["value"], note.data["limit"]) == (170, 30)
    assert "R1 has 170.0" in note.text.format(**note.data)


def test_regions_that_add_up_to_more_name_the_one_that_stands_out() -> None:
    (note,) = found(made("v", {"C": [30, 30, 200], "R1": [17, 16, 170], "R2": [10, 13, 31]}))

    assert note.code == "parts_above_total"
    assert (note.data["area"], note.data["value"]) == ("R1", 201)


def test_regions_that_add_up_to_more_without_a_suspect() -> None:
    (note,) = found(made("v", {"C": [30, 29], "R1": [15, 15], "R2": [15, 15]}))

    assert (note.code, note.data["area"]) == ("parts_above_total", "")


def test_less_than_the_country_is_no_finding() -> None:
    assert found(made("v", {"C": [30, 30], "R1": [15, 10], "R2": [15, None]})) == []


def test_suppressed_cells_count_only_when_the_finding_is_certain() -> None:
    assert found(made("v", {"C": [10], "R1": [8], "R2": [(1, 4)]})) == []
    assert found(made("v", {"C": [(1, 4)], "R1": [2], "R2": [2]})) == []
    assert len(found(made("v", {"C": [10], "R1": [10], "R2": [(1, 4)]}))) == 1
    assert len(found(made("v", {"C": [(1, 4)], "R1": [3], "R2": [2]}))) == 1


def test_a_missing_country_is_no_finding() -> None:
    assert found(made("v", {"C": [None], "R1": [3], "R2": [2]})) == []
    assert found(made("v", {"R1": [3], "R2": [2]})) == []


def test_rates_days_and_statistics_do_not_add_up() -> None:
    rows = {"C": [5], "R1": [9], "R2": [3]}

    assert found(made("v", rows, unit="days")) == []
    assert found(made("v", rows, unit="per 100,000")) == []
    assert found(made("v", rows, breakdown=Breakdown.of(STAT="P50"))) == []
    assert len(found(made("v", rows, breakdown=Breakdown.of(SEX="F")))) == 1


def stage(convicted: Sequence[Cell], prosecuted: Sequence[Cell]) -> list[Note]:
    return found(made("cnv_persons", {"R1": convicted}), made("pro_persons", {"R1": prosecuted}))


def test_more_convicted_than_prosecuted_in_two_years_is_found() -> None:
    (note,) = stage([5, 23], [9, 10])

    assert note.code == "convicted_above_prosecuted"
    assert (note.data["period"], note.data["value"]) == ("2009", 23)
    assert (note.data["now"], note.data["before"]) == (10, 9)


def test_an_excess_over_the_same_year_alone_is_normal() -> None:
    assert stage([5, 19], [9, 10]) == []


def test_an_unknown_earlier_year_is_no_finding() -> None:
    assert stage([50, 19], [9, 10]) == []
    assert stage([5, 23], [None, 10]) == []


def test_suppressed_steps_count_only_when_the_finding_is_certain() -> None:
    assert stage([5, 14], [10, (1, 4)]) == []
    assert len(stage([5, 15], [10, (1, 4)])) == 1
    assert stage([5, (1, 4)], [0, 1]) == []


def test_areas_and_years_are_matched_by_name() -> None:
    later = made("cnv_persons", {"R2": [99], "R1": [9]}, first=2009)
    earlier = made("pro_persons", {"R1": [5, 5], "R2": [99, 99]}, first=2008)

    assert found(later, earlier) == []
