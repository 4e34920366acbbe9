"""A small line inside a table cell: from zero, gaps kept, a dot at the last value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

LINE_WIDTH = 1.6
_DOT = 2.2


def spark_points(values: Sequence[float | None], box: QRectF) -> list[list[QPointF]]:
    """The runs of points without gaps.

    Args:
        values: one a period; None where there is none.
        box: where to draw; its foot is zero.
    """
    known = [value for value in values if value is not None]
    top, low = max([*known, 0.0]), min([*known, 0.0])
    span = (top - low) or 1.0
    step = box.width() / max(len(values) - 1, 1)
    runs: list[list[QPointF]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        height = (value - low) / span * box.height()
        runs[-1].append(QPointF(box.left() + index * step, box.bottom() - height))
    return [run for run in runs if run]


def draw_spark(
    painter: QPainter, values: Sequence[float | None], box: QRectF, *, colour: QColor
) -> None:
    """Draw the line; a value alone between gaps is a dot."""
    runs = spark_points(values, box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, LINE_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for run in runs:
        if len(run) > 1:
            painter.drawPolyline(QPolygonF(run))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    dots = [run[0] for run in runs if len(run) == 1] + [run[-1] for run in runs[-1:]]
    for dot in dots:
        painter.drawEllipse(dot, _DOT, _DOT)
    painter.restore()
