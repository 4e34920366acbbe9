"""A formula as people read it: structured pieces that a screen turns into a line of text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from indicators.compute.task import Task, all_trees, base_trees, main_trees
from indicators.formula.evaluate import Evaluation
from indicators.formula.functions import FUNCTIONS
from indicators.formula.tree import (
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
    Selectors,
)
from indicators.model.codes import Status
from indicators.model.definition import Indicator, LocalText
from indicators.model.period import Period
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL, Breakdown


class PieceKind(Enum):
    """What a piece of an explanation is."""

    TEXT = "text"
    """Words of the definition, in four languages."""
    VARIABLE = "variable"
    """A variable by code, with breakdown and period; the reader looks up its name."""
    NUMBER = "number"
    """A number, or an interval where the input is suppressed, or nothing where it is missing."""
    SIGN = "sign"
    """One of + - x ÷ = ( ) and the comma."""
    FUNCTION = "function"
    """Name of a function or calculator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of a formula as people read it.

    Attributes:
        kind: what it is.
        sign: the sign, or the name of the function.
        text: words, for texts and for numbers that the definition names.
        variable, breakdown, period: of a variable, and of the number that stands for it.
        added: dimensions of which several codes are added up, with the codes.
        value, low, high: of a number; None where there is none.
        status: of a number.
    """

    kind: PieceKind
    sign: str = ""
    text: LocalText | None = None
    variable: str | None = None
    breakdown: Breakdown = TOTAL
    period: Period | None = None
    added: Selectors = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status = Status.A


# words -----------------------------------------------------------------------------------------


def _sign(sign: str) -> Piece:
    return Piece(kind=PieceKind.SIGN, sign=sign)


_SIGNS = {"/": "÷", "*": "×", "-": "−", "+": "+"}


def _per(indicator: Indicator) -> tuple[Piece, ...]:
    if indicator.per == 1:
        return ()
    return _sign("×"), Piece(kind=PieceKind.NUMBER, value=indicator.per)


_QUOTIENTS = ("part_of", "items_met", "estimate_rate")
_PLAIN = "level"


def words(task: Task, period: Period) -> tuple[Piece, ...]:
    """The formula in words: the texts of the definition, or variables by code."""
    indicator = task.indicator
    if indicator.numerator is not None and indicator.denominator is not None:
        return (
            Piece(kind=PieceKind.TEXT, text=indicator.numerator.text),
            _sign("÷"),
            Piece(kind=PieceKind.TEXT, text=indicator.denominator.text),
            *_per(indicator),
        )
    if indicator.members:
        return _called(str(indicator.calculator), _members(task))
    if indicator.calculator is not None:
        parts = [_tree(task, tree, period, 0) for tree in _trees(task)]
        return _calculated(indicator, indicator.calculator, _trees(task), parts)
    return _scaled(indicator, _tree(task, main_trees(indicator)[0], period, 0))


def _members(task: Task) -> list[tuple[Piece, ...]]:
    """The indicators of a profile by name: those of the pillar asked for, else all."""
    asked = {breakdown.code("PIL") for breakdown in task.evaluation.grid.breakdowns}
    return [
        (Piece(kind=PieceKind.TEXT, text=member.name),)
        for member in task.indicator.members
        if member.pillar.value in asked or None in asked
    ]


def _trees(task: Task) -> tuple[Node, ...]:
    return all_trees(task.indicator)


def _calculated(
    indicator: Indicator, name: str, trees: tuple[Node, ...], parts: list[tuple[Piece, ...]]
) -> tuple[Piece, ...]:
    """A calculator that only divides is shown as the division it is."""
    if name == _PLAIN:
        return parts[0]
    if name in _QUOTIENTS:
        whole = Operation(operator="/", left=trees[0], right=trees[1])
        top, bottom = (
            _grouped(whole, tree, part) for tree, part in zip(trees, parts, strict=True)
        )
        return *top, _sign("÷"), *bottom, *_per(indicator)
    return _called(name, parts)


def _called(name: str, arguments: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = [Piece(kind=PieceKind.FUNCTION, sign=name), _sign("(")]
    for index, argument in enumerate(arguments):
        pieces += [*([_sign(",")] if index else []), *argument]
    return (*pieces, _sign(")"))


def _scaled(indicator: Indicator, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    per = _per(indicator)
    return (_sign("("), *pieces, _sign(")"), *per) if per else pieces


def _tree(
    task: Task, tree: Node, period: Period, lag: int, *, numbers: bool = False
) -> tuple[Piece, ...]:
    """A tree as pieces: variables by name, or the numbers that stand for them."""

    def below(node: Node, more: int = 0) -> tuple[Piece, ...]:
        return _tree(task, node, period, lag + more, numbers=numbers)

    match tree:
        case Number():
            return (Piece(kind=PieceKind.NUMBER, value=tree.value),)
        case Reference():
            return (_piece(task, tree, period, lag, numbers=numbers),)
        case Negation():
            return _sign("−"), *below(tree.operand)
        case Operation():
            left, right = (_grouped(tree, node, below(node)) for node in (tree.left, tree.right))
            return *left, _sign(_SIGNS[tree.operator]), *right
        case Call() if FUNCTIONS[tree.function].window > 1:
            window = range(FUNCTIONS[tree.function].window)
            parts = [below(tree.arguments[0], back) for back in window]
            return _called(tree.function.rstrip("2345"), parts)
        case Call():
            return _called(tree.function, [below(node) for node in tree.arguments])


def _grouped(tree: Operation, node: Node, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Brackets around a side that would otherwise be read differently."""
    if not isinstance(node, Operation):
        return pieces
    is_sum, in_product = node.operator in "+-", tree.operator in "*/"
    on_the_right = node is tree.right and tree.operator in "-/" and is_sum != in_product
    if (is_sum and in_product) or on_the_right:
        return _sign("("), *pieces, _sign(")")
    return pieces


def _piece(task: Task, reference: Reference, period: Period, lag: int, *, numbers: bool) -> Piece:
    filled = reference.with_parameters(dict(task.evaluation.parameters))
    back = lag + reference.shift
    dims = tuple((dim, codes[0]) for dim, codes in filled.selectors if len(codes) == 1)
    added = tuple(pair for pair in filled.selectors if len(pair[1]) > 1)
    breakdown = Breakdown((*task.evaluation.grid.breakdowns[0].without(*dict(dims)).dims, *dims))
    if not numbers:
        return Piece(
            kind=PieceKind.VARIABLE,
            variable=reference.variable,
            breakdown=breakdown,
            period=period.shift(-back),
            added=added,
        )
    value, low, high, status = _evaluated(task, reference, lag)
    return Piece(
        kind=PieceKind.NUMBER,
        variable=reference.variable,
        breakdown=breakdown,
        period=period.shift(-back),
        added=added,
        value=value,
        low=low,
        high=high,
        status=status,
    )


# numbers ---------------------------------------------------------------------------------------


def _evaluated(
    task: Task, tree: Node, lag: int = 0
) -> tuple[float | None, float | None, float | None, Status]:
    """One number of the formula; looking does not add to what the task has read."""
    evaluation = task.evaluation
    aside = Evaluation(
        cubes=evaluation.cubes, grid=evaluation.grid, parameters=evaluation.parameters
    )
    with np.errstate(all="ignore"):
        found = aside.evaluate(tree, lag)
    status = Status(int(np.max(found.status)))
    if status <= Status.Z:
        return float(np.max(found.value)), None, None, status
    if status is Status.S:
        return None, finite(found.bounds[0]), finite(found.bounds[1]), status
    return None, None, None, status


def finite(array: object) -> float | None:
    """The one number of a one-cell array; None where it is open or unknown."""
    number = float(np.max(np.asarray(array)))
    return number if np.isfinite(number) else None


def numbers(task: Task, period: Period) -> tuple[Piece, ...]:
    """The formula with the numbers of the period; nothing where a calculator reads many cells."""
    indicator = task.indicator
    if indicator.numerator is not None and indicator.denominator is not None:
        return (
            _side_number(task, main_trees(indicator)[0], indicator.numerator.text),
            _sign("÷"),
            _side_number(task, base_trees(indicator)[0], indicator.denominator.text),
            *_per(indicator),
        )
    if indicator.calculator is not None:
        if indicator.calculator not in (*_QUOTIENTS, _PLAIN):
            return ()
        parts = [_tree(task, tree, period, 0, numbers=True) for tree in _trees(task)]
        return _calculated(indicator, indicator.calculator, _trees(task), parts)
    return _scaled(indicator, _tree(task, main_trees(indicator)[0], period, 0, numbers=True))


def _side_number(task: Task, tree: Node, text: LocalText) -> Piece:
    value, low, high, status = _evaluated(task, tree)
    return Piece(kind=PieceKind.NUMBER, text=text, value=value, low=low, high=high, status=status)


def result(value: IndicatorValue) -> tuple[Piece, ...]:
    """The equals sign and what came out."""
    return _sign("="), Piece(
        kind=PieceKind.NUMBER,
        value=value.value,
        low=value.low,
        high=value.high,
        status=value.status,
    )
