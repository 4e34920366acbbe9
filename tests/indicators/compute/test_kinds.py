"""Kinds of indicators: values, ranges, zero rules and bounds, with hand-worked numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.compute.indicator import compute
from indicators.compute.kinds import KINDS, kind_rule
from indicators.model.codes import Kind, Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL, Cube
from tests.indicators.compute.cubes import Cell, cubes_of, make_cube
from tests.indicators.compute.definitions import make_indicator

SHARE = make_indicator("SHARE", "part", "whole", interval="wilson")
RATE = make_indicator("RATE", "part", "pop_total", interval="poisson", per=100_000.0)


def last(indicator: Indicator, cubes: dict[str, Cube], **more: Any) -> IndicatorValue:
    (series,) = compute(indicator, cubes, areas=("XVA",), breakdowns=(TOTAL,), **more)
    return series.values[-1]


def of(indicator: Indicator, **cells: Cell) -> IndicatorValue:
    return last(indicator, cubes_of(**{name: [cell] for name, cell in cells.items()}))


def test_every_kind_has_its_rule() -> None:
    assert [rule.id for rule in KINDS] == [kind.value for kind in Kind]
    assert not any(rule.has_sides and rule.has_formula for rule in KINDS)
    assert kind_rule(Kind.SHARE).bounded
    assert not kind_rule(Kind.RATIO).bounded


def test_a_share_is_in_percent_with_its_wilson_range() -> None:
    found = of(SHARE, part=60.0, whole=80.0)

    # Wilson (1927), computed by hand from the equation
    assert found.value == 75.0
    assert (found.low, found.high) == pytest.approx((64.515, 83.194), abs=5e-4)
    assert (found.numerator, found.denominator, found.status) == (60, 80, Status.A)


def test_a_rate_has_exact_poisson_limits_on_its_count() -> None:
    found = of(RATE, part=10.0, pop_total=1_000_000.0)

    # Garwood limits of 10: 4.795 and 18.390
    assert found.value == 1.0
    assert (found.low, found.high) == pytest.approx((0.4795, 1.8390), abs=5e-5)


def test_a_rate_of_no_events_begins_at_zero() -> None:
    found = of(RATE, part="Z", pop_total=1_000_000.0)

    assert (found.value, found.low, found.status) == (0.0, 0.0, Status.Z)
    assert found.high == pytest.approx(0.36889, abs=5e-6)


def test_a_pooled_rate_takes_its_limits_from_the_pooled_count() -> None:
    pooled = make_indicator("RATE", "mean2(part)", "pop_total", interval="poisson", per=100_000.0)
    cubes = cubes_of(part=[6.0, 4.0], pop_total=[1e6, 1e6])

    found = last(pooled, cubes)

    assert found.value == 0.5
    assert (found.low, found.high) == pytest.approx((0.4795 / 2, 1.8390 / 2), abs=5e-5)


def test_a_ratio_of_counts_may_exceed_100_and_has_a_range() -> None:
    ratio = make_indicator("RATIO", "part", "whole", interval="bootstrap")

    found = of(ratio, part=63.0, whole=42.0)

    assert found.value == 150.0
    assert found.low is not None
    assert found.high is not None
    assert found.low < 150 < found.high


def test_a_lagged_ratio_takes_its_range_from_both_counts() -> None:
    over_mean = make_indicator("RATIO", "part", "mean2(whole@t-1)", interval="bootstrap")
    over_sum = make_indicator("RATIO", "part", "sum2(whole@t-1)", interval="bootstrap", per=200.0)
    cubes = cubes_of(part=[1.0, 1.0, 45.0], whole=[280.0, 320.0, 1.0])

    found, same = last(over_mean, cubes), last(over_sum, cubes)

    assert found.value == same.value == 15.0
    assert (found.low, found.high) == pytest.approx((same.low, same.high))


def test_without_a_range_rule_there_is_no_range() -> None:
    found = of(make_indicator("SHARE", "part", "whole"), part=3.0, whole=4.0)

    assert (found.value, found.low, found.high) == (75.0, None, None)


def test_no_cases_gives_no_value_and_says_so() -> None:
    found = of(SHARE, part=0.0, whole=0.0)

    assert found.value is None
    assert found.status is Status.X
    assert found.reason is not None
    assert found.reason.code == "no_cases"
    assert (found.low, found.high) == (None, None)


def test_a_zero_population_is_an_error_in_the_data() -> None:
    found = of(RATE, part=3.0, pop_total=0.0)

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "zero_population"


@pytest.mark.parametrize("kind", ["SHARE", "COHORT"])
def test_a_part_above_its_whole_is_an_error_and_not_a_value(kind: str) -> None:
    found = of(make_indicator(kind, "part", "whole", interval="wilson"), part=81.0, whole=80.0)

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "above_whole"
    assert (found.numerator, found.denominator) == (81, 80)
    assert (found.low, found.high) == (None, None)


def test_a_negative_part_is_an_error_and_not_a_value() -> None:
    indicator = make_indicator("WSHARE", calculator="part_of", inputs=("a - b", "a"))

    found = of(indicator, a=100.0, b=120.0)

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "below_zero"


def test_a_full_share_stays_within_bounds() -> None:
    found = of(SHARE, part=80.0, whole=80.0)

    assert (found.value, found.high) == (100.0, 100.0)


def test_a_suppressed_part_gives_bounds_and_no_point() -> None:
    found = of(SHARE, part=(1.0, 4.0), whole=80.0)

    assert (found.value, found.low, found.high) == (None, 1.25, 5.0)
    assert (found.status, found.reason) == (Status.S, None)
    assert (found.numerator, found.denominator) == (None, 80)


def test_bounds_of_a_share_never_leave_zero_to_hundred() -> None:
    found = of(SHARE, part=(1.0, 4.0), whole=(1.0, 4.0))

    assert (found.low, found.high) == (25.0, 100.0)


def test_an_open_bound_is_no_number() -> None:
    found = of(RATE, part=3.0, pop_total=(0.0, 10.0))

    assert (found.low, found.high, found.status) == (30_000.0, None, Status.S)


def test_a_missing_input_is_named() -> None:
    found = of(SHARE, part=3.0, whole=None)

    assert (found.value, found.status, found.numerator) == (None, Status.M, 3.0)
    assert found.reason is not None
    assert found.reason.data["variable"] == "whole"


def test_an_input_that_does_not_apply_is_told_from_a_missing_one() -> None:
    found = of(SHARE, part="X", whole=80.0)

    assert found.status is Status.X
    assert found.reason is not None
    assert found.reason.code == "not_applicable"


def survey(**cells: Cell) -> IndicatorValue:
    indicator = make_indicator(
        "SHARE", "kap_aware", "kap_n", interval="wilson", n_effective="kap_n_eff"
    )
    return of(indicator, **cells)


def test_survey_shares_take_the_effective_number_of_respondents() -> None:
    with_effective = survey(kap_aware=528.4, kap_n=2400.5, kap_n_eff=1600.0)
    plain = of(SHARE, part=528.0, whole=2400.0)

    assert with_effective.value == pytest.approx(22.012, abs=5e-4)
    assert with_effective.high is not None
    assert with_effective.low is not None
    assert plain.high is not None
    assert plain.low is not None
    assert with_effective.high - with_effective.low > plain.high - plain.low


def test_survey_shares_without_the_effective_number_are_no_value() -> None:
    found = survey(kap_aware=528.0, kap_n=2400.0, kap_n_eff=None)

    assert found.value is None
    assert found.reason is not None
    assert found.reason.data["variable"] == "kap_n_eff"


# cohorts


COHORT = make_indicator("COHORT", "coh_cnv[K=k]", "coh_pro", interval="wilson")


def cohorts() -> dict[str, Cube]:
    return {
        "coh_cnv": make_cube("coh_cnv", {"K=1": [10.0, 12.0, 3.0], "K=2": [40.0, 20.0, None]}),
        "coh_pro": make_cube("coh_pro", {"": [100.0, 100.0, 100.0]}),
    }


def test_cohorts_have_a_value_once_they_were_followed_long_enough() -> None:
    (series,) = compute(
        COHORT, cohorts(), parameters={"k": 2}, breakdowns=(TOTAL,), areas=("XVA",)
    )

    complete, still_open, unseen = series.values
    assert (complete.value, complete.status) == (40.0, Status.A)
    assert still_open.value is None
    assert still_open.reason is not None
    assert still_open.reason.code == "open_cohort"
    assert (still_open.low, still_open.high) == (20.0, 100.0)
    assert (still_open.numerator, still_open.denominator) == (20, 100)
    assert unseen.reason is not None
    assert unseen.reason.code == "missing_input"


def test_a_shorter_follow_up_closes_earlier() -> None:
    (series,) = compute(
        COHORT, cohorts(), parameters={"k": 1}, breakdowns=(TOTAL,), areas=("XVA",)
    )

    assert [value.value for value in series.values] == [10.0, 12.0, None]


def test_the_last_complete_period_can_be_told() -> None:
    found = compute(COHORT, cohorts(), parameters={"k": 2}, latest=Period.of_year(2025))

    assert [value.value for value in found[0].values] == [40.0, 20.0, None]


@pytest.mark.parametrize(
    ("latest", "is_open"),
    [("2021-Q1", True), ("2021-Q2", True), ("2021-Q3", False), ("2022-Q1", False)],
)
def test_years_of_follow_up_count_for_quarters_too(latest: str, *, is_open: bool) -> None:
    period = Period.parse("2020-Q3")
    cubes = {
        name: replace(cube, periods=(period,))
        for name, cube in {
            "coh_cnv": make_cube("coh_cnv", {"K=1": [10.0]}),
            "coh_pro": make_cube("coh_pro", {"": [40.0]}),
        }.items()
    }

    (series,) = compute(COHORT, cubes, parameters={"k": 1}, latest=Period.parse(latest))

    assert (series.values[0].value is None) == is_open


def test_open_cohorts_of_an_opposite_share_are_open_downwards() -> None:
    impunity = make_indicator("COHORT", "coh_pro - coh_cnv[K=2]", "coh_pro")

    (series,) = compute(impunity, cohorts(), areas=("XVA",), breakdowns=(TOTAL,))

    assert series.values[0].value == 60.0
    assert (series.values[1].low, series.values[1].high) == (0.0, 80.0)


# whole formulas


def test_parity_of_two_shares_has_limits_on_the_log_scale() -> None:
    indicator = make_indicator(
        "RELATIVE", interval="delta", formula="(x[FORM=LAB] / x) / (y[FORM=LAB] / y)", per=1.0
    )
    cubes = {
        "x": make_cube("x", {"": [120.0], "FORM=LAB": [18.0]}),
        "y": make_cube("y", {"": [400.0], "FORM=LAB": [120.0]}),
    }

    found = last(indicator, cubes)

    # by hand: var log = 1/18 - 1/120 + 1/120 - 1/400 = 0.053056; exp(1.96 * 0.230338) = 1.5706
    assert found.value == 0.5
    assert (found.low, found.high) == pytest.approx((0.31835, 0.78530), abs=5e-5)


def test_populations_do_not_vary_in_a_relation_of_rates() -> None:
    indicator = make_indicator(
        "RELATIVE",
        interval="delta",
        formula="(x[RSK=g] / pop_risk[RSK=g]) / (x / pop_total)",
        per=1.0,
    )
    cubes = {
        "x": make_cube("x", {"": [400.0], "RSK=IRR": [100.0]}),
        "pop_risk": make_cube("pop_risk", {"RSK=IRR": [1e5]}),
        "pop_total": make_cube("pop_total", {"": [1e6]}),
    }

    found = last(indicator, cubes, parameters={"g": "IRR"})

    # by hand: var log = 1/100 - 1/400 = 0.0075; exp(1.96 * 0.0866) = 1.18499
    assert found.value == pytest.approx(2.5)
    assert (found.low, found.high) == pytest.approx((2.5 / 1.18499, 2.5 * 1.18499), abs=5e-4)


def test_growth_is_zero_when_nothing_changes_and_its_range_encloses_it() -> None:
    growth = make_indicator("CHANGE", interval="delta", formula="x / mean3(x@t-1) - 1")

    found = last(growth, cubes_of(x=[100.0, 100.0, 100.0, 100.0]))

    # by hand: var log = 1/100 + 1/300; exp(1.96 * 0.11547) = 1.25398
    assert found.value == 0.0
    assert (found.low, found.high) == pytest.approx((-20.254, 25.398), abs=5e-3)


def test_growth_of_money_has_no_range() -> None:
    growth = make_indicator("CHANGE", formula="m / m@t-1 - 1")
    cubes = {"m": make_cube("m", {"": [2.0, 3.0]}, unit="VLD:1e6")}

    found = last(growth, cubes)

    assert (found.value, found.low) == (50.0, None)
    assert found.notes == ()


# properties


COUNTS = st.integers(0, 400)


@settings(deadline=None)
@given(part=COUNTS, rest=COUNTS, factor=st.sampled_from([2.0, 10.0, 1000.0]))
def test_per_only_scales(part: int, rest: int, factor: float) -> None:
    whole = part + rest
    one = of(
        make_indicator("RATE", "part", "whole", interval="poisson", per=1.0),
        part=float(part),
        whole=float(whole),
    )
    more = of(
        make_indicator("RATE", "part", "whole", interval="poisson", per=factor),
        part=float(part),
        whole=float(whole),
    )

    for name in ("value", "low", "high"):
        plain, scaled = getattr(one, name), getattr(more, name)
        assert (scaled is None) == (plain is None)
        assert plain is None or scaled == pytest.approx(plain * factor)


@settings(deadline=None)
@given(part=COUNTS, rest=COUNTS)
def test_a_range_encloses_its_value(part: int, rest: int) -> None:
    found = of(SHARE, part=float(part), whole=float(part + rest))

    if found.value is not None:
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 100


@settings(deadline=None)
@given(low=st.integers(0, 5), width=st.integers(0, 4), whole=st.integers(10, 99), step=COUNTS)
def test_bounds_enclose_every_count_that_may_be_hidden(
    low: int, width: int, whole: int, step: int
) -> None:
    hidden = low + step % (width + 1)
    bounds = of(SHARE, part=(float(low), float(low + width)), whole=float(whole))
    point = of(SHARE, part=float(hidden), whole=float(whole))

    assert point.value is not None
    assert bounds.low is not None
    assert bounds.high is not None
    assert bounds.low - 1e-9 <= point.value <= bounds.high + 1e-9


@settings(deadline=None)
@given(st.lists(st.sampled_from([1.0, 5.0, None, "Z", "X", (1.0, 4.0)]), min_size=1, max_size=6))
def test_missing_never_becomes_zero(cells: list[Cell]) -> None:
    cubes = cubes_of(part=cells, whole=[9.0] * len(cells))

    (series,) = compute(SHARE, cubes, areas=("XVA",), breakdowns=(TOTAL,))

    for cell, found in zip(cells, series.values, strict=True):
        has_value = isinstance(cell, float) or cell == "Z"
        assert (found.value is not None) == has_value
        assert has_value or (found.status in (Status.M, Status.X, Status.S))
