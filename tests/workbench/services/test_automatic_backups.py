"""A changed project is copied when it is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from tests.workbench.deliveries import cells, deliver
from workbench.services import backups
from workbench.services.history import content_digest
from workbench.services.workspace import create, open_workspace
from workbench.settings import (
    BACKUPS_VARIABLE,
    ProgramSettings,
    backups_folder,
    save_program_settings,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Backups switched on, in a folder of the test."""
    monkeypatch.setenv(BACKUPS_VARIABLE, str(tmp_path / "backups"))
    return tmp_path


def test_only_a_changed_project_is_copied(folder: Path) -> None:
    path = folder / "w.tipw"
    create(path, area="XVA").close()
    assert backups.backups_of(path) == ()
    with open_workspace(path) as ws:
        deliver(ws, cells([1]), folder)
        digest = content_digest(ws)
    open_workspace(path).close()
    open_workspace(path, read_only=True).close()

    (entry,) = backups.backups_of(path)

    with open_workspace(entry.path, read_only=True) as copy:
        assert content_digest(copy) == digest
    assert not list(entry.path.parent.glob("*.new*"))


def test_an_invented_country_that_was_just_made_is_not_copied(folder: Path) -> None:
    with create(folder / "w.tipw", area="XVA", fictitious=True) as ws:
        deliver(ws, cells([1]), folder)

    assert backups.backups_of(folder / "w.tipw") == ()


def test_old_copies_go_and_what_a_killed_program_left(folder: Path) -> None:
    path = folder / "w.tipw"
    create(path, area="XVA").close()
    for number in range(12):
        with open_workspace(path) as ws:
            deliver(ws, cells([number]), folder, name=f"{number}.csv")
            place = backups.folder_of(path)
            assert place is not None
            place.mkdir(parents=True, exist_ok=True)
            (place / f"000099_x.tipw.{number}.new-journal").write_text("left")

    listed = backups.backups_of(path)

    assert [entry.number for entry in listed] == [*range(12, 2, -1)]
    assert len(list(listed[0].path.parent.iterdir())) == 10


def test_the_same_name_elsewhere_has_copies_of_its_own(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "b").mkdir()

    assert backups.folder_of(folder / "a" / "w.tipw") != backups.folder_of(folder / "b" / "w.tipw")


def test_a_failed_backup_is_shown_and_the_project_is_saved(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "backups").write_text("a file where the folder should be")
    path = folder / "w.tipw"
    with create(path, area="XVA") as ws:
        deliver(ws, cells([1]), folder)

    assert [str(problem)[:44] for problem in ws.problems] == [
        "The project is saved, but its backup failed."
    ]
    done = run(capsys, "undo", "-w", path)
    assert done.code == 0
    assert done.err.startswith("warning: The project is saved, but its backup failed.")
    with open_workspace(path) as again:
        assert content_digest(again)


def test_the_newest_copy_is_put_back_and_copies_are_forgotten(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "w.tipw"
    with create(path, area="XVA") as ws:
        deliver(ws, cells([1]), folder)
        digest = content_digest(ws)
    path.write_bytes(b"ruined")

    done = run(capsys, "--json", "restore", "-w", path)

    assert done.code == 0
    assert Path(done.data["former"]).read_bytes() == b"ruined"
    with open_workspace(path) as again:
        assert content_digest(again) == digest
    assert len(run(capsys, "--json", "backup", "-w", path, "--list").data) == 1
    assert run(capsys, "--json", "backup", "-w", path, "--forget").data == {"deleted": 1}
    assert backups.backups_of(path) == ()
    assert run(capsys, "restore", "-w", path).code == 1


def test_a_copy_by_hand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "w.tipw"
    create(path, area="XVA").close()

    assert run(capsys, "backup", "-w", path, "-o", folder / "copy.tipw").code == 0

    open_workspace(folder / "copy.tipw").close()


def test_backups_can_be_switched_off_or_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench import settings

    file = tmp_path / "settings.json"
    monkeypatch.delenv(BACKUPS_VARIABLE)
    monkeypatch.setattr(settings, "settings_file", lambda: file)
    assert backups_folder() is not None
    save_program_settings(ProgramSettings(backup_folder=str(tmp_path / "disk")), file)
    assert backups_folder() == tmp_path / "disk"
    save_program_settings(ProgramSettings(backups=False), file)
    assert backups_folder() is None
    monkeypatch.setenv(BACKUPS_VARIABLE, "off")
    assert backups_folder() is None
