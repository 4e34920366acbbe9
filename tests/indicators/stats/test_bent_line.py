from __future__ import annotations

import numpy as np
import pytest

from indicators.stats.bent_line import fit_bent_line

RNG = np.random.default_rng(31)


def test_bend_of_a_bent_line_is_found() -> None:
    time = np.arange(20.0)
    y = 2 + 1.5 * time - 3 * np.maximum(time - 11.4, 0) + RNG.normal(0, 0.01, 20)

    line = fit_bent_line(time, y)

    assert line.bend == pytest.approx(11.4, abs=0.02)
    assert (line.slope_before, line.slope_after) == pytest.approx((1.5, -1.5), abs=0.01)
