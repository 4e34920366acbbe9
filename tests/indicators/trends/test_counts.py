from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.codes import Outcome
from indicators.model.results import Refusal, TrendResult
from indicators.stats.intervals import student_quantile
from indicators.stats.points import usable
from indicators.trends.counts import count_fit, count_trend, count_trend_many
from indicators.trends.linear import apc_loglinear
from tests.indicators.made import make_series, published

COUNTS = [22, 31, 28, 54, 49, 77, 61, 103, 88, 141, 120, 97, 151, 132, 210, 188]


def _result(values, **options) -> TrendResult:
    result = count_trend(make_series(values), **options)
    assert isinstance(result, TrendResult), result
    return result


def _diagnostic(result: TrendResult, name: str) -> float:
    return next(item.value for item in result.diagnostics if item.name == name)


def test_meets_the_published_case() -> None:
    """Traps 1 and 3: t on n - 2 degrees of freedom, scaled by the dispersion."""
    columns, expected = published("s05_count_trend")
    population = make_series(columns["population"], 2008)
    result = count_trend(make_series(columns["count"], 2008), population=population)
    quasi = expected["quasipoisson"]

    assert isinstance(result, TrendResult)
    assert result.estimate == pytest.approx(expected["poisson"]["apc"]["value"], rel=1e-6)
    assert result.low == pytest.approx(quasi["low_t"]["value"], rel=1e-5)
    assert result.high == pytest.approx(quasi["high_t"]["value"], rel=1e-5)
    assert result.p_value == pytest.approx(quasi["p"]["value"], rel=1e-4)
    assert result.df == 14
    assert _diagnostic(result, "dispersion") == pytest.approx(
        quasi["dispersion"]["value"], rel=1e-5
    )


def test_interval_is_wider_than_a_normal_one() -> None:
    """Trap 1, without outside data: the half-width on the log scale is t times the error."""
    import statsmodels.api as sm

    x = sm.add_constant(np.arange(10.0) - 4.5)
    theirs = sm.GLM(np.array(COUNTS[:10]), x, family=sm.families.Poisson()).fit(
        scale="X2", tol=1e-12
    )
    result = _result(COUNTS[:10])

    half = np.log1p(result.high / 100) - np.log1p(result.estimate / 100)
    assert half == pytest.approx(student_quantile(8) * theirs.bse[1], rel=1e-7)
    assert half > 1.15 * 1.96 * theirs.bse[1]


def test_error_never_falls_below_poisson() -> None:
    smooth = [round(100 * 1.05**t) for t in range(10)]
    result = _result(smooth)

    assert _diagnostic(result, "dispersion") < 0.1
    half = np.log1p(result.high / 100) - np.log1p(result.estimate / 100)
    assert half > 2 / np.sqrt(sum(smooth) * 8.25)


def test_overdispersed_counts_show_the_negative_binomial() -> None:
    names = {item.name for item in _result(COUNTS).diagnostics}
    short = {item.name for item in _result(COUNTS[:9]).diagnostics}

    assert {"negative_binomial", "negative_binomial_alpha"} <= names
    assert "negative_binomial" not in short


def test_suppressed_cells_enter_with_their_bounds() -> None:
    """Trap 9: dropping the small cells bends the slope down; the likelihood of bounds does not."""
    rng = np.random.default_rng(2)
    full, kept, dropped = [], [], []
    while len(full) < 25:
        y = rng.poisson(2.5 * np.exp(0.12 * np.arange(14))).astype(float)
        small = (y > 0) & (y < 5)
        if not 4 <= small.sum() <= 7:
            continue
        points = usable(make_series([(1, 4) if s else v for v, s in zip(y, small, strict=True)]))
        full.append(count_fit(usable(make_series(y))).coef[1])
        kept.append(count_fit(points).coef[1])
        dropped.append(count_fit(points.take(~points.censored)).coef[1])

    assert np.mean(kept) == pytest.approx(np.mean(full), abs=0.01)
    assert np.mean(dropped) < np.mean(full) - 0.02


def test_suppressed_cells_are_counted() -> None:
    result = _result([(1, 4), (1, 4), 6, 5, 8, 9, 12, 11, 15])

    assert (result.n, result.censored_used) == (9, 2)
    assert result.df == 5


def test_tight_bounds_are_nearly_exact_counts() -> None:
    exact = _result(COUNTS)
    nearly = _result([(22, 23), *COUNTS[1:]])

    assert nearly.estimate == pytest.approx(exact.estimate, abs=0.15)


def test_more_than_half_suppressed_is_refused() -> None:
    refusal = count_trend(make_series([(1, 4)] * 6 + [5, 6, 7, 8, 9]))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "too_many_censored"


def test_fewer_than_five_exact_is_refused() -> None:
    refusal = count_trend(make_series([(1, 4)] * 4 + [5, 6, 7, 8]))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found, refusal.needed) == ("too_few_exact", 4, 5)


def test_zeros_are_counts_like_others() -> None:
    assert _result([0, 1, 0, 3, 2, 5, 4, 7, 9]).outcome is Outcome.RISING


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([0] * 9, "all_zero"),
        ([1.5, 2, 3, 4, 5, 6, 7, 8], "not_counts"),
        ([-1, 2, 3, 4, 5, 6, 7, 8], "not_counts"),
        ([0, 0, 0, 0, 0, 0, 0, 8], "no_convergence"),
    ],
)
def test_refusals(values, code: str) -> None:
    result = count_trend(make_series(values))

    if code == "no_convergence" and isinstance(result, TrendResult):
        assert result.outcome is Outcome.NO_CLEAR_CHANGE
        return
    assert isinstance(result, Refusal)
    assert result.code == code


def test_missing_population_is_refused_and_named() -> None:
    refusal = count_trend(make_series(COUNTS), population=make_series([1e6] * 15))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "population_missing"
    assert str(refusal.data["period"]) == "2025"


def test_offset_is_the_logarithm() -> None:
    """Trap (e): growth of the population is taken off the growth of the counts."""
    people = make_series([1e6 * 1.02**t for t in range(16)])

    plain, per_head = _result(COUNTS), _result(COUNTS, population=people)

    assert 1 + per_head.estimate / 100 == pytest.approx((1 + plain.estimate / 100) / 1.02)


def test_jump_of_the_population_is_named() -> None:
    """Trap 18."""
    people = [1e6 * 1.01**t * (1.06 if t > 8 else 1) for t in range(16)]
    result = _result(COUNTS, population=make_series(people))

    assert "population_jump" in {note.code for note in result.warnings}


@settings(max_examples=8, deadline=None)
@given(st.integers(2, 50), st.floats(0.1, 1000))
def test_scaling_counts_and_population(factor: int, scale: float) -> None:
    people = [5e6 * 1.01**t for t in range(16)]
    one = _result(COUNTS, population=make_series(people))
    bigger = _result(
        [factor * v for v in COUNTS], population=make_series([scale * p for p in people])
    )

    assert bigger.estimate == pytest.approx(one.estimate, rel=1e-7)
    assert _diagnostic(bigger, "dispersion") == pytest.approx(
        factor * _diagnostic(one, "dispersion"), rel=1e-6
    )
    assert bigger.low == pytest.approx(one.low, rel=1e-6)


def test_reversed_time_reverses_the_sign() -> None:
    forth, back = _result(COUNTS), _result(COUNTS[::-1])

    assert (1 + forth.estimate / 100) * (1 + back.estimate / 100) == pytest.approx(1)


def test_counts_are_not_fitted_on_logs() -> None:
    """Trap (c): small years weigh less than on logarithms."""
    values = [1, 60, 62, 64, 66, 68, 70, 72, 74]
    logs = apc_loglinear(make_series(values))

    assert isinstance(logs, TrendResult)
    assert _result(values).estimate < logs.estimate / 2


@pytest.mark.parametrize("n", [8, 12, 20])
@pytest.mark.parametrize(("mean", "k"), [(20, 40), (50, 6), (8, 40), (300, 40)])
def test_no_change_is_rarely_called_a_change(n: int, mean: float, k: float) -> None:
    """The rule of ``count_trend`` on 3,000 series of pure noise, fitted in a batch."""
    rng = np.random.default_rng(100 + n)
    y = rng.poisson(rng.gamma(k, mean / k, (3000, n))).astype(float)
    lines = count_trend_many(np.arange(n, dtype=float), y)
    error = lines.se / np.sqrt(np.minimum(lines.dispersion, 1))
    clear = np.abs(lines.slope) > student_quantile(n - 2) * error

    assert clear.mean() <= 0.06
    for i in range(3):
        single = _result(y[i]).outcome in (Outcome.RISING, Outcome.FALLING)
        assert single == clear[i]
