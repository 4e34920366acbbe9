"""Yearly percent change of counts, over the population where it is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, Note, Severity
from indicators.model.results import Diagnostic, FittedPoint, Refusal, SeriesBreak, TrendResult
from indicators.model.series import Series
from indicators.stats import checkup
from indicators.stats.batch import Lines, quasi_poisson_lines
from indicators.stats.censored import poisson_interval
from indicators.stats.diagnostics import cook, leverage
from indicators.stats.guards import (
    counts_refusal,
    no_convergence,
    population_notes,
    population_refusal,
)
from indicators.stats.intervals import normal_quantile, student_p, student_quantile
from indicators.stats.limits import MIN_NEGATIVE_BINOMIAL
from indicators.stats.overdispersion import negative_binomial
from indicators.stats.points import Points
from indicators.stats.regression import CountFit, standard_errors
from indicators.stats.scales import percent
from indicators.stats.statement import STABLE_BAND, Estimate, Method, Options, trend_result

Floats = NDArray[np.float64]

OVERDISPERSED = 1.5
"""Above this dispersion the negative binomial is shown as a second opinion."""
ASSUMPTIONS = (
    N_("The expected number changes by the same percent every year."),
    N_("The years vary independently; how much more than by chance alone is estimated."),
)
PER_POPULATION = N_("The change is counted per head of the population.")


def count_trend(
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
    """Quasi-Poisson trend of counts.

    Equation: ln E(count) = a + b (year - mean) + ln(population); percent a year is
    100 (exp(b) - 1). Standard errors are scaled by max(dispersion, 1), limits are Student's t on
    (exact points - 2) degrees of freedom.
    Missing: left out, real gaps kept. Suppressed: the likelihood of lying between the bounds.
    Zero: a count like any other.

    Args:
        series: whole counts by year; how many are enough is the length table.
        population: exposure by year, for the change per head; None for the counts themselves.
        level: confidence level in (0, 1).
        breaks: breaks that touch the series; the line begins at the last one.
        use_provisional: whether a provisional last year enters the main estimate.
        cross_breaks: fit across the breaks and name them.
        stable_band: percent a year that counts as no change.
        seed: not used.

    Returns:
        Percent a year with limits, expected counts with band; or a Refusal.
    """
    options = Options(
        level=level,
        breaks=breaks,
        cross_breaks=cross_breaks,
        use_provisional=use_provisional,
        stable_band=stable_band,
    )
    method = Method(id="count_trend", version="1", fit=_fit, censored_count=True, bounded=True)
    return trend_result(series, method, options, population)


def count_trend_many(time: Floats, counts: Floats, population: Floats | None = None) -> Lines:
    """Quasi-Poisson slopes of many series without suppressed cells; see ``quasi_poisson_lines``."""
    return quasi_poisson_lines(time, counts, population)


def count_fit(points: Points) -> CountFit:
    """Quasi-Poisson fit on the centred year."""
    design = np.column_stack([np.ones(points.n), points.time - points.time.mean()])
    offset = None if points.population is None else np.log(points.population)
    return poisson_interval(points.low, points.high, design, offset)


def _fit(points: Points, options: Options) -> Estimate | Refusal:
    refusal = counts_refusal(points) or population_refusal(points)
    if refusal is not None:
        return refusal
    fit = count_fit(points)
    if not fit.converged:
        return no_convergence()
    slope = float(fit.coef[1])
    covariance = fit.covariance(max(fit.dispersion, 1.0))
    se = float(standard_errors(covariance)[1])
    reach = student_quantile(fit.df, options.level)
    residuals = _pearson(fit)
    dependent = checkup.is_dependent(residuals)
    return Estimate(
        estimate=percent(slope),
        low=percent(slope - reach * se),
        high=percent(slope + reach * se),
        p_value=student_p(slope / se, fit.df),
        unit="percent a year",
        transformation="log",
        covariance="quasi-poisson",
        df=fit.df,
        fitted=_band(points, fit, covariance, reach),
        diagnostics=_checks(points, fit, residuals, options),
        warnings=(
            *population_notes(points),
            *_few_counts(points),
            *checkup.alike_notes(dependent=dependent),
        ),
        assumptions=ASSUMPTIONS if points.population is None else (*ASSUMPTIONS, PER_POPULATION),
    )


def _pearson(fit: CountFit) -> Floats:
    residuals: Floats = (fit.y - fit.mean) / np.sqrt(fit.mean)
    return residuals


def _band(
    points: Points, fit: CountFit, covariance: Floats, reach: float
) -> tuple[FittedPoint, ...]:
    half = reach * standard_errors(fit.x @ covariance @ fit.x.T)
    return tuple(
        FittedPoint(
            period=period,
            value=float(mean),
            low=float(mean * np.exp(-width)),
            high=float(mean * np.exp(width)),
        )
        for period, mean, width in zip(points.periods, fit.mean, half, strict=True)
    )


def _checks(
    points: Points, fit: CountFit, residuals: Floats, options: Options
) -> tuple[Diagnostic, ...]:
    hat = leverage(fit.x, fit.mean, fit.bread)
    scale = np.sqrt(max(fit.dispersion, 1.0))
    left_out = checkup.drop_one(points.n, lambda keep: _percent_without(points, keep))
    return (
        Diagnostic(name="rate_ratio", value=float(np.exp(fit.coef[1]))),
        Diagnostic(name="dispersion", value=fit.dispersion),
        Diagnostic(name="pearson_chi2", value=fit.pearson),
        *(() if points.censored.any() else (Diagnostic(name="deviance", value=fit.deviance),)),
        *checkup.residual_checks(residuals),
        *checkup.influence_checks(cook(residuals / scale, hat, 2), points.periods),
        *checkup.drop_one_checks(percent(fit.coef[1]), left_out),
        *_second_opinion(points, fit, options),
    )


def _percent_without(points: Points, keep: NDArray[np.bool_]) -> float:
    part = points.take(keep)
    if part.high.max() == 0:
        return float("nan")
    fit = count_fit(part)
    return percent(fit.coef[1]) if fit.converged else float("nan")


def _second_opinion(points: Points, fit: CountFit, options: Options) -> tuple[Diagnostic, ...]:
    """The negative binomial with estimated dispersion, where counts vary clearly more."""
    if (
        fit.dispersion <= OVERDISPERSED
        or points.n < MIN_NEGATIVE_BINOMIAL
        or points.censored.any()
    ):
        return ()
    offset = None if points.population is None else np.log(points.population)
    other = negative_binomial(points.value, fit.x, offset)
    if other is None:
        return ()
    slope, reach = float(other.coef[1]), normal_quantile(options.level) * float(other.se_joint[1])
    return (
        Diagnostic(
            name="negative_binomial",
            value=percent(slope),
            low=percent(slope - reach),
            high=percent(slope + reach),
        ),
        Diagnostic(name="negative_binomial_alpha", value=other.alpha),
    )


def _few_counts(points: Points) -> tuple[Note, ...]:
    if float(points.high.sum()) >= 20:
        return ()
    return (
        Note(
            code="small_numbers",
            text=N_("Fewer than 20 in all years together: the range is only roughly right."),
            severity=Severity.WARN,
        ),
    )
