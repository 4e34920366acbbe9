"""Theil-Sen slopes of thousands of series at once; equal to ``ranks.rank_trend``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.intervals import normal_quantile
from indicators.stats.joinpoint_batch import gap_groups

Floats = NDArray[np.float64]

_ROWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RankLines:
    """Slopes by ranks of many series; shape ``(series,)``, nan with fewer than two values.

    Attributes:
        slope: median of pairwise slopes on the real axis.
        low, high: Gilbert's limits.
        s: Kendall's S.
        n: values used.
    """

    slope: Floats
    low: Floats
    high: Floats
    s: Floats
    n: Floats


def rank_lines(time: Floats, values: Floats, level: float = 0.95) -> RankLines:
    """Theil-Sen slope of every series.

    Args:
        time: shape ``(n,)``, increasing.
        values: shape ``(series, n)``, nan where missing.
        level: confidence level of the limits.
    """
    slope, low, high, s, n = (np.full(len(values), np.nan) for _ in range(5))
    for rows, here in gap_groups(values):
        n[rows] = here.sum()
        if here.sum() < 2:
            continue
        axis = time[here]
        first, second = np.triu_indices(axis.size, 1)
        step = 1 / (axis[second] - axis[first])
        for start in range(0, rows.size, _ROWS):
            part = rows[start : start + _ROWS]
            block = values[np.ix_(part, np.flatnonzero(here))]
            change = block[:, second] - block[:, first]
            s[part] = np.sign(change).sum(axis=1)
            slopes = change * step
            slopes.sort(axis=1)
            slope[part] = _at(slopes, np.full(len(part), (slopes.shape[1] + 1) / 2))
            reach = normal_quantile(level) * np.sqrt(_variance(change, first, second, axis.size))
            low[part] = _at(slopes, (slopes.shape[1] - reach) / 2)
            high[part] = _at(slopes, (slopes.shape[1] + reach) / 2 + 1)
    return RankLines(slope=slope, low=low, high=high, s=s, n=n)


def _at(ordered: Floats, rank: Floats) -> Floats:
    """Value of each row at a fractional rank (from 1), linear between, held at the ends."""
    place = np.clip(rank - 1, 0, ordered.shape[1] - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, ordered.shape[1] - 1)
    row = np.arange(len(ordered))
    share = place - below
    result: Floats = ordered[row, below] * (1 - share) + ordered[row, above] * share
    return result


def _variance(change: Floats, first: NDArray[np.intp], second: NDArray[np.intp], n: int) -> Floats:
    """Variance of S with tie correction: a value with g equals adds (g - 1)(2g + 5)."""
    result = np.full(len(change), n * (n - 1.0) * (2 * n + 5))
    tied = np.flatnonzero((change == 0).any(axis=1))
    if tied.size:
        equal = (change[tied] == 0).astype(np.float64)
        member = np.zeros((first.size, n))
        member[np.arange(first.size), first] = 1
        member[np.arange(first.size), second] = 1
        others = equal @ member
        result[tied] -= (others * (2 * (others + 1) + 5)).sum(axis=1)
    return result / 18
