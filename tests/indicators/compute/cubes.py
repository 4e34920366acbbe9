"""Small cubes for tests, written the way an office would read them out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube

Cell = float | str | tuple[float, float] | None
"""A value, a mark (``Z``, ``M``, ``X``, ``S``), bounds of a suppressed cell, or nothing."""


def make_cube(
    variable: str,
    rows: Mapping[str, list[Cell]],
    *,
    start: int = 2020,
    unit: str = "persons",
    area: str = "XVA",
    flags: Mapping[int, str] | None = None,
    vintage: int = 1,
) -> Cube:
    """A cube of one area.

    Args:
        variable: code.
        rows: cells by breakdown text (``""`` for the total), one entry a year.
        start: first year.
        unit: unit of the values.
        area: area code; several areas as ``"XVA XV-01"`` with rows ``"XV-01|SEX=F"``.
        flags: letters by position of the year.
        vintage: id of the delivery.
    """
    areas = tuple(area.split())
    named = {_place(key, areas[0]): cells for key, cells in rows.items()}
    breakdowns = tuple(dict.fromkeys(Breakdown.parse(text) for _, text in named))
    years = len(next(iter(rows.values())))
    shape = (len(breakdowns), len(areas), years)
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    status = np.full(shape, int(Status.M), dtype=np.int64)
    for (where, text), cells in named.items():
        row = breakdowns.index(Breakdown.parse(text)), areas.index(where)
        for year, cell in enumerate(cells):
            place = (*row, year)
            status[place], value[place], low[place], high[place] = _cell(cell)
    marks = np.zeros(shape, dtype=np.int64)
    for year, letters in (flags or {}).items():
        marks[:, :, year] = int(Flags.of_letters(letters))
    return Cube(
        variable=variable,
        unit=unit,
        breakdowns=breakdowns,
        areas=areas,
        periods=tuple(Period.of_year(start + year) for year in range(years)),
        value=value,
        low=low,
        high=high,
        status=status,
        flags=marks,
        vintage=np.where(status == int(Status.M), 0, vintage).astype(np.int64),
    )


def _place(key: str, first: str) -> tuple[str, str]:
    area, _, text = key.rpartition("|")
    return area or first, text


def _cell(cell: Cell) -> tuple[int, float, float, float]:
    nan = np.nan
    if cell is None or cell == "M":
        return int(Status.M), nan, nan, nan
    if isinstance(cell, tuple):
        return int(Status.S), nan, *cell
    if isinstance(cell, str):
        value = 0.0 if cell == "Z" else nan
        return int(Status[cell]), value, nan, nan
    return int(Status.A), cell, nan, nan


def cubes_of(**rows: list[Cell]) -> dict[str, Cube]:
    """Cubes with totals only, by variable."""
    return {name: make_cube(name, {"": cells}) for name, cells in rows.items()}
