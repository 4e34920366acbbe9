"""GeoJSON decoding."""

from __future__ import annotations

import pytest

from workbench.geography.geojson import geojson_shapes
from workbench.geography.shapes import BoundaryError

RING = [[0, 0, 9], [2, 0, 9], [2, 1, 9], [0, 0, 9]]


def feature(geometry: object, **properties: object) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_polygons_holes_and_collections_are_read_and_height_is_dropped() -> None:
    polygon = {"type": "Polygon", "coordinates": [RING, RING]}
    several = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    content = {
        "type": "FeatureCollection",
        "features": [
            feature(polygon, iso="AA", name="One"),
            feature({"type": "GeometryCollection", "geometries": [several, polygon]}, iso="BB"),
            feature(None, iso="CC"),
        ],
    }

    one, two, three = geojson_shapes(content, code="iso")

    assert (one.area, one.name, len(one.polygons[0])) == ("AA", "One", 2)
    assert one.polygons[0][0].shape == (4, 2)
    assert len(two.polygons) == 3
    assert three.polygons == ()


def test_feature_without_a_code_keeps_its_name() -> None:
    content = {"type": "FeatureCollection", "features": [feature(None, name="Somewhere")]}

    (shape,) = geojson_shapes(content)

    assert (shape.area, shape.name) == (None, "Somewhere")


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Topology"},
        {
            "type": "FeatureCollection",
            "features": [feature({"type": "Polygon", "coordinates": [[5]]})],
        },
    ],
)
def test_what_is_no_boundary_is_refused(content: dict) -> None:
    with pytest.raises(BoundaryError, match=r"mine\.geojson"):
        geojson_shapes(content, source="mine.geojson")
