"""The tour: what it leaves in its folder, and that it never replaces a person's work."""

from __future__ import annotations

import re

import pytest

from indicators.model.period import Period
from workbench.errors import UserFileError
from workbench.services import demo, observations, workspace

pytestmark = pytest.mark.xdist_group("tour")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> demo.DemoOutcome:
    return demo.run(tmp_path_factory.mktemp("tour") / "out")


def test_the_folder_holds_project_report_and_charts_and_nothing_else(
    outcome: demo.DemoOutcome,
) -> None:
    names = {path.name for path in outcome.folder.iterdir()}
    charts = list((outcome.folder / "charts").iterdir())

    assert names == {"demo.tipw", "report.html", "charts"}
    assert len(charts) >= 10
    assert {path.suffix for path in charts} == {".svg"}


def test_at_least_eight_files_and_seventy_five_indicators(outcome: demo.DemoOutcome) -> None:
    assert outcome.files >= 8
    assert len(outcome.computed) >= 73
    assert outcome.trends >= 10
    assert outcome.impacts >= 3


def test_the_report_is_one_file_without_outside_parts(outcome: demo.DemoOutcome) -> None:
    text = outcome.report.read_text(encoding="utf-8")

    assert "<script" not in text
    assert not re.search(r"(src|href)=[\"']?(https?:|//)", text)
    assert "FICTITIOUS DATA" in text
    assert "PRT-04" in text


def test_a_project_that_a_person_worked_in_is_not_replaced(outcome: demo.DemoOutcome) -> None:
    with workspace.open_workspace(outcome.workspace) as ws:
        observations.correct(
            ws, variable="inv_opened", area="XVA", period=Period.of_year(2020), value=1,
            reason="a test",
        )  # fmt: skip
    before = outcome.workspace.read_bytes()

    with pytest.raises(UserFileError):
        demo.run(outcome.folder)

    assert outcome.workspace.read_bytes() == before
