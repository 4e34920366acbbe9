"""Exit codes, errors in four languages, and the list of commands."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from workbench.cli.registry import COMMANDS

PROMISED = {
    "demo", "new", "inspect", "import", "datasets", "vintages", "observations", "source",
    "correct", "purge", "indicators", "compute", "explain", "trend", "impact", "events", "breaks",
    "chart", "check", "history", "undo", "redo", "verify",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "w.tipw"
    assert run(capsys, "new", path, "--area", "XVA").code == 0
    return path


def test_every_promised_command_exists() -> None:
    assert set(COMMANDS.names) >= PROMISED


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("command", COMMANDS.names)
def test_help_of_each_command_in_each_language(
    capsys: pytest.CaptureFixture[str], command: str, language: str
) -> None:
    shown = run(capsys, command, "--help", "--language", language)

    assert shown.code == 0
    assert "usage" in shown.out.lower() or "uso" in shown.out.lower()


def test_wrong_words_end_with_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "import").code == 2
    assert run(capsys, "no-such-command").code == 2
    assert run(capsys).code == 2


def _bad_inputs(folder: Path) -> dict[str, Path]:
    directory = folder / "a directory"
    directory.mkdir()
    empty = folder / "empty.csv"
    empty.write_bytes(b"")
    return {"missing": folder / "missing.csv", "directory": directory, "empty": empty}


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("kind", ["missing", "directory", "empty"])
def test_bad_file_gives_one_message_and_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, language: str
) -> None:
    path = _bad_inputs(tmp_path)[kind]
    before = project.read_bytes()

    ran = run(capsys, "import", path, "-w", project, "--accept", "--language", language)

    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert path.name in ran.err
    assert project.read_bytes() == before


def test_the_message_is_in_the_language_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("import", tmp_path / "missing.csv", "-w", project, "--accept", "--language")
    texts = {run(capsys, *words, language).err for language in ("en", "es", "pt", "fr")}

    assert len(texts) == 4


def test_text_in_a_value_column_is_set_aside_with_its_cell(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "police.csv"
    path.write_text(
        "variable,area,period,value\ninv_opened,XVA,2020,12\ninv_opened,XVA,2021,many\n"
    )

    ran = run(capsys, "import", path, "-w", project, "--accept", "--json")

    assert ran.code in (0, 1)
    if ran.code == 0:
        assert [(e["row"], e["column"], e["value"]) for e in ran.data["set_aside"]] == [
            (3, 4, "many")
        ]


def test_unknown_project_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ran = run(capsys, "datasets", "-w", tmp_path / "none.tipw", "--json")

    assert ran.code == 1
    assert set(json.loads(ran.err)) == {"title", "detail", "hint"}
    assert not (tmp_path / "none.tipw").exists()


def test_newer_layout_is_refused_and_the_file_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = sqlite3.connect(project)
    db.execute("pragma user_version = 99")
    db.close()
    before = project.read_bytes()

    ran = run(capsys, "datasets", "-w", project)

    assert ran.code == 1
    assert "99" in ran.err
    assert project.read_bytes() == before


def test_purge_asks_for_a_word_of_confirmation(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "purge", "1", "-w", project).code == 1


def test_a_passphrase_never_makes_a_plain_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("twelve letters or more", encoding="utf-8")
    file = tmp_path / "w.tipw"
    done = run(capsys, "new", file, "--area", "XVA", "--passphrase-file", words)

    if importlib.util.find_spec("sqlcipher3") is None:
        assert done.code == 1
        assert "cannot open encrypted projects" in done.err
        assert not file.exists()
    else:
        assert done.code == 0
        assert not file.read_bytes().startswith(b"SQLite format 3")
