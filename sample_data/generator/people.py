"""Population of the country; growth is exact, no chance enters."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Counts, Ledger
from sample_data.generator.country import GROWTH, POPULATION, YEARS, region_shares

SEX_SHARES = {"F": 0.508, "M": 0.492}
AGE_SHARES = {"Y0T11": 0.18, "Y12T17": 0.10, "Y18T29": 0.19, "Y_GE30": 0.53}
CITG_SHARES = {"REP": 0.935, "NREP": 0.065}


def largest_remainders(total: int, shares: Floats) -> Integers:
    """Whole numbers in proportion to shares that add up to the total."""
    exact = total * shares / shares.sum()
    whole: Integers = np.floor(exact).astype(np.int64)
    short = int(total - whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")[:short]
    whole[order] += 1
    return whole


@lru_cache(maxsize=1)
def population() -> Integers:
    """Residents by region, sex, age, citizenship group and year, shape ``(14, 2, 4, 2, 20)``."""
    shares = region_shares()
    inside = np.multiply.outer(
        np.multiply.outer(list(SEX_SHARES.values()), list(AGE_SHARES.values())),
        list(CITG_SHARES.values()),
    )
    cells = np.zeros((shares.shape[0], *inside.shape, len(YEARS)), dtype=np.int64)
    for t in range(len(YEARS)):
        total = round(POPULATION * GROWTH**t)
        for g, number in enumerate(largest_remainders(total, shares[:, t])):
            if number:
                cells[g, ..., t] = largest_remainders(int(number), inside.ravel()).reshape(
                    inside.shape
                )
    cells.setflags(write=False)
    return cells


def write_population(ledger: Ledger) -> None:
    """Total and every one-way table for the nation and each region."""
    dims = {"SEX": tuple(SEX_SHARES), "AGE": tuple(AGE_SHARES), "CITG": tuple(CITG_SHARES)}
    counts = Counts(dims=dims, cells=population())
    ledger.both("pop_total", counts.over())
    for dim, codes in dims.items():
        cells = counts.over(dim)
        for i, code in enumerate(codes):
            ledger.both("pop_total", cells[:, i], cut=((dim, code),))
