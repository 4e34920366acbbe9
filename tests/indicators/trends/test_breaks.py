"""Sudden steps: found where they are, not read into steady growth, refused when short."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from indicators.model.codes import Outcome
from indicators.model.period import Period
from indicators.model.results import Diagnostic, Refusal, TrendResult
from indicators.stats.steps import best_step
from indicators.trends.breaks import breaks
from tests.indicators.made import Cell, make_series, published


def _values(n: int, growth: float, jump: float, place: int, seed: int = 1) -> list[float]:
    wave = np.random.default_rng(seed).normal(0, 0.04, n)
    time = np.arange(n)
    return [float(v) for v in 200 * np.exp(growth * time + jump * (time >= place) + wave)]


def _found(values: Sequence[Cell], **options: object) -> TrendResult:
    result = breaks(make_series(values, 2000), **options)
    assert isinstance(result, TrendResult), result
    return result


def _numbers(result: TrendResult) -> dict[str, float]:
    return {item.name: item.value for item in result.diagnostics}


def test_step_beside_steady_growth_is_found_with_its_size() -> None:
    result = _found(_values(24, 0.03, np.log(1.4), 12))

    assert result.outcome is Outcome.HIGHER
    assert result.low < 40 < result.high
    assert _numbers(result)["step_year"] == 2012
    assert [(s.first.year, s.last.year) for s in result.segments] == [(2000, 2011), (2012, 2023)]
    assert result.p_value is not None
    assert result.p_value < 0.01
    assert "check_counting_first" in {note.code for note in result.warnings}


def test_steady_growth_is_no_step_though_the_mean_breaks() -> None:
    """The mean of a growing series has breaks everywhere; a line beside the step does not."""
    result = _found(_values(24, 0.06, 0.0, 12))

    assert result.outcome is Outcome.NO_CLEAR_CHANGE
    assert _numbers(result)["mean_breaks"] >= 1
    assert _numbers(result)["sup_f_mean_p"] < 0.01
    assert len(result.segments) == 1


def test_nineteen_years_are_refused() -> None:
    refusal = breaks(make_series(_values(19, 0.0, 0.5, 9)))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found, refusal.needed) == ("too_few_points", 19, 20)


def test_false_steps_are_as_rare_as_the_level_says() -> None:
    rng = np.random.default_rng(20)
    time = np.arange(20.0)
    false = sum(
        best_step(time, 0.02 * time + rng.normal(0, 0.1, 20), permutations=199, seed=i).p_value
        < 0.05
        for i in range(300)
    )

    assert false / 300 <= 0.085


def test_changes_of_pace_are_not_read_as_a_step() -> None:
    time = np.arange(24)
    wave = np.random.default_rng(5).normal(0, 0.02, 24)
    bent = 100 * np.exp(0.15 * np.clip(time - 8, 0, 6) + wave)
    result = _found([float(v) for v in bent])

    assert result.p_value is not None
    assert result.p_value < 0.05
    assert result.outcome is Outcome.NO_CLEAR_CHANGE
    assert "bend_fits_as_well" in {note.code for note in result.warnings}
    assert _numbers(result)["bends_bic"] < _numbers(result)["step_bic"]


def test_a_date_known_beforehand_is_tested_by_itself() -> None:
    values = _values(20, 0.02, 0.2, 8)
    at, beside = (
        _numbers(_found(values, date=Period.of_year(year)))["chow_p"] for year in (2008, 2013)
    )

    assert at < 0.001 < beside
    assert "chow_p" not in _numbers(_found(values))


def test_nile_breaks_after_1898() -> None:
    columns, _ = published("s09_break_nile")
    # the calendar of the program begins in 1900: a hundred years are added
    series = make_series(columns["value"].tolist(), 1971, unit="10^8 m3")
    result = breaks(series)

    assert isinstance(result, TrendResult)
    assert result.outcome is Outcome.LOWER
    assert _numbers(result)["step_year"] == 1999


def _range(result: TrendResult, name: str) -> Diagnostic | None:
    return next((item for item in result.diagnostics if item.name == name), None)


def _steps(cells: Sequence[Cell], place: int, *, ends: tuple[float, float]) -> list[float]:
    """Percent of the step at a place, with the unknown cells at every combination of ends."""
    gaps = [i for i, cell in enumerate(cells) if not isinstance(cell, float)]
    time = np.arange(float(len(cells)))
    design = np.column_stack([np.ones(time.size), time, time >= place])
    found = []
    for picks in product(ends, repeat=len(gaps)):
        own = np.array([c if isinstance(c, float) else 0.0 for c in cells])
        own[gaps] = picks
        found.append(100 * np.expm1(np.linalg.lstsq(design, np.log(own), rcond=None)[0][2]))
    return found


def test_missing_years_bound_the_step_by_every_filling() -> None:
    cells: list[Cell] = list(_values(26, 0.02, np.log(1.6), 13))
    cells[2] = cells[11] = cells[15] = None
    known = [v for v in cells if isinstance(v, float)]
    result = _found(cells)
    check = _range(result, "range_missing")
    every = _steps(cells, 13, ends=(min(known), max(known)))

    assert _numbers(result)["step_year"] == 2013
    assert check is not None
    assert check.value == result.estimate
    assert (check.low, check.high) == (pytest.approx(min(every)), pytest.approx(max(every)))
    note = next(note for note in result.warnings if note.code == "range_missing")
    assert note.text.endswith("between {low} % and {high} %.")
    assert note.severity.value == "note"


def test_suppressed_years_bound_the_step_by_every_filling() -> None:
    cells: list[Cell] = list(_values(24, 0.02, np.log(1.6), 12))
    cells[4] = cells[10] = cells[14] = (150.0, 450.0)
    result = _found(cells)
    check = _range(result, "range_censored")
    every = _steps(cells, 12, ends=(150.0, 450.0))

    assert _numbers(result)["step_year"] == 2012
    assert check is not None
    assert (check.low, check.high) == (pytest.approx(min(every)), pytest.approx(max(every)))
    assert _range(result, "range_missing") is None


def test_step_that_rests_on_unknown_years_is_a_warning() -> None:
    cells: list[Cell] = list(_values(25, 0.0, np.log(1.3), 12))
    cells[9] = cells[10] = cells[11] = cells[13] = (50.0, 900.0)
    result = _found(cells)
    note = next(note for note in result.warnings if note.code == "range_censored")

    assert result.outcome is Outcome.HIGHER
    assert note.severity.value == "warn"
    assert note.data["low"] < 0 < note.data["high"]  # type: ignore[operator]


def test_range_keeps_the_scale_of_the_step() -> None:
    cells: list[Cell] = list(_values(24, 0.02, np.log(1.6), 12))
    assert not {"range_missing", "range_censored"} & _numbers(_found(cells)).keys()
    cells[4] = (0, 400)
    assert _range(_found(cells), "range_censored") is None

    shares: list[Cell] = [v / 10 for v in _values(24, 0.02, np.log(1.6), 12)]
    shares[4] = None
    points = breaks(make_series(shares, 2000, unit="%"))
    assert isinstance(points, TrendResult)
    note = next(note for note in points.warnings if note.code == "range_missing")
    assert note.text.endswith("between {low} and {high}.")
