"""Breaks in the mean of a series: Chow at a known date, sup-F, Bai-Perron, OLS-CUSUM."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _segment_costs(values: Floats) -> tuple[Floats, Floats]:
    centred = values - values.mean()
    return (
        np.concatenate([[0.0], np.cumsum(centred)]),
        np.concatenate([[0.0], np.cumsum(centred**2)]),
    )


def _rss(sums: Floats, squares: Floats, first: int, last: int | NDArray[np.intp]) -> Floats:
    """Residual sum of squares around the mean of ``values[first:last]``."""
    size = np.asarray(last) - first
    rest = squares[last] - squares[first] - (sums[last] - sums[first]) ** 2 / size
    return np.asarray(np.maximum(rest, 0.0), dtype=np.float64)


def chow_f(values: Floats, size: int) -> float:
    """Chow's F of a step in the mean after the first ``size`` values.

    Equation: (RSS0 - RSS1)/(RSS1/(n - 2)). Source: Chow (1960), Econometrica 28.
    """
    sums, squares = _segment_costs(values)
    n = values.size
    whole = float(_rss(sums, squares, 0, n))
    parts = float(_rss(sums, squares, 0, size) + _rss(sums, squares, size, n))
    return (whole - parts) / (parts / (n - 2)) if parts > 0 else float("inf")


def f_p(statistic: float, df: int) -> float:
    """Upper tail of F on 1 and ``df`` degrees of freedom."""
    from scipy.special import fdtrc

    return float(fdtrc(1, df, statistic))


def sup_f(values: Floats, trim: float = 0.15) -> tuple[float, float]:
    """Largest Chow F over the dates that leave floor(trim n) values on each side, and its p.

    The p-value is the asymptotic one of Estrella (2003), Econometric Theory 19.
    """
    n = values.size
    margin = max(1, int(np.floor(trim * n + 1e-9)))
    statistic = max(chow_f(values, size) for size in range(margin, n - margin + 1))
    spread = 2 * np.log((1 - trim) / trim)
    if not np.isfinite(statistic) or statistic <= 0:
        return statistic, 0.0 if statistic > 0 else 1.0
    density = np.sqrt(statistic) * np.exp(-statistic / 2) / np.sqrt(2 * np.pi)
    p_value = density * ((1 - 1 / statistic) * spread + 2 / statistic)
    return statistic, float(np.clip(p_value, 0.0, 1.0))


def ols_cusum(values: Floats) -> tuple[float, float]:
    """Largest cumulative residual sum over sigma root n, sigma^2 = RSS/(n-1), and its p-value.

    Source: Ploberger and Krämer (1992), Econometrica 60.
    """
    from scipy.special import kolmogorov

    residuals = values - values.mean()
    sigma = float(np.sqrt(residuals @ residuals / (values.size - 1)))
    if sigma == 0:
        return 0.0, 1.0
    statistic = float(np.abs(np.cumsum(residuals)).max() / (sigma * np.sqrt(values.size)))
    return statistic, float(kolmogorov(statistic))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanBreaks:
    """Best partitions of a series into regimes of constant mean.

    Attributes:
        rss: smallest residual sum of squares with 0, 1, ... breaks.
        bic: n (ln RSS + 1 - ln n + ln 2 pi) + (2m + 2) ln n.
        sizes: number of values before each break, for each number of breaks.
    """

    rss: tuple[float, ...]
    bic: tuple[float, ...]
    sizes: tuple[tuple[int, ...], ...]

    @property
    def best(self) -> int:
        """Number of breaks with the smallest BIC."""
        return int(np.argmin(self.bic))


def mean_breaks(values: Floats, most: int = 5, trim: float = 0.15) -> MeanBreaks:
    """Exact partitions by dynamic programming; every regime holds floor(trim n) values.

    Source: Bai and Perron (2003), J. Appl. Econometrics 18.
    """
    n = values.size
    least = max(1, int(np.floor(trim * n + 1e-9)))
    sums, squares = _segment_costs(values)
    cost = np.full(n + 1, np.inf)
    ends = np.arange(least, n + 1)
    cost[ends] = _rss(sums, squares, 0, ends)
    rows: list[tuple[float, tuple[int, ...]]] = [(float(cost[n]), ())]
    origins: list[NDArray[np.intp]] = []
    for breaks in range(1, most + 1):
        new, origin = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.intp)
        for end in range(least * (breaks + 1), n + 1):
            starts = np.arange(least * breaks, end - least + 1)
            tails = (
                squares[end] - squares[starts] - (sums[end] - sums[starts]) ** 2 / (end - starts)
            )
            totals = cost[starts] + tails
            pick = int(np.argmin(totals))
            new[end], origin[end] = totals[pick], starts[pick]
        cost = new
        origins.append(origin)
        if not np.isfinite(cost[n]):
            break
        rows.append((float(cost[n]), _traced(origins, n)))
    rss = tuple(row[0] for row in rows)
    bic = tuple(_bic(value, m, n) for m, value in enumerate(rss))
    return MeanBreaks(rss=rss, bic=bic, sizes=tuple(row[1] for row in rows))


def _traced(origins: list[NDArray[np.intp]], n: int) -> tuple[int, ...]:
    sizes: list[int] = []
    end = n
    for origin in reversed(origins):
        end = int(origin[end])
        sizes.append(end)
    return tuple(reversed(sizes))


def _bic(rss: float, breaks: int, n: int) -> float:
    if rss <= 0:
        return float("-inf")
    constant = 1 - np.log(n) + np.log(2 * np.pi)
    return float(n * (np.log(rss) + constant) + (2 * breaks + 2) * np.log(n))
