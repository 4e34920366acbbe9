"""What a reader can work out: least and greatest count of a hidden cell, given all that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.system import Marks, System
from indicators.stats.linear_program import smallest, smallest_whole

Floats = NDArray[np.float64]
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Least and greatest count of a hidden cell; ``high`` is None without a limit."""

    low: int
    high: int | None

    def is_wide(self, threshold: int) -> bool:
        """The pass rule: high - low >= threshold - 1 and high >= threshold."""
        return self.leaves(threshold - 1, threshold)

    def leaves(self, width: int, top: int) -> bool:
        """Whether the range is at least so wide and reaches up to a count."""
        return self.high is None or (self.high - self.low >= width and self.high >= top)


def part_around(system: System, hidden: Marks, cell: int) -> NDArray[np.intp]:
    """The hidden cells that hang together with one of them through sums."""
    from scipy.sparse.csgraph import connected_components

    places = np.flatnonzero(hidden)
    inside = abs(system.matrix[:, places])
    labels = connected_components(inside.T @ inside, directed=False)[1]
    around: NDArray[np.intp] = places[labels == labels[np.searchsorted(places, cell)]]
    return around


def reach(system: System, hidden: Marks, cell: int) -> Reach:
    """The range a reader can work out for one hidden cell.

    Over all tables of whole numbers that agree with every cell shown and every rate printed and
    add up; hidden cells are at least ``system.floor``. By linear programs; by whole-number programs where their solution
    is fractional.

    Args:
        system: equations of the table.
        hidden: cells that are not shown.
        cell: index of a hidden cell.
    """
    places = part_around(system, hidden, cell)
    matrix = system.matrix[:, places]
    used = np.flatnonzero(abs(matrix).sum(axis=1))
    matrix, place = matrix[used], int(np.searchsorted(places, cell))
    values = system.values[places].astype(np.float64)
    bounds = np.column_stack([system.lowest[places], system.most[places]])
    target = matrix @ values
    low = _end(place, 1.0, matrix, target, bounds)
    high = _end(place, -1.0, matrix, target, bounds)
    return Reach(
        low=int(low if low is not None else system.floor),
        high=None if high is None else -int(high),
    )


def _end(place: int, sign: float, matrix: Any, target: Floats, bounds: Floats) -> int | None:
    cost = np.zeros(bounds.shape[0])
    cost[place] = sign
    if matrix.shape[0] == 0:
        end = bounds[place, 0] if sign > 0 else -bounds[place, 1]
        return round(end) if np.isfinite(end) else None
    found = smallest(cost, matrix, target, bounds)
    if found is None or not np.isfinite(found[0]):
        # the true table is a solution, so only a missing limit can be the reason
        return None
    value, solution = found
    if np.abs(solution - np.round(solution)).max() > _NEARLY:
        whole = smallest_whole(cost, matrix, target, bounds)
        value = value if whole is None else whole[0]
    return round(value)


def reaches(system: System, hidden: Marks) -> dict[int, Reach]:
    """The range of every primary cell that is hidden; a primary cell shown has its own count."""
    found = {}
    for cell in np.flatnonzero(system.primary):
        value = int(system.values[cell])
        shown = Reach(low=value, high=value)
        found[int(cell)] = reach(system, hidden, int(cell)) if hidden[cell] else shown
    return found


def failing(system: System, found: Mapping[int, Reach]) -> tuple[int, ...]:
    """Primary cells whose range is too narrow, smallest count first."""
    narrow = [
        cell
        for cell, reach in found.items()
        if not reach.leaves(int(system.width[cell]), int(system.top[cell]))
    ]
    return tuple(sorted(narrow, key=lambda cell: (int(system.values[cell]), cell)))
