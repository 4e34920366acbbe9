"""A worked example in round figures for a definition that comes without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indicators.codelists import code_list, has_list
from indicators.compute.task import base_trees, main_trees
from indicators.errors import N_, FormulaError
from indicators.formula.check import MAXIMUM_READS, reads
from indicators.formula.evaluate import is_population
from indicators.formula.functions import FUNCTIONS
from indicators.formula.tree import (
    Call,
    Node,
    Reference,
    children,
    nodes,
    parameters,
    references,
    written,
    written_reference,
)
from indicators.model.definition import Indicator

PART, WHOLE, PEOPLE = 60.0, 80.0, 1_000_000.0
YEARS = "3"


def example_inputs(indicator: Indicator) -> tuple[Mapping[str, float], Mapping[str, str]]:
    """Values of the inputs, the part smaller than its whole, and of the parameters.

    Raises:
        FormulaError: a formula cannot be read, calls what does not exist, or looks up too much.
    """
    trees = (*main_trees(indicator), *base_trees(indicator))
    for tree in trees:
        _refuse(tree)
    above = [cell for tree in main_trees(indicator) for cell in _looked_up(tree)]
    below = [cell for tree in base_trees(indicator) for cell in _looked_up(tree)]
    found: dict[str, float] = {}
    for cells, value in ((below, WHOLE * max(len(above), 1)), (above, PART)):
        for cell in cells:
            number = PEOPLE if is_population(cell.variable) else value
            found.setdefault(written_reference(cell), number)
    return found, {name: code for tree in trees for name, code in _parameters(tree)}


def _refuse(tree: Node) -> None:
    """Stop before a formula that the check of definitions refuses is followed down."""
    unknown = [
        node.function
        for node in nodes(tree)
        if isinstance(node, Call) and node.function not in FUNCTIONS
    ]
    if unknown or reads(tree) > MAXIMUM_READS:
        raise FormulaError(
            N_("The formula cannot be worked out."), formula=written(tree), column=1
        )


def _parameters(tree: Node) -> Iterator[tuple[str, str]]:
    for name in parameters(tree):
        dims = [dim for ref in references(tree) for dim, codes in ref.selectors if name in codes]
        listed = has_list(dims[0]) and code_list(dims[0]).codes
        yield name, YEARS if name == "k" or not listed else next(iter(listed))


def _looked_up(tree: Node, shift: int = 0) -> Iterator[Reference]:
    """Every cell that a formula reads, those of its windows with their shift."""
    if isinstance(tree, Reference):
        yield Reference(variable=tree.variable, selectors=tree.selectors, shift=tree.shift + shift)
        return
    window = 1
    if isinstance(tree, Call) and tree.function in FUNCTIONS:
        window = FUNCTIONS[tree.function].window
    for back in range(window):
        for child in children(tree):
            yield from _looked_up(child, shift + back)
