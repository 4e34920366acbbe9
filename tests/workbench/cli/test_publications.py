"""Publications from the command line: entered by protect, listed, shown, withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from tests.workbench.services.test_publications import BY_AGE, BY_SEX, files

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, capsys: Capture) -> Path:
    path = tmp_path / "w.tipw"
    assert run(capsys, "new", path, "--area", "XVA").code == 0
    return path


def words(paths: tuple[Path, Path, Path], *more: object) -> tuple[object, ...]:
    table, structure, out = paths
    return ("protect", table, "--structure", structure, "-o", out, *more)


def test_published_table_is_listed_shown_and_met_by_the_next(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    first = files(tmp_path, "a", BY_SEX)
    assert run(capsys, "publications", "list", "-w", project).out == "Nothing was published yet.\n"

    ran = run(capsys, *words(first, "-w", project, "--publish", "Report", "--by", "Office"))

    assert ran.code == 0, ran.err
    assert "entered in the log of publications as “Report”" in ran.out
    (entry,) = run(capsys, "publications", "list", "-w", project, "--json").data
    assert (entry["id"], entry["name"], entry["by"], entry["hidden"]) == (
        "1",
        "Report",
        "Office",
        4,
    )
    assert not entry["withdrawn"]
    shown = run(capsys, "publications", "show", "--id", "Report", "-w", project, "--json").data
    assert [cell["shown"] for cell in shown if cell["breakdown"] == ""] == [23, 65, 88]
    assert "small" not in shown[0]

    later = run(capsys, *words(files(tmp_path, "b", BY_AGE, dim="age"), "-w", project))
    assert "together with 1 earlier publication: “Report”." in later.out
    assert "say --publish NAME" in later.out
    assert len(run(capsys, "publications", "list", "-w", project, "--json").data) == 1


def test_refused_table_names_the_publication_and_ends_with_3(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    counts = BY_SEX | {("N", "F"): 6}
    run(capsys, *words(files(tmp_path, "a", counts), "-w", project, "--publish", "Leaflet"))
    paths = files(tmp_path, "b", counts, threshold=10)

    ran = run(capsys, *words(paths, "-w", project, "--publish", "Report", "--json"))

    assert ran.code == 3
    assert ran.data["refusal"]["publications"] == "“Leaflet”"
    assert ran.data["earlier"] == ["Leaflet"]
    assert ran.data["publication"] is None
    assert "“Leaflet”" in ran.err
    assert not paths[2].exists()


def test_withdrawn_publication_stays_in_the_list_with_its_reason(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    run(capsys, *words(files(tmp_path, "a", BY_SEX), "-w", project, "--publish", "Report"))
    asked = ("publications", "withdraw", "-w", project, "--id", "1")

    assert "--reason" in run(capsys, *asked).err
    ran = run(capsys, *asked, "--reason", "wrong year")

    assert ran.code == 0
    assert "the public has seen it" in ran.out
    assert "wrong year" in run(capsys, "publications", "list", "-w", project).out
    assert run(capsys, "undo", "-w", project).code == 0
    assert "wrong year" not in run(capsys, "publications", "list", "-w", project).out


@pytest.mark.parametrize("method", ["round5", "10-5"])
def test_rounded_table_says_below_it_and_on_the_screen_that_it_does_not_add_up(
    method: str, tmp_path: Path, capsys: Capture
) -> None:
    paths = files(tmp_path, "a", {**BY_SEX, ("S", "M"): 43})
    said = "the parts do not always add up to their total"

    ran = run(capsys, *words(paths, "--method", method))

    assert ran.code == 0, ran.err
    assert said in ran.out
    written = paths[2].read_text(encoding="utf-8").splitlines()
    assert written[1] == ("N,F,5" if method == "round5" else "N,F,:c")
    assert written[2] == "N,M,20"
    assert "N,Total,25" in written
    assert said in written[11]
    data = run(capsys, *words(paths, "--method", method, "--json")).data
    assert data["rule"] == method
    inside = next(entry for entry in data["rounded"] if entry["cell"] == ["N", "M"])
    assert inside == {"cell": ["N", "M"], "shown": 20, "low": 18, "high": 22}
    assert any(said in sentence for sentence in data["statements"])


def test_categories_to_join_are_offered_first(tmp_path: Path, capsys: Capture) -> None:
    counts = {("N", "A"): 3, ("N", "B"): 9, ("N", "C"): 30, ("S", "A"): 12, ("S", "B"): 9}
    paths = files(tmp_path, "a", counts | {("S", "C"): 40}, dim="age")

    ran = run(capsys, *words(paths))

    first = ran.out.splitlines()[0]
    assert first == (
        "Joining categories loses least: with “A”, “B” of “age” as one, no small count would be "
        "left."
    )


def test_project_needs_to_know_what_the_table_counts(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    paths = files(tmp_path, "a", BY_SEX, variable="", period="")

    assert "--variable" in run(capsys, *words(paths, "-w", project)).err
    said = ("--variable", "vic_detected", "--period", "2023", "--area", "XV-01")
    assert run(capsys, *words(paths, "-w", project, *said)).code == 0
