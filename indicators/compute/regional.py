"""Cases and people of regions for a rate, over one period or several taken together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indicators.composite.regional import Regions
from indicators.compute.kinds import sides
from indicators.compute.pipeline import prepare
from indicators.formula.cells import Cells
from indicators.model.codes import Kind, Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube, Floats


def pooled(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    groups: Sequence[Sequence[str]],
    window: tuple[Period, Period],
    breakdown: Breakdown = TOTAL,
) -> Regions:
    """Cases and person-years of groups of areas, summed over a window.

    An area of a group for which a period has neither cases nor people was not there then (it was
    split off later, or joined another); with only one of both, the group is not known. Suppressed
    cases enter with their bounds.

    Args:
        indicator: a rate.
        cubes: its inputs.
        groups: areas that are taken together; most have one.
        window: first and last period.
        breakdown: the cut.

    Raises:
        ValueError: the indicator is no rate.
    """
    if indicator.kind is not Kind.RATE:
        raise ValueError(indicator.code)
    areas = tuple(area for group in groups for area in group)
    low, high, people = _cells(indicator, cubes, areas, window, breakdown)
    absent = np.isnan(low) & np.isnan(people)
    sums = []
    place = 0
    for group in groups:
        mine = slice(place, place + len(group))
        place += len(group)
        gone = absent[mine].all(axis=0)
        sums.append(
            [
                float(
                    np.where(
                        gone, np.nan, np.where(absent[mine], 0.0, part[mine]).sum(axis=0)
                    ).sum()
                )
                for part in (low, high, people)
            ]
        )
    columns = np.array(sums, dtype=np.float64).reshape(len(groups), 3).T
    if low.shape[1] == 0:
        columns = np.full_like(columns, np.nan)
    return Regions(
        codes=tuple("+".join(group) for group in groups),
        low=columns[0],
        high=columns[1],
        people=columns[2],
    )


def _cells(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    areas: tuple[str, ...],
    window: tuple[Period, Period],
    breakdown: Breakdown,
) -> tuple[Floats, Floats, Floats]:
    """Cases at least, at most, and people; shape (area, period)."""
    task = prepare(indicator, cubes, areas=areas, breakdowns=(breakdown,), periods=window)
    with np.errstate(all="ignore"):
        top, bottom = (task.evaluation.evaluate(tree) for tree in sides(task))
    shape = task.evaluation.grid.shape
    low, high = (np.broadcast_to(bound, shape)[0] for bound in _bounds(top))
    people = np.broadcast_to(np.where(bottom.is_point, bottom.value, np.nan), shape)[0]
    return low, high, people


def _bounds(found: Cells) -> tuple[Floats, Floats]:
    known = found.status <= int(Status.S)
    low, high = found.bounds
    return np.where(known, low, np.nan), np.where(known, high, np.nan)
