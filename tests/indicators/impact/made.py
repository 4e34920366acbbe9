"""Panels of areas for the tests of comparisons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.model.series import Series
from tests.indicators.made import make_series


def panel(
    areas: int,
    *,
    treated: int = 1,
    factor: float = 1.0,
    start: int = 10,
    n: int = 18,
    noise: float = 0.05,
    shock: float = 0.0,
    seed: int = 1,
    unit: str = "days",
) -> list[Series]:
    """Areas that follow one path; the first ones change by a factor from period ``start``.

    ``shock`` moves all areas together after the start.
    """
    draw = np.random.default_rng(seed)
    path = 0.03 * np.arange(n) + shock * (np.arange(n) >= start)
    found = []
    for i in range(areas):
        values = np.exp(
            3.5 + 0.3 * draw.standard_normal() + path + noise * draw.standard_normal(n)
        )
        if i < treated:
            values[start:] *= factor
        series = make_series(values.tolist(), 2005, unit=unit)
        found.append(replace(series, area=f"XV-{i + 1:02d}"))
    return found
