"""Was there a sudden step? A jump beside the steady change, not a change of pace."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, Note, Severity
from indicators.model.codes import Outcome
from indicators.model.period import Period
from indicators.model.results import (
    Diagnostic,
    FittedPoint,
    Refusal,
    Segment,
    SeriesBreak,
    TrendResult,
)
from indicators.model.series import Series
from indicators.stats import checkup, level_shifts
from indicators.stats.extremes import trend_bounds
from indicators.stats.intervals import student_quantile
from indicators.stats.joinpoint_grid import Grid
from indicators.stats.joinpoints import Bends, best_bends
from indicators.stats.limits import max_joinpoints
from indicators.stats.points import Points
from indicators.stats.regression import LinearFit, ols, standard_errors
from indicators.stats.scales import percent
from indicators.stats.statement import STABLE_BAND, Estimate, Method, Options, trend_result
from indicators.stats.steps import Step, best_step

Floats = NDArray[np.float64]

SEED = 20120607
"""Seed of the permutations when none is given."""
MOST_SETS = 60_000
"""Sets of change years that are tried for one number of joinpoints: about a second of work."""
ASSUMPTIONS = (
    N_("Beside one step the series changes by the same percent (or amount) every year."),
    N_("The range of the step holds for this year; the year is unsure too."),
    N_("The years vary around the line independently."),
)


def breaks(
    series: Series,
    *,
    population: Series | None = None,
    level: float = 0.95,
    breaks: Sequence[SeriesBreak] = (),
    use_provisional: bool = True,
    cross_breaks: bool = False,
    stable_band: tuple[float, float] = STABLE_BAND,
    date: Period | None = None,
    seed: int | None = None,
) -> TrendResult | Refusal:
    """The largest sudden step of a series and whether it is more than chance.

    Equation: ln(y) (y where a value is 0 or less, or a share) = a + b t + d (t >= tau), tau with
    at least 15 % of the points on either side; sup-F with the p-value of permutations. Beside it:
    sup-F, OLS-CUSUM and Bai-Perron regimes of the mean alone, Chow's F at a date that is named,
    and the bent lines: a step that they describe as well (by BIC) is no step.
    Missing: left out, real gaps kept. Suppressed: refused by rule 4 of the methods page.
    Source: Andrews (1993); Bai and Perron (2003); Chow (1960).

    Args:
        series: values by year; how many are enough is the length table.
        population: not used: the values themselves are looked at.
        level: confidence level in (0, 1).
        breaks: breaks that touch the series; the line begins at the last one.
        use_provisional: whether a provisional last year is used.
        cross_breaks: fit across the breaks and name them.
        stable_band: not used: a step is clear or not.
        date: a date known beforehand, for Chow's test.
        seed: of the permutations.

    Returns:
        Size of the step with limits (percent or units) and its year with range; or a Refusal.
    """
    at = SEED if seed is None else seed
    method = Method(
        id="breaks",
        version="1",
        fit=lambda points, options: _fit(points, options, series.unit, date, at),
        too_few=N_(
            "A sudden step needs at least {needed} years with data to be told from chance; this "
            "series has {found}. Look at an event with a date instead."
        ),
    )
    options = Options(
        level=level,
        breaks=breaks,
        cross_breaks=cross_breaks,
        use_provisional=use_provisional,
        stable_band=stable_band,
    )
    return trend_result(series, method, options)


def _fit(
    points: Points, options: Options, unit: str, date: Period | None, seed: int
) -> Estimate | Refusal:
    used = points.take(~points.censored)
    is_log = bool((used.value > 0).all()) and not unit.startswith("%")
    values = np.log(used.value) if is_log else used.value
    step = best_step(used.time, values, level=options.level, seed=seed)
    fit = step.fit
    size, error = float(fit.coef[2]), float(fit.se[2])
    reach = student_quantile(fit.df, options.level) * error
    bends = best_bends(
        Grid(time=used.time, values=values, weights=np.ones(used.n)), _bends_looked_at(used.n)
    )
    is_bent = min(line.bic for line in bends) <= _bic(step, used.n)
    is_unusual = step.p_value < 1 - options.level
    is_clear = is_unusual and not is_bent
    outcome = Outcome.NO_CLEAR_CHANGE
    if is_clear:
        outcome = Outcome.HIGHER if size > 0 else Outcome.LOWER
    return Estimate(
        estimate=percent(size) if is_log else size,
        low=percent(size - reach) if is_log else size - reach,
        high=percent(size + reach) if is_log else size + reach,
        p_value=step.p_value,
        unit="percent" if is_log else "percentage points" if unit.startswith("%") else unit,
        transformation="log" if is_log else "identity",
        covariance="ols",
        df=fit.df,
        fitted=_band(used, step, options, is_clear=is_clear, is_log=is_log),
        diagnostics=(
            *_checks(used, values, step, bends, date),
            *_ranges(points, used.time[step.place], percent(size) if is_log else size, is_log),
        ),
        warnings=_notes(used, step, is_clear=is_clear, is_bent=is_unusual and is_bent),
        assumptions=ASSUMPTIONS,
        outcome=outcome,
        segments=_segments(used, step, options, is_clear=is_clear, is_log=is_log),
        seed=seed,
    )


def _ranges(points: Points, since: float, estimate: float, is_log: bool) -> tuple[Diagnostic, ...]:
    """Least and greatest step in the same year with unknown values at their ends.

    The year held, the step is a weighted sum of the values: each goes to the end that the sign
    of its weight says. None where an end is a zero on the percent scale.
    """

    def weights(time: Floats) -> Floats:
        line = np.column_stack([np.ones(time.size), time - time.mean(), time >= since])
        return np.asarray(np.linalg.pinv(line)[2], dtype=np.float64)

    def again(other: Points) -> float | None:
        known = other.take(~other.censored)
        if is_log and (known.value <= 0).any():
            return None
        values = np.log(known.value) if is_log else known.value
        size = float(weights(known.time) @ values)
        return percent(size) if is_log else size

    return trend_bounds(points, estimate, again, lambda time: np.asarray(weights(time) > 0))


def _bends_looked_at(n: int) -> int:
    """Most joinpoints of the lines that a step is held against: all sets of them are tried."""
    most = max_joinpoints(n)
    while most > 1 and math.comb(n, most) > MOST_SETS:
        most -= 1
    return most


def _shown(step: Step, *, is_clear: bool) -> LinearFit:
    """The line that is drawn: with the step when it is clear."""
    return step.fit if is_clear else step.line


def _band(
    points: Points, step: Step, options: Options, *, is_clear: bool, is_log: bool
) -> tuple[FittedPoint, ...]:
    fit = _shown(step, is_clear=is_clear)
    half = student_quantile(fit.df, options.level) * standard_errors(
        fit.x @ fit.covariance @ fit.x.T
    )
    turn = np.exp if is_log else np.asarray
    value, low, high = (turn(fit.fitted + sign * half) for sign in (0.0, -1.0, 1.0))
    return tuple(
        FittedPoint(period=period, value=float(value[i]), low=float(low[i]), high=float(high[i]))
        for i, period in enumerate(points.periods)
    )


def _segments(
    points: Points, step: Step, options: Options, *, is_clear: bool, is_log: bool
) -> tuple[Segment, ...]:
    """Stretches before and after a clear step; both have the steady change of the line."""
    fit = _shown(step, is_clear=is_clear)
    slope = float(fit.coef[1])
    reach = student_quantile(fit.df, options.level) * float(fit.se[1])
    rate, low, high = (percent(v) if is_log else v for v in (slope, slope - reach, slope + reach))
    last = points.n - 1
    ends = [(0, step.place - 1), (step.place, last)] if is_clear else [(0, last)]
    return tuple(
        Segment(first=points.periods[a], last=points.periods[b], apc=rate, low=low, high=high)
        for a, b in ends
    )


def _checks(
    points: Points,
    values: Floats,
    step: Step,
    bends: Sequence[Bends],
    date: Period | None,
) -> tuple[Diagnostic, ...]:
    years = [period.decimal_year for period in points.periods]
    mean_f, mean_p = level_shifts.sup_f(values)
    cusum, cusum_p = level_shifts.ols_cusum(values)
    regimes = level_shifts.mean_breaks(values)
    numbers = {
        "sup_f": step.sup_f,
        "sup_f_p": step.p_value,
        "sup_f_mean": mean_f,
        "sup_f_mean_p": mean_p,
        "ols_cusum": cusum,
        "ols_cusum_p": cusum_p,
        "mean_breaks": regimes.best,
        "step_bic": _bic(step, points.n),
        "bends_bic": min(line.bic for line in bends),
        "step_sse": step.sse,
        "bend_sse": bends[1].sse,
    }
    for i, size in enumerate(regimes.sizes[regimes.best], start=1):
        numbers[f"mean_break_{i}"] = years[size]
    if date is not None:
        numbers |= _chow(points, values, date)
    return (
        Diagnostic(
            name="step_year",
            value=years[step.place],
            low=years[step.low],
            high=years[step.high],
        ),
        *(Diagnostic(name=name, value=float(value)) for name, value in numbers.items()),
        *checkup.residual_checks(step.fit.residuals),
    )


def _bic(step: Step, n: int) -> float:
    """As that of a line with one bend: two for the line, size and place of the step."""
    return float(np.log(step.sse / n) + 4 * np.log(n) / n) if step.sse > 0 else -np.inf


def _chow(points: Points, values: Floats, date: Period) -> dict[str, float]:
    """F of a step on the line at a date known beforehand, and its p-value."""
    after = np.array([p.decimal_year >= date.decimal_year for p in points.periods])
    if not 2 <= after.sum() <= points.n - 2:
        return {}
    line = np.column_stack([np.ones(points.n), points.time - points.time.mean()])
    wide = ols(values, np.column_stack([line, after]))
    rest = float(ols(values, line).residuals @ ols(values, line).residuals)
    left = float(wide.residuals @ wide.residuals)
    statistic = (rest - left) / (left / wide.df) if left > 0 else np.inf
    return {"chow_f": statistic, "chow_p": level_shifts.f_p(statistic, wide.df)}


def _notes(points: Points, step: Step, *, is_clear: bool, is_bent: bool) -> tuple[Note, ...]:
    if is_bent:
        return (
            Note(
                code="bend_fits_as_well",
                text=N_("Changes of pace describe the series as well as a sudden step."),
                severity=Severity.WARN,
            ),
        )
    if not is_clear:
        return ()
    period = points.periods[step.place]
    first = Note(
        code="check_counting_first",
        text=N_(
            "Before you read the step in {period} as a real change, ask whether the way of "
            "counting changed then."
        ),
        severity=Severity.WARN,
        data={"period": period},
    )
    if not bool(points.provisional[step.place :].all()):
        return (first,)
    return (
        first,
        Note(
            code="rests_on_provisional",
            text=N_("The conclusion rests on the provisional year."),
            severity=Severity.WARN,
        ),
    )
