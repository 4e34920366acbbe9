"""The region boundaries."""

from __future__ import annotations

import numpy as np

from sample_data import valdoria
from workbench.geography.geojson import geojson_shapes


def _size(ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return 0.5 * float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def test_fourteen_closed_polygons_lie_in_the_ocean_around_12_west_41_north() -> None:
    shapes = geojson_shapes(valdoria.boundaries())

    assert [shape.area for shape in shapes] == [r.code for r in valdoria.regions() if r.level]
    for shape in shapes:
        (ring,) = shape.polygons[0]
        assert np.array_equal(ring[0], ring[-1])
        assert len(ring) >= 4
        assert -17 < ring[:, 0].min() < ring[:, 0].max() < -7.5
        assert 37.5 < ring[:, 1].min() < ring[:, 1].max() < 44.5


def test_regions_do_not_overlap_and_leave_no_gap() -> None:
    from sample_data.generator.shapes import outline

    shapes = geojson_shapes(valdoria.boundaries())
    coast = outline()
    whole = abs(_size(np.vstack([coast, coast[:1]])))

    parts = [abs(_size(shape.polygons[0][0])) for shape in shapes]

    assert min(parts) > 0.02 * whole
    assert abs(sum(parts) - whole) < 0.001 * whole
