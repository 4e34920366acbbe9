"""The tree of areas and its history."""

from __future__ import annotations

import pytest

from workbench.errors import WorkbenchError
from workbench.services.workspace import Workspace
from workbench.store import areas, codes


def test_new_areas_stand_under_the_country(ws: Workspace) -> None:
    with ws.write("import", "test"):
        codes.area_id(ws.db, "XV-01")
        codes.area_id(ws.db, "XV-01-A", parent="XV-01")

    assert [(a.code, a.parent, a.level) for a in areas.stored_areas(ws.db)] == [
        ("XVA", None, 0),
        ("XV-01", "XVA", 1),
        ("XV-01-A", "XV-01", 2),
    ]


def test_history_is_kept(ws: Workspace) -> None:
    split = areas.StoredArea(
        code="XV-09",
        parent="XVA",
        level=1,
        names={"en": "Hohenmark"},
        valid_to=201300,
        successors=(("XV-14", 201400, 0.25), ("XV-15", 201400, 0.75)),
    )
    with ws.write("areas", "test"):
        areas.put_area(ws.db, split)
        areas.put_links(ws.db, "XV-09", split.successors)

    assert split in areas.stored_areas(ws.db)


def test_a_circle_is_refused(ws: Workspace) -> None:
    with ws.write("areas", "test"):
        areas.put_area(ws.db, areas.StoredArea(code="B", parent="A", level=2))

    with pytest.raises(WorkbenchError, match="part of itself"), ws.write("areas", "test"):
        areas.put_area(ws.db, areas.StoredArea(code="A", parent="B", level=1))

    assert [a.parent for a in areas.stored_areas(ws.db) if a.code == "A"] == ["XVA"]
