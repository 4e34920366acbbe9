"""How a value came about: the formula in words, with the numbers, and every cell behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from indicators.compute.pieces import Piece, finite, numbers, result, words
from indicators.compute.pipeline import prepare, series_of
from indicators.compute.task import Task, base_trees, main_trees
from indicators.formula.evaluate import Evaluation, Grid, Read
from indicators.formula.tree import Node, Operation, written
from indicators.model.codes import Flags, Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL, Breakdown, Cube


@dataclass(frozen=True, slots=True, kw_only=True)
class InputCell:
    """One observation that the value uses, or the gap where it should be."""

    variable: str
    breakdown: Breakdown
    period: Period
    value: float | None
    low: float | None
    high: float | None
    status: Status
    flags: str
    vintage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A value with its formula and inputs.

    Attributes:
        code, area, period, breakdown, unit: what is explained.
        value: the result.
        formula: the formula as the definition has it.
        words: the formula in words.
        numbers: the formula with the numbers of this period, to the result.
        inputs: every cell that was read, each once.
        whole_population: the base is a total that lacks a dimension asked for.
    """

    code: str
    area: str
    period: Period
    breakdown: Breakdown
    unit: str
    value: IndicatorValue
    formula: str
    words: tuple[Piece, ...]
    numbers: tuple[Piece, ...]
    inputs: tuple[InputCell, ...]
    whole_population: bool


def explain(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    area: str,
    period: Period,
    breakdown: Breakdown = TOTAL,
    *,
    level: float = 0.95,
    parameters: Mapping[str, object] | None = None,
    latest: Period | None = None,
    parents: Mapping[str, str] | None = None,
) -> Explanation:
    """How the value of one area, period and breakdown came about.

    Args:
        indicator: the definition.
        cubes: one cube a variable.
        area: area code.
        period: reference period.
        breakdown: cut.
        level: confidence level of the range.
        parameters: values of ``k``, ``g`` or ``dimension``.
        latest: last period for which the data are complete; None for the last with data.
        parents: code of the area above, by area code.
    """
    task = prepare(
        indicator,
        cubes,
        areas=(area,),
        breakdowns=(breakdown,),
        periods=(period, period),
        level=level,
        parameters=parameters,
        latest=latest,
        parents=parents,
    )
    task = task if task.evaluation.grid.periods else _with_period(task, period)
    (series,) = series_of(task, everything=True)
    value = series.values[0]
    inputs = _inputs(task.evaluation, period)
    return Explanation(
        code=indicator.code,
        area=area,
        period=period,
        breakdown=breakdown,
        unit=indicator.unit,
        value=value,
        formula=formula_text(indicator),
        words=words(task, period),
        numbers=(*numbers(task, period), *result(value)),
        inputs=inputs,
        whole_population=series.whole_population,
    )


def formula_text(indicator: Indicator) -> str:
    """The whole formula as text, with codes."""
    if indicator.calculator is not None:
        return f"{indicator.calculator}({', '.join(indicator.inputs)})"
    tree = _whole(indicator)
    per = "" if indicator.per == 1 else f" * {indicator.per:g}"
    text = written(tree)
    loose = per and isinstance(tree, Operation) and tree.operator in "+-"
    return f"({text}){per}" if loose else f"{text}{per}"


def _whole(indicator: Indicator) -> Node:
    if indicator.denominator is None:
        return main_trees(indicator)[0]
    return Operation(operator="/", left=main_trees(indicator)[0], right=base_trees(indicator)[0])


def _with_period(task: Task, period: Period) -> Task:
    """The task for a period that the main side does not have at all."""
    grid = task.evaluation.grid
    return replace(
        task,
        evaluation=Evaluation(
            cubes=task.evaluation.cubes,
            grid=Grid(breakdowns=grid.breakdowns, areas=grid.areas, periods=(period,)),
            parameters=task.evaluation.parameters,
        ),
    )


# inputs ----------------------------------------------------------------------------------------


def _inputs(evaluation: Evaluation, period: Period) -> tuple[InputCell, ...]:
    found: dict[tuple[str, Breakdown, Period], InputCell] = {}
    for read in evaluation.reads:
        cell = _cell(read, period.shift(-read.lag))
        found.setdefault((cell.variable, cell.breakdown, cell.period), cell)
    return tuple(found.values())


def _cell(read: Read, period: Period) -> InputCell:
    status = Status(int(np.max(read.cells.status)))
    low, high = read.cells.bounds
    point = status <= Status.Z
    value = float(np.max(read.cells.value)) if point else None
    bounds = (finite(low), finite(high)) if status <= Status.S else (None, None)
    return InputCell(
        variable=read.variable,
        breakdown=read.breakdowns[0],
        period=period,
        value=value,
        low=None if bounds[0] == value else bounds[0],
        high=None if bounds[1] == value else bounds[1],
        status=status,
        flags=_letters(read),
        vintage=int(np.max(read.vintage)),
    )


def _letters(read: Read) -> str:
    return Flags(int(np.bitwise_or.reduce(np.ravel(read.flags)))).letters()
