"""Whether help reaches every group alike: the lowest share of a group over the highest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from indicators import codelists
from indicators.compute import reasons
from indicators.compute.task import Outcome, Task
from indicators.errors import N_, Note
from indicators.formula.cells import Cells
from indicators.formula.evaluate import (
    NO_CASES,
    Evaluation,
    Grid,
    Read,
    Scalar,
    carried_dimensions,
)
from indicators.formula.tree import references
from indicators.model.codes import IntervalRule, Status
from indicators.model.series import Floats

DRAWS = 2000
SEED = 20_000_811
"""Fixed: equal counts give equal ranges on every run."""

_EXPECTED = N_(
    "By chance alone groups of this size would give about {expected}; lowest {lowest}, "
    "highest {highest}."
)


def equal_access(task: Task) -> Outcome:
    """Lowest share of a group over the highest, for the groups of one dimension.

    Equation: min_g(x_g / n_g) / max_g(x_g / n_g) over the groups with at least
    ``minimum_denominator`` cases. Range: percentiles of draws x_g ~ Binomial(n_g, x_g / n_g).
    The value expected under equality (draws with one common share) and the p-value of the
    chi-square test of equal shares stand in the note ``equal_access``: small groups lower the
    index even where all are served alike. Groups with a missing or suppressed count are left out.

    The parameter ``dimension`` chooses the dimension; else it is the first that the data carry.
    """
    dimension = _dimension(task)
    groups = _groups(task, dimension)
    if not groups:
        return _nothing(task)
    x, n = _counts(task, dimension, groups)
    shape = task.evaluation.grid.shape
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    notes: dict[tuple[int, int, int], tuple[Note, ...]] = {}
    large = (n >= task.indicator.minimum_denominator) & ~np.isnan(x) & (x <= n) & (n > 0)
    enough = large.sum(axis=0) >= 2
    for place in starmap(lambda b, a, p: (int(b), int(a), int(p)), np.argwhere(enough)):
        kept = large[(slice(None), *place)]
        names = [group for group, use in zip(groups, kept, strict=True) if use]
        index = (slice(None), *place)
        counts, bases = x[index][kept], n[index][kept]
        if counts.max() == 0:
            continue
        value[place] = _index(counts / bases)
        low[place], high[place] = _limits(counts, bases, task.level)
        notes[place] = (_note(dimension, names, counts, bases),)
    return _outcome(task, value, (low, high), notes, x, n, enough)


def _outcome(
    task: Task,
    value: Floats,
    limits: tuple[Floats, Floats],
    notes: dict[tuple[int, int, int], tuple[Note, ...]],
    x: Floats,
    n: Floats,
    enough: np.ndarray,
) -> Outcome:
    known = ~np.isnan(value)
    per = task.indicator.per
    listed = (~np.isnan(n)).any(axis=0)
    missing = task.evaluation.evaluate(task.input(0))
    cause = np.where(enough, NO_CASES, reasons.FEW_GROUPS)
    lacking = ~listed & (missing.cause > 0)
    result = Cells(
        value=value * per,
        status=np.where(
            known, np.int8(Status.A), np.where(lacking, np.int8(Status.M), np.int8(Status.X))
        ),
        causes=np.where(known, 0, np.where(lacking, missing.cause, cause)).astype(np.int32),
    )
    has_range = task.indicator.interval is IntervalRule.BOOTSTRAP
    return Outcome(
        result=result,
        low=limits[0] * per if has_range else None,
        high=limits[1] * per if has_range else None,
        counted=np.where(known, np.nansum(n, axis=0), np.nan),
        cell_notes=notes,
    )


def _dimension(task: Task) -> str:
    asked = task.evaluation.parameters.get("dimension")
    if asked:
        return asked
    carried = [
        carried_dimensions(cube)
        for index in (0, 1)
        for reference in references(task.input(index))
        if (cube := task.evaluation.cubes.get(reference.variable)) is not None
    ]
    for name in task.indicator.breakdowns:
        dimension = name.strip("()")
        if carried and all(dimension in dims for dims in carried):
            return dimension
    return ""


def _groups(task: Task, dimension: str) -> tuple[str, ...]:
    """The broadest groups of the dimension that the data have, never the unknown."""
    if not codelists.has_list(dimension):
        return ()
    variable = references(task.input(1))[0].variable
    cube = task.evaluation.cubes.get(variable)
    present = {b.code(dimension) for b in cube.breakdowns} if cube else set()
    listed = codelists.code_list(dimension)
    others = tuple(
        sorted(
            code
            for code in present
            if code and not code.startswith("_") and listed.entry(code) is None
        )
    )
    return tuple(code for code in (*listed.top, *others) if code in present)


def _counts(task: Task, dimension: str, groups: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Numerators and denominators of shape (group, breakdown, area, period); nan if unknown."""
    base, grid = task.evaluation, task.evaluation.grid
    inner = Evaluation(
        cubes=base.cubes,
        grid=Grid(
            breakdowns=tuple(b.with_code(dimension, g) for g in groups for b in grid.breakdowns),
            areas=grid.areas,
            periods=grid.periods,
        ),
        parameters=base.parameters,
    )
    shape = (len(groups), *grid.shape)
    found = [inner.evaluate(task.input(index)) for index in (0, 1)]
    base.reads.extend(part for read in inner.reads for part in _by_group(read, shape))
    x, n = (
        np.where(
            np.broadcast_to(part.is_point, inner.grid.shape),
            np.broadcast_to(part.value, inner.grid.shape),
            np.nan,
        ).reshape(shape)
        for part in found
    )
    return x, n


def _by_group(read: Read, shape: tuple[int, ...]) -> Iterator[Read]:
    """A look into a cube for all groups at once, as one look a group."""
    flat = (shape[0] * shape[1], *shape[2:])

    def grouped(array: NDArray[Scalar]) -> NDArray[Scalar]:
        return np.broadcast_to(array, flat).reshape(shape)

    value, (low, high) = grouped(read.cells.value), map(grouped, read.cells.bounds)
    status, cause = grouped(read.cells.status), grouped(read.cells.cause)
    flags, vintage = grouped(read.flags), grouped(read.vintage)
    for g in range(shape[0]):
        yield Read(
            variable=read.variable,
            breakdowns=read.breakdowns[g * shape[1] : (g + 1) * shape[1]],
            lag=read.lag,
            cells=Cells(
                value=value[g], low=low[g], high=high[g], status=status[g], causes=cause[g]
            ),
            flags=flags[g],
            vintage=vintage[g],
        )


def _index(shares: Floats) -> float:
    return float(shares.min() / shares.max())


def _draws(share: Floats, bases: Floats, purpose: int) -> Floats:
    generator = np.random.default_rng([SEED, purpose, *bases.astype(np.int64).tolist()])
    drawn = generator.binomial(bases.astype(np.int64), share, size=(DRAWS, len(bases))) / bases
    top = drawn.max(axis=1)
    result: Floats = np.where(top > 0, drawn.min(axis=1) / np.where(top > 0, top, 1.0), 1.0)
    return result


def _limits(counts: Floats, bases: Floats, level: float) -> tuple[float, float]:
    drawn = _draws(counts / bases, bases, 1)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def expected_under_equality(counts: Floats, bases: Floats) -> float:
    """The index that groups of this size give on average when all have one common share."""
    common = counts.sum() / bases.sum()
    return float(_draws(np.full(len(bases), common), bases, 2).mean())


def _note(dimension: str, names: list[str], counts: Floats, bases: Floats) -> Note:
    shares = counts / bases
    return Note(
        code="equal_access",
        text=_EXPECTED,
        data={
            "dimension": dimension,
            "groups": tuple(names),
            "lowest": names[int(shares.argmin())],
            "highest": names[int(shares.argmax())],
            "expected": round(expected_under_equality(counts, bases), 2),
            "p_value": _equality_p(counts, bases),
        },
    )


def _equality_p(counts: Floats, bases: Floats) -> float:
    """Chi-square test of equal shares."""
    from scipy.special import chdtrc

    common = counts.sum() / bases.sum()
    if common in (0.0, 1.0):
        return 1.0
    statistic = (((counts - bases * common) ** 2) / (bases * common * (1 - common))).sum()
    return float(chdtrc(len(bases) - 1, statistic))


def _nothing(task: Task) -> Outcome:
    missing = task.evaluation.evaluate(task.input(0))
    shape = task.evaluation.grid.shape
    lacking = np.broadcast_to(missing.cause > 0, shape)
    return Outcome(
        result=Cells(
            value=np.full(shape, np.nan),
            status=np.where(lacking, np.int8(Status.M), np.int8(Status.X)),
            causes=np.where(lacking, missing.cause, reasons.FEW_GROUPS).astype(np.int32),
        )
    )
