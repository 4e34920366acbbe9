"""Bent lines of thousands of series at once; equal to the search of a single series.

Series with the same gaps share one search. ``values`` has shape ``(series, n)``, nan where a
series has no value; ``time`` is the real axis and shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.joinpoint_grid import Grid, Search

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_ROWS = 4_000
_TIE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class BentLines:
    """Best lines of many series with 0, 1, ... ``most`` bends.

    Attributes:
        sse: shape ``(series, most + 1)``; inf where there is no room for so many bends.
        places: positions on ``time``, shape ``(series, most + 1, most)``; -1 where there is none.
        wbic: weighted BIC, same shape as ``sse``; None when it was not asked for.
    """

    sse: Floats
    places: Indices
    wbic: Floats | None = None

    @property
    def chosen(self) -> Indices:
        """Number of bends with the smallest weighted BIC (0 for a series that has none)."""
        if self.wbic is None:
            return np.zeros(len(self.sse), dtype=np.intp)
        return np.asarray(np.argmin(self.wbic, axis=1), dtype=np.intp)


def gap_groups(values: Floats) -> Iterator[tuple[Indices, NDArray[np.bool_]]]:
    """Rows that have values at the same times, with those times."""
    here = ~np.isnan(values)
    if here.all():
        yield np.arange(len(values)), here[0] if len(here) else np.ones(0, dtype=bool)
        return
    packed = np.packbits(here, axis=1)
    keys = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    edges = np.searchsorted(inverse[order], np.arange(first.size + 1))
    for group, row in enumerate(first):
        yield order[edges[group] : edges[group + 1]], here[row]


def bent_lines(
    time: Floats,
    values: Floats,
    most: int,
    *,
    has_criterion: bool = True,
    ends: int = 2,
    between: int = 2,
) -> BentLines:
    """The best lines of every series; the fit of ``joinpoints.best_bends``.

    Args:
        time: shape ``(n,)``, increasing.
        values: shape ``(series, n)``.
        most: largest number of bends.
        has_criterion: whether the weighted BIC is worked out too.
        ends: least observations strictly outside the outer bends.
        between: least observations strictly between two bends.
    """
    series = len(values)
    sse = np.full((series, most + 1), np.inf)
    places = np.full((series, most + 1, most), -1, dtype=np.intp)
    wbic = np.full((series, most + 1), np.inf) if has_criterion else None
    for rows, here in gap_groups(values):
        if here.sum() < 2:
            continue
        seen = np.flatnonzero(here)
        grid = Grid(
            time=time[seen], values=time[seen], weights=np.ones(seen.size), ends=ends,
            between=between,
        )  # fmt: skip
        search = Search(grid)
        for start in range(0, rows.size, _ROWS):
            part = rows[start : start + _ROWS]
            targets = values[np.ix_(part, seen)]
            targets = targets - targets.mean(axis=1, keepdims=True)
            for k in range(most + 1):
                if k and not search.bases(k):
                    break
                found, where = search.best(targets, k)
                sse[part, k] = found
                places[part, k, :k] = seen[where]
                if wbic is not None:
                    wbic[part, k] = _weighted_bic(grid.time, targets, where, found)
    return BentLines(sse=sse, places=places, wbic=wbic)


def _weighted_bic(time: Floats, targets: Floats, where: Indices, sse: Floats) -> Floats:
    """ln(SSE/n) + ((2 + R2max) k + 2) ln(n)/n of every row."""
    n, k = time.size, where.shape[1]
    r2max = np.zeros(len(targets))
    for j in range(k):
        left = where[:, j - 1] if j else np.zeros(len(where), dtype=np.intp)
        right = where[:, j + 1] if j + 1 < k else np.full(len(where), n - 1)
        np.maximum(r2max, _partial_r2(time, targets, left, where[:, j], right), out=r2max)
    with np.errstate(divide="ignore"):
        base = np.log(sse / n)
    return np.asarray(base + ((2 + r2max) * k + 2) * np.log(n) / n, dtype=np.float64)


def _partial_r2(
    time: Floats, targets: Floats, left: Indices, bend: Indices, right: Indices
) -> Floats:
    """Share of what a line leaves between ``left`` and ``right`` that one bend explains."""
    n = time.size
    keys = (left * n + bend) * n + right
    windows, which = np.unique(keys, return_inverse=True)
    bases = np.zeros((windows.size, n, 3))
    for row, key in enumerate(windows.tolist()):
        first, middle, last = key // (n * n), key // n % n, key % n
        x = time[first : last + 1]
        columns = [np.ones(x.size), x - x.mean(), np.maximum(x - time[middle], 0.0)]
        bases[row, first : last + 1] = np.linalg.qr(np.column_stack(columns))[0]
    basis = bases[which]
    inside = np.arange(n)
    window = (inside >= left[:, None]) & (inside <= right[:, None])
    here = np.where(window, targets, 0.0)
    inner = np.einsum("rn,rnk->rk", here, basis)
    rest = here - np.einsum("rk,rnk->rn", inner[:, :2], basis[:, :, :2])
    plain = np.einsum("rn,rn->r", rest, rest)
    scale = np.einsum("rn,rn->r", here, here)
    explained = np.minimum(inner[:, 2] ** 2, plain)
    known = plain > _TIE**2 * np.maximum(scale, _TIE)
    share: Floats = np.divide(explained, plain, out=np.zeros_like(plain), where=known)
    return share
