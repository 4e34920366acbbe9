"""Bounds when what is not known had been as unfavourable as can be."""

from __future__ import annotations

import pytest

from indicators.impact.interrupted import interrupted
from indicators.model.results import Diagnostic, ImpactResult
from tests.indicators.made import Cell, make_event, make_series

VALUES: list[Cell] = [20.0, 24.0, 19.0, 22.0, 25.0, 21.0, 23.0, 26.0, 40.0, 44.0, 41.0, 46.0, 43.0]


def _bounds(cells: list[Cell]) -> dict[str, Diagnostic]:
    found = interrupted(make_series(cells), make_event(2018))
    assert isinstance(found, ImpactResult), found
    return {item.name: item for item in found.diagnostics if item.name.startswith("range_")}


def _estimate(cells: list[Cell]) -> float:
    found = interrupted(make_series(cells), make_event(2018))
    assert isinstance(found, ImpactResult), found
    return found.estimate


def test_complete_series_has_no_bounds() -> None:
    assert _bounds(VALUES) == {}


def test_suppressed_values_at_their_ends_bound_the_effect() -> None:
    cells: list[Cell] = [*VALUES[:2], (1, 4), *VALUES[3:]]

    found = _bounds(cells)["range_censored"]

    ends = [_estimate([*VALUES[:2], end, *VALUES[3:]]) for end in (1.0, 4.0)]
    assert found.low == pytest.approx(min(ends), rel=1e-6)
    assert found.high == pytest.approx(max(ends), rel=1e-6)
    assert found.low <= found.value <= found.high


def test_missing_year_between_lowest_and_highest_of_its_side() -> None:
    cells: list[Cell] = [*VALUES[:4], None, *VALUES[5:]]

    found = _bounds(cells)["range_missing"]

    ends = [_estimate([*VALUES[:4], end, *VALUES[5:]]) for end in (19.0, 26.0)]
    assert (found.low, found.high) == pytest.approx((min(ends), max(ends)), rel=1e-6)
    assert found.low < found.value < found.high
