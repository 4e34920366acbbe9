"""The scorecard of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.model.codes import Direction
from tests.workbench.deliveries import cells, deliver
from workbench.services import framework as service
from workbench.services import packs
from workbench.services.framework import Evidence, Movement
from workbench.services.workspace import Workspace, open_workspace


def fill(ws: Workspace, folder: Path, *, years: int = 12) -> None:
    """Assistance that grows, detections, population."""
    rise = [40.0 + 4 * year for year in range(years)]
    deliver(
        ws,
        [
            *cells(rise, first=2010, variable="vic_assisted", area="XVA"),
            *cells([100.0] * years, first=2010, variable="vic_detected", area="XVA"),
            *cells([1e6] * years, first=2010, variable="pop_total", area="XVA"),
        ],
        folder,
    )


def reading_of(ws: Workspace, code: str) -> service.Reading:
    """The reading of an indicator on the card, with its movement."""
    rows = service.scorecard(ws)
    return next(each for row in rows for each in row.readings if each.indicator.code == code)


def test_an_empty_project_has_ten_rows_without_evidence(ws: Workspace) -> None:
    rows = service.scorecard(ws)

    assert [row.goal.number for row in rows] == list(range(1, 11))
    assert {row.evidence for row in rows} == {Evidence.NONE}
    assert {row.movement for row in rows} == {Movement.NOT_JUDGED}
    assert len(service.challenges_card(ws)) == 5


def test_a_growing_share_is_better_and_a_growing_rate_of_victims_is_not_judged(
    ws: Workspace, tmp_path: Path
) -> None:
    fill(ws, tmp_path)

    share, rate = reading_of(ws, "PRT-04"), reading_of(ws, "PVL-01")

    assert share.movement is Movement.BETTER
    assert share.value == 84.0
    assert share.has_range
    assert len(share.periods) == 12
    assert (rate.indicator.direction, rate.movement) == (Direction.AMB, Movement.NOT_JUDGED)
    assert rate.outcome is None
    assert service.scorecard(ws)[6].evidence is Evidence.SOME


def test_the_card_is_kept_until_something_is_written(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path)
    first = service.readings(ws)

    assert service.readings(ws) is first
    fill(ws, tmp_path, years=6)
    assert len(reading_of(ws, "PRT-04").periods) == 6


def test_targets_of_a_pack_give_distances(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path)
    path = tmp_path / "targets.toml"
    path.write_text('[[target]]\nindicator = "PRT-04"\nvalue = 90.0\nyear = 2030\n')
    packs.install(ws, path)

    (distance,) = service.scorecard(ws)[6].distances

    assert (distance.indicator, distance.gap, distance.year) == ("PRT-04", 6.0, 2030)


def test_progress_is_told_and_can_stop(ws: Workspace) -> None:
    class StopError(Exception):
        pass

    class Teller:
        def report(self, done: int, total: int | None, text: str = "") -> None:
            if done == 3:
                raise StopError

    with pytest.raises(StopError):
        service.scorecard(ws, progress=Teller())


@pytest.mark.xdist_group("sample")
def test_the_sample_country_is_read(sample_project: Path) -> None:
    with open_workspace(sample_project, read_only=True) as ws:
        rows = {row.goal.number: row for row in service.scorecard(ws)}

    assert rows[2].evidence is Evidence.STRONG
    assert rows[3].movement in (Movement.BETTER, Movement.MIXED)
    unjudged = [
        each.movement
        for row in rows.values()
        for each in row.readings
        if each.indicator.direction in (Direction.AMB, Direction.CTX)
    ]
    assert set(unjudged) == {Movement.NOT_JUDGED}
