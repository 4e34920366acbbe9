"""The index of equal access, its range, and what chance alone would give."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.compute.equality import expected_under_equality
from indicators.compute.indicator import compute
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL
from tests.indicators.compute.cubes import Cell, make_cube
from tests.indicators.compute.definitions import make_indicator

INDEX = make_indicator(
    "INDEX",
    calculator="equal_access",
    inputs=("served", "everybody"),
    interval="bootstrap",
    per=1.0,
    minimum_denominator=20,
    breakdowns=("SEX", "AGE", "FORM"),
)


def index(
    served: dict[str, list[Cell]], everybody: dict[str, list[Cell]], **parameters: str
) -> IndicatorValue:
    cubes = {
        "served": make_cube("served", served),
        "everybody": make_cube("everybody", everybody),
    }
    (series,) = compute(INDEX, cubes, areas=("XVA",), breakdowns=(TOTAL,), parameters=parameters)
    return series.values[0]


def test_the_lowest_share_stands_over_the_highest() -> None:
    found = index({"SEX=F": [60.0], "SEX=M": [24.0]}, {"SEX=F": [80.0], "SEX=M": [40.0]})

    assert found.value == pytest.approx(0.8)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.8 < found.high <= 1
    (note,) = found.notes
    assert note.data["dimension"] == "SEX"
    assert (note.data["lowest"], note.data["highest"]) == ("M", "F")
    # by hand: common share 0.7; chi-square 16/16.8 + 16/8.4 = 2.857, p = 0.0910
    assert note.data["p_value"] == pytest.approx(0.0910, abs=5e-5)


def test_eight_equal_groups_of_twenty_give_two_thirds_by_chance_alone() -> None:
    expected = expected_under_equality(np.full(8, 14.0), np.full(8, 20.0))

    assert expected == pytest.approx(0.66, abs=0.03)


def test_large_equal_groups_come_near_one() -> None:
    assert expected_under_equality(np.full(2, 5e5), np.full(2, 1e6)) > 0.99


def test_the_same_counts_give_the_same_range_every_time() -> None:
    groups: tuple[dict[str, list[Cell]], dict[str, list[Cell]]] = (
        {"SEX=F": [60.0], "SEX=M": [24.0]},
        {"SEX=F": [80.0], "SEX=M": [40.0]},
    )

    assert index(*groups) == index(*groups)


def test_small_groups_the_unknown_and_parts_of_groups_are_left_out() -> None:
    codes = ("SEX", "SEX_PRO", "LAB", "ORG", "_U")
    everybody = dict(zip(codes, (50.0, 40.0, 50.0, 19.0, 90.0), strict=True))

    found = index(
        {
            f"FORM={code}": [count * 0.5 if code != "ORG" else 0.0]
            for code, count in everybody.items()
        },
        {f"FORM={code}": [count] for code, count in everybody.items()},
        dimension="FORM",
    )

    assert found.value == 1.0
    assert found.notes[0].data["groups"] == ("SEX", "LAB")


def test_a_group_with_a_missing_or_suppressed_count_is_left_out() -> None:
    found = index(
        {"SEX=F": [20.0], "SEX=M": [None], "SEX=X": [(1.0, 4.0)]},
        {"SEX=F": [80.0], "SEX=M": [40.0], "SEX=X": [40.0]},
    )

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "few_groups"


def test_when_nobody_was_served_there_is_nothing_to_compare() -> None:
    found = index({"SEX=F": [0.0], "SEX=M": [0.0]}, {"SEX=F": [80.0], "SEX=M": [40.0]})

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "no_cases"


def test_without_groups_there_is_no_index() -> None:
    found = index({"": [60.0]}, {"": [80.0]})

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "few_groups"
