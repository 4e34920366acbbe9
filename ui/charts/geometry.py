"""Where the plot of a chart lies inside its widget, and which pixel a value is at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from ui.charts.ink import Ink
from workbench.presenting.spec import Chart

_MIN_RIGHT = 20.0
_MAX_RIGHT = 170.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """The plot rectangle and the values at its edges."""

    plot: QRectF
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Pixel of a position on the x axis."""
        share = (value - self.x_low) / ((self.x_high - self.x_low) or 1.0)
        return self.plot.left() + share * self.plot.width()

    def y(self, value: float) -> float:
        """Pixel of a value."""
        share = (value - self.y_low) / ((self.y_high - self.y_low) or 1.0)
        return self.plot.bottom() - share * self.plot.height()

    def at(self, x: float, y: float) -> QPointF:
        """Pixel of a point."""
        return QPointF(self.x(x), self.y(y))

    def polygon(self, places: Iterable[tuple[float, float]]) -> QPolygonF:
        """Pixels of many points, worked out once for all."""
        left, bottom = self.plot.left(), self.plot.bottom()
        across = self.plot.width() / ((self.x_high - self.x_low) or 1.0)
        up = self.plot.height() / ((self.y_high - self.y_low) or 1.0)
        x_low, y_low = self.x_low, self.y_low
        return QPolygonF(
            [QPointF(left + (x - x_low) * across, bottom - (y - y_low) * up) for x, y in places]
        )

    def shows(self, value: float) -> bool:
        """Whether a position on the x axis is in view."""
        slack = (self.x_high - self.x_low) * 1e-6
        return self.x_low - slack <= value <= self.x_high + slack


def margins(chart: Chart, ink: Ink) -> tuple[float, float, float, float]:
    """Left, top, right and bottom margin in pixels, measured from the labels."""
    axis = ink.metrics("small")
    scale = ink.theme.scale
    ticks = [axis.horizontalAdvance(tick.label) for tick in chart.y.ticks]
    left = max([34.0 * scale, *(width + 12 for width in ticks)])
    ends = [_label_width(chart, ink, index) + 18 for index in range(len(chart.labels))]
    right = min(max([_MIN_RIGHT * scale, *ends]), _MAX_RIGHT * scale)
    has_top = bool(chart.breaks or any(event.label for event in chart.events))
    unit = axis.height() + 4 if chart.y.unit else 0.0
    top = max(12.0 * scale, unit, (26.0 * scale if has_top else 0.0))
    return left, top, right, 30.0 * scale


def _label_width(chart: Chart, ink: Ink, index: int) -> float:
    label = chart.labels[index]
    font = "value" if label.strong else "label"
    width = ink.metrics(font).horizontalAdvance(label.text)
    inside = label.x < chart.x.high - (chart.x.high - chart.x.low) * 0.15
    if inside:
        return 0.0
    return max(width, ink.metrics("micro").horizontalAdvance(label.remark))


def geometry(
    chart: Chart, ink: Ink, area: QRectF, view: tuple[float, float] | None = None
) -> Geometry:
    """The geometry of a chart inside ``area``.

    Args:
        chart: what is drawn.
        ink: fonts that are measured.
        area: the widget's rectangle.
        view: first and last position in view; the whole axis by default.
    """
    left, top, right, bottom = margins(chart, ink)
    plot = area.adjusted(left, top, -right, -bottom)
    if plot.width() < 1 or plot.height() < 1:
        plot = QRectF(plot.left(), plot.top(), max(plot.width(), 1.0), max(plot.height(), 1.0))
    low, high = view or (chart.x.low, chart.x.high)
    return Geometry(plot=plot, x_low=low, x_high=high, y_low=chart.y.low, y_high=chart.y.high)
