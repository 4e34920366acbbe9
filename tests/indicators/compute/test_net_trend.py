"""The trend net of effort: exact series, an independent fit, guards."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from indicators.compute.indicator import compute
from indicators.compute.net_trend import NetTrend, Window, fit
from indicators.model.period import Period
from indicators.model.results import IndicatorValue, Refusal
from indicators.stats.points import Points
from tests.indicators.compute.cubes import Cell, make_cube
from tests.indicators.compute.definitions import make_indicator

NET = make_indicator(
    "MODEL",
    calculator="net_trend",
    inputs=("vic_detected", "pop_total", "insp_risk", "staff_trained", "bud_exec / defl"),
    interval="propagated",
    breakdowns=("FORM", "REG"),
    unit="% per year",
)
YEARS = 16
EFFORTS = np.random.default_rng(3).uniform(800, 2500, size=(3, YEARS)).round()
PEOPLE = (9_000_000 * 1.01 ** np.arange(YEARS)).round()


def counts(growth: float, elasticity: float, seed: int | None = 5) -> np.ndarray:
    mean = 300 * (1 + growth) ** np.arange(YEARS) * (EFFORTS[0] / 1500) ** elasticity
    mean = mean * PEOPLE / PEOPLE[0]
    return np.round(mean) if seed is None else np.random.default_rng(seed).poisson(mean)


def window(y: np.ndarray, efforts: np.ndarray = EFFORTS) -> Window:
    n = len(y)
    return Window(
        points=Points(
            periods=tuple(Period.of_year(2005 + i) for i in range(n)),
            time=np.arange(2005.0, 2005 + n),
            value=y.astype(float),
            low=y.astype(float),
            high=y.astype(float),
            censored=np.zeros(n, dtype=bool),
            provisional=np.zeros(n, dtype=bool),
            population=PEOPLE[:n],
        ),
        efforts=np.log(efforts[:, :n]),
        steps=np.zeros((0, n)),
    )


def fitted(y: np.ndarray, efforts: np.ndarray = EFFORTS) -> NetTrend:
    found = fit(window(y, efforts))
    assert isinstance(found, NetTrend)
    return found


def series(
    victims: list[Cell],
    *,
    flags: dict[int, str] | None = None,
    efforts: np.ndarray = EFFORTS,
    **more: Any,
) -> tuple[IndicatorValue, ...]:
    n = len(victims)
    cubes = {
        "vic_detected": make_cube("vic_detected", {"": victims}, start=2005, flags=flags),
        "pop_total": make_cube("pop_total", {"": list(PEOPLE[:n])}, start=2005),
        "insp_risk": make_cube("insp_risk", {"": list(efforts[0, :n])}, start=2005),
        "staff_trained": make_cube("staff_trained", {"": list(efforts[1, :n])}, start=2005),
        "bud_exec": make_cube("bud_exec", {"": list(efforts[2, :n])}, start=2005, unit="VLD:1e6"),
        "defl": make_cube("defl", {"": [1.0] * n}, start=2005, unit="index"),
    }
    return compute(NET, cubes, **more)[0].values


def test_effort_that_explains_the_growth_leaves_none() -> None:
    rising = EFFORTS.copy()
    rising[0] = 1000 * np.exp(0.05 * np.arange(YEARS) + 0.3 * np.sin(2.1 * np.arange(YEARS)))
    y = np.round(rising[0] * PEOPLE / PEOPLE[0])

    found = fitted(y, rising)

    assert found.inflation < 10
    assert found.net.estimate == pytest.approx(0.0, abs=1e-3)
    assert found.gross > 0.04


def test_the_growth_that_is_put_in_comes_out() -> None:
    found = fitted(counts(0.04, 0.6, seed=None))

    assert found.net.estimate == pytest.approx(0.04, abs=1e-3)
    assert found.net.low < 0.04 < found.net.high


def test_the_fit_is_that_of_statsmodels() -> None:
    import statsmodels.api as sm

    y = counts(0.03, 0.5)
    time = np.arange(YEARS, dtype=float)
    design = np.column_stack([np.ones(YEARS), time, *np.log(EFFORTS)])
    result = sm.GLM(y, design, family=sm.families.Poisson(), offset=np.log(PEOPLE)).fit(scale="X2")
    scale = max(1.0, result.scale)

    found = fitted(y)

    from scipy.stats import t

    reach = t.ppf(0.975, YEARS - 5) * result.bse[1] * np.sqrt(scale / result.scale)
    assert found.net.estimate == pytest.approx(np.expm1(result.params[1]), rel=1e-6)
    assert found.net.low == pytest.approx(np.expm1(result.params[1] - reach), rel=1e-6)
    assert found.dispersion == pytest.approx(scale, rel=1e-6)


def test_effort_that_moves_with_time_gives_a_range_and_no_value() -> None:
    trending = EFFORTS.copy()
    trending[1] = 1000 * 1.05 ** np.arange(YEARS) * (1 + 0.001 * np.cos(np.arange(YEARS)))

    found = fitted(counts(0.03, 0.5), trending)

    assert found.inflation > 10
    assert np.isnan(found.net.estimate)
    assert found.net.low < 0.03 < found.net.high


def test_too_many_suppressed_years_are_refused() -> None:
    made = window(counts(0.03, 0.5))
    hidden = np.arange(YEARS) < 10
    points = made.points
    censored = Points(
        periods=points.periods,
        time=points.time,
        value=np.where(hidden, np.nan, points.value),
        low=np.where(hidden, 1.0, points.low),
        high=np.where(hidden, 4.0, points.high),
        censored=hidden,
        provisional=points.provisional,
        population=points.population,
    )

    found = fit(Window(points=censored, efforts=made.efforts, steps=made.steps))

    assert isinstance(found, Refusal)
    assert found.code == "too_many_censored"


def test_the_engine_gives_the_value_of_the_years_up_to_each() -> None:
    y = counts(0.04, 0.6)
    found = series(list(y))

    assert found[10].reason is not None
    assert found[10].reason.code == "too_few_points"
    assert found[10].reason.data["found"] == 11
    assert found[11].value is not None
    assert found[15].value == pytest.approx(100 * fitted(y).net.estimate)
    assert found[15].notes[0].data["n"] == 16


def test_no_line_crosses_a_break_unless_it_may_step() -> None:
    y = counts(0.04, 0.6).astype(float)
    y[14:] *= 3
    broken = series(list(y), flags={14: "B"})
    stepped = series(list(y), flags={14: "B"}, parameters={"breaks": "step"})

    assert broken[13].value is not None
    assert broken[15].reason is not None
    assert broken[15].reason.data["found"] == 2
    assert stepped[15].value == pytest.approx(4.0, abs=1.5)


def test_years_without_an_input_do_not_count() -> None:
    y: list[Cell] = list(counts(0.04, 0.6))
    y[3] = None
    found = series(y)

    assert found[3].reason is not None
    assert found[3].reason.code == "missing_input"
    assert found[11].value is None
    assert found[12].value is not None
    assert found[12].notes[0].data["n"] == 12


def test_an_effort_of_zero_is_refused_with_its_year() -> None:
    efforts = EFFORTS.copy()
    efforts[0, 2] = 0
    found = series(list(counts(0.04, 0.6)), efforts=efforts)[15]

    assert found.reason is not None
    assert found.reason.code == "zero_effort"
    assert found.reason.data["period"] == "2007"


def test_the_collinear_range_reaches_the_value() -> None:
    efforts = EFFORTS.copy()
    efforts[1] = (1000 * 1.05 ** np.arange(YEARS)).round()
    found = series(list(counts(0.04, 0.6)), efforts=efforts)[15]

    assert found.value is None
    assert found.reason is not None
    assert found.reason.code == "collinear"
    assert found.low is not None
    assert found.high is not None
    assert found.low < 4 < found.high
