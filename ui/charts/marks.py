"""Single marks: pillar shapes, hatched bars, lettered circles, words with a halo."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from workbench.presenting.spec import Shape

RADIUS = 3.6
SMALL_RADIUS = 2.2
_HATCH_STEP = 4.0


def shape_path(shape: Shape, centre: QPointF, radius: float = RADIUS) -> QPainterPath:
    """The outline of a pillar mark around its centre."""
    path = QPainterPath()
    x, y = centre.x(), centre.y()
    if shape is Shape.CIRCLE:
        path.addEllipse(centre, radius, radius)
    elif shape is Shape.SQUARE:
        half = radius * 0.9
        path.addRect(QRectF(x - half, y - half, 2 * half, 2 * half))
    else:
        corners = (
            ((0, -1.15), (1.15, 0.9), (-1.15, 0.9))
            if shape is Shape.TRIANGLE
            else ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0))
        )
        path.addPolygon(QPolygonF([QPointF(x + a * radius, y + b * radius) for a, b in corners]))
        path.closeSubpath()
    return path


def mark(
    painter: QPainter,
    shape: Shape,
    centre: QPointF,
    *,
    colour: QColor,
    ground: QColor,
    hollow: bool = False,
    radius: float = RADIUS,
) -> None:
    """A mark with a rim of the ground colour; hollow for values that are provisional."""
    painter.setPen(QPen(colour, 1.8) if hollow else QPen(ground, 1.2))
    painter.setBrush(ground if hollow else colour)
    painter.drawPath(shape_path(shape, centre, radius))


def hatched(
    painter: QPainter, box: QRectF, *, colour: QColor, ground: QColor, dash: bool = False
) -> None:
    """A bar with 45 degree hatch and outline: a value that is not shown as a point."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRect(box)
    painter.setClipRect(box)
    painter.setPen(QPen(colour, 1.2))
    span = box.width() + box.height()
    offset = 0.0
    while offset < span:
        start = QPointF(box.left(), box.top() + offset)
        painter.drawLine(start, QPointF(box.left() + offset, box.top()))
        offset += _HATCH_STEP
    painter.setClipping(False)
    painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine if dash else Qt.PenStyle.SolidLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.restore()


def lettered(
    painter: QPainter, centre: QPointF, letter: str, *, colour: QColor, ground: QColor, font: QFont
) -> None:
    """A letter in a circle: a rival event."""
    radius = 8.0
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(ground)
    painter.drawEllipse(centre, radius, radius)
    painter.setFont(font)
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


def words(
    painter: QPainter,
    baseline: QPointF,
    text: str,
    *,
    font: QFont,
    colour: QColor,
    halo: QColor | None = None,
) -> None:
    """Words from their left baseline, with a halo over data."""
    if not text:
        return
    if halo is None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(baseline, text)
        return
    path = QPainterPath()
    path.addText(baseline, font, text)
    pen = QPen(halo, 4.0)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(baseline, text)
