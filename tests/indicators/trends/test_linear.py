from __future__ import annotations

import numpy as np
import pytest

from indicators.model.codes import Outcome
from indicators.model.results import Refusal, TrendResult
from indicators.trends.linear import apc_loglinear, apc_loglinear_many
from tests.indicators.made import make_series, published


def _result(values, **options) -> TrendResult:
    result = apc_loglinear(make_series(values, unit="per 100,000"), **options)
    assert isinstance(result, TrendResult), result
    return result


def test_meets_the_published_case() -> None:
    columns, expected = published("s04_apc_colorectal_both")
    series = make_series(columns["rate"], 1975, unit="per 100,000")
    errors = make_series(columns["se"], 1975, unit="per 100,000")

    plain, weighted = apc_loglinear(series), apc_loglinear(series, standard_error=errors)

    for result, key in ((plain, "ols"), (weighted, "wls_se")):
        assert isinstance(result, TrendResult)
        assert result.estimate == pytest.approx(expected[key]["apc"]["value"], rel=1e-6)
        assert result.low == pytest.approx(expected[key]["apc_low"]["value"], rel=1e-6)
        assert result.high == pytest.approx(expected[key]["apc_high"]["value"], rel=1e-6)
        assert result.p_value == pytest.approx(expected[key]["p"]["value"], rel=1e-4)
        assert result.df == 33


def test_exact_growth_is_found_exactly() -> None:
    result = _result([100 * 1.03**t for t in range(10)])

    assert result.estimate == pytest.approx(3.0, rel=1e-9)
    assert result.outcome is Outcome.RISING


def test_zero_is_refused_and_named() -> None:
    """Trap 4: nothing is added to a zero."""
    refusal = apc_loglinear(make_series([4, 5, 0, 6, 7, 8, 9, 9, 10], unit="per 100,000"))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "zero_on_log_scale"
    assert str(refusal.data["period"]) == "2012"
    assert "count model" in refusal.text


@pytest.mark.parametrize("where", [0, 1, 8, 9])
def test_suppressed_value_at_or_next_to_an_end_is_refused(where: int) -> None:
    values = [10.0 + t for t in range(10)]
    values[where] = (1, 4)
    refusal = apc_loglinear(make_series(values, unit="per 100,000"))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "censored_at_end"


def test_few_suppressed_in_the_middle_are_left_out_and_said() -> None:
    values = [10.0 + t for t in range(10)]
    values[4] = (1, 4)
    result = _result(values)

    assert result.n == 9
    assert result.censored_used == 0
    assert "censored_left_out" in {note.code for note in result.warnings}


def test_many_suppressed_are_refused() -> None:
    values = [10.0, 11, 12, (1, 4), (1, 4), (1, 4), 13, 14, 15, 16]
    refusal = apc_loglinear(make_series(values, unit="per 100,000"))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found, refusal.needed) == ("too_many_censored", 30.0, 20)


def test_seven_points_are_flagged() -> None:
    result = _result([10, 11, 12.5, 13, 14.5, 15, 17])

    assert "few_points" in {note.code for note in result.warnings}


def test_share_gets_a_warning() -> None:
    """Trap 15."""
    result = apc_loglinear(make_series([10, 11, 12, 13, 14, 15, 16, 18.5], unit="%"))

    assert isinstance(result, TrendResult)
    assert "share_on_log_scale" in {note.code for note in result.warnings}


def test_dependent_years_get_a_second_interval_from_twelve_points_on() -> None:
    wave = [100 * np.exp(0.02 * t + 0.15 * np.sin(t / 2.5)) for t in range(16)]

    long, short = _result(wave), _result(wave[:10])

    assert "prais_winsten" in {item.name for item in long.diagnostics}
    assert "prais_winsten" not in {item.name for item in short.diagnostics}
    assert "autocorrelation" in {note.code for note in short.warnings}


def test_scaling_the_values_changes_nothing_but_the_line() -> None:
    values = [12, 15, 14, 18, 17, 21, 22, 25, 24.0]
    one, other = _result(values), _result([1000 * v for v in values])

    assert other.estimate == pytest.approx(one.estimate)
    assert other.fitted[3].value == pytest.approx(1000 * one.fitted[3].value)


def test_batch_equals_single() -> None:
    values = np.array([[12, 15, 14, 18, 17, 21, 22, 25], [4, 5, 0, 6, 7, 8, 9, 9.0]])
    lines = apc_loglinear_many(np.arange(8.0), values)

    assert 100 * np.expm1(lines.slope[0]) == pytest.approx(_result(values[0]).estimate)
    assert np.isnan(lines.slope[1])
