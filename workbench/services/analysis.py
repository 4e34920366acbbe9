"""Trend of a series and change after an event, for any indicator or input of the project."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from indicators.errors import N_, Note
from indicators.model.period import Frequency, Period
from indicators.model.results import (
    FittedPoint,
    ImpactResult,
    Intervention,
    ModelResult,
    Refusal,
    SeriesBreak,
    TrendResult,
)
from indicators.model.series import TOTAL, Breakdown, Series
from workbench.errors import WorkbenchError
from workbench.services.result_fields import result_fields
from workbench.services.subjects import (
    POPULATION,
    SHOCK,
    Subject,
    breaks_touching,
    events_of,
    is_about,
    subject,
)

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

__all__ = ["ImpactAnswer", "TrendAnswer", "impact", "result_fields", "trend"]

Result = TypeVar("Result", bound=ModelResult)
"""Either kind of finding."""

_PER_HEAD = frozenset(("persons", "cases", "offences"))
"""What is counted per head of the population unless the person says otherwise."""
_YEARLY = (Frequency.YEAR, Frequency.FISCAL, Frequency.MONTH, Frequency.QUARTER, Frequency.HALF)
_FINEST = (Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR, Frequency.FISCAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendAnswer:
    """A trend with everything a chart and its sentences need.

    Attributes:
        result: the finding or the refusal.
        series: the values shown.
        subject: name, unit, pillar, detection, inputs.
        model: id of the model used.
        reason: why this model, translatable; empty when it was chosen by the person.
        population_used: code of the population behind the model, or empty.
        events, breaks: those of the area that lie in the window.
        fictitious: all data of the project are invented.
    """

    result: TrendResult | Refusal
    series: Series
    subject: Subject
    model: str
    reason: str = ""
    population_used: str = ""
    events: tuple[Intervention, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    fictitious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactAnswer:
    """A change after an event with everything a chart and its sentences need.

    Attributes:
        result: the finding or the refusal.
        series: the values shown.
        subject: name, unit, pillar, detection, inputs.
        event: the event looked at.
        design: jump only, or jump and change of slope.
        population_used: code of the population behind the model, or empty.
        events, breaks: those of the area that lie in the window.
        rivals: other events near the date.
        pulses: known shocks that got a term of their own.
        fictitious: all data of the project are invented.
    """

    result: ImpactResult | Refusal
    series: Series
    subject: Subject
    event: Intervention
    design: str = "level"
    population_used: str = ""
    events: tuple[Intervention, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    rivals: tuple[Intervention, ...] = ()
    pulses: tuple[Intervention, ...] = ()
    fictitious: bool = False


def trend(
    ws: Workspace,
    code: str,
    area: str,
    *,
    breakdown: Breakdown = TOTAL,
    model: str | None = None,
    frequency: Frequency | None = None,
    first: Period | None = None,
    last: Period | None = None,
    level: float = 0.95,
    use_population: bool | None = None,
    use_provisional: bool = True,
    cross_breaks: bool = False,
    stable_band: tuple[float, float] = (-1.0, 1.0),
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
    seed: int | None = None,
) -> TrendAnswer:
    """How fast an indicator or input changes.

    Args:
        ws: open project.
        code: indicator or variable code.
        area: area code.
        breakdown: the cut.
        model: id of ``TRENDS``; None takes the one proposed for the series.
        frequency: kind of period; None takes yearly values where there are any.
        first: first period of the window; None for the first of the series.
        last: last period of the window; None for the last of the series.
        level: confidence level.
        use_population: counts per head; None does so when the population of every period is known.
        use_provisional: whether a provisional last year enters the main estimate.
        cross_breaks: fit across breaks instead of from the last one.
        stable_band: percent a year that counts as no change.
        dataset: only source of an input.
        parameters: of the indicator's formula.
        seed: of random models.

    Raises:
        WorkbenchError: the code is unknown.
        IndicatorsError: the model is unknown.
    """
    from indicators.trends import TRENDS, recommendation

    wanted = (frequency,) if frequency else _YEARLY
    looked_at = subject(
        ws, code, area, breakdown, frequencies=wanted, dataset=dataset, parameters=parameters
    )
    shown = _window(looked_at.series, first, last)
    fitted = _window(looked_at.counts, first, last) if looked_at.counts is not None else shown
    proposed = recommendation(fitted)
    chosen = TRENDS[model or proposed.model]
    if chosen.id != "count_trend":
        fitted = shown
    people, note = _exposure(looked_at, fitted, use_population)
    breaks = breaks_touching(ws, looked_at)
    result = _no_values(code, area) if not shown.periods else chosen.fit(
        fitted,
        population=people,
        level=level,
        breaks=breaks,
        use_provisional=use_provisional,
        cross_breaks=cross_breaks,
        stable_band=stable_band,
        seed=seed,
    )  # fmt: skip
    is_count = chosen.id == "count_trend"
    return TrendAnswer(
        result=_finished(result, looked_at, fitted, note if is_count else None),
        series=shown,
        subject=looked_at,
        model=chosen.id,
        reason="" if model else proposed.reason,
        population_used=POPULATION if is_count and people is not None else "",
        events=events_of(ws, looked_at),
        breaks=breaks,
        fictitious=ws.settings.fictitious,
    )


def impact(
    ws: Workspace,
    code: str,
    area: str,
    event_id: str,
    *,
    breakdown: Breakdown = TOTAL,
    design: Literal["level", "level_slope"] = "level",
    method: str = "interrupted",
    frequency: Frequency | None = None,
    first: Period | None = None,
    last: Period | None = None,
    delay: int | None = None,
    pulses: Sequence[str] | None = None,
    level: float = 0.95,
    use_population: bool | None = None,
    use_provisional: bool = True,
    cross_breaks: bool = False,
    date_from_data: bool = False,
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> ImpactAnswer:
    """What changed after an event, against where the series was heading.

    Args:
        ws: open project.
        code: indicator or variable code.
        area: area code.
        event_id: id of an event of the project.
        breakdown: the cut.
        design: jump only, or jump and change of slope.
        method: id of ``DESIGNS``.
        frequency: kind of period; None takes the finest there is.
        first: first period of the window; None for the first of the series.
        last: last period of the window; None for the last of the series.
        delay: periods after the date that are left out; None takes the event's own.
        pulses: ids of shocks that get a term of their own; None takes those expected to touch
            the inputs.
        level: confidence level.
        use_population: counts per head; None does so when the population of every period is known.
        use_provisional: whether a provisional end is used.
        cross_breaks: fit across breaks.
        date_from_data: the date was picked by looking at this series.
        dataset: only source of an input.
        parameters: of the indicator's formula.

    Raises:
        WorkbenchError: the code or the event is unknown.
    """
    from indicators.impact import DESIGNS

    event = _event(ws, event_id)
    wanted = (frequency,) if frequency else _FINEST
    looked_at = subject(
        ws,
        code,
        area,
        breakdown,
        frequencies=wanted,
        around=event.start,
        dataset=dataset,
        parameters=parameters,
    )
    shown = _window(looked_at.series, first, last)
    fitted = _window(looked_at.counts, first, last) if looked_at.counts is not None else shown
    people, note = _exposure(looked_at, fitted, use_population)
    breaks, near = breaks_touching(ws, looked_at), events_of(ws, looked_at)
    others = tuple(item for item in near if item.id != event.id)
    shocks = _pulses(others, looked_at, pulses)
    result = _no_values(code, area) if not shown.periods else DESIGNS[method].fit(
        fitted,
        event,
        population=people,
        design=design,
        delay=delay,
        pulses=shocks,
        rivals=others,
        breaks=breaks,
        level=level,
        cross_breaks=cross_breaks,
        use_provisional=use_provisional,
        date_from_data=date_from_data,
    )  # fmt: skip
    named = () if isinstance(result, Refusal) else result.rivals
    return ImpactAnswer(
        result=_finished(result, looked_at, fitted, note),
        series=shown,
        subject=looked_at,
        event=event,
        design=design,
        population_used=POPULATION if people is not None else "",
        events=near,
        breaks=breaks,
        rivals=tuple(item for item in others if item.id in named),
        pulses=shocks,
        fictitious=ws.settings.fictitious,
    )


def _event(ws: Workspace, event_id: str) -> Intervention:
    from workbench.services import events

    known = {event.id: event for event in events.events(ws)}
    if event_id not in known:
        raise WorkbenchError(
            N_("There is no event “{id}” in this project."),
            hint=N_("Known events: {known}."),
            id=event_id,
            known=", ".join(known) or "-",
        )
    return known[event_id]


def _pulses(
    others: Sequence[Intervention], looked_at: Subject, wanted: Sequence[str] | None
) -> tuple[Intervention, ...]:
    if wanted is not None:
        return tuple(item for item in others if item.id in wanted)
    return tuple(
        item for item in others if item.kind == SHOCK and is_about(item, looked_at.variables)
    )


def _no_values(code: str, area: str) -> Refusal:
    return Refusal(
        code="no_values",
        text=N_("There are no values of {code} for {area}."),
        found=0,
        data={"code": code, "area": area},
    )


def _window(series: Series, first: Period | None, last: Period | None) -> Series:
    """The part of a series between two periods; years bound months too."""
    if first is None and last is None:
        return series
    low = -math.inf if first is None else first.decimal_year
    high = math.inf if last is None else last.shift(1).decimal_year
    keep = [low <= period.decimal_year < high for period in series.periods]
    return replace(
        series,
        periods=tuple(p for p, kept in zip(series.periods, keep, strict=True) if kept),
        values=series.values[keep],
        low=series.low[keep],
        high=series.high[keep],
        status=series.status[keep],
        flags=series.flags[keep],
    )


def _exposure(
    looked_at: Subject, fitted: Series, wanted: bool | None
) -> tuple[Series | None, Note | None]:
    """The population for a model of counts and what a reader must be told about it."""
    from indicators.stats.points import usable
    from indicators.trends import is_count

    if wanted is False or not is_count(fitted):
        return None, None
    if wanted is None and (fitted.unit not in _PER_HEAD or looked_at.code.startswith("pop_")):
        return None, None
    people = looked_at.exposure
    if people is not None:
        points = usable(fitted, people)
        is_known = points.population is not None and not any(
            math.isnan(value) for value in points.population.tolist()
        )
        if is_known or wanted:
            return people, Note(
                code="per_population", text=N_("The change is counted per head of the population.")
            )
    return None, Note(
        code="no_population",
        text=N_(
            "The population of some years is not known here: the change is that of the numbers "
            "themselves."
        ),
    )


def _finished(
    result: Result | Refusal, looked_at: Subject, fitted: Series, note: Note | None
) -> Result | Refusal:
    """The result with its note, and its lines in the unit shown."""
    if isinstance(result, Refusal):
        return result
    noted = result if note is None else replace(result, warnings=(*result.warnings, note))
    if not looked_at.per_count or fitted.unit == looked_at.unit:
        return noted
    scaled = replace(noted, fitted=_scaled(noted.fitted, looked_at.per_count))
    if isinstance(scaled, ImpactResult):
        return replace(scaled, counterfactual=_scaled(scaled.counterfactual, looked_at.per_count))
    return scaled


def _scaled(points: Sequence[FittedPoint], factor: Mapping[int, float]) -> tuple[FittedPoint, ...]:
    return tuple(
        replace(
            point,
            value=point.value * factor[point.period.code],
            low=None if point.low is None else point.low * factor[point.period.code],
            high=None if point.high is None else point.high * factor[point.period.code],
        )
        for point in points
    )
