"""Where a piecewise line may bend, and the exact search over all places for many series at once.

Every admissible set of bends becomes an orthonormal basis of its hinges once the straight line is
taken out; the sum of squares that a set explains is then the squared length of a projection, so
one matrix product answers all sets for all series. Nothing is approximated.
Source: Lerman (1980), Applied Statistics 29.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_SETS = 4_000
"""Sets of bends looked at in one piece."""
_TARGETS = 512
"""Series looked at in one piece: the projections of a piece stay in the cache."""
_TIE = 1e-11
_ROUNDING = 1e-14


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Observations and where bends may lie.

    Attributes:
        time, values, weights: shape ``(n,)``.
        ends, between: least observations strictly outside and between bends.
    """

    time: Floats
    values: Floats
    weights: Floats
    ends: int = 2
    between: int = 2

    @property
    def n(self) -> int:
        """How many observations."""
        return int(self.time.size)

    def hinges(self, places: tuple[int, ...] | Indices) -> Floats:
        """Columns (x - bend)+, shape ``(n, k)``."""
        at = self.time[np.asarray(places, dtype=np.intp)]
        return np.maximum(self.time[:, None] - at, 0.0)

    def sets(self, k: int) -> Iterator[Indices]:
        """All admissible sets of ``k`` bends in order of time, in pieces of shape ``(m, k)``."""
        free = self.n - 2 * self.ends - (k - 1) * self.between
        spread = np.arange(k) * self.between + self.ends
        chosen = combinations(range(max(free, 0)), k)
        while piece := list(islice(chosen, _SETS)):
            yield np.array(piece, dtype=np.intp).reshape(len(piece), k) + spread

    def design(self, places: tuple[int, ...]) -> Floats:
        """Columns 1, x from the first observation, hinges."""
        columns = [np.ones(self.n), self.time - self.time[0]]
        return np.column_stack([*columns, self.hinges(places)])


@dataclass(frozen=True, slots=True)
class Bases:
    """Orthonormal bases of the hinges of some sets.

    Attributes:
        sets: shape ``(m, k)``.
        columns: shape ``(n, k * m)``: first basis vectors of all sets, then the second ...
    """

    sets: Indices
    columns: Floats

    def gains(self, rest: Floats) -> Floats:
        """Sum of squares each set explains of each row of ``rest``, shape ``(rows, m)``."""
        m, k = self.sets.shape
        parts = rest @ self.columns
        np.square(parts, out=parts)
        total = parts[:, :m]
        for j in range(1, k):
            total = total + parts[:, j * m : (j + 1) * m]
        return total

    def vectors(self, picks: Indices) -> Floats:
        """Basis of the chosen sets, shape ``(len(picks), n, k)``."""
        m, k = self.sets.shape
        by_set = self.columns.T.reshape(k, m, -1)
        return np.ascontiguousarray(by_set[:, picks].transpose(1, 2, 0))


@dataclass(slots=True)
class Search:
    """Least sums of squares over all admissible sets, for many right-hand sides.

    Targets have shape ``(rows, n)`` and are already times the root of the weights.
    """

    grid: Grid
    root: Floats = field(init=False)
    line: Floats = field(init=False)
    _known: dict[int, tuple[Bases, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Take the straight line out once."""
        self.root = np.sqrt(self.grid.weights)
        centred = self.grid.time - self.grid.time.mean()
        columns = np.column_stack([np.ones(self.grid.n), centred])
        self.line, _ = np.linalg.qr(columns * self.root[:, None])

    def rest(self, targets: Floats) -> Floats:
        """What the straight line leaves of each target."""
        left: Floats = targets - (targets @ self.line) @ self.line.T
        return left

    def bases(self, k: int) -> tuple[Bases, ...]:
        """Bases of all sets of ``k`` bends."""
        if k not in self._known:
            self._known[k] = tuple(self._based(sets) for sets in self.grid.sets(k))
        return self._known[k]

    def _based(self, sets: Indices) -> Bases:
        single = self.grid.hinges(np.arange(self.grid.n)) * self.root[:, None]
        single = single - self.line @ (self.line.T @ single)
        stacked = single[:, sets].transpose(1, 0, 2)
        basis = np.linalg.qr(stacked)[0]
        columns = basis.transpose(1, 2, 0).reshape(self.grid.n, -1)
        return Bases(sets=sets, columns=np.ascontiguousarray(columns))

    def least(self, targets: Floats, k: int) -> Floats:
        """Smallest sum of squares with ``k`` bends of each target; inf when there is no room."""
        rest = self.rest(targets)
        total = np.einsum("rn,rn->r", rest, rest)
        if k == 0:
            return np.asarray(total, dtype=np.float64)
        largest = np.full(total.size, -np.inf)
        for bases in self.bases(k):
            for start in range(0, total.size, _TARGETS):
                part = slice(start, start + _TARGETS)
                gains = bases.gains(rest[part])
                np.maximum(largest[part], gains.max(axis=1), out=largest[part])
        return np.asarray(np.maximum(total - largest, 0.0), dtype=np.float64)

    def best(self, targets: Floats, k: int) -> tuple[Floats, Indices]:
        """``least`` with the places, shape ``(rows, k)``; of equal sets the earliest.

        The sum of squares of the chosen set is worked out from its own residuals, so that it
        keeps its digits when the line fits well.
        """
        rest = self.rest(targets)
        total = np.einsum("rn,rn->r", rest, rest)
        where = np.zeros((total.size, k), dtype=np.intp)
        if k == 0:
            return np.asarray(total, dtype=np.float64), where
        best = np.full(total.size, np.inf)
        for bases in self.bases(k):
            for start in range(0, total.size, _TARGETS):
                part = slice(start, start + _TARGETS)
                pick, sse = _picked(bases, rest[part], total[part])
                better = sse < best[part] * (1 - _TIE) - _ROUNDING * total[part]
                best[part] = np.where(better, sse, best[part])
                where[part] = np.where(better[:, None], bases.sets[pick], where[part])
        return best, where

    def profile(self, target: Floats, k: int) -> tuple[Floats, Indices]:
        """Sum of squares of one target with every set of ``k`` bends, and the sets."""
        rest = self.rest(target[None, :])
        total = float(rest[0] @ rest[0])
        pieces = [(total - bases.gains(rest)[0], bases.sets) for bases in self.bases(k)]
        return np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])


def _picked(bases: Bases, rest: Floats, total: Floats) -> tuple[Indices, Floats]:
    """Best set of each row, earliest of equals, and its sum of squares."""
    gains = bases.gains(rest)
    largest = gains.max(axis=1)
    slack = _TIE * np.maximum(total - largest, 0.0) + _ROUNDING * total
    pick = np.asarray(np.argmax(gains >= (largest - slack)[:, None], axis=1), dtype=np.intp)
    basis = bases.vectors(pick)
    inner = np.einsum("rn,rnk->rk", rest, basis)
    left = rest - np.einsum("rk,rnk->rn", inner, basis)
    return pick, np.asarray(np.einsum("rn,rn->r", left, left), dtype=np.float64)
