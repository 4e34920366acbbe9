"""Settings of the project and of this machine."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.settings import (
    SETTINGS,
    ProgramSettings,
    WorkspaceSettings,
    load_program_settings,
    save_program_settings,
)


def test_every_field_is_listed_once() -> None:
    listed = {
        scope: {entry.id for entry in SETTINGS if entry.scope == scope}
        for scope in ("project", "program")
    }

    assert listed["project"] == {field.name for field in fields(WorkspaceSettings)}
    assert listed["program"] == {field.name for field in fields(ProgramSettings)}


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "below" / "settings.json"
    wanted = ProgramSettings(backups=False, backup_folder="/media/disk")

    save_program_settings(wanted, path)

    assert load_program_settings(path) == wanted
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"backups": 3, "backup_folder": null, "unknown": "x"}', "\x00"],
)
def test_what_does_not_fit_keeps_its_default(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)

    assert load_program_settings(path) == ProgramSettings()


def test_a_file_of_before_is_read_and_loses_what_nothing_uses(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "es", "recent": ["a.tipw"], "backups": false}')

    found = load_program_settings(path)
    save_program_settings(found, path)

    assert found == ProgramSettings(backups=False)
    assert set(json.loads(path.read_text())) == {"backups", "backup_folder"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UserFileError, match="could not be saved"):
        save_program_settings(ProgramSettings(), tmp_path / "file" / "settings.json")
