"""Pointer and keyboard on a chart."""

from __future__ import annotations

# ruff: noqa: TID251 - tests of widgets
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.charts.test_painter import make_chart, points
from ui.charts.plot import PlotView
from ui.theme import Theme


@pytest.fixture
def plot(qtbot: Any, theme: Theme) -> PlotView:
    view = PlotView(theme)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    row = points((2010.0, 10.0), (2012.0, 40.0), (2014.0, 60.0), tip=("2012: 40 persons",))
    view.show_chart(make_chart(points=(row,)))
    QApplication.processEvents()
    return view


def test_arrow_keys_step_and_enter_chooses(plot: PlotView, qtbot: Any) -> None:
    chosen: list[str] = []
    plot.chosen.connect(chosen.append)

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(plot, key)
    assert plot.current == "2014"
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_Return)

    assert chosen == ["2010"]


def test_the_tooltip_stands_clear_of_its_point(plot: PlotView, qtbot: Any) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_End)

    place = plot.geometry_now().at(2014, 60).toPoint()
    assert plot._tip.isVisible()
    assert not plot._tip.geometry().contains(place)
    assert plot._tip.parent() is plot


def test_a_click_on_a_value_chooses_it(plot: PlotView, qtbot: Any) -> None:
    chosen: list[str] = []
    plot.chosen.connect(chosen.append)
    place = plot.geometry_now().at(2012, 40).toPoint()

    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 20))

    assert chosen == ["2012"]


def wheel(plot: PlotView, modifier: Qt.KeyboardModifier) -> None:
    middle = QPointF(plot.rect().center())
    event = QWheelEvent(
        middle, plot.mapToGlobal(middle), QPoint(0, 0), QPoint(0, 120),
        Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)
    QApplication.processEvents()


def test_the_wheel_alone_never_zooms(plot: PlotView) -> None:
    wheel(plot, Qt.KeyboardModifier.NoModifier)

    geo = plot.geometry_now()
    assert (geo.x_low, geo.x_high) == (2009.5, 2020.5)


def test_the_wheel_with_ctrl_zooms_in_time_only_and_reset_goes_back(plot: PlotView) -> None:
    wheel(plot, Qt.KeyboardModifier.ControlModifier)

    geo = plot.geometry_now()
    assert geo.x_high - geo.x_low < 11
    assert (geo.y_low, geo.y_high) == (0, 100)
    plot.reset()
    assert plot.geometry_now().x_high == pytest.approx(2020.5)


def test_a_chart_has_name_and_description(plot: PlotView) -> None:
    plot.show_chart(make_chart(title="Persons convicted", description="A line."))

    assert plot.accessibleName() == "Persons convicted"
    assert plot.accessibleDescription() == "A line."


def test_the_ring_stays_when_the_point_stays(plot: PlotView, qtbot: Any) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.current == "2010"

    plot.show_chart(make_chart(points=(points((2010.0, 30.0)),)))
    assert plot.current == "2010"
    plot.show_chart(make_chart(points=(points((2012.0, 30.0)),)))
    assert plot.current == ""
