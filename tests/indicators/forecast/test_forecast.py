"""Forecasts: how far, from how many years, never below 0, and not when "no change" does better."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.errors import IndicatorsError
from indicators.forecast import DETECTIONS, FORECASTS, ForecastResult, forecast
from indicators.forecast.paths import drift
from indicators.model.results import Refusal
from indicators.stats.intervals import student_quantile
from indicators.stats.limits import max_horizon
from tests.indicators.made import Cell, make_break, make_series


def _growth(n: int, rate: float = 0.05, noise: float = 0.02, seed: int = 1) -> list[Cell]:
    wave = np.random.default_rng(seed).normal(0, noise, n)
    return [float(v) for v in 200 * np.exp(rate * np.arange(n) + wave)]


def _found(values: list[Cell], **options: object) -> ForecastResult:
    result = forecast(make_series(values, 2005), **options)
    assert isinstance(result, ForecastResult), result
    return result


def _codes(result: ForecastResult) -> set[str]:
    return {note.code for note in result.warnings}


@pytest.mark.parametrize(
    ("n", "most"), [(11, 0), (12, 3), (15, 3), (16, 4), (19, 4), (20, 5), (40, 5)]
)
def test_horizon_follows_the_length(n: int, most: int) -> None:
    assert max_horizon(n) == most
    if most:
        assert len(_found(_growth(n), horizon=most).drawn.points) == most
    refusal = forecast(make_series(_growth(n)), horizon=most + 1)
    assert isinstance(refusal, Refusal)
    assert refusal.code == ("horizon_too_long" if most else "too_few_points")


def test_eleven_years_are_refused() -> None:
    """Trap 9, for forecasts."""
    refusal = forecast(make_series(_growth(11)))

    assert isinstance(refusal, Refusal)
    assert (refusal.found, refusal.needed) == (11, 12)


def test_models_wait_for_their_length() -> None:
    assert [m.model for m in _found(_growth(15)).members] == ["no_change", "drift", "damped"]
    longer = _found(_growth(16))
    assert {m.model for m in longer.members} == {
        "no_change", "drift", "damped", "local_level", "combination",
    }  # fmt: skip
    assert longer.asked == "combination"
    for name, n in (("combination", 15), ("local_linear", 15), ("arima", 21)):
        assert isinstance(forecast(make_series(_growth(n)), model=name), Refusal)


def test_drift_is_the_closed_form() -> None:
    """Random walk with drift: error s sqrt(h + h^2/(n-1)), Student's t on n - 2."""
    values = _growth(14)
    result = _found(values, horizon=3)
    steps = np.diff(np.log(np.array(values, dtype=float)))
    spread = steps.std(ddof=1) * np.sqrt(3 + 9 / 13)
    from scipy.stats import t

    last = result.drawn.points[-1]
    middle = np.log(values[-1]) + 3 * steps.mean()

    assert result.method == "drift"
    assert last.value == pytest.approx(np.exp(middle))
    assert last.high == pytest.approx(np.exp(middle + t.ppf(0.975, 12) * spread))
    assert str(last.period) == "2021"


def test_loser_is_named_and_not_drawn() -> None:
    values = [200.0, 260, 190, 270, 185, 255, 200, 265, 190, 250, 195, 262, 188, 259, 194, 251]
    wander = [100.0 * 1.1 ** (i if i < 10 else 20 - i) for i in range(20)]
    for series in (values, wander):
        result = _found(list(series), model="drift")
        member = next(m for m in result.members if m.model == "drift")
        if member.test.loses:
            assert result.method == "no_change"
            assert "drift" in result.lost
            assert "loses_to_no_change" in _codes(result)
            break
    else:
        pytest.fail("drift should lose on one of them")


def test_steady_growth_is_forecast_by_its_trend() -> None:
    result = _found(_growth(20))

    assert result.method == "combination"
    assert result.drawn.test.relative < 1
    assert result.drawn.test.origins >= 4
    truth = 200 * np.exp(0.05 * np.arange(20, 23))
    assert all(p.low < value < p.high for p, value in zip(result.drawn.points, truth, strict=True))


@pytest.mark.parametrize("model", [m.id for m in FORECASTS])
def test_small_counts_never_fall_below_zero(model: str) -> None:
    """Trap 13."""
    rng = np.random.default_rng(8)
    falling = [float(v) for v in rng.poisson(np.linspace(18, 1.5, 24))]
    result = _found(falling, model=model, horizon=5)

    for member in result.members:
        for point in (*member.points, *member.inner):
            assert point.low is not None
            assert point.high is not None
            assert 0 <= point.low <= point.value <= point.high
    assert result.scale == "sqrt"


def test_shares_stay_inside_their_limits() -> None:
    values = [float(v) for v in np.linspace(70, 99, 20)]
    result = forecast(make_series(values, unit="%"), horizon=5)

    assert isinstance(result, ForecastResult)
    assert result.scale == "identity"
    assert all(p.high is not None and p.high <= 100 for p in result.drawn.points)


def test_gaps_are_real_time() -> None:
    """Trap 8: three years without values are three years of drift."""
    values = [float(v) for v in 100 * np.exp(0.04 * np.arange(18))]
    values = [v * (1.01 if i % 2 else 0.99) for i, v in enumerate(values)]
    cells: list[Cell] = list(values)
    cells[8:11] = [None] * 3
    result = _found(cells, model="drift")
    member = next(m for m in result.members if m.model == "drift")

    assert member.points[0].value == pytest.approx(values[-1] * np.exp(0.04), rel=0.01)
    assert len(result.missing) == 3


def test_begins_at_the_last_break_and_counts_from_there() -> None:
    values = [9000.0, 8000.0, 9500.0, *_growth(14)]
    result = forecast(make_series(values, 2002), breaks=(make_break(2005),))

    assert isinstance(result, ForecastResult)
    assert result.n == 14
    assert "fitted_from_break" in _codes(result)
    refused = forecast(make_series(values, 2002), breaks=(make_break(2010),))
    assert isinstance(refused, Refusal)
    assert refused.code == "too_few_points_after_break"


def test_fixed_caution_and_provisional_start() -> None:
    result = forecast(make_series(_growth(14), provisional=[13]))
    final = forecast(make_series(_growth(14), provisional=[13]), use_provisional=False)

    assert isinstance(result, ForecastResult)
    assert isinstance(final, ForecastResult)
    assert DETECTIONS in {note.text for note in result.warnings}
    assert "starts_provisional" in _codes(result)
    assert "starts_provisional" not in _codes(final)
    assert final.last < result.last


def test_censored_ends_are_refused_and_unknown_models_are_errors() -> None:
    refusal = forecast(make_series([*_growth(15), (1, 4)]))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "censored_at_end"
    with pytest.raises(IndicatorsError, match="drift"):
        forecast(make_series(_growth(14)), model="drifft")


def test_bands_hold_about_what_they_say() -> None:
    """Random walks with drift, where drift is the truth: the 95 % band holds about 95 %."""
    rng = np.random.default_rng(12)
    held = []
    for _ in range(400):
        logs = np.cumsum(rng.normal(0.03, 0.1, 17))
        path = drift(logs[:14], 3)
        reach = student_quantile(path.df) * path.error[-1]
        held.append(abs(path.middle[-1] - logs[16]) <= reach)

    assert 0.92 <= np.mean(held) <= 0.98
