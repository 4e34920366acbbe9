"""Bends, forecasts and families from the command line, on the sample country."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")


def test_changes_of_pace_of_the_old_scope(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("trend", "n_vic_old_scope", "-w", sample_project, "--json")
    ran = run(capsys, *words, "--model", "joinpoint").data

    assert ran["outcome"] == "changing_direction"
    years = [int(part["last"]) for part in ran["segments"][:-1]]
    assert 2012 <= years[0] <= 2014
    assert 2018 <= years[1] <= 2020
    for part, truth in zip(ran["segments"], (3, 11, -2), strict=True):
        assert abs(part["apc"] - truth) <= 3
        assert part["low"] < part["apc"] < part["high"]
    assert ran["seed"] is not None
    again = run(capsys, *words, "--max-joinpoints", "2", "--seed", "5").data
    assert again["method"] == "joinpoint"
    assert again["seed"] == 5


def test_years_ahead(sample_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("trend", "n_vic_old_scope", "-w", sample_project, "--json")
    ran = run(capsys, *words, "--horizon", "4").data

    assert len(ran["fitted"]) == 4
    assert ran["horizon"] == 4
    assert any("forecast of victims" in sentence for sentence in ran["sentences"])
    refused = run(capsys, *words, "--model", "drift", "--horizon", "9").data
    assert refused["refusal"]["code"] == "horizon_too_long"


def test_parts_as_a_family(sample_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "trend", "vic_detected", "-w", sample_project, "--by", "SEX", "--json").data

    assert ran["family_size"] == len(ran["trends"]) >= 2
    assert all(row["family_size"] == ran["family_size"] for row in ran["trends"])


def test_date_picked_by_looking_has_no_p_value_and_a_caution(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "hot_relevant", "-w", sample_project, "--event", "campaign_2015", "--json")
    plain, picked = run(capsys, *words).data, run(capsys, *words, "--date-from-data").data

    assert plain["p_value"] is not None
    assert picked["p_value"] is None
    assert "date_from_data" in {note["code"] for note in picked["warnings"]}
    assert picked["estimate"] == plain["estimate"]


def test_missing_and_suppressed_values_bound_the_answer(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    project, rows = tmp_path / "own.tipw", []
    shutil.copy(sample_project, project)
    for year in range(2000, 2025):
        value = "<5" if year in (2009, 2015) else str(20 + year - 2000 + year % 2)
        if year != 2012:
            rows.append(f"n_small,XVA,{year},{value}")
    (tmp_path / "small.csv").write_text("variable,area,period,value\n" + "\n".join(rows) + "\n")
    assert run(capsys, "import", tmp_path / "small.csv", "-w", project, "--accept").code == 0

    for words in (
        ("trend", "n_small"),
        ("trend", "n_small", "--model", "joinpoint"),
        ("trend", "n_small", "--model", "breaks"),
        ("impact", "n_small", "--event", "campaign_2015"),
    ):
        ran = run(capsys, *words, "-w", project, "--json").data
        ranges = {d["name"]: d for d in ran["diagnostics"] if d["name"].startswith("range_")}
        assert set(ranges) == {"range_censored", "range_missing"}
        assert ranges["range_censored"]["low"] < ranges["range_censored"]["high"]
        assert ran["censored_used"] == (0 if words[-1] in ("joinpoint", "breaks") else 2)
        assert any("suppressed values at their lowest" in text for text in ran["sentences"])
        assert any("missing values as low" in text for text in ran["sentences"])
