from __future__ import annotations

import pytest

from indicators.model.codes import Outcome
from indicators.model.results import TrendResult
from indicators.trends.rank import theil_sen
from tests.indicators.made import make_series, published


def _result(values, **options) -> TrendResult:
    result = theil_sen(make_series(values, **options))
    assert isinstance(result, TrendResult), result
    return result


def test_meets_the_published_case() -> None:
    columns, expected = published("s10_mk_short9")
    result = _result(columns["value"], start=2014)

    assert result.estimate == pytest.approx(expected["sen_slope"]["value"])
    assert result.low == pytest.approx(expected["sen_low"]["value"], rel=1e-6)
    assert result.high == pytest.approx(expected["sen_high"]["value"], rel=1e-6)
    assert result.p_value == pytest.approx(expected["p_exact"]["value"], rel=1e-6)


def test_four_points_have_a_slope_and_no_claim() -> None:
    """Trap 9: no normal-theory p under eight points, and four points can never be clear."""
    result = _result([1, 2, 4, 9])

    assert result.p_value is None
    assert result.outcome is Outcome.NO_CLEAR_CHANGE
    assert "few_points" in {note.code for note in result.warnings}


def test_five_points_have_an_exact_p() -> None:
    assert _result([1, 2, 4, 9, 11]).p_value == pytest.approx(2 / 120)


def test_short_series_with_ties_has_no_p() -> None:
    assert _result([1, 2, 2, 3, 5, 6]).p_value is None


def test_one_odd_year_does_not_turn_the_slope() -> None:
    values = [10, 12, 14, 16, 18, 20, 22, 24, 26, 28]
    spoiled = [*values[:4], 300, *values[5:]]

    assert _result(spoiled).estimate == pytest.approx(2, abs=0.2)


def test_shares_change_in_percentage_points() -> None:
    result = _result([40.0, 42, 41, 45, 47, 49, 50, 52, 55], unit="%")

    assert result.unit == "percentage points a year"
    assert result.estimate == pytest.approx(1.86, abs=0.2)


def test_band_of_a_stable_series_is_percent_of_its_level() -> None:
    values = [1000, 1002, 999, 1001, 1000, 998, 1001, 1000, 999, 1001.0]

    assert _result(values, unit="VLD:1e6").outcome is Outcome.STABLE
    assert _result([v - 990 for v in values], unit="VLD:1e6").outcome is Outcome.NO_CLEAR_CHANGE


def test_four_points_are_never_called_stable() -> None:
    assert _result([1000, 1001, 1000, 999]).outcome is Outcome.NO_CLEAR_CHANGE
    assert _result([1000, 1001, 1000, 999, 1002]).outcome is Outcome.STABLE
