"""The fewest cells to hide in a small table, by a whole-number program."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.system import Marks, System

Floats = NDArray[np.float64]

MOST_CELLS = 60
MOST_PRIMARY = 8
SECONDS = 5.0
"""Longest time of one program; the best pattern so far is taken then."""


def is_small(system: System) -> bool:
    """Whether the table is small enough for the exact model."""
    return len(system.cells) <= MOST_CELLS and 0 < system.primary.sum() <= MOST_PRIMARY


def better(system: System, hidden: Marks) -> Marks | None:
    """The pattern with the fewest secondary cells, then with the smallest sum of their counts.

    Each small cell has a change of the table upward and one downward in which only hidden cells
    move; the two together reach the width of the pass rule. The changes may be fractional: the
    caller audits the result.

    Args:
        system: the table.
        hidden: a pattern that is valid, from which the search is bounded.

    Returns:
        A pattern, or None when none was found in time.
    """
    model = _Model(system, int((hidden & ~system.primary & ~system.absent).sum()))
    fewest = model.solved(np.ones(model.n), None)
    if fewest is None:
        return None
    most = round(float(model.secondary(fewest).sum()))
    return model.solved(system.values.astype(np.float64) + 1e-3, most)


class _Model:
    """Variables: hidden or not, then for each small cell the up, and the down changes."""

    def __init__(self, system: System, most: int) -> None:
        from scipy.sparse import csr_array, hstack, vstack

        self.system, self.n, self.most = system, len(system.cells), most
        self.small = np.flatnonzero(system.primary)
        n, k = self.n, self.small.size
        room = np.maximum(system.values - system.lowest, 0.0)
        reach = float(4 * system.top.max())
        eye = csr_array(np.eye(n))
        rows: list[Any] = []
        lows: list[Floats] = []
        highs: list[Floats] = []

        def add(parts: dict[int, Any], low: Floats, high: Floats) -> None:
            height = low.size
            blocks = [parts.get(i, csr_array((height, n))) for i in range(1 + 2 * k)]
            rows.append(hstack(blocks, format="csr"))
            lows.append(low)
            highs.append(high)

        none = np.full(n, -np.inf)
        zero = np.zeros(system.matrix.shape[0])
        for i in range(k):
            for block in (1 + 2 * i, 2 + 2 * i):
                add({block: system.matrix}, zero, zero)
                # only hidden cells move: up to the reach, and down to the floor
                add({block: eye, 0: -reach * eye}, none, np.zeros(n))
                add(
                    {block: -eye, 0: -csr_array(np.diag(np.minimum(room, reach)))},
                    none,
                    np.zeros(n),
                )
            self._width(add, i, np.inf)
        self.matrix = vstack(rows, format="csr")
        self.low, self.high = np.concatenate(lows), np.concatenate(highs)
        self.blocks = 1 + 2 * k

    def _width(self, add: Any, i: int, limit: float) -> None:
        from scipy.sparse import csr_array

        cell, system = int(self.small[i]), self.system
        pick = csr_array(([1.0], ([0], [cell])), shape=(1, self.n))
        up = max(int(system.top[cell]) - int(system.values[cell]), 0)
        add({1 + 2 * i: pick}, np.array([float(up)]), np.array([limit]))
        width = np.array([float(system.width[cell])])
        add({1 + 2 * i: pick, 2 + 2 * i: -pick}, width, np.array([limit]))

    def secondary(self, hidden: Marks) -> Marks:
        """Secondary cells of a pattern."""
        marks: Marks = hidden & ~self.system.primary & ~self.system.absent
        return marks

    def solved(self, cost: Floats, most: int | None) -> Marks | None:
        """The cheapest pattern with at most so many secondary cells."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        system, size = self.system, self.n * self.blocks
        free = ~(system.primary | system.absent)
        low, high = np.full(size, -np.inf), np.full(size, np.inf)
        low[: self.n] = (~free).astype(np.float64)
        high[: self.n] = (~(free & system.fixed)).astype(np.float64)
        count = np.zeros(size)
        count[: self.n] = free
        price = np.zeros(size)
        price[: self.n] = np.where(free, cost, 0.0)
        whole = np.zeros(size, dtype=np.int64)
        whole[: self.n] = 1
        found = milp(
            price,
            constraints=[
                LinearConstraint(self.matrix, self.low, self.high),
                LinearConstraint(count[None, :], -np.inf, self.most if most is None else most),
            ],
            bounds=Bounds(low, high),
            integrality=whole,
            options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
        )
        return None if found.x is None else np.asarray(found.x[: self.n] > 0.5)
