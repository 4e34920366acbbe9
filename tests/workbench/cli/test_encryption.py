"""Passphrases on the command line: from files, never as words; encrypt, rekey and decrypt."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbench.cli.running import Ran, run
from tests.workbench.store.drivers import HAS_DRIVER, needs_driver, quick_keys
from workbench.cli import passphrases
from workbench.cli.registry import COMMANDS
from workbench.settings import BACKUPS_VARIABLE

FIRST, SECOND = "correct horse battery", "another fine day here"
PLAIN = b"SQLite format 3"


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    if not HAS_DRIVER:
        yield
        return
    with quick_keys():
        yield


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two files with passphrases; the first as an editor of Windows writes it."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_bytes(b"\xef\xbb\xbf" + FIRST.encode() + b"\r\n")
    second.write_text(SECOND + "\nmore lines do not count\n", encoding="utf-8")
    return first, second


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A plain project with one file."""
    path, table = tmp_path / "w.tipw", tmp_path / "police.csv"
    table.write_text("variable,area,period,value\ninv_opened,XVA,2020,12\ninv_opened,XVA,2021,7\n")
    assert run(capsys, "new", path, "--area", "XVA").code == 0
    assert run(capsys, "import", table, "-w", path, "--accept").code == 0
    return path


def fine(ran: Ran) -> Ran:
    assert ran.code == 0, ran.err
    assert FIRST not in ran.out + ran.err
    assert SECOND not in ran.out + ran.err
    return ran


def test_no_command_takes_a_passphrase_as_a_word() -> None:
    flags = {flag for command in COMMANDS for entry in command.arguments for flag in entry.flags}

    assert {flag for flag in flags if "pass" in flag} == {"--new-passphrase-file"}


@needs_driver
def test_the_whole_way_from_plain_to_plain(
    project: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = files

    done = fine(run(capsys, "encrypt", "-w", project, "--passphrase-file", first))
    assert "every row was compared" in done.out
    assert "cannot be replaced" in done.out
    assert "may still hold the data unencrypted" in done.err
    assert not project.read_bytes().startswith(PLAIN)

    words = ("--passphrase-file", first, "--new-passphrase-file", second)
    done = fine(run(capsys, "rekey", "-w", project, *words, "--json"))
    assert done.data == {
        "path": str(project), "encrypted": True, "backups": [], "backups_left": [],
    }  # fmt: skip
    assert "former passphrase" in done.err
    assert run(capsys, "datasets", "-w", project, "--passphrase-file", first).code == 1
    shown = fine(run(capsys, "observations", "-w", project, "--passphrase-file", second, "--json"))
    assert [row["value"] for row in shown.data] == [12, 7]

    refused = run(capsys, "decrypt", "-w", project, "--passphrase-file", second)
    assert refused.code == 1
    assert "--yes" in refused.err
    assert not project.read_bytes().startswith(PLAIN)
    done = fine(run(capsys, "decrypt", "-w", project, "--passphrase-file", second, "--yes"))
    assert project.read_bytes().startswith(PLAIN)
    assert fine(run(capsys, "check", "-w", project, "--json")).data["integrity"] is True


@needs_driver
def test_daily_work_in_an_encrypted_project(
    tmp_path: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, copy, table = tmp_path / "e.tipw", tmp_path / "copy.tipw", tmp_path / "police.csv"
    rows = "".join(f"inv_opened,XVA,{year},{10 + year % 7}\n" for year in range(2012, 2024))
    table.write_text("variable,area,period,value\n" + rows)
    words = ("-w", path, "--passphrase-file", files[0])

    fine(run(capsys, "new", path, "--area", "XVA", "--passphrase-file", files[0]))
    fine(run(capsys, "import", table, *words, "--accept"))
    fine(run(capsys, "backup", *words, "-o", copy))
    fine(run(capsys, "trend", "inv_opened", *words, "--area", "XVA"))
    assert fine(run(capsys, "check", *words, "--json")).data["observations"] == 12
    fine(run(capsys, "undo", *words))
    assert len(fine(run(capsys, "history", *words, "--json")).data) == 3
    assert fine(run(capsys, "check", *words, "--json")).data["observations"] == 0
    restored = fine(run(capsys, "restore", copy, *words))
    assert restored.err == ""
    assert fine(run(capsys, "check", *words, "--json")).data["observations"] == 12
    for file in tmp_path.glob("*.tipw"):
        assert not file.read_bytes().startswith(PLAIN)


@needs_driver
def test_the_numbers_are_the_same_to_the_last_digit(
    sample_project: Path,
    tmp_path: Path,
    files: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "e.tipw"
    shutil.copy(sample_project, path)
    words = ("-w", path, "--passphrase-file", files[0])
    plain = fine(run(capsys, "compute", "--all", "-w", path, "--area", "XVA", "--json"))

    fine(run(capsys, "encrypt", *words))

    assert len(plain.data) > 100
    assert (
        fine(run(capsys, "compute", "--all", *words, "--area", "XVA", "--json")).out == plain.out
    )


@needs_driver
def test_a_plain_copy_put_back_in_place_of_an_encrypted_project_is_told(
    project: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.tipw"
    fine(run(capsys, "backup", "-w", project, "-o", copy))
    fine(run(capsys, "encrypt", "-w", project, "--passphrase-file", files[0]))

    done = fine(run(capsys, "restore", copy, "-w", project))

    assert "is not encrypted" in done.err


@needs_driver
def test_automatic_backups_are_told_or_rewritten(
    project: Path,
    files: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(BACKUPS_VARIABLE, str(tmp_path / "kept"))
    fine(run(capsys, "undo", "-w", project))
    (backup,) = (tmp_path / "kept").rglob("*.tipw")
    first, second = files

    told = fine(run(capsys, "encrypt", "-w", project, "--passphrase-file", first))
    assert "1 automatic backup stays as it was" in told.err
    assert backup.read_bytes().startswith(PLAIN)
    fine(run(capsys, "decrypt", "-w", project, "--passphrase-file", first, "--yes"))

    words = ("--passphrase-file", first, "--with-backups")
    done = fine(run(capsys, "encrypt", "-w", project, *words, "--json"))
    assert done.data["backups"] == [str(backup)]
    assert "stays" not in done.err
    assert not backup.read_bytes().startswith(PLAIN)
    fine(run(capsys, "restore", "-w", project, "--passphrase-file", first))

    strange = backup.with_name(backup.name.replace("000001", "000002"))
    strange.write_bytes(b"of another passphrase" * 500)
    words = ("--passphrase-file", first, "--new-passphrase-file", second, "--with-backups")
    done = fine(run(capsys, "rekey", "-w", project, *words, "--json"))
    assert done.data["backups"] == [str(backup)]
    assert done.data["backups_left"] == [str(strange)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("short words", "12 characters or more"),
        ("", "cannot be read"),
        ("\nsecond line", "is empty"),
        (" begins with a blank", "begins or ends"),
        ("a sign \u200b nobody sees", "nobody sees"),
    ],
)
@pytest.mark.parametrize("command", ["new", "encrypt"])
def test_weak_words_make_nothing(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    text: str,
    told: str,
    command: str,
) -> None:
    words = tmp_path / "weak.txt"
    words.write_text(text, encoding="utf-8")
    before = project.read_bytes()
    target = ("new", tmp_path / "n.tipw", "--area", "XVA")
    asked = target if command == "new" else ("encrypt", "-w", project)

    ran = run(capsys, *asked, "--passphrase-file", words)

    assert ran.code == 1
    assert told in ran.err
    assert project.read_bytes() == before
    assert not (tmp_path / "n.tipw").exists()


@needs_driver
def test_states_that_do_not_fit_are_told(
    project: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("-w", project, "--passphrase-file", files[0])
    assert "is not encrypted" in run(capsys, "decrypt", *words, "--yes").err
    fine(run(capsys, "encrypt", *words))

    assert "encrypted already" in run(capsys, "encrypt", *words).err
    missing = run(capsys, "rekey", *words)
    assert missing.code == 1
    assert "--new-passphrase-file" in missing.err
    error = json.loads(run(capsys, "datasets", "-w", project, "--json").err)
    assert "passphrase is wrong or missing" in error["detail"]


def test_without_the_driver_the_way_to_it_is_told_and_plain_projects_work(
    project: Path,
    files: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3", None)

    refused = run(capsys, "encrypt", "-w", project, "--passphrase-file", files[0])

    assert refused.code == 1
    assert "tip-workbench[encrypted]" in refused.err
    assert run(capsys, "check", "-w", project).code == 0
    assert "encrypted" not in run(capsys, "--version").out


@needs_driver
def test_at_a_terminal_the_words_are_typed(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = [FIRST, SECOND, FIRST, FIRST, FIRST]

    def answer(question: str) -> str:
        asked.append(question)
        return answers[len(asked) - 1]

    monkeypatch.setattr(passphrases, "is_terminal", lambda: True)
    monkeypatch.setattr("getpass.getpass", answer)

    assert "differ" in run(capsys, "encrypt", "-w", project).err
    fine(run(capsys, "encrypt", "-w", project))
    fine(run(capsys, "datasets", "-w", project))
    assert asked[:2] == ["New passphrase: ", "The same again: "]
    assert asked[4] == "Passphrase of w.tipw: "
