"""What every trend model must do alike."""

from __future__ import annotations

import pytest

from indicators.model.codes import Outcome
from indicators.model.results import Refusal, TrendResult
from indicators.stats.limits import LENGTHS
from indicators.trends import TRENDS, recommendation, recommended
from tests.indicators.made import make_break, make_series

RISING = [40, 46, 44, 52, 57, 55, 63, 70, 68, 77, 85, 83]
BENT = ("joinpoint", "breaks")
"""Models that ask another question; ``test_joinpoint`` and ``test_breaks`` hold them to theirs."""
MODELS = pytest.mark.parametrize(
    "model", [model for model in TRENDS if model.id not in BENT], ids=lambda model: model.id
)


def _fit(model, values, **options) -> TrendResult:
    result = model.fit(make_series(values), **options)
    assert isinstance(result, TrendResult), result
    return result


@MODELS
def test_carries_everything_a_reader_needs(model) -> None:
    result = _fit(model, RISING)

    assert result.outcome is Outcome.RISING
    assert result.low < result.estimate < result.high
    assert (result.n, str(result.first), str(result.last)) == (12, "2010", "2021")
    assert result.method == model.id
    assert result.p_value is not None
    assert 0 < result.p_value < 0.05
    assert len(result.fitted) == 12
    assert all(point.low < point.value < point.high for point in result.fitted[1:3])
    assert {item.name for item in result.diagnostics} >= {"lag1", "durbin_watson", "drop_one"}
    assert result.assumptions
    assert result.vintages == (1,)
    assert len(result.data_hash) == 64


@MODELS
def test_refuses_below_its_length_and_says_what_is_enough(model) -> None:
    needed = LENGTHS[model.id].points

    refusal = model.fit(make_series(RISING[: needed - 1]))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found, refusal.needed) == ("too_few_points", needed - 1, needed)
    assert not isinstance(model.fit(make_series(RISING[:needed])), Refusal)


@MODELS
def test_gaps_are_real_time(model) -> None:
    """Trap 8: a missing year is neither filled nor collapsed."""
    with_gap = [*RISING[:5], None, None, None, *RISING[5:]]
    result = _fit(model, with_gap)
    collapsed = _fit(model, RISING)

    absent = model.fit(make_series(RISING, years=[*range(2010, 2015), *range(2018, 2025)]))

    assert isinstance(absent, TrendResult)
    assert absent.estimate == pytest.approx(result.estimate, rel=1e-12)
    assert absent.missing == result.missing
    assert [str(period) for period in result.missing] == ["2015", "2016", "2017"]
    assert result.n == 12
    assert 0 < result.estimate < 0.95 * collapsed.estimate


@MODELS
def test_line_begins_at_the_last_break(model) -> None:
    values = [300, 290, 310, 305, *RISING]
    result = model.fit(make_series(values), breaks=(make_break(2014),))

    assert isinstance(result, TrendResult)
    assert str(result.first) == "2014"
    assert result.estimate == pytest.approx(_fit(model, RISING).estimate)
    assert result.breaks_crossed == ()
    assert "fitted_from_break" in {note.code for note in result.warnings}


@MODELS
def test_break_is_crossed_only_when_asked_and_named(model) -> None:
    values = [300, 290, 310, 305, *RISING]
    result = model.fit(make_series(values), breaks=(make_break(2014, "b14"),), cross_breaks=True)

    assert isinstance(result, TrendResult)
    assert result.n == 16
    assert result.breaks_crossed == ("b14",)
    assert "crosses_break" in {note.code for note in result.warnings}


@MODELS
def test_too_few_years_since_a_break(model) -> None:
    refusal = model.fit(make_series(RISING), breaks=(make_break(2019),))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found) == ("too_few_points_after_break", 3)


@MODELS
def test_provisional_year_that_decides_is_named(model) -> None:
    """Trap 12."""
    values = [50, 57, 44, 53, 47, 55, 46, 52, 48, 51, 49, 900]
    flat = _fit(model, values[:-1])
    result = model.fit(make_series(values, provisional=[11]))

    assert isinstance(result, TrendResult)
    assert result.provisional_used
    assert result.without_provisional is not None
    assert result.without_provisional.estimate == pytest.approx(flat.estimate)
    if result.outcome is not flat.outcome:
        assert "rests_on_provisional" in {note.code for note in result.warnings}


@MODELS
def test_provisional_year_can_be_left_out(model) -> None:
    series = make_series([*RISING, 400], provisional=[12])
    result = model.fit(series, use_provisional=False)

    assert isinstance(result, TrendResult)
    assert not result.provisional_used
    assert result.estimate == pytest.approx(_fit(model, RISING).estimate)


@MODELS
def test_months_are_refused(model) -> None:
    refusal = model.fit(make_series(RISING * 3, monthly=True))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "yearly_only"


@MODELS
def test_constant_series_is_stable(model) -> None:
    result = _fit(model, [500] * 14)

    assert result.outcome is Outcome.STABLE
    assert result.estimate == pytest.approx(0, abs=1e-9)


@MODELS
def test_noise_is_not_called_stable(model) -> None:
    result = _fit(model, [30, 51, 22, 45, 33, 58, 27, 40, 36])

    assert result.outcome is Outcome.NO_CLEAR_CHANGE


@MODELS
def test_order_of_the_level_is_kept(model) -> None:
    wide, narrow = _fit(model, RISING, level=0.99), _fit(model, RISING, level=0.9)

    assert wide.low < narrow.low < narrow.high < wide.high


def test_proposal_follows_the_unit() -> None:
    assert recommended(make_series(RISING)) == "count_trend"
    assert recommended(make_series([0, *RISING])) == "count_trend"
    assert recommended(make_series(RISING[:6])) == "theil_sen"
    assert (
        recommended(make_series([v + 0.5 for v in RISING], unit="per 100,000")) == "apc_loglinear"
    )
    assert recommended(make_series([v + 0.5 for v in RISING], unit="VLD:1e6")) == "apc_loglinear"
    assert recommended(make_series(RISING, unit="%")) == "theil_sen"
    assert recommended(make_series([0.0, *RISING], unit="per 100,000")) == "theil_sen"
    assert recommendation(make_series(RISING)).reason


def test_suppressed_cells_propose_the_count_model() -> None:
    assert recommended(make_series([(1, 4), (1, 4), *RISING])) == "count_trend"
