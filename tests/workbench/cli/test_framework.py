"""The command ``scorecard``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from workbench.services.workspace import create

pytestmark = pytest.mark.xdist_group("sample")


def test_an_empty_project_has_no_evidence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()

    rows = run(capsys, "scorecard", "-w", path, "--json").data

    assert [row["number"] for row in rows] == list(range(1, 11))
    assert {row["evidence"] for row in rows} == {"none"}


def test_the_card_of_the_sample_country(
    capsys: pytest.CaptureFixture[str], sample_project: Path
) -> None:
    rows = run(capsys, "scorecard", "-w", sample_project, "--json").data
    words = run(capsys, "scorecard", "-w", sample_project)

    third = rows[2]
    assert third["evidence"] == "strong"
    assert third["counts"]["total"] == 7
    assert {each["code"] for each in third["indicators"]} >= {"RES-01", "RES-02", "RES-03"}
    assert all(
        each["movement"] == "not_judged"
        for row in rows
        for each in row["indicators"]
        if each["direction"] in ("AMB", "CTX")
    )
    assert "3: 7 of 7 indicators have values" in words.out
    assert "total" not in words.out.lower()


def test_challenges_have_five_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()

    rows = run(capsys, "scorecard", "--challenges", "-w", path, "--json").data

    assert len(rows) == 5
