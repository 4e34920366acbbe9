"""Looking at a file and importing it: answers, places, room on the disk, boundaries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workbench.cli.running import run

FISCAL = "area,year,value\nNorte,2014/15,1\nNorte,2015/16,<5\nNorte,2016/17,12\n"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "w.tipw"
    assert run(capsys, "new", path, "--area", "XVA").code == 0
    return path


def test_inspect_names_places_and_how_to_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(FISCAL)

    ran = run(capsys, "inspect", path)

    assert "3 periods are parts of two years, such as “2014/15”. [B2, B3, B4]" in ran.out
    assert "(--answer “year_across=1 | 2 | 3" in ran.out
    assert "warning: 1 value is given as a range, “<5”; it stays a range. [C3]" in ran.err


def test_a_question_is_answered_on_the_command_line(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(FISCAL)
    words = ("import", path, "-w", project, "--accept")

    refused = run(capsys, *words, "--json")
    done = run(capsys, *words, "--answer", "year_across:year=4")
    seen = run(capsys, "inspect", path, "--answer", "year_across=4", "--json")

    assert refused.code == 1
    assert "--answer" in json.loads(refused.err)["hint"]
    assert done.code == 0
    assert seen.data["questions"] == []
    rows = run(capsys, "observations", "-w", project, "--json").data
    assert [row["period"] for row in rows] == ["FY2014-04", "FY2015-04", "FY2016-04"]


def test_an_answer_without_its_question_is_refused(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(FISCAL)

    ran = run(capsys, "import", path, "-w", project, "--accept", "--answer", "4")

    assert ran.code == 1
    assert "“4” is no answer" in ran.err


def test_too_little_room_is_told_before_anything_is_read(
    tmp_path: Path,
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("area,year,value\nNorte,2015,1\n")
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("workbench.store.filesystem.shutil.disk_usage", lambda folder: usage)
    monkeypatch.setattr("workbench.services.imports.prepare", None)  # reading it would be a fault

    ran = run(capsys, "import", path, "-w", project, "--accept")

    assert ran.code == 1
    assert str(tmp_path) in ran.err
    assert "1 MB free; 67 MB are needed" in ran.err
    monkeypatch.undo()
    assert run(capsys, "vintages", "-w", project, "--json").data == []


def test_a_boundary_file_with_a_recipe_is_told_what_it_is(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "regions.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')

    by_preset = run(capsys, "import", path, "-w", project, "--preset", "open_sdg")
    empty = run(capsys, "import", path, "-w", project, "--accept")

    assert (by_preset.code, empty.code) == (1, 1)
    assert "regions.geojson" in by_preset.err
    assert "boundaries of areas" in by_preset.err
    assert "regions.geojson" in empty.err
