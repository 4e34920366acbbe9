"""Shares weighted by cases: how many of the victims come from covered corridors."""

from __future__ import annotations

import numpy as np

from indicators.compute.task import Outcome, Task
from indicators.formula import cells
from indicators.formula.cells import Cells
from indicators.formula.evaluate import NO_CASES, Evaluation
from indicators.formula.functions import FUNCTIONS
from indicators.formula.tree import Call, Node, Reference, references
from indicators.model.codes import Status
from indicators.model.series import TOTAL

_DIMENSION = "COR"


def weighted_by(task: Task) -> Outcome:
    """Cases of the partners whose marker is 1, over all cases, times ``per``.

    Equation: sum_c w_c x_c / sum_c w_c over the partners c that the weights list. A partner that
    is not listed in a period had no case in it, if any partner is listed; a listed partner
    without a marker makes the value missing. A first input in ``sum3`` pools three periods.
    """
    evaluation = task.evaluation
    weight, marker = task.input(0), references(task.input(1))[0]
    pooled = references(weight)[0]
    parts = [
        _weighted(evaluation, pooled, marker, code, _window(weight))
        for code in _partners(evaluation, pooled)
    ]
    if not parts:
        absent = evaluation.read(pooled.variable, {}, pooled.shift)
        return Outcome(result=absent, numerator=absent, denominator=absent)
    covered, whole = parts[0]
    for more_covered, more_whole in parts[1:]:
        covered, whole = cells.add(covered, more_covered), cells.add(whole, more_whole)
    whole = _listed(evaluation, pooled, _window(weight), whole)
    ratio = cells.divide(covered, whole, NO_CASES)
    return Outcome(
        result=cells.scale(ratio, task.indicator.per), numerator=covered, denominator=whole
    )


def _window(tree: Node) -> int:
    return FUNCTIONS[tree.function].window if isinstance(tree, Call) else 1


def _partners(evaluation: Evaluation, reference: Reference) -> list[str]:
    cube = evaluation.cubes.get(reference.variable)
    if cube is None:
        return []
    return sorted({code for b in cube.breakdowns if (code := b.code(_DIMENSION))})


def _weighted(
    evaluation: Evaluation, weight: Reference, marker: Reference, code: str, window: int
) -> tuple[Cells, Cells]:
    selected = {_DIMENSION: code}
    total = cells.constant(0.0)
    for lag in range(window):
        found = evaluation.read(weight.variable, selected, weight.shift + lag)
        total = cells.add(total, _as_none(found))
    mark = evaluation.read(marker.variable, selected, marker.shift)
    # a partner without cases needs no marker
    needless = (total.status <= int(Status.Z)) & (total.value == 0)
    mark = Cells(
        value=np.where(needless, 0.0, mark.value),
        status=np.where(needless, np.int8(Status.A), mark.status),
        causes=np.where(needless, np.int32(0), mark.cause),
    )
    return cells.multiply(total, mark), total


def _as_none(found: Cells) -> Cells:
    """Unlisted partners count as no case; whether the period is listed at all is asked later."""
    unlisted = found.status > int(Status.S)
    low, high = found.bounds
    return Cells(
        value=np.where(unlisted, 0.0, found.value),
        low=None if found.low is None else np.where(unlisted, 0.0, low),
        high=None if found.high is None else np.where(unlisted, 0.0, high),
        status=np.where(unlisted, np.int8(Status.A), found.status),
        causes=np.array(0, dtype=np.int32),
    )


def _listed(evaluation: Evaluation, weight: Reference, window: int, whole: Cells) -> Cells:
    """The whole, missing where a pooled period lists no partner."""
    shape = evaluation.grid.shape
    complete = np.ones(shape, dtype=bool)
    for lag in range(weight.shift, weight.shift + window):
        listed = np.zeros(shape, dtype=bool)
        for read in evaluation.reads:
            if read.variable == weight.variable and read.lag == lag:
                listed = listed | (read.cells.status <= int(Status.S))
        complete = complete & listed
    cause = evaluation.cause(weight.variable, TOTAL)
    return Cells(
        value=np.where(complete, whole.value, np.nan),
        low=None if whole.low is None else np.where(complete, whole.low, np.nan),
        high=None if whole.high is None else np.where(complete, whole.high, np.nan),
        status=np.where(complete, whole.status, np.int8(Status.M)),
        causes=np.where(complete, whole.cause, np.int32(cause)),
    )
