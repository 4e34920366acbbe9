"""Impact designs: what changed after a law, plan or programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indicators.errors import N_
from indicators.impact import interrupted
from indicators.model.results import ImpactResult, Refusal
from indicators.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactDesign:
    """A way to compare the time after an event with what was to be expected.

    Attributes:
        id: stable name.
        title: translatable.
        fit: series and event to result.
        source: citation.
    """

    id: str
    title: str
    fit: Callable[..., ImpactResult | Refusal]
    source: str = ""


DESIGNS: Registry[ImpactDesign] = Registry(
    "impact design",
    [
        ImpactDesign(
            id="interrupted",
            title=N_("Before and after an event"),
            fit=interrupted.interrupted,
            source="Lopez Bernal, Cummins and Gasparrini (2017), Int. J. Epidemiol. 46(1)",
        ),
    ],
)
