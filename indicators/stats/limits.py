"""The one table of lengths: how many points are enough for what (methods.md section 0).

Models, screens, texts and tests read it here. Points are periods with a usable value after
exclusions; suppressed points count for count models only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SPARE_POINTS = 5
"""Points minus parameters must be at least this everywhere."""
MAX_CENSORED_SHARE = 0.2
"""Log-linear, rank and joinpoint methods refuse above this share of suppressed points."""
MAX_CENSORED_SHARE_COUNTS = 0.5
"""Count models refuse above this share of suppressed points."""
MIN_UNCENSORED_COUNTS = 5
"""Count models refuse with fewer exact points."""
EXACT_KENDALL_FROM = 5
EXACT_KENDALL_TO = 10
"""Exact Kendall p between these lengths when no two values are equal."""
NORMAL_KENDALL_FROM = 8
MIN_SHAPIRO = 8
MIN_HAC_UNCAUTIONED = 12
"""Shorter series get a caution instead of a correction for dependent errors."""
CONSERVATIVE_BELOW = 20
"""Below this the larger of the plain and the Newey-West standard error is reported."""
MIN_NEGATIVE_BINOMIAL = 10
MIN_PLACEBOS = 8
"""Fewer false dates give no comparison in numbers."""
MIN_ORDER_STATISTICS = 6
"""A 95 percent interval of a median does not exist below."""
MIN_DENOMINATOR = 20
SHORT_SEGMENT = 4
"""A stretch between bends of fewer points, both ends counted, has an uncertain slope."""
WEIGHTED_BIC_FROM = 22
"""Below, the number of change points is chosen by the permutation test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How much one method needs.

    Attributes:
        points: least number of points.
        unflagged: from here on without the mark "few points".
        before, after: least points on either side of an event.
    """

    points: int
    unflagged: int = 0
    before: int = 0
    after: int = 0


LENGTHS: Mapping[str, Length] = MappingProxyType(
    {
        "interval": Length(points=1),
        "difference": Length(points=2),
        "theil_sen": Length(points=4, unflagged=NORMAL_KENDALL_FROM),
        "apc_loglinear": Length(points=7, unflagged=8),
        "count_trend": Length(points=8),
        "level": Length(points=8, before=4, after=4),
        "level_slope": Length(points=12, before=6, after=4),
        "joinpoint": Length(points=9, unflagged=12),
        "forecast": Length(points=12),
        "forecast_all": Length(points=16),
        "arima": Length(points=22),
        "net_trend": Length(points=12),
        "breaks": Length(points=20),
    }
)
"""Needs by method id."""


def max_joinpoints(n: int) -> int:
    """Most change points that ``n`` points allow; from 9 on request, proposed from 12."""
    steps = (9, 16, 22, 27)
    return sum(n >= step for step in steps)


MAX_HORIZON = 5
SHORT_HORIZON = 3
"""Most years ahead below the length at which all forecasts are allowed."""


def max_horizon(n: int) -> int:
    """Most years ahead that ``n`` points bear: a quarter of them, at most 5 (3 when short)."""
    if n < LENGTHS["forecast"].points:
        return 0
    longest = MAX_HORIZON if n >= LENGTHS["forecast_all"].points else SHORT_HORIZON
    return min(n // 4, longest)


def has_spare_points(n: int, parameters: int) -> bool:
    """Whether ``n`` points carry a model of that many parameters."""
    return n - parameters >= SPARE_POINTS


def allowed(n: int) -> tuple[str, ...]:
    """Ids of ``LENGTHS`` that ``n`` points allow, in order of need."""
    return tuple(name for name, length in LENGTHS.items() if n >= length.points)
