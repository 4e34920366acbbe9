"""What is painted where: points, doubt, gaps, breaks, keys."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ui.charts.geometry import Geometry, geometry
from ui.charts.ink import Ink
from ui.charts.painter import keyed, paint, runs
from ui.theme import Theme
from workbench.presenting.spec import (
    Axis,
    Band,
    Break,
    Chart,
    Event,
    Line,
    Point,
    Points,
    RangeBar,
    Role,
    Shape,
    Tick,
)

SIZE = (500, 400)


def make_chart(**more: object) -> Chart:
    ticks = tuple(Tick(position=float(y), label=str(y)) for y in (2010, 2015, 2020))
    plain = Chart(
        title="t",
        subtitle="",
        x=Axis(low=2009.5, high=2020.5, ticks=ticks),
        y=Axis(low=0, high=100, ticks=(Tick(position=0, label="0"), Tick(position=100, label="100"))),
    )  # fmt: skip
    return replace(plain, **more)


def points(*pairs: tuple[float, float], **more: object) -> Points:
    made = tuple(Point(x=x, y=y, key=f"{x:.0f}", **more) for x, y in pairs)  # type: ignore[arg-type]
    return Points(points=made, role=Role.PROSECUTION, shape=Shape.SQUARE)


def painted(chart: Chart, theme: Theme, *, current: str = "") -> tuple[QImage, Geometry]:
    image = QImage(*SIZE, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    ink = Ink(theme)
    geo = geometry(chart, ink, QRectF(0, 0, *SIZE))
    painter = QPainter(image)
    paint(painter, chart, geo, ink, current=current)
    painter.end()
    return image, geo


def at(image: QImage, geo: Geometry, x: float, y: float) -> QColor:
    return image.pixelColor(geo.at(x, y).toPoint())


def test_a_point_has_the_colour_of_its_pillar(theme: Theme) -> None:
    image, geo = painted(make_chart(points=(points((2012.0, 40.0)),)), theme)

    assert at(image, geo, 2012, 40) == theme.colour("prosecution")
    assert at(image, geo, 2016, 40) == theme.colour("surface")


def test_a_provisional_point_is_hollow(theme: Theme) -> None:
    image, geo = painted(make_chart(points=(points((2012.0, 40.0), hollow=True),)), theme)

    assert at(image, geo, 2012, 40) == theme.colour("surface")
    edge = geo.at(2012, 40).toPoint()
    ring = [image.pixelColor(edge.x() + dx, edge.y()) for dx in (-4, -3, 3, 4)]
    assert any(colour != theme.colour("surface") for colour in ring)


def test_a_gap_is_not_bridged(theme: Theme) -> None:
    line = Line(xs=(2010.0, 2012.0, 2014.0, 2016.0), ys=(50.0, 50.0, math.nan, 50.0), role=Role.PROSECUTION)  # fmt: skip
    image, geo = painted(make_chart(lines=(line,)), theme)

    assert at(image, geo, 2011, 50) != theme.colour("surface")
    assert at(image, geo, 2013, 50) == theme.colour("surface")
    assert at(image, geo, 2015, 50) == theme.colour("surface")


def test_nothing_crosses_a_break(theme: Theme) -> None:
    band = Band(xs=(2010.0, 2020.0), lows=(20.0, 20.0), highs=(80.0, 80.0), role=Role.PROSECUTION)
    line = Line(xs=(2010.0, 2020.0), ys=(50.0, 50.0), role=Role.PROSECUTION)
    chart = make_chart(bands=(band,), lines=(line,), breaks=(Break(x=2015.5, label="New rule"),))
    image, geo = painted(chart, theme)

    centre = geo.at(2015.5, 50).toPoint()
    assert image.pixelColor(round(geo.x(2015.5)), centre.y()) == theme.colour("surface")
    assert at(image, geo, 2013, 50) == theme.colour("prosecution")


def test_a_hidden_value_is_a_hatched_bar_from_low_to_high(theme: Theme) -> None:
    bar = RangeBar(x=2012, low=20, high=60, role=Role.PROSECUTION, label="‹5", key="2012")
    image, geo = painted(make_chart(ranges=(bar,)), theme)

    x = round(geo.x(2012))
    inside = {image.pixelColor(x, round(geo.y(y))).name() for y in range(22, 58)}
    assert len(inside) > 1  # hatched, not filled
    assert image.pixelColor(x, round(geo.y(70))) == theme.colour("surface")
    assert image.pixelColor(x, round(geo.y(10))) == theme.colour("surface")


def test_the_current_point_has_a_ring(theme: Theme) -> None:
    chart = make_chart(points=(points((2012.0, 40.0)),))
    plain, geo = painted(chart, theme)
    ringed, _same = painted(chart, theme, current="2012")

    spot = geo.at(2012, 40).toPoint()
    assert plain.pixelColor(spot.x() - 7, spot.y()) == theme.colour("surface")
    assert ringed.pixelColor(spot.x() - 7, spot.y()) != theme.colour("surface")


def test_an_event_is_dashed(theme: Theme) -> None:
    image, geo = painted(make_chart(events=(Event(x=2015, label="Law"),)), theme)

    x = round(geo.x(2015))
    seen = {
        image.pixelColor(x, y) != theme.colour("surface")
        for y in range(round(geo.y(60)), round(geo.y(20)))
    }
    assert seen == {True, False}


def test_keys_run_from_left_to_right() -> None:
    bar = RangeBar(x=2011, low=1, high=4, role=Role.PROSECUTION, label="‹5", key="2011")
    chart = make_chart(points=(points((2014.0, 1.0), (2010.0, 2.0)),), ranges=(bar,))

    assert [key for _x, _y, key, _tip in keyed(chart)] == ["2010", "2011", "2014"]


def test_runs_part_at_missing_values() -> None:
    assert runs((1, 2, 3, 4), (1.0, math.nan, 3.0, 4.0)) == [[(1, 1.0)], [(3, 3.0), (4, 4.0)]]
    assert runs((1,), (math.nan,)) == []


def test_every_pixel_of_the_ends_is_inside_the_plot(theme: Theme) -> None:
    geo = geometry(make_chart(), Ink(theme), QRectF(0, 0, *SIZE))

    assert geo.x(2009.5) == pytest.approx(geo.plot.left())
    assert geo.x(2020.5) == pytest.approx(geo.plot.right())
    assert geo.y(0) == pytest.approx(geo.plot.bottom())
    assert geo.y(100) == pytest.approx(geo.plot.top())
    assert geo.polygon([(2015.0, 50.0)])[0] == geo.at(2015.0, 50.0)


@pytest.mark.parametrize("kind", ["light", "dark", "high_contrast"])
def test_every_kind_of_mark_paints_in_every_theme(qapp: object, kind: str) -> None:
    from ui.viewmodels.first_chart import first_chart

    theme = Theme(kind)
    image, _geo = painted(first_chart(), theme)

    colours = {image.pixelColor(x, y).name() for x in range(0, 500, 3) for y in range(0, 400, 3)}
    assert len(colours) > 4
