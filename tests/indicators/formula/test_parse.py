"""What the formula language accepts and what it refuses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.errors import FormulaError
from indicators.formula.parse import MAXIMUM_CHARACTERS, MAXIMUM_NESTING, parse
from indicators.formula.tree import (
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
    parameters,
    references,
    variables,
    written,
)

REFUSED = {
    "power": ("7**7**7**7", 3),
    "caret": ("a^2", 2),
    "attribute": ("pro_persons.to_csv('x')", 12),
    "double underscore call": ("__builtins__['exec']", 14),
    "string": ("'a'", 1),
    "quoted name": ('"a"', 1),
    "comparison": ("a < b", 3),
    "condition": ("1 if a else 2", 3),
    "list": ("[a for a in b]", 1),
    "lambda": ("lambda: 0", 7),
    "assignment": ("a := 1", 3),
    "two statements": ("a; b", 2),
    "bit operator": ("a & b", 3),
    "floor division": ("a // b", 4),
    "modulo": ("a % b", 3),
    "exponent number": ("1e9", 2),
    "hexadecimal": ("0xff", 2),
    "too long a number": ("1" * 16, 16),
    "call without arguments": ("sum()", 5),
    "call of a call": ("sum(a)(b)", 7),
    "call of a selection": ("a[SEX=F](b)", 9),
    "selector without code": ("a[SEX]", 6),
    "selector in lower case": ("a[sex=F]", 3),
    "selector of a sum": ("(a + b)[SEX=F]", 8),
    "shift forwards": ("a@t+1", 2),
    "shift of a sum": ("(a + b)@t-1", 8),
    "shift before selector": ("a@t-1[SEX=F]", 6),
    "three-digit shift": ("a@t-100", 7),
    "two names": ("a b", 3),
    "keyword argument": ("sum(a=1)", 6),
    "foreign letter": ("é", 1),
    "other digits": ("\u0661", 1),
    "open bracket": ("a[SEX=F", 7),
    "open parenthesis": ("sum3(x", 6),
    "only an operator": ("+", 1),
    "nothing": ("", 1),
    "blanks": ("   ", 3),
    "null character": ("a\x00b", 2),
    "comment": ("a # b", 3),
}


@pytest.mark.parametrize(("formula", "column"), REFUSED.values(), ids=REFUSED.keys())
def test_everything_outside_the_language_is_refused_with_its_column(
    formula: str, column: int
) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(formula)

    assert caught.value.data["column"] == column
    assert str(caught.value)


def test_a_long_formula_is_refused_before_parsing() -> None:
    parse("x" * MAXIMUM_CHARACTERS)

    with pytest.raises(FormulaError, match="1001 characters"):
        parse("x" * (MAXIMUM_CHARACTERS + 1))


def test_more_than_200_words_and_signs_are_refused() -> None:
    parse("+".join("a" * 100))

    with pytest.raises(FormulaError, match="more than 200"):
        parse("+".join("a" * 101))


def test_deep_nesting_is_refused_where_it_gets_too_deep() -> None:
    deepest = "(" * MAXIMUM_NESTING + "a" + ")" * MAXIMUM_NESTING
    parse(deepest)

    with pytest.raises(FormulaError, match="20 levels") as caught:
        parse(f"({deepest})")
    assert caught.value.data["column"] == MAXIMUM_NESTING + 1


@pytest.mark.parametrize(
    "hostile", ["-" * 100_000 + "a", "(" * 100_000, "a+" * 100_000, "[" * 999]
)
def test_hostile_lengths_cost_nothing(hostile: str) -> None:
    began = time.perf_counter()

    with pytest.raises(FormulaError):
        parse(hostile)

    assert time.perf_counter() - began < 1


def test_precedence_and_left_to_right() -> None:
    tree = parse("a - b - c * -d / e")

    assert tree == Operation(
        operator="-",
        left=Operation(operator="-", left=_name("a", 1), right=_name("b", 5)),
        right=Operation(
            operator="/",
            left=Operation(
                operator="*", left=_name("c", 9), right=Negation(operand=_name("d", 14))
            ),
            right=_name("e", 18),
        ),
    )


def test_selectors_shifts_and_calls() -> None:
    tree = parse("mean2(x[FORM=SEX|LAB,SEX=F]@t-1)")

    assert tree == Call(
        function="mean2",
        column=1,
        arguments=(
            Reference(
                variable="x",
                selectors=(("FORM", ("SEX", "LAB")), ("SEX", ("F",))),
                shift=1,
                column=7,
            ),
        ),
    )


def test_names_parameters_and_references_are_found_in_order() -> None:
    tree = parse("(b[K=k] - a@t-2) / b / c[RSK=g|X1]")

    assert variables(tree) == ("b", "a", "c")
    assert parameters(tree) == ("k", "g")
    assert [reference.shift for reference in references(tree)] == [0, 2, 0, 0]


def test_parameters_are_replaced_in_selectors_only() -> None:
    (reference,) = references(parse("k[K=k]"))

    filled = reference.with_parameters({"k": "5"})

    assert (filled.variable, filled.codes("K")) == ("k", ("5",))


def _name(name: str, column: int) -> Reference:
    return Reference(variable=name, column=column)


NAMES = st.sampled_from(["a", "vic_detected", "x1"])
LEAVES = st.one_of(
    st.integers(0, 999).map(lambda number: Number(value=float(number))),
    st.sampled_from([0.5, 12.25]).map(lambda number: Number(value=number)),
    st.builds(
        lambda name, selectors, shift: Reference(variable=name, selectors=selectors, shift=shift),
        NAMES,
        st.sampled_from([(), (("SEX", ("F",)),), (("FORM", ("SEX", "LAB")), ("K", ("k",)))]),
        st.integers(0, 9),
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda node: Negation(operand=node), inner),
        st.builds(
            lambda operator, left, right: Operation(operator=operator, left=left, right=right),
            st.sampled_from("+-*/"),
            inner,
            inner,
        ),
        st.builds(
            lambda name, nodes: Call(function=name, arguments=tuple(nodes)),
            st.sampled_from(["sum", "max"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(TREES)
def test_a_written_tree_reads_back_as_itself(tree: Node) -> None:
    text = written(tree)
    try:
        again = parse(text)
    except FormulaError:  # longer than the limits allow
        assert len(text) > 150
        return

    assert written(again) == text
    assert _without_columns(again) == _without_columns(tree)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_either_a_formula_or_a_formula_error(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        assert 1 <= int(str(error.data["column"])) <= len(text) + 1  # noqa: PT017
        assert str(error)  # noqa: PT017


def _without_columns(node: Node) -> object:
    match node:
        case Number():
            return node.value
        case Reference():
            return node.variable, node.selectors, node.shift
        case Negation():
            return "-", _without_columns(node.operand)
        case Operation():
            return node.operator, _without_columns(node.left), _without_columns(node.right)
        case Call():
            return node.function, [_without_columns(part) for part in node.arguments]
