"""Series to compare with: the same periods, one scale, brought together or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_, Note, Severity
from indicators.impact.cautions import NEAR_YEARS
from indicators.impact.plan import Form
from indicators.model.results import FittedPoint, Interval, Intervention, Refusal
from indicators.model.series import Series
from indicators.stats.intervals import student_quantile
from indicators.stats.limits import LENGTHS
from indicators.stats.points import Points, usable

Floats = NDArray[np.float64]

PER = 100_000
"""People to whom counts are put where no logarithm can be taken."""
MIN_COVER = 0.8
"""A series to compare with must have this share of the periods of the first."""
ASSUMPTIONS = (
    N_("Without the event the difference to the areas compared would have stayed as it was."),
    N_("The event did not touch the areas compared."),
    N_("Nothing else that matters changed in one of the areas only."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One series on the common scale.

    Attributes:
        name: area code, or variable and area.
        points: usable exact points.
        time: their ordinals.
        value: logarithm of the value (per head where the population is known) or the value.
    """

    name: str
    points: Points
    time: Floats
    value: Floats


def no_controls(found: int, needed: int) -> Refusal:
    """Too few series to compare with."""
    return Refusal(
        code="too_few_controls",
        text=C_(
            "Only {found} series to compare with has enough values; {needed} would be enough.",
            "Only {found} series to compare with have enough values; {needed} would be enough.",
            by="found",
        ),
        found=found,
        needed=needed,
    )


def units(
    series: Sequence[Series],
    populations: Sequence[Series | None],
    *,
    use_provisional: bool,
) -> tuple[tuple[Unit, ...], Form]:
    """The series on one scale: logarithms when every value is above 0 and none is a share.

    Counts are put over their population only when it is known for every point of every series:
    per head on logarithms, else per 100,000. Suppressed values are left out.
    """
    people = list(populations) or [None] * len(series)
    found = [_points(s, p, use_provisional) for s, p in zip(series, people, strict=True)]
    per_head = all(
        points.population is not None and np.isfinite(points.population).all() for points in found
    )
    if not per_head:
        found = [replace(points, population=None) for points in found]
    values = [p.value if p.population is None else p.value / p.population for p in found]
    shares = any(item.unit.startswith("%") for item in series)
    positive = all((value > 0).all() for value in values)
    form: Form = "log" if positive and not shares else "identity"
    names = _names(series)
    return tuple(
        Unit(
            name=name,
            points=points,
            time=points.time,
            value=np.log(value) if form == "log" else value * (PER if per_head else 1.0),
        )
        for name, points, value in zip(names, found, values, strict=True)
    ), form


def _points(series: Series, population: Series | None, use_provisional: bool) -> Points:
    points = usable(series, population)
    points = points if use_provisional else points.without_provisional_end()
    return points.take(~points.censored)


def _names(series: Sequence[Series]) -> list[str]:
    areas = [item.area for item in series]
    if len(set(areas)) == len(areas):
        return areas
    return [f"{item.variable} {item.area} {item.breakdown}".strip() for item in series]


def common(first: Unit, others: Sequence[Unit]) -> tuple[Points, Floats, Floats]:
    """Periods that all units have: points of the first, its values, and the others' values.

    Returns:
        Points of the first unit, its values ``(n,)``, the others ``(n, units)``.
    """
    shared = set(first.time.tolist())
    for unit in others:
        shared &= set(unit.time.tolist())
    keep = np.isin(first.time, sorted(shared))
    columns = [unit.value[np.isin(unit.time, sorted(shared))] for unit in others]
    matrix = np.column_stack(columns) if columns else np.zeros((int(keep.sum()), 0))
    return first.points.take(keep), first.value[keep], matrix


def shown(effect: float, form: Form) -> float:
    """An effect as a person sees it: percent, or units."""
    with np.errstate(over="ignore"):
        return float(100 * np.expm1(effect)) if form == "log" else float(effect)


def interval(effect: float, se: float, df: float, level: float, form: Form) -> Interval:
    """An effect with Student's t limits, as shown."""
    half = student_quantile(df, level) * se
    return Interval(
        estimate=shown(effect, form),
        low=shown(effect - half, form),
        high=shown(effect + half, form),
        level=level,
    )


def covering(first: Unit, others: Sequence[Unit]) -> tuple[list[Unit], Note | None]:
    """The series that have most periods of the first, and who was left out.

    A sparse series would take its gaps away from all.
    """
    kept = [unit for unit in others if np.isin(first.time, unit.time).mean() >= MIN_COVER]
    names = [unit.name for unit in others if unit not in kept]
    return kept, left_out(names) if names else None


def left_out(names: Sequence[str]) -> Note:
    """Series that could not be compared with."""
    return Note(
        code="series_left_out",
        text=N_("Left out for too few values: {names}."),
        data={"names": ", ".join(names)},
    )


def near_events(event: Intervention, rivals: Sequence[Intervention]) -> tuple[str, ...]:
    """Ids of other events within two years."""
    date = event.start.decimal_year
    return tuple(
        rival.id
        for rival in rivals
        if rival.id != event.id and abs(rival.start.decimal_year - date) <= NEAR_YEARS
    )


def rival_note(near: Sequence[str]) -> tuple[Note, ...]:
    """That other events lie close, where they do."""
    if not near:
        return ()
    return (
        Note(
            code="rival_events",
            text=N_("Other events lie within two years of this one: {count}."),
            severity=Severity.WARN,
            data={"count": len(near)},
        ),
    )


def too_few(unit: Unit, before: int, after: int) -> Refusal:
    """Too few values on one side of the event."""
    return Refusal(
        code="too_few_points",
        text=C_(
            "Only {found} value on one side of the event in {area}; {needed} would be enough.",
            "Only {found} values on one side of the event in {area}; {needed} would be enough.",
            by="found",
        ),
        found=min(before, after),
        needed=LENGTHS["level"].before,
        data={"area": unit.name},
    )


def unit_of(series: Series, points: Points, form: Form) -> str:
    """Unit of an effect: percent, percentage points, per 100,000, or that of the series."""
    if form == "log":
        return "percent"
    if series.unit.startswith("%"):
        return "percentage points"
    return series.unit if points.population is None else "per 100,000"


def head_scale(points: Points, form: Form) -> Floats | float:
    """From the common scale back to the unit of the series."""
    if points.population is None:
        return 1.0
    return points.population if form == "log" else points.population / PER


def drawn(
    points: Points, middle: Floats, half: Floats | float, form: Form
) -> tuple[FittedPoint, ...]:
    """A line on the common scale with its band, in the unit of the series."""
    scale = head_scale(points, form)
    ends = [middle, middle - half, middle + half]
    value, low, high = ((np.exp(end) if form == "log" else end) * scale for end in ends)
    return tuple(
        FittedPoint(period=period, value=float(a), low=float(b), high=float(c))
        for period, a, b, c in zip(points.periods, value, low, high, strict=True)
    )
