"""The plot on screen: pyqtgraph carries view, zoom and pointer, our painter draws the marks.

This module imports pyqtgraph; views import it only after the first paint.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from ui.charts.geometry import Geometry, geometry
from ui.charts.ink import Ink
from ui.charts.painter import keyed, paint
from ui.charts.tip import Tip
from ui.theme import Theme
from workbench.presenting.spec import Chart

_REACH = 14.0
_MIN_SPAN = 2.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}


class _TimeBox(pg.ViewBox):
    """A view that zooms only in time and only on purpose."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.setMouseEnabled(x=True, y=False)
        self.setMouseMode(pg.ViewBox.RectMode)
        self.disableAutoRange()

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Drag zooms in time."""
        super().mouseDragEvent(event, axis=0)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """The wheel zooms only with Ctrl, so that scrolling never changes a picture."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event, axis=0)
        else:
            event.ignore()


class _Marks(pg.GraphicsObject):
    """All marks of a chart in one item: one paint call a redraw."""

    def __init__(self, plot: PlotView) -> None:
        super().__init__()
        self._plot = plot
        self.setZValue(10)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """The whole widget: labels stand outside the plot."""
        return QRectF(self._plot.rect())

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Paint the chart in pixels."""
        plot = self._plot
        if plot.chart is not None:
            paint(painter, plot.chart, plot.geometry_now(), plot.ink, current=plot.current)


class PlotView(pg.GraphicsView):
    """A chart with pointer, keyboard, zoom in time and tooltip.

    Signals:
        pointed: key of the value under pointer or keyboard; empty for none.
        chosen: key of the value clicked or confirmed with Enter.
    """

    pointed = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, background=theme.colour("surface"))
        self.ink = Ink(theme)
        self.chart: Chart | None = None
        self.current = ""
        self._box = _TimeBox()
        self.setCentralItem(self._box)
        self._marks = _Marks(self)
        self.scene().addItem(self._marks)
        self._tip = Tip(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFrameStyle(0)
        self._box.sigXRangeChanged.connect(lambda *_: self._marks.update())
        theme.changed.connect(self._repaint)
        self._theme = theme

    def show_chart(self, chart: Chart | None) -> None:
        """Draw another chart; the ring stays on its point when the point is still there."""
        self.chart = chart
        if chart is not None:
            self.setAccessibleName(chart.title)
            self.setAccessibleDescription(chart.description)
            if self.current not in {key for _, _, key, _ in keyed(chart)}:
                self.current = ""
        self._tip.hide()
        self.reset()

    def reset(self) -> None:
        """Show the whole axis."""
        if self.chart is not None:
            self._fit()
            axes = self.chart.x, self.chart.y
            self._box.setRange(
                xRange=(axes[0].low, axes[0].high), yRange=(axes[1].low, axes[1].high), padding=0
            )
        self._marks.update()

    def geometry_now(self) -> Geometry:
        """Plot rectangle and values in view."""
        assert self.chart is not None  # only asked while a chart is shown
        (low, high), _ = self._box.viewRange()
        return geometry(self.chart, self.ink, QRectF(self.rect()), (low, high))

    def choose(self, key: str) -> None:
        """Put the ring on a value, without telling."""
        self.current = key
        self._marks.update()

    def _fit(self) -> None:
        if self.chart is not None:
            plot = geometry(self.chart, self.ink, QRectF(self.rect())).plot
            self._box.setGeometry(plot)

    def _repaint(self) -> None:
        self.setBackground(self._theme.colour("surface"))
        self._fit()
        self._marks.update()

    def close(self) -> bool:
        """Close like any widget; that of pyqtgraph takes the viewport away and ends the process."""
        return bool(QGraphicsView.close(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again."""
        super().resizeEvent(event)
        if getattr(self, "_marks", None) is not None:
            self._marks.prepareGeometryChange()
            self._fit()

    def _nearest(self, place: QPointF) -> str:
        if self.chart is None:
            return ""
        geo = self.geometry_now()
        best, found = _REACH**2, ""
        for x, y, key, _ in keyed(self.chart):
            at = geo.at(x, y)
            away = (at.x() - place.x()) ** 2 + (at.y() - place.y()) ** 2
            if away < best and geo.shows(x):
                best, found = away, key
        return found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The value under the pointer says what it is."""
        super().mouseMoveEvent(event)
        key = self._nearest(event.position())
        if key:
            self._say(key)
        elif not self.hasFocus():
            self._tip.hide()

    def leaveEvent(self, event: Any) -> None:
        """The tooltip goes with the pointer."""
        super().leaveEvent(event)
        self._tip.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a value chooses it."""
        super().mouseReleaseEvent(event)
        key = self._nearest(event.position())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self._say(key)
            self.chosen.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the whole axis."""
        self.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling goes through to the page unless Ctrl is held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys step through the values, Enter chooses."""
        keys = [] if self.chart is None else [key for _, _, key, _ in keyed(self.chart)]
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and keys:
            last = len(keys) - 1
            place = keys.index(self.current) if self.current in keys else (-1 if step > 0 else 1)
            self._say(keys[min(max(place + step, 0), last)])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.chosen.emit(self.current)
        elif event.key() == Qt.Key.Key_Escape and self._tip.isVisible():
            self._tip.hide()
        else:
            super().keyPressEvent(event)

    def _say(self, key: str) -> None:
        assert self.chart is not None  # keys come from a chart
        if key != self.current:
            self.current = key
            self._marks.update()
            self.pointed.emit(key)
        geo = self.geometry_now()
        for x, y, found, tip in keyed(self.chart):
            if found == key and tip:
                self._tip.say(tip, geo.at(x, y))
