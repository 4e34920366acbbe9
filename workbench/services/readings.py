"""Detected victims of an area read beside proactive finds and effort, over one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.model.period import Period
from indicators.model.results import Refusal
from workbench.services import analysis

if TYPE_CHECKING:
    from indicators.compute.reading import Reading
    from workbench.services.workspace import Workspace

LAW = "law"


def detection_reading(
    ws: Workspace,
    area: str,
    *,
    first: Period | None = None,
    last: Period | None = None,
    cross_breaks: bool = False,
) -> Reading:
    """The likely reading of the trend of detected victims, and what to check next.

    All series are read over the window in which detections could be fitted, which begins at
    their last break unless breaks are crossed.

    Args:
        ws: open project.
        area: area code.
        first: first period of the window; None for the first of the series.
        last: last period of the window; None for the last of the series.
        cross_breaks: read across breaks, which makes the break the likely reading.
    """
    from indicators.compute.reading import DETECTED, EFFORT, PROACTIVE, movement, paired_reading

    answer = analysis.trend(ws, DETECTED, area, first=first, last=last, cross_breaks=cross_breaks)
    result = answer.result
    if isinstance(result, Refusal):
        return paired_reading({DETECTED: movement(result)})
    moves = {DETECTED: movement(result)}
    for code in (PROACTIVE, *EFFORT):
        other = analysis.trend(
            ws, code, area, first=result.first, last=result.last, cross_breaks=cross_breaks
        )
        moves[code] = movement(other.result)
    has_law = any(
        event.kind == LAW
        and result.first.decimal_year < event.start.decimal_year <= result.last.decimal_year
        for event in answer.events
    )
    return paired_reading(moves, new_rule=bool(result.breaks_crossed) or has_law)
