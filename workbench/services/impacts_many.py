"""One event over many series, with control of false discoveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_, Note
from indicators.impact.family import ImpactsAnswer, OneOfMany
from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency
from indicators.model.results import Intervention, SeriesBreak
from indicators.model.series import Breakdown, Cube, Floats
from workbench.errors import WorkbenchError
from workbench.services.fitting import PER_HEAD
from workbench.services.subjects import SHOCK, is_about, population

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.services.workspace import Workspace

__all__ = ["ImpactsAnswer", "OneOfMany", "impacts_all", "impacts_many"]

NOT_TESTED = Note(
    code="not_tested",
    text=N_("Too few values before or after the event, or no finite change."),
)
AT_BREAK = Note(
    code="break_at_event",
    text=N_("The way of counting changed at the same time: the change cannot be told apart."),
)
SUPPRESSED = Note(
    code="suppressed_left_out",
    text=N_("Suppressed values were left out: {count}."),
)


def impacts_many(
    ws: Workspace,
    variable: str,
    event_id: str,
    *,
    level: float = 0.95,
    delay: int | None = None,
    dependent: bool = False,
) -> ImpactsAnswer:
    """The step of every area and breakdown of one input of counts; see ``impacts_all``.

    Raises:
        WorkbenchError: the event is unknown, or the values do not count things.
    """
    found = impacts_all(
        ws, event_id, variables=(variable,), level=level, delay=delay, dependent=dependent
    )
    if found.left_out:
        raise WorkbenchError(
            N_("The values of {code} do not count things: steps of many series need counts."),
            code=variable,
        )
    return found


def impacts_all(
    ws: Workspace,
    event_id: str,
    *,
    variables: Sequence[str] = (),
    level: float = 0.95,
    delay: int | None = None,
    dependent: bool = False,
) -> ImpactsAnswer:
    """The step of every series of counts after one event, all of them as one family.

    Yearly values; per head where the population of every year is known, as ``impact`` does; known
    shocks have their own term; no change of counting is crossed, and a series whose counting
    changed at the event is not tested. Suppressed values are left out here. Adjusted by Benjamini
    and Hochberg, or by Benjamini and Yekutieli for any dependence.

    Args:
        ws: open project.
        event_id: id of an event of the project.
        variables: codes of inputs; empty takes all of the project.
        level: confidence level.
        delay: years after the date that are left out; None takes the event's own.
        dependent: adjust for any dependence between the series.

    Raises:
        WorkbenchError: the event is unknown.
    """
    from workbench.services import observations
    from workbench.services.impacts import event_of

    event = event_of(ws, event_id)
    codes = variables or sorted({row.code for row in observations.variables(ws)})
    look = _Look(ws, event, level, event.delay if delay is None else delay)
    rows: list[OneOfMany] = []
    left_out = []
    for code in codes:
        found = look.rows(code)
        if found is None:
            left_out.append(code)
        else:
            rows += found
    told = _adjusted(rows, level, dependent=dependent)
    told.sort(key=_rank)
    return ImpactsAnswer(
        event=event,
        rows=tuple(told),
        family_size=sum(row.is_tested for row in told),
        level=level,
        rivals=look.rivals,
        adjustment="benjamini_yekutieli" if dependent else "benjamini_hochberg",
        left_out=tuple(left_out),
    )


def _rank(row: OneOfMany) -> tuple[bool, bool, float, str, str, Breakdown]:
    size = abs(np.log1p(max(row.estimate or 0.0, -99.9) / 100))
    return (not row.is_tested, not row.clear, -size, row.variable, row.area, row.breakdown)


def _adjusted(rows: list[OneOfMany], level: float, *, dependent: bool) -> list[OneOfMany]:
    """The rows with p-values adjusted over all that were tested."""
    from indicators.stats.multiplicity import benjamini_hochberg, benjamini_yekutieli

    tested = [row for row in rows if row.is_tested]
    adjust = benjamini_yekutieli if dependent else benjamini_hochberg
    p_values = np.array([row.p_value for row in tested], dtype=np.float64)
    adjusted = adjust(p_values).tolist() if tested else []
    told = [
        replace(row, adjusted=value, clear=value <= 1 - level)
        for row, value in zip(tested, adjusted, strict=True)
    ]
    return [*told, *(row for row in rows if not row.is_tested)]


class _Look:
    """One event over the series of one input after the other."""

    def __init__(self, ws: Workspace, event: Intervention, level: float, delay: int) -> None:
        from indicators.impact.comparison import near_events
        from indicators.impact.plan import first_after
        from workbench.services import events

        self.ws, self.event, self.level = ws, event, level
        self.date = float(first_after(event, Frequency.YEAR))
        self.start = self.date + delay
        self.breaks = events.breaks(ws)
        others = [other for other in events.events(ws) if other.id != event.id]
        near = near_events(event, others)
        self.rivals = tuple(other for other in others if other.id in near)
        self.shocks = [other for other in others if other.kind == SHOCK]
        self._people: dict[tuple[str, Breakdown], dict[int, float]] = {}

    def rows(self, variable: str) -> list[OneOfMany] | None:
        """The series of an input; None when it does not count things."""
        from indicators.impact.many import interrupted_many
        from workbench.services.cubes import cube

        found = cube(self.ws, variable, frequency=Frequency.YEAR)
        counts = _counts(found)
        if counts is None:
            return None
        names = [(area, cut) for cut in found.breakdowns for area in found.areas]
        time = np.array([period.ordinal for period in found.periods], dtype=np.float64)
        suppressed = (found.status == Status.S).reshape(len(names), -1).sum(axis=1)
        hidden = self._cut_at_breaks(found, variable, names, time, counts)
        used = (time < self.date) | (time >= self.start)
        people = self._populations(found, variable, names, counts)
        many = interrupted_many(
            time[used],
            counts[:, used],
            self.start,
            population=people[:, used],
            pulses=self._pulses(found, variable, used),
            level=self.level,
        )
        columns = zip(
            many.estimate, many.low, many.high, many.p_value, many.smallest_detectable, strict=True
        )
        held = found.vintage.reshape(len(names), -1).max(axis=1, initial=0).tolist()
        return [
            _row(variable, *names[i], values, bool(many.refused[i]), hidden[i], int(suppressed[i]))
            for i, values in enumerate(columns)
            if held[i]
        ]

    def _pulses(self, found: Cube, variable: str, used: NDArray[np.bool_]) -> Floats | None:
        from indicators.impact.plan import pulse_marks

        marks = [
            pulse_marks(shock, found.periods)[used].astype(np.float64)
            for shock in self.shocks
            if is_about(shock, (variable,))
        ]
        kept = [column for column in marks if column.any()]
        return np.array(kept) if kept else None

    def _cut_at_breaks(
        self,
        found: Cube,
        variable: str,
        names: list[tuple[str, Breakdown]],
        time: Floats,
        counts: Floats,
    ) -> list[bool]:
        """Blank what lies beyond a change of counting; True where it hides the event."""
        from indicators.stats.points import touching

        flags = found.flags.reshape(len(names), -1) & int(Flags.B)
        hidden = []
        for i, (area, _cut) in enumerate(names):
            dates = [_date(item) for item in touching(self.breaks, (variable,), area)]
            dates += time[flags[i] != 0].tolist()
            hidden.append(self._cut_row(counts[i], time, dates))
        return hidden

    def _cut_row(self, row: Floats, time: Floats, dates: list[float]) -> bool:
        known = time[np.isfinite(row)]
        before, after = known[known < self.date], known[known >= self.date]
        if not before.size or not after.size:
            return False
        inside = [date for date in dates if known[0] < date <= known[-1]]
        if any(before[-1] < date <= after[0] for date in inside):
            row[:] = np.nan
            return True
        for date in inside:
            row[time < date if date <= before[-1] else time >= date] = np.nan
        return False

    def _populations(
        self,
        found: Cube,
        variable: str,
        names: list[tuple[str, Breakdown]],
        counts: Floats,
    ) -> Floats:
        """People of each count, 1 in the rows that are looked at as plain counts."""
        people = np.ones_like(counts)
        if found.unit not in PER_HEAD or variable.startswith("pop_"):
            return people
        for i, (area, cut) in enumerate(names):
            known = self._people_of(area, cut)
            row = np.array([known.get(period.code, np.nan) for period in found.periods])
            if np.isfinite(row[np.isfinite(counts[i])]).all():
                people[i] = np.where(np.isfinite(row), row, 1.0)
        return people

    def _people_of(self, area: str, cut: Breakdown) -> dict[int, float]:
        if (area, cut) not in self._people:
            series = population(self.ws, area, cut)
            self._people[area, cut] = {} if series is None else {
                period.code: float(value)
                for period, value in zip(series.periods, series.values, strict=True)
                if value > 0
            }  # fmt: skip
        return self._people[area, cut]


def _date(item: SeriesBreak) -> float:
    return item.start.decimal_year


def _counts(found: Cube) -> Floats | None:
    """Exact counts, shape ``(series, n)``, nan elsewhere; None when the values do not count."""
    from indicators.trends import is_counted_unit

    known = np.isin(found.status, (Status.A, Status.Z))
    value = np.where(found.status == Status.Z, 0.0, found.value)
    counts = np.where(known, value, np.nan).reshape(-1, len(found.periods))
    exact = counts[np.isfinite(counts)]
    is_whole = exact.size and (exact >= 0).all() and (exact == np.floor(exact)).all()
    return counts if is_whole and is_counted_unit(found.unit) else None


def _row(
    variable: str,
    area: str,
    cut: Breakdown,
    values: tuple[float, float, float, float, float],
    refused: bool,
    hidden: bool,
    suppressed: int,
) -> OneOfMany:
    plain = OneOfMany(variable=variable, area=area, breakdown=cut)
    if hidden or refused:
        return replace(plain, reason=AT_BREAK if hidden else NOT_TESTED)
    estimate, low, high, p_value, smallest = (float(value) for value in values)
    reason = replace(SUPPRESSED, data={"count": suppressed}) if suppressed else None
    return replace(
        plain,
        estimate=estimate,
        low=low,
        high=high,
        p_value=p_value,
        smallest_detectable=smallest,
        reason=reason,
    )
