"""Change after an event, for any indicator or input of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from indicators.errors import N_
from indicators.model.period import Frequency, Period
from indicators.model.results import ImpactResult, Intervention, Refusal, SeriesBreak
from indicators.model.series import TOTAL, Breakdown, Series
from workbench.errors import WorkbenchError
from workbench.services.comparisons import beside
from workbench.services.fitting import exposure_of, finished, no_values, window
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

_FINEST = (Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR, Frequency.FISCAL)


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


def impact(
    ws: Workspace,
    code: str,
    area: str,
    event_id: str,
    *,
    breakdown: Breakdown = TOTAL,
    design: Literal["level", "level_slope"] = "level",
    method: str | None = None,
    controls: Sequence[str] = (),
    treated: Sequence[str] = (),
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
        method: id of ``DESIGNS``; None takes ``controlled`` with controls, else ``interrupted``.
        controls: areas or codes that the event did not touch; ``others`` for all other areas.
        treated: further areas that it touched.
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
        WorkbenchError: the code, the event or a control is unknown, or a design that compares has
            nothing to compare with.
    """
    from indicators.impact import DESIGNS

    event = event_of(ws, event_id)
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
    shown = window(looked_at.series, first, last)
    fitted = window(looked_at.counts, first, last) if looked_at.counts is not None else shown
    people, note = exposure_of(looked_at, fitted, use_population)
    breaks, near = breaks_touching(ws, looked_at), events_of(ws, looked_at)
    others = tuple(item for item in near if item.id != event.id)
    shocks = _pulses(others, looked_at, pulses)
    chosen = DESIGNS[method or ("controlled" if controls else "interrupted")]
    compared = (
        beside(
            ws,
            looked_at,
            controls=controls,
            treated=treated,
            cut=lambda series: window(series, first, last),
            exposure=lambda other, series: exposure_of(other, series, use_population)[0],
            dataset=dataset,
            parameters=parameters,
        )
        if chosen.needs_controls
        else {}
    )
    result = no_values(code, area) if not shown.periods else chosen.fit(
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
        **compared,
    )  # fmt: skip
    named = () if isinstance(result, Refusal) else result.rivals
    return ImpactAnswer(
        result=finished(result, looked_at, fitted, note),
        series=shown,
        subject=looked_at,
        event=event,
        design=design,
        population_used=POPULATION if people is not None and looked_at.counts is None else "",
        events=near,
        breaks=breaks,
        rivals=tuple(item for item in others if item.id in named),
        pulses=shocks,
        fictitious=ws.settings.fictitious,
    )


def event_of(ws: Workspace, event_id: str) -> Intervention:
    """An event of the project by its id.

    Raises:
        WorkbenchError: there is none.
    """
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
