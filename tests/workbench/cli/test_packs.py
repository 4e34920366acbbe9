"""The command on packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample_data import valdoria
from tests.indicators.test_catalog import GOOD, VARIABLE
from tests.places import SHARED
from tests.workbench.cli.running import run
from workbench.services.workspace import create

HOSTILE = ("definition_names", "definition_power", "definition_method", "definition_depth")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A closed project."""
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    return path


def test_a_good_pack_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "pack", "check", valdoria.national_pack())

    assert ran.code == 0
    assert "9 inputs" in ran.out


def test_every_problem_is_printed_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(VARIABLE.replace("POL", "XXX") + GOOD.replace("n_", "x_"), encoding="utf-8")
    path.write_text(path.read_text().replace('"SHARE"', '"SHAER"'), encoding="utf-8")

    ran = run(capsys, "pack", "check", path)
    as_data = run(capsys, "pack", "check", path, "--json")

    assert ran.code == as_data.code == 1
    assert "office.toml:6:1:" in ran.out
    assert "office.toml:14:1:" in ran.out
    assert "Did you mean “SHARE”?" in ran.out
    assert [each["line"] for each in as_data.data["problems"]] == [6, 14]
    assert as_data.data["problems"][0]["file"] == "office.toml"


def test_a_text_that_is_no_definition_file_is_one_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text("code = ", encoding="utf-8")

    ran = run(capsys, "pack", "check", path)

    assert ran.code == 1
    assert "office.toml" in ran.err
    assert "line 1" in ran.err


@pytest.mark.skipif(SHARED is None, reason="needs the reference material")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_formulas_are_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert SHARED is not None
    ran = run(capsys, "pack", "check", SHARED / "reference/hostile" / f"{name}.toml")

    assert ran.code == 1
    assert f"{name}.toml:13:" in ran.out


@pytest.mark.skipif(SHARED is None, reason="needs the reference material")
def test_the_control_of_the_hostile_ones_loads(capsys: pytest.CaptureFixture[str]) -> None:
    assert SHARED is not None
    ran = run(capsys, "pack", "check", SHARED / "reference/hostile/definition_zero.toml", "--json")

    assert ran.code == 0
    assert ran.data["indicators"] == ["N-H01"]
    assert ran.data["problems"] == []


def test_install_list_and_remove(
    capsys: pytest.CaptureFixture[str], project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(VARIABLE + GOOD.replace('"SHARE"', '"SHAER"'), encoding="utf-8")

    installed = run(capsys, "pack", "install", path, "-w", project)
    assert installed.code == 0
    assert installed.err.startswith("warning: office.toml:14:1:")

    (entry,) = run(capsys, "pack", "list", "-w", project, "--json").data
    assert (entry["name"], entry["variables"]) == ("office", ["n_raids"])
    assert len(entry["sha256"]) == 64
    assert "office" in run(capsys, "pack", "list", "-w", project).out

    assert run(capsys, "pack", "remove", "office", "-w", project).code == 0
    assert run(capsys, "pack", "list", "-w", project, "--json").data == []


def test_what_is_missing_is_asked_for(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert "-w" in run(capsys, "pack", "list").err
    assert "file" in run(capsys, "pack", "install", "-w", project).err
