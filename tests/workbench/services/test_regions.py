"""Regions of the sample country: the truths T13 and T14, and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.composite.regional import Funnel, Inequality, Position
from indicators.model.period import Period
from indicators.model.results import Refusal
from workbench.services.regions import funnel, inequality, regions_of
from workbench.services.workspace import Workspace, open_workspace

pytestmark = pytest.mark.xdist_group("sample")


def years(first: int, last: int) -> tuple[Period, Period]:
    return Period.of_year(first), Period.of_year(last)


@pytest.fixture
def sample(sample_project: Path) -> Iterator[Workspace]:
    with open_workspace(sample_project, read_only=True) as workspace:
        yield workspace


@pytest.mark.parametrize(("window", "truth"), [((2005, 2007), 0.41), ((2022, 2024), 0.29)])
def test_inequality_falls_as_it_was_made_to(
    sample: Workspace, window: tuple[int, int], truth: float
) -> None:
    found = inequality(sample, "PVL-01", years(*window)).result

    assert isinstance(found, Inequality)
    assert found.gini.estimate == pytest.approx(truth, abs=0.03)
    assert found.gini.low < truth < found.gini.high + 0.005
    assert found.regions == 13
    assert found.gini.estimate > 4 * found.expected


def test_the_two_windows_can_be_told_apart(sample: Workspace) -> None:
    early, late = (
        inequality(sample, "PVL-01", years(first, first + 2)).result for first in (2005, 2022)
    )

    assert isinstance(early, Inequality)
    assert isinstance(late, Inequality)
    assert late.gini.high < early.gini.low
    assert late.theil.high < early.theil.low


def test_small_numbers_are_flagged_in_every_year_and_never_ranked(sample: Workspace) -> None:
    for year in range(2005, 2025):
        found = funnel(sample, "PVL-01", Period.of_year(year)).result
        assert isinstance(found, Funnel)
        point = next(each for each in found.points if each.code == "XV-10")
        assert point.small
        assert point.low < 20
        codes = [each.code for each in found.points]
        assert codes == sorted(codes)


def test_the_capital_is_outside_the_limits(sample: Workspace) -> None:
    answer = funnel(sample, "PVL-01", Period.of_year(2023))

    assert isinstance(answer.result, Funnel)
    positions = {point.code: point.position for point in answer.result.points}
    assert positions["XV-01"] is Position.FAR_ABOVE
    assert positions["XV-08"] is Position.FAR_BELOW
    assert positions["XV-05"] is Position.INSIDE
    assert answer.result.rate * answer.per == pytest.approx(745 / 11_045_079 * 100_000)


def test_a_region_that_was_split_is_taken_together(sample: Workspace) -> None:
    groups = regions_of(sample, "XVA", together=True)

    assert ("XV-09", "XV-14") in groups
    assert len(groups) == 13
    assert len(regions_of(sample, "XVA")) == 14


def test_shares_and_areas_without_regions_are_refused(sample: Workspace) -> None:
    share = funnel(sample, "PRT-04", Period.of_year(2023)).result
    alone = inequality(sample, "PVL-01", years(2022, 2024), area="XV-01").result
    future = funnel(sample, "PVL-01", Period.of_year(2090)).result

    assert isinstance(share, Refusal)
    assert share.code == "not_a_rate"
    assert isinstance(alone, Refusal)
    assert alone.code == "few_regions"
    assert isinstance(future, Refusal)
