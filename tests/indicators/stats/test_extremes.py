"""Unknown values at their ends bound every slope and step, and say so."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.impact.interrupted import interrupted
from indicators.model.results import Diagnostic, ImpactResult, TrendResult
from indicators.stats.extremes import exact, filled, range_notes
from indicators.stats.points import usable
from indicators.trends import TRENDS
from tests.indicators.made import Cell, make_event, make_series


def _range(result: TrendResult | ImpactResult, name: str) -> Diagnostic | None:
    return next((check for check in result.diagnostics if check.name == name), None)


def _codes(result: TrendResult | ImpactResult) -> set[str]:
    return {note.code for note in result.warnings}


def _fit(model: str, cells: list[Cell], **more: object) -> TrendResult:
    result = TRENDS[model].fit(make_series(cells, **more))  # type: ignore[arg-type]
    assert isinstance(result, TrendResult)
    return result


def test_suppressed_counts_bound_the_slope_by_every_filling() -> None:
    cells: list[Cell] = [30.0, 28.0, (1, 4), 25.0, 24.0, 26.0, (1, 4), 20.0, 19.0, 18.0, 17.0]
    found = _range(_fit("count_trend", cells), "range_censored")

    slopes = []
    for first in range(1, 5):
        for second in range(1, 5):
            own = [c if not isinstance(c, tuple) else float(v) for c, v in zip(
                cells, [0, 0, first, 0, 0, 0, second, 0, 0, 0, 0], strict=True)]  # fmt: skip
            slopes.append(_fit("count_trend", own).estimate)
    assert found is not None
    assert found.low == pytest.approx(min(slopes))
    assert found.high == pytest.approx(max(slopes))
    assert found.low < found.high


@pytest.mark.parametrize("model", ["count_trend", "apc_loglinear", "theil_sen"])
def test_missing_years_bound_the_slope(model: str) -> None:
    cells: list[Cell] = [20, 22, None, 27, 30, 31, 35, None, 40, 43, 47, 50]
    found = _fit(model, cells)
    check = _range(found, "range_missing")

    assert check is not None
    assert check.low <= found.estimate <= check.high
    assert check.low < check.high
    assert "range_missing" in _codes(found)
    assert found.outcome.value == "rising"


def test_known_series_have_no_range_and_no_note() -> None:
    found = _fit("count_trend", [20.0, 22, 25, 27, 30, 31, 35, 38, 40, 43])

    assert _range(found, "range_missing") is None
    assert not {"range_missing", "range_censored"} & _codes(found)


def test_end_without_a_result_leaves_no_range() -> None:
    cells: list[Cell] = [20, 22, 24, (0, 30), 29, 31, 33, 36, 40, 43, 47, 50]

    assert _range(_fit("apc_loglinear", cells), "range_censored") is None
    assert _range(_fit("theil_sen", cells), "range_censored") is not None


@pytest.mark.parametrize("model", ["count_trend", "joinpoint", "breaks"])
def test_gap_beside_a_provisional_end_that_is_not_used_is_no_gap(model: str) -> None:
    cells: list[Cell] = [float(100 + 3 * i + i % 3) for i in range(24)]
    cells[22] = None
    series = make_series(cells, provisional=[23])
    with_end, without = (TRENDS[model].fit(series, use_provisional=use) for use in (True, False))

    assert isinstance(with_end, TrendResult)
    assert isinstance(without, TrendResult)
    assert _range(with_end, "range_missing") is not None
    assert _range(without, "range_missing") is None
    assert without.missing == ()


def test_finding_that_rests_on_unknown_values_is_a_warning() -> None:
    checks = (Diagnostic(name="range_missing", value=2.0, low=-1.0, high=5.0),)
    (decides,) = range_notes(checks, is_percent=True, is_clear=True)
    (other,) = range_notes(checks, is_percent=False, is_clear=False)

    assert decides.severity.value == "warn"
    assert other.severity.value == "note"
    assert decides.data == {"low": -1.0, "high": 5.0}


def test_step_says_what_the_unknown_values_could_do() -> None:
    cells: list[Cell] = [30, 31, (1, 4), 29, 30, 32, 31, 30, 45, 44, (1, 4), 46, 47, 44, 45, 46]
    found = interrupted(make_series(cells, 2005), make_event(2013))

    assert isinstance(found, ImpactResult)
    check = _range(found, "range_censored")
    assert check is not None
    assert check.low < found.estimate < check.high
    assert "range_censored" in _codes(found)
    assert _range(found, "false_positives_lag1_0.3") is not None


def test_filled_gap_takes_its_share_of_the_population() -> None:
    series = make_series([10.0, None, 30.0], 2010)
    people = make_series([1000.0, None, 3000.0], 2010, variable="pop_total")
    points = filled(usable(series, people), np.array([0.02]))

    assert points.value.tolist() == [10, 40, 30]
    assert points.population is not None
    assert points.population.tolist() == [1000, 2000, 3000]
    assert points.missing == ()
    assert exact(points, np.ones(3)).value.tolist() == [1, 1, 1]
