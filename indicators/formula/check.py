"""Whether a formula fits its variables: names, dimensions, units, subsets, cycles."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from indicators import codelists
from indicators.errors import C_, N_, DefinitionError, FormulaError, IndicatorsError
from indicators.formula.functions import FUNCTIONS
from indicators.formula.tree import (
    PARAMETERS,
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
    children,
    nodes,
    references,
    written,
)
from indicators.model.definition import Variable

Variables: TypeAlias = Mapping[str, Variable]

_DURATIONS = ("days", "months", "years")
_FREE = ("index", "score", "0/1", "any", "ratio", "%")
"""Units that may meet any other: indexes, scores and values of any kind."""
MAXIMUM_DEPTH = 50
MAXIMUM_READS = 500
"""Windows inside windows multiply: more looks into the data than this are refused."""


def check(formula: str, tree: Node, variables: Variables) -> None:
    """Refuse a formula whose names, dimensions, arguments or units do not fit.

    Raises:
        FormulaError: with ``formula`` and ``column``.
    """
    for node in nodes(tree):
        if isinstance(node, Call):
            _check_call(formula, node)
        elif isinstance(node, Reference):
            _check_reference(formula, node, variables)
    if reads(tree) > MAXIMUM_READS:
        raise FormulaError(
            N_("The formula looks up more than {limit} values for one result."),
            hint=N_("Put fewer windows such as sum5 inside each other."),
            formula=formula,
            column=1,
            limit=MAXIMUM_READS,
        )
    try:
        unit(tree, variables)
    except _UnitsDiffer as problem:
        raise FormulaError(
            N_("“{formula}” joins {left} and {right} in “{part}”."),
            hint=N_("Only amounts of one kind can be added, subtracted or compared."),
            formula=formula,
            column=_first_column(problem.node),
            part=written(problem.node),
            left=problem.left,
            right=problem.right,
        ) from None


def reads(tree: Node) -> int:
    """How many cells one result of the formula looks up."""
    if isinstance(tree, Reference):
        return math.prod(len(codes) for _, codes in tree.selectors)
    below = sum(reads(node) for node in children(tree))
    return below * FUNCTIONS[tree.function].window if isinstance(tree, Call) else below


def _first_column(tree: Node) -> int:
    return min((ref.column for ref in references(tree)), default=1)


def _near(name: str, names: Iterator[str] | Mapping[str, object]) -> tuple[str, dict[str, str]]:
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return N_("Did you mean “{near}”?"), {"near": near[0]}
    return "", {}


def _check_call(formula: str, call: Call) -> None:
    if call.function not in FUNCTIONS:
        hint, data = _near(call.function, iter(FUNCTIONS.names))
        raise FormulaError(
            N_("There is no function “{name}”."),
            hint=hint or N_("The functions are {known}."),
            formula=formula,
            column=call.column,
            name=call.function,
            known=", ".join(FUNCTIONS.names),
            **data,
        )
    most = FUNCTIONS[call.function].maximum
    if len(call.arguments) > most:
        raise FormulaError(
            C_(
                "The function “{name}” takes at most {limit} argument, not {found}.",
                "The function “{name}” takes at most {limit} arguments, not {found}.",
                by="limit",
            ),
            formula=formula,
            column=call.column,
            name=call.function,
            limit=most,
            found=len(call.arguments),
        )


def _check_reference(formula: str, reference: Reference, variables: Variables) -> None:
    known = variables.get(reference.variable)
    if known is None:
        hint, data = _near(reference.variable, variables)
        raise FormulaError(
            N_("There is no variable “{name}”."),
            hint=hint or N_("Add it to the variables of the pack."),
            formula=formula,
            column=reference.column,
            name=reference.variable,
            **data,
        )
    dimensions = [dim for dim, _ in reference.selectors]
    for dim, codes in reference.selectors:
        if dim not in known.dimensions or dimensions.count(dim) > 1:
            raise FormulaError(
                N_("“{name}” has no dimension “{dimension}” to choose from.")
                if dim not in known.dimensions
                else N_("“{name}” chooses from “{dimension}” twice."),
                hint=N_("Its dimensions: {known}."),
                formula=formula,
                column=reference.column,
                name=reference.variable,
                dimension=dim,
                known=", ".join(known.dimensions) or "-",
            )
        for code in codes:
            _check_code(formula, reference, dim, code)


def _check_code(formula: str, reference: Reference, dim: str, code: str) -> None:
    if code in PARAMETERS or codelists.has_code(dim, code):
        return
    hint, data = _near(code, iter(codelists.code_list(dim).codes))
    raise FormulaError(
        N_("“{code}” is no code of the list {dimension}."),
        hint=hint,
        formula=formula,
        column=reference.column,
        code=code,
        dimension=dim,
        **data,
    )


# units ---------------------------------------------------------------------------------------


class _UnitsDiffer(Exception):  # noqa: N818 - becomes a FormulaError with its place
    def __init__(self, node: Node, left: str, right: str) -> None:
        super().__init__(left, right)
        self.node, self.left, self.right = node, left, right


Powers: TypeAlias = Mapping[str, int]


def family(unit_text: str) -> str:
    """The kind of amount: count, money, duration, or free (fits all).

    Persons, cases and records are all counts: taking persons from records is meant in INF-02.
    """
    if unit_text == "money" or ":" in unit_text:
        return "money"
    if unit_text in _DURATIONS:
        return "duration"
    return "free" if unit_text in _FREE else "count"


def unit(tree: Node, variables: Variables) -> Powers:
    """The kind of amount of a formula as powers: ``{"money": 1, "count": -1}``."""
    match tree:
        case Number():
            return {}
        case Reference():
            kind = family(variables[tree.variable].unit)
            return {} if kind == "free" else {kind: 1}
        case Negation():
            return unit(tree.operand, variables)
        case Operation():
            left, right = unit(tree.left, variables), unit(tree.right, variables)
            if tree.operator in "+-":
                return _same(tree, left, right)
            return _product(left, right, 1 if tree.operator == "*" else -1)
        case Call():
            result: Powers = {}
            for argument in tree.arguments:
                result = _same(tree, result, unit(argument, variables))
            return result


def _product(left: Powers, right: Powers, sign: int) -> Powers:
    names = {*left, *right}
    powers = {name: left.get(name, 0) + sign * right.get(name, 0) for name in names}
    return {name: power for name, power in powers.items() if power}


def _same(node: Node, left: Powers, right: Powers) -> Powers:
    if left and right and left != right:
        raise _UnitsDiffer(node, _powers_text(left), _powers_text(right))
    return left or right


def _powers_text(powers: Powers) -> str:
    return " ".join(f"{name}^{power}" if power != 1 else name for name, power in powers.items())


# subsets -------------------------------------------------------------------------------------


def supersets(code: str, variables: Variables) -> tuple[str, ...]:
    """The variable itself and everything it is declared to be part of, upwards.

    Raises:
        DefinitionError: the declarations go in a circle.
    """
    chain: list[str] = []
    current: str | None = code
    while current is not None:
        if current in chain or len(chain) >= MAXIMUM_DEPTH:
            raise DefinitionError(
                N_("The variable “{name}” is part of itself: {chain}."),
                hint=N_("Correct “subset_of”."),
                name=code,
                chain=" > ".join([*chain, current]),
            )
        chain.append(current)
        known = variables.get(current)
        current = known.subset_of if known else None
    return tuple(chain)


def check_subset(formula: str, numerator: Node, denominator: Node, variables: Variables) -> None:
    """Refuse a numerator that is not declared to be part of the denominator.

    Raises:
        FormulaError: with ``formula`` and ``column``.
    """
    bases = references(denominator)
    for part in references(numerator):
        if not any(_is_part(part, base, variables) for base in bases):
            raise FormulaError(
                N_("“{part}” is not declared to be part of “{whole}”."),
                hint=N_(
                    "A share needs a numerator that is part of its denominator: "
                    "set “subset_of” of the variable, or use the kind RATIO."
                ),
                formula=formula,
                column=part.column,
                part=part.variable,
                whole=written(denominator),
            )


def _is_part(part: Reference, base: Reference, variables: Variables) -> bool:
    if part.variable != base.variable:
        return base.variable in supersets(part.variable, variables)
    return all(
        set(part.codes(dim) or ("_T", *codes)) <= set(codes) for dim, codes in base.selectors
    )


def check_variables(variables: Variables) -> None:
    """Refuse variables that are part of an unknown one or, in a circle, of themselves.

    Raises:
        DefinitionError: naming the variable.
    """
    for variable in variables.values():
        parent = variable.subset_of
        if parent is not None and parent not in variables:
            raise DefinitionError(
                N_("The variable “{name}” is part of “{parent}”, which does not exist."),
                name=variable.code,
                parent=parent,
            )
        try:
            supersets(variable.code, variables)
        except IndicatorsError as error:
            error.data.setdefault("name", variable.code)
            raise
