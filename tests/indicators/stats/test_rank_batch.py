"""Theil-Sen slopes of many series equal those of single series."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats.rank_batch import rank_lines
from indicators.stats.ranks import rank_trend

TIME = np.array([2005, 2006, 2007, 2008, 2010, 2011, 2012, 2015, 2016, 2017, 2018.0])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), level=st.sampled_from([0.9, 0.95, 0.99]))
def test_equal_to_single_slopes(seed: int, level: float) -> None:
    """With equal values (small counts) and gaps."""
    rng = np.random.default_rng(seed)
    values = rng.poisson(4, (8, TIME.size)).astype(float)
    values[rng.random(values.shape) < 0.15] = np.nan
    many = rank_lines(TIME, values, level)

    for i, row in enumerate(values):
        keep = ~np.isnan(row)
        if keep.sum() < 2:
            assert np.isnan(many.slope[i])
            continue
        one = rank_trend(TIME[keep], row[keep], level)
        got = (many.slope[i], many.low[i], many.high[i], many.s[i], many.n[i])
        expected = (one.slope, one.low, one.high, one.s, one.n)
        assert got == pytest.approx(expected, rel=1e-8, abs=1e-10)
