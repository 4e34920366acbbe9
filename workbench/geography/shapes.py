"""What a boundary is once read: polygons as rings of longitude and latitude."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from indicators.model.series import Floats
from workbench.errors import WorkbenchError

Polygon = tuple[Floats, ...]
"""An outer ring and its holes; each ring has shape ``(n, 2)`` and ends where it began."""


class BoundaryError(WorkbenchError):
    """Boundaries that cannot be read; data has the name of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The boundary of one area.

    Attributes:
        area: area code, or None for land that has a name only.
        name: name as the source writes it.
        polygons: parts; islands are parts of their own.
    """

    area: str | None
    name: str
    polygons: tuple[Polygon, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        points = np.vstack([ring for polygon in self.polygons for ring in polygon[:1]])
        west, south = points.min(axis=0)
        east, north = points.max(axis=0)
        return float(west), float(south), float(east), float(north)


def by_area(shapes: Iterable[Shape]) -> Mapping[str, Shape]:
    """Shapes by area code; parts under the same code become one, the first name stands."""
    joined: dict[str, Shape] = {}
    for shape in shapes:
        if shape.area is None:
            continue
        known = joined.get(shape.area)
        joined[shape.area] = (
            shape
            if known is None
            else Shape(
                area=shape.area,
                name=known.name,
                polygons=known.polygons + shape.polygons,
            )
        )
    return joined


def ring(points: object) -> Floats:
    """Points as a read-only array of shape ``(n, 2)``; height is dropped."""
    array = np.array(points, dtype=np.float64)[:, :2].copy()
    array.setflags(write=False)
    return array
