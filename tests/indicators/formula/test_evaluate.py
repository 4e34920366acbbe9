"""Reading cubes: matching of dimensions, gaps, shifts and what is remembered."""

from __future__ import annotations

import numpy as np

from indicators.formula.cells import Cells
from indicators.formula.evaluate import (
    FIRST_INPUT,
    NO_CASES,
    ZERO_POPULATION,
    Evaluation,
    Grid,
    zero_cause,
)
from indicators.formula.parse import parse
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube
from tests.indicators.compute.cubes import Cell, make_cube


def evaluated(
    formula: str, cubes: dict[str, Cube], *breakdowns: Breakdown, years: int = 1
) -> tuple[Cells, Evaluation]:
    grid = Grid(
        breakdowns=breakdowns or (TOTAL,),
        areas=("XVA",),
        periods=tuple(Period.of_year(2020 + year) for year in range(years)),
    )
    evaluation = Evaluation(cubes=cubes, grid=grid)
    return evaluation.evaluate(parse(formula)), evaluation


def one(rows: dict[str, list[Cell]], **more: str) -> dict[str, Cube]:
    return {"x": make_cube("x", rows, **more)}  # type: ignore[arg-type]


def test_dimensions_that_the_cube_carries_are_matched() -> None:
    found, evaluation = evaluated(
        "x", one({"": [10.0], "SEX=F": [4.0]}), Breakdown.of(SEX="F"), TOTAL
    )

    assert found.value[:, 0, 0].tolist() == [4, 10]
    assert evaluation.dropped == {}


def test_dimensions_that_the_cube_lacks_use_the_total_and_are_remembered() -> None:
    found, evaluation = evaluated(
        "x", one({"": [10.0], "SEX=F": [4.0]}), TOTAL, Breakdown.of(SEX="F", FORM="LAB")
    )

    assert found.value[:, 0, 0].tolist() == [10, 4]
    assert evaluation.dropped == {"x": {1}}


def test_a_cut_that_the_cube_carries_elsewhere_is_missing_and_not_the_total() -> None:
    found, _ = evaluated("x", one({"": [10.0], "SEX=F": [4.0]}), Breakdown.of(SEX="M"))

    assert found.status[0, 0, 0] == Status.M


def test_a_selector_overrides_the_breakdown() -> None:
    rows: dict[str, list[Cell]] = {"": [9.0], "OUT=ACQ": [2.0], "OUT=DIS": [3.0]}

    found, _ = evaluated("x[OUT=ACQ|DIS]", one(rows), Breakdown.of(OUT="DIS"))

    assert found.value[0, 0, 0] == 5


def test_selectors_add_codes_and_combine_with_breakdowns() -> None:
    rows: dict[str, list[Cell]] = {
        "OUT=ACQ,SEX=F": [1.0],
        "OUT=DIS,SEX=F": [2.0],
        "OUT=ACQ,SEX=M": [10.0],
        "OUT=DIS,SEX=M": [20.0],
    }

    found, _ = evaluated("x[OUT=ACQ|DIS]", one(rows), *map(Breakdown.parse, ("SEX=F", "SEX=M")))

    assert found.value[:, 0, 0].tolist() == [3, 30]


def test_a_missing_code_of_a_selector_is_named() -> None:
    found, evaluation = evaluated("x[OUT=ACQ|DIS]", one({"OUT=ACQ": [1.0]}))

    key = evaluation.input_of(int(found.cause.max()))
    assert key == ("x", Breakdown.of(OUT="DIS"))
    assert found.status.max() == Status.M


def test_an_absent_variable_is_missing_everywhere_with_its_name() -> None:
    found, evaluation = evaluated("x / zzz", one({"": [1.0]}))

    assert found.status.max() == Status.M
    assert found.cause.max() >= FIRST_INPUT
    assert ("zzz", TOTAL) in evaluation.inputs


def test_areas_and_periods_that_a_cube_lacks_are_missing() -> None:
    other = one({"": [1.0, 2.0]}, area="XV-01")

    found, _ = evaluated("x", other, years=2)

    assert (found.status == Status.M).all()


def test_shifts_read_earlier_periods_and_never_wrap_around() -> None:
    found, _ = evaluated("x@t-1", one({"": [1.0, 2.0, 4.0]}), years=3)

    assert found.status[0, 0].tolist() == [Status.M, Status.A, Status.A]
    assert found.value[0, 0, 1:].tolist() == [1, 2]


def test_gaps_in_the_years_are_kept_when_shifting() -> None:
    cube = make_cube("x", {"": [1.0, 2.0]})
    with_gap = Cube(
        variable="x",
        unit="persons",
        breakdowns=cube.breakdowns,
        areas=cube.areas,
        periods=(Period.of_year(2020), Period.of_year(2022)),
        value=cube.value,
        low=cube.low,
        high=cube.high,
        status=cube.status,
        flags=cube.flags,
        vintage=cube.vintage,
    )

    found, _ = evaluated("x@t-1", {"x": with_gap}, years=4)

    assert found.status[0, 0].tolist() == [Status.M, Status.A, Status.M, Status.A]
    assert found.value[0, 0, 3] == 2


def test_quarters_are_shifted_by_quarters() -> None:
    cube = make_cube("x", {"": [1.0, 2.0]})
    quarters = (Period.parse("2020-Q4"), Period.parse("2021-Q1"))
    quarterly = Cube(
        variable="x",
        unit="persons",
        breakdowns=cube.breakdowns,
        areas=cube.areas,
        periods=quarters,
        value=cube.value,
        low=cube.low,
        high=cube.high,
        status=cube.status,
        flags=cube.flags,
        vintage=cube.vintage,
    )
    grid = Grid(breakdowns=(TOTAL,), areas=("XVA",), periods=quarters)

    found = Evaluation(cubes={"x": quarterly}, grid=grid).evaluate(parse("x@t-1"))

    assert found.value[0, 0, 1] == 1


def test_suppressed_cells_without_bounds_are_open() -> None:
    nan = float("nan")
    found, _ = evaluated("x", one({"": [(nan, nan)]}))

    assert (found.bounds[0].item(), found.bounds[1].item()) == (0, np.inf)


def test_a_zero_population_is_told_from_no_cases() -> None:
    assert zero_cause(parse("sum3(pop_risk[RSK=g])")) == ZERO_POPULATION
    assert zero_cause(parse("n_pop_students")) == ZERO_POPULATION
    assert zero_cause(parse("vic_detected")) == NO_CASES


def test_every_look_is_remembered_with_its_lag() -> None:
    _, evaluation = evaluated("sum2(x@t-1)", one({"": [1.0, 2.0, 4.0]}), years=3)

    assert [(read.variable, read.lag) for read in evaluation.reads] == [("x", 1), ("x", 2)]
