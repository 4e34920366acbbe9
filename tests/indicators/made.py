"""Builders of plain series for the tests of the statistics."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from indicators.model.series import Series
from tests.places import SHARED

Cell = float | tuple[float, float] | None
"""A value, the bounds of a suppressed value, or missing."""


def make_series(
    values: Sequence[Cell],
    start: int = 2010,
    *,
    unit: str = "persons",
    years: Sequence[int] | None = None,
    monthly: bool = False,
    provisional: Sequence[int] = (),
    breaks: Sequence[int] = (),
    variable: str = "vic_detected",
) -> Series:
    """A yearly (or monthly) series; ``provisional`` and ``breaks`` are positions."""
    n = len(values)
    numbers, low, high = (np.full(n, np.nan) for _ in range(3))
    status, flags = np.full(n, Status.M, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for i, cell in enumerate(values):
        if isinstance(cell, tuple):
            low[i], high[i], status[i] = *cell, Status.S
        elif cell is not None:
            numbers[i], status[i] = cell, Status.Z if cell == 0 else Status.A
    for i in provisional:
        flags[i] |= int(Flags.P)
    for i in breaks:
        flags[i] |= int(Flags.B)
    if monthly:
        periods = tuple(Period.of_month(start + i // 12, i % 12 + 1) for i in range(n))
    else:
        periods = tuple(Period.of_year(y) for y in years or range(start, start + n))
    return Series(
        variable=variable,
        area="XVA",
        unit=unit,
        periods=periods,
        values=numbers,
        low=low,
        high=high,
        status=status,
        flags=flags,
        vintages=(1,),
    )


def make_event(
    start: int | Period, name: str = "law", *, kind: str = "law", delay: int = 0
) -> Intervention:
    """An event of a year or of a period."""
    period = Period.of_year(start) if isinstance(start, int) else start
    return Intervention(id=name, name={"en": name}, kind=kind, start=period, delay=delay)


def make_break(year: int, name: str = "new_law") -> SeriesBreak:
    """A change of definition."""
    return SeriesBreak(id=name, start=Period.of_year(year), text={"en": "new definition"})


def published(case: str) -> tuple[Mapping[str, np.ndarray], Mapping[str, object]]:
    """Columns and expected values of a published case; the test is skipped without them."""
    if SHARED is None:
        pytest.skip("the published cases are not here")
    folder = SHARED / "reference"
    with (folder / f"{case}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {
        name: np.array([float(row[name]) for row in rows])
        for name in rows[0]
        if name not in ("label", "stage", "group")
    }
    return columns, json.loads((folder / f"{case}.json").read_text(encoding="utf-8"))["expected"]
