"""Continuous piecewise lines whose bends lie on observed years: exact search over the grid.

A bend is the index of an observation. At least ``ends`` observations lie strictly outside the
outer bends and ``between`` strictly between two bends (the conventions of the NCI program).
Source: Lerman (1980), Applied Statistics 29; Kim, Fay, Feuer and Midthune (2000), Stat. Med. 19.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from indicators.stats.intervals import normal_quantile, student_quantile
from indicators.stats.regression import LinearFit, wls

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_CHUNK = 2_000
_BATCH = 500
_TIE = 1e-11


@dataclass(frozen=True, slots=True, kw_only=True)
class Bends:
    """The best line with a given number of bends.

    Attributes:
        places: indices of the observations where the line bends.
        fit: the regression on (1, x, hinges); x counts from the first observation.
        sse: weighted residual sum of squares.
        r2max: largest partial R^2 of a bend on the observations from its left neighbour bend to
            its right one, ends included; 0 without bends.
        bic, bic3, wbic: ln(SSE/n) plus (2k+2), (3k+2) and ((2+r2max)k+2) times ln(n)/n.
    """

    places: tuple[int, ...]
    fit: LinearFit
    sse: float
    r2max: float
    bic: float
    bic3: float
    wbic: float

    @property
    def slopes(self) -> Floats:
        """Slope of each segment, a unit of time."""
        slopes: Floats = np.cumsum(self.fit.coef[1:])
        return slopes

    def slope_intervals(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Limits of the slopes, conditional on the bends: t on n - 2k - 2 degrees of freedom."""
        k = len(self.places)
        df = self.fit.residuals.size - 2 * k - 2
        covariance = self.fit.bread * self.sse / df
        sums = np.tril(np.ones((k + 1, k + 1)))
        errors = np.sqrt(np.diagonal(sums @ covariance[1:, 1:] @ sums.T))
        reach = student_quantile(df, level) * errors
        return self.slopes - reach, self.slopes + reach

    def mean_slope(self, time: Floats, level: float = 0.95) -> tuple[float, float, float]:
        """Slope averaged over the whole span, weights = time in each segment, with limits.

        Normal quantile with bends, t on n - 2 degrees of freedom without.
        """
        k, n = len(self.places), time.size
        knots = time[[0, *self.places, n - 1]]
        share = np.diff(knots) / (knots[-1] - knots[0])
        weights = share @ np.tril(np.ones((k + 1, k + 1)))
        df = n - 2 * k - 2
        covariance = self.fit.bread[1:, 1:] * self.sse / df
        error = float(np.sqrt(weights @ covariance @ weights))
        reach = normal_quantile(level) if k else student_quantile(df, level)
        middle = float(weights @ self.fit.coef[1:])
        return middle, middle - reach * error, middle + reach * error


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

    def hinges(self, places: tuple[int, ...] | Indices) -> Floats:
        """Columns (x - bend)+, shape ``(n, k)``."""
        at = self.time[np.asarray(places, dtype=np.intp)]
        return np.maximum(self.time[:, None] - at, 0.0)

    def sets(self, k: int) -> Iterator[Indices]:
        """All admissible sets of ``k`` bends in order of time, in chunks of shape ``(m, k)``."""
        n = self.time.size
        free = n - 2 * self.ends - (k - 1) * self.between
        spread = np.arange(k) * self.between + self.ends
        chosen = combinations(range(max(free, 0)), k)
        while True:
            chunk = [next_ for _, next_ in zip(range(_CHUNK), chosen, strict=False)]
            if not chunk:
                return
            yield np.array(chunk, dtype=np.intp).reshape(len(chunk), k) + spread

    def design(self, places: tuple[int, ...]) -> Floats:
        """Columns 1, x from the first observation, hinges."""
        columns = [np.ones(self.time.size), self.time - self.time[0]]
        return np.column_stack([*columns, self.hinges(places)])


class _Search:
    """Gains of bends over the straight line for many right-hand sides at once."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.root = np.sqrt(grid.weights)
        line = grid.design(()) * self.root[:, None]
        self.basis, _ = np.linalg.qr(line)
        columns = grid.hinges(np.arange(grid.time.size)) * self.root[:, None]
        self.columns = self._rest(columns)
        self.gram = self.columns.T @ self.columns

    def _rest(self, columns: Floats) -> Floats:
        rest: Floats = columns - self.basis @ (self.basis.T @ columns)
        return rest

    def best(self, targets: Floats, k: int) -> tuple[Floats, Indices]:
        """Smallest SSE with ``k`` bends and where, for targets of shape ``(n, m)``.

        Targets are already times the root of the weights.
        """
        rest = self._rest(targets)
        total = np.einsum("nm,nm->m", rest, rest)
        if k == 0:
            return total, np.zeros((targets.shape[1], 0), dtype=np.intp)
        inner = self.columns.T @ rest
        best = np.full(total.size, np.inf)
        where = np.zeros((total.size, k), dtype=np.intp)
        for sets in self.grid.sets(k):
            left = total - self._gain(inner, sets)
            pick = self._first_least(left)
            least = left[pick, np.arange(total.size)]
            better = least < best * (1 - _TIE)
            best[better], where[better] = least[better], sets[pick[better]]
        return best, where

    def least(self, targets: Floats, k: int) -> Floats:
        """``best`` for many targets, without the places."""
        rest = self._rest(targets)
        total = np.einsum("nm,nm->m", rest, rest)
        if k == 0:
            return np.asarray(total, dtype=np.float64)
        gain = self._gains(self.columns.T @ rest)
        largest = np.zeros(total.size)
        for sets in self.grid.sets(k):
            np.maximum(largest, gain(sets).max(axis=0), out=largest)
        return np.asarray(total - largest, dtype=np.float64)

    def _gain(self, inner: Floats, sets: Indices) -> Floats:
        """Sum of squares that each set of bends explains: b' G^-1 b, shape (sets, targets)."""
        blocks = self.gram[sets[:, :, None], sets[:, None, :]]
        right = inner[sets]
        gain: Floats = np.einsum("ckm,ckm->cm", right, np.linalg.solve(blocks, right))
        return gain

    def _gains(self, inner: Floats) -> Callable[[Indices], Floats]:
        """``_gain`` for many targets: the products of b are made once, the rest is one matmul."""
        first, second = np.triu_indices(len(inner))
        products = inner[first] * inner[second]
        place = np.zeros((len(inner), len(inner)), dtype=np.intp)
        place[first, second] = np.arange(first.size)

        def gain(sets: Indices) -> Floats:
            inverse = np.linalg.inv(self.gram[sets[:, :, None], sets[:, None, :]])
            rows = np.arange(len(sets))
            weights = np.zeros((len(sets), first.size))
            for i in range(sets.shape[1]):
                for j in range(i, sets.shape[1]):
                    factor = 1.0 if i == j else 2.0
                    weights[rows, place[sets[:, i], sets[:, j]]] = factor * inverse[:, i, j]
            result: Floats = weights @ products
            return result

        return gain

    @staticmethod
    def _first_least(left: Floats) -> Indices:
        """Row of the smallest value of each column; of equal ones the earliest."""
        least = left.min(axis=0)
        return np.asarray(np.argmax(left <= least * (1 + _TIE), axis=0), dtype=np.intp)


def best_bends(grid: Grid, most: int) -> tuple[Bends, ...]:
    """The best lines with 0, 1, ... ``most`` bends; fewer when the grid has no room."""
    search = _Search(grid)
    target = (grid.values * search.root)[:, None]
    found = []
    for k in range(most + 1):
        sse, where = search.best(target, k)
        if not np.isfinite(sse[0]):
            break
        found.append(_described(grid, tuple(int(i) for i in where[0])))
    return tuple(found)


def _described(grid: Grid, places: tuple[int, ...]) -> Bends:
    fit = wls(grid.values, grid.design(places), grid.weights)
    sse = float(grid.weights @ fit.residuals**2)
    n, k = grid.time.size, len(places)
    r2max = _r2max(grid, places)
    base, unit = float(np.log(sse / n)) if sse > 0 else -np.inf, float(np.log(n) / n)
    return Bends(
        places=places,
        fit=fit,
        sse=sse,
        r2max=r2max,
        bic=base + (2 * k + 2) * unit,
        bic3=base + (3 * k + 2) * unit,
        wbic=base + ((2 + r2max) * k + 2) * unit,
    )


def _r2max(grid: Grid, places: tuple[int, ...]) -> float:
    knots = (0, *places, grid.time.size - 1)
    shares = [0.0]
    for left, bend, right in zip(knots[:-2], knots[1:-1], knots[2:], strict=True):
        part = slice(left, right + 1)
        x, y, w = grid.time[part] - grid.time[left], grid.values[part], grid.weights[part]
        line = np.column_stack([np.ones(x.size), x])
        bent = np.column_stack([line, np.maximum(grid.time[part] - grid.time[bend], 0.0)])
        plain, better = (float(w @ wls(y, d, w).residuals ** 2) for d in (line, bent))
        shares.append(1 - better / plain if plain > 0 else 0.0)
    return max(shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationTest:
    """Number of bends by the sequential permutation test, with the p-value of each step.

    Attributes:
        bends: the number chosen.
        steps: (bends under the null, bends under the alternative, p-value) in order.
    """

    bends: int
    steps: tuple[tuple[int, int, float], ...]


def permutation_test(
    grid: Grid, most: int, *, alpha: float = 0.05, permutations: int = 4499, seed: int = 1
) -> PermutationTest:
    """Number of bends: ka against kb, from (0, most) until they meet.

    Statistic SSE(ka)/SSE(kb); the (weighted) residuals of the null fit are permuted;
    p = (1 + #{T* >= T})/(B + 1); ka rises when p < alpha/(most - ka), else kb falls.
    """
    search, rng = _Search(grid), np.random.default_rng(seed)
    fits = best_bends(grid, most)
    low, high, steps = 0, len(fits) - 1, []
    top = high
    while low < high:
        null = fits[low].fit
        residuals = null.residuals * search.root
        shuffled = rng.permuted(np.tile(residuals, (permutations, 1)), axis=1).T
        targets = (null.fitted * search.root)[:, None] + shuffled
        ratio = np.concatenate(
            [
                search.least(part, low) / search.least(part, high)
                for part in np.array_split(targets, -(-permutations // _BATCH), axis=1)
            ]
        )
        observed = fits[low].sse / fits[high].sse
        p_value = (1 + int((ratio >= observed * (1 - 1e-12)).sum())) / (permutations + 1)
        steps.append((low, high, p_value))
        if p_value < alpha / (top - low):
            low += 1
        else:
            high -= 1
    return PermutationTest(bends=low, steps=tuple(steps))
