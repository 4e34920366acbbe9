"""What a person must know beside an effect: other events, breaks, delays, doubts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indicators.errors import C_, N_, Note, Severity
from indicators.impact.plan import Plan
from indicators.impact.segmented import SegmentedFit
from indicators.model.results import Intervention, SeriesBreak
from indicators.stats import checkup
from indicators.stats.guards import population_notes
from indicators.stats.limits import MIN_PLACEBOS

Design = Literal["level", "level_slope"]

NEAR_YEARS = 2
"""Other events and changes of counting this close to the date are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person asked of an interrupted series; see ``interrupted``."""

    event: Intervention
    design: Design
    delay: int
    pulses: tuple[Intervention, ...]
    rivals: tuple[Intervention, ...]
    breaks: tuple[SeriesBreak, ...]
    level: float
    cross_breaks: bool
    date_from_data: bool


def near_events(choice: Choice, plan: Plan) -> tuple[str, ...]:
    """Ids of other events within two years of the date; pulses have their own term."""
    date = choice.event.start.decimal_year
    modelled = {name for name, _ in plan.pulses} | {choice.event.id}
    return tuple(
        rival.id
        for rival in choice.rivals
        if rival.id not in modelled and abs(rival.start.decimal_year - date) <= NEAR_YEARS
    )


def cautions(
    fit: SegmentedFit, choice: Choice, near: tuple[str, ...], false_dates: int
) -> tuple[Note, ...]:
    """The cautions of one result, window first."""
    plan = fit.plan
    notes = [*population_notes(plan.points), *_window_notes(fit, choice)]
    if near:
        notes.append(
            Note(
                code="rival_events",
                text=N_("Other events lie within two years of this one: {count}."),
                severity=Severity.WARN,
                data={"count": len(near)},
            )
        )
    if false_dates < MIN_PLACEBOS:
        notes.append(
            Note(
                code="few_placebos",
                text=C_(
                    "Only {found} false date could be tried before the event; {needed} are needed to "
                    "compare with.",
                    "Only {found} false dates could be tried before the event; {needed} are needed "
                    "to compare with.",
                    by="found",
                ),
                data={"found": false_dates, "needed": MIN_PLACEBOS},
            )
        )
    if checkup.is_dependent(fit.residuals):
        notes.append(
            Note(
                code="autocorrelation",
                text=N_("Neighbouring values are alike: the range may be too narrow."),
                severity=Severity.WARN,
            )
        )
    return tuple(notes)


def _window_notes(fit: SegmentedFit, choice: Choice) -> list[Note]:
    notes = []
    points, date = fit.plan.points, choice.event.start.decimal_year
    close = [b for b in choice.breaks if abs(b.start.decimal_year - date) <= NEAR_YEARS]
    if points.breaks_crossed or close:
        notes.append(
            Note(
                code="break_near_event",
                text=N_(
                    "The way of counting changed near the event or inside the time looked at: "
                    "part of the change may come from it."
                ),
                severity=Severity.WARN,
                data={"breaks": ", ".join(b.id for b in close) or points.breaks_crossed},
            )
        )
    if points.since is not None:
        notes.append(
            Note(
                code="fitted_from_break",
                text=N_("The line begins in {since}, when the way of counting changed."),
                data={"since": points.since.start},
            )
        )
    if choice.delay:
        notes.append(
            Note(
                code="phase_in_left_out",
                text=C_(
                    "Left out: {count} period after the event, before an effect is expected.",
                    "Left out: {count} periods after the event, before an effect is expected.",
                ),
                data={"count": choice.delay},
            )
        )
    if choice.date_from_data:
        notes.append(
            Note(
                code="date_from_data",
                text=N_(
                    "The date was chosen by looking at this series: the range says less than it "
                    "seems."
                ),
                severity=Severity.WARN,
            )
        )
    return notes
