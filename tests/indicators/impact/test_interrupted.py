from __future__ import annotations

import numpy as np
import pytest

from indicators.impact import DESIGNS
from indicators.impact.interrupted import interrupted
from indicators.model.codes import Outcome
from indicators.model.period import Period
from indicators.model.results import ImpactResult, Refusal
from tests.indicators.made import make_break, make_event, make_series, published


def _step(n: int = 16, at: int = 8, factor: float = 1.5, growth: float = 1.03) -> list[float]:
    return [round(200 * growth**t * (factor if t >= at else 1)) for t in range(n)]


def _result(values, event=None, **options) -> ImpactResult:
    series = values if not isinstance(values, list) else make_series(values)
    result = interrupted(series, event or make_event(2018), **options)
    assert isinstance(result, ImpactResult), result
    return result


def _monthly(factor: float = 1.3, pulse: float = 0.7, seed: int = 3):
    t = np.arange(120)
    mean = 40 * 1.02 ** (t / 12) * np.exp(0.12 * np.cos(2 * np.pi * (t - 7) / 12))
    mean = mean * np.where(t >= 60, factor, 1) * np.where((t >= 96) & (t < 108), pulse, 1)
    y = np.random.default_rng(seed).poisson(mean).astype(float)
    return make_series(y, monthly=True, unit="cases", variable="inv_opened")


def _codes(result: ImpactResult) -> set[str]:
    return {note.code for note in result.warnings}


def test_known_step_is_found() -> None:
    result = _result(_step())

    assert result.outcome is Outcome.HIGHER
    assert result.estimate == pytest.approx(50, abs=1.5)
    assert result.low < 50 < result.high
    assert str(result.start) == "2018"
    assert result.unit == "percent"
    assert result.slope is None


def test_nothing_done_is_no_effect() -> None:
    result = _result(_step(factor=1.0), design="level_slope")

    assert result.outcome is Outcome.NO_CLEAR_EFFECT
    assert result.low < 0 < result.high
    assert result.slope is not None
    assert result.slope.low < 0 < result.slope.high


def test_nile_flow_fell_after_the_dam() -> None:
    """Case s07 (Nile, 1899; here a century later, periods begin in 1900): level -289.10, error the larger of plain and Newey-West."""
    columns, expected = published("s07_its_nile")
    series = make_series(columns["value"], 1971, unit="ratio")
    result = interrupted(series, make_event(1999), design="level_slope")
    logs = np.log(columns["value"])

    assert isinstance(result, ImpactResult)
    assert result.transformation == "log"
    assert result.outcome is Outcome.LOWER
    post = columns["year"] >= 1899
    design = np.column_stack(
        [np.ones(100), columns["year"] - 1899, post, post * (columns["year"] - 1899)]
    )
    coef = np.linalg.lstsq(design, logs, rcond=None)[0]
    assert np.log1p(result.estimate / 100) == pytest.approx(coef[2], rel=1e-9)
    assert expected["coef"]["level"]["value"] == pytest.approx(-289.10, abs=0.01)


def test_sicily_smoking_ban_is_the_published_one() -> None:
    """Case s06 (Lopez Bernal 2017): ratio 0.885, 0.839 to 0.933 with season; ours uses t."""
    columns, expected = published("s06_its_sicily_level")
    series = make_series(columns["aces"], 2002, monthly=True, unit="cases")
    people = make_series(columns["stdpop"], 2002, monthly=True)
    result = interrupted(series, make_event(Period.of_month(2005, 1)), population=people)
    case = expected["quasipoisson_step_seasonal"]

    assert isinstance(result, ImpactResult)
    assert 1 + result.estimate / 100 == pytest.approx(case["rr"]["value"], rel=1e-6)
    dispersion = next(d.value for d in result.diagnostics if d.name == "dispersion")
    assert dispersion == pytest.approx(case["dispersion"]["value"], rel=1e-5)
    assert 1 + result.low / 100 < case["rr_low_z"]["value"]
    assert result.outcome is Outcome.LOWER


def test_months_have_a_season_and_a_known_pulse_of_their_own() -> None:
    pandemic = make_event(2018, "pandemic", kind="shock")
    series = _monthly()
    event = make_event(Period.of_month(2015, 1))

    result = _result(series, event, pulses=(pandemic,))
    blind = _result(series, event)

    assert result.low < 30 < result.high
    assert result.pulses["pandemic"].low < -30 < result.pulses["pandemic"].high
    assert result.df == 120 - 3 - 1 - 4
    assert (result.high - result.low) < (blind.high - blind.low)
    assert len(result.placebos) == 60 - 7
    assert "placebo_share" in {item.name for item in result.diagnostics}
    assert "few_placebos" not in _codes(result)


def test_pulse_of_a_year_covers_its_twelve_months() -> None:
    inside = _result(
        _monthly(pulse=0.01),
        make_event(Period.of_month(2015, 1)),
        pulses=(make_event(2018, "p", kind="shock"),),
    )

    assert inside.pulses["p"].estimate == pytest.approx(-99, abs=1)
    assert inside.estimate == pytest.approx(30, abs=8)


def test_counterfactual_is_the_earlier_line_with_a_wider_band() -> None:
    values = _step()
    result = _result(values)
    expected = [200 * 1.03**t for t in range(8, 16)]
    fitted = {point.period: point for point in result.fitted}

    assert [str(p.period) for p in result.counterfactual] == [str(y) for y in range(2018, 2026)]
    assert [p.value for p in result.counterfactual] == pytest.approx(expected, rel=0.01)
    for point in result.counterfactual:
        own = fitted[point.period]
        assert point.high / point.low > own.high / own.low


def test_prediction_band_covers_single_years() -> None:
    rng = np.random.default_rng(9)
    inside = []
    for _ in range(60):
        y = rng.poisson(30, 16).astype(float)
        result = _result(list(y))
        inside += [p.low <= v <= p.high for p, v in zip(result.counterfactual, y[8:], strict=True)]

    assert 0.92 <= np.mean(inside) <= 1.0


def test_total_is_the_sum_over_the_years_after() -> None:
    result = _result(_step())
    fitted = {point.period: point.value for point in result.fitted}

    assert result.effect_total is not None
    by_hand = sum(fitted[p.period] - p.value for p in result.counterfactual)
    assert result.effect_total.estimate == pytest.approx(by_hand, rel=1e-9)
    assert result.effect_total.low < by_hand < result.effect_total.high


def test_counterfactual_never_falls_below_zero() -> None:
    """Trap 13."""
    values = [40, 34, 29, 25, 20, 16, 11, 7, 9, 10, 12, 11, 10, 12, 11, 10.5]
    result = _result(make_series(values, unit="%"))

    assert result.transformation == "identity"
    assert min(point.low for point in result.counterfactual) == 0
    assert min(point.value for point in result.counterfactual) == 0


def test_shares_change_in_points_with_the_larger_error() -> None:
    """Trap 6: Newey-West smaller than the plain error is not used in a short series."""
    import statsmodels.api as sm

    rng = np.random.default_rng(1)
    seen = set()
    for run in range(12):
        noise = rng.normal(0, 2, 14)
        # every other run waves slowly, so that neighbours are alike
        values = 30 + (np.convolve(noise, np.ones(4), "same") if run % 2 else noise)
        result = _result(make_series(values, unit="%"), make_event(2017))
        t = np.arange(14.0)
        x = np.column_stack([np.ones(14), t, t >= 7])
        fit = sm.OLS(values, x).fit()
        robust = fit.get_robustcov_results("HAC", maxlags=2, use_correction=True)
        error = max(fit.bse[2], robust.bse[2])
        half = (result.high - result.low) / 2

        assert result.unit == "percentage points"
        assert result.effect_total is None
        assert half == pytest.approx(2.200985 * error, rel=1e-6)
        assert result.covariance == ("hac" if robust.bse[2] > fit.bse[2] else "ols")
        seen.add(result.covariance)
    assert seen == {"ols", "hac"}


@pytest.mark.parametrize(
    ("year", "design", "code", "found", "needed"),
    [
        (2024, "level", "too_few_after", 2, 4),
        (2013, "level", "too_few_before", 3, 4),
        (2015, "level_slope", "too_few_before", 5, 6),
        (2030, "level", "event_outside", 0, 4),
    ],
)
def test_guards_of_the_length_table(year, design, code, found, needed) -> None:
    refusal = interrupted(make_series(_step()), make_event(year), design=design)

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found, refusal.needed) == (code, found, needed)


def test_eight_points_carry_a_level_and_no_slope() -> None:
    values = _step(8, 4)

    assert _result(values, make_event(2014)).n == 8
    refusal = interrupted(make_series(values), make_event(2014), design="level_slope")
    assert isinstance(refusal, Refusal)


def test_terms_must_leave_five_points() -> None:
    pulses = tuple(make_event(year, f"p{year}", kind="shock") for year in (2012, 2016))
    refusal = interrupted(make_series(_step(9, 4)), make_event(2014), pulses=pulses)

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.needed) == ("too_few_points", 10)


def test_break_at_the_event_hides_it() -> None:
    """T04 of the sample country: a change of scope must not be reported as impact."""
    refusal = interrupted(make_series(_step()), make_event(2018), breaks=(make_break(2018),))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "break_at_event"


def test_break_before_the_event_moves_the_start() -> None:
    values = [20.0, 22, 21, *_step(13, 7)]
    result = _result(values, make_event(2020), breaks=(make_break(2013),))

    assert str(result.first) == "2013"
    assert result.estimate == pytest.approx(50, abs=2)


def test_break_after_the_event_ends_the_window() -> None:
    values = [*_step(14, 8), 900, 950]
    result = _result(values, breaks=(make_break(2024),))

    assert str(result.last) == "2023"
    assert result.estimate == pytest.approx(50, abs=2)


def test_crossing_a_break_is_named() -> None:
    result = _result(_step(), breaks=(make_break(2013, "b13"),), cross_breaks=True)

    assert result.breaks_crossed == ("b13",)
    assert "break_near_event" in _codes(result)


def test_other_events_near_the_date_are_rivals() -> None:
    others = (make_event(2019, "near"), make_event(2012, "far"), make_event(2018))
    result = _result(_step(), rivals=others)

    assert result.rivals == ("near",)
    assert "rival_events" in _codes(result)


def test_delay_leaves_the_first_years_out() -> None:
    values = _step()
    values[8:10] = [9000.0, 9000.0]
    result = _result(values, make_event(2018, delay=2))

    assert str(result.start) == "2020"
    assert result.n == 14
    assert result.estimate == pytest.approx(50, abs=2)
    assert "phase_in_left_out" in _codes(result)


def test_date_picked_from_the_data_has_no_p() -> None:
    """Trap 11."""
    result = _result(_step(), date_from_data=True)

    assert result.p_value is None
    assert "date_from_data" in _codes(result)


def test_few_false_dates_are_said() -> None:
    result = _result(_step())

    assert len(result.placebos) == 1
    assert "few_placebos" in _codes(result)
    assert "placebo_share" not in {item.name for item in result.diagnostics}


def test_placebos_use_no_point_after_the_event() -> None:
    values = _step(28, 18)
    spoiled = [*values[:18], *[5000.0] * 10]
    event = make_event(2028)

    one, other = _result(values, event), _result(spoiled, event)

    assert [p.estimate for p in one.placebos] == pytest.approx(
        [p.estimate for p in other.placebos]
    )
    assert len(one.placebos) == 18 - 7


def test_one_year_left_out_is_a_range_around_the_estimate() -> None:
    result = _result(_step())

    assert result.leave_one_out is not None
    low, high = result.leave_one_out
    assert low <= result.estimate <= high


def test_smallest_detectable_change_shrinks_with_more_cases() -> None:
    few, many = _result([v / 20 // 1 for v in _step()]), _result(_step())

    assert few.smallest_detectable is not None
    assert many.smallest_detectable is not None
    assert 0 < many.smallest_detectable < few.smallest_detectable


def test_suppressed_counts_enter_with_their_bounds() -> None:
    values: list = [(1, 4), 6, 5, 7, 6, 8, 7, 8, 14, 15, 14, 17, 16, 18, 17, 19]
    result = _result(values)

    assert result.censored_used == 1
    assert result.n == 16
    assert result.estimate > 20


def test_provisional_end_that_decides_is_named() -> None:
    values = [50, 52, 49, 51, 50, 53, 49, 51, 50, 52, 51, 49, 400]
    result = _result(make_series(values, provisional=[12]))
    without = _result(make_series(values, provisional=[12]), use_provisional=False)

    if result.outcome is not without.outcome:
        assert "rests_on_provisional" in _codes(result)
    assert without.n == 12


@pytest.mark.parametrize("factor", [3, 10])
def test_scaling_counts_and_population(factor: int) -> None:
    people = [1e6 * 1.01**t for t in range(16)]
    one = _result(_step(), population=make_series(people))
    other = _result([factor * v for v in _step()], population=make_series([7 * p for p in people]))

    assert other.estimate == pytest.approx(one.estimate, rel=1e-7)
    assert one.effect_total is not None
    assert other.effect_total is not None
    assert other.effect_total.estimate == pytest.approx(factor * one.effect_total.estimate)


def test_no_effect_is_rarely_called_an_effect() -> None:
    rng = np.random.default_rng(77)
    false = 0
    for _ in range(80):
        mean = 60 * 1.03 ** np.arange(12)
        y = rng.poisson(rng.gamma(40, mean / 40)).astype(float)
        false += _result(list(y), make_event(2016)).outcome is not Outcome.NO_CLEAR_EFFECT

    assert false / 80 <= 0.125


def test_registry_offers_the_design() -> None:
    assert DESIGNS.names == ("interrupted", "controlled", "difference", "synthetic")
    assert DESIGNS["interrupted"].fit is interrupted
