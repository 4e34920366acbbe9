"""The closed list of functions, with hand-worked numbers."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.formula.evaluate import Evaluation, Grid
from indicators.formula.functions import FUNCTIONS
from indicators.formula.parse import parse
from indicators.model.codes import Status
from indicators.model.series import TOTAL
from tests.indicators.compute.cubes import cubes_of

CUBES = cubes_of(x=[1.0, 2.0, 4.0, 8.0, 16.0, 32.0], y=[3.0, -3.0, None, 3.0, (1.0, 4.0), 5.0])


def value(formula: str, year: int = 2025) -> tuple[float, Status]:
    grid = Grid(breakdowns=(TOTAL,), areas=("XVA",), periods=CUBES["x"].periods)
    found = Evaluation(cubes=CUBES, grid=grid).evaluate(parse(formula))
    place = (0, 0, year - 2020)
    status = np.broadcast_to(found.status, grid.shape)[place]
    return float(np.broadcast_to(found.value, grid.shape)[place]), Status(int(status))


def test_the_list_is_closed() -> None:
    assert set(FUNCTIONS.names) == {
        *("sum", "mean", "min", "max", "abs"),
        *("sum2", "sum3", "sum4", "sum5", "mean2", "mean3", "mean4", "mean5"),
    }


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("sum(x, 1, 2)", 35),
        ("mean(x, 0)", 16),
        ("min(x, 5)", 5),
        ("max(x, 50)", 50),
        ("abs(x - 40)", 8),
        ("sum2(x)", 48),
        ("sum3(x)", 56),
        ("sum5(x)", 62),
        ("mean2(x)", 24),
        ("mean4(x)", 15),
        ("mean2(x@t-1)", 12),
        ("sum2(x - 1)", 46),
        ("sum2(sum2(x))", 72),
        ("sum2(mean2(x@t-1))", 18),
        ("sum2(x@t-1 / x@t-2)", 4),
    ],
)
def test_values(formula: str, expected: float) -> None:
    assert value(formula) == (expected, Status.A)


def test_a_window_with_a_gap_has_no_value() -> None:
    assert value("sum3(y)", 2023)[1] is Status.M


def test_a_window_before_the_first_period_has_no_value() -> None:
    assert value("sum3(x)", 2021)[1] is Status.M


def test_a_window_with_a_suppressed_period_is_suppressed() -> None:
    assert value("sum2(y)", 2025)[1] is Status.S
