"""The line under a plot that explains the signs that need it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts import marks
from ui.charts.ink import Ink
from ui.theme import Theme
from workbench.presenting.spec import Chart, Dash, KeyItem, Shape, Sign

_SWATCH = 22.0
_BETWEEN = 16.0


class KeyLine(QWidget):
    """Signs with their words, in as many rows as the width needs.

    Args:
        theme: the look in force.
        parent: owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self._items: tuple[KeyItem, ...] = ()
        self._shape = Shape.CIRCLE
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_chart(self, chart: Chart) -> None:
        """Take the key of a chart."""
        self._items = chart.key
        if chart.points:
            self._shape = chart.points[0].shape
        self.setVisible(bool(self._items))
        self.updateGeometry()
        self.update()

    def _row(self) -> float:
        return self._ink.metrics("small").height() + 5

    def _places(self, width: float) -> list[tuple[float, int]]:
        metrics = self._ink.metrics("small")
        x, row = 0.0, 0
        places = []
        for item in self._items:
            wide = _SWATCH + 6 + metrics.horizontalAdvance(item.text)
            if x and x + wide > width:
                x, row = 0.0, row + 1
            places.append((x, row))
            x += wide + _BETWEEN
        return places

    def hasHeightForWidth(self) -> bool:
        """Rows depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the rows."""
        places = self._places(float(width))
        return round(self._row() * (places[-1][1] + 1)) if places else 0

    def sizeHint(self) -> QSize:
        """As wide as the layout gives."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(60, self.heightForWidth(max(self.width(), 60)) if self._items else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint signs and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, metrics = self._ink, self._ink.metrics("small")
        places = self._places(float(self.width()))
        for item, (x, row) in zip(self._items, places, strict=True):
            middle = row * self._row() + self._row() / 2
            self._sign(painter, item, QRectF(x, middle - 7, _SWATCH, 14))
            base = QPointF(x + _SWATCH + 6, middle + metrics.capHeight() / 2)
            colour = ink.token("ink-2")
            marks.words(painter, base, item.text, font=ink.font("small"), colour=colour)
        painter.end()

    def _sign(self, painter: QPainter, item: KeyItem, box: QRectF) -> None:
        ink, colour = self._ink, self._ink.colour(item.role)
        ground, centre = ink.token("surface"), box.center()
        left, right = QPointF(box.left(), centre.y()), QPointF(box.right(), centre.y())
        match item.sign:
            case Sign.TREND_BAND | Sign.EXPECTED_BAND | Sign.LINE:
                if item.sign is not Sign.LINE:
                    painter.fillRect(box.adjusted(0, 2, 0, -2), ink.band(item.role))
                dash = Dash.DASHED if item.sign is Sign.EXPECTED_BAND else Dash.SOLID
                painter.setPen(ink.pen(colour, 2.2, dash))
                painter.drawLine(left, right)
            case Sign.HOLLOW:
                marks.mark(painter, self._shape, centre, colour=colour, ground=ground, hollow=True)
            case Sign.RANGE | Sign.HIDDEN:
                bar = QRectF(centre.x() - 4.5, box.top() + 1, 9, 11)
                marks.hatched(
                    painter, bar, colour=colour, ground=ground, dash=item.sign is Sign.HIDDEN
                )
            case Sign.WHISKER:
                painter.setPen(ink.pen(colour, 1.5))
                painter.drawLine(QPointF(centre.x(), box.top()), QPointF(centre.x(), box.bottom()))
                marks.mark(painter, self._shape, centre, colour=colour, ground=ground)
            case Sign.BREAK:
                painter.setPen(QPen(ink.token("event"), 1.0))
                for x in (centre.x() - 2, centre.x() + 2):
                    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            case Sign.RIVAL:
                marks.lettered(
                    painter, centre, item.letter or "A", colour=ink.token("ink"), ground=ground,
                    font=ink.font("micro"),
                )  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
