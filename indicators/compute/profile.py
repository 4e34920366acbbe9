"""Three scores side by side: prevention, protection and prosecution against the own baseline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.composite.aggregate import LEAST_WEIGHT, arithmetic, present
from indicators.composite.normalise import Goal, Scale, baseline, scores
from indicators.composite.uncertainty import sensitivity
from indicators.compute import reasons
from indicators.compute.task import Member, Outcome, Task
from indicators.errors import N_, Note, Severity
from indicators.formula.cells import Cells
from indicators.formula.evaluate import Grid, Read, Scalar
from indicators.formula.tree import PILLARS
from indicators.model.codes import Direction, Kind, Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import Refusal
from indicators.model.series import Breakdown, Floats

DIMENSION = "PIL"
_BOUNDED = (Kind.SHARE, Kind.COHORT, Kind.WSHARE, Kind.INDEX, Kind.CHECK)
_ENDS = re.compile(r"(\d+)-(\d+)")

_MADE_OF = N_(
    "50 is the own baseline (mean of the first three values). Weights: {members}. The range shows "
    "how much the score depends on weights and scales."
)
_WITHOUT = N_("Without a value here: {members}.")
_SCORES = N_("Prevention {PRV}, protection {PRT}, prosecution {PRS} of 100.")
_FEW = N_("Only {found} % of the weight of this pillar is known; a score needs {needed} %.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """One pillar in one area; arrays of shape ``(period,)`` and ``(member, period)``."""

    codes: tuple[str, ...]
    members: Floats
    known: Floats
    value: Floats
    low: Floats
    high: Floats


def pillar_profile(task: Task) -> Outcome:
    """A score of each pillar: the mean of its core indicators, each against its own baseline.

    Equation: 50 is the mean of the first three values of an indicator, 100 the best possible
    value (twice the baseline where there is none) and 0 the worst one (half of it); the score is
    the mean of what is known, with equal weights, and needs two thirds of the weight. The range
    is not chance: it shows other scales, means and weights (see ``composite.uncertainty``).
    Indicators whose direction is ambiguous or that only describe never enter. Groups that are
    followed over time enter in the year in which they are complete. There is no single score.
    """
    grid = task.evaluation.grid
    made = _Made(grid.shape)
    for a, area in enumerate(grid.areas):
        scored = {pillar: _scored(task, pillar, area) for pillar in PILLARS}
        for b, breakdown in enumerate(grid.breakdowns):
            pillar = breakdown.code(DIMENSION)
            found = scored.get(pillar or "")
            for p in range(grid.shape[2]):
                if found is not None:
                    _fill(made, (b, a, p), found)
                elif pillar is None:
                    _fill_whole(made, (b, a, p), scored)
    task.evaluation.reads.extend(_reads(task))
    return made.outcome()


class _Made:
    """Arrays that are filled cell by cell."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.value, self.low, self.high = (np.full(shape, np.nan) for _ in range(3))
        self.status = np.full(shape, int(Status.M), dtype=np.int8)
        self.cause = np.full(shape, reasons.NOT_CARRIED, dtype=np.int32)
        self.notes: dict[tuple[int, int, int], tuple[Note, ...]] = {}
        self.reasons: dict[tuple[int, int, int], Note] = {}

    def outcome(self) -> Outcome:
        """The filled arrays as a result."""
        return Outcome(
            result=Cells(value=self.value, status=self.status, causes=self.cause),
            low=self.low,
            high=self.high,
            cell_notes=self.notes,
            cell_reasons=self.reasons,
        )


def _fill(made: _Made, place: tuple[int, int, int], found: _Scored) -> None:
    p = place[2]
    if np.isnan(found.value[p]):
        made.cause[place] = reasons.REFUSED
        refusal = Refusal(
            code="few_members",
            text=_FEW,
            found=round(100 * float(found.known[p])),
            needed=round(100 * LEAST_WEIGHT),
        )
        made.reasons[place] = reasons.refused(refusal)
        return
    made.value[place], made.status[place], made.cause[place] = found.value[p], Status.A, 0
    made.low[place] = min(found.low[p], found.value[p])
    made.high[place] = max(found.high[p], found.value[p])
    has = ~np.isnan(found.members[:, p])
    weight = f"{100 / int(has.sum()):.0f} %"
    used = [code for code, is_known in zip(found.codes, has, strict=True) if is_known]
    rest = [code for code, is_known in zip(found.codes, has, strict=True) if not is_known]
    notes = [
        Note(
            code="made_of",
            text=_MADE_OF,
            severity=Severity.NOTE,
            data={"members": ", ".join(f"{code} {weight}" for code in used)},
        )
    ]
    if rest:
        notes.append(Note(code="without", text=_WITHOUT, data={"members": ", ".join(rest)}))
    made.notes[place] = tuple(notes)


def _fill_whole(made: _Made, place: tuple[int, int, int], scored: dict[str, _Scored]) -> None:
    """The total has no value, but says the three scores."""
    values = {pillar: each.value[place[2]] for pillar, each in scored.items()}
    if all(np.isnan(value) for value in values.values()):
        made.cause[place] = reasons.NO_SINGLE_SCORE
        return
    made.status[place], made.cause[place] = Status.X, reasons.NO_SINGLE_SCORE
    data = {
        pillar: "-" if np.isnan(value) else round(float(value)) for pillar, value in values.items()
    }
    made.notes[place] = (
        Note(code="pillar_scores", text=_SCORES, severity=Severity.NOTE, data=data),
    )


def _scored(task: Task, pillar: str, area: str) -> _Scored:
    periods = task.evaluation.grid.periods
    rows: dict[Scale, list[Floats]] = {scale: [] for scale in Scale}
    codes = []
    for member in task.members:
        if member.indicator.pillar.value != pillar or area not in member.areas:
            continue
        values = member.value[member.areas.index(area)]
        base, goal = baseline(values), goal_of(member.indicator)
        codes.append(member.indicator.code)
        for scale, made in rows.items():
            own = scores(values, base, goal, scale)
            made.append(_along(own, member.periods, periods))
    if not codes:
        nothing = np.full(len(periods), np.nan)
        return _Scored(
            codes=(),
            members=np.zeros((0, len(periods))),
            known=np.zeros(len(periods)),
            value=nothing,
            low=nothing,
            high=nothing,
        )
    stacked = {scale: np.stack(each) for scale, each in rows.items()}
    equal = np.ones(len(codes))
    low, high = sensitivity(stacked)
    return _Scored(
        codes=tuple(codes),
        members=stacked[Scale.REACH],
        known=present(stacked[Scale.REACH], equal),
        value=arithmetic(stacked[Scale.REACH], equal),
        low=low,
        high=high,
    )


def goal_of(indicator: Indicator) -> Goal:
    """How the values of an indicator are read: its direction and its least and greatest value."""
    sign = -1 if indicator.direction is Direction.DOWN else 1
    if indicator.kind in _BOUNDED:
        return Goal(sign=sign, floor=0.0, ceiling=indicator.per)
    ends = _ENDS.fullmatch(indicator.unit)
    if indicator.kind is Kind.SCORE and ends:
        return Goal(sign=sign, floor=float(ends[1]), ceiling=float(ends[2]))
    return Goal(sign=sign)


def _along(values: Floats, held: Sequence[Period], wanted: Sequence[Period]) -> Floats:
    found = dict(zip(held, values.tolist(), strict=True))
    return np.array([found.get(period, np.nan) for period in wanted], dtype=np.float64)


# the grid and the lineage ----------------------------------------------------------------------


def axes_of(
    members: Sequence[Member],
    *,
    areas: Sequence[str] | None,
    breakdowns: Sequence[Breakdown] | None,
    periods: tuple[Period, Period] | None,
    latest: Period | None,
) -> Grid:
    """The axes of a profile: the three pillars, over the periods of its members.

    Groups that are not yet complete reach beyond ``latest``; no score does.
    """
    held_periods = {period for member in members for period in member.periods}
    axis = sorted(each for each in held_periods if latest is None or each <= latest)
    if periods is not None:
        axis = [period for period in axis if periods[0] <= period <= periods[1]]
    held = dict.fromkeys(area for member in members for area in member.areas)
    cuts = tuple(Breakdown.of(**{DIMENSION: pillar}) for pillar in PILLARS)
    return Grid(
        breakdowns=cuts if breakdowns is None else tuple(dict.fromkeys(breakdowns)),
        areas=tuple(held) if areas is None else tuple(areas),
        periods=tuple(axis),
    )


def _reads(task: Task) -> list[Read]:
    """What the members looked up at the periods of the grid, for lineage and explanation."""
    grid = task.evaluation.grid
    found = []
    for member in task.members:
        rows = [
            b.code(DIMENSION) in (None, member.indicator.pillar.value) for b in grid.breakdowns
        ]
        if any(rows) and member.areas and member.periods:
            chosen = np.array(rows)[:, None, None]
            found += [_moved(task, member, read, chosen) for read in member.reads]
    return found


def _moved(task: Task, member: Member, read: Read, rows: NDArray[np.bool_]) -> Read:
    grid = task.evaluation.grid
    held = (1, len(member.areas), len(member.periods))
    areas = [member.areas.index(area) if area in member.areas else -1 for area in grid.areas]
    at = {period: index for index, period in enumerate(member.periods)}
    periods = [at.get(period, -1) for period in grid.periods]
    outside = (np.array(areas)[:, None] < 0) | (np.array(periods)[None, :] < 0)

    def taken(array: NDArray[Scalar], empty: float) -> NDArray[Scalar]:
        picked = np.broadcast_to(array, held)[0][np.ix_(areas, periods)]
        return np.where(rows & ~outside[None], picked[None], np.asarray(empty, dtype=array.dtype))

    low, high = read.cells.bounds
    return replace(
        read,
        breakdowns=(read.breakdowns[0],) * len(grid.breakdowns),
        lag=read.lag + member.delay,
        cells=Cells(
            value=taken(read.cells.value, np.nan),
            low=taken(low, np.nan),
            high=taken(high, np.nan),
            status=taken(read.cells.status, int(Status.M)),
            causes=taken(read.cells.cause, 0),
        ),
        flags=taken(read.flags, 0),
        vintage=taken(read.vintage, 0),
    )
