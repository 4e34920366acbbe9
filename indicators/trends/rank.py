"""Typical yearly change by ranks: robust to single odd years, for very short series too."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_
from indicators.model.results import Diagnostic, FittedPoint, Refusal, SeriesBreak, TrendResult
from indicators.model.series import Series
from indicators.stats import checkup
from indicators.stats.limits import (
    EXACT_KENDALL_FROM,
    EXACT_KENDALL_TO,
    NORMAL_KENDALL_FROM,
)
from indicators.stats.points import Points
from indicators.stats.rank_batch import RankLines, rank_lines
from indicators.stats.ranks import RankTrend, rank_trend
from indicators.stats.scales import slope_unit
from indicators.stats.statement import STABLE_BAND, Estimate, Method, Options, trend_result

Floats = NDArray[np.float64]

ASSUMPTIONS = (
    N_("Half of all pairs of years change by more than the slope, half by less."),
    N_("The years vary independently; no shape of the variation is assumed."),
)


def theil_sen(
    series: Series,
    *,
    population: Series | None = None,
    level: float = 0.95,
    breaks: Sequence[SeriesBreak] = (),
    use_provisional: bool = True,
    cross_breaks: bool = False,
    stable_band: tuple[float, float] = STABLE_BAND,
    seed: int | None = None,
) -> TrendResult | Refusal:
    """Median of pairwise slopes, robust to single odd years.

    Equation: slope = median((y_j - y_i) / (t_j - t_i)), i < j. Limits: Gilbert's rank
    interpolation. Test: Mann-Kendall, exact for 5 to 10 points without equal values, normal
    theory from 8 on, none below.
    Missing: left out, real gaps kept. Suppressed: refused by rule 4 of the methods page.

    Args:
        series: values by year; how many are enough is the length table.
        population: not used: the values themselves are looked at.
        level: confidence level in (0, 1).
        breaks: breaks that touch the series; the line begins at the last one.
        use_provisional: whether a provisional last year enters the main estimate.
        cross_breaks: fit across the breaks and name them.
        stable_band: percent of the median value a year that counts as no change.
        seed: not used.

    Returns:
        Slope in series units a year with limits; or a Refusal.
    """

    def fit(points: Points, options: Options) -> Estimate | Refusal:
        return _fit(points.take(~points.censored), options, series.unit)

    options = Options(
        level=level,
        breaks=breaks,
        cross_breaks=cross_breaks,
        use_provisional=use_provisional,
        stable_band=stable_band,
    )
    return trend_result(
        series, Method(id="theil_sen", version="1", fit=fit, bounded=True), options
    )


def theil_sen_many(time: Floats, values: Floats, level: float = 0.95) -> RankLines:
    """Theil-Sen slopes of many series; see ``rank_lines``."""
    return rank_lines(time, values, level)


def _fit(points: Points, options: Options, unit: str) -> Estimate | Refusal:
    trend = rank_trend(points.time, points.value, options.level)
    p_value = _p(trend)
    middle = abs(float(np.median(points.value)))
    residuals = points.value - trend.intercept - trend.slope * points.time
    dependent = points.n >= NORMAL_KENDALL_FROM and checkup.is_dependent(residuals)
    return Estimate(
        estimate=trend.slope,
        low=trend.low,
        high=trend.high,
        p_value=p_value,
        unit=slope_unit(unit),
        transformation="identity",
        covariance="rank",
        df=None,
        fitted=_band(points, trend),
        percent_scale=100 / middle if middle > 0 else np.inf if trend.slope else 1.0,
        is_clear=p_value is not None and p_value < 1 - options.level,
        # the outermost slopes of four points cover 92 percent only
        is_wide_enough=2 / factorial(trend.n) <= 1 - options.level,
        diagnostics=_checks(points, trend, residuals, options),
        warnings=checkup.alike_notes(dependent=dependent),
        assumptions=ASSUMPTIONS,
    )


def _p(trend: RankTrend) -> float | None:
    if EXACT_KENDALL_FROM <= trend.n <= EXACT_KENDALL_TO and trend.p_exact is not None:
        return trend.p_exact
    return trend.p_normal if trend.n >= NORMAL_KENDALL_FROM else None


def _band(points: Points, trend: RankTrend) -> tuple[FittedPoint, ...]:
    """The line through the medians; the band turns it around the median year."""
    centre = float(np.median(points.time))
    level = trend.intercept + trend.slope * centre
    ends = [(trend.low * (t - centre), trend.high * (t - centre)) for t in points.time]
    return tuple(
        FittedPoint(
            period=period,
            value=level + trend.slope * (t - centre),
            low=level + min(pair),
            high=level + max(pair),
        )
        for period, t, pair in zip(points.periods, points.time.tolist(), ends, strict=True)
    )


def _checks(
    points: Points, trend: RankTrend, residuals: Floats, options: Options
) -> tuple[Diagnostic, ...]:
    def without(keep: NDArray[np.bool_]) -> float:
        return rank_trend(points.time[keep], points.value[keep], options.level).slope

    return (
        Diagnostic(name="kendall_s", value=trend.s),
        Diagnostic(name="tau_b", value=trend.tau_b),
        *checkup.residual_checks(residuals),
        *checkup.drop_one_checks(trend.slope, checkup.drop_one(points.n, without)),
    )
