"""Draws that several tables share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Mask, Persons
from sample_data.generator.country import FIRST, FORM, SCOPE_YEAR

ALL_COUNTRY: Floats = np.ones((1, 20))
"""Region shares of a table that exists for the nation only."""


def overdispersed(rng: np.random.Generator, mean: object, k: float) -> Integers:
    """Negative-binomial counts with that mean and variance ``mean + mean**2 / k``."""
    m = np.asarray(mean, dtype=float)
    return rng.negative_binomial(k, k / (k + m)).astype(np.int64)


def codes(rng: np.random.Generator, n: int, shares: Mapping[str, float]) -> dict[str, Mask]:
    """One code for each of n persons, as marks by code."""
    names = list(shares)
    chance = np.array(list(shares.values()), dtype=float)
    drawn = rng.choice(len(names), size=n, p=chance / chance.sum())
    return {name: drawn == i for i, name in enumerate(names)}


def happens(rng: np.random.Generator, among: Mask, chance: object) -> Mask:
    """Members of a group to whom something happens with a probability each."""
    return among & (rng.random(len(among)) < np.asarray(chance, dtype=float))


def quantiles(values: Floats) -> dict[str, float]:
    """Number, percentiles and mean of durations; the number alone below six."""
    result = {"N": float(len(values))}
    if len(values) >= 6:
        for name, q in (("P10", 10), ("P25", 25), ("P50", 50), ("P75", 75), ("P90", 90)):
            result[name] = float(np.percentile(values, q))
        result["MEAN"] = float(np.mean(values))
    return result


def main_forms(rng: np.random.Generator, year: Integers) -> dict[str, Mask]:
    """One main form for each case or accused person; forced criminality only from 2017."""
    n = len(year)
    marks = codes(rng, n, {"SEX": 0.62, "LAB": 0.24, "BEG": 0.08, "OTH": 0.06})
    added = happens(rng, year + FIRST >= SCOPE_YEAR, 0.12)
    return {form: added if form == "CRM" else marks[form] & ~added for form in FORM}


def crowd(rng: np.random.Generator, totals: object, shares: Floats) -> Persons:
    """As many persons as the yearly totals, dealt out to regions; no marks yet.

    Args:
        rng: source of chance.
        totals: by year, shape ``(20,)``.
        shares: of the regions by year, shape ``(14, 20)``.
    """
    dealt = np.array(
        [
            rng.multinomial(int(total), share / share.sum())
            for total, share in zip(np.asarray(totals), shares.T, strict=True)
        ]
    )
    years, regions = dealt.shape
    year = np.repeat(np.repeat(np.arange(years), regions), dealt.ravel())
    region = np.repeat(np.tile(np.arange(regions), years), dealt.ravel())
    return Persons(region=region.astype(np.int64), year=year.astype(np.int64), marks={})
