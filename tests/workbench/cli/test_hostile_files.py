"""Every hostile file meets its class on the command line: exit code, one message, no strays."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT, SHARED
from tests.workbench.cli.running import Ran, run
from workbench.services.workspace import create

FOLDER = (SHARED or Path("absent")) / "reference/hostile"
pytestmark = pytest.mark.skipif(SHARED is None, reason="no hostile files beside the repository")
OUTSIDE = ("far_cell.xlsx", "ratio.xlsx", "cp1252.csv", "other_program.tipw")
"""Files that are also tried in a process of their own."""


def manifest() -> list[dict[str, Any]]:
    if SHARED is None:
        return []
    content = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    files: list[dict[str, Any]] = content["files"]
    assert len(files) == content["count"]
    return files


FILES = manifest()
DATA = [file for file in FILES if file["kind"] in ("data", "bundle")]
OTHERS = [file for file in FILES if file["kind"] not in ("data", "bundle")]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "w.tipw"
    create(path, area="XVA").close()
    return path


@pytest.fixture
def place(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty project; a second one is the working folder and stays empty."""
    (tmp_path / "project").mkdir()
    (tmp_path / "here").mkdir()
    shutil.copy(empty, tmp_path / "project/w.tipw")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def strays(place: Path) -> list[str]:
    """Files that nobody asked for."""
    found = [path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()]
    return [name for name in found if not name.startswith("project/w.")]


def outcome(ran: Ran, name: str) -> str:
    """The class of what happened; a refusal is one message that names the file."""
    assert "Traceback" not in ran.err + ran.out
    assert "\ufffd" not in ran.err
    if ran.code == 0:
        return "warnings" if "warning:" in ran.err else "ok"
    assert ran.code == 1
    lines = [line for line in ran.err.splitlines() if not line.startswith("warning:")]
    lines = lines or ran.out.splitlines()[:1]  # a check of definitions lists what is wrong
    assert len(lines) == 1
    assert name in lines[0]
    return "error"


@pytest.mark.parametrize("file", DATA, ids=lambda file: file["path"])
def test_data_and_bundles(
    file: dict[str, Any], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, project = FOLDER / file["path"], place / "project/w.tipw"

    seen = run(capsys, "inspect", path)
    done = run(capsys, "import", path, "-w", project, "--accept")
    listed = run(capsys, "observations", "-w", project, "--json")

    assert outcome(done, path.name) in file["expect"].split("|")
    assert outcome(seen, path.name) in ("ok", "warnings", *file["expect"].split("|"))
    assert strays(place) == []
    if done.code:
        assert listed.data == []
        assert run(capsys, "vintages", "-w", project, "--json").data == []
    check = file.get("check")
    if check:
        assert len(listed.data) == check["rows"]
        assert sum(row["value"] for row in listed.data) == check["sum"]
    numbers = [row[key] for row in listed.data for key in ("value", "low", "high")]
    assert all(number is None or abs(number) < 1e15 for number in numbers)


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: file["path"])
def test_definitions_and_projects(
    file: dict[str, Any], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = FOLDER / file["path"]
    path = shutil.copy(original, place / "project" / f"w.{original.name}")
    words = ["pack", "check", path] if file["kind"] == "definition" else ["check", "-w", path]

    ran = run(capsys, *words)

    assert outcome(ran, original.name) in file["expect"].split("|")
    assert Path(path).read_bytes() == original.read_bytes()
    assert strays(place) == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_in_a_process_of_its_own(name: str, place: Path) -> None:
    file = next(entry for entry in FILES if entry["path"] == name)
    path, project = FOLDER / name, place / "project/w.tipw"
    words = ["import", path, "-w", project, "--accept"]
    if file["kind"] == "workspace":
        words = ["datasets", "-w", shutil.copy(path, place / f"project/w.{name}")]

    done = subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=place / "here",
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        timeout=file["limits"]["seconds"] * 6,
        check=False,
    )

    assert outcome(Ran(done.returncode, done.stdout, done.stderr), name) in (
        file["expect"].split("|")
    )
    assert strays(place) == []


def test_a_formula_is_neutral_in_an_export_and_comes_back(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, export = place / "project/w.tipw", place / "project/w.export.csv"
    run(capsys, "import", FOLDER / "formula_area.csv", "-w", project, "--accept")
    before = run(capsys, "observations", "-w", project, "--json").data

    export.write_text(run(capsys, "observations", "-w", project, "--csv").out, encoding="utf-8")
    with export.open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    answers = ("--answer", "two_value_columns=value", "--dataset", "again")
    again = run(capsys, "import", export, "-w", project, "--accept", *answers)
    assert again.code == 0, again.err
    after = run(capsys, "observations", "-w", project, "--json").data

    assert not [cell for cell in cells if re.match(r"[=+@\t\r]", cell)]
    assert {row["area"] for row in after} == {row["area"] for row in before}
    assert any(row["area"].startswith("=") for row in before)
