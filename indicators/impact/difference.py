"""Difference in differences: areas with the event against areas without, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_, Note, Severity
from indicators.impact import comparison
from indicators.impact.comparison import Unit
from indicators.impact.plan import Form, first_after
from indicators.model.codes import Outcome
from indicators.model.results import (
    Diagnostic,
    ImpactResult,
    Interval,
    Intervention,
    Refusal,
    SeriesBreak,
)
from indicators.model.series import Series
from indicators.stats.intervals import student_p, student_quantile
from indicators.stats.limits import LENGTHS
from indicators.stats.points import data_hash

Floats = NDArray[np.float64]

MIN_UNITS = 3
"""Units beside the first that are needed to see how far areas differ by chance."""
MOST_ASSIGNMENTS = 5_000
SEED = 20_180_101
_POWER = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """Changes of the mean of each unit, units with the event first.

    Attributes:
        names: of the units.
        change: mean after minus mean before, shape ``(units,)``.
        slope: change a period before the event, shape ``(units,)``.
        treated: how many have the event.
        first: the unit that is shown.
        start: ordinal of the first period after.
        reference: mean of the controls about their own mean before, by ordinal.
        left_out: units without enough values.
    """

    names: tuple[str, ...]
    change: Floats
    slope: Floats
    treated: int
    first: Unit
    start: float
    reference: dict[float, float]
    left_out: tuple[str, ...]


def difference(
    series: Series,
    event: Intervention,
    *,
    controls: Sequence[Series] = (),
    treated: Sequence[Series] = (),
    population: Series | None = None,
    control_populations: Sequence[Series | None] = (),
    treated_populations: Sequence[Series | None] = (),
    delay: int | None = None,
    level: float = 0.95,
    use_provisional: bool = True,
    date_from_data: bool = False,
    breaks: Sequence[SeriesBreak] = (),
    design: str = "level",
    pulses: Sequence[Intervention] = (),
    rivals: Sequence[Intervention] = (),
    cross_breaks: bool = False,
) -> ImpactResult | Refusal:
    """How much more the areas with an event changed than the areas without.

    Equation: each series becomes one number, its mean after minus its mean before (logarithms,
    or values); the effect is the mean of the numbers with the event minus that without. Errors
    between series (Student's t), so that dependent years do not narrow the range.
    Missing: left out, per series. Suppressed: left out.
    Assumes that all would have changed alike without the event.
    Source: Bertrand, Duflo and Mullainathan (2004), Q. J. Econ. 119; Donald and Lang (2007).

    Args:
        series: a series that the event touched; it is the one shown.
        event: the dated event.
        controls: series that it did not touch, at least three.
        treated: further series that it touched.
        population: exposure of the series, or None.
        control_populations: those of the controls, in the same order.
        treated_populations: those of ``treated``, in the same order.
        delay: periods after the date that are left out; None takes the event's own.
        level: confidence level in (0, 1).
        use_provisional: whether provisional ends are used.
        date_from_data: the date was picked by looking at these series: no p-value is given.
        breaks: not used: a change of counting that all areas share cancels out.
        design: not used; this design compares means.
        pulses: not used.
        cross_breaks: not used.
        rivals: other events; those near the date are named in the result.

    Returns:
        The effect in percent (or units), or a Refusal.
    """
    found, form = comparison.units(
        [series, *treated, *controls],
        [
            population,
            *(treated_populations or [None] * len(treated)),
            *(control_populations or [None] * len(controls)),
        ],
        use_provisional=use_provisional,
    )
    wait = event.delay if delay is None else delay
    panel = _panel(found, 1 + len(treated), event, wait)
    if isinstance(panel, Refusal):
        return panel
    near = comparison.near_events(event, rivals)
    return _result(panel, series, event, form, level=level, near=near, no_p=date_from_data)


def _panel(
    found: Sequence[Unit], treated: int, event: Intervention, delay: int
) -> _Panel | Refusal:
    filled = [unit for unit in found if unit.points.n]
    if not filled:
        return comparison.no_controls(0, MIN_UNITS)
    date = float(first_after(event, filled[0].points.periods[0].frequency))
    start = date + delay
    enough = [_has_enough(unit, date, start) for unit in found]
    if not enough[0]:
        return _too_few(found[0], date, start)
    used = [unit for unit, kept in zip(found, enough, strict=True) if kept]
    n_treated = sum(enough[:treated])
    if len(used) - n_treated < MIN_UNITS:
        return comparison.no_controls(len(used) - n_treated, MIN_UNITS)
    change = [
        float(unit.value[unit.time >= start].mean() - unit.value[unit.time < date].mean())
        for unit in used
    ]
    return _Panel(
        names=tuple(unit.name for unit in used),
        change=np.array(change),
        slope=np.array([_slope(unit, date) for unit in used]),
        treated=n_treated,
        first=used[0],
        start=start,
        reference=_reference(used[n_treated:], date),
        left_out=tuple(unit.name for unit, kept in zip(found, enough, strict=True) if not kept),
    )


def _has_enough(unit: Unit, date: float, start: float) -> bool:
    need = LENGTHS["level"]
    before, after = int((unit.time < date).sum()), int((unit.time >= start).sum())
    return before >= need.before and after >= need.after


def _too_few(unit: Unit, date: float, start: float) -> Refusal:
    before, after = int((unit.time < date).sum()), int((unit.time >= start).sum())
    return comparison.too_few(unit, before, after)


def _slope(unit: Unit, date: float) -> float:
    early = unit.time < date
    return float(np.polyfit(unit.time[early] - date, unit.value[early], 1)[0])


def _reference(controls: Sequence[Unit], date: float) -> dict[float, float]:
    """Mean of the controls in each period, each about its own mean before the event."""
    moves: dict[float, list[float]] = {}
    for unit in controls:
        base = float(unit.value[unit.time < date].mean())
        for time, value in zip(unit.time.tolist(), unit.value.tolist(), strict=True):
            moves.setdefault(time, []).append(value - base)
    return {time: float(np.mean(values)) for time, values in moves.items()}


def _gap(values: Floats, treated: int) -> tuple[float, float, int]:
    """Difference of the two means, its standard error (one variance) and degrees of freedom."""
    with_event, without = values[:treated], values[treated:]
    df = values.size - 2 if treated > 1 else without.size - 1
    rest = np.concatenate([with_event - with_event.mean(), without - without.mean()])
    variance = float(rest @ rest) / df
    gap = float(with_event.mean() - without.mean())
    return gap, float(np.sqrt(variance * (1 / treated + 1 / without.size))), df


def permutation_share(values: Floats, treated: int, seed: int = SEED) -> float:
    """Share of the ways to deal the event out to the units with a gap at least as large.

    All of them up to 5,000, else as many drawn at random.
    """
    n, real = values.size, abs(_gap(values, treated)[0])
    total = float(values.sum())
    if comb(n, treated) <= MOST_ASSIGNMENTS:
        chosen = np.array(list(combinations(range(n), treated)))
        extra = 0
    else:
        draw = np.random.default_rng(seed)
        chosen = np.argsort(draw.random((MOST_ASSIGNMENTS, n)), axis=1)[:, :treated]
        extra = 1
    inside = values[chosen].sum(axis=1)
    gaps = np.abs(inside / treated - (total - inside) / (n - treated))
    far = int((gaps >= real - 1e-12).sum())
    return (far + extra) / (len(chosen) + extra)


def _result(
    panel: _Panel,
    series: Series,
    event: Intervention,
    form: Form,
    *,
    level: float,
    near: tuple[str, ...],
    no_p: bool,
) -> ImpactResult:
    effect, se, df = _gap(panel.change, panel.treated)
    jump = comparison.interval(effect, se, df, level, form)
    slope, slope_se, _ = _gap(panel.slope, panel.treated)
    before = comparison.interval(slope, slope_se, df, level, form)
    points, line = panel.first.points, _expected(panel)
    after = points.time >= panel.start
    half = student_quantile(df, level) * se
    reach = student_quantile(df, level) + student_quantile(df, 2 * _POWER - 1)
    return ImpactResult(
        outcome=_outcome(jump),
        method="difference",
        method_version="1",
        estimate=jump.estimate,
        low=jump.low,
        high=jump.high,
        level=level,
        p_value=None if no_p or se == 0 else student_p(effect / se, df),
        unit=comparison.unit_of(series, points, form),
        transformation=form,
        covariance="between series",
        df=df,
        n=points.n,
        first=points.periods[0],
        last=points.periods[-1],
        missing=points.missing,
        provisional_used=bool(points.provisional[-1]),
        assumptions=comparison.ASSUMPTIONS,
        diagnostics=(
            Diagnostic(name="series_with_event", value=float(panel.treated)),
            Diagnostic(name="series_without", value=float(panel.change.size - panel.treated)),
            Diagnostic(
                name="difference_before", value=before.estimate, low=before.low, high=before.high
            ),
            Diagnostic(
                name="permutation_share", value=permutation_share(panel.change, panel.treated)
            ),
        ),
        warnings=_notes(panel, before, near),
        fitted=comparison.drawn(points, line + effect * after, half * 0.0, form),
        counterfactual=comparison.drawn(points.take(after), line[after], half, form),
        data_hash=data_hash(points, series.unit),
        vintages=series.vintages,
        event=event.id,
        start=points.periods[int(np.flatnonzero(after)[0])],
        rivals=near,
        smallest_detectable=comparison.shown(reach * se, form),
    )


def _expected(panel: _Panel) -> Floats:
    """What the shown series would have been, had it changed as the controls did."""
    unit = panel.first
    base = float(unit.value[unit.time < panel.start].mean())
    moves = [panel.reference.get(time, 0.0) for time in unit.time.tolist()]
    return base + np.array(moves)


def _outcome(jump: Interval) -> Outcome:
    if jump.low <= 0 <= jump.high:
        return Outcome.NO_CLEAR_EFFECT
    return Outcome.HIGHER if jump.estimate > 0 else Outcome.LOWER


def _notes(panel: _Panel, before: Interval, near: tuple[str, ...]) -> tuple[Note, ...]:
    notes = [
        Note(
            code="compared_with",
            text=C_(
                "Compared with the mean of {count} other series.",
                "Compared with the mean of {count} other series.",
            ),
            data={"count": panel.change.size - panel.treated},
        )
    ]
    if not before.low <= 0 <= before.high:
        notes.append(
            Note(
                code="not_parallel",
                text=N_(
                    "The areas with and without the event moved apart already before it: part of "
                    "the difference may come from that."
                ),
                severity=Severity.WARN,
            )
        )
    if panel.left_out:
        notes.append(comparison.left_out(panel.left_out))
    return (*notes, *comparison.rival_note(near))
