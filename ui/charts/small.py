"""Small pictures without pyqtgraph: sparkline, the chart of the first page, false dates, evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.charts import marks
from ui.charts.geometry import geometry
from ui.charts.ink import Ink
from ui.charts.painter import paint, runs
from ui.theme import Theme
from workbench.presenting.spec import Chart, Role, Shape


class Still(QWidget):
    """A chart that is only looked at.

    Args:
        theme: the look in force.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self.chart: Chart | None = None
        theme.changed.connect(self.update)

    def show_chart(self, chart: Chart) -> None:
        """Draw a chart."""
        self.chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.description)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart over the whole widget."""
        if self.chart is not None:
            painter = QPainter(self)
            area = QRectF(self.rect())
            paint(painter, self.chart, geometry(self.chart, self._ink, area), self._ink)
            painter.end()


class Sparkline(QWidget):
    """A zero-based line without axis; gaps stay gaps, a provisional last value is hollow.

    Args:
        theme: the look in force.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self._values: tuple[float, ...] = ()
        self._role = Role.CONTEXT
        self._hollow = False
        theme.changed.connect(self.update)

    def show_values(self, values: Sequence[float], role: Role, *, hollow: bool) -> None:
        """Draw yearly values (nan is a gap)."""
        self._values, self._role, self._hollow = tuple(values), role, hollow
        self.update()

    def sizeHint(self) -> QSize:
        """Room of a tile."""
        return QSize(190, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and its last value."""
        known = [value for value in self._values if math.isfinite(value)]
        if not known or len(self._values) < 2:
            return
        low, high = min(0.0, *known), max(known)
        span, count = (high - low) or 1.0, len(self._values) - 1
        width, height = self.width() - 12, self.height() - 10

        def at(index: float, value: float) -> QPointF:
            return QPointF(6 + index / count * width, 5 + height - (value - low) / span * height)

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, ground = self._ink.colour(self._role), self._ink.token("surface")
        indices = [float(index) for index in range(len(self._values))]
        stretches = runs(indices, self._values)
        for stretch in stretches:
            path = QPainterPath(at(*stretch[0]))
            for index, value in stretch[1:]:
                path.lineTo(at(index, value))
            painter.strokePath(path, QPen(colour, 1.6))
        last = at(*stretches[-1][-1])
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(ground if self._hollow else colour)
        painter.drawEllipse(last, 2.8, 2.8)
        painter.end()


class FalseDates(QWidget):
    """Change at each false date beside the real one, as points with whiskers around zero.

    Args:
        theme: the look in force.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self._rows: tuple[tuple[str, float, float, float, bool], ...] = ()
        self._ticks: tuple[tuple[float, str], ...] = ()
        self._role, self._shape = Role.CONTEXT, Shape.CIRCLE
        self.setMinimumHeight(110)
        theme.changed.connect(self.update)

    def show_dates(
        self,
        rows: Sequence[tuple[str, float, float, float, bool]],
        ticks: Sequence[tuple[float, str]],
        role: Role,
        shape: Shape,
    ) -> None:
        """Draw the dates.

        Args:
            rows: label, estimate, low, high, and whether it is the real date.
            ticks: position and label on the vertical axis.
            role: colour of the real date; the others are grey.
            shape: mark of the real date.
        """
        self._rows, self._ticks, self._role, self._shape = tuple(rows), tuple(ticks), role, shape
        self.update()

    def _extent(self) -> float:
        ends = [abs(v) for row in self._rows for v in row[2:4] if math.isfinite(v)]
        return max([*(abs(tick) for tick, _ in self._ticks), *ends, 1.0]) * 1.05

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, whiskers and points."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, micro = self._ink, self._ink.metrics("micro")
        wide = max([micro.horizontalAdvance(text) for _, text in self._ticks] or [20.0])
        plot = QRectF(wide + 8, 6, self.width() - wide - 14, self.height() - 28)
        extent = self._extent()

        def y(value: float) -> float:
            return plot.center().y() - value / extent * plot.height() / 2

        for tick, text in self._ticks:
            painter.setPen(QPen(ink.token("axis" if tick == 0 else "grid"), 1.0))
            level = round(y(tick)) + 0.5
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
            place = QPointF(wide - micro.horizontalAdvance(text), level + micro.capHeight() / 2)
            marks.words(painter, place, text, font=ink.font("micro"), colour=ink.token("ink-3"))
        step = plot.width() / len(self._rows)
        for index, row in enumerate(self._rows):
            self._date(painter, row, plot.left() + (index + 0.5) * step, y, plot.bottom())
        painter.end()

    def _date(
        self,
        painter: QPainter,
        row: tuple[str, float, float, float, bool],
        x: float,
        y: object,
        bottom: float,
    ) -> None:
        label, value, low, high, real = row
        ink, micro = self._ink, self._ink.metrics("micro")
        role = self._role if real else Role.CONTEXT
        assert callable(y)
        if math.isfinite(low) and math.isfinite(high):
            painter.setPen(ink.pen(ink.colour(role), 2.0 if real else 1.5))
            painter.drawLine(QPointF(x, y(low)), QPointF(x, y(high)))
        if math.isfinite(value):
            shape = self._shape if real else Shape.CIRCLE
            marks.mark(
                painter, shape, QPointF(x, y(value)), colour=ink.colour(role),
                ground=ink.token("surface"),
            )  # fmt: skip
        place = QPointF(x - micro.horizontalAdvance(label) / 2, bottom + 16)
        colour = ink.token("ink" if real else "ink-3")
        marks.words(painter, place, label, font=ink.font("micro"), colour=colour)


class Evidence(QWidget):
    """Three rising bars; filled ones are ink. Never without its word beside it.

    Args:
        theme: the look in force.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filled = 0
        self.setFixedSize(34, 22)
        theme.changed.connect(self.update)

    def show_level(self, filled: int) -> None:
        """Fill none to three bars."""
        self._filled = filled
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(3):
            tall = 7 + index * 5
            box = QRectF(0.5 + index * 11, 19.5 - tall, 8, tall)
            full = index < self._filled
            painter.setPen(QPen(self._theme.colour("ink" if full else "border"), 1.0))
            painter.setBrush(self._theme.colour("ink" if full else "surface"))
            painter.drawRoundedRect(box, 2, 2)
        painter.end()


class PillarMark(QWidget):
    """The mark of a pillar, drawn as a polygon.

    Args:
        theme: the look in force.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self._role, self._shape = Role.CROSS_CUTTING, Shape.DIAMOND
        self.setFixedSize(14, 14)
        theme.changed.connect(self.update)

    def show_pillar(self, role: Role, shape: Shape) -> None:
        """Take the colour and shape of a pillar."""
        self._role, self._shape = role, shape
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._ink.colour(self._role)
        marks.mark(painter, self._shape, QPointF(7, 7), colour=colour, ground=colour, radius=4.6)
        painter.end()
