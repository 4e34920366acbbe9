"""From an estimate to a trend statement: window, provisional end, outcome, cautions.

A trend model is a function from points to an ``Estimate`` or a ``Refusal``; everything that every
model must carry (methods.md section 0) is added here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from indicators.errors import C_, N_, Note, Severity
from indicators.model.codes import Outcome
from indicators.model.results import (
    Diagnostic,
    FittedPoint,
    Interval,
    Refusal,
    Segment,
    SeriesBreak,
    TrendResult,
)
from indicators.model.series import Series
from indicators.stats.extremes import range_notes, trend_bounds
from indicators.stats.guards import censored_refusal
from indicators.stats.known_errors import false_positive_percent
from indicators.stats.limits import LENGTHS
from indicators.stats.points import (
    Points,
    breaks_of,
    data_hash,
    is_yearly,
    usable,
    windowed,
)

STABLE_BAND = (-1.0, 1.0)
"""A change of this many percent a year or less, for sure, is called stable."""
_CLEAR = (
    Outcome.RISING,
    Outcome.FALLING,
    Outcome.HIGHER,
    Outcome.LOWER,
    Outcome.CHANGING_PACE,
)
"""Statements that an estimate on the other side of none would contradict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person may choose for a trend.

    Attributes:
        level: confidence level.
        breaks: breaks that touch the series.
        cross_breaks: fit across breaks and name them, instead of from the last one on.
        use_provisional: whether a provisional end enters the main estimate.
        stable_band: percent a year that counts as no change.
    """

    level: float = 0.95
    breaks: Sequence[SeriesBreak] = ()
    cross_breaks: bool = False
    use_provisional: bool = True
    stable_band: tuple[float, float] = STABLE_BAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What one model says about one window of points.

    Attributes:
        estimate, low, high: in ``unit``.
        percent_scale: estimate times this is percent a year, for the stable band.
        is_clear: None when the interval alone decides; else whether the test agrees.
        is_wide_enough: False when so few points cannot give limits of that level.
        outcome: what the trend says, when the interval alone does not decide it.
        segments: stretches of steady change; empty for one line over all points.
        seed: of a random method.
        others: as in ``ModelResult``.
    """

    estimate: float
    low: float
    high: float
    p_value: float | None
    unit: str
    transformation: str
    covariance: str
    df: int | None
    fitted: tuple[FittedPoint, ...]
    percent_scale: float = 1.0
    is_clear: bool | None = None
    is_wide_enough: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()
    warnings: tuple[Note, ...] = ()
    assumptions: tuple[str, ...] = ()
    outcome: Outcome | None = None
    segments: tuple[Segment, ...] = ()
    seed: int | None = None


Fit = Callable[[Points, Options], Estimate | Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Name of a model and its needs; ``id`` is its row in the length table.

    Attributes:
        needed: least number of points, when a choice changes that of the table.
        bounded: whether the slope is worked out again with unknown values at their ends here; a
            model that holds bends or a step fixed for that does so itself.
        too_few: text of the refusal with ``found`` and ``needed``; empty for the usual one.
    """

    id: str
    version: str
    fit: Fit
    censored_count: bool = False
    unflagged: int = field(default=0)
    needed: int = 0
    too_few: str = ""
    bounded: bool = False


def outcome_of(estimate: Estimate, band: tuple[float, float]) -> Outcome:
    """The one thing the trend says."""
    if estimate.outcome is not None:
        return estimate.outcome
    limits = (estimate.low * estimate.percent_scale, estimate.high * estimate.percent_scale)
    if estimate.is_wide_enough and band[0] <= min(limits) and max(limits) <= band[1]:
        return Outcome.STABLE
    if estimate.is_clear is False or estimate.low <= 0 <= estimate.high:
        return Outcome.NO_CLEAR_CHANGE
    return Outcome.RISING if estimate.estimate > 0 else Outcome.FALLING


def trend_result(
    series: Series, method: Method, options: Options, population: Series | None = None
) -> TrendResult | Refusal:
    """The trend of a series by one method, with and without its provisional end.

    Args:
        series: observed values.
        method: the model.
        options: what was chosen.
        population: exposure by period, or None.

    Returns:
        The statement, or a refusal with what was found and what would be enough.
    """
    if not is_yearly(series):
        return Refusal(
            code="yearly_only",
            text=N_(
                "A trend line needs one value a year. Choose yearly values, or look at the "
                "months before and after an event."
            ),
        )
    whole = windowed(
        usable(series, population), breaks_of(series, options.breaks), cross=options.cross_breaks
    )
    final = whole.without_provisional_end()
    main = whole if options.use_provisional else final
    first = _fitted(main, method, options)
    if isinstance(first, Refusal):
        return first
    ranges = _ranges(main, first, method, options) if method.bounded else ()
    first = replace(first, diagnostics=(*first.diagnostics, *ranges))
    clear = outcome_of(first, options.stable_band) in _CLEAR
    warnings = [
        *_window_notes(main, method),
        *first.warnings,
        *range_notes(first.diagnostics, is_percent=_is_percent(first.unit), is_clear=clear),
    ]
    without = None
    if final.n < whole.n:
        other = first if main is final else _fitted(final, method, options)
        without = _interval(other, options)
        if main is whole:
            warnings += _provisional_notes(first, other, options)
    return _statement(series, method, options, main, first, without, tuple(warnings))


def _is_percent(unit: str) -> bool:
    """Whether numbers of a unit are written with a percent sign; percentage points are not."""
    return unit == "percent" or unit.startswith("percent a")


def _ranges(
    points: Points, first: Estimate, method: Method, options: Options
) -> tuple[Diagnostic, ...]:
    def slope(other: Points) -> float | None:
        found = _fitted(other, method, options)
        return None if isinstance(found, Refusal) else found.estimate

    return trend_bounds(points, first.estimate, slope)


def _interval(estimate: Estimate | Refusal, options: Options) -> Interval | None:
    if isinstance(estimate, Refusal):
        return None
    return Interval(
        estimate=estimate.estimate, low=estimate.low, high=estimate.high, level=options.level
    )


def _fitted(points: Points, method: Method, options: Options) -> Estimate | Refusal:
    if not method.censored_count:
        refusal = censored_refusal(points)
        if refusal is not None:
            return refusal
    needed = method.needed or LENGTHS[method.id].points
    found = points.n if method.censored_count else points.exact
    if found < needed:
        return _too_few(points, found, needed, method.too_few)
    return method.fit(points, options)


def _too_few(points: Points, found: int, needed: int, text: str) -> Refusal:
    if points.since is not None:
        return Refusal(
            code="too_few_points_after_break",
            text=C_(
                "Only {found} year since the way of counting changed ({since}): too few for a "
                "trend; {needed} would be enough. The points are shown without a line.",
                "Only {found} years since the way of counting changed ({since}): too few for a "
                "trend; {needed} would be enough. The points are shown without a line.",
                by="found",
            ),
            found=found,
            needed=needed,
            data={"since": points.since.start, "break": points.since.id},
        )
    return Refusal(
        code="too_few_points",
        text=text
        or C_(
            "Only {found} year: too few for a trend; {needed} would be enough. The points "
            "are shown without a line.",
            "Only {found} years: too few for a trend; {needed} would be enough. The points "
            "are shown without a line.",
            by="found",
        ),
        found=found,
        needed=needed,
    )


def _window_notes(points: Points, method: Method) -> list[Note]:
    notes = []
    if points.since is not None:
        notes.append(
            Note(
                code="fitted_from_break",
                text=N_("The line begins in {since}, when the way of counting changed."),
                data={"since": points.since.start, "break": points.since.id},
            )
        )
    if points.breaks_crossed:
        notes.append(
            Note(
                code="crosses_break",
                text=N_(
                    "The line runs across a change in the way of counting ({count}): part of the "
                    "change may come from it."
                ),
                severity=Severity.WARN,
                data={"count": len(points.breaks_crossed)},
            )
        )
    if points.censored.any() and not method.censored_count:
        notes.append(
            Note(
                code="censored_left_out",
                text=C_(
                    "Left out: {count} year whose value is only known as a range.",
                    "Left out: {count} years whose value is only known as a range.",
                ),
                severity=Severity.WARN,
                data={"count": int(points.censored.sum())},
            )
        )
    found = points.n if method.censored_count else points.exact
    if found < max(LENGTHS[method.id].unflagged, method.unflagged):
        notes.append(
            Note(
                code="few_points",
                text=C_(
                    "Only {n} year: this is weak evidence.",
                    "Only {n} years: this is weak evidence.",
                    by="n",
                ),
                severity=Severity.WARN,
                data={"n": found},
            )
        )
    return notes


def _provisional_notes(first: Estimate, other: Estimate | Refusal, options: Options) -> list[Note]:
    if isinstance(other, Refusal):
        return [
            Note(
                code="provisional_needed",
                text=N_("Without the provisional year there are too few years for this trend."),
                severity=Severity.WARN,
            )
        ]
    if outcome_of(first, options.stable_band) is outcome_of(other, options.stable_band):
        return []
    return [
        Note(
            code="rests_on_provisional",
            text=N_("The conclusion rests on the provisional year."),
            severity=Severity.WARN,
        )
    ]


def _statement(
    series: Series,
    method: Method,
    options: Options,
    points: Points,
    estimate: Estimate,
    without: Interval | None,
    warnings: tuple[Note, ...],
) -> TrendResult:
    return TrendResult(
        outcome=outcome_of(estimate, options.stable_band),
        method=method.id,
        method_version=method.version,
        estimate=estimate.estimate,
        low=estimate.low,
        high=estimate.high,
        level=options.level,
        p_value=estimate.p_value,
        unit=estimate.unit,
        transformation=estimate.transformation,
        covariance=estimate.covariance,
        df=estimate.df,
        n=points.n if method.censored_count else points.exact,
        first=points.periods[0],
        last=points.periods[-1],
        missing=points.missing,
        provisional_used=bool(points.provisional[-1]),
        censored_used=int(points.censored.sum()) if method.censored_count else 0,
        breaks_crossed=points.breaks_crossed,
        assumptions=estimate.assumptions,
        diagnostics=(*estimate.diagnostics, *_false_positives(method.id, points.n)),
        warnings=warnings,
        fitted=estimate.fitted,
        data_hash=data_hash(points, series.unit),
        vintages=series.vintages,
        seed=estimate.seed,
        segments=estimate.segments or (_whole(points, estimate),),
        without_provisional=without,
    )


def _whole(points: Points, estimate: Estimate) -> Segment:
    return Segment(
        first=points.periods[0],
        last=points.periods[-1],
        apc=estimate.estimate,
        low=estimate.low,
        high=estimate.high,
    )


def _false_positives(method: str, n: int) -> tuple[Diagnostic, ...]:
    """Measured share of false findings when neighbouring years are alike, in percent."""
    rate = false_positive_percent(method, n)
    return () if rate is None else (Diagnostic(name="false_positives_lag1_0.3", value=rate),)
