"""Axes: round steps, few labels, whole years."""

from __future__ import annotations

import math
from collections.abc import Sequence

from indicators.model.period import Frequency, Period
from workbench import i18n
from workbench.presenting.spec import Axis, Tick

MOST_LABELS = 6
_STEPS = (1.0, 2.0, 2.5, 5.0)
PERCENT = "%"
_ROOM = {Frequency.MONTH: 0.35, Frequency.QUARTER: 0.45, Frequency.HALF: 0.5}


def value_axis(
    low: float, high: float, *, unit: str = "", whole: bool = False, from_zero: bool = True
) -> Axis:
    """The y axis over values from low to high.

    Args:
        low: smallest thing drawn.
        high: largest thing drawn.
        unit: word above the top label; ``%`` stands behind each number instead.
        whole: True for counts, which get no broken steps.
        from_zero: False lets the axis begin near the lowest value.
    """
    zero = from_zero or low <= 0
    bottom = min(low, 0.0) if zero else low
    top = max(high, 0.0) if zero else high
    step = _step(bottom, top, whole=whole)
    first, last = _ends(bottom, top, step)
    if unit == PERCENT and bottom >= 0 and 50 < top <= 100 and zero:
        first, last, step = 0, 4, 25.0
    decimals = _decimals(step)
    ticks = tuple(
        Tick(position=round(k * step, 10), label=_label(round(k * step, 10), unit, decimals))
        for k in range(first, last + 1)
    )
    return Axis(
        low=ticks[0].position,
        high=ticks[-1].position,
        ticks=ticks,
        unit="" if unit == PERCENT else unit,
        from_zero=zero or ticks[0].position <= 0,
    )


def _step(low: float, high: float, *, whole: bool) -> float:
    span = max(high - low, 1.0 if whole else 1e-9)
    size = 10.0 ** math.floor(math.log10(span / (MOST_LABELS - 1)))
    for factor in (*_STEPS, *(10 * step for step in _STEPS), 100.0):
        step = factor * size
        if whole and not step.is_integer():
            continue
        first, last = _ends(low, high, step)
        if last - first < MOST_LABELS:
            return step
    return 100.0 * size


def _ends(low: float, high: float, step: float) -> tuple[int, int]:
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return first, max(last, first + 1)


def _decimals(step: float) -> int:
    return next((n for n in range(10) if round(step, n) == round(step, 10)), 10)


def _label(value: float, unit: str, decimals: int) -> str:
    return i18n.percent(value, decimals) if unit == PERCENT else i18n.number(value, decimals)


def time_axis(periods: Sequence[Period]) -> Axis:
    """The x axis: whole years; first and last labelled, every 2, 5 or 10 between."""
    if not periods:
        return Axis(low=0.0, high=1.0, ticks=())
    first, last = periods[0], periods[-1]
    room = _ROOM.get(first.frequency, 0.6)
    inner = _years(first.year, last.year)
    return Axis(
        low=first.decimal_year - room,
        high=last.decimal_year + room,
        ticks=tuple(Tick(position=_position(year, first), label=f"{year}") for year in inner),
    )


def _position(year: int, first: Period) -> float:
    # a series that begins in the course of a year has its first label at its first period
    return max(float(year), first.decimal_year)


def _years(first: int, last: int) -> tuple[int, ...]:
    span = last - first
    step = 1 if span <= 7 else 2 if span <= 13 else 5 if span <= 40 else 10
    inner = (
        range(first + step, last, step) if step < 5 else range(_up(first + 1, step), last, step)
    )
    kept = [year for year in inner if min(year - first, last - year) > 0.55 * step or step == 1]
    return (first, *kept, last) if last > first else (first,)


def _up(year: int, step: int) -> int:
    return -(-year // step) * step
