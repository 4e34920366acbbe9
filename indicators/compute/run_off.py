"""The final share of recent groups, projected from the pace of the groups before them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from indicators.compute import reasons
from indicators.compute.task import Outcome, Task
from indicators.errors import C_, N_, Note, Severity
from indicators.flow.run_off import Pace, is_sound, pace, projected
from indicators.formula.cells import Cells
from indicators.formula.evaluate import NO_CASES, Evaluation, Grid
from indicators.formula.tree import Reference, references
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.results import Refusal
from indicators.model.series import Floats

_DIMENSION = "K"
LEAST_SHARE = 0.2
"""Where earlier groups had less of their outcomes, there is a range and no value."""
UNEVEN = 2.0
"""Above this dispersion the courts' pace varied clearly more than by chance."""

_PROJECTED = C_(
    "Projected: {outcomes} of {size} has the outcome so far, and earlier groups had "
    "{share} % of theirs at that age (groups followed to the end: {groups}).",
    "Projected: {outcomes} of {size} have the outcome so far, and earlier groups had "
    "{share} % of theirs at that age (groups followed to the end: {groups}).",
    by="outcomes",
)
_UNEVEN = N_("The pace of the groups varied clearly more than by chance; the range allows for it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Groups of all periods: counts up to each year of shape (breakdown, area, period, K)."""

    periods: tuple[Period, ...]
    years: tuple[int, ...]
    counts: Floats
    sizes: Floats


def chain_ladder(task: Task) -> Outcome:
    """The share of each group with the outcome in the end, times ``per``.

    A group that is known to the last year has its observed share and no range. A younger one is
    projected (see ``flow.run_off``) and carries the note ``projected``, so that a chart draws it
    apart; where earlier groups had under a fifth of their outcomes at that age, it has a range
    only. Suppressed cells are left out. Without enough groups followed to the end there is no
    value.
    """
    reference, base = (references(task.input(index))[0] for index in (0, 1))
    rows = _rows(task, reference, base)
    grid = task.evaluation.grid
    made = _Made(grid.shape)
    place = {period: index for index, period in enumerate(rows.periods)}
    for b in range(grid.shape[0]):
        for a in range(grid.shape[1]):
            counts, sizes = rows.counts[b, a], rows.sizes[b, a]
            sound = np.array([is_sound(*pair) for pair in zip(counts, sizes, strict=True)])
            known = pace(counts[sound]) if rows.years else None
            for p, period in enumerate(grid.periods):
                row = place.get(period)
                if row is not None and known is not None:
                    _fill(made, (b, a, p), task, rows, known, counts[row], sizes[row])
    return _outcome(task, made, rows, reference, base)


class _Made:
    """Arrays that are filled cell by cell."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.value, self.low, self.high, self.top, self.bottom = (
            np.full(shape, np.nan) for _ in range(5)
        )
        self.cause = np.zeros(shape, dtype=np.int32)
        self.column = np.full(shape, -1, dtype=np.int64)
        self.notes: dict[tuple[int, int, int], tuple[Note, ...]] = {}
        self.reasons: dict[tuple[int, int, int], Note] = {}


def _fill(
    made: _Made,
    place: tuple[int, int, int],
    task: Task,
    rows: _Rows,
    known: Pace | Refusal,
    counts: Floats,
    size: float,
) -> None:
    columns = np.flatnonzero(~np.isnan(counts))
    if columns.size == 0 or np.isnan(size):
        return
    column = int(columns[-1])
    outcomes = float(counts[column])
    made.column[place] = column
    made.top[place], made.bottom[place] = outcomes, size
    if size == 0:
        made.cause[place] = NO_CASES
        return
    if not is_sound(counts, size):
        made.cause[place] = reasons.UNSOUND_COHORT
        return
    if column == len(rows.years) - 1:
        made.value[place] = outcomes / size * task.indicator.per
        return
    _fill_projected(made, place, task, known, outcomes, column, size)


def _fill_projected(
    made: _Made,
    place: tuple[int, int, int],
    task: Task,
    known: Pace | Refusal,
    outcomes: float,
    column: int,
    size: float,
) -> None:
    found = (
        known
        if isinstance(known, Refusal)
        else projected(known, outcomes, column, size, task.level)
    )
    if isinstance(found, Refusal):
        made.cause[place] = reasons.REFUSED
        made.reasons[place] = reasons.refused(found)
        return
    assert isinstance(known, Pace)  # a refusal has left above
    per = task.indicator.per
    if known.share_so_far(column) >= LEAST_SHARE:
        made.value[place] = found.estimate * per
    else:
        made.cause[place] = reasons.TOO_EARLY
    made.low[place], made.high[place] = found.low * per, found.high * per
    made.notes[place] = _notes(known, outcomes, size, column)


def _notes(known: Pace, outcomes: float, size: float, column: int) -> tuple[Note, ...]:
    note = Note(
        code="projected",
        text=_PROJECTED,
        severity=Severity.NOTE,
        data={
            "outcomes": int(outcomes),
            "size": int(size),
            "share": round(100 * known.share_so_far(column), 1),
            "groups": known.complete,
        },
    )
    if known.dispersion <= UNEVEN:
        return (note,)
    return note, Note(code="uneven_pace", text=_UNEVEN, severity=Severity.WARN)


def _years(task: Task, reference: Reference) -> tuple[int, ...]:
    cube = task.evaluation.cubes.get(reference.variable)
    codes = {b.code(_DIMENSION) for b in cube.breakdowns} if cube else set()
    return tuple(sorted(int(code) for code in codes if code and code.isdigit()))


def _chosen(reference: Reference, years: int | None = None) -> dict[str, str]:
    own = {dim: codes[0] for dim, codes in reference.selectors}
    return own if years is None else own | {_DIMENSION: str(years)}


def _rows(task: Task, reference: Reference, base: Reference) -> _Rows:
    """All groups of the data, also those of periods outside the grid."""
    outer = task.evaluation
    cube = outer.cubes.get(reference.variable)
    years = _years(task, reference)
    grid = Grid(
        breakdowns=outer.grid.breakdowns,
        areas=outer.grid.areas,
        periods=cube.periods if cube else (),
    )
    inner = Evaluation(cubes=outer.cubes, grid=grid, parameters=outer.parameters)
    columns = [_points(inner.read(reference.variable, _chosen(reference, k)), grid) for k in years]
    counts = np.stack(columns, axis=-1) if columns else np.full((*grid.shape, 1), np.nan)
    if task.latest is not None:
        for p, period in enumerate(grid.periods):
            for index, k in enumerate(years):
                if period.shift(k) > task.latest:
                    counts[:, :, p, index] = np.nan
    sizes = _points(inner.read(base.variable, _chosen(base)), grid)
    return _Rows(periods=grid.periods, years=years, counts=counts, sizes=sizes)


def _points(found: Cells, grid: Grid) -> Floats:
    value = np.where(found.is_point, found.value, np.nan)
    return np.broadcast_to(value, grid.shape)


def _outcome(
    task: Task, made: _Made, rows: _Rows, reference: Reference, base: Reference
) -> Outcome:
    evaluation = task.evaluation
    size = evaluation.read(base.variable, _chosen(base))
    missing = size
    for index, years in enumerate(rows.years):
        found = evaluation.read(reference.variable, _chosen(reference, years))
        missing = found if index == 0 else missing
        if not (made.column >= index).any():
            evaluation.reads.pop()  # nothing of this column went into a value
    shape = evaluation.grid.shape
    plain = Cells(
        value=made.top,
        status=np.where(np.isnan(made.top), np.int8(Status.M), np.int8(Status.A)),
        causes=np.zeros(shape, dtype=np.int32),
    )
    return Outcome(
        result=_result(made, size, missing),
        low=made.low,
        high=made.high,
        numerator=plain,
        denominator=replace(plain, value=made.bottom),
        counted=made.bottom,
        cell_notes=made.notes,
        cell_reasons=made.reasons,
    )


def _result(made: _Made, size: Cells, missing: Cells) -> Cells:
    """The values with the reasons of those that are not there."""
    shape = made.value.shape
    known, has_reason = ~np.isnan(made.value), made.cause != 0
    lacking = np.where(
        np.broadcast_to(size.status, shape) > int(Status.S),
        np.broadcast_to(size.cause, shape),
        np.broadcast_to(missing.cause, shape),
    )
    lacking = np.where(lacking == 0, np.int32(reasons.SUPPRESSED), lacking)
    is_no_case = made.cause == NO_CASES
    return Cells(
        value=made.value,
        low=made.low,
        high=made.high,
        status=np.where(
            known,
            np.int8(Status.A),
            np.where(is_no_case, np.int8(Status.X), np.int8(Status.M)),
        ),
        causes=np.where(known, 0, np.where(has_reason, made.cause, lacking)).astype(np.int32),
    )
