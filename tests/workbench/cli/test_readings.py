"""The commands that read numbers beside each other: reading and regions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indicators.model.codes import Direction, Kind
from indicators.model.period import Period
from tests.workbench.cli.running import run
from workbench.services import packs
from workbench.services.own_indicators import OwnIndicator
from workbench.services.readings import has_reading
from workbench.services.regions import inequality
from workbench.services.workspace import open_workspace

pytestmark = pytest.mark.xdist_group("sample")


def test_detections_are_read_beside_effort(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "reading", "detection", "-w", sample_project, "--json").data
    words = run(capsys, "reading", "detection", "-w", sample_project, "--area", "XVA").out

    assert [each["role"] for each in ran["series"]] == [
        "detected", "proactive", "effort", "effort", "effort",
    ]  # fmt: skip
    assert ran["first"] == "2017"  # the way of counting changed then
    assert ran["breaks"] == ["scope_2017"]
    assert ran["reading"] == "substitution"
    assert words.splitlines()[0] == ran["likely"]
    assert f"Check next: {ran['next']}" in words
    assert "PRT-03 Proactive detection share: rises" in words


def test_a_break_inside_the_window_is_the_likely_reading(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(
        capsys, "reading", "detection", "-w", sample_project, "--cross-breaks", "--json"
    ).data

    assert ran["reading"] == "break"
    assert "law_2011" in ran["events"]
    assert ran["breaks"]


def test_a_short_window_says_why_it_is_not_read(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("reading", "detection", "-w", sample_project, "--period", "2022:2024")
    ran = run(capsys, *words, "--json").data

    assert (ran["reading"], ran["first"]) == ("unknown", None)
    assert "too few" in ran["series"][0]["refusal"]
    assert ran["series"][0]["refusal"] in run(capsys, *words).out


def test_regions_are_told_with_ranges_and_limits(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("regions", "PVL-01", "-w", sample_project, "--period", "2022:2024")
    ran = run(capsys, *words, "--json").data
    out = run(capsys, *words).out

    assert ran["inequality"]["gini"]["low"] < ran["inequality"]["gini"]["value"] < 0.32
    assert ran["inequality"]["theil"]["value"] > 0
    assert ran["refusals"] == []
    points = {each["area"]: each for each in ran["funnel"]["points"]}
    assert points["XV-01"]["position"] == "far_above"
    assert points["XV-10"]["small"]
    assert list(points) == sorted(points)
    low, high = points["XV-05"]["limits_99_8"]
    assert low <= points["XV-05"]["low"] <= high
    assert points["XV-05"]["rate_low"] == pytest.approx(
        points["XV-05"]["low"] / points["XV-05"]["people"] * 100_000
    )
    assert "Gini 0." in out
    assert "XV-01" in out
    assert "above the 99.8 % limits" in out


def test_one_year_keeps_every_region_of_that_year_apart(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "regions", "PVL-01", "-w", sample_project, "--period", "2023", "--json").data

    assert "XV-14" in {each["area"] for each in ran["funnel"]["points"]}
    assert ran["funnel"]["rate"] == pytest.approx(745 / 11_045_079 * 100_000)


def test_what_is_no_rate_is_refused_once(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "regions", "PRT-04", "-w", sample_project, "--period", "2022")

    assert ran.code == 1
    assert len(ran.out.splitlines()) == 1


def test_national_indicators_are_read_like_any(sample_project: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    shutil.copy(sample_project, path)
    form = OwnIndicator(
        code="N-VIC",
        name="Victims per million",
        kind=Kind.RATE,
        numerator="vic_detected",
        denominator="pop_total",
        unit="per million",
        per=1_000_000.0,
        direction=Direction.AMB,
    )
    with open_workspace(path) as ws:
        _change, made = packs.add_own_indicator(ws, form)
        built_in = inequality(ws, "PVL-01", (year(2022), year(2024)))
        own = inequality(ws, made.code, (year(2022), year(2024)))

        assert own.result == built_in.result
        assert [has_reading(ws, code) for code in ("PVL-01", "N-VIC", "PRT-04", "PRS-01")] == [
            True, True, False, False,
        ]  # fmt: skip


def year(number: int) -> Period:
    return Period.of_year(number)
