"""Middle values of durations, from counts by whole day or from stored quantiles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.compute import reasons
from indicators.compute.task import Outcome, Task
from indicators.formula import cells
from indicators.formula.cells import Cells, Mask
from indicators.formula.evaluate import NO_CASES, Read, carried_dimensions
from indicators.formula.tree import Reference, references
from indicators.model.codes import Status
from indicators.model.series import Cube, Floats
from indicators.stats import intervals
from indicators.stats.limits import MIN_ORDER_STATISTICS


def median(task: Task) -> Outcome:
    """The median of a duration.

    Counts by day (dimension DAY) give the value and its order-statistic range; a day without a
    count had no case, as micro-data count every case. Stored quantiles (STAT) give the value
    only, with the number of cases where STAT=N is there.
    """
    reference = references(task.input(0))[0]
    cube = task.evaluation.cubes.get(reference.variable)
    if cube is not None and "DAY" in carried_dimensions(cube):
        by_day = _from_days(task, reference, cube)
        if "STAT" not in carried_dimensions(cube):
            return by_day
        return _first_of(by_day, _from_quantiles(task, reference))
    return _from_quantiles(task, reference)


def _selected(reference: Reference, **more: str) -> dict[str, str]:
    return {dim: codes[0] for dim, codes in reference.selectors} | more


def _from_quantiles(task: Task, reference: Reference) -> Outcome:
    read = task.evaluation.read
    middle = read(reference.variable, _selected(reference, STAT="P50"), reference.shift)
    number = read(reference.variable, _selected(reference, STAT="N"), reference.shift)
    is_zero = number.is_point & (number.value == 0)
    if np.any(is_zero):
        middle = replace(
            middle,
            value=np.where(is_zero, np.nan, middle.value),
            status=np.where(is_zero, np.int8(Status.X), middle.status),
            causes=np.where(is_zero, np.int32(NO_CASES), middle.cause),
        )
    return Outcome(
        result=middle,
        denominator=number,
        counted=np.where(number.is_point, number.value, np.nan),
    )


def _from_days(task: Task, reference: Reference, cube: Cube) -> Outcome:
    codes = sorted({code for b in cube.breakdowns if (code := b.code("DAY"))})
    evaluation = task.evaluation
    mark = len(evaluation.reads)
    shape = evaluation.grid.shape
    parts = [
        evaluation.read(reference.variable, _selected(reference, DAY=code), reference.shift)
        for code in codes
    ]
    status = np.stack([np.broadcast_to(part.status, shape) for part in parts])
    listed = status <= int(Status.Z)
    counts = np.where(
        listed, np.stack([np.broadcast_to(part.value, shape) for part in parts]), 0.0
    )
    suppressed: Mask = np.asarray((status == int(Status.S)).any(axis=0))
    total = counts.sum(axis=0)
    usable: Mask = np.asarray(listed.any(axis=0) & ~suppressed & (total > 0))
    value, low, high = _medians(np.array([float(code) for code in codes]), counts, usable, task)
    number = _plain(total, np.asarray(listed.any(axis=0) & ~suppressed))
    evaluation.reads[mark:] = [_joined(evaluation.reads[mark:], number)]
    few = usable & (total < MIN_ORDER_STATISTICS)
    return Outcome(
        result=_result(value, usable, suppressed, np.asarray(listed.any(axis=0)), parts[0]),
        low=low,
        high=high,
        denominator=number,
        counted=np.where(usable, total, np.nan),
        notes=((few, reasons.NO_RANGE),),
    )


def _joined(reads: list[Read], found: Cells) -> Read:
    flags, vintage = reads[0].flags, reads[0].vintage
    for read in reads[1:]:
        flags, vintage = flags | read.flags, np.maximum(vintage, read.vintage)
    return Read(
        variable=reads[0].variable,
        breakdowns=tuple(breakdown.without("DAY") for breakdown in reads[0].breakdowns),
        lag=reads[0].lag,
        cells=found,
        flags=flags,
        vintage=vintage,
    )


def _medians(
    days: Floats, counts: Floats, usable: Mask, task: Task
) -> tuple[Floats, Floats, Floats]:
    value, low, high = (np.full(usable.shape, np.nan) for _ in range(3))
    for place in zip(*np.nonzero(usable), strict=True):
        found = intervals.median_by_counts(days, counts[(slice(None), *place)], task.level)
        if found is not None:
            value[place], low[place], high[place] = found.estimate, found.low, found.high
    return value, low, high


def _result(value: Floats, usable: Mask, suppressed: Mask, listed: Mask, missing: Cells) -> Cells:
    no_cases = listed & ~usable & ~suppressed
    status = np.where(usable, np.int8(Status.A), np.int8(Status.M))
    status = np.where(suppressed, np.int8(Status.S), status)
    cause = np.where(usable, 0, np.where(suppressed, reasons.NO_MIDDLE, missing.cause))
    return Cells(
        value=value,
        low=value,
        high=value,
        status=np.where(no_cases, np.int8(Status.X), status),
        causes=np.where(no_cases, NO_CASES, cause).astype(np.int32),
    )


def _plain(value: Floats, known: Mask) -> Cells:
    return Cells(
        value=np.where(known, value, np.nan),
        status=np.where(known, np.int8(Status.A), np.int8(Status.M)),
        causes=np.zeros(value.shape, dtype=np.int32),
    )


def _first_of(first: Outcome, second: Outcome) -> Outcome:
    """The counts by day where they are there, else the stored quantiles."""
    use = first.result.is_point | (first.result.status == int(Status.S))
    one, two = first.result, second.result
    assert first.counted is not None  # both ways count
    assert second.counted is not None
    assert first.denominator is not None
    assert second.denominator is not None
    return Outcome(
        result=Cells(
            value=np.where(use, one.value, two.value),
            low=np.where(use, one.bounds[0], two.bounds[0]),
            high=np.where(use, one.bounds[1], two.bounds[1]),
            status=np.where(use, one.status, two.status),
            causes=np.where(use, one.cause, two.cause),
        ),
        low=first.low,
        high=first.high,
        denominator=Cells(
            value=np.where(use, first.denominator.value, second.denominator.value),
            status=np.where(use, first.denominator.status, second.denominator.status),
            causes=np.where(use, first.denominator.cause, second.denominator.cause),
        ),
        counted=np.where(use, first.counted, second.counted),
        notes=first.notes,
    )


YEARS_OF_REVISIONS = 5


def median_revision(task: Task) -> Outcome:
    """Middle size of the revisions of the last five periods, as a part of the first value.

    Equation: median of |latest - first| / first over the periods t-4 ... t that have both. The
    range needs six revisions, so a single series has none.
    """
    evaluation = task.evaluation
    shape = evaluation.grid.shape
    sizes = []
    missing = None
    for lag in range(YEARS_OF_REVISIONS):
        first, latest = (evaluation.evaluate(task.input(index), lag) for index in (0, 1))
        size = cells.divide(cells.absolute(cells.subtract(latest, first)), first, NO_CASES)
        missing = missing or size
        sizes.append(np.broadcast_to(np.where(size.is_point, size.value, np.nan), shape))
    assert missing is not None  # the loop runs at least once
    stacked = np.stack(sizes)
    found = np.broadcast_to(missing.is_point, shape)
    middle = _nan_median(stacked)
    counted = (~np.isnan(stacked)).sum(axis=0).astype(np.float64)
    per = task.indicator.per
    return Outcome(
        result=Cells(
            value=np.where(found, middle * per, np.nan),
            status=np.broadcast_to(missing.status, shape),
            causes=np.broadcast_to(missing.cause, shape),
        ),
        denominator=_plain(counted, found),
        notes=((found & (counted < MIN_ORDER_STATISTICS), reasons.NO_RANGE),),
    )


def _nan_median(stacked: Floats) -> Floats:
    """Median along the first axis of what is known; nan where nothing is."""
    ordered = np.sort(stacked, axis=0)
    number = (~np.isnan(stacked)).sum(axis=0)
    lower = np.take_along_axis(ordered, np.maximum(number - 1, 0)[None] // 2, axis=0)[0]
    upper = np.take_along_axis(ordered, (number // 2)[None].clip(max=len(stacked) - 1), axis=0)[0]
    return np.where(number > 0, (lower + upper) / 2, np.nan)
