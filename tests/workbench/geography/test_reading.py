"""Boundary files that a person chooses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapefile

from workbench.errors import UserFileError
from workbench.geography.reading import read_boundaries
from workbench.geography.shapes import BoundaryError

SQUARE = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]


def _geojson(path: Path, **properties: object) -> Path:
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    path.write_text("\ufeff" + json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def test_geojson_with_a_usual_code_name_and_a_byte_order_mark(tmp_path: Path) -> None:
    (shape,) = read_boundaries(_geojson(tmp_path / "a.json", CODE="R1", name="One"))

    assert (shape.area, shape.name) == ("R1", "One")


def test_code_property_can_be_chosen(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", code="wrong", ine="07", nombre="Uno")

    (shape,) = read_boundaries(path, code="ine", name="nombre")

    assert (shape.area, shape.name) == ("07", "Uno")


def test_topojson_is_told_apart_by_content(tmp_path: Path) -> None:
    path = tmp_path / "regions.json"
    geometry = {"type": "Polygon", "arcs": [[0]], "properties": {"code": "R2", "name": "Two"}}
    content = {"type": "Topology", "arcs": [SQUARE], "objects": {"regions": geometry}}
    path.write_text(json.dumps(content))

    (shape,) = read_boundaries(path, code="code")

    assert shape.area == "R2"
    assert np.array_equal(shape.polygons[0][0], SQUARE)


def test_shapefile_with_a_hole(tmp_path: Path) -> None:
    hole = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]]
    with shapefile.Writer(str(tmp_path / "r.shp")) as writer:
        writer.field("CODE", "C")
        writer.field("name", "C")
        writer.poly([SQUARE, hole])
        writer.record("R3", "Three")

    (shape,) = read_boundaries(tmp_path / "r.shp")

    assert (shape.area, shape.name, len(shape.polygons[0])) == ("R3", "Three", 2)


@pytest.mark.parametrize("text", ["", "not json", "[1, 2]", "[" * 100_000])
def test_what_is_no_boundary_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)

    with pytest.raises(UserFileError, match=r"a\.json"):
        read_boundaries(path)


def test_missing_file_and_broken_shapefile_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.shp").write_bytes(b"\x00" * 200)

    with pytest.raises(UserFileError, match="cannot be read"):
        read_boundaries(tmp_path / "none.json")
    with pytest.raises(BoundaryError, match="shapefile"):
        read_boundaries(tmp_path / "b.shp")
