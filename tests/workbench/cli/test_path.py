"""The whole way on the command line: file, values, cells, history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run

TABLE = """variable,area,period,SEX,value,status,flags
vic_detected,XVA,2020,,40,A,
vic_detected,XVA,2021,,0,Z,
vic_detected,XVA,2022,,<5,S,
vic_detected,XVA,2023,,..,M,
vic_assisted,XVA,2020,,30,A,
vic_assisted,XVA,2021,,0,A,
vic_assisted,XVA,2022,,3,A,P
"""


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, table = tmp_path / "w.tipw", tmp_path / "referral.csv"
    table.write_text(TABLE)
    run(capsys, "new", path, "--area", "XVA")
    assert run(capsys, "import", table, "-w", path, "--accept", "--dataset", "nrm").code == 0
    return path


def test_import_reports_every_row_and_cell(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    recipe = tmp_path / "r.toml"
    table = tmp_path / "referral.csv"

    first = run(
        capsys, "import", table, "-w", project, "--accept", "--save-recipe", recipe, "--json"
    )
    again = run(capsys, "import", table, "-w", project, "--recipe", recipe, "--json")

    for ran in (first, again):
        data = ran.data
        rows = sum(
            data[k]
            for k in (
                "header_rows",
                "footer_rows",
                "blank_rows",
                "rows_imported",
                "rows_set_aside",
            )
        )
        cells = (
            data["observations"]
            + sum(data["missing"].values())
            + data["cells_set_aside"]
            + data["cells_ignored"]
        )
        assert (data["rows_read"], data["cells_read"]) == (rows, cells)
    assert first.data["rows_imported"] == again.data["rows_imported"] == 7
    assert first.data["censored"] == 1


def test_observations_tell_state_and_cell(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = run(capsys, "observations", "-w", project, "--variable", "vic_detected", "--json").data

    assert [(r["period"], r["value"], r["low"], r["high"], r["status"]) for r in rows] == [
        ("2020", 40.0, None, None, "A"),
        ("2021", 0.0, None, None, "Z"),
        ("2022", None, 1.0, 4.0, "S"),
        ("2023", None, None, None, "M"),
    ]
    assert [r["raw"] for r in rows] == ["40", "0", "<5", ".."]
    assert [(r["row"], r["column"]) for r in rows] == [(2, 5), (3, 5), (4, 5), (5, 5)]


def test_source_names_the_cell(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("source", "-w", project, "--variable", "vic_detected", "--area", "XVA", "--period")

    assert run(capsys, *words, "2022", "--json").data["cell"] == "E4"
    assert "E4" in run(capsys, *words, "2022").out


def test_compute_keeps_the_states_apart(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "compute", "PRT-04", "-w", project, "--json").data
    by_period = {row["period"]: row for row in rows}

    assert by_period["2020"]["value"] == 75.0
    assert by_period["2020"]["low"] < 75.0 < by_period["2020"]["high"]
    assert by_period["2021"]["value"] is None
    assert by_period["2021"]["notes"][0]["code"] == "no_cases"
    assert by_period["2022"]["status"] == "S"
    assert by_period["2022"]["value"] is None


def test_explain_goes_down_to_the_cells(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "explain", "PRT-04", "-w", project, "--period", "2020", "--json").data

    assert {(cell["variable"], cell["cell"], cell["raw"]) for cell in ran["inputs"]} == {
        ("vic_assisted", "E6", "30"),
        ("vic_detected", "E2", "40"),
    }
    assert "30" in ran["with_numbers"]
    assert "75" in ran["with_numbers"]


def test_undo_and_redo_of_an_import(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def count() -> int:
        return len(run(capsys, "observations", "-w", project, "--json").data)

    assert count() == 7
    assert run(capsys, "undo", "-w", project).code == 0
    assert count() == 0
    assert run(capsys, "redo", "-w", project).code == 0
    assert count() == 7


def test_correction_keeps_the_earlier_value(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = ("-w", project, "--variable", "vic_detected", "--area", "XVA", "--period", "2020")

    assert run(capsys, "correct", *cell, "--value", "41", "--reason", "typing error").code == 0
    ran = run(capsys, "source", *cell, "--json").data

    assert ran["value"] == 41.0
    assert [earlier["value"] for earlier in ran["corrections"]] == [40.0]


def test_purge_removes_rows_and_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vintage,) = run(capsys, "vintages", "-w", project, "--json").data

    assert run(capsys, "purge", vintage["vintage"], "-w", project, "--yes").code == 0
    assert run(capsys, "observations", "-w", project, "--json").data == []
    assert run(capsys, "vintages", "-w", project, "--json").data == []
    assert run(capsys, "undo", "-w", project).code == 1


def test_events_and_breaks_are_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = ("events", "add", "-w", project, "--id", "law", "--name", "Law", "--start", "2011-01")

    assert run(capsys, *add, "--kind", "law", "--recommendations", "2,6").code == 0
    assert run(capsys, "events", "edit", "-w", project, "--id", "law", "--end", "2015").code == 0
    (event,) = run(capsys, "events", "list", "-w", project, "--json").data
    assert (event["start"], event["end"], event["recommendations"]) == ("2011-01", "2015", [2, 6])
    assert run(capsys, "events", "remove", "-w", project, "--id", "law").code == 0
    add = ("breaks", "add", "-w", project, "--id", "scope", "--text", "Wider", "--start", "2017")
    assert run(capsys, *add, "--variables", "vic_detected").code == 0
    (entry,) = run(capsys, "breaks", "list", "-w", project, "--json").data
    assert entry["variables"] == ["vic_detected"]


def test_history_lists_actions_in_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "history", "-w", project, "--json").data

    assert [row["action"] for row in rows] == ["create", "import"]
    assert "referral.csv" in rows[1]["text"]
