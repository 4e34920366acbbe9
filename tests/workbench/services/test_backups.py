"""Copies of the project and putting one back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.deliveries import cells, deliver
from workbench.errors import StoreError, StoreLocked
from workbench.services.backups import backup, restore
from workbench.services.history import content_digest
from workbench.services.workspace import Workspace, open_workspace


def test_a_copy_is_put_back_and_the_former_project_is_kept(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    first = content_digest(ws)
    copy = backup(ws)
    deliver(ws, cells([2]), tmp_path)
    second = content_digest(ws)
    ws.close()

    kept = restore(ws.path, copy)

    with open_workspace(ws.path) as now, open_workspace(kept) as former:
        assert content_digest(now) == first
        assert content_digest(former) == second
    assert kept != copy
    assert not list(tmp_path.glob("*.lock"))
    assert not list(tmp_path.glob(".*"))


def test_a_damaged_project_is_replaced(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    digest = content_digest(ws)
    copy = backup(ws, tmp_path / "copy.tipw")
    ws.close()
    ws.path.write_bytes(b"ruined")

    kept = restore(ws.path, copy)

    assert kept.read_bytes() == b"ruined"
    with open_workspace(ws.path) as now:
        assert content_digest(now) == digest


def test_an_unsound_copy_changes_nothing(ws: Workspace, tmp_path: Path) -> None:
    ws.close()
    before = ws.path.read_bytes()
    (tmp_path / "copy.tipw").write_text("no project")

    with pytest.raises(StoreError, match="cannot be opened"):
        restore(ws.path, tmp_path / "copy.tipw")

    assert ws.path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.tipw", "w.tipw"]


def test_an_open_project_is_not_replaced(ws: Workspace, tmp_path: Path) -> None:
    copy = backup(ws)

    with pytest.raises(StoreLocked):
        restore(ws.path, copy)

    assert sorted(tmp_path.glob(".*")) == []


def test_a_taken_name_is_kept(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "copy.tipw").write_text("mine")

    with pytest.raises(StoreError, match="exists already"):
        backup(ws, tmp_path / "copy.tipw")

    assert (tmp_path / "copy.tipw").read_text() == "mine"
