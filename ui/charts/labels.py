"""Words on a chart that may collide: events and breaks at the top, values at the ends of lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.charts import marks
from ui.charts.geometry import Geometry
from ui.charts.ink import Ink
from workbench.presenting.spec import Chart, Label

_MOST_EVENTS = 5
_DROP = 34.0
_AWAY = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Top:
    x: float
    label: str
    detail: str
    away: float


@dataclass(frozen=True, slots=True)
class _Space:
    left: float
    right: float
    row: int


def draw_tops(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    """Event lines, lettered rivals, and the words of events and breaks without overlap."""
    _event_lines(painter, chart, geo, ink)
    named = [event for event in chart.events if event.label and not event.letter]
    tops = [
        _Top(x=geo.x(event.x), label=event.label, detail=event.detail, away=_AWAY)
        for event in named[:_MOST_EVENTS]
        if geo.shows(event.x)
    ]
    tops += [
        _Top(x=geo.x(item.x), label=item.label, detail="", away=_AWAY + 3)
        for item in chart.breaks
        if geo.shows(item.x)
    ]
    taken: list[_Space] = []
    lines = [geo.x(event.x) for event in named] + [geo.x(item.x) for item in chart.breaks]
    for top in sorted(tops, key=lambda item: item.x):
        _draw_top(painter, top, geo, ink, taken, lines)


def _event_lines(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    for event in chart.events:
        if not geo.shows(event.x):
            continue
        x = round(geo.x(event.x)) + 0.5
        pen = QPen(ink.token("event"), 1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if event.letter:
            painter.setPen(pen)
            foot, centre = geo.plot.bottom(), QPointF(x, geo.plot.bottom() - 17)
            painter.drawLine(QPointF(x, foot), QPointF(x, foot - 9))
            marks.lettered(
                painter,
                centre,
                event.letter,
                colour=ink.token("ink"),
                ground=ink.token("surface"),
                font=ink.font("micro"),
            )
            continue
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        top = geo.plot.top() - 4 if event.label else geo.plot.bottom() - 10
        painter.drawLine(QPointF(x, top), QPointF(x, geo.plot.bottom()))


def _draw_top(
    painter: QPainter,
    top: _Top,
    geo: Geometry,
    ink: Ink,
    taken: list[_Space],
    lines: list[float],
) -> None:
    strong, small = ink.metrics("event"), ink.metrics("micro")
    width = max(strong.horizontalAdvance(top.label), small.horizontalAdvance(top.detail))
    limit = geo.plot.right() + 40
    space = _place(top, width, geo.plot.left(), limit, taken, lines)
    taken.append(space)
    y = geo.plot.top() + 9 + space.row * _DROP * ink.theme.scale
    on_right = space.left > top.x
    for text, font, token, drop in (
        (top.label, "event", "ink", 0.0),
        (top.detail, "micro", "ink-3", 15.0 * ink.theme.scale),
    ):
        wide = ink.metrics(font).horizontalAdvance(text)
        x = space.left if on_right else space.right - wide
        ink.words(painter, QPointF(x, y + drop), text, font, ink.token(token))


def _place(
    top: _Top,
    width: float,
    left_edge: float,
    right_edge: float,
    taken: list[_Space],
    lines: list[float],
) -> _Space:
    right = (top.x + top.away, top.x + top.away + width)
    left = (top.x - top.away - width, top.x - top.away)
    sides = [right, left] if right[1] <= right_edge else [left, right]
    for row in range(_MOST_EVENTS):
        for start, end in sides:
            inside = start >= left_edge - 30 and end <= right_edge + 40
            crossed = any(start - 2 < x < end + 2 for x in lines if x != top.x)
            hit = any(
                space.row == row and start < space.right + 8 and end > space.left - 8
                for space in taken
            )
            if inside and not hit and not (crossed and row == 0):
                return _Space(start, end, row)
    return _Space(*sides[0], 0)


def draw_direct_labels(painter: QPainter, chart: Chart, geo: Geometry, ink: Ink) -> None:
    """Values at the ends of lines, shifted apart where they would touch."""
    shown = sorted((geo.y(label.y), index) for index, label in enumerate(chart.labels))
    gap = 18.0 * ink.theme.scale
    floor = -1e9
    for y, index in shown:
        label = chart.labels[index]
        if not geo.shows(label.x):
            continue
        place = max(y, floor)
        floor = place + gap + (13.0 * ink.theme.scale if label.remark else 0.0)
        _draw_label(painter, label, QPointF(geo.x(label.x) + 10, place), ink)


def _draw_label(painter: QPainter, label: Label, place: QPointF, ink: Ink) -> None:
    font = "value" if label.strong else "label"
    baseline = QPointF(place.x(), place.y() + (3 if label.remark else 5))
    ink.words(painter, baseline, label.text, font, ink.text_colour(label.role))
    under = QPointF(place.x(), baseline.y() + 15 * ink.theme.scale)
    ink.words(painter, under, label.remark, "micro", ink.token("ink-3"))
