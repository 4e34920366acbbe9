"""Synthetic control: a weighted mix of other series that went the same way before the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_, Note, Severity
from indicators.impact import comparison
from indicators.impact.plan import Form, first_after
from indicators.model.codes import Outcome
from indicators.model.results import (
    Diagnostic,
    ImpactResult,
    Intervention,
    Refusal,
    SeriesBreak,
)
from indicators.model.series import Series
from indicators.stats.intervals import student_quantile
from indicators.stats.limits import LENGTHS
from indicators.stats.points import Points, data_hash

Floats = NDArray[np.float64]

MIN_DONORS = 5
"""Fewer series to mix from leave nothing to compare the result with."""
_SUM_WEIGHT = 1e4
_POOR = 2.0
"""Weights that follow the past this much worse than those of the others are told."""
_POWER = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """The mix of one series.

    Attributes:
        weights: of the donors, 0 or more, sum 1.
        gap: series minus mix, at mean 0 before the event, shape ``(n,)``.
        before: root mean square of the gap before the event.
        effect: mean of the gap after it.
    """

    weights: Floats
    gap: Floats
    before: float
    effect: float


def mix(own: Floats, donors: Floats, early: NDArray[np.bool_], late: NDArray[np.bool_]) -> Mix:
    """Weights that follow the series best before the event, up to a constant.

    Equation: minimise |y - mean - (Z - means) w| before the event, w >= 0, sum w = 1; the
    constant lets large and small areas follow each other (Doudchenko and Imbens 2016).

    Args:
        own: shape ``(n,)``.
        donors: shape ``(n, donors)``.
        early: points before the event.
        late: points after it.
    """
    from scipy.optimize import nnls

    y = own - own[early].mean()
    z = donors - donors[early].mean(axis=0)
    system = np.vstack([z[early], _SUM_WEIGHT * np.ones(z.shape[1])])
    weights = nnls(system, np.append(y[early], _SUM_WEIGHT))[0]
    weights = weights / weights.sum()
    gap = y - z @ weights
    return Mix(
        weights=weights,
        gap=gap,
        before=float(np.sqrt(np.mean(gap[early] ** 2))),
        effect=float(gap[late].mean()),
    )


def synthetic(
    series: Series,
    event: Intervention,
    *,
    controls: Sequence[Series] = (),
    population: Series | None = None,
    control_populations: Sequence[Series | None] = (),
    delay: int | None = None,
    level: float = 0.95,
    use_provisional: bool = True,
    date_from_data: bool = False,
    rivals: Sequence[Intervention] = (),
    breaks: Sequence[SeriesBreak] = (),
    design: str = "level",
    pulses: Sequence[Intervention] = (),
    cross_breaks: bool = False,
    treated: Sequence[Series] = (),
    treated_populations: Sequence[Series | None] = (),
) -> ImpactResult | Refusal:
    """A series after an event against a mix of other series.

    The effect is the mean gap after the event. Its range comes from placebos in space: each
    other series takes the place of the first, and the spread of their gaps is what chance does.
    Missing: only periods that every series has; series that would leave too few go.
    Source: Abadie, Diamond and Hainmueller (2010), J. Am. Stat. Assoc. 105.

    Args:
        series: the series that the event touched.
        event: the dated event.
        controls: series that it did not touch, at least five.
        population: exposure of the series, or None.
        control_populations: those of the controls, in the same order.
        delay: periods after the date that are left out; None takes the event's own.
        level: confidence level in (0, 1).
        use_provisional: whether provisional ends are used.
        date_from_data: the date was picked by looking at these series: no p-value is given.
        rivals: other events; those near the date are named in the result.
        breaks: not used.
        design: not used; this design compares means.
        pulses: not used.
        cross_breaks: not used.
        treated: not used; this design has one series with the event.
        treated_populations: not used.

    Returns:
        The effect in percent (or units), or a Refusal.
    """
    found, form = comparison.units(
        [series, *controls],
        [population, *(control_populations or [None] * len(controls))],
        use_provisional=use_provisional,
    )
    first = found[0]
    need = LENGTHS["level"]
    full, absent = comparison.covering(first, found[1:])
    if len(full) < MIN_DONORS:
        return comparison.no_controls(len(full), MIN_DONORS)
    points, own, donors = comparison.common(first, full)
    date = float(first_after(event, points.periods[0].frequency)) if points.n else 0.0
    early = points.time < date
    late = points.time >= date + (event.delay if delay is None else delay)
    if min(int(early.sum()) - need.before, int(late.sum()) - need.after) < 0:
        return comparison.too_few(first, int(early.sum()), int(late.sum()))
    names = tuple(unit.name for unit in full)
    made = _Made(series, points, own, donors, early, late, form, names)
    near = comparison.near_events(event, rivals)
    result = _result(made, event, level=level, near=near, no_p=date_from_data)
    return result if absent is None else replace(result, warnings=(*result.warnings, absent))


@dataclass(frozen=True, slots=True)
class _Made:
    """The panel of one result."""

    series: Series
    points: Points
    own: Floats
    donors: Floats
    early: NDArray[np.bool_]
    late: NDArray[np.bool_]
    form: Form
    names: tuple[str, ...]


def placebos(made_donors: Floats, early: NDArray[np.bool_], late: NDArray[np.bool_]) -> list[Mix]:
    """The mix of each other series from the rest of them."""
    columns = range(made_donors.shape[1])
    return [
        mix(made_donors[:, i], np.delete(made_donors, i, axis=1), early, late) for i in columns
    ]


def _result(
    made: _Made, event: Intervention, *, level: float, near: tuple[str, ...], no_p: bool
) -> ImpactResult:
    real = mix(made.own, made.donors, made.early, made.late)
    others = placebos(made.donors, made.early, made.late)
    effects = np.array([other.effect for other in others])
    df = effects.size - 1
    se = float(np.sqrt(np.mean(effects**2) * (1 + 1 / effects.size)))
    jump = comparison.interval(real.effect, se, df, level, made.form)
    share = _share([_ratio(real, made), *(_ratio(other, made) for other in others)])
    points, late = made.points, made.late
    expected = made.own - real.gap
    half = student_quantile(df, level) * se
    reach = student_quantile(df, level) + student_quantile(df, 2 * _POWER - 1)
    clear = not jump.low <= 0 <= jump.high
    side = Outcome.HIGHER if jump.estimate > 0 else Outcome.LOWER
    return ImpactResult(
        outcome=side if clear else Outcome.NO_CLEAR_EFFECT,
        method="synthetic",
        method_version="1",
        estimate=jump.estimate,
        low=jump.low,
        high=jump.high,
        level=level,
        p_value=None if no_p else share,
        unit=comparison.unit_of(made.series, points, made.form),
        transformation=made.form,
        covariance="placebos in space",
        df=df,
        n=points.n,
        first=points.periods[0],
        last=points.periods[-1],
        missing=points.missing,
        provisional_used=bool(points.provisional[-1]),
        assumptions=comparison.ASSUMPTIONS,
        diagnostics=(
            Diagnostic(name="share_of_controls_as_far", value=share),
            Diagnostic(name="gap_before", value=real.before),
            *(
                Diagnostic(name=f"weight_{name}", value=float(weight))
                for name, weight in zip(made.names, real.weights, strict=True)
                if weight > 0.005
            ),
        ),
        warnings=_notes(real, others, near),
        fitted=comparison.drawn(points, made.own, 0.0, made.form),
        counterfactual=comparison.drawn(points.take(late), expected[late], half, made.form),
        data_hash=data_hash(points, made.series.unit),
        vintages=made.series.vintages,
        event=event.id,
        start=points.periods[int(np.flatnonzero(late)[0])],
        rivals=near,
        smallest_detectable=comparison.shown(reach * se, made.form),
    )


def _ratio(found: Mix, made: _Made) -> float:
    after = float(np.sqrt(np.mean(found.gap[made.late] ** 2)))
    return after / max(found.before, 1e-9)


def _share(ratios: list[float]) -> float:
    """Share of all series whose gap grew at least as much; the first among them."""
    return sum(ratio >= ratios[0] for ratio in ratios) / len(ratios)


def _notes(real: Mix, others: list[Mix], near: tuple[str, ...]) -> tuple[Note, ...]:
    notes = [
        Note(
            code="mixed_from",
            text=C_(
                "Compared with a mix of {count} other series.",
                "Compared with a mix of {count} other series.",
            ),
            data={"count": int((real.weights > 0.005).sum())},
        )
    ]
    if real.before > _POOR * float(np.median([other.before for other in others])):
        notes.append(
            Note(
                code="poor_mix",
                text=N_(
                    "No mix of the other series follows this one well before the event: the "
                    "comparison is weak."
                ),
                severity=Severity.WARN,
            )
        )
    return (*notes, *comparison.rival_note(near))
