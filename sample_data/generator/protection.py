"""Protection: return, reintegration, shelters, migration, compensation."""

from __future__ import annotations

from calendar import monthrange

import numpy as np

from indicators.model.series import Integers
from sample_data.generator.cells import Ledger, Persons
from sample_data.generator.country import (
    AREA,
    CODES,
    FIRST,
    MONTHS,
    PARTNERS,
    YEARS,
    growing,
    moving,
    region_shares,
)
from sample_data.generator.draws import codes, crowd, happens, main_forms, overdispersed
from sample_data.generator.investigations import (
    AMPLITUDE,
    CRM_FIRST,
    monthly_shares,
    seasonal,
    write_months,
)
from sample_data.generator.reference import poisson_rejected, season
from sample_data.generator.seeds import generator
from sample_data.generator.victim_tables import by_day, durations

MONTHLY_FIRST = 2015
"""Shelters and the migration office deliver months from this year on."""


def returns(rng: np.random.Generator) -> Persons:
    """Victims returned, one by one; their number jumps from year to year (T11)."""
    people = crowd(rng, overdispersed(rng, growing(44, 1), 6), region_shares())
    n = people.n
    people.marks["COR"] = codes(
        rng, n, dict(zip(PARTNERS, (0.36, 0.25, 0.18, 0.12, 0.09), strict=True))
    )
    people.marks["SEX"] = codes(rng, n, {"F": 0.70, "M": 0.29, "X": 0.01})
    people.marks["AGE"] = codes(
        rng, n, {"Y0T11": 0.05, "Y12T17": 0.20, "Y18T29": 0.45, "Y_GE30": 0.30}
    )
    return people


def returns_missed(people: Persons) -> tuple[str, ...]:
    """T11 unless a Poisson trend is rejected."""
    counts = people.counts(np.ones(people.n, dtype=bool)).sum(axis=0)
    return () if poisson_rejected(counts.astype(float)) else ("T11",)


def write_returns(ledger: Ledger, people: Persons) -> None:
    """Returns, safe returns and days until departure."""
    rng = generator("repat_safe")
    everyone = np.ones(people.n, dtype=bool)
    safe = happens(rng, everyone, moving(0.45, 0.68)[people.year])
    dims = ("COR", "SEX", "AGE")
    ledger.persons("repat_done", people, everyone, dims=dims, at="N")
    ledger.persons("repat_safe", people, safe, dims=dims, at="N")
    days = np.maximum(1, np.rint(62 * np.exp(0.55 * rng.standard_normal(people.n)))).astype(
        np.int64
    )
    for t, year in enumerate(YEARS):
        now = people.year == t
        by_day(ledger, "repat_days", AREA, year, days[now])
        durations(ledger, "repat_days", AREA, year, days[now].astype(float))
        for cut, inside in people.cuts(("COR",)):
            durations(ledger, "repat_days", AREA, year, days[now & inside].astype(float), cut)


def write_agreements(ledger: Ledger) -> None:
    """Whether an operative arrangement exists with each neighbour (0 or 1)."""
    for partner, since in zip(PARTNERS, (2005, 2009, 2013, 2019, 9999), strict=True):
        line = (np.array(YEARS) >= since).astype(float)
        ledger.nation("cor_agr", line, cut=(("COR", partner),))


def write_reintegration(ledger: Ledger) -> None:
    """Entrants into reintegration support and those settled after twelve months."""
    rng = generator("reint_cohort")
    people = crowd(rng, rng.poisson(growing(60, 3)), region_shares())
    people.marks["FORM"] = main_forms(rng, people.year)
    people.marks["SEX"] = codes(rng, people.n, {"F": 0.72, "M": 0.27, "X": 0.01})
    people.marks["AGE"] = codes(rng, people.n, {"Y12T17": 0.18, "Y18T29": 0.46, "Y_GE30": 0.36})
    everyone = np.ones(people.n, dtype=bool)
    settled = happens(rng, everyone, moving(0.42, 0.55)[people.year])
    for variable, who in (("reint_cohort", everyone), ("reint_12m", settled)):
        ledger.persons(variable, people, who, dims=("SEX", "AGE", "FORM"), at="N", only=CRM_FIRST)


def shelter_places() -> Integers:
    """Places by region and year: a step when a house opens."""
    places = np.zeros((len(CODES), len(YEARS)), dtype=np.int64)
    houses = (
        ("XV-01", 48, 2005), ("XV-02", 20, 2005), ("XV-03", 18, 2005), ("XV-05", 16, 2005),
        ("XV-08", 14, 2005), ("XV-09", 12, 2005), ("XV-06", 12, 2005), ("XV-01", 24, 2012),
        ("XV-12", 16, 2018), ("XV-02", 18, 2018), ("XV-06", 16, 2018), ("XV-11", 10, 2021),
        ("XV-14", 8, 2021),
    )  # fmt: skip
    for code, beds, since in houses:
        places[CODES.index(code), np.array(YEARS) >= since] += beds
    return places


def write_shelters(yearly: Ledger, monthly: Ledger) -> None:
    """Places, and nights by year and (from 2015) by month; nights never exceed the places."""
    rng = generator("n_shelter_nights")
    places = shelter_places()
    days = np.array([_days_in(year, month) for year, month in MONTHS])
    room = np.repeat(places, 12, axis=1) * days
    busy = np.repeat(moving(0.50, 0.72), 12) * (1 + 0.04 * (seasonal() - 1) / AMPLITUDE)
    nights = rng.binomial(room, np.clip(busy + 0.03 * rng.standard_normal(room.shape), 0.05, 0.98))
    yearly.both("n_shelter_places", places)
    yearly.both("n_shelter_nights", nights.reshape(len(CODES), len(YEARS), 12).sum(axis=2))
    write_months(monthly, "n_shelter_nights", nights, first=MONTHLY_FIRST)


def _days_in(year: int, month: int) -> int:
    """Days of a month of the common calendar."""
    return monthrange(year, month)[1]


def arrivals(rng: np.random.Generator) -> Integers:
    """Migrants registered by region and month: seasonal, peak in August (T10)."""
    t = np.arange(len(MONTHS))
    mean = monthly_shares() * 210_000 / 12 * 1.02 ** ((t - 5.5) / 12) * seasonal()
    return np.rint(mean * np.exp(0.02 * rng.standard_normal(mean.shape))).astype(np.int64)


def arrivals_missed(made: Integers) -> tuple[str, ...]:
    """T10 unless peak month and amplitude are found."""
    first = 12 * (MONTHLY_FIRST - FIRST)
    amplitude, month = season(made.sum(axis=0)[first:].astype(float))
    return () if 7 <= month <= 9 and abs(amplitude - AMPLITUDE) <= 0.04 else ("T10",)


def write_arrivals(yearly: Ledger, monthly: Ledger, made: Integers) -> None:
    """Migrants registered by year and (from 2015) by month."""
    yearly.both("n_migrant_reg", made.reshape(len(CODES), len(YEARS), 12).sum(axis=2))
    write_months(monthly, "n_migrant_reg", made, first=MONTHLY_FIRST)


def write_awards(ledger: Ledger, awarded: Integers) -> None:
    """Compensation awarded and, within two years, 35 % of it paid; millions of VLD."""
    rng = generator("comp_ordered_amt")
    amounts = np.array(
        [0.008 * np.exp(0.8 * rng.standard_normal(int(n))).sum() for n in awarded]
    ) * growing(1, 2.5)
    paid = 0.35 * (0.3 * amounts + 0.4 * np.roll(amounts, 1) + 0.3 * np.roll(amounts, 2))
    paid[:2] = 0.35 * 0.5 * amounts[:2]
    ledger.nation("comp_ordered_amt", amounts, decimals=4)
    ledger.nation("comp_paid_amt", paid, decimals=4)
