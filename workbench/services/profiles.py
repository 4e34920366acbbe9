"""The three pillars of a country against its own baseline, with every run behind their ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from indicators.composite.index import Component, index
from indicators.errors import N_, Note
from indicators.model.period import Period
from workbench.errors import WorkbenchError
from workbench.services.composites import CompositeAnswer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indicators.compute.task import Member
    from workbench.services.workspace import Workspace

PROFILE = "IMP-04"
PILLARS = ("PRV", "PRT", "PRS")
_NO_SINGLE = Note(
    code="no_single_score",
    text=N_("There is no single score: read the three pillars side by side."),
)


def profile(
    ws: Workspace, area: str, *, first: Period | None = None, last: Period | None = None
) -> tuple[CompositeAnswer, ...]:
    """The three pillars of IMP-04 with every run behind their ranges; never one score.

    Args:
        ws: open project.
        area: area code.
        first: first period; None for the first there is.
        last: last period; None for the last with data.

    Raises:
        WorkbenchError: no pillar has a member with values.
    """
    from indicators.compute.pipeline import prepare
    from workbench.services import indicators

    entry = indicators.definition(PROFILE, ws)
    task = prepare(entry, indicators.cubes_of(ws, entry), areas=(area,))
    axis = task.evaluation.grid.periods
    keep = np.array([_inside(period, first, last) for period in axis], dtype=bool)
    vintages = _vintages(task.members)
    found = []
    for pillar in PILLARS:
        components = [
            _member(member, area, axis)
            for member in task.members
            if member.indicator.pillar.value == pillar and area in member.areas
        ]
        if len(components) < 2 or not keep.any():
            continue
        made = index(
            components,
            normalisation="baseline",
            aggregation="arithmetic",
            others=("minmax", "zscore"),
        )
        found.append(
            CompositeAnswer(
                name=pillar,
                units=tuple(str(period) for period in _kept(axis, keep)),
                over="years",
                area=area,
                components=tuple(components),
                index=made.take(keep),
                normalisation="baseline",
                aggregation="arithmetic",
                notes=(_NO_SINGLE,),
                vintages=vintages,
                fictitious=ws.settings.fictitious,
            )
        )
    if not found:
        raise WorkbenchError(N_("No pillar has two indicators with values in {area}."), area=area)
    return tuple(found)


def _kept(axis: Sequence[Period], keep: NDArray[np.bool_]) -> list[Period]:
    return [period for period, kept in zip(axis, keep, strict=True) if kept]


def _inside(period: Period, first: Period | None, last: Period | None) -> bool:
    return (first is None or period >= first) and (last is None or period <= last)


def _member(member: Member, area: str, axis: Sequence[Period]) -> Component:
    from indicators.compute.profile import goal_of

    row = member.value[member.areas.index(area)].tolist()
    known = dict(zip(member.periods, row, strict=True))
    values = np.array([known.get(period, np.nan) for period in axis], dtype=np.float64)
    goal = goal_of(member.indicator)
    bounded = np.isfinite(goal.floor) and np.isfinite(goal.ceiling)
    return Component(
        code=member.indicator.code,
        values=values,
        low=values,
        high=values,
        sign=goal.sign,
        posts=(goal.floor, goal.ceiling) if bounded else None,
    )


def _vintages(members: Sequence[Member]) -> tuple[int, ...]:
    used = {
        number for member in members for read in member.reads for number in np.unique(read.vintage)
    }
    return tuple(sorted(int(number) for number in used if number > 0))
