"""The ranges of shares in blocks are those of the primitive."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.compute.ranges import BLOCK, wilson_blocks
from indicators.stats.intervals import wilson


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_blocks_give_the_limits_of_the_primitive(level: float) -> None:
    draw = np.random.default_rng(8)
    n = draw.integers(0, 5000, (3, 5, 1 + BLOCK // 7)).astype(float)
    x = np.floor(n * draw.uniform(0, 1.05, n.shape))
    x[0, 0, :5] = [0, np.nan, 2.5, -1, 3]
    n[0, 0, :5] = [7, 9, 9, 9, np.nan]

    with np.errstate(all="ignore"):
        found = wilson_blocks(x, n, 100.0, level)
        expected = wilson(x, n, level)

    for own, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(own, 100 * other, rtol=1e-12, atol=1e-10)
        assert own.shape == n.shape


def test_nobody_and_everybody_have_exact_ends() -> None:
    low, high = wilson_blocks(np.array([0.0, 12.0]), np.array([12.0, 12.0]), 100.0, 0.95)

    assert low[0] == 0.0
    assert high[1] == 100.0


def test_a_base_of_another_shape_is_spread() -> None:
    low, _ = wilson_blocks(np.ones((2, 3)), np.array([[4.0], [9.0]]), 1.0, 0.95)

    assert low.shape == (2, 3)
    assert low[0] == pytest.approx([low[0, 0]] * 3)


def test_no_cells_have_no_limits() -> None:
    low, high = wilson_blocks(np.zeros((0, 2)), np.zeros((0, 2)), 1.0, 0.95)

    assert low.shape == high.shape == (0, 2)
