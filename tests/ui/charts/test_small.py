"""Small pictures without pyqtgraph."""

from __future__ import annotations

# ruff: noqa: TID251 - tests of widgets
import math
from typing import Any

from PySide6.QtWidgets import QWidget

from tests.ui.charts.test_painter import make_chart, points
from ui.charts.key_line import KeyLine
from ui.charts.small import Evidence, FalseDates, Sparkline, Still
from ui.theme import Theme
from workbench.presenting.spec import KeyItem, Role, Shape, Sign


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_a_sparkline_paints_in_its_colour_and_copes_with_gaps(qtbot: Any, theme: Theme) -> None:
    line = Sparkline(theme)
    qtbot.addWidget(line)
    line.resize(190, 80)

    line.show_values((1.0, math.nan, 3.0, 4.0, 2.0), Role.PROTECTION, hollow=False)

    assert theme.value("protection").lower() in colours(line)
    line.show_values((), Role.PROTECTION, hollow=False)
    assert theme.value("protection").lower() not in colours(line)
    line.show_values((math.nan, math.nan), Role.PROTECTION, hollow=True)
    assert theme.value("protection").lower() not in colours(line)


def test_false_dates_show_only_the_real_one_in_colour(qtbot: Any, theme: Theme) -> None:
    dates = FalseDates(theme)
    qtbot.addWidget(dates)
    dates.resize(240, 120)
    false = ("’07", -3.0, -20.0, 15.0, False)
    ticks = ((40.0, "+40"), (0.0, "0"), (-40.0, "−40"))

    dates.show_dates((false,), ticks, Role.PROSECUTION, Shape.SQUARE)
    assert theme.value("prosecution").lower() not in colours(dates)

    dates.show_dates(
        (false, ("’11", 24.0, 6.0, 41.0, True)), ticks, Role.PROSECUTION, Shape.SQUARE
    )
    assert theme.value("prosecution").lower() in colours(dates)


def test_evidence_fills_as_many_bars_as_it_has(qtbot: Any, theme: Theme) -> None:
    bars = Evidence(theme)
    qtbot.addWidget(bars)

    def dark(level: int) -> int:
        bars.show_level(level)
        image = bars.grab().toImage()
        ink = theme.colour("ink")
        return sum(
            image.pixelColor(x, y) == ink
            for x in range(image.width())
            for y in range(image.height())
        )

    filled = [dark(level) for level in range(4)]
    assert filled == sorted(filled)
    assert filled[0] == 0
    assert filled[3] > filled[2] > filled[1]


def test_a_still_chart_takes_name_and_description(qtbot: Any, theme: Theme) -> None:
    still = Still(theme)
    qtbot.addWidget(still)
    still.resize(400, 300)

    still.show_chart(make_chart(points=(points((2012.0, 40.0)),), description="One point."))

    assert still.accessibleDescription() == "One point."
    assert theme.value("prosecution").lower() in colours(still)


def test_the_key_takes_more_rows_when_narrow(qtbot: Any, theme: Theme) -> None:
    key = KeyLine(theme)
    qtbot.addWidget(key)
    items = tuple(
        KeyItem(sign=sign, text="some words of the key", role=Role.PROSECUTION) for sign in Sign
    )

    key.show_chart(make_chart(key=items, points=(points((2012.0, 40.0)),)))

    assert key.heightForWidth(200) > key.heightForWidth(1200)
    key.resize(300, key.heightForWidth(300))
    assert theme.value("prosecution").lower() in colours(key)
    key.show_chart(make_chart())
    assert key.isHidden()
