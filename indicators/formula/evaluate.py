"""Tree and cubes -> cells over a grid of breakdowns, areas and periods, in one pass."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from indicators.formula import cells
from indicators.formula.cells import Cells, Mask
from indicators.formula.facts import Facts, dimensions_of_cuts, facts_of
from indicators.formula.functions import FUNCTIONS
from indicators.formula.tree import (
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
    references,
)
from indicators.model.codes import Flags, Status
from indicators.model.period import FIRST_YEAR, Period
from indicators.model.series import Breakdown, Cube, Floats, Integers

NO_CASES = 1
ZERO_POPULATION = 2
FIRST_INPUT = 3
"""Causes from here on count the missing inputs of ``Evaluation.inputs``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The axes of a result."""

    breakdowns: tuple[Breakdown, ...]
    areas: tuple[str, ...]
    periods: tuple[Period, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Lengths of the axes."""
        return len(self.breakdowns), len(self.areas), len(self.periods)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions of any cut."""
        return dimensions_of_cuts(self.breakdowns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One look into a cube: which variable, cells and lag, and what was found there."""

    variable: str
    breakdowns: tuple[Breakdown, ...]
    lag: int
    cells: Cells
    flags: Integers
    vintage: Integers


@dataclass(slots=True, kw_only=True)
class Evaluation:
    """Cubes, grid and parameters of one computation, and what it read on the way.

    Attributes:
        cubes: cubes by variable code; an absent one is missing everywhere.
        grid: axes of the result.
        parameters: values of ``k`` and ``g``.
        inputs: cause number of each (variable, breakdown) that was looked for.
        reads: every look into a cube.
        dropped: breakdowns of the grid for which a total was used, by variable.
        compact: what holds for a whole cube may come as one state for all cells; for readers
            that broadcast, and never look states up by place.
    """

    cubes: Mapping[str, Cube]
    grid: Grid
    parameters: Mapping[str, str] = field(default_factory=dict)
    inputs: dict[tuple[str, Breakdown], int] = field(default_factory=dict)
    reads: list[Read] = field(default_factory=list)
    dropped: dict[str, set[int]] = field(default_factory=dict)
    compact: bool = False
    _known: dict[str, _Labels] = field(default_factory=dict)
    _names: dict[int, tuple[str, Breakdown]] = field(default_factory=dict)

    def evaluate(self, tree: Node, lag: int = 0) -> Cells:
        """The cells of a formula.

        Args:
            tree: a checked formula.
            lag: periods back at which all of it is read.
        """
        match tree:
            case Number():
                return cells.constant(tree.value)
            case Reference():
                return self._reference(tree.with_parameters(dict(self.parameters)), lag)
            case Negation():
                return cells.negate(self.evaluate(tree.operand, lag))
            case Operation():
                return self._operation(tree, lag)
            case Call():
                return self._call(tree, lag)

    def _call(self, call: Call, lag: int) -> Cells:
        function = FUNCTIONS[call.function]
        if function.window > 1:
            node = call.arguments[0]
            return function.apply(
                [self.evaluate(node, lag + back) for back in range(function.window)]
            )
        return function.apply([self.evaluate(node, lag) for node in call.arguments])

    def _operation(self, tree: Operation, lag: int) -> Cells:
        left, right = self.evaluate(tree.left, lag), self.evaluate(tree.right, lag)
        match tree.operator:
            case "+":
                return cells.add(left, right)
            case "-":
                return cells.subtract(left, right)
            case "*":
                return cells.multiply(left, right)
            case _:
                return cells.divide(left, right, zero_cause(tree.right))

    def _reference(self, reference: Reference, lag: int) -> Cells:
        picked = dict(reference.selectors)
        combinations = [
            dict(zip(picked, codes, strict=True)) for codes in itertools.product(*picked.values())
        ]
        parts = [
            self.read(reference.variable, combination, lag + reference.shift)
            for combination in combinations
        ]
        result = parts[0]
        for part in parts[1:]:
            result = cells.add(result, part)
        return result

    def read(self, variable: str, selected: Mapping[str, str], lag: int = 0) -> Cells:
        """The cells of one variable with some dimensions set.

        A dimension of the grid that the cube carries is matched; one that it does not carry is
        left out, which uses the total. Money kept in millions is read in whole units of the
        currency; what is remembered as read stays as it is kept.
        """
        cube = self.cubes.get(variable)
        if cube is None:
            return self._absent(variable, selected, lag)
        labels = self._known.get(variable) or _labels(cube, self.grid)
        self._known[variable] = labels
        wanted = self._wanted(variable, labels.carried, selected)
        facts = facts_of(cube)
        taken = _taken(cube, labels, self.grid, tuple(wanted), lag, facts, compact=self.compact)
        found = Cells(
            value=taken.value,
            low=taken.low,
            high=taken.high,
            status=taken.status,
            causes=lambda: self._causes(variable, wanted, taken.lacking),
            counts=facts.counts,
            positive=facts.positive,
        )
        self.reads.append(
            Read(
                variable=variable,
                breakdowns=tuple(wanted),
                lag=lag,
                cells=found,
                flags=taken.flags,
                vintage=taken.vintage,
            )
        )
        scale = money_scale(cube.unit)
        return found if scale == 1 else cells.scale(found, scale)

    def _wanted(
        self, variable: str, carried: frozenset[str], selected: Mapping[str, str]
    ) -> list[Breakdown]:
        """The cut to read for each cut of the grid; cuts read as totals are remembered."""
        if not selected and self.grid.dimensions <= carried:
            return list(self.grid.breakdowns)
        wanted = []
        for index, breakdown in enumerate(self.grid.breakdowns):
            kept = [
                pair for pair in breakdown.dims if pair[0] in carried and pair[0] not in selected
            ]
            if any(dim not in carried and dim not in selected for dim, _ in breakdown.dims):
                self.dropped.setdefault(variable, set()).add(index)
            is_itself = not selected and len(kept) == len(breakdown.dims)
            wanted.append(breakdown if is_itself else Breakdown((*kept, *selected.items())))
        return wanted

    def _causes(self, variable: str, wanted: list[Breakdown], lacking: Mask) -> NDArray[np.int32]:
        if not lacking.any():
            return np.array(0, dtype=np.int32)
        each = [[[self.cause(variable, breakdown)]] for breakdown in wanted]
        return np.where(lacking, np.array(each, dtype=np.int32), np.int32(0))

    def cause(self, variable: str, breakdown: Breakdown) -> int:
        """The number that stands for a missing cell of this variable."""
        number = self.inputs.setdefault((variable, breakdown), FIRST_INPUT + len(self.inputs))
        self._names[number] = (variable, breakdown)
        return number

    def input_of(self, cause: int) -> tuple[str, Breakdown]:
        """The variable and breakdown that a cause number stands for."""
        return self._names[cause]

    def _absent(self, variable: str, selected: Mapping[str, str], lag: int) -> Cells:
        breakdown = Breakdown(tuple(selected.items()))
        nothing = np.array(np.nan)
        found = Cells(
            value=nothing,
            status=np.array(int(Status.M), dtype=np.int8),
            causes=np.array(self.cause(variable, breakdown), dtype=np.int32),
        )
        none = np.array(0, dtype=np.int64)
        self.reads.append(
            Read(
                variable=variable,
                breakdowns=(breakdown,) * len(self.grid.breakdowns),
                lag=lag,
                cells=found,
                flags=none,
                vintage=none,
            )
        )
        return found


Scalar = TypeVar("Scalar", bound=np.generic)
Positions: TypeAlias = tuple[NDArray[np.intp] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    value: Floats
    low: Floats | None
    high: Floats | None
    status: NDArray[np.int8]
    flags: Integers
    vintage: Integers
    lacking: Mask


_NO_FLAGS: Integers = np.array(int(Flags.NONE), dtype=np.int64)
_NONE_LACKING: Mask = np.zeros((), dtype=bool)


def currency(unit: str) -> str | None:
    """The currency of a money unit ``VLD:1e6``; None for other units."""
    code, colon, _ = unit.partition(":")
    return code if colon else None


def money_scale(unit: str) -> float:
    """How many units of the currency one unit of the data is: 1e6 for ``VLD:1e6``."""
    scale = unit.partition(":")[2]
    try:
        return float(scale) if scale else 1.0
    except ValueError:
        return 1.0


def is_population(variable: str) -> bool:
    """Whether a zero of this variable is an error in the data: a population base."""
    return variable.removeprefix("n_").startswith("pop_")


def zero_cause(denominator: Node) -> int:
    """What a zero of this denominator means: no cases, or a population that cannot be."""
    names = [reference.variable for reference in references(denominator)]
    return ZERO_POPULATION if any(is_population(name) for name in names) else NO_CASES


def carried_dimensions(cube: Cube) -> frozenset[str]:
    """The dimensions in which a cube has any cut."""
    return dimensions_of_cuts(cube.breakdowns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labels:
    """Where the labels of a cube stand; worked out once a computation."""

    carried: frozenset[str]
    areas: NDArray[np.intp] | None


def _labels(cube: Cube, grid: Grid) -> _Labels:
    return _Labels(carried=carried_dimensions(cube), areas=_positions(cube.areas, grid.areas))


def _positions(labels: tuple[object, ...], wanted: tuple[object, ...]) -> NDArray[np.intp] | None:
    """Where each wanted label stands, -1 for nowhere; None when nothing needs to be moved."""
    if labels is wanted or labels == wanted:
        return None
    place = {label: index for index, label in enumerate(labels)}
    return np.array([place.get(label, -1) for label in wanted], dtype=np.intp)


def _earlier(period: Period, lag: int) -> Period | None:
    return period.shift(-lag) if period.year - lag > FIRST_YEAR else None


def _taken(
    cube: Cube,
    labels: _Labels,
    grid: Grid,
    wanted: tuple[Breakdown, ...],
    lag: int,
    facts: Facts,
    *,
    compact: bool,
) -> _Taken:
    periods = tuple(_earlier(each, lag) for each in grid.periods) if lag else grid.periods
    axes = (
        _positions(cube.breakdowns, wanted),
        labels.areas,
        _positions(cube.periods, periods),
    )
    value = _along(cube.value, axes, np.nan)
    if compact and facts.plain and all(index is None or (index >= 0).all() for index in axes):
        return _plain(cube, value, axes, facts)
    held = cube.status if facts.status is None else facts.status
    status = _along(held, axes, int(Status.M)).astype(np.int8, copy=False)
    low, high = (
        (None, None)
        if facts.unbounded
        else _bounds(
            value, status, _along(cube.low, axes, np.nan), _along(cube.high, axes, np.nan)
        )
    )
    is_whole = all(index is None for index in axes)
    return _Taken(
        value=value,
        low=low,
        high=high,
        status=status,
        flags=_NO_FLAGS
        if compact and facts.unflagged
        else _along(cube.flags, axes, int(Flags.NONE)),
        vintage=_along(cube.vintage, axes, 0),
        lacking=facts.lacking
        if is_whole and facts.lacking is not None
        else status > int(Status.S),
    )


def _plain(cube: Cube, value: Floats, axes: Positions, facts: Facts) -> _Taken:
    """Cells of a plain cube: one state for all."""
    return _Taken(
        value=value,
        low=None,
        high=None,
        status=np.array(int(Status.A), dtype=np.int8),
        flags=_NO_FLAGS if facts.unflagged else _along(cube.flags, axes, int(Flags.NONE)),
        vintage=_along(cube.vintage, axes, 0)
        if facts.vintage is None
        else np.array(facts.vintage, dtype=np.int64),
        lacking=_NONE_LACKING,
    )


def _along(array: NDArray[Scalar], axes: Positions, empty: float) -> NDArray[Scalar]:
    """The array picked along each axis; what is not there is empty."""
    for axis, index in enumerate(axes):
        if index is None:
            continue
        if array.shape[axis] == 0:
            shape = (*array.shape[:axis], len(index), *array.shape[axis + 1 :])
            array = np.full(shape, empty, dtype=array.dtype)
            continue
        array = array.take(index, axis=axis)
        if (index < 0).any():
            array[(slice(None),) * axis + (index < 0,)] = empty
    return array


def _bounds(
    value: Floats, status: NDArray[np.int8], low: Floats, high: Floats
) -> tuple[Floats | None, Floats | None]:
    """Bounds of every cell: suppressed without bounds is 0 to open, a plain value is itself."""
    is_suppressed = status == int(Status.S)
    bounded = not (np.isnan(low).all() and np.isnan(high).all())
    if not bounded and not is_suppressed.any():
        return None, None
    without = np.where(is_suppressed, 0.0, value), np.where(is_suppressed, np.inf, value)
    return np.where(np.isnan(low), without[0], low), np.where(np.isnan(high), without[1], high)
