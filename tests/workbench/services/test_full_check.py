"""The full look at a file at opening: once a week, and after an end that was not clean."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from indicators.errors import Cancelled
from tests.workbench.deliveries import cells, deliver
from workbench.errors import StoreCorrupt
from workbench.services import history
from workbench.services.workspace import create, open_workspace
from workbench.store import integrity

TODAY = date(2031, 5, 20)
NAME = b"source-of-the-police"


class Told:
    """Takes note of reports, and stops the work at one of them."""

    def __init__(self, stop_at: int = 0) -> None:
        self.texts: list[str] = []
        self.stop_at = stop_at

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.texts.append(text)
        if len(self.texts) == self.stop_at:
            raise Cancelled


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A closed project that was looked at in full eight days before."""
    folder = tmp_path / "project"
    folder.mkdir()
    with create(folder / "w.tipw", area="XVA") as ws:
        deliver(ws, cells([1, 2, 3]), tmp_path, dataset=NAME.decode())
    looked_at(folder / "w.tipw", TODAY - timedelta(days=8))
    return folder / "w.tipw"


def looked_at(path: Path, day: object) -> None:
    """Write the day of the last full look as another program would."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("update setting set value = ? where key = ?", (f'"{day}"', integrity.KEY))
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")


def day_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        query = "select value from setting where key = ?"
        return str(db.execute(query, (integrity.KEY,)).fetchone()[0]).strip('"')


def damage(path: Path) -> None:
    """Change one sign of one entry of an index: no quick look sees it."""
    with closing(sqlite3.connect(path)) as db:
        size = db.execute("pragma page_size").fetchone()[0]
        page = db.execute(
            "select rootpage from sqlite_schema where name = 'sqlite_autoindex_dataset_1'"
        ).fetchone()[0]
    whole = bytearray(path.read_bytes())
    place = whole.index(NAME, (page - 1) * size, page * size)
    whole[place] = ord("t")
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma quick_check").fetchall() == [("ok",)]


def test_a_damaged_file_is_found_once_a_week_and_nothing_is_written_to_it(project: Path) -> None:
    damage(project)
    before = project.read_bytes()

    with pytest.raises(StoreCorrupt, match="damaged") as caught:
        open_workspace(project, today=TODAY)

    assert "missing from index" in str(caught.value.data["finding"])
    assert project.read_bytes() == before
    assert [file.name for file in project.parent.iterdir()] == ["w.tipw"]


def test_within_the_week_the_quick_look_is_enough(project: Path) -> None:
    looked_at(project, TODAY - timedelta(days=6))
    damage(project)
    told = Told()

    with open_workspace(project, today=TODAY, progress=told):
        pass

    assert told.texts == []
    assert day_of(project) == str(TODAY - timedelta(days=6))


def test_a_sound_file_notes_the_day_and_nothing_else(project: Path) -> None:
    with open_workspace(project, read_only=True) as ws:
        before = history.content_digest(ws), ws.any_revision(), history.history(ws)
    told = Told()

    with open_workspace(project, today=TODAY, progress=told) as ws:
        after = history.content_digest(ws), ws.any_revision(), history.history(ws)
        assert ws.back_up_if_changed() is None
        assert history.next_undo(ws) is not None
        history.undo(ws)

    assert after == before
    assert told.texts
    assert set(told.texts) == {integrity.CHECKING}
    assert day_of(project) == str(TODAY)


@pytest.mark.parametrize(
    ("days", "is_due"), [(0, False), (6, False), (7, True), (-1, True), (400, True)]
)
def test_the_day_decides(project: Path, days: int, is_due: bool) -> None:
    looked_at(project, TODAY - timedelta(days=days))
    told = Told()

    open_workspace(project, today=TODAY, progress=told).close()

    assert bool(told.texts) == is_due


@pytest.mark.parametrize("text", ["", "yesterday", "5"])
def test_what_is_no_day_counts_as_never(project: Path, text: str) -> None:
    looked_at(project, text)

    open_workspace(project, today=TODAY).close()

    assert day_of(project) == str(TODAY)


def test_a_file_of_before_has_no_day_and_gets_one(project: Path) -> None:
    with closing(sqlite3.connect(project)) as db:
        db.execute("delete from setting where key = ?", (integrity.KEY,))
        db.commit()

    open_workspace(project, today=TODAY).close()

    assert day_of(project) == str(TODAY)


def test_a_new_file_has_its_day(tmp_path: Path) -> None:
    told = Told()
    create(tmp_path / "new.tipw", area="XVA").close()
    day = date.fromisoformat(day_of(tmp_path / "new.tipw"))

    open_workspace(tmp_path / "new.tipw", today=day, progress=told).close()

    assert told.texts == []


def test_an_unclean_end_is_looked_at_within_the_week(project: Path) -> None:
    looked_at(project, TODAY)
    damage(project)
    killed = project.with_name("killed.tipw")
    with closing(sqlite3.connect(project)) as db:  # a copy taken while the log is not yet empty
        db.execute("pragma wal_autocheckpoint = 0")
        db.execute("update setting set value = '\"other\"' where key = 'title'")
        db.commit()
        shutil.copy(project, killed)
        shutil.copy(f"{project}-wal", f"{killed}-wal")

    with pytest.raises(StoreCorrupt, match="damaged"):
        open_workspace(killed, today=TODAY)


def test_a_project_opened_for_reading_is_not_written_to(project: Path) -> None:
    before, told = project.read_bytes(), Told()

    open_workspace(project, read_only=True, today=TODAY, progress=told).close()

    assert told.texts == []
    assert project.read_bytes() == before


def test_the_look_can_be_stopped_and_then_nothing_is_noted(project: Path) -> None:
    before = project.read_bytes()

    with pytest.raises(Cancelled):
        open_workspace(project, today=TODAY, progress=Told(stop_at=1))

    assert project.read_bytes() == before
    assert [file.name for file in project.parent.iterdir()] == ["w.tipw"]


def test_the_look_is_stopped_in_its_middle(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "STEPS", 5)
    before, told = project.read_bytes(), Told(stop_at=3)

    with pytest.raises(Cancelled):
        open_workspace(project, today=TODAY, progress=told)

    assert len(told.texts) >= 3
    assert project.read_bytes() == before
