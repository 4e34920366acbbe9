"""The tree of a formula: numbers, references to variables, operations and calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

PARAMETERS = ("k", "g")
"""Codes in a selector that stand for a value chosen at computation: years, and one group."""

CHOSEN_SERIES = "target"
"""Input of a calculator that stands for a series chosen at computation; not a variable."""

PILLARS = ("PRV", "PRT", "PRS")
"""Inputs of a calculator that stand for the indicators of a pillar; not variables."""

Selectors: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A variable with optional selectors and shift.

    Attributes:
        variable: code of the variable.
        selectors: pairs of a dimension and the codes that are added up.
        shift: how many periods back.
        column: 1-based place in the formula.
    """

    variable: str
    selectors: Selectors = ()
    shift: int = 0
    column: int = 1

    def codes(self, dimension: str) -> tuple[str, ...] | None:
        """The selected codes of a dimension, or None where it is not selected."""
        return dict(self.selectors).get(dimension)

    def with_parameters(self, parameters: dict[str, str]) -> Reference:
        """The reference with ``k`` and ``g`` replaced by their values."""
        if not parameters or not self.selectors:
            return self
        filled = tuple(
            (dim, tuple(parameters.get(code, code) for code in codes))
            for dim, codes in self.selectors
        )
        return Reference(
            variable=self.variable, selectors=filled, shift=self.shift, column=self.column
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """Minus something."""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Two sides and one of ``+ - * /``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function of the closed list with its arguments."""

    function: str
    arguments: tuple[Node, ...]
    column: int = 1


Node: TypeAlias = Number | Reference | Negation | Operation | Call


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Negation():
            return (node.operand,)
        case Operation():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            return ()


def nodes(tree: Node) -> Iterator[Node]:
    """Every node, the upper ones first, left before right."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


@lru_cache(maxsize=4096)
def references(tree: Node) -> tuple[Reference, ...]:
    """Every reference from left to right."""
    return tuple(node for node in nodes(tree) if isinstance(node, Reference))


def variables(tree: Node) -> tuple[str, ...]:
    """Codes of the variables in order of first use."""
    return tuple(dict.fromkeys(reference.variable for reference in references(tree)))


@lru_cache(maxsize=4096)
def parameters(tree: Node) -> tuple[str, ...]:
    """The parameters that the formula needs."""
    found = {code for ref in references(tree) for _, codes in ref.selectors for code in codes}
    return tuple(name for name in PARAMETERS if name in found)


def written(tree: Node) -> str:
    """The formula as text that ``parse`` reads back to the same tree."""
    match tree:
        case Number():
            return f"{tree.value:g}" if tree.value == int(tree.value) else repr(tree.value)
        case Reference():
            return written_reference(tree)
        case Negation():
            return f"-{_wrapped(tree.operand, 3)}"
        case Operation():
            rank = _RANK[tree.operator]
            return f"{_wrapped(tree.left, rank)} {tree.operator} {_wrapped(tree.right, rank + 1)}"
        case Call():
            return f"{tree.function}({', '.join(written(part) for part in tree.arguments)})"


def written_reference(reference: Reference) -> str:
    """A reference as text: ``coh_cnv[K=5]@t-1``."""
    inner = ",".join(f"{dim}={'|'.join(codes)}" for dim, codes in reference.selectors)
    shift = f"@t-{reference.shift}" if reference.shift else ""
    return f"{reference.variable}{f'[{inner}]' if inner else ''}{shift}"


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def _wrapped(node: Node, at_least: int) -> str:
    text = written(node)
    rank = _RANK[node.operator] if isinstance(node, Operation) else 3
    return f"({text})" if rank < at_least else text
