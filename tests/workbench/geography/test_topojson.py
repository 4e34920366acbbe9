"""TopoJSON decoding."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.geography.shapes import BoundaryError
from workbench.geography.topojson import topojson_shapes

TWO_SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 2.0], "translate": [10.0, -20.0]},
    "arcs": [
        [[2, 0], [0, 1]],  # the shared side, upwards
        [[2, 1], [-2, 0], [0, -1], [2, 0]],
        [[2, 0], [2, 0], [0, 1], [-2, 0]],
    ],
    "objects": {
        "land": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "id": "A", "properties": {"name": "West"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "East"}},
                {"type": "Point", "coordinates": [0, 0], "id": "P"},
            ],
        }
    },
}


def test_steps_scale_and_shared_arcs_become_closed_rings() -> None:
    west, east, point = topojson_shapes(TWO_SQUARES, "land")

    expected = [[11, -20], [11, -18], [10, -18], [10, -20], [11, -20]]
    assert np.array_equal(west.polygons[0][0], expected)
    ring = east.polygons[0][0]
    assert np.array_equal(ring[0], ring[-1])
    assert {tuple(p) for p in ring} == {(11, -20), (12, -20), (12, -18), (11, -18)}
    assert (west.area, east.area, point.polygons) == ("A", None, ())


def test_rings_cannot_be_changed() -> None:
    west, *_ = topojson_shapes(TWO_SQUARES, "land")

    with pytest.raises(ValueError, match="read-only"):
        west.polygons[0][0][0, 0] = 5


def test_coordinates_without_a_transform_are_taken_as_they_are() -> None:
    content = {k: v for k, v in TWO_SQUARES.items() if k != "transform"}
    content["arcs"] = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    content["objects"] = {"one": {"type": "Polygon", "arcs": [[0]]}}

    (shape,) = topojson_shapes(content, "one")

    assert shape.box == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ({"type": "FeatureCollection"}, "no TopoJSON"),
        (TWO_SQUARES | {"objects": {"sea": {}}}, "sea"),
        (TWO_SQUARES | {"arcs": [[[0, 0], [1, 1]]]}, "damaged"),
    ],
)
def test_broken_files_are_told_by_name(content: dict, word: str) -> None:
    with pytest.raises(BoundaryError, match=word) as caught:
        topojson_shapes(content, "land", source="mine.json")

    assert "mine.json" in str(caught.value)
