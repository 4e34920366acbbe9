"""A stored text that was damaged is said to be damage, in a full look and when it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import StoreCorrupt
from workbench.services import checks
from workbench.services.workspace import Workspace, create
from workbench.store import areas, maintenance
from workbench.store.texts import STRUCTURED, damaged_texts, parsed


def damage(ws: Workspace) -> None:
    """What one wrong letter does that no page check sees."""
    with ws.db:
        ws.db.execute("update area set names = '{' || substr(names, 3) where code = 'XVA'")


def test_a_sound_project_has_no_damaged_text(tmp_path: Path) -> None:
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        assert damaged_texts(ws.db) == ()
        assert checks.check(ws).integrity


def test_a_full_look_names_the_column(tmp_path: Path) -> None:
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        damage(ws)

        assert maintenance.file_problems(ws.db) == ("area.names: 1",)
        report = checks.check(ws)
        (note,) = report.findings
        assert (report.integrity, note.code) == (False, "file_damaged")
        with pytest.raises(StoreCorrupt, match="damaged"):
            areas.stored_areas(ws.db)


def test_every_column_with_a_list_or_names_is_looked_at(tmp_path: Path) -> None:
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        written = ws.db.execute("select group_concat(sql) from sqlite_schema").fetchone()[0]
        assert len(STRUCTURED.findall(written)) == written.count("glob '[[")


@pytest.mark.parametrize("text", ["", "{", "[1,", "nothing"])
def test_what_cannot_be_read_is_not_a_fault_of_the_program(text: str) -> None:
    with pytest.raises(StoreCorrupt) as error:
        parsed(text)
    assert text in str(error.value)
