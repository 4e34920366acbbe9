"""Bends, forecasts and families from the command line, on the sample country."""

from __future__ import annotations

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
