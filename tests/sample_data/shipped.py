"""The shipped deliveries as one table, for the tests of the sample data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from sample_data import valdoria

FIXED = ("variable", "area", "period", "value", "status", "flags", "unit")
REGIONS = tuple(region.code for region in valdoria.regions() if region.level == 1)
YEARS = tuple(range(2005, 2025))


@dataclass(frozen=True)
class Cell:
    value: str
    status: str
    flags: str


Key = tuple[str, str, str, frozenset[tuple[str, str]]]


def read(path: Path) -> dict[Key, Cell]:
    """A delivery by variable, area, period and cut; a key twice is an error."""
    cells: dict[Key, Cell] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            cut = frozenset((k, v) for k, v in line.items() if k not in FIXED and v)
            key = (line["variable"], line["area"], line["period"], cut)
            assert key not in cells, key
            cells[key] = Cell(line["value"], line["status"], line["flags"])
    return cells


@lru_cache(maxsize=1)
def yearly() -> dict[Key, Cell]:
    """All yearly deliveries together."""
    together: dict[Key, Cell] = {}
    for delivery in valdoria.deliveries():
        if not delivery.dataset.endswith("_monthly"):
            cells = read(valdoria.folder() / delivery.file)
            assert not together.keys() & cells.keys()
            together |= cells
    return together


@lru_cache(maxsize=1)
def numbers() -> dict[Key, float]:
    """All yearly cells that hold a number."""
    return {key: float(cell.value) for key, cell in yearly().items() if cell.status in "AZ"}


def line(variable: str, area: str = "XVA", *, first: int = 2005, last: int = 2024, **cut: str):
    """A yearly line as an array; a cell that is absent or has no number is nan."""
    key = frozenset(cut.items())
    return np.array(
        [
            numbers().get((variable, area, str(year), key), np.nan)
            for year in range(first, last + 1)
        ]
    )


def regional(variable: str, **cut: str):
    """Regional totals, shape (14, 20); 0 where a region did not exist."""
    return np.nan_to_num(np.array([line(variable, code, **cut) for code in REGIONS]))


@lru_cache(maxsize=4)
def monthly(file: str) -> dict[Key, Cell]:
    """A monthly delivery."""
    return read(valdoria.folder() / file)


def months(file: str, variable: str, area: str = "XVA", *, first: int = 2005):
    """A monthly line until December 2024."""
    return np.array(
        [
            float(monthly(file)[variable, area, f"{year}-{month:02d}", frozenset()].value)
            for year in range(first, 2025)
            for month in range(1, 13)
        ]
    )
