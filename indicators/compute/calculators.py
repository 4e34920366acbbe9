"""What MODEL, INDEX, WSHARE, MEDIAN, CHECK and SCORE definitions name instead of a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indicators.compute import (
    deserts,
    equality,
    medians,
    net_trend,
    profile,
    reasons,
    run_off,
    weights,
)
from indicators.compute.ranges import known_bounds
from indicators.compute.task import Outcome, Task
from indicators.errors import N_
from indicators.formula import cells
from indicators.formula.cells import Cells
from indicators.formula.evaluate import zero_cause
from indicators.model.codes import IntervalRule, Kind, Status
from indicators.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculator:
    """A named computation.

    Attributes:
        id: name that definitions use.
        title: what it returns, in words.
        run: from a task to arrays.
        inputs: how many inputs it takes.
        kinds: kinds of indicators that may name it.
        consumes: dimensions that it reads itself, so that no result is broken down by them.
    """

    id: str
    title: str
    run: Callable[[Task], Outcome]
    inputs: int
    kinds: frozenset[Kind]
    consumes: frozenset[str] = frozenset()


def part_of(task: Task) -> Outcome:
    """The first input over the second, times ``per``."""
    part, whole = (task.evaluation.evaluate(task.input(index)) for index in (0, 1))
    ratio = cells.ratio(part, whole, task.indicator.per, zero_cause(task.input(1)))
    return Outcome(result=ratio, numerator=part, denominator=whole)


def level(task: Task) -> Outcome:
    """The input itself: a score on a fixed scale."""
    return Outcome(result=cells.scale(task.evaluation.evaluate(task.input(0)), task.indicator.per))


def estimate_rate(task: Task) -> Outcome:
    """An estimated number over a population; the limits of the estimate are carried along."""
    outcome = part_of(task)
    is_propagated = task.indicator.interval is IntervalRule.PROPAGATED
    low, high = known_bounds(outcome.result) if is_propagated else (None, None)
    return Outcome(
        result=outcome.result,
        low=low,
        high=high,
        numerator=outcome.numerator,
        denominator=outcome.denominator,
    )


def intervention_effect(task: Task) -> Outcome:
    """No value: the effect of an event is an analysis of a chosen series, not a formula."""
    shape = task.evaluation.grid.shape
    return Outcome(
        result=Cells(
            value=np.full(shape, np.nan),
            status=np.full(shape, int(Status.X), dtype=np.int8),
            causes=np.full(shape, reasons.NEEDS_EVENT, dtype=np.int32),
        )
    )


CALCULATORS: Registry[Calculator] = Registry(
    "calculator",
    [
        Calculator(
            id="part_of",
            title=N_("Part of a whole"),
            run=part_of,
            inputs=2,
            kinds=frozenset({Kind.WSHARE}),
        ),
        Calculator(
            id="weighted_by",
            title=N_("Share of cases that are covered"),
            run=weights.weighted_by,
            inputs=2,
            kinds=frozenset({Kind.WSHARE}),
            consumes=frozenset({"COR"}),
        ),
        Calculator(
            id="items_met",
            title=N_("Items met of all items"),
            run=part_of,
            inputs=2,
            kinds=frozenset({Kind.CHECK}),
        ),
        Calculator(
            id="level",
            title=N_("Score"),
            run=level,
            inputs=1,
            kinds=frozenset({Kind.SCORE}),
        ),
        Calculator(
            id="median",
            title=N_("Middle value"),
            run=medians.median,
            inputs=1,
            kinds=frozenset({Kind.MEDIAN}),
            consumes=frozenset({"STAT", "DAY"}),
        ),
        Calculator(
            id="median_revision",
            title=N_("Middle size of the revisions"),
            run=medians.median_revision,
            inputs=2,
            kinds=frozenset({Kind.MEDIAN}),
        ),
        Calculator(
            id="equal_access",
            title=N_("Lowest share of a group over the highest"),
            run=equality.equal_access,
            inputs=2,
            kinds=frozenset({Kind.INDEX}),
            consumes=frozenset({"SEX", "AGE", "CITG", "FORM", "RSK", "CIT"}),
        ),
        Calculator(
            id="deserts",
            title=N_("Share of the people who live where nobody was found"),
            run=deserts.deserts,
            inputs=2,
            kinds=frozenset({Kind.WSHARE}),
        ),
        Calculator(
            id="chain_ladder",
            title=N_("Share in the end, projected from earlier groups"),
            run=run_off.chain_ladder,
            inputs=2,
            kinds=frozenset({Kind.MODEL}),
            consumes=frozenset({"K"}),
        ),
        Calculator(
            id="net_trend",
            title=N_("Yearly change that effort does not explain"),
            run=net_trend.net_trend,
            inputs=5,
            kinds=frozenset({Kind.MODEL}),
        ),
        Calculator(
            id="pillar_profile",
            title=N_("Scores of the three pillars against the own baseline"),
            run=profile.pillar_profile,
            inputs=3,
            kinds=frozenset({Kind.INDEX}),
        ),
        Calculator(
            id="estimate_rate",
            title=N_("Estimated number over the population"),
            run=estimate_rate,
            inputs=2,
            kinds=frozenset({Kind.MODEL}),
        ),
        Calculator(
            id="intervention_effect",
            title=N_("Effect of an event on a series"),
            run=intervention_effect,
            inputs=2,
            kinds=frozenset({Kind.MODEL}),
        ),
    ],
)
"""Every calculator that is built; a definition that names another one is refused."""
