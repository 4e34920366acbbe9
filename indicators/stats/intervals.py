"""Intervals of counts, shares, rates, ratios and medians.

Shares are 0-1 and limits are in the unit of the estimate. Functions of plain counts take numbers
or arrays of one shape and return the pair ``(low, high)`` of float64 arrays of that shape; a cell
that makes no sense (negative, fractional, more than its base, missing) gives nan in both, never
an exception.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.model.results import Interval
from indicators.stats.limits import MIN_ORDER_STATISTICS

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]


def normal_quantile(level: float = 0.95) -> float:
    """Two-sided normal quantile, 1.96 at 0.95."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def student_quantile(df: float, level: float = 0.95) -> float:
    """Two-sided Student quantile on ``df`` degrees of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + level / 2))


def normal_p(z: float) -> float:
    """Two-sided normal tail."""
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))


def f_p(statistic: float, df1: int, df2: int) -> float:
    """Upper tail of F on ``df1`` and ``df2`` degrees of freedom."""
    from scipy.special import fdtrc

    return float(fdtrc(df1, df2, statistic))


def f_quantile(df1: int, df2: int, level: float = 0.95) -> float:
    """Point of F on ``df1`` and ``df2`` degrees of freedom that ``level`` lies below."""
    from scipy.special import fdtri

    return float(fdtri(df1, df2, level))


def student_p(t: float, df: float) -> float:
    """Two-sided p-value of a Student statistic."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def _counts(*arrays: ArrayLike) -> tuple[Floats, ...]:
    """Arrays of one shape; every cell that is no whole count becomes nan."""
    parts = np.broadcast_arrays(*(np.asarray(array, dtype=np.float64) for array in arrays))
    with np.errstate(invalid="ignore"):
        return tuple(
            np.where((part >= 0) & (part == np.floor(part)) & np.isfinite(part), part, np.nan)
            for part in parts
        )


def _shares(x: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    part, base = _counts(x, n)
    with np.errstate(invalid="ignore"):
        sensible = (base > 0) & (part <= base)
    return np.where(sensible, part, np.nan), np.where(sensible, base, np.nan)


def garwood(count: ArrayLike, level: float = 0.95) -> Pair:
    """Exact limits of a Poisson mean; the low limit of 0 is 0.

    Equation: chi2(a/2; 2k)/2 and chi2(1-a/2; 2k+2)/2, written with the gamma distribution.
    Source: Garwood (1936), Biometrika 28.
    """
    from scipy.special import gammainccinv, gammaincinv

    (k,) = _counts(count)
    tail = (1 - level) / 2
    low = np.where(k == 0, 0.0, gammaincinv(np.where(k > 0, k, np.nan), tail))
    return low, np.asarray(gammainccinv(k + 1, tail))


def byar(count: ArrayLike, level: float = 0.95) -> Pair:
    """Byar's approximation to ``garwood``; the upper limit uses count + 1.

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II.
    """
    (k,) = _counts(count)
    z = normal_quantile(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = k * (1 - 1 / (9 * k) - z / (3 * np.sqrt(k))) ** 3
    up = k + 1
    high = up * (1 - 1 / (9 * up) + z / (3 * np.sqrt(up))) ** 3
    return np.where(k == 0, 0.0, np.maximum(low, 0)), high


def wilson(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Pair:
    """Score limits of a share.

    Equation: (p + z^2/2n -/+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
    Source: Wilson (1927), J. Am. Stat. Assoc. 22. Survey shares give the effective n, which may
    be fractional: use ``wilson_share``.
    """
    part, base = _shares(x, n)
    return wilson_share(part / base, base, level)


def wilson_share(p: ArrayLike, n: ArrayLike, level: float = 0.95) -> Pair:
    """``wilson`` for a share and an effective n that need not be whole."""
    share, base = np.asarray(p, dtype=np.float64), np.asarray(n, dtype=np.float64)
    z2 = normal_quantile(level) ** 2
    centre = share + z2 / (2 * base)
    half = np.sqrt(z2 * (share * (1 - share) / base + z2 / (4 * base**2)))
    scale = 1 + z2 / base
    low = np.where(share == 0, 0.0, (centre - half) / scale)
    high = np.where(share == 1, 1.0, (centre + half) / scale)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def wilson_corrected(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Pair:
    """Score limits with continuity correction; low 0 when x = 0, high 1 when x = n.

    Source: Newcombe (1998), Stat. Med. 17, method 4.
    """
    part, base = _shares(x, n)
    z = normal_quantile(level)
    p = part / base
    scale = 2 * (base + z**2)
    middle = 2 * base * p + z**2
    inner_low = z**2 - 2 - 1 / base + 4 * p * (base * (1 - p) + 1)
    inner_high = z**2 + 2 - 1 / base + 4 * p * (base * (1 - p) - 1)
    low = (middle - 1 - z * np.sqrt(np.maximum(inner_low, 0))) / scale
    high = (middle + 1 + z * np.sqrt(np.maximum(inner_high, 0))) / scale
    low = np.where(part == 0, 0.0, np.clip(low, 0, 1))
    return low, np.where(part == base, 1.0, np.clip(high, 0, 1))


def clopper_pearson(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Pair:
    """Exact limits of a share. Source: Clopper and Pearson (1934), Biometrika 26."""
    from scipy.special import betaincinv

    part, base = _shares(x, n)
    tail = (1 - level) / 2
    inner = np.where((part > 0), part, np.nan)
    low = np.where(part == 0, 0.0, betaincinv(inner, base - part + 1, tail))
    rest = np.where(base > part, base - part, np.nan)
    high = np.where(part == base, 1.0, betaincinv(part + 1, rest, 1 - tail))
    return low, high


def agresti_coull(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Pair:
    """Wald limits after adding z^2 trials, cut to 0..1. Source: Agresti and Coull (1998)."""
    part, base = _shares(x, n)
    z = normal_quantile(level)
    trials = base + z**2
    p = (part + z**2 / 2) / trials
    half = z * np.sqrt(p * (1 - p) / trials)
    return np.clip(p - half, 0, 1), np.clip(p + half, 0, 1)


def newcombe_difference(
    x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, level: float = 0.95
) -> Pair:
    """Limits of the difference p1 - p0 of two independent shares by the hybrid score.

    Source: Newcombe (1998), Stat. Med. 17, 873-890, method 10.
    """
    part1, base1 = _shares(x1, n1)
    part0, base0 = _shares(x0, n0)
    p1, p0 = part1 / base1, part0 / base0
    low1, high1 = wilson(part1, base1, level)
    low0, high0 = wilson(part0, base0, level)
    down = np.sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2)
    up = np.sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2)
    return p1 - p0 - down, p1 - p0 + up


def rate_ratio_exact(
    x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, level: float = 0.95
) -> Pair:
    """Limits of (x1/n1)/(x0/n0): Clopper-Pearson of x1 given x1 + x0, turned into a ratio.

    The high limit is infinite when x0 is 0. Source: Przyborowski and Wilenski (1940).
    """
    first, second = _counts(x1, x0)
    exposure = np.asarray(n0, dtype=np.float64) / np.asarray(n1, dtype=np.float64)
    low, high = clopper_pearson(first, first + second, level)
    with np.errstate(divide="ignore"):
        return low / (1 - low) * exposure, high / (1 - high) * exposure


def rate_ratio_p(x1: int, n1: float, x0: int, n0: float) -> float:
    """Two-sided exact p against a ratio of 1: all outcomes not more likely than the observed."""
    from scipy.stats import binomtest

    if x1 + x0 == 0:
        return 1.0
    return float(binomtest(int(x1), int(x1 + x0), n1 / (n1 + n0)).pvalue)


def log_delta(ratio: ArrayLike, variance: ArrayLike, level: float = 0.95) -> Pair:
    """Delta limits of a ratio on the log scale: ratio * exp(-/+ z sqrt(variance)).

    Args:
        ratio: the estimate, positive; else nan.
        variance: variance of its logarithm: the sum of ``log_count_variance`` and
            ``log_share_variance`` of its independent parts.
        level: confidence level.
    """
    estimate = np.asarray(ratio, dtype=np.float64)
    factor = np.exp(normal_quantile(level) * np.sqrt(np.asarray(variance, dtype=np.float64)))
    with np.errstate(invalid="ignore"):
        estimate = np.where((estimate > 0) & np.isfinite(factor), estimate, np.nan)
        return estimate / factor, estimate * factor


def log_count_variance(count: ArrayLike) -> Floats:
    """Variance of the log of a Poisson count: 1/x; nan at 0."""
    (x,) = _counts(count)
    return 1 / np.where(x > 0, x, np.nan)


def log_share_variance(x: ArrayLike, n: ArrayLike) -> Floats:
    """Variance of the log of a binomial share: 1/x - 1/n; nan at 0."""
    part, base = _shares(x, n)
    return 1 / np.where(part > 0, part, np.nan) - 1 / base


def rate_ratio_wald(
    x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, level: float = 0.95
) -> Pair:
    """Limits exp(log ratio -/+ z sqrt(1/x1 + 1/x0)); nan when a count is 0."""
    first, second = _counts(x1, x0)
    exposure = np.asarray(n0, dtype=np.float64) / np.asarray(n1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = first / second * exposure
    return log_delta(ratio, log_count_variance(first) + log_count_variance(second), level)


def bootstrap_ratio(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Pair:
    """Percentile limits of the ratio of two independent counts.

    The parametric bootstrap draws each mean from Gamma(count + 1/2) and takes percentiles of the
    ratio. The ratio of two gammas is known exactly (beta distribution), so these are the limits
    that endless draws would reach: no seed, the same on every machine. Low 0 when the numerator
    is 0; nan when the denominator is 0.
    """
    from scipy.special import betaincinv

    top, bottom = _counts(numerator, denominator)
    bottom = np.where(bottom > 0, bottom, np.nan)
    tail = (1 - level) / 2
    low: Floats = np.asarray(betaincinv(top + 0.5, bottom + 0.5, tail), dtype=np.float64)
    high: Floats = np.asarray(betaincinv(top + 0.5, bottom + 0.5, 1 - tail), dtype=np.float64)
    return np.where(top == 0, 0.0, low / (1 - low)), high / (1 - high)


def standardised_rate(
    count: ArrayLike, population: ArrayLike, standard: ArrayLike, level: float = 0.95
) -> Interval:
    """Directly standardised rate (events per head) with gamma limits.

    Equation: sum w_i c_i/n_i with w = standard/sum(standard); the upper limit uses the largest
    w_i/n_i. Source: Fay and Feuer (1997), Stat. Med. 16, 791-801.

    Args:
        count: events, one entry a stratum.
        population: people, one entry a stratum.
        standard: weight of the stratum in the standard population.
        level: confidence level.
    """
    from scipy.special import gammaincinv

    events = np.asarray(count, dtype=np.float64)
    weights = np.asarray(standard, dtype=np.float64)
    weight = weights / weights.sum() / np.asarray(population, dtype=np.float64)
    rate, variance = float(weight @ events), float(weight**2 @ events)
    tail = (1 - level) / 2
    low = 0.0
    if rate > 0:
        low = variance / rate * float(gammaincinv(rate**2 / variance, tail))
    rate_up, variance_up = rate + weight.max(), variance + weight.max() ** 2
    high = variance_up / rate_up * float(gammaincinv(rate_up**2 / variance_up, 1 - tail))
    return Interval(estimate=rate, low=low, high=float(high), level=level)


def median_by_counts(values: ArrayLike, counts: ArrayLike, level: float = 0.95) -> Interval | None:
    """Median of a duration with its order-statistic interval, from counts by value.

    Equation: limits are the l-th smallest and l-th largest value, l the largest rank with
    P(Binomial(n, 1/2) < l) <= a/2. Below 6 values the limits do not exist and are nan.

    Args:
        values: days, in any order.
        counts: how many took that long.
        level: confidence level.

    Returns:
        The median with limits; None without a single value.
    """
    from scipy.special import bdtr

    days = np.asarray(values, dtype=np.float64)
    order = np.argsort(days, kind="stable")
    upto = np.cumsum(np.asarray(counts, dtype=np.float64)[order])
    n = int(upto[-1]) if upto.size else 0
    if n == 0:
        return None

    def ranked(rank: int) -> float:
        return float(days[order][int(np.searchsorted(upto, rank))])

    median = (ranked((n + 1) // 2) + ranked(n // 2 + 1)) / 2
    ranks = np.arange(1, n // 2 + 1)
    fits = ranks[bdtr(ranks - 1, n, 0.5) <= (1 - level) / 2]
    if n < MIN_ORDER_STATISTICS or fits.size == 0:
        return Interval(estimate=median, low=np.nan, high=np.nan, level=level)
    last = int(fits[-1])
    return Interval(estimate=median, low=ranked(last), high=ranked(n + 1 - last), level=level)
