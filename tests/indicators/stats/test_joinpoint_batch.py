"""Thousands of searches at once give the search of a single series."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats.joinpoint_batch import bent_lines, gap_groups
from indicators.stats.joinpoints import Grid, best_bends

TIME = np.arange(2005.0, 2021)


def _single(values: np.ndarray, most: int) -> list[tuple[float, float, tuple[int, ...]]]:
    seen = np.flatnonzero(~np.isnan(values))
    grid = Grid(time=TIME[seen], values=values[seen], weights=np.ones(seen.size))
    return [
        (line.sse, line.wbic, tuple(int(i) for i in seen[list(line.places)]))
        for line in best_bends(grid, most)
    ]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.0, 0.05, 0.2]))
def test_equal_to_single_searches(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 0.1, (6, TIME.size)).cumsum(axis=1) + 5
    values[rng.random(values.shape) < share] = np.nan
    many = bent_lines(TIME, values, 3)

    for i, row in enumerate(values):
        for k, (sse, wbic, places) in enumerate(_single(row, 3)):
            assert many.sse[i, k] == pytest.approx(sse, rel=1e-8)
            assert many.wbic[i, k] == pytest.approx(wbic, rel=1e-8, abs=1e-8)
            assert tuple(many.places[i, k, :k]) == places


def test_no_room_is_infinite() -> None:
    values = np.full((2, TIME.size), np.nan)
    values[0, :6] = [1, 2, 3, 5, 2, 1]

    found = bent_lines(TIME, values, 2)

    assert np.isfinite(found.sse[0]).tolist() == [True, True, False]
    assert not np.isfinite(found.sse[1]).any()
    assert found.chosen[0] in (0, 1)


def test_groups_hold_every_row_once() -> None:
    rng = np.random.default_rng(1)
    values = np.where(rng.random((50, 20)) < 0.1, np.nan, 1.0)
    groups = list(gap_groups(values))

    rows = np.concatenate([rows for rows, _ in groups])
    assert sorted(rows.tolist()) == list(range(50))
    for members, here in groups:
        assert (~np.isnan(values[members]) == here).all()
