"""How those who were decided ended, and how fast the outcomes of one group came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.model.results import Interval
from indicators.stats.intervals import wilson

NOT_DECIDED = ("PEN", "TRF")
"""Pending and transferred cases are no outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One of the outcomes that exclude each other.

    Attributes:
        code: of the outcome.
        count: persons or files.
        share: percent of all decided, with Wilson's range; None without decided ones.
    """

    code: str
    count: float
    share: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Outcomes of one group up to some years after its beginning.

    Attributes:
        years: since the beginning.
        count: members with the outcome.
        share: percent of the group, with Wilson's range; None for an empty group.
    """

    years: int
    count: float
    share: Interval | None


def share_of(count: float, base: float, level: float = 0.95) -> Interval | None:
    """Part of a whole in percent with Wilson's range; None when it is no part of it."""
    if base <= 0 or count > base:
        return None
    low, high = (float(end[0]) for end in wilson(np.array([count]), np.array([base]), level))
    return Interval(estimate=100 * count / base, low=100 * low, high=100 * high, level=level)


def competing(counts: Mapping[str, float], level: float = 0.95) -> tuple[Ending, ...]:
    """The outcomes of all decided, each against all others; the shares add up to 100.

    Equation: count / sum of the counts; pending and transferred ones are in neither.

    Args:
        counts: by outcome code, of one year or one group.
        level: confidence level in (0, 1).
    """
    decided = {code: count for code, count in counts.items() if code not in NOT_DECIDED}
    base = sum(decided.values())
    return tuple(
        Ending(code=code, count=count, share=share_of(count, base, level))
        for code, count in decided.items()
    )


def curve(counts: Sequence[float | None], size: float, level: float = 0.95) -> tuple[Reached, ...]:
    """The share of a group with the outcome by years since its beginning; unknown years are left out.

    Args:
        counts: outcomes up to 0, 1, 2 ... years.
        size: members of the group.
        level: confidence level in (0, 1).
    """
    return tuple(
        Reached(years=years, count=count, share=share_of(count, size, level))
        for years, count in enumerate(counts)
        if count is not None
    )
