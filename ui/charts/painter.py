"""A chart description painted with ``QPainter``: the order and the look of its marks.

The plot widget and the pictures before pyqtgraph is loaded use the same function, so that a chart
looks the same everywhere on screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.charts import marks
from ui.charts.geometry import Geometry
from ui.charts.ink import Ink
from ui.charts.labels import draw_direct_labels, draw_tops
from workbench.presenting.spec import Band, Chart, Line, Points, Role

_RANGE_WIDTH = 9.0
_STUB_HEIGHT = 22.0
_RING = 15.0
_MANY_STEMS = 40
_MANY_LINES = 10


def paint(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink, *, current: str = "") -> None:
    """Paint a chart.

    Args:
        painter: target.
        chart: description.
        geo: plot rectangle and values in view.
        ink: colours and fonts.
        current: key of the point with the ring, or empty.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _grid(painter, chart, geo, ink)
    painter.save()
    painter.setClipRect(geo.plot.adjusted(-7, -7, 7, 1))
    for band in chart.bands:
        _band(painter, band, geo, ink)
    _stems(painter, chart, geo, ink)
    _lines(painter, chart.lines, geo, ink)
    painter.restore()
    _breaks(painter, chart, geo, ink)
    draw_tops(painter, chart, geo, ink)
    painter.save()
    painter.setClipRect(geo.plot.adjusted(-7, -14, 7, 7))
    _ranges(painter, chart, geo, ink)
    for points in chart.points:
        _points(painter, points, geo, ink)
    painter.restore()
    _range_words(painter, chart, geo, ink)
    _axis(painter, chart, geo, ink)
    draw_direct_labels(painter, chart, geo, ink)
    if current:
        _ring(painter, chart, geo, ink, current)


def _grid(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    font, metrics = ink.font("small"), ink.metrics("small")
    taken = math.inf
    for tick in sorted(chart.y.ticks, key=lambda tick: tick.position):
        y = round(geo.y(tick.position)) + 0.5
        zero = tick.position == 0
        painter.setPen(ink.pen(ink.token("axis" if zero else "grid"), 1.0, crisp=True))
        painter.drawLine(QPointF(geo.plot.left(), y), QPointF(geo.plot.right(), y))
        if y > taken - metrics.capHeight() - 4:
            continue
        taken = y
        x = geo.plot.left() - 8 - metrics.horizontalAdvance(tick.label)
        marks.words(
            painter,
            QPointF(x, y + metrics.capHeight() / 2),
            tick.label,
            font=font,
            colour=ink.token("ink-3"),
        )
    if chart.y.unit and chart.y.ticks:
        top = geo.y(max(tick.position for tick in chart.y.ticks))
        marks.words(
            painter,
            QPointF(geo.plot.left() + 2, top - 6),
            chart.y.unit,
            font=font,
            colour=ink.token("ink-3"),
        )


def _axis(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    bottom = round(geo.plot.bottom()) + 0.5
    painter.setPen(ink.pen(ink.token("axis"), 1.0, crisp=True))
    painter.drawLine(QPointF(geo.plot.left(), bottom), QPointF(geo.plot.right(), bottom))
    if not chart.y.from_zero:
        _zigzag(painter, geo, ink)
    font, metrics = ink.font("small"), ink.metrics("small")
    edge = -math.inf
    for tick in chart.x.ticks:
        if not geo.shows(tick.position):
            continue
        x = geo.x(tick.position)
        painter.setPen(ink.pen(ink.token("axis"), 1.0, crisp=True))
        painter.drawLine(QPointF(round(x) + 0.5, bottom), QPointF(round(x) + 0.5, bottom + 5))
        width = metrics.horizontalAdvance(tick.label)
        if x - width / 2 < edge + 4:
            continue
        edge = x + width / 2
        place = QPointF(x - width / 2, bottom + 8 + metrics.ascent())
        marks.words(painter, place, tick.label, font=font, colour=ink.token("ink-3"))


def _zigzag(painter: QPainter, geo: Geometry, ink: Ink) -> None:
    left, bottom = geo.plot.left(), geo.plot.bottom()
    path = QPainterPath(QPointF(left, bottom))
    for dx, dy in ((-4, -3), (4, -6), (-4, -9), (0, -12)):
        path.lineTo(left + dx, bottom + dy)
    painter.strokePath(path, ink.pen(ink.token("axis"), 1.2))


def runs(xs: Iterable[float], ys: Iterable[float]) -> list[list[tuple[float, float]]]:
    """Stretches of points without a gap."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(xs, ys, strict=True):
        if math.isfinite(x) and math.isfinite(y):
            stretches[-1].append((x, y))
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _band(painter: QPainter, band: Band, geo: Geometry, ink: Ink) -> None:
    stretch: list[tuple[float, float, float]] = []
    painter.setPen(
        ink.pen(ink.colour(band.role), 1.0)
        if ink.theme.kind == "high_contrast"
        else Qt.PenStyle.NoPen
    )
    painter.setBrush(ink.band(band.role))
    for x, low, high in (*zip(band.xs, band.lows, band.highs, strict=True), (math.nan,) * 3):
        if math.isfinite(low) and math.isfinite(high):
            stretch.append((x, low, high))
            continue
        if len(stretch) > 1:
            top = [(a, c) for a, _, c in stretch]
            bottom = [(a, b) for a, b, _ in reversed(stretch)]
            painter.drawPolygon(geo.polygon([*top, *bottom]))
        stretch = []


def _lines(painter: QPainter, lines: tuple[Line, ...], geo: Geometry, ink: Ink) -> None:
    """Lines in their order; many grey ones are one path, because each stroke costs."""
    grey = [line for line in lines if line.role is Role.CONTEXT and line.thin]
    merged = len(grey) > _MANY_LINES
    if merged:
        path = QPainterPath()
        for line in grey:
            for stretch in runs(line.xs, line.ys):
                path.addPolygon(geo.polygon(stretch))
        painter.strokePath(path, QPen(ink.token("context"), 1.0))
    for line in lines:
        if not (merged and line.role is Role.CONTEXT and line.thin):
            _line(painter, line, geo, ink)


def _line(painter: QPainter, line: Line, geo: Geometry, ink: Ink) -> None:
    pen = (
        ink.pen(ink.colour(line.role, 0.5), 1.4, line.dash)
        if line.thin
        else ink.pen(ink.colour(line.role), 2.2, line.dash)
    )
    for stretch in runs(line.xs, line.ys):
        path = QPainterPath()
        path.addPolygon(geo.polygon(stretch))
        painter.strokePath(path, pen)


def _stems(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    many = len(chart.stems) > _MANY_STEMS
    for stem in chart.stems:
        painter.setPen(ink.pen(ink.colour(stem.role, 0.2 if many else 0.45), 1.0 if many else 1.5))
        painter.drawLine(geo.at(stem.x, stem.start), geo.at(stem.x, stem.end))


def _breaks(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    for item in chart.breaks:
        if not geo.shows(item.x):
            continue
        x = round(geo.x(item.x))
        strip = QRectF(x - 3, geo.plot.top() - 4, 6, geo.plot.height() + 4)
        painter.fillRect(strip, ink.token("surface"))
        painter.setPen(QPen(ink.token("event"), 1.0))
        for edge in (x - 1.5, x + 2.5):
            painter.drawLine(QPointF(edge, strip.top()), QPointF(edge, strip.bottom()))


def range_box(x: float, low: float, high: float, geo: Geometry) -> QRectF:
    """The hatched bar of a value known only as a range."""
    top, bottom = geo.y(high), geo.y(low)
    return QRectF(geo.x(x) - _RANGE_WIDTH / 2, top, _RANGE_WIDTH, max(bottom - top, 4.0))


def _ranges(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    ground = ink.token("surface")
    for item in chart.ranges:
        if geo.shows(item.x):
            box = range_box(item.x, item.low, item.high, geo)
            marks.hatched(painter, box, colour=ink.colour(item.role), ground=ground)
    for stub in chart.hidden:
        if geo.shows(stub.x):
            left = geo.x(stub.x) - _RANGE_WIDTH / 2
            box = QRectF(left, geo.plot.bottom() - _STUB_HEIGHT, _RANGE_WIDTH, _STUB_HEIGHT)
            colour = ink.colour(stub.role)
            marks.hatched(painter, box, colour=colour, ground=ground, dash=True)


def _range_words(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    metrics = ink.metrics("micro")
    shown = [(item.x, geo.y(item.high) - 6, item.label) for item in chart.ranges]
    shown += [(gap.x, geo.plot.bottom() - 8, gap.label) for gap in chart.gaps]
    edges: dict[int, float] = {}
    for x, y, text in sorted(shown):
        if not geo.shows(x):
            continue
        width = metrics.horizontalAdvance(text)
        left = max(geo.x(x) - width / 2, geo.plot.left() + 2)
        row = round(y)
        if left < edges.get(row, -math.inf) + 4:
            continue
        edges[row] = left + width
        ink.words(painter, QPointF(left, y), text, "micro", ink.token("ink-3"))


def _points(painter: QPainter, points: Points, geo: Geometry, ink: Ink) -> None:
    ground = ink.token("surface")
    whisker = ink.pen(ink.colour(points.role, 0.55), 1.5)
    for point in points.points:
        if point.low is not None and point.high is not None:
            painter.setPen(whisker)
            painter.drawLine(geo.at(point.x, point.low), geo.at(point.x, point.high))
    radius = marks.SMALL_RADIUS if points.small else marks.RADIUS
    shown = [p for p in points.points if math.isfinite(p.y) and geo.shows(p.x)]
    for hollow in (False, True):
        for faded in (True, False):
            group = [p for p in shown if p.hollow is hollow and p.faded is faded]
            if group:
                marks.marks(
                    painter,
                    points.shape,
                    geo.polygon((point.x, point.y) for point in group),
                    colour=ink.colour(points.role, 0.45 if faded else 1.0),
                    ground=ground,
                    hollow=hollow,
                    radius=radius,
                )


def keyed(chart: Chart) -> list[tuple[float, float, str, tuple[str, ...]]]:
    """Every value that can be pointed at: x, y, key and lines of the tooltip, from left to right."""
    found = [
        (point.x, point.y, point.key, point.tip)
        for points in chart.points
        for point in points.points
        if point.key and math.isfinite(point.y)
    ]
    found += [(item.x, item.high, item.key, item.tip) for item in chart.ranges if item.key]
    return sorted(found)


def _ring(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink, current: str) -> None:
    for x, y, key, _ in keyed(chart):
        if key == current and geo.shows(x):
            centre = geo.at(x, y)
            box = QRectF(centre.x() - _RING / 2, centre.y() - _RING / 2, _RING, _RING)
            painter.setPen(QPen(ink.token("accent"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
            return
