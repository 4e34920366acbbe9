"""The boundaries of the world that ship with the program."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import workbench.geography
from workbench.geography.countries import BY_NAME, world, world_shapes

OAS = [
    "ATG",
    "ARG",
    "BHS",
    "BRB",
    "BLZ",
    "BOL",
    "BRA",
    "CAN",
    "CHL",
    "COL",
    "CRI",
    "CUB",
    "DMA",
    "DOM",
    "ECU",
    "SLV",
    "GRD",
    "GTM",
    "GUY",
    "HTI",
    "HND",
    "JAM",
    "MEX",
    "NIC",
    "PAN",
    "PRY",
    "PER",
    "KNA",
    "LCA",
    "VCT",
    "SUR",
    "TTO",
    "USA",
    "URY",
    "VEN",
]


def test_every_piece_of_land_is_read() -> None:
    shapes = world_shapes()

    assert len(shapes) == 241
    assert all(shape.polygons for shape in shapes)
    for shape in shapes:
        for polygon in shape.polygons:
            for ring in polygon:
                assert np.array_equal(ring[0], ring[-1])
                assert np.abs(ring).max(axis=0)[0] <= 180.0 + 1e-9
                assert np.abs(ring).max(axis=0)[1] <= 90.0


def test_members_of_the_organization_of_american_states_are_all_there() -> None:
    assert len(OAS) == 35
    assert set(OAS) <= world().keys()


def test_land_without_a_code_is_named_and_known() -> None:
    nameless = {shape.name for shape in world_shapes() if shape.area is None}

    assert nameless == {name for name, code in BY_NAME.items() if code is None}
    assert world()["XKX"].name == "Kosovo"


def test_parts_under_one_code_are_one_shape() -> None:
    parts = [shape for shape in world_shapes() if shape.area == "AUS"]

    assert len(parts) == 2
    assert len(world()["AUS"].polygons) == sum(len(part.polygons) for part in parts)


def test_countries_lie_where_they_are() -> None:
    west, south, east, north = world()["BRA"].box

    assert -75 < west < -73
    assert -34.5 < south < -33
    assert -35.5 < east < -28
    assert 5 < north < 5.5


def test_no_country_is_drawn_across_the_map() -> None:
    for shape in world_shapes():
        if shape.area != "ATA":
            for polygon in shape.polygons:
                assert np.abs(np.diff(polygon[0][:, 0])).max() < 90, shape.name


def test_licence_stands_beside_the_data() -> None:
    folder = Path(workbench.geography.__file__).parent / "world"

    assert "Michael Bostock" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "world-atlas 2.0.2" in (folder / "README.md").read_text(encoding="utf-8")
