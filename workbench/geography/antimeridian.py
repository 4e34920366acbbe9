"""Rings that cross the line of 180 degrees, cut so that they can be drawn on a plane."""

from __future__ import annotations

import numpy as np

from indicators.model.series import Floats
from workbench.geography.shapes import Polygon, ring

HALF_TURN, FULL_TURN = 180.0, 360.0


def _unrolled(points: Floats) -> Floats:
    """The ring with longitudes that run on beyond 180 degrees instead of jumping."""
    steps = np.diff(points[:, 0])
    steps -= FULL_TURN * np.round(steps / FULL_TURN)
    longitude = points[0, 0] + np.concatenate([[0.0], np.cumsum(steps)])
    return np.column_stack([longitude, points[:, 1]])


def _around_pole(points: Floats) -> Floats:
    """A ring that goes once around the earth, closed through the pole on its side."""
    pole = np.copysign(90.0, points[:, 1].mean())
    return np.vstack(
        [points, [[points[-1, 0], pole], [points[0, 0], pole], [points[0, 0], points[0, 1]]]]
    )


def _winds(points: Floats) -> bool:
    """Whether an unrolled ring ends a full turn from where it began."""
    return bool(abs(points[-1, 0] - points[0, 0]) > HALF_TURN)


def _clipped(points: Floats, limit: float, *, below: bool) -> Floats:
    """The part of a closed ring on one side of a meridian (Sutherland and Hodgman)."""
    sign = 1.0 if below else -1.0
    inside = sign * points[:, 0] <= sign * limit
    kept: list[Floats] = []
    for i in range(1, len(points)):
        a, b = points[i - 1], points[i]
        if inside[i - 1] != inside[i]:
            share = (limit - a[0]) / (b[0] - a[0])
            kept.append(np.array([limit, a[1] + share * (b[1] - a[1])]))
        if inside[i]:
            kept.append(b)
    return np.vstack([*kept, kept[0]]) if kept else np.empty((0, 2))


def _window(points: Floats) -> Floats:
    """The part of a closed ring between -180 and 180 degrees; empty without any."""
    east = _clipped(points, HALF_TURN, below=True)
    return _clipped(east, -HALF_TURN, below=False) if len(east) else east


def _has_size(points: Floats) -> bool:
    """Whether a clipped ring is more than a line along the cut."""
    return len(points) > 3 and bool(np.ptp(points[:, 0]) > 0)


def planar(polygon: Polygon) -> tuple[Polygon, ...]:
    """The polygon in parts none of which crosses the line of 180 degrees.

    A polygon that does not cross it comes back as it is. A cap around a pole (in the source its
    coast and a second ring at the pole itself) becomes the area between the coast and the pole.
    """
    if all(np.abs(np.diff(points[:, 0])).max() <= HALF_TURN for points in polygon):
        return (polygon,)
    rings = [_unrolled(points) for points in polygon]
    winding = [points for points in rings if _winds(points)]
    if winding:
        coast = max(winding, key=lambda points: float(np.ptp(points[:, 1])))
        rings = [_around_pole(coast), *(points for points in rings if not _winds(points))]
    parts = []
    for turn in (-FULL_TURN, 0.0, FULL_TURN):
        cut = [_window(points + np.array([turn, 0.0])) for points in rings]
        if _has_size(cut[0]):
            parts.append(tuple(ring(points) for points in cut if _has_size(points)))
    return tuple(parts)
