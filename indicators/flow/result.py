"""One flow in one area and year, with all that a reader must see beside it."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import Note
from indicators.flow.outcomes import Ending, Reached
from indicators.flow.steps import BRIDGES, Counting, Flow, Step
from indicators.model.period import Period
from indicators.model.results import Interval, Refusal
from indicators.model.series import Breakdown


@dataclass(frozen=True, slots=True, kw_only=True)
class TriangleRow:
    """One group of the run-off triangle.

    Attributes:
        period: when it began.
        size: members.
        counts: outcomes up to 0, 1, 2 ... years; None where not known yet.
    """

    period: Period
    size: float
    counts: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowAnswer:
    """One flow in one area and year.

    Attributes:
        flow: which.
        area, breakdown, period: of what; a group is named by the year it began.
        counting: the same persons or files followed, or what happened in one year.
        steps: in order.
        outcomes: how those decided in the year ended; empty where nothing says so.
        curve: outcomes of the group by years since; empty for a stock.
        triangle: all groups; empty for a stock.
        final: share of the group in the end: observed, projected or why not; None for a stock.
        is_projected: whether ``final`` is a projection.
        bridges: the only indicators that compare flows.
        notes: what a reader must know of the whole.
        vintages: versions of the values used.
        fictitious: all data of the project are invented.
    """

    flow: Flow
    area: str
    breakdown: Breakdown
    period: Period
    counting: Counting
    steps: tuple[Step, ...]
    outcomes: tuple[Ending, ...] = ()
    curve: tuple[Reached, ...] = ()
    triangle: tuple[TriangleRow, ...] = ()
    final: Interval | Refusal | None = None
    is_projected: bool = False
    bridges: tuple[str, ...] = BRIDGES
    notes: tuple[Note, ...] = ()
    vintages: tuple[int, ...] = ()
    fictitious: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Inputs behind the steps."""
        return tuple(dict.fromkeys(step.code for step in self.steps))
