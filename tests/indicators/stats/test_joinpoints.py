from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from indicators.stats.joinpoints import Grid, best_bends
from indicators.stats.permutation import permutation_test
from tests.indicators.made import published

RNG = np.random.default_rng(6)


def _grid(values: np.ndarray, weights: np.ndarray | None = None, start: int = 2000) -> Grid:
    n = values.size
    return Grid(
        time=np.arange(start, start + n, dtype=float),
        values=values,
        weights=np.ones(n) if weights is None else weights,
    )


def _bent(n: int, bend: int, before: float, after: float, noise: float) -> np.ndarray:
    t = np.arange(n, dtype=float)
    return before * t + (after - before) * np.maximum(t - bend, 0) + RNG.normal(0, noise, n)


@pytest.mark.parametrize("k", [1, 2])
def test_grid_finds_the_best_of_all_admissible_sets(k: int) -> None:
    values, weights = RNG.normal(size=14), RNG.uniform(0.5, 2, 14)
    grid = _grid(values, weights)

    def sse(places: tuple[int, ...]) -> float:
        x = np.column_stack(
            [np.ones(14), grid.time - 2000, *(np.maximum(grid.time - 2000 - p, 0) for p in places)]
        )
        root = np.sqrt(weights)
        rest = np.linalg.lstsq(x * root[:, None], values * root, rcond=None)[1]
        return float(rest[0])

    admissible = [
        places
        for places in combinations(range(2, 12), k)
        if all(b - a >= 3 for a, b in pairwise(places))
    ]
    by_hand = min(admissible, key=sse)

    found = best_bends(grid, k)[k]

    assert found.places == by_hand
    assert found.sse == pytest.approx(sse(by_hand))


def test_the_program_of_the_cancer_institute_is_met() -> None:
    """NCI Joinpoint output, English cancer mortality: all sites in men, lung in women (weighted BIC)."""
    for case in ("s20a_joinpoint_eng_all_men", "s20d_joinpoint_eng_lung_women"):
        columns, expected = published(case)
        found = best_bends(_grid(np.log(columns["rate"]), start=int(columns["year"][0])), 3)
        best = min(found, key=lambda line: line.wbic)
        years = [int(columns["year"][place]) for place in best.places]

        assert years == expected["nci"]["joinpoint_years"]["value"]
        assert 100 * np.expm1(best.slopes) == pytest.approx(
            expected["nci"]["apc"]["value"], abs=0.005
        )


def test_whole_span_change_weighs_segments_by_length() -> None:
    """Trap 19: the mean of the log slopes over time, not of the segments' percents."""
    values = np.concatenate([0.10 * np.arange(5), 0.4 + 0.01 * np.arange(1, 13)])
    grid = _grid(values + RNG.normal(0, 1e-6, 17))
    line = best_bends(grid, 1)[1]

    middle, low, high = line.mean_slope(grid.time)

    assert middle == pytest.approx((values[-1] - values[0]) / 16, abs=1e-5)
    assert low < middle < high
    assert middle < line.slopes.mean()


def test_permutation_test_finds_a_clear_bend_and_no_false_one() -> None:
    bent = permutation_test(_grid(_bent(18, 9, 0.10, -0.05, 0.03)), 2, permutations=499, seed=3)
    straight = permutation_test(_grid(_bent(18, 9, 0.05, 0.05, 0.03)), 2, permutations=499, seed=3)

    assert bent.bends == 1
    assert straight.bends == 0


def test_permutation_test_is_repeatable() -> None:
    grid = _grid(_bent(16, 8, 0.05, 0.0, 0.05))

    assert permutation_test(grid, 2, permutations=199, seed=9) == permutation_test(
        grid, 2, permutations=199, seed=9
    )


def test_short_series_have_no_room_for_bends() -> None:
    assert len(best_bends(_grid(RNG.normal(size=7)), 3)) == 2
