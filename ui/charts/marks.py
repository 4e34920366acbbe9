"""Single marks: pillar shapes, hatched bars, lettered circles, words with a halo."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from workbench.presenting.spec import Shape

RADIUS = 3.6
SMALL_RADIUS = 2.2
HALO = 2.0
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


def marks(
    painter: QPainter,
    shape: Shape,
    centres: QPolygonF,
    *,
    colour: QColor,
    ground: QColor,
    hollow: bool,
    radius: float,
) -> None:
    """Many marks of one look in one stroke."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for centre in centres:
        path.addPath(shape_path(shape, centre, radius))
    painter.setPen(QPen(colour, 1.8) if hollow else QPen(ground, 1.2))
    painter.setBrush(ground if hollow else colour)
    painter.drawPath(path)


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
) -> None:
    """Words from their left baseline."""
    if text:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(baseline, text)


def haloed(text: str, *, font: QFont, colour: QColor, halo: QColor, ratio: float) -> QPixmap:
    """Words with a halo as a picture, because stroking letters at every redraw is slow.

    The baseline begins at ``HALO`` from the left and one ascent plus ``HALO`` from the top.
    """
    metrics = QFontMetricsF(font)
    wide = math.ceil(metrics.horizontalAdvance(text) + 2 * HALO + 2)
    high = math.ceil(metrics.height() + 2 * HALO)
    pixmap = QPixmap(math.ceil(wide * ratio), math.ceil(high * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    base = QPointF(HALO, HALO + metrics.ascent())
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addText(base, font, text)
    pen = QPen(halo, 2 * HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    words(painter, base, text, font=font, colour=colour)
    painter.end()
    return pixmap
