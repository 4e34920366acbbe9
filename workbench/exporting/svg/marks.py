"""Marks and geometry of the SVG writer: pillar shapes, hatching, and clipping to the plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.exporting.svg.parts import decimal
from workbench.presenting.layout import Plot
from workbench.presenting.spec import Point, Shape

XY = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Draws marks in a plot.

    Attributes:
        plot: scales and rectangle.
        rim: colour around each mark that keeps it apart from lines.
    """

    plot: Plot
    rim: str

    def place(self, x: float, y: float) -> str:
        """A point of a path."""
        return f"{decimal(self.plot.x(x))} {decimal(self.plot.y(y))}"

    def holds(self, x: float, y: float) -> bool:
        """Whether a value lies inside both axes."""
        across, up = self.plot.x_axis, self.plot.y_axis
        return across.low <= x <= across.high and up.low <= y <= up.high

    def mark(self, point: Point, *, shape: Shape, colour: str, size: float) -> str:
        """The mark of a value: filled with a rim, hollow when provisional, faint when left out."""
        faint = ' opacity="0.45"' if point.faded and not point.hollow else ""
        if point.hollow:
            look = f'fill="{self.rim}" stroke="{colour}" stroke-width="1.8"'
        else:
            look = f'fill="{colour}" stroke="{self.rim}" stroke-width="1.2"'
        x, y = self.plot.x(point.x), self.plot.y(point.y)
        return f"<{outline(shape, x, y, size)} {look}{faint}/>"


def outline(shape: Shape, x: float, y: float, size: float) -> str:
    """Element of a pillar mark without its colours."""
    half = size / 2
    match shape:
        case Shape.CIRCLE:
            return f'circle cx="{decimal(x)}" cy="{decimal(y)}" r="{decimal(half * 1.06)}"'
        case Shape.SQUARE:
            corner = f'x="{decimal(x - half)}" y="{decimal(y - half)}"'
            return f'rect {corner} width="{decimal(size)}" height="{decimal(size)}"'
        case Shape.TRIANGLE:
            wide = half * 1.2
            corners = [(x, y - half * 1.15), (x + wide, y + half), (x - wide, y + half)]
        case Shape.DIAMOND:
            wide = half * 1.3
            corners = [(x, y - wide), (x + wide, y), (x, y + wide), (x - wide, y)]
    path = "L".join(f"{decimal(a)} {decimal(b)}" for a, b in corners)
    return f'path d="M{path}Z"'


def hatch_lines(left: float, top: float, width: float, height: float, step: float = 4.0) -> str:
    """Path of 45 degree lines cut to a rectangle."""
    parts = []
    offset = step
    while offset < width + height:
        start = (left + min(offset, width), top + max(0.0, offset - width))
        end = (left + max(0.0, offset - height), top + min(offset, height))
        parts.append(
            f"M{decimal(start[0])} {decimal(start[1])}L{decimal(end[0])} {decimal(end[1])}"
        )
        offset += step
    return "".join(parts)


def clipped_runs(points: Sequence[XY], plot: Plot) -> list[list[XY]]:
    """A polyline cut to the axes; nan and leaving the plot begin a new run."""
    runs: list[list[XY]] = []
    for start, end in pairwise(points):
        if any(math.isnan(value) for value in (*start, *end)):
            continue
        cut = _clipped_segment(start, end, plot)
        if cut is None:
            continue
        if runs and runs[-1][-1] == cut[0]:
            runs[-1].append(cut[1])
        else:
            runs.append([cut[0], cut[1]])
    return runs


def _clipped_segment(start: XY, end: XY, plot: Plot) -> tuple[XY, XY] | None:
    """Liang-Barsky: the part of a segment inside the axes."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, start[0] - plot.x_axis.low),
        (dx, plot.x_axis.high - start[0]),
        (-dy, start[1] - plot.y_axis.low),
        (dy, plot.y_axis.high - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    a = start if first == 0 else (start[0] + first * dx, start[1] + first * dy)
    b = end if last == 1 else (start[0] + last * dx, start[1] + last * dy)
    return a, b


def clipped_polygon(points: Sequence[XY], plot: Plot) -> list[XY]:
    """A polygon cut to the axes (Sutherland-Hodgman)."""
    shape = [point for point in points if not any(math.isnan(value) for value in point)]
    for axis, limit, sign in (
        (0, plot.x_axis.low, 1.0),
        (0, plot.x_axis.high, -1.0),
        (1, plot.y_axis.low, 1.0),
        (1, plot.y_axis.high, -1.0),
    ):
        shape = _cut(shape, axis, limit, sign)
    return shape


def _cut(shape: list[XY], axis: int, limit: float, sign: float) -> list[XY]:
    kept: list[XY] = []
    for before, point in zip([*shape[-1:], *shape], shape, strict=False):
        inside, was_inside = (sign * (p[axis] - limit) >= 0 for p in (point, before))
        if inside is not was_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if inside:
            kept.append(point)
    return kept
