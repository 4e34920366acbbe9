"""Cutting at the line of 180 degrees."""

from __future__ import annotations

import numpy as np

from workbench.geography.antimeridian import planar
from workbench.geography.shapes import ring


def _size(points) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(0.5 * float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])))


def test_polygon_inside_comes_back_as_it_is() -> None:
    polygon = (ring([[0, 0], [10, 0], [10, 10], [0, 0]]),)

    assert planar(polygon) == (polygon,)


def test_island_across_the_line_becomes_two_parts_of_the_same_size() -> None:
    island = ring([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]])

    west, east = planar((island,))

    assert west[0][:, 0].min() == -180
    assert west[0][:, 0].max() == -170
    assert (east[0][:, 0].min(), east[0][:, 0].max()) == (170, 180)
    assert _size(west[0]) == _size(east[0]) == 100
    assert all(np.array_equal(part[0][0], part[0][-1]) for part in (west, east))


def test_lake_stays_with_the_part_it_lies_in() -> None:
    island = ring([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]])
    lake = ring([[172, 2], [174, 2], [174, 4], [172, 2]])

    west, east = planar((island, lake))

    assert (len(west), len(east)) == (1, 2)


def test_cap_around_the_pole_reaches_down_to_it() -> None:
    longitude = np.arange(-180.0, 181.0, 10.0)
    coast = ring(np.column_stack([longitude, np.full(len(longitude), -70.0)]))
    pole = ring([[-180, -89.999], [179, -89.999], [-180, -89.999]])

    (part,) = planar((pole, coast))

    assert len(part) == 1
    assert _size(part[0]) == 360 * 20
