"""The simple calculators, and that the list fits the kinds."""

from __future__ import annotations

import pytest

from indicators.compute.calculators import CALCULATORS
from indicators.compute.indicator import compute
from indicators.compute.kinds import kind_rule
from indicators.model.codes import Status
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL, Cube
from tests.indicators.compute.cubes import Cell, cubes_of, make_cube
from tests.indicators.compute.definitions import make_indicator


def first(calculator: str, kind: str, inputs: tuple[str, ...], **more: object) -> IndicatorValue:
    cubes = more.pop("cubes")
    assert isinstance(cubes, dict)
    indicator = make_indicator(kind, calculator=calculator, inputs=inputs, **more)  # type: ignore[arg-type]
    (series,) = compute(indicator, cubes, areas=("XVA",), breakdowns=(TOTAL,))
    return series.values[-1]


@pytest.mark.parametrize("name", CALCULATORS.names)
def test_calculators_belong_to_kinds_that_take_one(name: str) -> None:
    calculator = CALCULATORS[name]

    assert calculator.title
    for kind in calculator.kinds:
        rule = kind_rule(kind)
        assert not rule.has_sides
        assert not rule.has_formula


def test_a_part_of_a_whole_may_be_a_formula() -> None:
    cubes = cubes_of(rec_full=[5.0], rec_part=[6.0], rec_due=[20.0])

    found = first("part_of", "WSHARE", ("rec_full + 0.5 * rec_part", "rec_due"), cubes=cubes)

    assert (found.value, found.numerator, found.denominator) == (40.0, 8, 20)


def test_a_whole_of_nothing_has_no_cases() -> None:
    found = first("part_of", "WSHARE", ("a", "b"), cubes=cubes_of(a=[0.0], b=["Z"]))

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "no_cases"


def test_items_met_above_all_items_is_an_error() -> None:
    found = first(
        "items_met", "CHECK", ("met", "all_items"), cubes=cubes_of(met=[7.0], all_items=[6.0])
    )

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "above_whole"


def test_a_score_is_handed_on() -> None:
    found = first("level", "SCORE", ("use_law",), cubes=cubes_of(use_law=[2.0]), per=1.0)

    assert (found.value, found.low) == (2.0, None)


def estimate(*, low: float, high: float) -> dict[str, Cube]:
    cube = make_cube("prev_est", {"": [2500.0]})
    return {
        "prev_est": _bounded(cube, low, high),
        "pop_total": make_cube("pop_total", {"": [1e6]}),
    }


def _bounded(cube: Cube, low: float, high: float) -> Cube:
    return Cube(
        variable=cube.variable,
        unit=cube.unit,
        breakdowns=cube.breakdowns,
        areas=cube.areas,
        periods=cube.periods,
        value=cube.value,
        low=cube.value * 0 + low,
        high=cube.value * 0 + high,
        status=cube.status,
        flags=cube.flags,
        vintage=cube.vintage,
    )


def test_an_estimate_carries_its_limits_into_the_rate() -> None:
    found = first(
        "estimate_rate",
        "MODEL",
        ("prev_est", "pop_total"),
        cubes=estimate(low=2000.0, high=4000.0),
        per=100_000.0,
        interval="propagated",
    )

    assert (found.value, found.low, found.high) == (250.0, 200.0, 400.0)
    assert found.status is Status.A


def test_an_estimate_without_limits_has_no_range() -> None:
    nan = float("nan")

    found = first(
        "estimate_rate",
        "MODEL",
        ("prev_est", "pop_total"),
        cubes=estimate(low=nan, high=nan),
        per=100_000.0,
        interval="propagated",
    )

    assert (found.value, found.low, found.high) == (250.0, None, None)


def test_a_share_of_an_estimate_inherits_its_limits() -> None:
    indicator = make_indicator("SHARE", "vic", "prev_est", interval="propagated")
    cubes = {**estimate(low=2000.0, high=4000.0), "vic": make_cube("vic", {"": [1000.0]})}

    (series,) = compute(indicator, cubes, areas=("XVA",), breakdowns=(TOTAL,))

    found = series.values[0]
    assert (found.value, found.low, found.high) == (40.0, 25.0, 50.0)


def test_the_effect_of_an_event_is_left_to_its_analysis() -> None:
    found = first(
        "intervention_effect", "MODEL", ("target", "act_logged"), cubes=cubes_of(act_logged=[1.0])
    )

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "needs_event"


# corridors


CORRIDORS: dict[str, list[Cell]] = {
    "COR=PER_IN": [30.0],
    "COR=COL_IN": [60.0],
    "COR=BRA_OUT": [10.0],
}


def covered(agreements: dict[str, list[Cell]], **weights: list[Cell]) -> IndicatorValue:
    rows = CORRIDORS | {f"COR={code}": cells for code, cells in weights.items()}
    cubes = {
        "vic_corr": make_cube("vic_corr", rows),
        "cor_agr": make_cube("cor_agr", agreements, unit="0/1"),
    }
    return first(
        "weighted_by", "WSHARE", ("vic_corr", "cor_agr"), cubes=cubes, breakdowns=("COR",)
    )


def test_corridors_weigh_by_their_victims() -> None:
    found = covered({"COR=PER_IN": [1.0], "COR=COL_IN": [0.0], "COR=BRA_OUT": [1.0]})

    assert (found.value, found.numerator, found.denominator) == (40.0, 40, 100)


def test_a_corridor_with_victims_and_unknown_agreement_has_no_value() -> None:
    found = covered({"COR=PER_IN": [1.0], "COR=COL_IN": [None], "COR=BRA_OUT": [1.0]})

    assert found.value is None
    assert found.reason is not None
    assert found.reason.data == {"variable": "cor_agr", "breakdown": "COR=COL_IN"}


def test_a_corridor_without_victims_needs_no_agreement() -> None:
    found = covered(
        {"COR=PER_IN": [1.0], "COR=COL_IN": [0.0], "COR=BRA_OUT": [1.0], "COR=CHL_IN": [None]},
        CHL_IN=[0.0],
    )

    assert found.value == 40.0


def test_corridors_are_pooled_over_the_window_of_the_input() -> None:
    cubes = {
        "vic_corr": make_cube(
            "vic_corr", {"COR=PER_IN": [10.0, None, 5.0], "COR=COL_IN": [None, 15.0, 10.0]}
        ),
        "cor_agr": make_cube("cor_agr", {"COR=PER_IN": [1.0] * 3, "COR=COL_IN": [0.0] * 3}),
    }

    found = first("weighted_by", "WSHARE", ("sum3(vic_corr)", "cor_agr"), cubes=cubes)

    assert (found.value, found.numerator, found.denominator) == (37.5, 15, 40)


def test_a_pool_with_a_year_without_any_corridor_has_no_value() -> None:
    cubes = {
        "vic_corr": make_cube("vic_corr", {"COR=PER_IN": [10.0, None, 5.0]}),
        "cor_agr": make_cube("cor_agr", {"COR=PER_IN": [1.0] * 3}),
    }

    found = first("weighted_by", "WSHARE", ("sum3(vic_corr)", "cor_agr"), cubes=cubes)

    assert (found.value, found.status) == (None, Status.M)


def test_suppressed_corridors_give_bounds() -> None:
    found = covered(
        {"COR=PER_IN": [1.0], "COR=COL_IN": [0.0], "COR=BRA_OUT": [0.0]}, PER_IN=[(1.0, 4.0)]
    )

    assert found.value is None
    assert found.status is Status.S
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 100 * 1 / 71
    assert found.high >= 100 * 4 / 74
