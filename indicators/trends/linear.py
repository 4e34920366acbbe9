"""Yearly percent change from a straight line through the logarithms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_
from indicators.model.results import Diagnostic, FittedPoint, Refusal, SeriesBreak, TrendResult
from indicators.model.series import Series
from indicators.stats import checkup
from indicators.stats.batch import Lines, ols_lines
from indicators.stats.diagnostics import breusch_godfrey, cook, leverage
from indicators.stats.guards import share_notes, zero_refusal
from indicators.stats.intervals import student_p, student_quantile
from indicators.stats.limits import MIN_HAC_UNCAUTIONED
from indicators.stats.points import Points
from indicators.stats.regression import LinearFit, prais_winsten, standard_errors, wls
from indicators.stats.scales import percent
from indicators.stats.statement import STABLE_BAND, Estimate, Method, Options, trend_result

Floats = NDArray[np.float64]

ASSUMPTIONS = (
    N_("The series changes by the same percent every year."),
    N_("The years vary around the line independently and by about the same percent."),
    N_("The line shows a typical year, not the mean."),
)


def apc_loglinear(
    series: Series,
    *,
    population: Series | None = None,
    level: float = 0.95,
    breaks: Sequence[SeriesBreak] = (),
    use_provisional: bool = True,
    cross_breaks: bool = False,
    stable_band: tuple[float, float] = STABLE_BAND,
    standard_error: Series | None = None,
    seed: int | None = None,
) -> TrendResult | Refusal:
    """Annual percent change of a positive series.

    Equation: ln(y_t) = a + b (year - mean) + e; APC = 100 (exp(b) - 1), limits by Student's t on
    n - 2 degrees of freedom. With standard errors the weights are (y/se)^2 and the residual scale
    is still estimated.
    Missing: left out, real gaps kept. Suppressed: refused by rule 4 of the methods page.
    Zero: refused; nothing is ever added to a value.

    Args:
        series: positive values by year; how many are enough is the length table.
        population: not used: the values themselves are looked at.
        level: confidence level in (0, 1).
        breaks: breaks that touch the series; the line begins at the last one.
        use_provisional: whether a provisional last year enters the main estimate.
        cross_breaks: fit across the breaks and name them.
        stable_band: percent a year that counts as no change.
        standard_error: standard error of each value, for the weighted form.
        seed: not used.

    Returns:
        Percent a year with limits, line and band in the unit of the series; or a Refusal.
    """
    errors = {} if standard_error is None else _by_code(standard_error)

    def fit(points: Points, options: Options) -> Estimate | Refusal:
        return _fit(points.take(~points.censored), options, errors, series.unit)

    options = Options(
        level=level,
        breaks=breaks,
        cross_breaks=cross_breaks,
        use_provisional=use_provisional,
        stable_band=stable_band,
    )
    return trend_result(
        series, Method(id="apc_loglinear", version="1", fit=fit, bounded=True), options
    )


def apc_loglinear_many(time: Floats, values: Floats) -> Lines:
    """Log-linear slopes of many series, nan for every series with a value of 0 or less.

    Args:
        time: shape ``(n,)``.
        values: shape ``(series, n)``, nan where missing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(values)
    logs[(values <= 0).any(axis=1)] = np.nan
    return ols_lines(time, logs)


def _by_code(series: Series) -> dict[int, float]:
    return {p.code: float(v) for p, v in zip(series.periods, series.values, strict=True)}


def line_fit(points: Points, weights: Floats) -> LinearFit:
    """Log-linear fit on the centred year."""
    design = np.column_stack([np.ones(points.n), points.time - points.time.mean()])
    return wls(np.log(points.value), design, weights)


def _weights(points: Points, errors: dict[int, float]) -> Floats | Refusal:
    if not errors:
        return np.ones(points.n)
    known = np.array([errors.get(period.code, np.nan) for period in points.periods])
    bad = np.flatnonzero(~(known > 0))
    if bad.size:
        return Refusal(
            code="standard_error_missing",
            text=N_("The standard error for {period} is missing or not above zero."),
            data={"period": points.periods[bad[0]]},
        )
    weights: Floats = (points.value / known) ** 2
    return weights


def _fit(
    points: Points, options: Options, errors: dict[int, float], unit: str
) -> Estimate | Refusal:
    refusal = zero_refusal(points)
    if refusal is not None:
        return refusal
    weights = _weights(points, errors)
    if isinstance(weights, Refusal):
        return weights
    fit = line_fit(points, weights)
    slope, se = float(fit.coef[1]), float(fit.se[1])
    reach = student_quantile(fit.df, options.level)
    checks, dependent = _checks(points, fit, options)
    return Estimate(
        estimate=percent(slope),
        low=percent(slope - reach * se),
        high=percent(slope + reach * se),
        p_value=_p(slope, se, fit),
        unit="percent a year",
        transformation="log",
        covariance="wls" if errors else "ols",
        df=fit.df,
        fitted=_band(points, fit, reach),
        diagnostics=checks,
        warnings=(
            *share_notes(unit),
            *checkup.dependence_notes(points.n, dependent=dependent),
        ),
        assumptions=ASSUMPTIONS,
    )


def _p(slope: float, se: float, fit: LinearFit) -> float:
    if se < 1e-12:  # the points lie on a line
        return 1.0 if abs(slope) < 1e-12 else 0.0
    return student_p(slope / se, fit.df)


def _band(points: Points, fit: LinearFit, reach: float) -> tuple[FittedPoint, ...]:
    half = reach * standard_errors(fit.x @ fit.covariance @ fit.x.T)
    return tuple(
        FittedPoint(
            period=period,
            value=float(np.exp(middle)),
            low=float(np.exp(middle - width)),
            high=float(np.exp(middle + width)),
        )
        for period, middle, width in zip(points.periods, fit.fitted, half, strict=True)
    )


def _checks(
    points: Points, fit: LinearFit, options: Options
) -> tuple[tuple[Diagnostic, ...], bool]:
    residuals = np.sqrt(fit.weights) * fit.residuals
    hat = leverage(fit.x, fit.weights, fit.bread)
    scale = np.sqrt(fit.variance) if fit.variance > 0 else np.inf
    left_out = checkup.drop_one(
        points.n, lambda keep: percent(line_fit(points.take(keep), fit.weights[keep]).coef[1])
    )
    dependent = checkup.is_dependent(residuals, breusch_godfrey(fit)[1])
    checks = [
        *checkup.residual_checks(residuals),
        *checkup.influence_checks(cook(residuals / scale, hat, 2), points.periods),
        *checkup.drop_one_checks(percent(fit.coef[1]), left_out),
    ]
    if dependent and points.n >= MIN_HAC_UNCAUTIONED:
        checks.append(_dependent_interval(points, fit, options))
    return tuple(checks), dependent


def _dependent_interval(points: Points, fit: LinearFit, options: Options) -> Diagnostic:
    other, _ = prais_winsten(np.log(points.value), fit.x)
    slope, se = float(other.coef[1]), float(other.se[1])
    reach = student_quantile(other.df, options.level)
    return Diagnostic(
        name="prais_winsten",
        value=percent(slope),
        low=percent(slope - reach * se),
        high=percent(slope + reach * se),
    )
