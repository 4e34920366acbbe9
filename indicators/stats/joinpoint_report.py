"""Numbers and remarks that go with a bent line: change years, mean changes, how it was chosen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_, Note, Severity
from indicators.model.results import Diagnostic
from indicators.stats import checkup
from indicators.stats.diagnostics import lag1
from indicators.stats.guards import share_notes
from indicators.stats.joinpoint_choice import Choice, Decision, decided, grid_of
from indicators.stats.joinpoint_limits import ProfileLimits, profile_limits
from indicators.stats.joinpoints import Bends, bends_at, change_years
from indicators.stats.known_errors import weighted_bic_percent
from indicators.stats.limits import SHORT_SEGMENT
from indicators.stats.points import Points

Shown = Callable[[float], float]
"""From a slope of the model to the change a year that is shown."""

NEAR_END = 3
"""A bend within so many years of the end is provisional."""
WINDOWS = (10, 5)
"""Years of the mean changes shown beside that of the whole span."""
OVERSTATED_BELOW = 16
"""Below, ranges of stretches hold the truth in fewer than 91 of 100 series with a bend found."""
_CLEAR_LAG1 = 0.4


def bend_checks(
    points: Points,
    line: Bends,
    decision: Decision,
    limits: ProfileLimits,
    level: float,
    shown: Shown,
) -> tuple[Diagnostic, ...]:
    """Change years, mean changes, changes of slope, criteria, residual checks."""
    return (
        *_year_checks(points, decision, level),
        *_mean_checks(points, line, limits, shown),
        *_given_years(points, line, level, shown),
        *_change_checks(line, level, shown),
        *_selection_checks(decision),
        *checkup.residual_checks(line.fit.residuals),
        *_drop_checks(points, line, decision.choice, shown),
    )


def _year_checks(points: Points, decision: Decision, level: float) -> tuple[Diagnostic, ...]:
    years = [period.decimal_year for period in points.periods]
    return tuple(
        Diagnostic(
            name=f"joinpoint_year_{i}",
            value=years[found.place],
            low=years[found.low],
            high=years[found.high],
        )
        for i, found in enumerate(change_years(decision.grid, decision.line, level), start=1)
    )


def spans_of(points: Points) -> dict[str, float | None]:
    """Begin of the whole span and of the last years, by name; None is the first point."""
    last, first = float(points.time[-1]), float(points.time[0])
    later = {f"aapc_last_{years}": last - years for years in WINDOWS if last - first > years}
    return {"aapc_whole": None, **later}


def limits_of(points: Points, line: Bends, choice: Choice, level: float) -> ProfileLimits:
    """Limits of the stretches and of the mean changes, other change years allowed for."""
    return profile_limits(grid_of(points, choice), line, tuple(spans_of(points).values()), level)


def _mean_checks(
    points: Points, line: Bends, limits: ProfileLimits, shown: Shown
) -> tuple[Diagnostic, ...]:
    """Mean change a year of the whole span and of its last years."""
    return tuple(
        Diagnostic(
            name=name,
            value=shown(line.mean_slope_error(points.time, since)[0]),
            low=shown(low),
            high=shown(high),
        )
        for (name, since), (low, high) in zip(spans_of(points).items(), limits.spans, strict=True)
    )


def _given_years(
    points: Points, line: Bends, level: float, shown: Shown
) -> tuple[Diagnostic, ...]:
    """Limits conditional on the change years, as other programs give them."""
    if not line.places:
        return ()
    low, high = line.slope_intervals(level)
    rows = [(f"apc_{i + 1}", v, low[i], high[i]) for i, v in enumerate(line.slopes)]
    rows.append(("aapc_whole", *line.mean_slope(points.time, level)))
    return tuple(
        Diagnostic(
            name=f"{name}_given_years",
            value=shown(float(value)),
            low=shown(float(least)),
            high=shown(float(most)),
        )
        for name, value, least, most in rows
    )


def _change_checks(line: Bends, level: float, shown: Shown) -> tuple[Diagnostic, ...]:
    checks = []
    for i, (value, low, high, p_value) in enumerate(line.slope_changes(level), start=1):
        checks.append(
            Diagnostic(
                name=f"slope_change_{i}", value=shown(value), low=shown(low), high=shown(high)
            )
        )
        checks.append(Diagnostic(name=f"slope_change_{i}_p", value=p_value))
    return tuple(checks)


def _selection_checks(decision: Decision) -> tuple[Diagnostic, ...]:
    values: dict[str, float] = {"max_joinpoints": len(decision.lines) - 1}
    for k, line in enumerate(decision.lines):
        values |= {f"sse_{k}": line.sse, f"bic_{k}": line.bic, f"bic3_{k}": line.bic3}
        values[f"wbic_{k}"] = line.wbic
    if decision.test is not None:
        for few, many, p_value in decision.test.steps:
            values[f"permutation_p_{few}_{many}"] = p_value
    return tuple(Diagnostic(name=name, value=value) for name, value in values.items())


def _drop_checks(
    points: Points, line: Bends, choice: Choice, shown: Shown
) -> tuple[Diagnostic, ...]:
    """Mean change with each point left out in turn, the change years held where they can be."""
    at = {float(points.time[place]) for place in line.places}

    def without(keep: NDArray[np.bool_]) -> float:
        part = points.take(keep)
        places = tuple(i for i, t in enumerate(part.time.tolist()) if t in at)
        return shown(bends_at(grid_of(part, choice), places).mean_slope(part.time)[0])

    middle = shown(line.mean_slope(points.time)[0])
    return checkup.drop_one_checks(middle, checkup.drop_one(points.n, without))


def bend_notes(points: Points, line: Bends, decision: Decision, unit: str) -> tuple[Note, ...]:
    """Cautions about hidden, short, late or too many bends and dependent years."""
    choice = decision.choice
    residuals = line.fit.residuals
    dependent = points.n > 2 * len(line.places) + 2 and lag1(residuals) > _CLEAR_LAG1
    return (
        *(share_notes(unit) if choice.scale == "log" else ()),
        *_hidden_notes(points, choice, decision),
        *_capped_notes(points, choice),
        *_place_notes(points, line),
        *_overstated_notes(points, line),
        *_rule_notes(points, line, decision),
        *checkup.alike_notes(dependent=dependent),
    )


def _hidden_notes(points: Points, choice: Choice, decision: Decision) -> tuple[Note, ...]:
    if decision.grid.n == points.n:
        return ()
    carried = decided(points, choice)
    last = max(carried.line.places, default=0)
    if carried.chosen <= decision.chosen and last <= max(decision.line.places, default=0):
        return ()
    return (
        Note(
            code="bend_hidden_provisional",
            text=N_(
                "A change of pace that only the provisional year would show is not counted yet."
            ),
        ),
    )


def _capped_notes(points: Points, choice: Choice) -> tuple[Note, ...]:
    allowed = choice.allowed(points.n)
    if choice.most is None or choice.most <= allowed:
        return ()
    return (
        Note(
            code="fewer_bends_allowed",
            text=C_(
                "{n} years bear at most {allowed} change of pace.",
                "{n} years bear at most {allowed} changes of pace.",
                by="allowed",
            ),
            data={"n": points.n, "allowed": allowed},
        ),
    )


def _place_notes(points: Points, line: Bends) -> tuple[Note, ...]:
    notes = []
    knots = (0, *line.places, points.n - 1)
    short = [
        (first, last)
        for first, last in pairwise(knots)
        if line.places and last - first + 1 < SHORT_SEGMENT
    ]
    if short:
        first, last = short[0]
        notes.append(
            Note(
                code="short_segment",
                text=N_("Short stretch from {first} to {last}: its yearly change is uncertain."),
                severity=Severity.WARN,
                data={"first": points.periods[first], "last": points.periods[last]},
            )
        )
    if line.places and points.time[-1] - points.time[line.places[-1]] <= NEAR_END:
        notes.append(
            Note(
                code="bend_near_end",
                text=N_(
                    "The change in {period} lies close to the end: later years may move or "
                    "remove it."
                ),
                severity=Severity.WARN,
                data={"period": points.periods[line.places[-1]]},
            )
        )
    return tuple(notes)


def _overstated_notes(points: Points, line: Bends) -> tuple[Note, ...]:
    """In short series only large bends are found, so those found look larger than they are."""
    if not line.places or points.n >= OVERSTATED_BELOW:
        return ()
    return (
        Note(
            code="bend_from_few_years",
            text=N_(
                "Changes of pace that are found in so few years ({n}) tend to look larger than "
                "they are."
            ),
            severity=Severity.WARN,
            data={"n": points.n},
        ),
    )


def _rule_notes(points: Points, line: Bends, decision: Decision) -> tuple[Note, ...]:
    """Weighted BIC sees a bend in a straight series more often than the level allows."""
    if not line.places or decision.rule != "weighted_bic":
        return ()
    return (
        Note(
            code="loose_rule",
            text=N_(
                "The rule used (weighted BIC) sees a change of pace in about {share} of 100 "
                "series that have none."
            ),
            data={"share": round(weighted_bic_percent(points.n))},
        ),
    )
