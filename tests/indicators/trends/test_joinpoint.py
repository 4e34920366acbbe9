"""Changes of pace and direction: what is found, what is refused, what is told with it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from scipy.special import fdtrc

from indicators.model.codes import Outcome
from indicators.model.results import Refusal, TrendResult
from indicators.stats.limits import max_joinpoints
from indicators.trends.joinpoint import joinpoint, joinpoint_many
from tests.indicators.made import Cell, make_break, make_series


def _bent(
    n: int, bends: Sequence[tuple[int, float]], first: float = 3.0, noise: float = 0.01
) -> list[float]:
    """Values that grow by ``first`` percent and, from each index on, by another percentage."""
    rates = np.full(n - 1, first)
    for place, rate in bends:
        rates[place:] = rate
    logs = np.concatenate([[0.0], np.cumsum(np.log1p(rates / 100))])
    wave = np.random.default_rng(4).normal(0, noise, n)
    return [float(v) for v in 300 * np.exp(logs + wave)]


def _found(values: Sequence[Cell], **options: object) -> TrendResult:
    result = joinpoint(make_series(values, 2005), **options)
    assert isinstance(result, TrendResult), result
    return result


def _diagnostic(result: TrendResult, name: str) -> tuple[float, float | None, float | None]:
    found = next(item for item in result.diagnostics if item.name == name)
    return found.value, found.low, found.high


def _codes(result: TrendResult) -> set[str]:
    return {note.code for note in result.warnings}


def test_two_changes_are_found_with_their_years_and_rates() -> None:
    result = _found(_bent(20, [(8, 11.0), (14, -2.0)]))

    assert result.outcome is Outcome.CHANGING_DIRECTION
    assert [(s.first.year, s.last.year) for s in result.segments] == [
        (2005, 2013),
        (2013, 2019),
        (2019, 2024),
    ]
    for segment, truth in zip(result.segments, (3.0, 11.0, -2.0), strict=True):
        assert segment.low < truth < segment.high
    for i, year in ((1, 2013), (2, 2019)):
        value, low, high = _diagnostic(result, f"joinpoint_year_{i}")
        assert low is not None
        assert high is not None
        assert low <= value == year <= high
    assert result.df == 20 - 6
    assert result.seed is not None


def test_mean_change_weighs_the_stretches_by_years_on_the_log_scale() -> None:
    """Trap 19."""
    values = _bent(20, [(14, -20.0)], first=10.0, noise=0.002)
    result = _found(values)

    whole, low, high = _diagnostic(result, "aapc_whole")
    last5, _, _ = _diagnostic(result, "aapc_last_5")
    last10, _, _ = _diagnostic(result, "aapc_last_10")

    assert whole == pytest.approx(100 * (1.1 ** (14 / 19) * 0.8 ** (5 / 19) - 1), abs=0.1)
    assert whole == result.estimate
    assert low is not None
    assert high is not None
    assert low < whole < high
    assert last5 == pytest.approx(-20, abs=0.3)
    assert last10 == pytest.approx(100 * (1.1**0.5 * 0.8**0.5 - 1), abs=0.3)
    mean_of_rates = (result.segments[0].apc * 14 + result.segments[1].apc * 5) / 19
    assert abs(mean_of_rates - whole) > 0.5


def test_two_rates_are_compared_by_their_difference() -> None:
    """Trap 20: the test of the difference is that of the bend, not whether limits overlap."""
    result = _found(_bent(18, [(9, 9.0)], noise=0.03))
    p_value, _, _ = _diagnostic(result, "slope_change_1_p")
    change, low, high = _diagnostic(result, "slope_change_1")
    sse = [_diagnostic(result, f"sse_{k}")[0] for k in (0, 1)]

    statistic = (sse[0] - sse[1]) / (sse[1] / (18 - 4))

    assert p_value == pytest.approx(fdtrc(1, 14, statistic), rel=1e-9)
    left, right = result.segments
    assert change == pytest.approx(100 * ((100 + right.apc) / (100 + left.apc) - 1), rel=1e-9)
    assert low is not None
    assert high is not None
    assert low < change < high


def test_pace_and_direction_are_told_apart() -> None:
    assert _found(_bent(18, [(9, 12.0)])).outcome is Outcome.CHANGING_PACE
    assert _found(_bent(18, [(9, -6.0)])).outcome is Outcome.CHANGING_DIRECTION
    assert _found(_bent(18, [], first=5.0)).outcome is Outcome.RISING


def test_length_decides_how_many_bends_there_may_be() -> None:
    values = _bent(30, [(8, 12.0), (15, -8.0), (22, 9.0)])

    for n, allowed in ((12, 1), (15, 1), (16, 2), (21, 2), (22, 3), (27, 4)):
        assert max_joinpoints(n) == allowed
        assert _diagnostic(_found(values[:n]), "max_joinpoints")[0] == allowed


def test_nine_years_are_enough_only_when_asked_and_are_marked() -> None:
    values = _bent(11, [(5, -10.0)], first=15.0)
    refusal = joinpoint(make_series(values))

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.found, refusal.needed) == ("too_few_points", 11, 12)
    assert "9 if you ask" in refusal.text
    asked = _found(values, max_joinpoints=2)
    assert len(asked.segments) == 2
    assert {"few_points", "fewer_bends_allowed"} <= _codes(asked)
    least = joinpoint(make_series(values[:8]), max_joinpoints=1)
    assert isinstance(least, Refusal)
    assert (least.found, least.needed) == (8, 9)


def test_short_series_with_a_real_bend_propose_no_bend_by_themselves() -> None:
    """Trap 9, for bends: eleven points are refused whatever they show."""
    assert isinstance(joinpoint(make_series(_bent(11, [(5, -30.0)], first=30.0))), Refusal)


def test_zero_is_refused_on_the_percent_scale_and_taken_on_the_linear_one() -> None:
    """Trap 4: nothing is added to a zero."""
    values = [0.0, *_bent(15, [(7, 20.0)])]
    refusal = joinpoint(make_series(values))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "zero_on_log_scale"
    assert "linear scale" in refusal.text
    linear = _found(values, scale="linear")
    assert linear.unit == "persons a year"
    assert linear.transformation == "identity"


def test_linear_scale_gives_units_a_year() -> None:
    values = [100 + 2.0 * i for i in range(9)] + [116 + 12.0 * i for i in range(1, 9)]
    rough = [v + (0.5 if i % 2 else -0.5) for i, v in enumerate(values)]
    result = _found(rough, scale="linear")

    assert [round(s.apc) for s in result.segments] == [2, 12]


def test_suppressed_cells_follow_the_rule_of_the_methods_page() -> None:
    values: list[Cell] = list(_bent(16, [(8, 12.0)]))
    inner = [*values[:7], (1, 4), *values[8:]]
    at_end = [*values[:-1], (1, 4)]

    found = _found(inner)
    refusal = joinpoint(make_series(at_end))

    assert found.n == 15
    assert "censored_left_out" in _codes(found)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "censored_at_end"


def test_gaps_are_real_time() -> None:
    """Trap 8: the same points, three years apart in the middle, are no bend."""
    values = [100 * 1.05**year for year in range(20)]
    wave = np.random.default_rng(3).normal(0, 0.004, 20)
    cells: list[Cell] = [v * float(np.exp(w)) for v, w in zip(values, wave, strict=True)]
    cells[9:12] = [None, None, None]

    result = _found(cells)

    assert len(result.segments) == 1
    assert result.estimate == pytest.approx(5, abs=0.2)
    assert len(result.missing) == 3


def test_bend_that_only_the_provisional_year_carries_is_hidden() -> None:
    """Trap 12."""
    values = [*_bent(17, [], first=4.0), 160.0]
    final = joinpoint(make_series(values, 2005))
    provisional = joinpoint(make_series(values, 2005, provisional=[17]))

    assert isinstance(final, TrendResult)
    assert isinstance(provisional, TrendResult)
    assert len(final.segments) == 2
    assert len(provisional.segments) == 1
    assert "bend_hidden_provisional" in _codes(provisional)
    assert provisional.n == 18
    assert provisional.without_provisional is not None


def test_late_and_short_stretches_are_marked() -> None:
    result = _found(_bent(18, [(15, -25.0)], first=4.0), selection="weighted_bic")

    assert result.segments[-1].first.year >= 2019
    assert {"bend_near_end", "short_segment"} <= _codes(result)


def test_rule_changes_at_twenty_two_points_and_can_be_chosen() -> None:
    def is_tested(result: TrendResult) -> bool:
        return any(item.name.startswith("permutation_p") for item in result.diagnostics)

    values = _bent(22, [(10, 9.0)])

    assert is_tested(_found(values[:21]))
    assert not is_tested(_found(values))
    assert not is_tested(_found(values[:21], selection="weighted_bic"))
    assert is_tested(_found(values, selection="permutation"))


def test_same_seed_same_answer() -> None:
    values = _bent(16, [(8, 6.0)], noise=0.05)

    assert _found(values, seed=7) == _found(values, seed=7)
    assert _found(values, seed=7).seed == 7


def test_line_begins_at_a_break() -> None:
    values = [3000.0, 2900.0, 3100.0, *_bent(15, [(7, 12.0)])]
    result = joinpoint(make_series(values, 2002), breaks=(make_break(2005),))

    assert isinstance(result, TrendResult)
    assert str(result.first) == "2005"
    assert [s.first.year for s in result.segments] == [2005, 2012]


def test_constant_series_is_stable() -> None:
    result = _found([500.0] * 14)

    assert result.outcome is Outcome.STABLE
    assert len(result.segments) == 1


def test_many_series_leave_out_those_with_zeros() -> None:
    values = np.array([_bent(16, [(8, 20.0)]), [0.0, *_bent(15, [])]])
    found = joinpoint_many(np.arange(2005.0, 2021), values, 2)

    assert found.chosen[0] == 1
    assert found.places[0, 1, 0] == 8
    assert not np.isfinite(found.sse[1]).any()


def _line(values: Sequence[float], bends: Sequence[int]) -> tuple[float, float]:
    """Percent a year between the ends of the line that bends at these indices; its misfit."""
    time, logs = np.arange(float(len(values))), np.log(values)
    hinges = [np.maximum(time - bend, 0) for bend in bends]
    design = np.column_stack([np.ones(time.size), time, *hinges])
    line = design @ np.linalg.lstsq(design, logs, rcond=None)[0]
    change = float(100 * np.expm1((line[-1] - line[0]) / (time.size - 1)))
    return change, float(((logs - line) ** 2).sum())


def _at_ends(cells: Sequence[Cell], ends: Sequence[tuple[float, float]]) -> list[list[float]]:
    """The series with its unknown cells at every combination of their ends."""
    gaps = [i for i, cell in enumerate(cells) if not isinstance(cell, float)]
    found = []
    for picks in product((0, 1), repeat=len(gaps)):
        own = list(cells)
        for place, pick, pair in zip(gaps, picks, ends, strict=True):
            own[place] = pair[pick]
        found.append([float(v) for v in own])  # type: ignore[arg-type]
    return found


def test_missing_years_bound_the_mean_change_of_a_long_series_by_every_filling() -> None:
    cells: list[Cell] = list(_bent(26, [(9, 12.0), (17, -5.0)]))
    cells[6] = cells[13] = cells[21] = None
    result = _found(cells)
    bends = [part.first.year - 2005 for part in result.segments[1:]]
    known = [v for v in cells if isinstance(v, float)]

    value, low, high = _diagnostic(result, "range_missing")
    every = [_line(v, bends)[0] for v in _at_ends(cells, [(min(known), max(known))] * 3)]

    assert bends == [9, 17]
    assert value == result.estimate
    assert (low, high) == (pytest.approx(min(every)), pytest.approx(max(every)))
    assert "range_missing" in _codes(result)
    assert "range_censored" not in _codes(result)


def test_suppressed_years_bound_the_mean_change_of_a_long_series_by_every_filling() -> None:
    cells: list[Cell] = list(_bent(24, [(10, 12.0)]))
    cells[5], cells[20] = (250.0, 400.0), (800.0, 2000.0)
    result = _found(cells)
    bends = [part.first.year - 2005 for part in result.segments[1:]]

    _, low, high = _diagnostic(result, "range_censored")
    every = [_line(v, bends)[0] for v in _at_ends(cells, [(250.0, 400.0), (800.0, 2000.0)])]

    assert len(bends) == 1
    assert (low, high) == (pytest.approx(min(every)), pytest.approx(max(every)))
    assert "range_censored" in _codes(result)


def test_change_years_of_a_short_series_are_looked_for_again_at_the_ends() -> None:
    cells: list[Cell] = list(_bent(16, [(8, 12.0)]))
    cells[4] = None
    result = _found(cells)
    known = [v for v in cells if isinstance(v, float)]

    _, low, high = _diagnostic(result, "range_missing")
    ends, years = [], set()
    for value in (min(known), max(known)):
        own = [v if isinstance(v, float) else value for v in cells]
        bend = min(range(2, 14), key=lambda place: _line(own, [place])[1])
        ends.append(_line(own, [bend])[0])
        years.add(bend)

    assert years != {8}
    assert len(result.segments) == 2
    assert (low, high) == (pytest.approx(min(ends)), pytest.approx(max(ends)))


def test_known_years_have_no_range_and_a_zero_end_has_none_on_the_percent_scale() -> None:
    cells: list[Cell] = list(_bent(16, [(8, 12.0)]))
    ranges = {"range_censored", "range_missing"}
    assert not ranges & _codes(_found(cells))

    cells[6] = (0, 400)
    assert not ranges & _codes(_found(cells))
    linear = _found(cells, scale="linear")
    _, low, high = _diagnostic(linear, "range_censored")
    assert low is not None
    assert high is not None
    assert low < high
