"""Cubes with several cuts for the tests of the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube

Lines = Mapping[tuple[str, str], Sequence[float | None]]
"""Values by area and written breakdown."""


def cube(
    variable: str,
    lines: Lines,
    *,
    first: str = "2005",
    unit: str = "persons",
    flags: Mapping[tuple[str, int], int] | None = None,
) -> Cube:
    """A cube of any shape; None is missing."""
    areas = tuple(sorted({area for area, _ in lines}))
    cuts = tuple(sorted({Breakdown.parse(text) for _, text in lines}))
    n = max(len(values) for values in lines.values())
    value = np.full((len(cuts), len(areas), n), np.nan)
    for (area, text), values in lines.items():
        row = [np.nan if entry is None else entry for entry in values]
        value[cuts.index(Breakdown.parse(text)), areas.index(area), : len(row)] = row
    marks = np.zeros(value.shape, dtype=np.int64)
    for (area, position), mark in (flags or {}).items():
        marks[:, areas.index(area), position] = mark
    start = Period.parse(first)
    return Cube(
        variable=variable,
        unit=unit,
        breakdowns=cuts,
        areas=areas,
        periods=tuple(start.shift(n) for n in range(n)),
        value=value,
        low=np.full_like(value, np.nan),
        high=np.full_like(value, np.nan),
        status=np.where(np.isnan(value), int(Status.M), int(Status.A)),
        flags=marks,
        vintage=marks,
    )
