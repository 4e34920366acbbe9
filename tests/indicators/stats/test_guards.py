from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.stats import guards
from indicators.stats.points import usable
from tests.indicators.made import Cell, make_series

TEN: list[Cell] = [10.0 + t for t in range(10)]


def _with(cell: Cell, *places: int) -> list[Cell]:
    values = list(TEN)
    for place in places:
        values[place] = cell
    return values


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ((), None),
        ((4,), None),
        ((4, 6), None),
        ((1,), "censored_at_end"),
        ((4, 5, 6), "too_many_censored"),
    ],
)
def test_rule_of_suppressed_cells(places: tuple[int, ...], code: str | None) -> None:
    refusal = guards.censored_refusal(usable(make_series(_with((1, 4), *places))))

    assert (refusal and refusal.code) == code


def test_end_of_the_series_is_its_end_with_a_value() -> None:
    points = usable(make_series([*TEN, None, None]))

    assert guards.censored_refusal(points) is None


def test_half_suppressed_is_still_enough_for_counts() -> None:
    points = usable(make_series(_with((1, 4), 0, 1, 2, 3, 4)))

    assert guards.counts_refusal(points) is None


def test_zero_and_less_have_no_logarithm() -> None:
    zero = guards.zero_refusal(usable(make_series(_with(0, 3))))
    negative = guards.zero_refusal(usable(make_series(_with(-2, 3))))

    assert zero is not None
    assert negative is not None
    assert (zero.code, negative.code) == ("zero_on_log_scale", "negative_on_log_scale")


def test_population_jump_over_a_gap_is_per_year() -> None:
    points = usable(make_series(TEN[:3], years=[2010, 2014, 2015]))
    smooth = replace(points, population=np.array([1e6, 1.08e6, 1.1e6]))
    jumpy = replace(points, population=np.array([1e6, 1.01e6, 1.06e6]))

    assert guards.population_notes(smooth) == ()
    assert guards.population_notes(jumpy)[0].data["period"] == points.periods[2]
