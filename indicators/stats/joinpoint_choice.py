"""How many bends a series of points gets, and where; by what a person chose or by its length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.stats.joinpoints import Bends, Grid, best_bends
from indicators.stats.limits import LENGTHS, WEIGHTED_BIC_FROM, max_joinpoints
from indicators.stats.permutation import PermutationTest, permutation_test
from indicators.stats.points import Points

Selection = Literal["auto", "permutation", "weighted_bic"]
Scale = Literal["log", "linear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person may choose; ``most`` None takes what the length allows."""

    most: int | None
    selection: Selection
    scale: Scale
    seed: int

    def allowed(self, n: int) -> int:
        """Most bends for ``n`` points: the table, and from 12 points on unless asked."""
        if self.most is None:
            return max_joinpoints(n) if n >= LENGTHS["joinpoint"].unflagged else 0
        return min(self.most, max_joinpoints(n))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The bends chosen for some points, and how."""

    choice: Choice
    grid: Grid
    lines: tuple[Bends, ...]
    chosen: int
    rule: str
    test: PermutationTest | None = None

    @property
    def line(self) -> Bends:
        """The line chosen."""
        return self.lines[self.chosen]


def grid_of(points: Points, choice: Choice) -> Grid:
    """The points on the scale chosen."""
    values = np.log(points.value) if choice.scale == "log" else points.value
    return Grid(time=points.time, values=values, weights=np.ones(points.n))


def decided(points: Points, choice: Choice) -> Decision:
    """How many bends, and where."""
    grid = grid_of(points, choice)
    lines = best_bends(grid, choice.allowed(points.n))
    rule = choice.selection
    if rule == "auto":
        rule = "permutation" if points.n < WEIGHTED_BIC_FROM else "weighted_bic"
    if len(lines) == 1:
        return Decision(choice=choice, grid=grid, lines=lines, chosen=0, rule=rule)
    if rule == "weighted_bic":
        best = int(np.argmin([line.wbic for line in lines]))
        return Decision(choice=choice, grid=grid, lines=lines, chosen=best, rule=rule)
    test = permutation_test(grid, len(lines) - 1, seed=choice.seed, fits=lines)
    return Decision(choice=choice, grid=grid, lines=lines, chosen=test.bends, rule=rule, test=test)
