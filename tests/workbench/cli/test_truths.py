"""What was put into the sample country comes out of the command line: impact, flow, hidden people.

Values and tolerances are those of the trainer's answers; a claim where there is nothing is wrong.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.places import ROOT
from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")

LISTS = ROOT / "sample_data/valdoria/lists_2022.csv"
Capture = pytest.CaptureFixture[str]


@lru_cache
def _answers() -> dict[str, dict[str, Any]]:
    text = (ROOT / "sample_data/valdoria/trainer/answers.json").read_text(encoding="utf-8")
    return {row["id"]: row for row in json.loads(text)["answers"]}


def _accepted(name: str, value: float) -> bool:
    row = _answers()[name]
    return bool(row["low"] <= value <= row["high"])


def test_t01_law_of_2011_raised_investigations(sample_project: Path, capsys: Capture) -> None:
    ran = run(
        capsys, "impact", "inv_opened", "-w", sample_project, "--event", "law_2011", "--json"
    ).data

    assert _accepted("T01", 1 + ran["estimate"] / 100)
    assert ran["low"] <= 100 * (_answers()["T01"]["value"] - 1) <= ran["high"]
    assert ran["outcome"] == "higher"
    assert ran["smallest_detectable"] < 30
    assert ran["beforehand"]


def test_t02_share_convicted_rose_with_the_cohorts(sample_project: Path, capsys: Capture) -> None:
    """Flat, up by so many points a cohort from 2012 to 2016, flat: least squares on that shape."""
    words = ("flow", "accused", "--cohort", "-w", sample_project, "--period", "2008", "--json")
    shares = {
        int(row["period"]): 100 * row["counts"][5] / row["size"]
        for row in run(capsys, *words).data["triangle"]
        if row["counts"][5] is not None and int(row["period"]) >= 2005
    }
    steps = np.clip(np.array(list(shares)) - 2011, 0, 5)

    assert len(shares) == 15
    assert _accepted("T02", float(np.polyfit(steps, list(shares.values()), 1)[0]))


def test_t04_wider_scope_is_no_effect(sample_project: Path, capsys: Capture) -> None:
    words = ("observations", "-w", sample_project, "--area", "XVA", "--period", "2017:2024")
    sums = {}
    for code in ("vic_detected", "n_vic_old_scope"):
        rows = run(capsys, *words, "--variable", code, "--json").data
        # two offices deliver the total; one of them counts
        years = {row["period"]: row["value"] for row in rows if not row["breakdown"]}
        assert len(years) == 8
        sums[code] = sum(years.values())
    assert _accepted("T04", 100 * (sums["vic_detected"] / sums["n_vic_old_scope"] - 1))

    ran = run(
        capsys, "impact", "vic_detected", "-w", sample_project, "--event", "scope_2017", "--json"
    ).data
    assert ran["outcome"] == "refused"
    assert ran["refusal"]["code"] == "break_at_event"
    assert ran["estimate"] is None


@pytest.mark.parametrize(
    ("name", "variable", "event"),
    [("T05a", "n_campaigns", "campaign_2015"), ("T05b", "inv_opened", "law_2011")],
)
def test_t05_pandemic_has_its_own_term(
    sample_project: Path, capsys: Capture, name: str, variable: str, event: str
) -> None:
    words = ("impact", variable, "-w", sample_project, "--event", event, "--json")
    pulse = run(capsys, *words).data["pulses"]["pandemic_2020"]

    assert _accepted(name, 1 + pulse["estimate"] / 100)
    assert pulse["high"] < 0


@pytest.mark.parametrize("design", ["level", "level_slope"])
def test_t06_campaign_without_effect_is_not_claimed(
    sample_project: Path, capsys: Capture, design: str
) -> None:
    words = ("impact", "hot_relevant", "-w", sample_project, "--event", "campaign_2015")
    ran = run(capsys, *words, "--design", design, "--json").data
    said = run(capsys, *words, "--design", design).out

    assert ran["low"] < 0 < ran["high"]
    assert ran["outcome"] == "no_clear_effect"
    assert "We cannot tell whether" in said
    assert "could not have been seen" in said.splitlines()[0]


def test_t06_chance_is_not_claimed_among_all_series(sample_project: Path, capsys: Capture) -> None:
    words = ("impact", "--all", "-w", sample_project, "--event", "campaign_2015", "--json")
    ran = run(capsys, *words).data
    (row,) = [
        row
        for row in ran["series"]
        if (row["variable"], row["area"], row["breakdown"]) == ("hot_relevant", "XVA", {})
    ]

    assert row["tested"] is True
    assert row["clear"] is False


def test_t07_pilot_shortened_the_wait(sample_project: Path, capsys: Capture) -> None:
    ran = run(
        capsys, "impact", "id_days", "-w", sample_project, "--breakdown", "STAT=P50",
        "--area", "XV-02", "--treated", "XV-06", "--treated", "XV-12", "--control", "others",
        "--event", "pilot_2018", "--design", "difference", "--json",
    ).data  # fmt: skip

    assert _accepted("T07", ran["estimate"])
    assert ran["low"] <= _answers()["T07"]["value"] <= ran["high"]
    assert ran["outcome"] == "lower"


def test_t12_pooled_cohorts_against_the_ratio_of_one_year(
    sample_project: Path, capsys: Capture
) -> None:
    words = ("flow", "accused", "--cohort", "-w", sample_project, "--period", "2008", "--json")
    rows = [
        row for row in run(capsys, *words).data["triangle"] if 2005 <= int(row["period"]) <= 2011
    ]
    pooled = sum(row["counts"][5] for row in rows) / sum(row["size"] for row in rows)
    naive = run(
        capsys, "compute", "PRS-04", "-w", sample_project, "--period", "2005:2011", "--json"
    ).data
    mean = sum(row["numerator"] for row in naive) / sum(row["denominator"] for row in naive)

    assert len(rows) == 7
    assert _accepted("T12", pooled)
    assert mean < pooled


def test_t16_hidden_victims_with_and_without_the_right_term(capsys: Capture) -> None:
    words = ("prevalence", LISTS, "--lists", "POL,NGO,LAB", "--json")
    right = run(capsys, *words, "--term", "POL*NGO").data
    alone = run(capsys, *words, "--term", "POL*LAB").data
    picked = run(capsys, *words).data

    assert right["observed"] == 816
    assert _accepted("T16", right["estimate"])
    assert right["low"] <= _answers()["T16"]["value"] <= right["high"]
    assert not _accepted("T16", alone["estimate"])
    assert picked["high"] - picked["low"] > picked["spread"][1] - picked["spread"][0]
    assert any("choice of the model" in sentence for sentence in picked["sentences"])
