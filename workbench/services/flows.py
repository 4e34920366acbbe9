"""Case flow: how many of one stage reach the next, by calendar year or following a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_, Note
from indicators.flow.outcomes import NOT_DECIDED, Ending, competing, curve
from indicators.flow.result import FlowAnswer, TriangleRow
from indicators.flow.run_off import is_sound, pace, projected
from indicators.flow.steps import FLOWS, Counting, Flow, Stage, steps
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.results import Interval, Refusal
from indicators.model.series import TOTAL, Breakdown, Series
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

_YEARS = "K"
_OUTCOME = "OUT"


_FOLLOWED_ONLY = Note(
    code="followed_only",
    text=N_("Files are followed as groups: the year is the one in which they were opened."),
)
_OPEN_UNKNOWN = Note(
    code="open_unknown",
    text=N_(
        "How many of the open ones have already been acquitted is not known: the best case counts "
        "them all."
    ),
)
_NOT_SAME = Note(
    code="not_same_persons",
    text=N_(
        "Counts of one calendar year: not the same persons in every step, so the shares are no "
        "chances."
    ),
)


def flow_of(name: str) -> Flow:
    """A flow by its id.

    Raises:
        WorkbenchError: there is none.
    """
    for flow in FLOWS:
        if flow.id == name:
            return flow
    raise WorkbenchError(
        N_("There is no flow “{name}”."),
        hint=N_("Known flows: {known}."),
        name=name,
        known=", ".join(flow.id for flow in FLOWS),
    )


def flow(
    ws: Workspace,
    name: str,
    area: str,
    *,
    period: Period | None = None,
    cohort: bool = False,
    breakdown: Breakdown = TOTAL,
    level: float = 0.95,
) -> FlowAnswer:
    """The steps of one flow; flows are never divided by each other.

    Args:
        ws: open project.
        name: victims, accused or files.
        area: area code.
        period: calendar year, or the year in which a group began; None takes the last one with a
            count at the first stage.
        cohort: follow the same persons; files are always followed.
        breakdown: the cut of every stage.
        level: confidence level in (0, 1).

    Raises:
        WorkbenchError: there is no such flow, or no count at its first stage.
    """
    chosen = flow_of(name)
    reader = _Reader(ws, area, breakdown)
    if chosen.cohort is not None and (cohort or not chosen.stages):
        return _followed(reader, chosen, period, level, asked=cohort)
    codes = chosen.chain if cohort else chosen.stages
    when = reader.period(codes, period)
    counting: Counting = "cohort" if cohort else "stock"
    stages = [reader.stage(code, when, chosen.part(code)) for code in codes]
    return FlowAnswer(
        flow=chosen,
        area=area,
        breakdown=breakdown,
        period=when,
        counting=counting,
        steps=steps(stages, counting=counting, level=level),
        outcomes=reader.outcomes(chosen.outcomes, when, level),
        notes=() if cohort else (_NOT_SAME,),
        vintages=reader.vintages,
        fictitious=ws.settings.fictitious,
    )


def _followed(
    reader: _Reader, chosen: Flow, period: Period | None, level: float, *, asked: bool
) -> FlowAnswer:
    """A group and its members with the outcome by years since."""
    assert chosen.cohort is not None  # told by the caller
    base, outcome = chosen.cohort
    when = reader.period((base,), period)
    rows = reader.triangle(base, outcome)
    own = next((row for row in rows if row.period == when), None)
    size = 0.0 if own is None else own.size
    counts = () if own is None else own.counts
    known = [i for i, count in enumerate(counts) if count is not None]
    reached = counts[known[-1]] if known else None
    is_open = bool(known) and known[-1] < len(counts) - 1
    stage = Stage(
        code=outcome,
        count=reached,
        still_open=max(size - (reached or 0.0), 0.0) if is_open else None,
    )
    final, is_projected = _final(rows, own, level)
    return FlowAnswer(
        flow=chosen,
        area=reader.area,
        breakdown=reader.breakdown,
        period=when,
        counting="cohort",
        steps=steps([Stage(code=base, count=size), stage], counting="cohort", level=level),
        curve=curve(counts, size, level),
        triangle=rows,
        final=final,
        is_projected=is_projected,
        notes=(
            *(() if asked else (_FOLLOWED_ONLY,)),
            *((_OPEN_UNKNOWN,) if is_open and chosen.outcomes else ()),
        ),
        vintages=reader.vintages,
        fictitious=reader.ws.settings.fictitious,
    )


def _final(
    rows: tuple[TriangleRow, ...], own: TriangleRow | None, level: float
) -> tuple[Interval | Refusal | None, bool]:
    """The share in the end: as observed for an old group, else projected from the pace."""
    if own is None or not own.size:
        return None, False
    table = np.array([_numbers(row) for row in rows])
    sizes = [row.size for row in rows]
    sound = [is_sound(counts, size) for counts, size in zip(table, sizes, strict=True)]
    mine = _numbers(own)
    known = np.flatnonzero(~np.isnan(mine))
    if not known.size:
        return None, False
    if not is_sound(mine, own.size):
        return _UNSOUND, False
    column = int(known[-1])
    if column == mine.size - 1:
        reached = curve(own.counts, own.size, level)[-1]
        return reached.share, False
    speed = pace(table[np.array(sound)])
    if isinstance(speed, Refusal):
        return speed, True
    found = projected(speed, float(mine[column]), column, own.size, level)
    if isinstance(found, Refusal):
        return found, True
    ends = (100 * end for end in (found.estimate, found.low, found.high))
    return Interval(**dict(zip(("estimate", "low", "high"), ends, strict=True)), level=level), True


_UNSOUND = Refusal(
    code="unsound_cohort",
    text=N_("The counts of this group fall or exceed it: they cannot be of the same persons."),
)


def _numbers(row: TriangleRow) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if count is None else count for count in row.counts])


class _Reader:
    """Counts of one area and cut; remembers the versions they came from."""

    def __init__(self, ws: Workspace, area: str, breakdown: Breakdown) -> None:
        self.ws, self.area, self.breakdown = ws, area, breakdown
        self._used: set[int] = set()

    @property
    def vintages(self) -> tuple[int, ...]:
        """Versions read so far."""
        return tuple(sorted(self._used))

    def series(self, code: str, more: dict[str, str] | None = None) -> Series:
        """The series of an input, cut further."""
        from workbench.services import observations

        cut = self.breakdown
        for dim, value in (more or {}).items():
            cut = cut.with_code(dim, value)
        found = observations.series(self.ws, code, self.area, cut)
        self._used.update(found.vintages)
        return found

    def period(self, codes: Sequence[str], wanted: Period | None) -> Period:
        """The period asked for, or the last with a count at the first stage that has any.

        Raises:
            WorkbenchError: there is no count.
        """
        known: list[Period] = []
        for code in codes:
            found = self.series(code)
            known = [p for i, p in enumerate(found.periods) if _count(found, i) is not None]
            if known:
                break
        if wanted is None and known:
            return known[-1]
        if wanted is not None and wanted in known:
            return wanted
        raise WorkbenchError(
            N_("There is no number of “{code}” in {area} for {period}."),
            hint=N_("Years with a number: {known}."),
            code=code,
            area=self.area,
            period=str(wanted or "-"),
            known=f"{known[0]}-{known[-1]}" if known else "-",
        )

    def stage(self, code: str, when: Period, more: dict[str, str]) -> Stage:
        """One stage in one period."""
        found = self.series(code, more)
        if when not in found.periods:
            return Stage(code=code, count=None)
        place = found.periods.index(when)
        count = _count(found, place)
        if count is None and found.status[place] == Status.S:
            low, high = float(found.low[place]), float(found.high[place])
            if np.isfinite(low) and np.isfinite(high):
                return Stage(code=code, count=None, low=low, high=high)
        return Stage(code=code, count=count)

    def outcomes(self, code: str, when: Period, level: float) -> tuple[Ending, ...]:
        """How the decided ones ended, the most frequent first; empty when a count is not known."""
        if not code:
            return ()
        counts = {}
        for value in self._codes(code, _OUTCOME):
            count = self.stage(code, when, {_OUTCOME: value}).count
            if count is None and value not in NOT_DECIDED:
                return ()  # shares of the others would be too large
            counts[value] = count or 0.0
        found = competing(counts, level)
        return tuple(sorted(found, key=lambda ending: (-ending.count, ending.code)))

    def triangle(self, base: str, outcome: str) -> tuple[TriangleRow, ...]:
        """All groups with their outcomes by years since."""
        sizes = self.series(base)
        years = sorted((code for code in self._codes(outcome, _YEARS) if code.isdigit()), key=int)
        columns = [self.series(outcome, {_YEARS: code}) for code in years]
        rows = []
        for i, period in enumerate(sizes.periods):
            size = _count(sizes, i)
            if size is None:
                continue
            counts = tuple(
                _count(column, column.periods.index(period)) if period in column.periods else None
                for column in columns
            )
            rows.append(TriangleRow(period=period, size=size, counts=counts))
        return tuple(rows)

    def _codes(self, variable: str, dimension: str) -> list[str]:
        """Codes of one more dimension that an input carries in this area and cut."""
        from workbench.services import observations

        rows = observations.series_list(self.ws, variable=variable, area=self.area)
        cuts = [row.breakdown for row in rows]
        return sorted(
            {
                code
                for cut in cuts
                if (code := cut.code(dimension)) and cut.without(dimension) == self.breakdown
            }
        )


def _count(series: Series, place: int) -> float | None:
    """The exact count at a place, or None."""
    if series.status[place] == Status.Z:
        return 0.0
    value = float(series.values[place])
    return value if series.status[place] == Status.A and np.isfinite(value) else None
