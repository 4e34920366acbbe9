"""Reasons to refuse that several models share; each returns None when all is well."""

from __future__ import annotations

import numpy as np

from indicators.errors import C_, N_, Note, Severity
from indicators.model.results import Refusal
from indicators.stats.limits import (
    MAX_CENSORED_SHARE,
    MAX_CENSORED_SHARE_COUNTS,
    MIN_UNCENSORED_COUNTS,
)
from indicators.stats.points import Points

_POPULATION_STEP = 0.03


def censored_refusal(points: Points) -> Refusal | None:
    """Rule 4 of methods.md section 0 for methods that need a value for every point."""
    if not points.censored.any():
        return None
    near_ends = [i for i in {0, 1, points.n - 2, points.n - 1} if 0 <= i < points.n]
    at_end = next((i for i in sorted(near_ends) if points.censored[i]), None)
    share = float(points.censored.mean())
    if share > MAX_CENSORED_SHARE:
        return Refusal(
            code="too_many_censored",
            text=N_(
                "For {found} % of the years the value is only known as a range; this method "
                "allows {needed} %. The count model can use such ranges."
            ),
            found=round(100 * share, 1),
            needed=round(100 * MAX_CENSORED_SHARE),
        )
    if at_end is not None:
        return Refusal(
            code="censored_at_end",
            text=N_(
                "The value for {period} is only known as a range and lies at or next to an end "
                "of the series. The count model can use such ranges."
            ),
            data={"period": points.periods[at_end]},
        )
    return None


def zero_refusal(points: Points) -> Refusal | None:
    """A percent trend on logs has no meaning with a value of 0 or less."""
    low = np.flatnonzero(~points.censored & (points.low <= 0))
    if low.size == 0:
        return None
    period, value = points.periods[low[0]], float(points.low[low[0]])
    if value == 0:
        text = N_(
            "The series has a zero in {period}; a percent trend on logs is undefined. Use the "
            "count model."
        )
        return Refusal(code="zero_on_log_scale", text=text, data={"period": period})
    text = N_("The series has a value below zero in {period}; a percent trend is undefined.")
    return Refusal(code="negative_on_log_scale", text=text, data={"period": period})


def counts_refusal(points: Points) -> Refusal | None:
    """A count model needs whole counts, most of them known, not all of them zero."""
    exact = points.value[~points.censored]
    odd = np.flatnonzero(
        ~points.censored & ((points.low < 0) | (points.low != np.floor(points.low)))
    )
    if odd.size:
        return Refusal(
            code="not_counts",
            text=N_(
                "The value for {period} is {value}, which is no whole count. The count model "
                "needs whole counts."
            ),
            data={
                "period": points.periods[odd[0]],
                "value": float(points.low[odd[0]]),
            },
        )
    if float(points.censored.mean()) > MAX_CENSORED_SHARE_COUNTS:
        return Refusal(
            code="too_many_censored",
            text=N_(
                "For {found} % of the years the value is only known as a range; this method "
                "allows {needed} %."
            ),
            found=round(100 * float(points.censored.mean()), 1),
            needed=round(100 * MAX_CENSORED_SHARE_COUNTS),
        )
    if exact.size < MIN_UNCENSORED_COUNTS:
        return Refusal(
            code="too_few_exact",
            text=C_(
                "Only {found} year has an exact value: too few for a count trend; {needed} would "
                "be enough.",
                "Only {found} years have an exact value: too few for a count trend; {needed} "
                "would be enough.",
                by="found",
            ),
            found=exact.size,
            needed=MIN_UNCENSORED_COUNTS,
        )
    if points.high.max() == 0:
        return Refusal(
            code="all_zero", text=N_("All values are zero: there is no change to estimate.")
        )
    return None


def population_refusal(points: Points) -> Refusal | None:
    """A count over a population needs the population of every period."""
    if points.population is None or np.isfinite(points.population).all():
        return None
    where = int(np.flatnonzero(~np.isfinite(points.population))[0])
    return Refusal(
        code="population_missing",
        text=N_("No rate: the population for {period} is missing."),
        data={"period": points.periods[where]},
    )


def population_notes(points: Points) -> tuple[Note, ...]:
    """A jump of the population between two years often is a census, not people."""
    if points.population is None or points.n < 2:
        return ()
    years = np.array([period.decimal_year for period in points.periods])
    gap = np.maximum(np.diff(years), 1.0)
    step = np.abs(np.diff(np.log(points.population))) / gap
    where = int(np.argmax(step))
    if step[where] <= np.log1p(_POPULATION_STEP):
        return ()
    return (
        Note(
            code="population_jump",
            text=N_(
                "The population changes by more than 3 % in one year ({period}): check that all "
                "years come from one source."
            ),
            severity=Severity.WARN,
            data={"period": points.periods[where + 1]},
        ),
    )


def no_convergence() -> Refusal:
    """The likelihood has no finite maximum."""
    return Refusal(
        code="no_convergence",
        text=N_(
            "The values leave the yearly change open (for example zeros up to a year and cases "
            "only after it). The points are shown without a line."
        ),
    )


def share_notes(unit: str) -> tuple[Note, ...]:
    """A percent change of a percentage is not percentage points."""
    if not unit.startswith("%"):
        return ()
    return (
        Note(
            code="share_on_log_scale",
            text=N_(
                "This is a percent change of a percentage. Near 0 and 100 % it misleads: prefer "
                "percentage points a year."
            ),
            severity=Severity.WARN,
        ),
    )
