"""Formula text -> tree; the limits are checked before the parser sees the text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import N_, FormulaError
from indicators.formula.tree import Call, Negation, Node, Number, Operation, Reference, Selectors

if TYPE_CHECKING:
    from lark import Lark

MAXIMUM_CHARACTERS = 1_000
MAXIMUM_TOKENS = 200
MAXIMUM_NESTING = 20

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?|\S")
_HINT = N_(
    "A formula has names, numbers, + - * /, parentheses, selectors such as x[SEX=F], "
    "shifts such as x@t-1 and a few functions."
)
_OPERATORS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    # 40 ms that a program start without formulas does not pay
    from lark import Lark

    text = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="contextual", maybe_placeholders=False)


@lru_cache(maxsize=4096)
def parse(formula: str) -> Node:
    """The tree of a formula.

    Args:
        formula: the text of a definition.

    Raises:
        FormulaError: the text is too long, too deep or not of the language; ``data`` has
            ``formula`` and ``column``.
    """
    _check_limits(formula)
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

    try:
        return _node(_grammar().parse(formula))
    except UnexpectedCharacters as error:
        raise _unexpected(formula, error.pos_in_stream) from error
    except UnexpectedToken as error:
        at_end = error.token.type == "$END"
        raise _unexpected(formula, len(formula) if at_end else error.pos_in_stream) from error
    except UnexpectedEOF as error:
        raise _unexpected(formula, len(formula)) from error


def _check_limits(formula: str) -> None:
    if len(formula) > MAXIMUM_CHARACTERS:
        raise FormulaError(
            N_("The formula has {found} characters; at most {limit} are allowed."),
            hint=N_("Split it, or use a calculator."),
            formula=formula[:60],
            column=MAXIMUM_CHARACTERS + 1,
            found=len(formula),
            limit=MAXIMUM_CHARACTERS,
        )
    depth = 0
    for count, match in enumerate(_TOKEN.finditer(formula), start=1):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(match.group(), 0)
        if count > MAXIMUM_TOKENS or depth > MAXIMUM_NESTING:
            raise FormulaError(
                N_(
                    "The formula is nested deeper than {limit} levels at its character {character}."
                )
                if depth > MAXIMUM_NESTING
                else N_(
                    "The formula has more than {limit} words and signs at its character {character}."
                ),
                hint=N_("Split it, or use a calculator."),
                formula=formula,
                column=match.start() + 1,
                character=match.start() + 1,
                limit=MAXIMUM_NESTING if depth > MAXIMUM_NESTING else MAXIMUM_TOKENS,
            )


def _unexpected(formula: str, position: int | None) -> FormulaError:
    place = len(formula) if position is None else position
    match = _TOKEN.match(formula, place)
    if match is None:
        return FormulaError(
            N_("The formula ends too early, after its character {character}."),
            hint=_HINT,
            formula=formula,
            column=max(len(formula), 1),
            character=max(len(formula), 1),
        )
    return FormulaError(
        N_("“{found}” is not expected at character {character} of the formula."),
        hint=_HINT,
        formula=formula,
        column=place + 1,
        character=place + 1,
        found=match.group(),
    )


def _node(tree: Any) -> Node:
    name, parts = str(tree.data), tree.children
    if name == "number":
        return Number(value=float(parts[0]))
    if name == "negate":
        return Negation(operand=_node(parts[0]))
    if name in _OPERATORS:
        return Operation(operator=_OPERATORS[name], left=_node(parts[0]), right=_node(parts[1]))
    if name == "call":
        return Call(
            function=str(parts[0]),
            arguments=tuple(_node(part) for part in parts[1:]),
            column=parts[0].start_pos + 1,
        )
    return _reference(parts)


def _reference(parts: list[Any]) -> Reference:
    selectors: Selectors = ()
    shift = 0
    for part in parts[1:]:
        if hasattr(part, "children"):
            selectors = tuple(
                (str(selector.children[0]), tuple(str(code) for code in selector.children[1:]))
                for selector in part.children
            )
        else:
            shift = int(part.removeprefix("@t-"))
    return Reference(
        variable=str(parts[0]), selectors=selectors, shift=shift, column=parts[0].start_pos + 1
    )
