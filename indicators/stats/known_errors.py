"""How often each method finds a change where there is none, when neighbouring years are alike.

Measured by ``tests/benchmarks/simulation.py`` (docs/methods/simulation.md): lag-1 correlation 0.3,
5 percent level, averaged over means of 6, 30 and 300 and two strengths of overdispersion. Shown
beside every trend and step.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CORRELATION = 0.3

FALSE_POSITIVES: Mapping[str, Mapping[int, float]] = MappingProxyType(
    {
        "count_trend": {8: 5.9, 12: 9.2, 20: 11.6},
        "apc_loglinear": {8: 11.2, 12: 12.7, 20: 13.7},
        "theil_sen": {8: 7.9, 12: 10.4, 20: 12.4},
        "joinpoint": {12: 14.7, 16: 15.8, 20: 17.5},
        "breaks": {20: 17.0},
        "interrupted_counts": {10: 3.8, 16: 7.1, 240: 8.8},
        "interrupted_values": {10: 7.4, 16: 9.1, 240: 9.1},
    }
)
"""Percent of series without change, by method and number of points."""
WEIGHTED_BIC: Mapping[int, float] = MappingProxyType(
    {12: 13.6, 16: 11.8, 20: 8.8, 22: 8.7, 26: 7.1, 30: 6.7}
)
"""Percent of straight series with independent years in which weighted BIC sees a bend."""


def weighted_bic_percent(n: int) -> float:
    """The rate of weighted BIC at the nearest length measured."""
    return WEIGHTED_BIC[min(WEIGHTED_BIC, key=lambda length: (abs(length - n), length))]


def false_positive_percent(method: str, n: int) -> float | None:
    """The rate at the nearest length measured; None for a method that was not."""
    known = FALSE_POSITIVES.get(method)
    if known is None:
        return None
    return known[min(known, key=lambda length: (abs(length - n), length))]
