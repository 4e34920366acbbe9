"""Boundary files become areas with boundaries, in one act that can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapefile

from tests.places import SHARED
from tests.workbench.cli.running import run
from workbench.errors import UserFileError
from workbench.services import boundaries, history, inventory
from workbench.services.rows import AreaRow
from workbench.services.workspace import Workspace

SQUARE = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]


def geojson(folder: Path, *properties: dict[str, object], points: object = None) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": own,
            "geometry": {"type": "Polygon", "coordinates": [points or SQUARE]},
        }
        for own in properties
    ]
    path = folder / "regions.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_areas_are_found_by_code_and_name_and_new_ones_are_added(
    ws: Workspace, tmp_path: Path
) -> None:
    known = [
        AreaRow(code="XV-01", parent="XVA", level=1, names={"en": "Norte"}),
        AreaRow(code="XV-02", parent="XVA", level=1, names={"en": "Sur"}),
    ]
    inventory.define_areas(ws, known)
    path = geojson(
        tmp_path,
        {"code": "XV-01", "name": "The North"},
        {"code": "02", "name": "sur"},
        {"code": "XV-03", "name": "Oeste"},
    )

    outcome = boundaries.import_boundaries(ws, path)

    assert outcome.plan.known == ("XV-01", "XV-02")
    assert outcome.plan.new == {"XV-03": "Oeste"}
    areas = {row.code: row for row in inventory.areas(ws)}
    assert areas["XV-01"].names == {"en": "Norte"}
    assert (areas["XV-03"].parent, areas["XV-03"].names) == ("XVA", {"en": "Oeste"})
    held = boundaries.boundaries(ws)
    assert set(held) == {"XV-01", "XV-02", "XV-03"}
    assert np.array_equal(held["XV-02"].polygons[0][0], SQUARE)


def test_undo_takes_the_boundaries_back_and_redo_enters_them(
    ws: Workspace, tmp_path: Path
) -> None:
    boundaries.import_boundaries(ws, geojson(tmp_path, {"code": "R1", "name": "One"}))
    smaller = [[0, 0], [0, 0.5], [0.5, 0.5], [0, 0]]
    again = geojson(tmp_path, {"code": "R1", "name": "One"}, points=smaller)
    boundaries.import_boundaries(ws, again)

    def corner() -> float:
        return float(boundaries.boundaries(ws)["R1"].polygons[0][0].max())

    assert corner() == 0.5
    history.undo(ws)
    assert corner() == 1.0
    history.undo(ws)
    assert boundaries.boundaries(ws) == {}
    history.redo(ws)
    assert corner() == 1.0


def test_two_pieces_of_one_area_are_one_boundary(ws: Workspace, tmp_path: Path) -> None:
    path = geojson(tmp_path, {"code": "R1", "name": "One"}, {"code": "R1", "name": "Isle"})

    boundaries.import_boundaries(ws, path)

    assert len(boundaries.boundaries(ws)["R1"].polygons) == 2


def test_two_areas_of_one_name_stay_two(ws: Workspace, tmp_path: Path) -> None:
    path = geojson(tmp_path, {"code": "R1", "name": "Norte"}, {"code": "R2", "name": "Norte"})

    assert set(boundaries.import_boundaries(ws, path).plan.new) == {"R1", "R2"}


def test_a_shapefile_with_a_name_in_spanish(ws: Workspace, tmp_path: Path) -> None:
    with shapefile.Writer(str(tmp_path / "r.shp")) as writer:
        writer.field("COD", "C")
        writer.field("NOMBRE", "C")
        writer.poly([SQUARE])
        writer.record("07", "Uno")

    outcome = boundaries.import_boundaries(ws, tmp_path / "r.shp")

    assert outcome.plan.format == "shapefile"
    assert outcome.plan.new == {"07": "Uno"}


def test_places_that_are_not_in_degrees_are_refused(ws: Workspace, tmp_path: Path) -> None:
    metres = [[500_000, 0], [500_000, 9], [500_009, 9], [500_000, 0]]
    path = geojson(tmp_path, {"code": "R1"}, points=metres)

    with pytest.raises(UserFileError, match=r"regions\.geojson.*degrees"):
        boundaries.import_boundaries(ws, path)

    assert boundaries.boundaries(ws) == {}


def test_pieces_without_name_or_land_are_told(ws: Workspace, tmp_path: Path) -> None:
    path = geojson(tmp_path, {"code": "R1"}, {})
    content = json.loads(path.read_text())
    point = {"type": "Point", "coordinates": [0, 0]}
    content["features"].append(
        {"type": "Feature", "properties": {"code": "R2", "name": "Two"}, "geometry": point}
    )
    path.write_text(json.dumps(content))

    plan = boundaries.import_boundaries(ws, path).plan

    assert set(plan.shapes) == {"R1"}
    assert [(e.number, e.code) for e in plan.left_out] == [(2, "no_name"), (3, "no_boundary")]


def test_nothing_to_enter_is_a_refusal(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="neither a code nor a name"):
        boundaries.import_boundaries(ws, geojson(tmp_path, {}))


def test_the_regions_of_the_sample_country(ws: Workspace) -> None:
    from sample_data import valdoria

    known = [
        AreaRow(code=r.code, parent=r.parent, level=r.level, names=r.names)
        for r in valdoria.regions()
    ]
    inventory.define_areas(ws, known)

    plan = boundaries.import_boundaries(ws, valdoria.folder() / "regions.geojson").plan

    assert plan.new == {}
    assert plan.known == tuple(f"XV-{number:02d}" for number in range(1, 15))
    assert plan.left_out == ()


def test_a_table_is_no_boundary_file(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('a,b\n"type": "FeatureCollection",2\n')

    assert not boundaries.is_boundary_file(table)
    assert boundaries.is_boundary_file(geojson(tmp_path, {"code": "R1"}))


@pytest.mark.skipif(SHARED is None, reason="no real files beside the repository")
@pytest.mark.parametrize(
    ("name", "count"), [("countries-50m.json", 236), ("countries-110m.json", 175)]
)
def test_the_countries_of_the_world_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, count: int
) -> None:
    assert SHARED is not None
    path, project = SHARED / "data/world-atlas" / name, tmp_path / "w.tipw"
    run(capsys, "new", project, "--area", "MEX")

    seen = run(capsys, "inspect", path, "--json").data
    done = run(capsys, "import", path, "-w", project, "--accept", "--json")

    assert (seen["format"], seen["boundaries"], seen["questions"]) == ("topojson", count, [])
    assert done.code == 0
    assert done.data["boundaries"] == count
    assert done.data["areas_known"] == ["MEX"]
    assert done.data["areas_new"]["FRA"] == "France"
    assert "Somaliland" in {entry["name"] for entry in done.data["set_aside"]}
    assert run(capsys, "undo", "-w", project).code == 0
    assert run(capsys, "check", "-w", project).code == 0


@pytest.mark.skipif(SHARED is None, reason="no real files beside the repository")
def test_land_without_names_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert SHARED is not None
    project = tmp_path / "w.tipw"
    run(capsys, "new", project, "--area", "MEX")

    done = run(
        capsys, "import", SHARED / "data/world-atlas/land-110m.json", "-w", project, "--accept"
    )

    assert done.code == 1
    assert "land-110m.json" in done.err
