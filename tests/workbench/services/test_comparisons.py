"""Impacts that compare with other areas, from a project: services and command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indicators.model.period import Period
from indicators.model.results import ImpactResult, Intervention, Refusal
from indicators.model.series import Breakdown
from tests.workbench.cli.running import run
from tests.workbench.deliveries import cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import analysis, events, observations
from workbench.services.impacts_many import impacts_many
from workbench.services.rows import AreaRow
from workbench.services.workspace import Workspace, create

AREAS = [f"XV-{i:02d}" for i in range(1, 10)]
MEDIAN = Breakdown.of(STAT="P50")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    draw = np.random.default_rng(3)
    shock = np.where(np.arange(16) >= 9, 1.5, 1.0)
    made = folder / "w.tipw"
    with create(made, area="XVA", fictitious=True) as ws:
        observations.define_areas(
            ws, [AreaRow(code="XVA", level=0), *(AreaRow(code=a, parent="XVA") for a in AREAS)]
        )
        days, counts = [], []
        for i, area in enumerate(AREAS):
            values = (30 + 4 * i) * shock * np.exp(0.05 * draw.standard_normal(16))
            values[9:] *= 0.65 if i < 3 else 1.0
            days += cells(
                [round(float(v), 1) for v in values], first=2005, area=area, variable="id_days",
                breakdown=MEDIAN, unit="days",
            )  # fmt: skip
            mean = 50 * np.where((np.arange(16) >= 9) & (i < 2), 3.0, 1.0)
            counts += cells([float(v) for v in draw.poisson(mean)], first=2005, area=area)
        deliver(ws, days, folder, dataset="days", name="days.csv")
        deliver(ws, counts, folder)
        events.add_event(
            ws,
            Intervention(
                id="pilot", name={"en": "Pilot"}, kind="programme", start=Period.of_year(2014)
            ),
        )
    return made


@pytest.fixture
def ws(path: Path) -> Iterator[Workspace]:
    from workbench.services.workspace import open_workspace

    with open_workspace(path, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("method", ["controlled", "difference", "synthetic"])
def test_change_of_the_treated_areas_is_found_beside_all_others(
    ws: Workspace, method: str
) -> None:
    answer = analysis.impact(
        ws, "id_days", "XV-01", "pilot", breakdown=MEDIAN, method=method,
        controls=["others"], treated=["XV-02", "XV-03"],
    )  # fmt: skip

    assert isinstance(answer.result, ImpactResult), answer.result
    assert answer.result.method == method
    assert -43 < answer.result.estimate < -25
    count = next(
        n.data["count"] for n in answer.result.warnings if n.code.startswith(("compared", "mixed"))
    )
    assert int(str(count)) <= 6


def test_controls_alone_choose_the_controlled_design(ws: Workspace) -> None:
    answer = analysis.impact(
        ws, "id_days", "XV-01", "pilot", breakdown=MEDIAN, controls=["XV-05", "XV-06"]
    )

    assert isinstance(answer.result, ImpactResult)
    assert answer.result.method == "controlled"


def test_design_that_compares_asks_for_something_to_compare_with(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="compare with"):
        analysis.impact(ws, "id_days", "XV-01", "pilot", breakdown=MEDIAN, method="synthetic")


def test_unknown_control_is_refused_by_its_name(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="nowhere"):
        analysis.impact(ws, "id_days", "XV-01", "pilot", breakdown=MEDIAN, controls=["nowhere"])


def test_area_without_values_does_not_count_as_a_control(ws: Workspace) -> None:
    answer = analysis.impact(
        ws, "id_days", "XV-01", "pilot", breakdown=MEDIAN, method="difference",
        controls=["XVA", "XV-05", "XV-06"],
    )  # fmt: skip

    assert isinstance(answer.result, Refusal)
    assert (answer.result.found, answer.result.needed) == (2, 3)


def test_command_says_what_it_compared_with(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("impact", "id_days", "-w", path, "--area", "XV-01", "--breakdown", "STAT=P50",
             "--event", "pilot", "--control", "others", "--treated", "XV-02", "--treated",
             "XV-03")  # fmt: skip

    said = run(capsys, *words, "--design-id", "difference").out
    data = run(capsys, "--json", *words, "--design", "difference").data

    assert "than the series compared with would have given" in said
    assert "earlier trend" not in said
    assert "caused" not in said
    assert data["method"] == "difference"
    assert -43 < data["estimate"] < -25
    assert data["smallest_detectable"] > 0


def test_one_event_over_all_areas_names_those_that_changed(ws: Workspace) -> None:
    answer = impacts_many(ws, "vic_detected", "pilot")

    assert answer.family_size == 9
    assert {row.area for row in answer.rows if row.clear} == {"XV-01", "XV-02"}
    assert {row.area for row in answer.rows[:2]} == {"XV-01", "XV-02"}


def test_values_that_do_not_count_are_refused(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="do not count"):
        impacts_many(ws, "id_days", "pilot")


def test_false_series_are_told_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("impact", "id_days", "-w", path, "--area", "XV-01", "--breakdown", "STAT=P50",
             "--event", "pilot", "--control", "others")  # fmt: skip

    dealt = run(capsys, *words, "--design", "difference").out
    mixed = run(capsys, *words, "--design", "synthetic").out

    assert "Dealing the event out to other areas" in dealt
    assert "of all series, this one among them" in mixed
