"""Formulas as text: brackets only where they are needed."""

from __future__ import annotations

import pytest

from indicators.formula.parse import parse
from indicators.formula.tree import nodes, written


@pytest.mark.parametrize(
    "formula",
    [
        "a - b - c",
        "a - (b - c)",
        "a / b / c",
        "a / (b / c)",
        "(a + b) * c",
        "-(a + b)",
        "a * -b",
        "sum3(x[RSK=g]@t-1) / 2.5",
        "bud_intl / defl / mean3(bud_intl@t-1 / defl@t-1) - 1",
    ],
)
def test_formulas_are_written_as_they_were(formula: str) -> None:
    assert written(parse(formula)) == formula


def test_needless_brackets_are_dropped() -> None:
    assert written(parse("((a)) + ((b * (c)))")) == "a + b * c"


def test_nodes_come_from_the_top_and_from_the_left() -> None:
    found = [written(node) for node in nodes(parse("a / (b + 1)"))]

    assert found == ["a / (b + 1)", "a", "b + 1", "b", "1"]
