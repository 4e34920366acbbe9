"""Inequality of regions and funnel limits: by hand, by definition and by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indicators.composite.regional import (
    Funnel,
    Inequality,
    Position,
    Regions,
    funnel,
    gini,
    inequality,
    limits,
    theil,
)
from indicators.model.results import Refusal

NAN = np.nan


def regions(cases: list[float], people: list[float] | float = 1e6, **high: list[float]) -> Regions:
    low = np.array(cases, dtype=float)
    return Regions(
        codes=tuple(f"R{i}" for i in range(len(cases))),
        low=low,
        high=np.array(high.get("high", cases), dtype=float),
        people=np.broadcast_to(np.array(people, dtype=float), low.shape).copy(),
    )


def measured(found: Regions) -> Inequality:
    result = inequality(found)
    assert isinstance(result, Inequality)
    return result


def test_gini_worked_by_hand() -> None:
    # rates 1 and 3, equal people: mean 2, mean gap (0 + 2 + 2 + 0) / 4 = 1, 1 / (2 * 2) = 0.25
    assert float(gini(np.array([1.0, 3.0]), np.array([5.0, 5.0]))) == pytest.approx(0.25)
    # one of two has all: w 0.25 and 0.75; gap 2 * 0.25 * 0.75 * 4 = 1.5; 1.5 / (2 * 1) = 0.75
    assert float(gini(np.array([4.0, 0.0]), np.array([1.0, 3.0]))) == pytest.approx(0.75)


def test_theil_worked_by_hand() -> None:
    # relative rates 0.5 and 1.5: (0.5 ln 0.5 + 1.5 ln 1.5) / 2
    expected = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert float(theil(np.array([1.0, 3.0]), np.array([5.0, 5.0]))) == pytest.approx(expected)
    # one of two equal regions has all: ln 2
    assert float(theil(np.array([2.0, 0.0]), np.ones(2))) == pytest.approx(math.log(2))


def test_the_fast_gini_is_the_sum_over_all_pairs() -> None:
    draw = np.random.default_rng(1)
    rates, people = draw.gamma(2, size=(30, 9)), draw.uniform(1, 9, 9)
    w = people / people.sum()
    for row in rates:
        gaps = np.abs(row[:, None] - row[None, :])
        pairs = (w[:, None] * w[None, :] * gaps).sum() / (2 * (w * row).sum())
        assert float(gini(row, people)) == pytest.approx(pairs)


def test_scale_and_splitting_a_region_change_nothing() -> None:
    rates, people = np.array([1.0, 4.0, 2.0]), np.array([3.0, 1.0, 6.0])
    split_rates, split_people = np.array([1.0, 4.0, 2.0, 2.0]), np.array([3.0, 1.0, 2.0, 4.0])
    for measure in (gini, theil):
        whole = float(measure(rates, people))
        assert float(measure(10 * rates, 7 * people)) == pytest.approx(whole)
        assert float(measure(split_rates, split_people)) == pytest.approx(whole)
        assert float(measure(np.full(3, 2.0), people)) == pytest.approx(0)


def test_equal_regions_are_no_more_unequal_than_chance_makes_them() -> None:
    draw = np.random.default_rng(2)
    found = measured(regions(list(draw.poisson(40, 12).astype(float))))

    assert found.gini.low < 0.03
    assert found.expected == pytest.approx(found.gini.estimate, abs=0.05)


def test_the_range_holds_the_true_inequality() -> None:
    draw = np.random.default_rng(4)
    rates = np.exp(draw.normal(0, 0.6, 13)) * 6e-5
    people = draw.uniform(3e5, 2e6, 13)
    truth = float(gini(rates, people))
    inside = 0
    for _ in range(200):
        cases = draw.poisson(rates * people).astype(float)
        found = inequality(regions(list(cases), list(people)), draws=400)
        assert isinstance(found, Inequality)
        inside += found.gini.low <= truth <= found.gini.high

    assert inside >= 180


def test_the_same_regions_give_the_same_range() -> None:
    made = regions([40, 3, 22, 70, 12, 9])

    assert measured(made) == measured(made)


def test_suppressed_counts_give_a_range_and_no_value() -> None:
    found = measured(regions([40, 1, 22, 70, 12, 9], high=[40, 4, 22, 70, 12, 9]))

    assert np.isnan(found.gini.estimate)
    assert 0 < found.gini.low < found.gini.high
    assert {note.code: note.data.get("regions") for note in found.notes}["suppressed"] == "R1"


def test_few_regions_or_many_unknown_are_refused() -> None:
    few = inequality(regions([5, 6, 7, 8]))
    unknown = inequality(regions([5, 6, 7, 8, 9, NAN, NAN]))
    nothing = inequality(regions([0, 0, 0, 0, 0]))

    assert isinstance(few, Refusal)
    assert (few.code, few.found, few.needed) == ("few_regions", 4, 5)
    assert isinstance(unknown, Refusal)
    assert (unknown.code, unknown.found) == ("regions_left_out", 29)
    assert isinstance(nothing, Refusal)
    assert nothing.code == "no_cases"


def test_limits_are_the_exact_poisson_ones() -> None:
    low, high = limits(np.array([10.0]), 0.95)

    # tables: P(X <= 3) = 0.0103, P(X <= 4) = 0.0293; P(X <= 16) = 0.9730, P(X <= 17) = 0.9857
    assert (int(low[0]), int(high[0])) == (4, 17)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_outside_the_limits_is_as_rare_as_they_say(level: float) -> None:
    from scipy.stats import poisson

    expected = np.linspace(0.2, 400, 700)
    low, high = limits(expected, level)
    tail = (1 - level) / 2

    assert (poisson.cdf(low - 1, expected) < tail + 1e-12).all()
    assert (poisson.sf(high, expected) <= tail + 1e-12).all()
    assert (poisson.cdf(low, expected) >= tail - 1e-12).all()
    assert (poisson.sf(high - 1, expected) > tail - 1e-12).all()


def test_regions_outside_are_named_in_the_order_of_codes() -> None:
    found = funnel(regions([10, 30, 18, 2, 17]), 1e-5)

    assert isinstance(found, Funnel)
    assert [point.code for point in found.points] == ["R0", "R1", "R2", "R3", "R4"]
    assert [point.position for point in found.points] == [
        Position.INSIDE,
        Position.FAR_ABOVE,
        Position.ABOVE,
        Position.BELOW,
        Position.INSIDE,
    ]
    assert [point.small for point in found.points] == [True, False, True, True, True]
    assert found.points[0].usual == (4, 17)


def test_a_suppressed_count_lies_where_all_of_its_range_lies() -> None:
    found = funnel(regions([1, 1], [4e6, 7e5], high=[4, 4]), 1e-5)

    assert isinstance(found, Funnel)
    # 40 expected: 1 to 4 is far below; 7 expected: limits 2 and 13, so 1 is outside and 4 is not
    assert [point.position for point in found.points] == [Position.FAR_BELOW, Position.UNKNOWN]


def test_regions_without_a_number_are_said() -> None:
    found = funnel(regions([10, NAN]), 1e-5)

    assert isinstance(found, Funnel)
    assert len(found.points) == 1
    assert {note.code for note in found.notes} == {"small_denominator", "left_out"}
    assert isinstance(funnel(regions([NAN]), 1e-5), Refusal)
    assert isinstance(funnel(regions([0.0]), 0.0), Refusal)
