"""Interrupted series of the difference to series that the event did not touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, Note
from indicators.impact import comparison, interrupted
from indicators.impact.cautions import Choice, Design
from indicators.impact.plan import LEVEL, Form
from indicators.impact.segmented import fit_plan
from indicators.model.results import (
    Diagnostic,
    FittedPoint,
    ImpactResult,
    Intervention,
    Refusal,
    SeriesBreak,
)
from indicators.model.series import Series
from indicators.stats.points import Points, breaks_of

Floats = NDArray[np.float64]


def controlled(
    series: Series,
    event: Intervention,
    *,
    controls: Sequence[Series] = (),
    population: Series | None = None,
    control_populations: Sequence[Series | None] = (),
    design: Design = "level",
    delay: int | None = None,
    pulses: Sequence[Intervention] = (),
    rivals: Sequence[Intervention] = (),
    breaks: Sequence[SeriesBreak] = (),
    level: float = 0.95,
    cross_breaks: bool = False,
    use_provisional: bool = True,
    date_from_data: bool = False,
    treated: Sequence[Series] = (),
    treated_populations: Sequence[Series | None] = (),
) -> ImpactResult | Refusal:
    """Jump of the difference between a series and the mean of others.

    Equation: d = y - mean(controls) on logarithms (or values); d = b0 + b1 t + b2 post
    + b3 (t - T) post. Errors: the larger of the plain and the Newey-West error, Student's t:
    with few series errors by cluster mean nothing.
    Missing: only periods that every series has. Suppressed: left out.
    Assumes that the difference would have gone on along its line.
    Source: Lopez Bernal et al. (2018), Int. J. Epidemiol. 47.

    Args:
        series: the series that the event touched.
        event: the dated event.
        controls: series that it did not touch.
        population: exposure of the series, or None.
        control_populations: those of the controls, in the same order.
        design: jump only, or jump and change of slope.
        delay: periods after the date that are left out; None takes the event's own.
        pulses: known short shocks that get terms of their own.
        rivals: other events; those near the date are named in the result.
        breaks: breaks that touch the series.
        level: confidence level in (0, 1).
        cross_breaks: fit across the breaks and name them.
        use_provisional: whether a provisional end is used.
        date_from_data: the date was picked by looking at this series.
        treated: not used; this design has one series with the event.
        treated_populations: not used.

    Returns:
        The effect in percent (or units); with several controls also the share of them that
        moved as far when each is taken for the series with the event.
    """
    if not controls:
        return comparison.no_controls(0, 1)
    found, form = comparison.units(
        [series, *controls],
        [population, *(control_populations or [None] * len(controls))],
        use_provisional=use_provisional,
    )
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
    used, absent = comparison.covering(found[0], found[1:])
    if not used:
        return comparison.no_controls(0, 1)
    points, own, others = comparison.common(found[0], used)
    reference = others.mean(axis=1)
    made = interrupted.analysed(series, _as_points(points, own - reference, form), choice, form)
    if isinstance(made, Refusal):
        return made
    notes = [_compared(len(used)), *([absent] if absent else [])]
    share = _permuted(points, np.column_stack([own, others]), made, choice, form)
    return replace(
        made,
        method="controlled",
        unit=comparison.unit_of(series, points, form),
        assumptions=comparison.ASSUMPTIONS,
        warnings=(*made.warnings, *notes),
        diagnostics=made.diagnostics if share is None else (*made.diagnostics, share),
        effect_total=None,
        fitted=_moved(made.fitted, points, reference, form),
        counterfactual=_moved(made.counterfactual, points, reference, form),
    )


def _as_points(points: Points, difference: Floats, form: Form) -> Points:
    value = np.exp(difference) if form == "log" else difference
    return replace(points, value=value, low=value, high=value, population=None)


def _compared(count: int) -> Note:
    return Note(
        code="compared_with",
        text=C_(
            "Compared with the mean of {count} other series.",
            "Compared with the mean of {count} other series.",
        ),
        data={"count": count},
    )


def _moved(
    line: Sequence[FittedPoint], points: Points, reference: Floats, form: Form
) -> tuple[FittedPoint, ...]:
    """A line of the ratio or difference, brought back to the unit of the series."""
    scale = np.broadcast_to(comparison.head_scale(points, form), reference.shape)
    at = {p.code: (r, s) for p, r, s in zip(points.periods, reference, scale, strict=True)}

    def back(end: float | None, code: int) -> float | None:
        base, factor = at[code]
        if end is None:
            return None
        return float((end * np.exp(base) if form == "log" else end + base) * factor)

    return tuple(
        replace(
            point,
            value=back(point.value, point.period.code) or 0.0,
            low=back(point.low, point.period.code),
            high=back(point.high, point.period.code),
        )
        for point in line
    )


def _permuted(
    points: Points, values: Floats, made: ImpactResult, choice: Choice, form: Form
) -> Diagnostic | None:
    """Share of all series that moved at least as far when each takes the place of the first."""
    if values.shape[1] < 3:
        return None
    effects = [abs(made.estimate)]
    for column in range(1, values.shape[1]):
        rest = np.delete(values, [0, column], axis=1).mean(axis=1)
        plan = interrupted.plan_of(
            _as_points(points, values[:, column] - rest, form), choice, form
        )
        fit = plan if isinstance(plan, Refusal) else fit_plan(plan)
        if isinstance(fit, Refusal):
            return None
        effects.append(abs(fit.shown(float(fit.coef[LEVEL]))))
    far = sum(effect >= effects[0] for effect in effects)
    return Diagnostic(name="share_of_controls_as_far", value=far / len(effects))
