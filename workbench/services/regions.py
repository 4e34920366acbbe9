"""Regions side by side: how unequal their rates are, and which lie outside the limits of chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_
from indicators.model.codes import Kind
from indicators.model.period import Period
from indicators.model.results import Refusal
from indicators.model.series import TOTAL, Breakdown
from workbench.services import indicators as services
from workbench.services import observations

if TYPE_CHECKING:
    from indicators.composite.regional import Funnel, Inequality, Regions
    from indicators.model.definition import Indicator
    from workbench.services.workspace import Workspace

_NOT_A_RATE = N_("Only rates of counted cases can be compared between regions in this way.")
_NO_WHOLE = N_("The whole country has no value for this period.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsAnswer:
    """What regions side by side say.

    Attributes:
        indicator: the rate.
        area: the whole.
        first, last: periods that are pooled.
        result: the finding or the refusal; its rate times ``per`` is in the unit shown.
        per: factor of the unit shown.
    """

    indicator: Indicator
    area: str
    first: Period
    last: Period
    result: Inequality | Funnel | Refusal
    per: float


def inequality(
    ws: Workspace,
    code: str,
    window: tuple[Period, Period],
    *,
    area: str | None = None,
    breakdown: Breakdown = TOTAL,
    level: float = 0.95,
) -> RegionsAnswer:
    """Gini and Theil of the regional rates, the periods of a window taken together.

    Regions that were split or joined are taken together with what followed them, so that
    windows of different years can be compared.

    Args:
        ws: open project.
        code: code of a rate.
        window: first and last period.
        area: the whole; the project's own area by default.
        breakdown: the cut.
        level: confidence level of the ranges.

    Raises:
        IndicatorsError: the code is unknown.
    """
    from indicators.composite.regional import inequality as measured

    def result(found: Regions, _whole: float) -> Inequality | Refusal:
        return measured(found, level=level)

    return _answer(ws, code, window, area, breakdown, result, together=True)


def funnel(
    ws: Workspace,
    code: str,
    period: Period,
    *,
    last: Period | None = None,
    area: str | None = None,
    breakdown: Breakdown = TOTAL,
) -> RegionsAnswer:
    """The regions of one period beside the exact limits around the rate of the whole.

    Args:
        ws: open project.
        code: code of a rate.
        period: the period, or the first one of a window.
        last: last period of the window; None for one period.
        area: the whole; the project's own area by default.
        breakdown: the cut.

    Raises:
        IndicatorsError: the code is unknown.
    """
    from indicators.composite.regional import funnel as placed

    def result(found: Regions, whole: float) -> Funnel | Refusal:
        if np.isnan(whole):
            return Refusal(code="no_whole", text=_NO_WHOLE)
        return placed(found, whole)

    window = (period, last or period)
    return _answer(ws, code, window, area, breakdown, result, together=last is not None)


def _answer(
    ws: Workspace,
    code: str,
    window: tuple[Period, Period],
    area: str | None,
    breakdown: Breakdown,
    result: Callable[[Regions, float], Inequality | Funnel | Refusal],
    *,
    together: bool,
) -> RegionsAnswer:
    from indicators.compute.regional import pooled

    indicator = services.definition(code, ws)
    whole = area or ws.settings.area
    found: Inequality | Funnel | Refusal
    if indicator.kind is not Kind.RATE:
        found = Refusal(code="not_a_rate", text=_NOT_A_RATE)
    else:
        cubes = services.cubes_of(ws, indicator)
        groups = regions_of(ws, whole, together=together)
        total = pooled(indicator, cubes, [(whole,)], window, breakdown)
        rate = float(total.low[0] / total.people[0]) if total.low[0] == total.high[0] else np.nan
        found = result(pooled(indicator, cubes, groups, window, breakdown), float(rate))
    return RegionsAnswer(
        indicator=indicator,
        area=whole,
        first=window[0],
        last=window[1],
        result=found,
        per=indicator.per,
    )


def regions_of(ws: Workspace, area: str, *, together: bool = False) -> tuple[tuple[str, ...], ...]:
    """The areas directly below one, in groups.

    Args:
        ws: open project.
        area: the area above.
        together: an area and what followed it form one group; else each is its own.
    """
    below = [row for row in observations.areas(ws) if row.parent == area]
    if not together:
        return tuple((row.code,) for row in below)
    codes = {row.code for row in below}
    first = {code: code for code in codes}

    def root(code: str) -> str:
        while first[code] != code:
            code = first[code]
        return code

    for row in below:
        for successor, _, _ in row.successors:
            if successor in codes:
                a, b = sorted((root(row.code), root(successor)))
                first[b] = a
    groups: dict[str, list[str]] = {}
    for code in sorted(codes):
        groups.setdefault(root(code), []).append(code)
    return tuple(tuple(group) for group in groups.values())
