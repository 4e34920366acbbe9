"""What an interrupted series is made of: points, date, terms; and whether they are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_
from indicators.model.period import Frequency, Period
from indicators.model.results import Intervention, Refusal, SeriesBreak
from indicators.stats.limits import LENGTHS, SPARE_POINTS
from indicators.stats.points import Points
from indicators.stats.regression import rank

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Form = Literal["count", "log", "identity"]

LEVEL, SLOPE = 2, 3
"""Columns of the jump and of the change of slope in every design matrix."""
_SEASON_LENGTH = {Frequency.MONTH: 12, Frequency.QUARTER: 4, Frequency.HALF: 2}
_NEARLY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A segmented model of one series, ready to be fitted.

    Attributes:
        points: usable points, phase-in left out.
        start: ordinal of the first period in which an effect is expected.
        slope: whether the slope may change too.
        pulses: id and points of each known pulse that has points.
        season: periods in a year when the season is modelled, else 0.
        form: counts, logarithms or the values themselves.
    """

    points: Points
    start: float
    slope: bool
    pulses: tuple[tuple[str, Marks], ...] = ()
    season: int = 0
    form: Form = "count"

    @property
    def post(self) -> Marks:
        """Points after the event."""
        return self.points.time >= self.start

    @property
    def exposure(self) -> Floats | None:
        """Log population of the points, or None."""
        return None if self.points.population is None else np.log(self.points.population)

    def matrix(self, *, event: bool = True) -> Floats:
        """Design matrix, shape ``(n, p)``; without the event for the counterfactual."""
        time = self.points.time - self.start
        post = (time >= 0) * float(event)
        columns = [np.ones(time.size), time, post]
        if self.slope:
            columns.append(time * post)
        columns += [marks.astype(np.float64) for _, marks in self.pulses]
        columns += seasons(self.points.time, self.season)
        return np.column_stack(columns)

    def take(self, keep: Marks) -> Plan:
        """The plan on some of its points; pulses that lose all points go."""
        pulses = tuple((name, marks[keep]) for name, marks in self.pulses if marks[keep].any())
        return replace(self, points=self.points.take(keep), pulses=pulses)

    def moved(self, start: float) -> Plan:
        """The plan with another date."""
        return replace(self, start=start)


def seasons(time: Floats, period: int, harmonics: int = 2) -> list[Floats]:
    """Sine and cosine columns of the season; the sine of the half period is always 0."""
    columns: list[Floats] = []
    for k in range(1, min(harmonics, period // 2) + 1):
        angle = 2 * np.pi * k * time / period
        if 2 * k < period:
            columns.append(np.sin(angle))
        columns.append(np.cos(angle))
    return columns


def first_after(event: Intervention, frequency: Frequency) -> int:
    """Ordinal of the first period that begins on or after the date of the event."""
    steps = _SEASON_LENGTH.get(frequency, 1)
    return int(np.ceil(event.start.decimal_year * steps - _NEARLY))


def pulse_marks(pulse: Intervention, periods: Sequence[Period]) -> Marks:
    """Periods that lie inside a pulse; a pulse without end lasts its own first period."""
    last = pulse.end or pulse.start
    begin = pulse.start.decimal_year - _NEARLY
    end = last.decimal_year + 1 / _SEASON_LENGTH.get(last.frequency, 1) - _NEARLY
    return np.array([begin <= period.decimal_year < end for period in periods], dtype=bool)


def season_of(points: Points) -> int:
    """Periods in a year when there are two full years to see the season in, else 0."""
    length = _SEASON_LENGTH.get(points.periods[0].frequency, 0)
    return length if points.n >= 2 * length else 0


def within_breaks(
    points: Points, breaks: Sequence[SeriesBreak], start: float, *, cross: bool
) -> Points | Refusal:
    """The points between the breaks on either side of the event.

    A break between the last point before and the first point after the event hides the event:
    what changed cannot be told apart.
    """
    dates = np.array([period.decimal_year for period in points.periods])
    before, after = points.time < start, points.time >= start
    inside = [b for b in breaks if dates[0] < b.start.decimal_year <= dates[-1]]
    if cross or not inside or not before.any() or not after.any():
        crossed = tuple(b.id for b in inside) if cross else ()
        return replace(points, breaks_crossed=crossed)
    keep = np.ones(points.n, dtype=bool)
    since = None
    for item in inside:
        date = item.start.decimal_year
        if dates[before][-1] < date <= dates[after][0]:
            return _hidden(item)
        if date <= dates[before][-1]:
            keep &= dates >= date
            since = item
        else:
            keep &= dates < date
    kept = points.take(keep)
    first, last = kept.periods[0].code, kept.periods[-1].code
    gaps = tuple(p for p in points.missing if first < p.code < last)
    return replace(kept, since=since, missing=gaps)


def _hidden(item: SeriesBreak) -> Refusal:
    return Refusal(
        code="break_at_event",
        text=N_(
            "The way of counting changed in {period}, at the same time as the event: a change of "
            "the series cannot be told apart from it."
        ),
        data={"period": item.start, "break": item.id},
    )


def length_refusal(plan: Plan) -> Refusal | None:
    """Too few points in all, before or after, or too few for the terms (length table)."""
    need = LENGTHS["level_slope" if plan.slope else "level"]
    before, after = int((~plan.post).sum()), int(plan.post.sum())
    yearly = plan.season == 0 and plan.points.n > 0
    if before == 0 or after == 0:
        return Refusal(
            code="event_outside",
            text=N_("The event lies outside the time with values: there is no before and after."),
            found=min(before, after),
            needed=min(need.before, need.after),
        )
    if after < need.after:
        return Refusal(
            code="too_few_after",
            text=C_(
                "Only {found} year after the event: its effect cannot be told from year-to-year "
                "variation; {needed} would be enough.",
                "Only {found} years after the event: its effect cannot be told from year-to-year "
                "variation; {needed} would be enough.",
                by="found",
            )
            if yearly
            else C_(
                "Only {found} value after the event; {needed} would be enough.",
                "Only {found} values after the event; {needed} would be enough.",
                by="found",
            ),
            found=after,
            needed=need.after,
        )
    if before < need.before:
        return Refusal(
            code="too_few_before",
            text=C_(
                "Only {found} year before the event: where the series was heading is not known; "
                "{needed} would be enough.",
                "Only {found} years before the event: where the series was heading is not known; "
                "{needed} would be enough.",
                by="found",
            )
            if yearly
            else C_(
                "Only {found} value before the event; {needed} would be enough.",
                "Only {found} values before the event; {needed} would be enough.",
                by="found",
            ),
            found=before,
            needed=need.before,
        )
    return _total_refusal(plan, need.points)


def _total_refusal(plan: Plan, needed: int) -> Refusal | None:
    design = plan.matrix()
    needed = max(needed, design.shape[1] + SPARE_POINTS)
    if plan.points.n < needed:
        return Refusal(
            code="too_few_points",
            text=C_(
                "Only {found} value: too few for a model with this event and its other terms; "
                "{needed} would be enough.",
                "Only {found} values: too few for a model with this event and its other terms; "
                "{needed} would be enough.",
                by="found",
            ),
            found=plan.points.n,
            needed=needed,
        )
    if rank(design) < design.shape[1]:
        return Refusal(
            code="not_separable",
            text=N_(
                "The event and another event cover the same time: their effects cannot be told "
                "apart."
            ),
        )
    return None
