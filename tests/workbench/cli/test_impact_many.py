"""One event over all series: one family, breaks kept, equal to the series alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")


def _row(data: dict[str, Any], variable: str, area: str, **breakdown: str) -> dict[str, Any]:
    return next(
        row
        for row in data["series"]
        if (row["variable"], row["area"], row["breakdown"]) == (variable, area, breakdown)
    )


def test_series_of_the_family_equals_the_series_alone(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "-w", sample_project, "--event", "campaign_2015", "--json")
    many = run(capsys, *words, "--all").data
    for variable in ("hot_relevant", "n_campaigns", "cnv_persons"):
        alone = run(capsys, *words, variable).data
        row = _row(many, variable, "XVA")
        for key in ("estimate", "low", "high", "p_value", "smallest_detectable"):
            assert row[key] == pytest.approx(alone[key], rel=1e-6), (variable, key)
        assert row["adjusted"] >= row["p_value"]
    assert many["family_size"] == sum(row["tested"] for row in many["series"]) > 1000
    assert many["adjustment"] == "benjamini_hochberg"


def test_change_of_counting_is_never_told_as_a_change(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "vic_detected", "--all", "-w", sample_project, "--event", "scope_2017")
    ran = run(capsys, *words, "--json").data

    assert ran["clear"] == 0
    row = _row(ran, "vic_detected", "XVA")
    assert row["tested"] is False
    assert row["note"]["code"] == "break_at_event"


def test_campaign_without_effect_is_not_claimed_among_all(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "hot_relevant", "--all", "-w", sample_project, "--event", "campaign_2015")
    ran = run(capsys, *words, "--json").data
    said = run(capsys, *words).out

    assert ran["clear"] == 0
    assert "0 of them changed clearly" in said
    assert "not that one made the other" in said


def test_dependence_is_allowed_for_on_request(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "--all", "-w", sample_project, "--event", "pilot_2018", "--json")
    plain, careful = run(capsys, *words).data, run(capsys, *words, "--dependent").data

    assert careful["adjustment"] == "benjamini_yekutieli"
    assert plain["family_size"] == careful["family_size"]
    assert careful["clear"] <= plain["clear"]
    assert {"training_2014", "scope_2017"} & set(plain["rivals"]) == {"scope_2017"}


def test_without_code_and_without_all_it_says_what_to_name(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "impact", "-w", sample_project, "--event", "law_2011")

    assert ran.code == 1
    assert "--all" in ran.err
