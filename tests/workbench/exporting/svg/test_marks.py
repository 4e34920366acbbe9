"""Geometry: cutting lines and areas at the plot."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.exporting.svg.marks import clipped_polygon, clipped_runs, hatch_lines, outline
from workbench.presenting.layout import Plot
from workbench.presenting.spec import Axis, Shape

AXIS = Axis(low=0, high=10, ticks=())
PLOT = Plot(left=0, top=0, right=100, bottom=100, x_axis=AXIS, y_axis=AXIS)
COORDINATE = st.floats(-50, 60)
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=12)


def test_a_line_that_leaves_and_returns_becomes_two_runs() -> None:
    runs = clipped_runs([(0, 5), (2, 15), (4, 5), (6, 5)], PLOT)

    assert runs == [[(0, 5), (1, 10)], [(3, 10), (4, 5), (6, 5)]]


def test_nan_is_a_gap() -> None:
    assert clipped_runs([(0, 1), (1, 1), (2, math.nan), (3, 1), (4, 1)], PLOT) == [
        [(0, 1), (1, 1)],
        [(3, 1), (4, 1)],
    ]


def test_a_line_outside_disappears() -> None:
    assert clipped_runs([(0, 11), (5, 12)], PLOT) == []
    assert clipped_polygon([(0, 11), (5, 12), (5, 14)], PLOT) == []


@given(POINTS)
def test_what_is_left_lies_inside(points: list[tuple[float, float]]) -> None:
    left = [place for run in clipped_runs(points, PLOT) for place in run]
    left += clipped_polygon(points, PLOT)

    assert all(-1e-6 <= value <= 10 + 1e-6 for place in left for value in place)


def test_an_area_over_the_top_is_cut_to_the_plot() -> None:
    shape = clipped_polygon([(0, 5), (10, 5), (10, 50), (0, 50)], PLOT)

    assert sorted(set(shape)) == [(0, 5), (0, 10), (10, 5), (10, 10)]


def test_hatching_stays_inside_its_bar() -> None:
    numbers = [
        tuple(map(float, pair.split()))
        for pair in hatch_lines(10, 20, 9, 30).replace("M", "L").split("L")
        if pair
    ]

    assert len(numbers) >= 16
    assert all(10 <= x <= 19 and 20 <= y <= 50 for x, y in numbers)


@pytest.mark.parametrize("shape", Shape)
def test_each_pillar_has_an_outline(shape: Shape) -> None:
    assert outline(shape, 5, 5, 7).split()[0] in {"circle", "rect", "path"}
