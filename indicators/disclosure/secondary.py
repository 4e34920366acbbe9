"""Further cells to hide, found cell by cell with linear programs, then cleaned up.

For each small cell the cheapest change of the table is sought that moves the cell far enough up,
and one that moves it down, without moving anything that is shown. All cells that take part are
hidden; a reader can then not tell the changed table from the true one.

Source: Fischetti and Salazar (2001), Management Science 47; Kelly, Golden and Assad (1992).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.audit import part_around
from indicators.disclosure.system import Marks, System
from indicators.stats.linear_program import smallest, smallest_whole

Floats = NDArray[np.float64]
_NEARLY = 1e-6
LARGE = 1_000
"""Tables with more cells that may be hidden are searched around each small cell first."""
HOPS, CHEAPEST = 3, 5
"""How many sums away, and how many cells of each sum."""


@dataclass(frozen=True, slots=True)
class Unprotected(Exception):  # noqa: N818 - not shown: the caller turns it into a refusal
    """No set of hidden cells can protect this cell."""

    cell: int


Moves = dict[tuple[int, int], Marks]
"""By small cell and signed width, the cells that take part in moving it."""


def pattern(system: System) -> Marks:
    """A set of hidden cells that protects every small one.

    Raises:
        Unprotected: there is none.
    """
    hidden = system.primary | system.absent
    moves: Moves = {}
    for cell in _smallest_first(system):
        cost = _costs(system, hidden)
        near = _near(system, cell, cost)
        found = None if near is None else changes(system, near, cell, cost)
        if found is None:
            found = changes(system, ~system.fixed, cell, cost)
        if found is None:
            raise Unprotected(cell)
        moves |= found
        hidden = np.logical_or.reduce([hidden, *found.values()])
    return _cleaned(system, hidden, moves)


def _near(system: System, cell: int, cost: Floats) -> Marks | None:
    """The cheapest cells a few sums away, where the whole table is too large to search.

    Each sum on the way gives its cheapest cells; None for tables of ordinary size.
    """
    free = ~system.fixed
    if int(free.sum()) <= LARGE:
        return None
    by_cell = system.matrix.tocsc()
    near = np.zeros(free.size, dtype=bool)
    near[cell] = True
    edge, seen = np.array([cell]), np.zeros(system.matrix.shape[0], dtype=bool)
    for _ in range(HOPS):
        rows = np.unique(by_cell[:, edge].indices)
        rows = rows[~seen[rows]]
        seen[rows] = True
        found = []
        for row in rows:
            cells = system.matrix.indices[
                system.matrix.indptr[row] : system.matrix.indptr[row + 1]
            ]
            cells = cells[free[cells]]
            found.append(cells[np.argsort(cost[cells], kind="stable")[:CHEAPEST]])
        new = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.intp)
        edge = new[~near[new]]
        near[edge] = True
    return near


def _smallest_first(system: System) -> list[int]:
    cells = np.flatnonzero(system.primary)
    return [int(cell) for cell in cells[np.argsort(system.values[cells], kind="stable")]]


def _costs(system: System, hidden: Marks) -> Floats:
    """Cells hidden already are free; others cost more the larger they are."""
    return np.where(hidden, 0.0, 1.0 + np.log1p(system.values.astype(np.float64)))


def changes(system: System, movable: Marks, cell: int, cost: Floats) -> Moves | None:
    """The cells that take part in moving one small cell up and down far enough.

    Args:
        system: the table.
        movable: cells that may move.
        cell: the small cell; it must be movable.
        cost: of moving each cell by one.

    Returns:
        Cells that move, by direction; None when the cell cannot be moved far enough.
    """
    if not movable[cell]:
        return None
    value, need = int(system.values[cell]), int(system.width[cell])
    # a cell of an earlier publication may stand at a count that is large enough already
    up = max(int(system.top[cell]) - value, 0)
    for down in range(min(max(need - up, 0), value - int(system.lowest[cell])), -1, -1):
        found: Moves = {}
        for width in (max(up, need - down), -down):
            moved = _change(system, movable, cell, width, cost) if width else movable & False
            if moved is None:
                break
            if width:
                found[cell, width] = moved
        else:
            return found
    return None


def _change(system: System, movable: Marks, cell: int, width: int, cost: Floats) -> Marks | None:
    """Cells that move in the cheapest change of the cell by a width, kept whole."""
    places = np.flatnonzero(movable)
    matrix = system.matrix[:, places]
    used = np.flatnonzero(abs(matrix).sum(axis=1))
    matrix = matrix[used]
    if used.size == 0:
        return movable & False
    from scipy.sparse import hstack

    both = hstack([matrix, -matrix], format="csr")
    room = np.maximum(system.values[places] - system.lowest[places], 0.0)
    above = np.maximum(system.most[places] - system.values[places], 0.0)
    low, high = np.zeros(2 * places.size), np.concatenate([above, room])
    at = int(np.searchsorted(places, cell))
    at = at if width > 0 else at + places.size
    other = at + places.size if width > 0 else at - places.size
    if high[at] < abs(width):
        return None
    low[at] = high[at] = abs(width)
    high[other] = 0.0
    bounds = np.column_stack([low, high])
    costs = np.tile(cost[places], 2) + 1e-6
    target = np.zeros(used.size)
    found = smallest(costs, both, target, bounds)
    if found is not None and np.abs(found[1] - np.round(found[1])).max() > _NEARLY:
        found = smallest_whole(costs, both, target, bounds)
    if found is None:
        return None
    solution = found[1]
    net = solution[: places.size] - solution[places.size :]
    moved = np.zeros(movable.size, dtype=bool)
    moved[places[np.abs(net) > _NEARLY]] = True
    return moved


def _cleaned(system: System, hidden: Marks, moves: Moves) -> Marks:
    """Show secondary cells again, largest first, while every small cell stays protected.

    Only changes that used the cell need another way.
    """
    extra = np.flatnonzero(hidden & ~system.primary & ~system.absent)
    for cell in extra[np.argsort(-system.values[extra], kind="stable")]:
        left = hidden.copy()
        left[cell] = False
        if _leaves_small_alone(system, left, int(cell)):
            continue
        new = _other_ways(system, left, moves, int(cell))
        if new is not None:
            hidden = left
            moves = {key: moved for key, moved in moves.items() if key[0] not in new} | {
                key: moved for found in new.values() for key, moved in found.items()
            }
    return hidden


def _other_ways(system: System, hidden: Marks, moves: Moves, cell: int) -> dict[int, Moves] | None:
    """Changes without one cell for the small cells whose changes used it; None without any."""
    even = np.ones(hidden.size)
    new: dict[int, Moves] = {}
    for small in {small for (small, _), moved in moves.items() if moved[cell]}:
        found = changes(system, _part(system, hidden, small), small, even)
        if found is None:
            return None
        new[small] = found
    return new


def _part(system: System, hidden: Marks, cell: int) -> Marks:
    part = np.zeros(hidden.size, dtype=bool)
    part[part_around(system, hidden, cell)] = True
    return part


def _leaves_small_alone(system: System, hidden: Marks, cell: int) -> bool:
    """Whether some sum with the cell has a small cell as its only hidden one."""
    rows = np.flatnonzero(system.matrix[:, [cell]].toarray()[:, 0])
    inside = abs(system.matrix[rows]).toarray() > 0
    alone = (inside & hidden).sum(axis=1) == 1
    return bool((inside[alone] & hidden & system.primary).any())
