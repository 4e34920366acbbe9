"""Composite indices from the command line: the profile, own members, and an outside index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")


def test_profile_equals_the_indicator_and_lists_every_run(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(
        capsys, "composite", "--profile", "-w", sample_project, "--period", "2019:2020", "--json"
    ).data

    assert [answer["pillar"] for answer in found] == ["PRV", "PRT", "PRS"]
    for answer in found:
        value = run(
            capsys, "compute", "IMP-04", "-w", sample_project, "--period", "2020",
            "--breakdown", f"PIL={answer['pillar']}", "--json",
        ).data[0]["value"]  # fmt: skip
        last = answer["scores"][-1]
        assert last["unit"] == "2020"
        assert last["score"] == pytest.approx(value)
        assert last["low"] <= last["score"] <= last["high"]
        members = len(answer["members"])
        assert len(answer["runs"]) == 3 * 2 * (2 + 2 * members) * (members + 1)
        assert answer["sensitivity"]["normalisation"]["with_others"] > 0
        assert any("no single score" in sentence for sentence in answer["sentences"])


def test_outside_index_is_imported_and_put_together(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    project = tmp_path / "own.tipw"
    shutil.copy(sample_project, project)
    rows = "\n".join(
        f"n_governance,XVA,{year},{0.05 * (year - 2005) - 0.5:.2f}" for year in range(2005, 2025)
    )
    (tmp_path / "governance.csv").write_text(
        f"variable,area,period,value\n{rows}\n", encoding="utf-8"
    )
    ran = run(
        capsys, "import", tmp_path / "governance.csv", "-w", project, "--accept", "--json"
    )  # fmt: skip
    assert ran.code == 0, ran.err

    words = ("composite", "n_governance=2", "PRT-04", "-w", project, "--json")
    missing = run(capsys, *words, "--higher", "n_governance")
    assert missing.code == 1
    assert "n_governance" in missing.err
    found = run(
        capsys, *words, "--higher", "n_governance", "--goalposts", "n_governance=-2.5:2.5"
    ).data

    first, last = found["scores"][0], found["scores"][-1]
    assert (first["unit"], last["unit"]) == ("2005", "2024")
    own = found["members"][0]
    assert own["weight"] == 2
    # -0.5 between -2.5 and 2.5 is 40 points, 0.45 is 59
    assert own["scores"][0] == pytest.approx(40)
    assert own["scores"][-1] == pytest.approx(59)
    share = found["members"][1]["scores"][-1]
    assert last["score"] == pytest.approx((2 * 59 + share) / 3)
    assert found["same_direction"] > 0.5


def test_direction_that_is_not_said_is_asked_for(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "composite", "PRT-04", "PRS-05", "-w", sample_project)

    assert ran.code == 1
    assert "--lower PRS-05" in ran.err


def test_min_max_over_years_is_cautioned(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("composite", "PRT-04", "DEM-01", "-w", sample_project, "--json")
    fixed = run(capsys, *words).data
    moving = run(capsys, *words, "--normalisation", "minmax").data

    assert "moves_with_data" in {note["code"] for note in moving["notes"]}
    assert "moves_with_data" not in {note["code"] for note in fixed["notes"]}


def test_regions_get_ranges_of_places_and_small_ones_none(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("composite", "PRT-04", "PVL-01", "--higher", "PVL-01", "--goalposts", "PVL-01=0:20")
    ran = run(
        capsys, *words, "-w", sample_project, "--over", "regions", "--period", "2022", "--json"
    ).data
    rows = {row["unit"]: row for row in ran["scores"]}

    assert rows["XV-10"]["rank_low"] is None
    assert "small_denominator" in {note["code"] for note in ran["notes"]}
    ranked = [row for row in rows.values() if row["rank_low"] is not None]
    assert len(ranked) >= 8
    assert any(row["rank_low"] < row["rank_high"] for row in ranked)
    assert any("Cannot be told apart" in sentence for sentence in ran["sentences"])


def test_countries_are_never_ranked(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("composite", "PRT-04", "DEM-01", "-w", sample_project, "--over", "regions")
    ran = run(capsys, *words, "--area", "XV-01", "--period", "2022")

    assert ran.code == 1
    assert "Countries are never ranked" in ran.err
