"""Mann-Kendall test and Theil-Sen slope on a real time axis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.stats.intervals import normal_p, normal_quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTrend:
    """Slope by ranks and the test that goes with it.

    Attributes:
        slope, low, high: units a period.
        intercept: median(value) - slope * median(time).
        s: Kendall's S.
        variance: of S, with tie correction.
        z: continuity-corrected.
        p_normal: two-sided, normal theory.
        p_exact: two-sided, exact distribution of S; None with ties.
        tau_b: rank correlation.
        n: points.
    """

    slope: float
    low: float
    high: float
    intercept: float
    s: int
    variance: float
    z: float
    p_normal: float
    p_exact: float | None
    tau_b: float
    n: int


@lru_cache(maxsize=64)
def _inversions(n: int) -> tuple[int, ...]:
    """Number of permutations of ``n`` things by number of inversions."""
    counts = [1]
    for size in range(2, n + 1):
        wider = [0] * (len(counts) + size - 1)
        for start, ways in enumerate(counts):
            for step in range(size):
                wider[start + step] += ways
        counts = wider
    return tuple(counts)


def exact_p(s: int, n: int) -> float:
    """Two-sided exact p of Kendall's S without ties: P(absolute S at least as large)."""
    counts = _inversions(n)
    pairs = n * (n - 1) // 2
    least = (pairs - abs(s)) // 2
    tail = sum(counts[: least + 1])
    return min(1.0, 2 * tail / sum(counts))


def _tie_variance(n: int, values: Floats) -> float:
    _, groups = np.unique(values, return_counts=True)
    ties = float((groups * (groups - 1.0) * (2 * groups + 5)).sum())
    return (n * (n - 1.0) * (2 * n + 5) - ties) / 18


def _ranked(slopes: Floats, rank: float) -> float:
    """Value at a fractional rank (1-based), linear between ranks, held at the ends."""
    return float(np.interp(rank, np.arange(1, slopes.size + 1), slopes))


def rank_trend(time: Floats, values: Floats, level: float = 0.95) -> RankTrend:
    """Median of pairwise slopes with Gilbert's limits, and the Mann-Kendall test.

    Equation: slope = median((y_j - y_i)/(t_j - t_i)), i < j; limits are the sorted slopes at ranks
    (N - C)/2 and (N + C)/2 + 1 with C = z sqrt(var S).
    Source: Sen (1968); Gilbert (1987), Statistical Methods for Environmental Pollution Monitoring.

    Args:
        time: increasing, shape ``(n,)``, n at least 2.
        values: shape ``(n,)``.
        level: confidence level.
    """
    n = values.size
    i, j = np.triu_indices(n, 1)
    change = values[j] - values[i]
    slopes = np.sort(change / (time[j] - time[i]))
    s = int(np.sign(change).sum())
    variance = _tie_variance(n, values)
    z = (s - np.sign(s)) / np.sqrt(variance) if variance > 0 else 0.0
    reach = normal_quantile(level) * np.sqrt(variance)
    untied = np.unique(values).size == n
    tied_pairs = float((change == 0).sum())
    slope = float(np.median(slopes))
    return RankTrend(
        slope=slope,
        low=_ranked(slopes, (slopes.size - reach) / 2),
        high=_ranked(slopes, (slopes.size + reach) / 2 + 1),
        intercept=float(np.median(values) - slope * np.median(time)),
        s=s,
        variance=variance,
        z=float(z),
        p_normal=normal_p(float(z)),
        p_exact=exact_p(s, n) if untied else None,
        tau_b=s / float(np.sqrt(slopes.size * max(slopes.size - tied_pairs, 1.0))),
        n=n,
    )
