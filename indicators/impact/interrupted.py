"""Interrupted time series: what changed after an event, against where the series was heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, Note, Severity
from indicators.impact.cautions import Choice, Design, cautions, near_events
from indicators.impact.plan import (
    LEVEL,
    SLOPE,
    Form,
    Plan,
    first_after,
    length_refusal,
    pulse_marks,
    season_of,
    within_breaks,
)
from indicators.impact.robustness import leave_one_out, placebo_share, placebos
from indicators.impact.segmented import SegmentedFit, fit_plan, line, total_effect
from indicators.impact.sensitivity import bounds
from indicators.model.codes import Outcome
from indicators.model.period import Frequency
from indicators.model.results import (
    Diagnostic,
    ImpactResult,
    Interval,
    Intervention,
    Placebo,
    Refusal,
    SeriesBreak,
)
from indicators.model.series import Series
from indicators.stats import checkup
from indicators.stats.diagnostics import cook
from indicators.stats.extremes import range_notes
from indicators.stats.guards import (
    censored_refusal,
    counts_refusal,
    population_refusal,
)
from indicators.stats.known_errors import false_positive_percent
from indicators.stats.limits import MIN_PLACEBOS
from indicators.stats.points import Points, breaks_of, data_hash, usable
from indicators.trends import is_count

Floats = NDArray[np.float64]

ASSUMPTIONS = (
    N_("Without the event the series would have gone on along its earlier line."),
    N_("Nothing else that matters changed at the same time."),
    N_("The values vary independently around the line."),
)


def interrupted(
    series: Series,
    event: Intervention,
    *,
    population: Series | None = None,
    design: Design = "level",
    delay: int | None = None,
    pulses: Sequence[Intervention] = (),
    rivals: Sequence[Intervention] = (),
    breaks: Sequence[SeriesBreak] = (),
    level: float = 0.95,
    cross_breaks: bool = False,
    use_provisional: bool = True,
    date_from_data: bool = False,
) -> ImpactResult | Refusal:
    """Jump (and change of slope) of one series at a known date.

    Equation: y = b0 + b1 t + b2 post + b3 (t - T) post + pulses + season; the first period with
    the event has t - T = 0, so b2 is the jump there. Counts: quasi-Poisson with log population,
    b2 and b3 log ratios. Other positive values: logarithms. Shares and values with zeros: as they
    are. Monthly series get two harmonics of the season.
    Errors: counts scaled by max(dispersion, 1); else the larger of the plain and the Newey-West
    error; Student's t.
    Missing: left out, real gaps kept. Suppressed: bounds in the likelihood of counts, else rule 4.
    Source: Wagner et al. (2002); Lopez Bernal et al. (2017), Int. J. Epidemiol. 46.

    Args:
        series: values by year, half-year, quarter or month.
        event: the dated event.
        population: exposure for counts per head, or None.
        design: jump only, or jump and change of slope.
        delay: periods after the date that are left out; None takes the event's own.
        pulses: known short shocks that get terms of their own.
        rivals: other events; those near the date are named in the result.
        breaks: breaks that touch the series; none is crossed silently.
        level: confidence level in (0, 1).
        cross_breaks: fit across the breaks and name them.
        use_provisional: whether a provisional end is used.
        date_from_data: the date was picked by looking at this series: no p-value is given.

    Returns:
        The effect in percent (or units), or a Refusal.
    """
    choice = Choice(
        event=event,
        design=design,
        delay=event.delay if delay is None else delay,
        pulses=tuple(pulses),
        rivals=tuple(rivals),
        breaks=breaks_of(series, breaks),
        level=level,
        cross_breaks=cross_breaks,
        date_from_data=date_from_data,
    )
    everything = usable(series, population)
    points = everything if use_provisional else everything.without_provisional_end()
    result = analysed(series, points, choice)
    final = points.without_provisional_end()
    if isinstance(result, Refusal) or final.n == points.n:
        return result
    return _with_provisional_note(result, analysed(series, final, choice))


def analysed(
    series: Series, points: Points, choice: Choice, form: Form | None = None
) -> ImpactResult | Refusal:
    """The result for some points; ``form`` is given where the points are no plain values."""
    plan = plan_of(points, choice, form or form_of(series, points))
    if isinstance(plan, Refusal):
        return plan
    fit = fit_plan(plan)
    if isinstance(fit, Refusal):
        return fit
    return _result(series, fit, choice)


def form_of(series: Series, points: Points) -> Form:
    """Counts, logarithms or the values themselves."""
    if is_count(series):
        return "count"
    values = points.value[~points.censored]
    share = series.unit.startswith("%")
    return "log" if values.size and (values > 0).all() and not share else "identity"


def plan_of(points: Points, choice: Choice, form: Form) -> Plan | Refusal:
    """The segmented model of some points, or why there is none."""
    if points.n == 0:
        return Refusal(
            code="too_few_points",
            text=N_("There are no values to look at."),
            found=0,
            needed=8,
        )
    frequency = points.periods[0].frequency
    date = first_after(choice.event, frequency)
    start = float(date + choice.delay)
    window = within_breaks(points, choice.breaks, float(date), cross=choice.cross_breaks)
    if isinstance(window, Refusal):
        return window
    refusal = _value_refusal(window, form)
    if refusal is not None:
        return refusal
    window = window if form == "count" else window.take(~window.censored)
    window = window.take((window.time < date) | (window.time >= start))
    pulses = tuple(
        (pulse.id, marks)
        for pulse in choice.pulses
        if pulse.id != choice.event.id
        for marks in (pulse_marks(pulse, window.periods),)
        if marks.any()
    )
    plan = Plan(
        points=window,
        start=start,
        slope=choice.design == "level_slope",
        pulses=pulses,
        season=season_of(window) if frequency is not Frequency.YEAR else 0,
        form=form,
    )
    return length_refusal(plan) or plan


def _value_refusal(points: Points, form: Form) -> Refusal | None:
    if form == "count":
        return counts_refusal(points) or population_refusal(points)
    return censored_refusal(points)


def _result(series: Series, fit: SegmentedFit, choice: Choice) -> ImpactResult:
    plan, level = fit.plan, choice.level
    jump = fit.column(LEVEL, level)
    false_dates = placebos(plan, level)
    near = near_events(choice, plan)
    first_post = plan.points.periods[int(np.flatnonzero(plan.post)[0])]
    ranges, outcome = bounds(fit), _outcome(jump)
    clear = outcome is not Outcome.NO_CLEAR_EFFECT
    return ImpactResult(
        outcome=outcome,
        method="interrupted",
        method_version="1",
        estimate=jump.estimate,
        low=jump.low,
        high=jump.high,
        level=level,
        p_value=None if choice.date_from_data else fit.p_value,
        unit="percent" if fit.is_log else _difference_unit(series.unit),
        transformation="log" if fit.is_log else "identity",
        covariance=fit.covariance_name,
        df=fit.df,
        n=plan.points.n,
        first=plan.points.periods[0],
        last=plan.points.periods[-1],
        missing=plan.points.missing,
        provisional_used=bool(plan.points.provisional[-1]),
        censored_used=int(plan.points.censored.sum()),
        breaks_crossed=plan.points.breaks_crossed,
        assumptions=ASSUMPTIONS,
        diagnostics=(*_checks(fit, level, false_dates, jump), *ranges, *_known_errors(plan)),
        warnings=(
            *cautions(fit, choice, near, len(false_dates)),
            *range_notes(ranges, is_percent=fit.is_log, is_clear=clear),
        ),
        fitted=line(fit, level, event=True),
        data_hash=data_hash(plan.points, series.unit),
        vintages=series.vintages,
        event=choice.event.id,
        start=first_post,
        slope=fit.column(SLOPE, level) if plan.slope else None,
        counterfactual=line(fit, level, event=False),
        effect_total=total_effect(fit, level),
        rivals=near,
        pulses=_pulse_intervals(fit, level),
        smallest_detectable=fit.smallest_detectable(level),
        placebos=false_dates,
        leave_one_out=leave_one_out(fit),
    )


def _outcome(jump: Interval) -> Outcome:
    if jump.low <= 0 <= jump.high:
        return Outcome.NO_CLEAR_EFFECT
    return Outcome.HIGHER if jump.estimate > 0 else Outcome.LOWER


def _difference_unit(unit: str) -> str:
    return "percentage points" if unit.startswith("%") else unit


def _pulse_intervals(fit: SegmentedFit, level: float) -> dict[str, Interval]:
    first = LEVEL + 1 + int(fit.plan.slope)
    return {
        name: fit.column(first + index, level) for index, (name, _) in enumerate(fit.plan.pulses)
    }


def _checks(
    fit: SegmentedFit, level: float, false_dates: tuple[Placebo, ...], jump: Interval
) -> tuple[Diagnostic, ...]:
    plan = fit.plan
    a_year = max(plan.season, 1)
    span = float(plan.points.time[-1] - plan.start)
    after = {f"effect_after_{years}": (years - 1) * a_year for years in (1, 3, 5)}
    shown = {name: at for name, at in after.items() if at <= span} | {"effect_at_end": span}
    effects = [(name, fit.effect_after(at, level)) for name, at in shown.items()]
    parameters = fit.coef.size
    scale = np.sqrt(fit.noise) if fit.noise > 0 else np.inf
    checks = [
        Diagnostic(name=name, value=effect.estimate, low=effect.low, high=effect.high)
        for name, effect in effects
    ]
    if plan.form == "count":
        checks.append(Diagnostic(name="dispersion", value=fit.raw_dispersion))
    checks += checkup.residual_checks(fit.residuals)
    distance = cook(fit.residuals / scale, fit.hat, parameters)
    # a point with a term of its own is fitted exactly and has no distance
    distance = np.where(fit.hat > 1 - 1e-9, np.nan, distance)
    checks += checkup.influence_checks(distance, plan.points.periods)
    if len(false_dates) >= MIN_PLACEBOS:
        share = placebo_share(false_dates, jump.estimate)
        checks.append(Diagnostic(name="placebo_share", value=share))
    return tuple(checks)


def _known_errors(plan: Plan) -> tuple[Diagnostic, ...]:
    """Measured share of false steps when neighbouring values are alike, in percent."""
    method = "interrupted_counts" if plan.form == "count" else "interrupted_values"
    rate = false_positive_percent(method, plan.points.n)
    return () if rate is None else (Diagnostic(name="false_positives_lag1_0.3", value=rate),)


def _with_provisional_note(result: ImpactResult, other: ImpactResult | Refusal) -> ImpactResult:
    if isinstance(other, Refusal):
        code, text = (
            "provisional_needed",
            N_("Without the provisional year there are too few years to look at this event."),
        )
    elif other.outcome is not result.outcome:
        code, text = "rests_on_provisional", N_("The conclusion rests on the provisional year.")
    else:
        return result
    note = Note(code=code, text=text, severity=Severity.WARN)
    return replace(result, warnings=(note, *result.warnings))
