"""Impact designs: what changed after a law, plan or programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indicators.errors import N_
from indicators.impact import controlled, difference, interrupted, synthetic
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
        needs_controls: it compares with series that the event did not touch.
    """

    id: str
    title: str
    fit: Callable[..., ImpactResult | Refusal]
    source: str = ""
    needs_controls: bool = False


DESIGNS: Registry[ImpactDesign] = Registry(
    "impact design",
    [
        ImpactDesign(
            id="interrupted",
            title=N_("Before and after an event"),
            fit=interrupted.interrupted,
            source="Lopez Bernal, Cummins and Gasparrini (2017), Int. J. Epidemiol. 46(1)",
        ),
        ImpactDesign(
            id="controlled",
            title=N_("Before and after, against other areas"),
            fit=controlled.controlled,
            source="Lopez Bernal, Cummins and Gasparrini (2018), Int. J. Epidemiol. 47(6)",
            needs_controls=True,
        ),
        ImpactDesign(
            id="difference",
            title=N_("Areas with the event against areas without"),
            fit=difference.difference,
            source="Bertrand, Duflo and Mullainathan (2004), Q. J. Econ. 119(1)",
            needs_controls=True,
        ),
        ImpactDesign(
            id="synthetic",
            title=N_("Against a mix of other areas"),
            fit=synthetic.synthetic,
            source="Abadie, Diamond and Hainmueller (2010), J. Am. Stat. Assoc. 105(490)",
            needs_controls=True,
        ),
    ],
)
