"""Whether direction or pace changed, and about when: a line that bends on observed years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_
from indicators.model.codes import Outcome
from indicators.model.results import FittedPoint, Refusal, Segment, SeriesBreak, TrendResult
from indicators.model.series import Series
from indicators.stats.guards import zero_refusal
from indicators.stats.intervals import student_quantile
from indicators.stats.joinpoint_batch import BentLines, bent_lines
from indicators.stats.joinpoint_choice import (
    Choice,
    Decision,
    Scale,
    Selection,
    decided,
    grid_of,
)
from indicators.stats.joinpoint_limits import ProfileLimits
from indicators.stats.joinpoint_ranges import mean_change_ranges
from indicators.stats.joinpoint_report import Shown, bend_checks, bend_notes, limits_of
from indicators.stats.joinpoints import Bends, bends_at
from indicators.stats.limits import LENGTHS
from indicators.stats.points import Points
from indicators.stats.regression import standard_errors
from indicators.stats.scales import percent, slope_unit
from indicators.stats.statement import STABLE_BAND, Estimate, Method, Options, trend_result

Floats = NDArray[np.float64]

SEED = 20120607
"""Seed of the permutations when none is given."""
ASSUMPTIONS = (
    N_("Between two change years the series changes by the same percent every year."),
    N_("The ranges allow for other change years that fit about as well."),
    N_("The years vary around the line independently and by about the same percent."),
)
ASSUMPTIONS_LINEAR = (
    N_("Between two change years the series changes by the same amount every year."),
    ASSUMPTIONS[1],
    N_("The years vary around the line independently and by about the same amount."),
)
_TOO_FEW = N_(
    "Change points need at least 12 years with data (9 if you ask for them); this series has "
    "{found}."
)
_ZERO = N_(
    "The series has a zero or less in {period}; bends on the percent scale are undefined. Use the "
    "linear scale or the count model."
)


def joinpoint(
    series: Series,
    *,
    population: Series | None = None,
    level: float = 0.95,
    breaks: Sequence[SeriesBreak] = (),
    use_provisional: bool = True,
    cross_breaks: bool = False,
    stable_band: tuple[float, float] = STABLE_BAND,
    max_joinpoints: int | None = None,
    selection: Selection = "auto",
    scale: Scale = "log",
    seed: int | None = None,
) -> TrendResult | Refusal:
    """Joinpoint regression: a connected line whose bends lie on observed years.

    Equation: ln(y) (or y) = a + b x + sum d_j (x - tau_j)+; exact search over the years; number
    of bends by the permutation test below 22 points, by weighted BIC from 22 on. Ranges allow for
    other change years (``joinpoint_limits``); those that hold the change years fixed, Student's t
    on n - 2k - 2 degrees of freedom, stand in the diagnostics as ``given_years``. The mean change
    weighs the slopes by years. The change years are those of the final
    years: a bend that only a provisional end carries is hidden.
    Missing: left out, real gaps kept. Suppressed: refused by rule 4 of the methods page.
    Source: Kim, Fay, Feuer and Midthune (2000); Clegg et al. (2009); Kim et al. (2022).

    Args:
        series: values by year; how many are enough is the length table.
        population: not used: the values themselves are looked at.
        level: confidence level in (0, 1).
        breaks: breaks that touch the series; the line begins at the last one.
        use_provisional: whether a provisional last year enters the slopes.
        cross_breaks: fit across the breaks and name them.
        stable_band: percent a year that counts as no change.
        max_joinpoints: most bends; asking allows 9 to 11 points too. None: by length.
        selection: rule for the number of bends.
        scale: log for percent a year, linear for units a year.
        seed: of the permutations.

    Returns:
        Mean change with limits, stretches, change years with ranges; or a Refusal.
    """
    choice = Choice(
        most=max_joinpoints,
        selection=selection,
        scale=scale,
        seed=SEED if seed is None else seed,
    )
    length = LENGTHS["joinpoint"]
    method = Method(
        id="joinpoint",
        version="1",
        fit=lambda points, options: _fit(points, options, choice, series.unit),
        needed=length.unflagged if max_joinpoints is None else length.points,
        too_few=_TOO_FEW,
    )
    options = Options(
        level=level,
        breaks=breaks,
        cross_breaks=cross_breaks,
        use_provisional=use_provisional,
        stable_band=stable_band,
    )
    return trend_result(series, method, options)


def joinpoint_many(time: Floats, values: Floats, most: int = 3) -> BentLines:
    """Bent lines of many positive series on the log scale; see ``bent_lines``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(values)
    logs[(values <= 0).any(axis=1)] = np.nan
    return bent_lines(time, logs, most)


def _fit(points: Points, options: Options, choice: Choice, unit: str) -> Estimate | Refusal:
    if choice.scale == "log":
        refusal = zero_refusal(points)
        if refusal is not None:
            return replace(refusal, text=_ZERO)
    used = points.take(~points.censored)
    settled = used.without_provisional_end()
    decision = decided(settled, choice)
    line = bends_at(grid_of(used, choice), decision.line.places)
    found = _estimate(used, options, unit, decision, line)
    ranges = mean_change_ranges(points, line.places, choice, found.estimate)
    return replace(found, diagnostics=(*found.diagnostics, *ranges))


def _estimate(
    points: Points,
    options: Options,
    unit: str,
    decision: Decision,
    line: Bends,
) -> Estimate:
    choice = decision.choice
    is_log = choice.scale == "log"
    shown: Shown = percent if is_log else float
    middle = line.mean_slope_error(points.time)[0]
    limits = limits_of(points, line, choice, options.level)
    segments = _segments(points, limits, line, shown)
    median = abs(float(np.median(points.value)))
    return Estimate(
        estimate=shown(middle),
        low=shown(limits.spans[0][0]),
        high=shown(limits.spans[0][1]),
        p_value=limits.p_value,
        unit="percent a year" if is_log else slope_unit(unit),
        transformation="log" if is_log else "identity",
        covariance="ols",
        df=points.n - 2 * len(line.places) - 2,
        fitted=_band(points, options, line, is_log=is_log),
        percent_scale=1.0 if is_log else 100 / median if median > 0 else 1.0,
        diagnostics=bend_checks(points, line, decision, limits, options.level, shown),
        warnings=bend_notes(points, line, decision, unit),
        assumptions=ASSUMPTIONS if is_log else ASSUMPTIONS_LINEAR,
        outcome=_outcome(segments),
        segments=segments,
        seed=choice.seed if decision.rule == "permutation" else None,
    )


def _outcome(segments: Sequence[Segment]) -> Outcome | None:
    """Pace when all stretches go one way, else direction; None without bends."""
    if len(segments) < 2:
        return None
    signs = {part.apc > 0 for part in segments}
    return Outcome.CHANGING_PACE if len(signs) == 1 else Outcome.CHANGING_DIRECTION


def _segments(
    points: Points, limits: ProfileLimits, line: Bends, shown: Shown
) -> tuple[Segment, ...]:
    knots = (0, *line.places, points.n - 1)
    return tuple(
        Segment(
            first=points.periods[first],
            last=points.periods[last],
            apc=shown(float(line.slopes[i])),
            low=shown(float(limits.low[i])),
            high=shown(float(limits.high[i])),
        )
        for i, (first, last) in enumerate(pairwise(knots))
    )


def _band(
    points: Points, options: Options, line: Bends, *, is_log: bool
) -> tuple[FittedPoint, ...]:
    df = points.n - 2 * len(line.places) - 2
    covariance = line.fit.bread * line.sse / df
    half = student_quantile(df, options.level) * standard_errors(
        line.fit.x @ covariance @ line.fit.x.T
    )
    turn = np.exp if is_log else np.asarray
    value, low, high = (turn(line.fit.fitted + sign * half) for sign in (0.0, -1.0, 1.0))
    return tuple(
        FittedPoint(period=period, value=float(value[i]), low=float(low[i]), high=float(high[i]))
        for i, period in enumerate(points.periods)
    )
