"""The open project: settings, threads, closing."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.workbench.deliveries import cells, deliver
from workbench.errors import StoreError, UserFileError
from workbench.services import history, observations
from workbench.services.workspace import (
    Workspace,
    change_settings,
    create,
    open_workspace,
    passphrase,
    versions,
)


def test_settings_travel_in_the_file(tmp_path: Path) -> None:
    with create(tmp_path / "w.tipw", area="XVA", title="Val", country_format="es_MX") as ws:
        assert ws.settings.title == "Val"
        change_settings(ws, threshold=10, title="Valdoria")

    with open_workspace(tmp_path / "w.tipw") as ws:
        found = ws.settings
        assert (found.title, found.area, found.country_format) == ("Valdoria", "XVA", "es_MX")
        assert found.threshold == 10
        history.undo(ws)
        assert (ws.settings.title, ws.settings.threshold) == ("Val", 5)


def test_the_title_is_the_file_name_by_default(ws: Workspace) -> None:
    assert ws.settings.title == "w"


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    ws = create(folder / "w.tipw", area="XVA")
    deliver(ws, cells([1, 2]), tmp_path)
    thread = threading.Thread(target=lambda: observations.observations(ws))
    thread.start()
    thread.join()

    ws.close()
    ws.close()

    assert [file.name for file in folder.iterdir()] == ["w.tipw"]
    with pytest.raises(StoreError, match="closed"):
        _ = ws.db


def test_every_thread_has_its_own_connection(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    barrier = threading.Barrier(4)
    seen: list[tuple[int, int]] = []

    def work() -> None:
        db = ws.db
        barrier.wait(10)
        seen.append((id(db), len(observations.observations(ws))))
        barrier.wait(10)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({number for number, _ in seen}) == 4
    assert {count for _, count in seen} == {2}


def test_threads_that_come_and_go_do_not_pile_up_connections(ws: Workspace) -> None:
    for _ in range(50):
        thread = threading.Thread(target=ws.any_revision)
        thread.start()
        thread.join()

    assert len(ws._connections) < 10


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    with create(path, area="XVA") as ws:
        deliver(ws, cells([1]), tmp_path)
    before = path.read_bytes()

    with open_workspace(path, read_only=True) as ws:
        assert len(observations.observations(ws)) == 1
        with pytest.raises(StoreError, match="reading only"):
            change_settings(ws, title="x")
        with pytest.raises(StoreError, match="reading only"):
            history.undo(ws)

    assert path.read_bytes() == before


def test_a_reader_sees_what_a_writer_in_the_same_time_commits(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    with create(path, area="XVA") as ws, open_workspace(path, read_only=True) as reader:
        assert observations.observations(reader) == ()
        deliver(ws, cells([1]), tmp_path)
        assert len(observations.observations(reader)) == 1


@pytest.mark.skipif(os.name == "nt", reason="rights are different there")
def test_a_project_on_a_read_only_medium_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "disc"
    folder.mkdir()
    with create(folder / "w.tipw", area="XVA") as ws:
        deliver(ws, cells([1]), tmp_path)
    (folder / "w.tipw").chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with open_workspace(folder / "w.tipw", read_only=True) as ws:
            assert len(observations.observations(ws)) == 1
        assert [file.name for file in folder.iterdir()] == ["w.tipw"]
    finally:
        folder.chmod(0o700)


def test_a_log_left_behind_is_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma wal_autocheckpoint = 0")
        db.execute("insert into setting values ('left', '1')")
        copies = {end: Path(f"{path}{end}").read_bytes() for end in ("", "-wal")}
    for end, data in copies.items():
        Path(f"{path}{end}").write_bytes(data)

    with open_workspace(path) as ws:
        assert ws.db.execute("select value from setting where key = 'left'").fetchone() == ("1",)

    assert [file.name for file in tmp_path.iterdir()] == ["w.tipw"]


def test_the_passphrase_is_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("correct horse\nnot this\n")
    (tmp_path / "none").write_text("")

    assert passphrase(tmp_path / "words") == "correct horse"
    with pytest.raises(UserFileError, match="cannot be read"):
        passphrase(tmp_path / "none")


def test_versions_name_the_parts() -> None:
    assert versions()["SQLite"] == sqlite3.sqlite_version
