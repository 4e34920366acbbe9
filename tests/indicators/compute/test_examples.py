"""Worked examples are computed through the same door as data."""

from __future__ import annotations

import pytest

from indicators.compute.examples import check_example, example_cubes, example_value
from indicators.errors import FormulaError
from indicators.model.definition import Example
from tests.indicators.compute.definitions import make_indicator


def example(inputs: dict[str, float], value: float, **parameters: str) -> Example:
    return Example(inputs=inputs, value=value, parameters=parameters)


def test_a_right_example_passes_and_a_wrong_one_says_what_it_gives() -> None:
    right = make_indicator("SHARE", "a", "b", example=example({"a": 60, "b": 80}, 75.0))
    wrong = make_indicator("SHARE", "a", "b", example=example({"a": 60, "b": 80}, 0.75))

    assert check_example(right) is None
    assert check_example(wrong) == 75.0


def test_shifts_selectors_and_parameters_find_their_cells() -> None:
    indicator = make_indicator(
        "COHORT",
        "c[K=k]",
        "p@t-1",
        example=example({"c[K=3]": 30, "p@t-1": 60, "p": 1}, 50.0, k="3"),
    )

    assert check_example(indicator) is None


def test_an_incomplete_example_names_the_missing_input() -> None:
    indicator = make_indicator("SHARE", "sum2(a)", "b", example=example({"a": 60, "b": 80}, 75.0))

    assert "“a” is missing" in str(check_example(indicator))


@pytest.mark.parametrize("inputs", [{}, {"b": 80}, {"zzz": 1}])
def test_an_example_without_the_main_input_names_it(inputs: dict[str, float]) -> None:
    indicator = make_indicator("SHARE", "a", "b", example=example(inputs, 75.0))

    assert "“a” is missing" in str(check_example(indicator))


def test_several_codes_at_once_share_their_sum() -> None:
    indicator = make_indicator(
        "SHARE",
        "x[OUT=CNV_TIP]",
        "x[OUT=CNV_TIP|ACQ|DIS]",
        example=example({"x[OUT=CNV_TIP|ACQ|DIS]": 20, "x[OUT=CNV_TIP]": 5}, 25.0),
    )

    cube = example_cubes(indicator)["x"]

    assert example_value(indicator).denominator == 20
    assert cube.value[~(cube.value != cube.value)].sum() == 20


def test_an_example_must_name_inputs_and_not_formulas() -> None:
    indicator = make_indicator("SHARE", "a", "b", example=example({"a + b": 60}, 75.0))

    with pytest.raises(FormulaError, match="is not an input"):
        example_value(indicator)
