"""Kinds of indicators: which ranges they may have, whether they may exceed the whole, how they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from indicators.compute import reasons
from indicators.compute.calculators import CALCULATORS
from indicators.compute.ranges import (
    factor_counts,
    known_bounds,
    product_range,
    quotient_range,
)
from indicators.compute.task import Outcome, Task, main_trees
from indicators.errors import N_
from indicators.formula import cells
from indicators.formula.cells import Cells, Mask
from indicators.formula.evaluate import zero_cause
from indicators.formula.parse import parse
from indicators.formula.tree import Node, Reference, references
from indicators.model.codes import IntervalRule, Kind, Status
from indicators.model.period import Period
from indicators.model.series import Floats
from indicators.registry import Registry

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What holds for every indicator of a kind.

    Attributes:
        id: name of the kind.
        title: English label.
        run: from a task to arrays.
        intervals: range rules that a definition of this kind may state.
        bounded: a value above the whole is an error in the data.
        is_subset: the numerator must be declared to be part of the denominator.
        has_sides: defined by numerator and denominator.
        has_formula: defined by one formula; the others name a calculator.
    """

    id: str
    title: str
    run: Callable[[Task], Outcome]
    intervals: frozenset[IntervalRule]
    bounded: bool = False
    is_subset: bool = False
    has_sides: bool = False
    has_formula: bool = False


def kind_rule(kind: Kind) -> KindRule:
    """The rule of a kind."""
    return KINDS[kind.value]


def run(task: Task) -> Outcome:
    """The result arrays of a task, with bounds checked and small numbers marked."""
    rule = kind_rule(task.indicator.kind)
    outcome = rule.run(task)
    return _checked(task, outcome) if rule.bounded else outcome


# quotients -------------------------------------------------------------------------------------


def quotient(task: Task) -> Outcome:
    """Numerator over denominator times ``per``."""
    top_tree, bottom_tree = sides(task)
    task.evaluation.compact = True
    top, bottom = task.evaluation.evaluate(top_tree), task.evaluation.evaluate(bottom_tree)
    result = cells.ratio(top, bottom, task.indicator.per, zero_cause(bottom_tree))
    result = _needs_effective_n(task, result)
    low, high = _limits(task, result, quotient_range(task, top, bottom, (top_tree, bottom_tree)))
    return Outcome(
        result=result,
        low=low,
        high=high,
        # a share of counts has its range exactly where it has a value
        is_limited=task.indicator.interval is IntervalRule.WILSON
        and task.indicator.n_effective is None,
        numerator=top,
        denominator=bottom,
        counted=_counted(task, top_tree, top, bottom),
    )


def _counted(task: Task, tree: Node, top: Cells, bottom: Cells) -> Floats | None:
    """How many cases stand behind the value: of a rate those that happened, else the base.

    A complete inventory (no range) is not muted for being small: five of eight plans are all
    there are. Money is not counted.
    """
    if task.indicator.interval is IntervalRule.NONE or _is_money(task, tree):
        return None
    return (top if task.indicator.kind is Kind.RATE else bottom).value


def sides(task: Task) -> tuple[Node, Node]:
    """Trees of numerator and denominator."""
    indicator = task.indicator
    assert indicator.numerator is not None  # the loader refuses quotients without sides
    assert indicator.denominator is not None
    return parse(indicator.numerator.formula), parse(indicator.denominator.formula)


def _is_money(task: Task, tree: Node) -> bool:
    names = {reference.variable for reference in references(tree)}
    units = (task.evaluation.cubes[name].unit for name in names if name in task.evaluation.cubes)
    return any(unit == "money" or ":" in unit for unit in units)


def _needs_effective_n(task: Task, result: Cells) -> Cells:
    """A survey share without its effective number of respondents is no value."""
    if task.indicator.n_effective is None:
        return result
    effective = task.evaluation.evaluate(parse(task.indicator.n_effective))
    lacking = (effective.status > int(Status.S)) & (result.status <= int(Status.S))
    return _emptied(result, lacking, effective.cause, status=Status.M)


def _limits(
    task: Task, result: Cells, pair: tuple[Floats, Floats] | None
) -> tuple[Floats | None, Floats | None]:
    if task.indicator.interval is IntervalRule.PROPAGATED:
        return known_bounds(result)
    return pair if pair is not None else (None, None)


def _emptied(
    result: Cells, where: Mask, cause: object, *, status: Status, keep_bounds: bool = False
) -> Cells:
    """The cells with some values taken away."""
    if not np.any(where):
        return result
    low, high = result.bounds
    empty = np.nan
    return Cells(
        value=np.where(where, empty, result.value),
        low=low if keep_bounds else np.where(where, empty, low),
        high=high if keep_bounds else np.where(where, empty, high),
        status=np.where(where, np.int8(status), result.status),
        causes=np.where(where, np.asarray(cause, dtype=np.int32), result.cause),
    )


def _checked(task: Task, outcome: Outcome) -> Outcome:
    """A part above its whole or below zero is an error in the data, not a value."""
    result, whole = outcome.result, task.indicator.per
    if result.low is None and _lies_within(result.value, whole):
        return outcome
    with np.errstate(invalid="ignore"):
        above = result.is_point & (result.value > whole * (1 + TOLERANCE))
        below = result.is_point & (result.value < -TOLERANCE)
    result = _emptied(result, above, reasons.ABOVE_WHOLE, status=Status.M)
    result = _emptied(result, below, reasons.BELOW_ZERO, status=Status.M)
    if result.low is not None and result.high is not None:
        low, high = np.clip(result.low, 0, whole), np.clip(result.high, 0, whole)
        result = replace(result, low=low, high=high)
    return replace(outcome, result=result)


def _lies_within(value: Floats, whole: float) -> bool:
    """Whether all known values lie between nothing and the whole, without a copy."""
    if value.size == 0:
        return True
    least, most = np.fmin.reduce(value, axis=None), np.fmax.reduce(value, axis=None)
    return not (most > whole * (1 + TOLERANCE) or least < -TOLERANCE)


# cohorts ---------------------------------------------------------------------------------------


def cohort(task: Task) -> Outcome:
    """A quotient of one group followed for k years; groups not yet followed that long are open.

    An open group has no value: its range goes from what has happened so far to what would be if
    it still happened to everybody.
    """
    outcome = quotient(task)
    years = followed_years(task)
    if task.latest is None or years == 0:
        return outcome
    latest = task.latest
    flags = [
        period.frequency == latest.frequency and Period(period.code + 100 * years) > latest
        for period in task.evaluation.grid.periods
    ]
    is_open = np.array(flags, dtype=bool)[None, None, :] & outcome.result.is_point
    if not is_open.any():
        return outcome
    per, value = task.indicator.per, outcome.result.value
    rises = _is_plain(task)
    low, high = outcome.result.bounds
    bounded = replace(
        outcome.result,
        low=np.where(is_open, value if rises else 0.0, low),
        high=np.where(is_open, per if rises else value, high),
    )
    result = _emptied(bounded, is_open, reasons.OPEN_COHORT, status=Status.M, keep_bounds=True)
    return replace(outcome, result=result)


def _is_plain(task: Task) -> bool:
    """Whether more outcomes raise the value: the numerator is the outcome itself."""
    return isinstance(main_trees(task.indicator)[0], Reference)


def followed_years(task: Task) -> int:
    """For how many years the groups of a cohort are followed."""
    parameters = dict(task.evaluation.parameters)
    years = [
        int(code)
        for reference in references(sides(task)[0])
        for code in reference.with_parameters(parameters).codes("K") or ()
        if code.isdigit()
    ]
    return max(years, default=0)


# whole formulas and calculators ----------------------------------------------------------------


def whole_formula(task: Task) -> Outcome:
    """A formula of its own: a ratio of ratios, or a growth."""
    tree = main_trees(task.indicator)[0]
    result = cells.scale(task.evaluation.evaluate(tree), task.indicator.per)
    pair = (
        product_range(task, tree, result)
        if task.indicator.interval is IntervalRule.DELTA
        else None
    )
    low, high = _limits(task, result, pair)
    counted = None if _is_money(task, tree) else _least(task, tree, result)
    return Outcome(result=result, low=low, high=high, counted=counted)


def _least(task: Task, tree: Node, result: Cells) -> Floats:
    """The smallest count that the formula compares, where it has a value."""
    counts = [np.broadcast_to(each, result.value.shape) for each in factor_counts(task, tree)]
    least: Floats = np.min(np.stack(counts), axis=0) if counts else np.full((), np.nan)
    return np.where(result.is_point, least, np.nan)


def calculated(task: Task) -> Outcome:
    """What the named calculator returns."""
    assert task.indicator.calculator is not None  # the loader refuses definitions without one
    return CALCULATORS[task.indicator.calculator].run(task)


_NONE = IntervalRule.NONE

KINDS: Registry[KindRule] = Registry(
    "kind of indicator",
    [
        KindRule(
            id="SHARE",
            title=N_("Share"),
            run=quotient,
            intervals=frozenset({IntervalRule.WILSON, IntervalRule.PROPAGATED, _NONE}),
            bounded=True,
            is_subset=True,
            has_sides=True,
        ),
        KindRule(
            id="RATE",
            title=N_("Rate"),
            run=quotient,
            intervals=frozenset({IntervalRule.POISSON, IntervalRule.PROPAGATED, _NONE}),
            has_sides=True,
        ),
        KindRule(
            id="RATIO",
            title=N_("Ratio"),
            run=quotient,
            intervals=frozenset({IntervalRule.BOOTSTRAP, IntervalRule.PROPAGATED, _NONE}),
            has_sides=True,
        ),
        KindRule(
            id="COHORT",
            title=N_("Share of a group followed over time"),
            run=cohort,
            intervals=frozenset({IntervalRule.WILSON, _NONE}),
            bounded=True,
            is_subset=True,
            has_sides=True,
        ),
        KindRule(
            id="MEDIAN",
            title=N_("Middle value"),
            run=calculated,
            intervals=frozenset({IntervalRule.ORDER, _NONE}),
        ),
        KindRule(
            id="RELATIVE",
            title=N_("Relation of two rates"),
            run=whole_formula,
            intervals=frozenset({IntervalRule.DELTA, _NONE}),
            has_formula=True,
        ),
        KindRule(
            id="WSHARE",
            title=N_("Weighted share"),
            run=calculated,
            intervals=frozenset({_NONE}),
            bounded=True,
        ),
        KindRule(
            id="CHANGE",
            title=N_("Growth"),
            run=whole_formula,
            intervals=frozenset({IntervalRule.DELTA, _NONE}),
            has_formula=True,
        ),
        KindRule(
            id="INDEX",
            title=N_("Index"),
            run=calculated,
            intervals=frozenset({IntervalRule.BOOTSTRAP, IntervalRule.PROPAGATED, _NONE}),
            bounded=True,
        ),
        KindRule(
            id="SCORE",
            title=N_("Score on a fixed scale"),
            run=calculated,
            intervals=frozenset({_NONE}),
        ),
        KindRule(
            id="CHECK",
            title=N_("Checklist"),
            run=calculated,
            intervals=frozenset({_NONE}),
            bounded=True,
        ),
        KindRule(
            id="MODEL",
            title=N_("Estimate from a model"),
            run=calculated,
            intervals=frozenset({IntervalRule.PROPAGATED, IntervalRule.BOOTSTRAP, _NONE}),
        ),
    ],
)
"""Every kind with its rule."""
