"""The planted errors of the sample country are found and answered; the rest raises no alarm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workbench.cli.running import run


@pytest.fixture
def project(sample_project: Path, tmp_path: Path) -> Path:
    """A copy of the sample project that may be written."""
    return Path(shutil.copy(sample_project, tmp_path / "w.tipw"))


def test_the_sample_country_warns_of_its_planted_errors_only(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(capsys, "--json", "checks", "list", "-w", project).data

    assert [entry for entry in found if entry["level"] == "stop"] == []
    warned = {
        (entry["rule"], entry["data"]["area"], entry["data"]["period"])
        for entry in found
        if entry["level"] == "warn"
    }
    assert warned == {
        ("part_above_total", "XV-08", "2012"),
        ("jump", "XV-08", "2012"),
        ("convicted_above_prosecuted", "XV-05", "2009"),
        ("parts_above_total", "XV-05", "2009"),
    }


def test_findings_are_accepted_and_reopened(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(capsys, "--json", "checks", "list", "-w", project).data
    name = found[0]["id"]

    done = run(
        capsys, "checks", "accept", "-w", project, "--id", name, "--reason", "asked the court"
    )

    assert (done.code, done.out) == (0, "Accepted 1 finding: asked the court\n")
    now = run(capsys, "--json", "checks", "list", "-w", project).data
    assert [entry["answer"] for entry in now].count("accepted") == 1
    assert len(run(capsys, "check", "-w", project).err.splitlines()) == 3
    assert run(capsys, "checks", "reopen", "-w", project, "--id", name).code == 0
    assert run(capsys, "checks", "accept", "-w", project, "--id", "x", "--reason", "y").code == 1
