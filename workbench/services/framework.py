"""The scorecard of the open project: how the country stands on each recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from indicators.errors import N_, IndicatorsError
from indicators.formula.tree import CHOSEN_SERIES
from indicators.framework import Framework, framework, frameworks_of
from indicators.framework import scorecard as engine
from indicators.framework.scorecard import Distance, Evidence, Movement, Reading, ScorecardRow
from indicators.model.codes import IntervalRule, Status
from indicators.model.definition import Indicator, Target
from indicators.model.results import IndicatorValue, Refusal, TrendResult
from workbench.progress import SILENT, Progress

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

__all__ = [
    "Distance",
    "Evidence",
    "Framework",
    "Movement",
    "Reading",
    "ScorecardRow",
    "challenges_card",
    "framework",
    "frameworks_of",
    "readings",
    "scorecard",
]

FEWEST_FOR_TREND = 4
"""Shorter series are not asked for a trend."""


def scorecard(
    ws: Workspace, area: str = "", *, progress: Progress = SILENT
) -> tuple[ScorecardRow, ...]:
    """One row a recommendation and no total; kept in memory until the next write.

    Args:
        ws: open project.
        area: area code; the project's own country by default.
        progress: told after each indicator; the first card takes some seconds.
    """
    return engine.scorecard(readings(ws, area, progress=progress))


def challenges_card(
    ws: Workspace, area: str = "", *, progress: Progress = SILENT
) -> tuple[ScorecardRow, ...]:
    """The same for the five challenges."""
    return engine.scorecard(readings(ws, area, progress=progress), framework().challenges)


def readings(ws: Workspace, area: str = "", *, progress: Progress = SILENT) -> tuple[Reading, ...]:
    """What the data say about each indicator of the catalogue; kept until the next write."""
    place = area or ws.settings.area
    return ws.cache.kept(
        ("readings", place, ws.public_view),
        ws.any_revision(),
        lambda: _read_all(ws, place, progress),
    )


def _read_all(ws: Workspace, area: str, progress: Progress) -> tuple[Reading, ...]:
    from workbench.services import indicators, packs

    targets = packs.catalogue(ws).targets
    entries = indicators.catalogue(ws)
    found = []
    for done, entry in enumerate(entries):
        progress.report(done, len(entries), N_("Reading the indicators"))
        definition = entry.indicator
        if entry.state == "not" or CHOSEN_SERIES in definition.inputs:
            found.append(Reading(indicator=definition, target=targets.get(definition.code)))
        else:
            found.append(_reading(ws, definition, area, targets))
    return tuple(found)


def _reading(
    ws: Workspace, indicator: Indicator, area: str, targets: Mapping[str, Target]
) -> Reading:
    target = targets.get(indicator.code)
    values = _values(ws, indicator.code, area)
    if not values:
        return Reading(indicator=indicator, target=target)
    newest = values[-1]
    result = _trend(ws, indicator, area) if len(values) >= FEWEST_FOR_TREND else None
    return Reading(
        indicator=indicator,
        periods=tuple(value.period for value in values),
        value=newest.value,
        has_range=indicator.interval is IntervalRule.NONE or newest.low is not None,
        outcome=None if result is None else result.outcome,
        p_value=None if result is None else result.p_value,
        target=target,
    )


def _values(ws: Workspace, code: str, area: str) -> tuple[IndicatorValue, ...]:
    """Values and bounds by period; none where the inputs do not fit together."""
    from workbench.services import indicators

    try:
        computed = indicators.compute(ws, [code], areas=[area])
    except IndicatorsError:
        return ()  # the catalogue of the window says what is wrong with the inputs
    return tuple(
        value
        for series in computed
        for value in series.values
        if value.value is not None or value.status is Status.S
    )


def _trend(ws: Workspace, indicator: Indicator, area: str) -> TrendResult | None:
    """The trend of an indicator that says what is better; None when the data cannot tell."""
    from workbench.services import analysis

    if indicator.direction not in engine.JUDGED:
        return None
    result = analysis.trend(ws, indicator.code, area).result
    return None if isinstance(result, Refusal) else result
