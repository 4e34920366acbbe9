"""Copies are whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.deliveries import cells, deliver
from workbench.errors import StoreCorrupt
from workbench.services.history import content_digest
from workbench.services.workspace import Workspace, open_workspace
from workbench.store import backup


def test_a_copy_has_the_same_content(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    target = tmp_path / "copies" / "w.backup.tipw"

    backup.back_up(ws.db, ws.path, target, passphrase=ws.passphrase)

    with open_workspace(target, read_only=True, passphrase=ws.passphrase) as copy:
        assert content_digest(copy) == content_digest(ws)
    assert [file.name for file in target.parent.iterdir()] == ["w.backup.tipw"]


def test_a_copy_that_is_not_sound_does_not_appear(ws: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "w.backup.tipw"
    target.write_text("the last good one")
    ws.db.execute("pragma application_id = 7")

    with pytest.raises(StoreCorrupt):
        backup.back_up(ws.db, ws.path, target, passphrase=ws.passphrase)

    assert target.read_text() == "the last good one"
    assert not list(tmp_path.glob("*.new*"))
