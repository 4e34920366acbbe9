"""One event over many series of one input, with control of false discoveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_
from indicators.model.codes import Status
from indicators.model.period import Frequency
from indicators.model.series import Breakdown
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOfMany:
    """The step of one series among those looked at together.

    Attributes:
        area, breakdown: the series.
        estimate, low, high: step in percent; None when it could not be tested.
        p_value, adjusted: alone, and among all.
        clear: still clear among all.
    """

    area: str
    breakdown: Breakdown
    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None
    adjusted: float | None
    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactsAnswer:
    """All series: clear steps first, the largest first; those not tested stand at the end.

    Attributes:
        rows: one a series.
        family_size: how many were tested together.
        level: confidence level.
    """

    rows: tuple[OneOfMany, ...]
    family_size: int
    level: float


def impacts_many(
    ws: Workspace, variable: str, event_id: str, *, level: float = 0.95, delay: int | None = None
) -> ImpactsAnswer:
    """The step of every area and breakdown of an input of counts after one event.

    Yearly values; suppressed ones are left out here. Adjusted by Benjamini and Hochberg.

    Args:
        ws: open project.
        variable: code of an input that counts.
        event_id: id of an event of the project.
        level: confidence level.
        delay: years after the date that are left out; None takes the event's own.

    Raises:
        WorkbenchError: the event is unknown, or the values do not count things.
    """
    from indicators.impact.many import interrupted_many
    from indicators.impact.plan import first_after
    from workbench.services.cubes import cube
    from workbench.services.impacts import event_of

    event = event_of(ws, event_id)
    found = cube(ws, variable, frequency=Frequency.YEAR)
    known = np.isin(found.status, (Status.A, Status.Z))
    value = np.where(found.status == Status.Z, 0.0, found.value)
    counts = np.where(known, value, np.nan).reshape(-1, len(found.periods))
    exact = counts[np.isfinite(counts)]
    if not exact.size or (exact < 0).any() or (exact != np.floor(exact)).any():
        raise WorkbenchError(
            N_("The values of {code} do not count things: steps of many series need counts."),
            code=variable,
        )
    time = np.array([period.ordinal for period in found.periods], dtype=np.float64)
    date = first_after(event, Frequency.YEAR)
    start = date + (event.delay if delay is None else delay)
    used = (time < date) | (time >= start)
    many = interrupted_many(time[used], counts[:, used], float(start), level=level)
    names = [(area, cut) for cut in found.breakdowns for area in found.areas]
    columns = (many.estimate, many.low, many.high, many.p_value, many.adjusted)
    rows = [
        OneOfMany(
            area=area,
            breakdown=cut,
            **dict(
                zip(
                    ("estimate", "low", "high", "p_value", "adjusted"),
                    (None if many.refused[i] else float(column[i]) for column in columns),
                    strict=True,
                )
            ),
            clear=bool(many.clear[i]),
        )
        for i, (area, cut) in enumerate(names)
        if np.isfinite(counts[i]).any()
    ]
    rows.sort(
        key=lambda row: (row.estimate is None, not row.clear, -abs(row.estimate or 0.0), row.area)
    )
    return ImpactsAnswer(rows=tuple(rows), family_size=many.family_size, level=level)
