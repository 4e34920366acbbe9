"""Versions compared, and revisions measured, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from tests.workbench.deliveries import cells, deliver
from workbench.services.workspace import create
from workbench.store.migrations import create_file
from workbench.store.schema import STEPS


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two versions of one source."""
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        deliver(ws, cells([100, 200, 300], area="XVA"), tmp_path)
        deliver(ws, cells([107, 200], area="XVA"), tmp_path, name="b.csv")
    return tmp_path / "w.tipw"


def test_two_versions_are_compared(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = run(capsys, "--json", "compare-vintages", 1, 2, "-w", project).data
    words = run(capsys, "compare-vintages", 1, 2, "-w", project).out

    counts = [data[name] for name in ("total", "unchanged", "changed", "new", "gone")]
    assert counts == [3, 1, 1, 0, 1]
    changed = next(cell for cell in data["cells"] if cell["kind"] == "changed")
    assert (changed["before"]["value"], changed["after"]["value"]) == (100, 107)
    assert changed["percent"] == pytest.approx(7)
    assert (changed["cause"], data["causes"]["file"]) == ("file", 2)
    assert words.startswith("3 values = 1 unchanged + 1 changed + 0 new + 1 gone\n")
    assert "they moved by 3.5 % on average" in words
    assert run(capsys, "compare-vintages", 1, 9, "-w", project).code == 1


def test_revisions_are_shown_and_entered(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("-w", project, "--dataset", "police", "--variable", "vic_detected")

    data = run(capsys, "--json", "revisions", *words).data

    assert data["values"] == [[100, 107], [200, 200], [300, None]]
    assert [(lag["lag"], lag["count"]) for lag in data["lags"]] == [(1, 2)]
    assert run(capsys, "revisions", *words, "--publish").code == 0
    rows = run(capsys, "--json", "observations", "-w", project, "--variable", "rev_latest").data
    assert [row["value"] for row in rows] == [107, 200]


def test_commands_that_read_bring_an_older_file_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create_file(tmp_path / "old.tipw", steps=STEPS[:1])

    done = run(capsys, "--json", "vintages", "-w", tmp_path / "old.tipw")

    assert (done.code, done.data) == (0, [])
    assert (tmp_path / "old.layout-1.backup.tipw").exists()


def test_a_newer_file_tells_what_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "w.tipw"
    create(project, area="XVA").close()
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(
        "variable,area,period,value\ninv_opened,XVA,2020,10\ninv_opened,XVA,2021,12\n"
    )
    second.write_text(
        "variable,area,period,value\ninv_opened,XVA,2021,13\ninv_opened,XVA,2022,9\n"
    )
    words = ("-w", project, "--accept", "--dataset", "police")

    once = run(capsys, "--json", "import", first, *words).data
    again = run(capsys, "--json", "import", second, *words).data
    shown = run(capsys, "import", second, *words).out

    assert once["compared"] is None
    assert again["compared"] == {
        "a": 1, "b": 2, "total": 3, "unchanged": 0, "changed": 1, "new": 1, "gone": 1,
    }  # fmt: skip
    assert "Against version 2: 2 values = 2 unchanged" in shown
    assert "imported before" in shown


def test_the_source_of_a_corrected_value_names_who_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "w.tipw"
    with create(project, area="XVA") as ws:
        deliver(ws, cells([100], area="XVA", first=2020), tmp_path)
    place = ("--variable", "vic_detected", "--area", "XVA", "--period", "2020", "-w", project)
    reason = ("--value", "7", "--reason", "A typing error.", "--author", "Ana")
    assert run(capsys, "correct", *place, *reason).code == 0

    data = run(capsys, "--json", "source", *place).data
    shown = run(capsys, "source", *place).out

    assert (data["mode"], data["reason"], data["made_by"]) == (
        "correction",
        "A typing error.",
        "Ana",
    )
    assert "by Ana: A typing error." in shown
