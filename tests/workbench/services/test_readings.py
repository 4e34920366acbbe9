"""Paired readings of the sample country."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.compute.reading import DETECTED, EFFORT, PROACTIVE, Movement
from indicators.model.period import Period
from workbench.services.readings import detection_reading
from workbench.services.workspace import open_workspace

pytestmark = pytest.mark.xdist_group("sample")


def test_detections_are_read_beside_effort_over_one_window(sample_project: Path) -> None:
    with open_workspace(sample_project, read_only=True) as ws:
        whole = detection_reading(ws, "XVA", cross_breaks=True)
        before = detection_reading(ws, "XVA", last=Period.of_year(2016))

    assert set(whole.series) == {DETECTED, PROACTIVE, *EFFORT}
    assert whole.detected is Movement.UP
    assert whole.code == "break"
    # the law of 2011 lies in the window, so more detection is not read as more effort
    assert before.new_rule
    assert before.code == "break"


def test_a_short_series_is_not_read(sample_project: Path) -> None:
    with open_workspace(sample_project, read_only=True) as ws:
        found = detection_reading(ws, "XVA", first=Period.of_year(2022))

    assert found.code == "unknown"
    assert found.detected is Movement.UNKNOWN
