"""Explanations: words, numbers and the cells behind them."""

from __future__ import annotations

import pytest

from indicators.compute.explain import Explanation, explain, formula_text
from indicators.compute.pieces import Piece, PieceKind
from indicators.model.codes import Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube
from tests.indicators.compute.cubes import cubes_of, make_cube
from tests.indicators.compute.definitions import make_indicator

SHARE = make_indicator("SHARE", "part", "whole", interval="wilson")
YEAR = Period.of_year(2020)


def explained(
    indicator: Indicator, cubes: dict[str, Cube], year: int = 2020, breakdown: Breakdown = TOTAL
) -> Explanation:
    return explain(indicator, cubes, "XVA", Period.of_year(year), breakdown)


def line(pieces: tuple[Piece, ...]) -> str:
    """The pieces as one line of text."""
    return " ".join(_word(piece) for piece in pieces)


def _word(piece: Piece) -> str:
    match piece.kind:
        case PieceKind.TEXT:
            assert piece.text is not None
            return piece.text.en
        case PieceKind.VARIABLE:
            return f"{piece.variable}({piece.breakdown};{piece.period})"
        case PieceKind.NUMBER if piece.value is None and piece.low is not None:
            return f"{piece.low:g}..{piece.high:g}"
        case PieceKind.NUMBER:
            return "?" if piece.value is None else f"{piece.value:g}"
        case _:
            return piece.sign


def test_a_share_is_told_in_words_and_in_numbers() -> None:
    found = explained(SHARE, cubes_of(part=[31.0], whole=[84.0]))

    assert found.formula == "part / whole * 100"
    assert line(found.words) == "part ÷ whole × 100"
    assert line(found.numbers) == "31 ÷ 84 × 100 = 36.9048"
    assert found.numbers[0].text is not None
    assert found.value.value == pytest.approx(36.904762)


def test_inputs_go_down_to_variable_cut_and_period() -> None:
    indicator = make_indicator("RATIO", "part[FORM=LAB]", "mean2(whole@t-1)")
    cubes = {
        "part": make_cube("part", {"FORM=LAB": [1.0, 2.0, 3.0]}, vintage=4),
        "whole": make_cube("whole", {"": [10.0, 20.0, 30.0]}, flags={1: "P"}),
    }

    found = explained(indicator, cubes, 2022)

    cells = [
        (cell.variable, str(cell.breakdown), str(cell.period), cell.value) for cell in found.inputs
    ]
    assert cells == [
        ("part", "FORM=LAB", "2022", 3.0),
        ("whole", "", "2021", 20.0),
        ("whole", "", "2020", 10.0),
    ]
    assert [cell.vintage for cell in found.inputs] == [4, 1, 1]
    assert [cell.flags for cell in found.inputs] == ["", "P", ""]


def test_the_cut_of_an_input_is_the_one_that_was_used() -> None:
    cubes = {
        "vic": make_cube("vic", {"": [20.0], "FORM=LAB": [5.0]}),
        "pop_total": make_cube("pop_total", {"": [1e6]}),
    }
    rate = make_indicator("RATE", "vic", "pop_total", per=100_000.0)

    found = explained(rate, cubes, breakdown=Breakdown.of(FORM="LAB"))

    assert [str(cell.breakdown) for cell in found.inputs] == ["FORM=LAB", ""]
    assert found.whole_population


def test_suppressed_and_missing_inputs_are_shown_as_what_they_are() -> None:
    suppressed = explained(SHARE, cubes_of(part=[(1.0, 4.0)], whole=[80.0]))
    missing = explained(SHARE, cubes_of(part=[3.0], whole=[None]))

    assert line(suppressed.numbers) == "1..4 ÷ 80 × 100 = 1.25..5"
    assert suppressed.inputs[0].low == 1
    assert suppressed.inputs[0].status is Status.S
    assert line(missing.numbers) == "3 ÷ ? × 100 = ?"
    assert missing.inputs[1].status is Status.M


def test_whole_formulas_are_spelled_out_with_periods() -> None:
    growth = make_indicator("CHANGE", formula="x / mean2(x@t-1) - 1")

    found = explained(growth, cubes_of(x=[2.0, 4.0, 6.0]), 2022)

    assert found.formula == "(x / mean2(x@t-1) - 1) * 100"
    assert line(found.words) == "( x(;2022) ÷ mean ( x(;2021) , x(;2020) ) − 1 ) × 100"
    assert line(found.numbers) == "( 6 ÷ mean ( 4 , 2 ) − 1 ) × 100 = 100"


def test_brackets_stand_where_a_reader_needs_them() -> None:
    formula = make_indicator("RELATIVE", formula="a / (b / c) - (a - b) * c", per=1.0)

    found = explained(formula, cubes_of(a=[8.0], b=[4.0], c=[2.0]))

    assert line(found.numbers) == "8 ÷ ( 4 ÷ 2 ) − ( 8 − 4 ) × 2 = -4"


def test_several_codes_of_a_selector_are_named() -> None:
    formula = make_indicator("RELATIVE", formula="x[OUT=ACQ|DIS] / x", per=1.0)
    cubes = {"x": make_cube("x", {"": [10.0], "OUT=ACQ": [1.0], "OUT=DIS": [2.0]})}

    found = explained(formula, cubes)

    assert found.words[0].added == (("OUT", ("ACQ", "DIS")),)
    assert found.numbers[0].value == 3


def test_a_dividing_calculator_is_shown_as_the_division_it_is() -> None:
    indicator = make_indicator("WSHARE", calculator="part_of", inputs=("a + 0.5 * b", "c"))

    found = explained(indicator, cubes_of(a=[5.0], b=[6.0], c=[20.0]))

    assert line(found.numbers) == "( 5 + 0.5 × 6 ) ÷ 20 × 100 = 40"


def test_a_calculator_of_many_cells_shows_its_inputs_and_its_result() -> None:
    indicator = make_indicator("MEDIAN", calculator="median", inputs=("days",), per=1.0)
    cubes = {"days": make_cube("days", {"STAT=P50": [41.0], "STAT=N": [60.0]})}

    found = explained(indicator, cubes)

    assert formula_text(indicator) == "median(days)"
    assert line(found.numbers) == "= 41"
    assert [str(cell.breakdown) for cell in found.inputs] == ["STAT=P50", "STAT=N"]


def test_money_is_shown_as_it_is_kept() -> None:
    indicator = make_indicator("RATIO", "spent", "pop_total", per=1.0)
    cubes = {
        "spent": make_cube("spent", {"": [48.0]}, unit="VLD:1e6"),
        "pop_total": make_cube("pop_total", {"": [9.6e6]}),
    }

    found = explained(indicator, cubes)

    assert found.inputs[0].value == 48
    assert line(found.numbers) == "4.8e+07 ÷ 9.6e+06 = 5"


def test_a_period_without_data_is_explained_too() -> None:
    found = explained(SHARE, cubes_of(part=[31.0], whole=[84.0]), 2030)

    assert found.value.value is None
    assert found.value.reason is not None
    assert found.value.reason.data["variable"] == "part"
    assert [str(cell.period) for cell in found.inputs] == ["2030", "2030"]


def test_an_explanation_agrees_with_the_computation() -> None:
    cubes = cubes_of(part=[(1.0, 4.0), 5.0], whole=[80.0, 50.0])

    assert explained(SHARE, cubes, 2021).value.value == 10.0
    assert explained(SHARE, cubes, 2020).value.high == 5.0
