"""The steps of many series after one event, as one family."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import Note
from indicators.model.results import Intervention
from indicators.model.series import Breakdown


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOfMany:
    """The step of one series among those looked at together.

    Attributes:
        variable, area, breakdown: the series.
        estimate, low, high: step in percent; None when it could not be tested.
        p_value, adjusted: alone, and among all.
        clear: still clear among all.
        smallest_detectable: step that a series this noisy would show in four of five tries.
        reason: why it was not tested, or what was left out; None for a plain one.
    """

    variable: str
    area: str
    breakdown: Breakdown
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    adjusted: float | None = None
    clear: bool = False
    smallest_detectable: float | None = None
    reason: Note | None = None

    @property
    def is_tested(self) -> bool:
        """Whether it belongs to the family."""
        return self.p_value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactsAnswer:
    """All series: clear steps first, the largest first; those not tested stand at the end.

    Attributes:
        event: the event looked at.
        rows: one a series.
        family_size: how many were tested together.
        level: confidence level.
        adjustment: how the p-values were adjusted.
        left_out: inputs that do not count things.
        rivals: other events within two years of this one.
    """

    event: Intervention
    rows: tuple[OneOfMany, ...]
    family_size: int
    level: float
    rivals: tuple[Intervention, ...] = ()
    adjustment: str = "benjamini_hochberg"
    left_out: tuple[str, ...] = ()
