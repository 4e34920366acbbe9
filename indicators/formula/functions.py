"""The closed list of functions: arity, what happens to units, how cells are combined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from indicators.formula import cells
from indicators.formula.cells import Cells
from indicators.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of the language; a missing argument makes the result missing.

    Attributes:
        id: its name.
        apply: from cells to cells.
        maximum: most arguments; the least is one.
        window: how many periods it pools, reading its argument at t, t-1 ...; 1 for none.
    """

    id: str
    apply: Callable[[list[Cells]], Cells]
    maximum: int = 20
    window: int = 1


def total(parts: list[Cells]) -> Cells:
    """The sum of all parts."""
    return reduce(cells.add, parts)


def mean(parts: list[Cells]) -> Cells:
    """The arithmetic mean of all parts."""
    return cells.scale(total(parts), 1 / len(parts))


def smallest(parts: list[Cells]) -> Cells:
    """The least of all parts."""
    return reduce(cells.minimum, parts)


def greatest(parts: list[Cells]) -> Cells:
    """The greatest of all parts."""
    return reduce(cells.maximum, parts)


def magnitude(parts: list[Cells]) -> Cells:
    """The value without its sign."""
    return cells.absolute(parts[0])


FUNCTIONS: Registry[Function] = Registry(
    "function",
    [
        Function(id="sum", apply=total),
        Function(id="mean", apply=mean),
        Function(id="min", apply=smallest),
        Function(id="max", apply=greatest),
        Function(id="abs", apply=magnitude, maximum=1),
        *(Function(id=f"sum{n}", apply=total, maximum=1, window=n) for n in range(2, 6)),
        *(Function(id=f"mean{n}", apply=mean, maximum=1, window=n) for n in range(2, 6)),
    ],
)
"""Every function that a formula may call."""
