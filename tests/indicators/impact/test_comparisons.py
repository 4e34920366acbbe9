"""Designs that compare with areas without the event: truth found, common shocks cancelled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.impact import DESIGNS
from indicators.impact.controlled import controlled
from indicators.impact.difference import difference, permutation_share
from indicators.impact.interrupted import interrupted
from indicators.impact.synthetic import mix, synthetic
from indicators.model.codes import Outcome
from indicators.model.results import ImpactResult, Refusal
from tests.indicators.impact.made import panel
from tests.indicators.made import make_event, make_series

EVENT = make_event(2015)


def _result(found: ImpactResult | Refusal) -> ImpactResult:
    assert isinstance(found, ImpactResult), found
    return found


def _diagnostic(result: ImpactResult, name: str) -> float:
    return next(item.value for item in result.diagnostics if item.name == name)


@pytest.mark.parametrize("name", ["controlled", "difference", "synthetic"])
def test_true_change_is_found_under_a_shock_to_all(name: str) -> None:
    first, *rest = panel(9, factor=0.65, shock=0.4)

    result = _result(DESIGNS[name].fit(first, EVENT, controls=rest))
    alone = _result(interrupted(first, EVENT))

    assert result.low < -35 < result.high
    assert result.outcome is Outcome.LOWER
    assert alone.high > -20 or not alone.low < -35 < alone.high
    assert result.method == name
    assert result.unit == "percent"


@pytest.mark.parametrize("name", ["controlled", "difference", "synthetic"])
def test_shock_to_all_alone_is_rarely_called_an_effect(name: str) -> None:
    false = 0
    for seed in range(40):
        first, *rest = panel(8, shock=0.5, noise=0.1, seed=seed)
        result = _result(DESIGNS[name].fit(first, EVENT, controls=rest))
        false += result.outcome is not Outcome.NO_CLEAR_EFFECT

    assert false <= 5


@pytest.mark.parametrize("name", ["controlled", "difference", "synthetic"])
def test_scale_of_values_does_not_change_the_percent(name: str) -> None:
    series = panel(8, factor=1.4)
    larger = [replace(item, values=item.values * 1000) for item in series]

    one = _result(DESIGNS[name].fit(series[0], EVENT, controls=series[1:]))
    other = _result(DESIGNS[name].fit(larger[0], EVENT, controls=larger[1:]))

    assert other.estimate == pytest.approx(one.estimate, rel=1e-6)
    assert other.counterfactual[0].value == pytest.approx(1000 * one.counterfactual[0].value)


@pytest.mark.parametrize("name", ["controlled", "difference", "synthetic"])
def test_expected_values_stand_in_the_unit_of_the_series(name: str) -> None:
    first, *rest = panel(8, factor=0.65)
    result = _result(DESIGNS[name].fit(first, EVENT, controls=rest))

    observed = dict(zip(first.periods, first.values, strict=True))
    ratios = [observed[point.period] / point.value for point in result.counterfactual]

    assert np.mean(ratios) == pytest.approx(0.65, abs=0.08)
    assert all(p.low <= p.value <= p.high for p in result.counterfactual if p.low is not None)


@pytest.mark.parametrize(
    ("name", "needed"), [("controlled", 1), ("difference", 3), ("synthetic", 5)]
)
def test_too_few_series_to_compare_with_are_refused(name: str, needed: int) -> None:
    first, *rest = panel(needed, factor=0.5)

    found = DESIGNS[name].fit(first, EVENT, controls=rest)

    assert isinstance(found, Refusal)
    assert (found.code, found.found, found.needed) == ("too_few_controls", needed - 1, needed)


def test_controlled_equals_the_interrupted_series_of_the_ratio() -> None:
    first, second = panel(2, factor=0.65)
    ratio = make_series((first.values / second.values).tolist(), 2005, unit="days")

    one = _result(controlled(first, EVENT, controls=[second]))
    other = _result(interrupted(ratio, EVENT))

    assert one.estimate == pytest.approx(other.estimate)
    assert one.low == pytest.approx(other.low)


def test_difference_in_differences_by_hand() -> None:
    """Four areas, three years a side averaged to one number each."""
    first, *rest = panel(5, factor=0.65)
    logs = [np.log(item.values) for item in (first, *rest)]
    change = [float(v[10:].mean() - v[:10].mean()) for v in logs]
    gap = change[0] - float(np.mean(change[1:]))

    result = _result(difference(first, EVENT, controls=rest))

    assert result.estimate == pytest.approx(100 * np.expm1(gap))
    assert result.df == 3


def test_more_areas_with_the_event_narrow_the_range() -> None:
    series = panel(12, treated=3, factor=0.65, noise=0.15)

    alone = _result(difference(series[0], EVENT, controls=series[3:]))
    together = _result(difference(series[0], EVENT, treated=series[1:3], controls=series[3:]))

    assert together.high - together.low < alone.high - alone.low
    assert _diagnostic(together, "series_with_event") == 3


def test_permutation_share_counts_all_ways_to_deal_the_event_out() -> None:
    values = np.array([5.0, 0.0, 1.0, -1.0])

    assert permutation_share(values, 1) == pytest.approx(1 / 4)


def test_areas_that_moved_apart_before_are_cautioned() -> None:
    first, *rest = panel(8)
    drifting = replace(first, values=first.values * np.exp(0.08 * np.arange(18)))

    result = _result(difference(drifting, EVENT, controls=rest))

    assert any(note.code == "not_parallel" for note in result.warnings)


def test_sparse_series_is_left_out_and_named() -> None:
    first, *rest = panel(8, factor=0.65)
    sparse = make_series(rest[0].values[:9].tolist(), 2005, unit="days")
    rest[0] = replace(sparse, area="XV-02")

    for design in (controlled, difference, synthetic):
        result = _result(design(first, EVENT, controls=rest))
        note = next(n for n in result.warnings if n.code == "series_left_out")
        assert note.data["names"] == "XV-02"


def test_weights_of_a_mix_find_the_series_it_was_made_of() -> None:
    draw = np.random.default_rng(2)
    donors = np.cumsum(draw.standard_normal((20, 6)), axis=0)
    own = 7 + 0.3 * donors[:, 1] + 0.7 * donors[:, 4]
    early = np.arange(20) < 12

    found = mix(own, donors, early, ~early)

    assert found.weights == pytest.approx([0, 0.3, 0, 0, 0.7, 0], abs=1e-6)
    assert found.effect == pytest.approx(0, abs=1e-6)


def test_shares_are_compared_in_points() -> None:
    series = [replace(s, unit="%") for s in panel(8, factor=0.65)]

    result = _result(difference(series[0], EVENT, controls=series[1:]))

    assert result.unit == "percentage points"
    assert result.transformation == "identity"


def test_counts_with_zeros_are_compared_per_head() -> None:
    draw = np.random.default_rng(4)
    people = make_series([1_000_000.0 * 1.01**t for t in range(18)], 2005)
    series = [
        replace(
            make_series(
                [
                    float(draw.poisson(30 if i == 0 and t >= 10 else 3)) * (t != 2)
                    for t in range(18)
                ],
                2005,
            ),
            area=f"X{i}",
        )
        for i in range(6)
    ]

    result = _result(
        difference(
            series[0],
            EVENT,
            controls=series[1:],
            population=people,
            control_populations=[people] * 5,
        )
    )

    assert result.unit == "per 100,000"
    assert 2 < result.estimate < 3
    assert result.counterfactual[0].value < 10
