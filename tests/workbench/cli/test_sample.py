"""Known answers of the sample country come out of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")

RESULT_KEYS = {
    "outcome", "method", "method_version", "estimate", "low", "high", "level", "p_value", "unit",
    "transformation", "covariance", "df", "n", "first", "last", "missing", "provisional_used",
    "censored_used", "breaks_crossed", "family_size", "assumptions", "diagnostics", "warnings",
    "fitted", "counterfactual", "segments", "smallest_detectable", "refusal", "seed", "data_hash",
    "vintages", "sentences",
}  # fmt: skip


def test_law_of_2011_is_found_inside_its_range(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(
        capsys, "impact", "inv_opened", "-w", sample_project, "--event", "law_2011", "--json"
    ).data

    assert set(ran) >= RESULT_KEYS
    assert ran["outcome"] == "higher"
    assert 20 <= ran["estimate"] <= 42
    assert ran["low"] < 30 < ran["high"]
    assert ran["n"] == 240


def test_campaign_of_2015_is_not_claimed(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "hot_relevant", "-w", sample_project, "--event", "campaign_2015", "--json")
    for design in ("level", "level_slope"):
        ran = run(capsys, *words, "--design", design).data
        assert ran["outcome"] == "no_clear_effect"
        assert ran["low"] < 0 < ran["high"]


def test_trend_does_not_cross_the_change_of_counting(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "trend", "vic_detected", "-w", sample_project, "--json").data

    assert set(ran) >= RESULT_KEYS
    assert ran["first"] == "2017"
    assert ran["breaks_crossed"] == []


def test_planted_errors_are_found_and_nothing_else_stops(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "check", "-w", sample_project, "--json")

    assert ran.code == 0
    texts = [finding["text"] for finding in ran.data["findings"]]
    assert any("XV-08" in text and "2012" in text for text in texts)
    assert any("XV-05" in text and "2009" in text for text in texts)
    assert not any(finding["level"] == "stop" for finding in ran.data["findings"])


def test_at_least_45_core_indicators_less_those_without_source(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = run(capsys, "indicators", "-w", sample_project, "--json").data
    core = [row for row in rows if row["set"] == "core" and row["state"] == "computable"]

    assert len(core) >= 40
    assert {row["pillar"] for row in core} == {"PRV", "PRT", "PRS", "XCT"}


def test_chart_is_written_as_svg(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "c.svg"

    ran = run(
        capsys, "chart", "trend", "cnv_persons", "-w", sample_project, "-o", path, "--public"
    )

    assert ran.code == 0
    assert path.read_text(encoding="utf-8").startswith("<svg")


def test_a_rate_over_another_base_is_not_said_to_be_per_head(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("trend", "-w", sample_project, "--json")
    rate = run(capsys, *words, "PRV-06").data
    count = run(capsys, *words, "cnv_persons").data

    assert "per_population" not in {warning["code"] for warning in rate["warnings"]}
    assert "per_population" in {warning["code"] for warning in count["warnings"]}
