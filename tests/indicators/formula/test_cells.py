"""Arithmetic on cells: bounds enclose every point, states win over numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.formula import cells
from indicators.formula.cells import Cells
from indicators.model.codes import Status

BINARY: dict[str, tuple[Callable[[Cells, Cells], Cells], Callable[[float, float], float]]] = {
    "add": (cells.add, lambda x, y: x + y),
    "subtract": (cells.subtract, lambda x, y: x - y),
    "multiply": (cells.multiply, lambda x, y: x * y),
    "divide": (lambda a, b: cells.divide(a, b, 1), lambda x, y: x / y),
    "minimum": (cells.minimum, min),
    "maximum": (cells.maximum, max),
}
NUMBERS = st.floats(-50, 50, allow_nan=False).map(lambda number: round(number, 3))


def cell(low: float, high: float | None = None, status: Status | None = None) -> Cells:
    """One cell: a point, or a suppressed one with two bounds."""
    if high is None:
        value, kind = low, Status.A if status is None else status
    else:
        value, kind = np.nan, Status.S
    return Cells(
        value=np.array([value]),
        low=np.array([low]),
        high=np.array([low if high is None else high]),
        status=np.array([int(kind)], dtype=np.int8),
        causes=np.array([0], dtype=np.int32),
    )


@pytest.mark.parametrize("name", BINARY)
@settings(deadline=None)
@given(data=st.data())
def test_bounds_enclose_every_point_of_the_box(name: str, data: st.DataObject) -> None:
    apply, plain = BINARY[name]
    boxes = [sorted([data.draw(NUMBERS), data.draw(NUMBERS)]) for _ in range(2)]
    points = [low + data.draw(st.floats(0, 1)) * (high - low) for low, high in boxes]
    with np.errstate(all="ignore"):
        result = apply(cell(*boxes[0]), cell(*boxes[1]))
    if name == "divide" and points[1] == 0:
        return

    expected = plain(points[0], points[1])

    if result.status[0] == Status.S:
        low, high = result.bounds[0][0], result.bounds[1][0]
        assert np.isnan(result.value[0])
        assert low - 1e-9 * abs(low) - 1e-9 <= expected <= high + 1e-9 * abs(high) + 1e-9


@settings(deadline=None)
@given(low=NUMBERS, high=NUMBERS, place=st.floats(0, 1))
def test_the_bounds_of_a_size_enclose_it(low: float, high: float, place: float) -> None:
    low, high = sorted([low, high])
    point = low + place * (high - low)

    result = cells.absolute(cell(low, high))

    assert result.bounds[0][0] - 1e-9 <= abs(point) <= result.bounds[1][0] + 1e-9


@pytest.mark.parametrize("name", BINARY)
@settings(deadline=None)
@given(x=NUMBERS, y=NUMBERS)
def test_points_give_what_numbers_give(name: str, x: float, y: float) -> None:
    apply, plain = BINARY[name]
    if name == "divide" and y == 0:
        return

    result = apply(cell(x), cell(y))

    assert result.value[0] == plain(x, y)
    assert result.status[0] == Status.A


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (Status.A, Status.M, Status.M),
        (Status.S, Status.M, Status.M),
        (Status.M, Status.X, Status.X),
        (Status.A, Status.X, Status.X),
    ],
)
def test_missing_never_becomes_a_number(
    name: str, left: Status, right: Status, expected: Status
) -> None:
    apply, _ = BINARY[name]
    one = cell(3, 5) if left is Status.S else cell(np.nan if left >= Status.M else 3, status=left)
    two = cell(np.nan, status=right)

    for result in (apply(one, two), apply(two, one)):
        assert result.status[0] == expected
        assert np.isnan(result.value[0])


def test_zero_times_missing_is_missing() -> None:
    result = cells.multiply(cell(0), cell(np.nan, status=Status.M))

    assert result.status[0] == Status.M
    assert np.isnan(result.value[0])


def test_a_zero_divisor_gives_no_value_and_its_cause() -> None:
    result = cells.divide(cell(5), cell(0), 7)

    assert (result.status[0], result.cause[0]) == (Status.X, 7)
    assert np.isnan(result.value[0])


def test_a_missing_part_of_no_cases_stays_missing() -> None:
    result = cells.divide(cell(np.nan, status=Status.M), cell(0), 7)

    assert (result.status[0], result.cause[0]) == (Status.M, 0)


def test_a_suppressed_divisor_from_zero_has_an_open_end() -> None:
    with np.errstate(all="ignore"):
        result = cells.divide(cell(10), cell(0, 4), 1)

    assert result.status[0] == Status.S
    assert (result.bounds[0][0], result.bounds[1][0]) == (2.5, np.inf)


def test_no_cases_over_an_open_range_is_zero() -> None:
    with np.errstate(all="ignore"):
        result = cells.divide(cell(0), cell(0, 4), 1)

    assert (result.bounds[0][0], result.bounds[1][0]) == (0, 0)


def test_the_first_of_two_missing_inputs_is_named() -> None:
    def missing(cause: int) -> Cells:
        return Cells(
            value=np.array([np.nan]),
            status=np.array([int(Status.M)], dtype=np.int8),
            causes=np.array([cause], dtype=np.int32),
        )

    assert cells.add(missing(3), missing(4)).cause[0] == 3
    assert cells.add(cell(1), missing(4)).cause[0] == 4


def test_exact_cells_carry_no_bounds_of_their_own() -> None:
    one = Cells(
        value=np.array([2.0]),
        status=np.array([0], dtype=np.int8),
        causes=np.array([0], dtype=np.int32),
    )

    result = cells.divide(cells.add(one, one), cells.constant(2), 1)

    assert result.low is None
    assert result.bounds[0][0] == result.bounds[1][0] == 2
