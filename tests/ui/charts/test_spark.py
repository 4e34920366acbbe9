"""Small lines: from zero, with gaps."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from ui.charts.spark import spark_points

BOX = QRectF(0, 0, 100, 10)


def test_the_foot_is_zero_and_the_top_the_largest_value() -> None:
    (run,) = spark_points((0.0, 5.0, 10.0), BOX)
    assert [(point.x(), point.y()) for point in run] == [(0, 10), (50, 5), (100, 0)]


def test_a_year_without_a_value_is_a_gap() -> None:
    runs = spark_points((1.0, None, 2.0, 3.0), BOX)
    assert [len(run) for run in runs] == [1, 2]
    assert runs[1][0].x() == 200 / 3


def test_values_below_zero_stay_inside() -> None:
    (run,) = spark_points((-5.0, 5.0), BOX)
    assert [point.y() for point in run] == [10, 0]


def test_nothing_but_gaps_draws_nothing() -> None:
    assert spark_points((None, None), BOX) == []
    assert [len(run) for run in spark_points((0.0,), BOX)] == [1]
