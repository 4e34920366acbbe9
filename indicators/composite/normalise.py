"""Values on one scale: scores 0-100 in which 50 is the own baseline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BASELINE_POINTS = 3
"""The baseline is the mean of the first values, this many."""
MIDDLE = 50.0


class Scale(Enum):
    """Ways to bring a value to the scale."""

    REACH = "reach"
    """Between the worst and the best possible value; without bounds as ``FOLD``."""
    FOLD = "fold"
    """By how many times it grew: twice the baseline is 100, half of it is 0."""
    SPREAD = "spread"
    """In standard deviations of the own history: two above the baseline are 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """How a value is to be read.

    Attributes:
        sign: 1 when higher is better, -1 when lower is better.
        floor, ceiling: least and greatest possible value; nan without.
    """

    sign: int
    floor: float = float("nan")
    ceiling: float = float("nan")


def baseline(values: Floats) -> float:
    """Mean of the first three known values; nan when there are fewer than three."""
    known = values[~np.isnan(values)][:BASELINE_POINTS]
    return float(known.mean()) if known.size == BASELINE_POINTS else float("nan")


def scores(values: Floats, base: float, goal: Goal, scale: Scale) -> Floats:
    """Scores 0-100 of a series against its own baseline, 50 at the baseline.

    Args:
        values: series, nan where not known, shape ``(n,)``.
        base: its baseline.
        goal: direction and bounds.
        scale: one of the ways above; later years never move earlier scores but for ``SPREAD``.

    Returns:
        Shape ``(n,)``; nan where the value is not known or the scale has no meaning (a fold of a
        baseline of zero, no spread).
    """
    if scale is Scale.REACH and np.isfinite(goal.floor) and np.isfinite(goal.ceiling):
        moved = _reach(values, base, goal)
    elif scale is Scale.SPREAD:
        moved = _spread(values, base, goal)
    else:
        moved = _fold(values, base, goal)
    return np.clip(MIDDLE + MIDDLE * moved, 0.0, 100.0)


def _reach(values: Floats, base: float, goal: Goal) -> Floats:
    """Part of the way from the baseline to the best (above 0) or the worst value (below 0)."""
    best, worst = (goal.ceiling, goal.floor) if goal.sign > 0 else (goal.floor, goal.ceiling)
    gain, room, loss = goal.sign * (values - base), abs(best - base), abs(base - worst)
    up = gain / room if room > 0 else np.zeros_like(values)
    down = gain / loss if loss > 0 else np.zeros_like(values)
    return np.where(np.isnan(values), np.nan, np.where(gain >= 0, up, down))


def _fold(values: Floats, base: float, goal: Goal) -> Floats:
    if not base > 0:
        return np.full_like(values, np.nan)
    with np.errstate(divide="ignore"):
        return goal.sign * np.log2(np.maximum(values, 0.0) / base)


def _spread(values: Floats, base: float, goal: Goal) -> Floats:
    known = values[~np.isnan(values)]
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    if spread == 0:
        return np.where(np.isnan(values), np.nan, 0.0)
    return goal.sign * (values - base) / (2 * spread)
