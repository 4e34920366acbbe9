from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats import intervals


def test_garwood_meets_the_printed_table() -> None:
    """Pearson and Hartley, Biometrika Tables, table 40."""
    low, high = intervals.garwood([0, 1, 2, 3])

    assert low == pytest.approx([0, 0.0253, 0.242, 0.619], abs=6e-4)
    assert high == pytest.approx([3.689, 5.572, 7.225, 8.767], abs=6e-4)


def test_byar_uses_count_plus_one() -> None:
    low, high = intervals.byar([0, 10])

    assert low[0] == 0
    assert high == pytest.approx([3.66801183, 18.39145861], rel=1e-8)


@pytest.mark.parametrize(
    ("method", "limits"),
    [
        (intervals.wilson, (0.2553, 0.3662)),
        (intervals.wilson_corrected, (0.2535, 0.3682)),
        (intervals.clopper_pearson, (0.2527, 0.3676)),
    ],
)
def test_shares_meet_newcombe_1998(method, limits) -> None:
    low, high = method(81, 263)

    assert (float(low), float(high)) == pytest.approx(limits, abs=6e-5)


def test_difference_of_shares_meets_newcombe_1998() -> None:
    """Newcombe (1998), Stat. Med. 17, 873-890: 56/70 - 48/80, method 10."""
    low, high = intervals.newcombe_difference(56, 70, 48, 80)

    assert (float(low), float(high)) == pytest.approx((0.0524, 0.3339), abs=6e-5)


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (2.5, 5), (6, 5), (1, 0), (np.nan, 5), (1, np.nan)])
def test_senseless_shares_have_no_interval(x: float, n: float) -> None:
    for method in (
        intervals.wilson,
        intervals.wilson_corrected,
        intervals.clopper_pearson,
        intervals.agresti_coull,
    ):
        assert np.isnan(method(x, n)).all()


def test_no_and_all_reach_the_ends() -> None:
    for method in (intervals.wilson, intervals.wilson_corrected, intervals.clopper_pearson):
        assert float(method(0, 20)[0]) == 0
        assert float(method(20, 20)[1]) == 1


def test_wilson_agrees_with_statsmodels() -> None:
    from statsmodels.stats.proportion import proportion_confint

    x, n = np.array([0, 1, 7, 30]), np.array([9, 29, 20, 30])
    ours = intervals.wilson(x, n, 0.9)

    assert np.array(ours) == pytest.approx(
        np.array(proportion_confint(x, n, alpha=0.1, method="wilson")), abs=1e-12
    )


@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from([0.9, 0.95, 0.99]))
def test_limits_surround_the_share_and_are_symmetric(x: int, n: int, level: float) -> None:
    x = min(x, n)
    for method in (intervals.wilson, intervals.clopper_pearson, intervals.agresti_coull):
        low, high = (float(limit) for limit in method(x, n, level))
        other_low, other_high = (float(limit) for limit in method(n - x, n, level))

        assert low - 1e-12 <= x / n <= high + 1e-12
        assert low == pytest.approx(1 - other_high, abs=1e-9)
        assert high == pytest.approx(1 - other_low, abs=1e-9)


@given(st.integers(0, 60))
def test_garwood_covers_at_least_its_level(k: int) -> None:
    """The limits invert the two one-sided tests."""
    from scipy.stats import poisson

    low, high = (float(limit) for limit in intervals.garwood(k))

    assert poisson.cdf(k, high) == pytest.approx(0.025, abs=1e-9)
    if k:
        assert poisson.sf(k - 1, low) == pytest.approx(0.025, abs=1e-9)


def test_rate_ratio_without_comparison_cases_has_no_upper_limit() -> None:
    low, high = intervals.rate_ratio_exact(4, 1000, 0, 1000)

    assert float(low) > 0
    assert np.isinf(high)
    assert intervals.rate_ratio_p(0, 10.0, 0, 20.0) == 1.0


def test_equal_rates_have_a_ratio_interval_around_one() -> None:
    low, high = intervals.rate_ratio_exact(20, 1e5, 20, 1e5)

    assert float(low) * float(high) == pytest.approx(1.0)


def test_bootstrap_limits_are_those_of_endless_draws() -> None:
    rng = np.random.default_rng(4)
    draws = rng.gamma(12.5, size=400_000) / rng.gamma(30.5, size=400_000)

    low, high = intervals.bootstrap_ratio(12, 30)

    assert (float(low), float(high)) == pytest.approx(np.quantile(draws, [0.025, 0.975]), rel=0.01)
    assert float(intervals.bootstrap_ratio(0, 3)[0]) == 0
    assert np.isnan(intervals.bootstrap_ratio(3, 0)).all()


def test_delta_of_two_shares_on_the_log_scale() -> None:
    variance = intervals.log_share_variance(15, 30) + intervals.log_share_variance(20, 80)
    low, high = intervals.log_delta(2.0, variance)

    assert float(np.log(high / 2)) == pytest.approx(
        1.959964 * (1 / 15 - 1 / 30 + 1 / 20 - 1 / 80) ** 0.5, rel=1e-6
    )
    assert np.isnan(intervals.log_delta(0.0, 0.1)).all()
    assert float(low) * float(high) == pytest.approx(4.0)


def test_standardised_rate_meets_fay_and_feuer() -> None:
    """Equal weights per head make the crude rate, whose gamma limits are then Garwood's."""
    rate = intervals.standardised_rate([4, 6], [1000, 1000], [1, 1])
    low, high = intervals.garwood(10)

    assert rate.estimate == pytest.approx(10 / 2000)
    assert (rate.low, rate.high) == pytest.approx((float(low) / 2000, float(high) / 2000))


def test_standardised_rate_without_cases_begins_at_zero() -> None:
    assert intervals.standardised_rate([0, 0], [100, 200], [1, 1]).low == 0


def test_median_by_counts_uses_order_statistics() -> None:
    """Ranks of the 95 % interval of a median by the binomial table: n = 6: 1, n = 10: 2, n = 20: 6."""
    for n, rank in ((6, 1), (10, 2), (20, 6)):
        found = intervals.median_by_counts(np.arange(1, n + 1), np.ones(n))
        assert found is not None
        assert (found.low, found.high) == (rank, n + 1 - rank)
        assert found.estimate == (n + 1) / 2


def test_median_of_five_has_no_interval() -> None:
    found = intervals.median_by_counts([30, 10], [2, 3])

    assert found is not None
    assert found.estimate == 10
    assert np.isnan(found.low)
    assert intervals.median_by_counts([], []) is None
