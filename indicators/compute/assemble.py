"""Result arrays -> one ``IndicatorSeries`` an area and breakdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indicators.compute import reasons
from indicators.compute.task import Outcome, Task, required
from indicators.errors import Note
from indicators.formula.cells import Causes, Cells, Mask, States
from indicators.formula.evaluate import Read, Scalar
from indicators.model.codes import Flags, Status
from indicators.model.results import IndicatorSeries, IndicatorValue
from indicators.model.series import Floats, Integers

_UNKNOWN: Floats = np.array(np.nan)


def spread(array: NDArray[Scalar], shape: tuple[int, ...]) -> NDArray[Scalar]:
    """The array over the grid; looking first is much faster than numpy's own way."""
    return array if array.shape == shape else np.broadcast_to(array, shape)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Everything a value needs, as arrays of the grid's shape; nan where there is nothing.

    Values, ranges, counts and states are there at once; reasons, cautions and lineage are worked
    out when they are first asked for.
    """

    task: Task
    outcome: Outcome
    value: Floats
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats
    status: States

    @property
    def shape(self) -> tuple[int, int, int]:
        """Lengths of the axes."""
        return self.task.evaluation.grid.shape

    @cached_property
    def cause(self) -> Causes:
        """Number of the reason why there is no value."""
        return spread(self.outcome.result.cause, self.shape)

    @cached_property
    def counted(self) -> Floats:
        """How many cases stand behind each value."""
        counted = spread(
            _UNKNOWN if self.outcome.counted is None else self.outcome.counted, self.shape
        )
        point = self.outcome.result.is_point
        return counted if point.all() else np.where(point, counted, np.nan)

    @cached_property
    def flags(self) -> Integers:
        """Bits of the flags of all inputs."""
        return spread(_flags(self.task.evaluation.reads), self.shape)

    @cached_property
    def crosses(self) -> Mask:
        """Where a pool or a comparison lies on both sides of a break."""
        return spread(_crosses(self.task.evaluation.reads), self.shape)

    @cached_property
    def _lineage(self) -> tuple[Integers, tuple[tuple[int, ...], ...]]:
        return _vintages(self.task.evaluation.reads, self.shape)

    @property
    def vintage(self) -> Integers:
        """For each cell the place of its set of deliveries in ``vintages``."""
        return self._lineage[0]

    @property
    def vintages(self) -> tuple[tuple[int, ...], ...]:
        """The sets of deliveries that values come from."""
        return self._lineage[1]

    @cached_property
    def remarked(self) -> Mask:
        """Where a value has a reason, a flag or a caution of its own."""
        small = self.counted < self.task.indicator.minimum_denominator
        marks = np.array(small)
        masks = (mask for mask, _ in self.outcome.notes)
        for mask in (self.cause != 0, self.flags != 0, self.crosses, *masks):
            if mask.any():
                marks |= mask
        for place in self.outcome.cell_notes:
            marks[place] = True
        return marks


def columns(task: Task, outcome: Outcome) -> Columns:
    """The arrays of a result, ready to be cut into series."""
    shape = task.evaluation.grid.shape
    low, high = _limits(outcome, shape)
    return Columns(
        task=task,
        outcome=outcome,
        value=spread(outcome.result.value, shape),
        low=low,
        high=high,
        numerator=_finite(outcome.numerator, shape),
        denominator=_finite(outcome.denominator, shape),
        status=spread(_status(outcome.result), shape),
    )


def _limits(outcome: Outcome, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """The range of a point; the bounds of a suppressed or open result."""
    if outcome.is_limited and outcome.result.low is None:
        assert outcome.low is not None  # what is limited has a range
        assert outcome.high is not None
        return spread(outcome.low, shape), spread(outcome.high, shape)
    point = outcome.result.is_point
    every = bool(point.all())
    pair = []
    for of_point, bound in zip((outcome.low, outcome.high), outcome.result.bounds, strict=True):
        chosen = np.asarray(np.nan if of_point is None else of_point)
        if not every:
            chosen = np.where(point, chosen, bound)
        # one sum tells for all cells at once whether a limit is open
        if not np.isfinite(chosen.sum()):
            open_ = np.isinf(chosen)
            chosen = np.where(open_, np.nan, chosen) if open_.any() else chosen
        pair.append(chosen)
    low, high = (spread(limit, shape) for limit in pair)
    return low, high


def _finite(cells: Cells | None, shape: tuple[int, ...]) -> Floats:
    return spread(_UNKNOWN if cells is None else cells.value, shape)


def _status(result: Cells) -> States:
    """The states; a confirmed zero that became another number is a plain value."""
    is_zero = result.status == int(Status.Z)
    if not is_zero.any():
        return result.status
    return np.where(is_zero & (result.value != 0), np.int8(Status.A), result.status)


def _flags(reads: Iterable[Read]) -> Integers:
    union = np.zeros((), dtype=np.int64)
    for read in reads:
        if read.flags.any():
            union = union | read.flags
    return union


def _crosses(reads: Iterable[Read]) -> Mask:
    """Where a period after the earliest one that is read begins a new way of counting."""
    reads = list(reads)
    farthest = max((read.lag for read in reads), default=0)
    union = _flags(read for read in reads if read.lag < farthest)
    return np.asarray((union & int(Flags.B)) > 0)


def _vintages(
    reads: Iterable[Read], shape: tuple[int, ...]
) -> tuple[Integers, tuple[tuple[int, ...], ...]]:
    """For each cell the place of its set of deliveries in a short list of sets."""
    sets: list[frozenset[int]] = [frozenset()]
    place = np.broadcast_to(np.int64(0), shape)
    for read in reads:
        ids, ids_place = _distinct(read.vintage)
        if len(ids) == 1:
            sets = [each | _without_zero(ids[0]) for each in sets]
            continue
        joint = place * len(ids) + ids_place
        pairs, place = _distinct(joint)
        united = [sets[pair // len(ids)] | _without_zero(ids[pair % len(ids)]) for pair in pairs]
        known = {each: index for index, each in enumerate(dict.fromkeys(united))}
        place = np.array([known[each] for each in united], dtype=np.int64)[place]
        sets = list(known)
    return place, tuple(tuple(sorted(each)) for each in sets)


def _distinct(array: np.ndarray) -> tuple[list[int], Integers]:
    """Distinct values and the place of each cell among them; small ranges need no sorting."""
    if array.size == 0:
        return [0], np.zeros(array.shape, dtype=np.int64)
    first, last = int(array.min()), int(array.max())
    if first == last:
        return [first], np.zeros((), dtype=np.int64)
    if last - first < 100_000:
        present = np.zeros(last - first + 1, dtype=bool)
        present[array - first] = True
        ids = np.nonzero(present)[0]
        rank = np.cumsum(present) - 1
        return [int(each) + first for each in ids], rank[array - first]
    ids, place = np.unique(array, return_inverse=True)
    return [int(each) for each in ids], place.reshape(array.shape)


def _without_zero(vintage: int) -> frozenset[int]:
    return frozenset((vintage,)) if vintage else frozenset()


# series ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the series of one computation share.

    Attributes:
        task: the computation.
        whole: places of breakdowns whose base is a total.
        always: cautions of every value.
    """

    task: Task
    whole: frozenset[int]
    always: tuple[Note, ...]


def series(
    labels: Labels, table: Columns, outcome: Outcome, places: Iterable[tuple[int, int]]
) -> tuple[IndicatorSeries, ...]:
    """The series of the given (breakdown, area) places."""
    indicator, grid = labels.task.indicator, labels.task.evaluation.grid
    variables = required(indicator)
    letters: dict[int, str] = {}
    result = []
    for b, a in places:
        values = tuple(_values(labels, table, outcome, b, a, letters))
        result.append(
            IndicatorSeries(
                code=indicator.code,
                area=grid.areas[a],
                unit=indicator.unit,
                method=indicator.interval.value,
                values=values,
                breakdown=grid.breakdowns[b],
                whole_population=b in labels.whole,
                level=labels.task.level,
                variables=variables,
                definition_digest=indicator.digest,
            )
        )
    return tuple(result)


def _values(
    labels: Labels,
    table: Columns,
    outcome: Outcome,
    b: int,
    a: int,
    letters: dict[int, str],
) -> Iterable[IndicatorValue]:
    periods = labels.task.evaluation.grid.periods
    always = labels.always
    if labels.task.derived and labels.task.evaluation.grid.breakdowns[b].code("CITG") == "NREP":
        always = (*always, reasons.ADDED_UP)
    numbers = (table.value, table.low, table.high, table.numerator, table.denominator)
    rows = zip(
        periods,
        *(_none_for_nan(column[b, a]) for column in numbers),
        table.status[b, a].tolist(),
        table.vintage[b, a].tolist(),
        table.remarked[b, a].tolist(),
        strict=True,
    )
    sets = table.vintages
    for p, (period, value, low, high, top, bottom, status, vintage, remarked) in enumerate(rows):
        reason, notes, flags = None, always, ""
        if remarked:
            place = (b, a, p)
            cause, bits = int(table.cause[place]), int(table.flags[place])
            reason = outcome.cell_reasons.get(place)
            if reason is None and cause:
                reason = _reason(labels, cause, status)
            notes = _notes(labels, table, outcome, place, bits, always)
            flags = _letters(bits, letters) if bits else ""
        yield IndicatorValue(
            period=period,
            value=value,
            low=low,
            high=high,
            numerator=top,
            denominator=bottom,
            status=_STATUS[status],
            reason=reason,
            notes=notes,
            flags=flags,
            vintages=sets[vintage],
        )


_STATUS = tuple(Status)


def _letters(bits: int, known: dict[int, str]) -> str:
    if bits not in known:
        known[bits] = Flags(bits).letters()
    return known[bits]


def _none_for_nan(column: Floats) -> list[float | None]:
    return [None if number != number else number for number in column.tolist()]


def _reason(labels: Labels, cause: int, status: int) -> Note:
    if not reasons.is_input(cause):
        return reasons.reason(cause)
    variable, breakdown = labels.task.evaluation.input_of(cause)
    if status == Status.X:
        return reasons.not_applicable(variable)
    return reasons.missing_input(variable, breakdown)


def _notes(
    labels: Labels,
    table: Columns,
    outcome: Outcome,
    place: tuple[int, int, int],
    flags: int,
    always: tuple[Note, ...],
) -> tuple[Note, ...]:
    minimum = labels.task.indicator.minimum_denominator
    counted = float(table.counted[place])
    notes = always
    if counted < minimum:
        notes = (*notes, reasons.small_denominator(counted, minimum))
    if flags:
        notes = (*notes, *reasons.flag_notes(flags))
    if table.crosses[place]:
        notes = (*notes, reasons.CROSSES_BREAK)
    for mask, note in outcome.notes:
        if mask[place]:
            notes = (*notes, note)
    return (*notes, *outcome.cell_notes[place]) if place in outcome.cell_notes else notes
