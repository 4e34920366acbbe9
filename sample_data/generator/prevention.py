"""Prevention: campaigns, hotline, training, inspections, structural programmes, surveys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Counts, Ledger, spread
from sample_data.generator.country import (
    CODES,
    FIRST,
    NEW,
    OLD,
    PANDEMIC_YEAR,
    RSK,
    SEC,
    SPLIT_YEAR,
    YEARS,
    growing,
    moving,
    region_shares,
)
from sample_data.generator.draws import overdispersed
from sample_data.generator.people import AGE_SHARES, SEX_SHARES
from sample_data.generator.reference import count_fit, elasticity, yearly_step
from sample_data.generator.seeds import generator

SURVEY_YEARS = (2008, 2012, 2016, 2020, 2024)
CAMPAIGN_RATIO = 0.35
SURGE_YEAR = 2015
ROLES = {"POL": 0.46, "PRO": 0.07, "JUD": 0.06, "BOR": 0.13, "LAB": 0.08, "HEA": 0.20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspections:
    """Labour inspections: workplaces, inspections, persons found in abuse."""

    scope: Counts
    risk: Counts
    found: Integers


def _floats(values: object) -> Floats:
    array: Floats = np.asarray(values, dtype=np.float64)
    return array


def campaigns(rng: np.random.Generator) -> Integers:
    """Campaigns by region and year; few in the pandemic year (T05)."""
    mean = growing(220, 5)
    mean[PANDEMIC_YEAR - FIRST] *= CAMPAIGN_RATIO
    return rng.poisson(region_shares() * mean).astype(np.int64)


def campaigns_missed(made: Integers) -> tuple[str, ...]:
    """T05 unless the pandemic year shows as a pulse."""
    t = np.arange(len(YEARS), dtype=float)
    pulse = (t == PANDEMIC_YEAR - FIRST).astype(float)
    X = np.column_stack([np.ones(len(t)), t - t.mean(), pulse])
    ratio = np.exp(count_fit(_floats(made.sum(axis=0)), X).beta[2])
    return () if 0.29 <= ratio <= 0.41 else ("T05",)


def hotline(rng: np.random.Generator) -> Integers:
    """Relevant hotline contacts by year; no event touches them (T06)."""
    return overdispersed(rng, growing(900, 3), 150)


def hotline_missed(made: Integers) -> tuple[str, ...]:
    """T06 when a step at the campaign surge would be claimed."""
    first = SURGE_YEAR - FIRST
    fits = [yearly_step(_floats(made), first, slope=slope) for slope in (False, True)]
    return () if all(fit.covers(2, 0.0) for fit in fits) else ("T06",)


def inspections(rng: np.random.Generator) -> Inspections:
    """Inspections by region and sector; what is found follows their number (T09)."""
    shares = region_shares()
    sectors = {"A": 0.26, "C": 0.20, "F": 0.22, "H": 0.08, "I": 0.16, "T": 0.08}
    scope = spread(rng, np.rint(growing(41_000, 1)), shares, {"SEC": sectors})
    effort = np.exp(0.35 * rng.standard_normal(shares.shape) - 0.35**2 / 2)
    mean = shares * growing(3_900, 1) * effort
    sector = np.array([sectors[code] for code in SEC])
    risk_mean = mean[:, None, :] * (sector / sector.sum())[None, :, None]
    risk = np.where(risk_mean > 0, overdispersed(rng, risk_mean, 40), 0)
    done, usual = risk.sum(axis=1), shares * 3_900
    ratio = np.divide(done, usual, out=np.zeros(shares.shape), where=usual > 0)
    found = overdispersed(rng, 300 * shares * ratio**0.6, 50)
    dims = {"SEC": SEC}
    return Inspections(
        scope=Counts(dims=dims, cells=np.maximum(scope.cells.astype(np.int64), risk // 8)),
        risk=Counts(dims=dims, cells=risk),
        found=found,
    )


def inspections_missed(made: Inspections) -> tuple[str, ...]:
    """T09 unless the elasticity of findings to inspections is found."""
    x, y = made.risk.over().astype(float), made.found.astype(float)
    units = np.repeat(np.arange(len(CODES)), len(YEARS)).reshape(x.shape)
    there = x > 0
    value = elasticity(y[there], x[there], units[there].astype(float))
    return () if 0.5 <= value <= 0.7 else ("T09",)


def write_inspections(ledger: Ledger, made: Inspections) -> None:
    """Tables of the labour inspectorate."""
    ledger.counts("insp_scope", made.scope)
    ledger.counts("insp_risk", made.risk)
    ledger.both("n_insp_found", made.found)
    rng = generator("n_agencies_licensed")
    ledger.both("n_agencies_licensed", rng.poisson(region_shares() * 210))


def write_reach(ledger: Ledger) -> None:
    """Persons reached by campaigns: three times as many in the surge year (T06)."""
    rng = generator("n_campaign_reach")
    surge = np.where(np.array(YEARS) == SURGE_YEAR, 3.0, 1.0)
    mean = region_shares() * growing(180_000, 2) * surge
    ledger.both("n_campaign_reach", np.rint(mean * np.exp(0.1 * rng.standard_normal(mean.shape))))


def write_training(ledger: Ledger) -> None:
    """Front-line staff and those with a passed course, by function."""
    rng = generator("staff_total")
    staff = spread(rng, np.rint(growing(5_200, 0.5)), region_shares(), {"ROL": ROLES})
    ledger.counts("staff_total", staff)
    ledger.counts("staff_trained", staff.part(rng, moving(0.12, 0.48)))


def write_programmes(ledger: Ledger) -> None:
    """At-risk groups, those reached, and municipalities with a programme."""
    rng = generator("pop_risk")
    ages = {code: AGE_SHARES[code] for code in ("Y0T11", "Y12T17", "Y18T29", "Y_GE30")}
    dims = {"RSK": dict(zip(RSK, (0.22, 0.46, 0.32), strict=True)), "SEX": SEX_SHARES, "AGE": ages}
    risk = spread(rng, np.rint(growing(610_000, 0.9)), region_shares(), dims)
    ledger.counts("pop_risk", risk)
    ledger.counts("risk_reached", risk.part(rng, growing(21_000 / 610_000, 3.1)))
    towns = spread(rng, np.full(len(YEARS), 60), region_shares()[:, -1:].repeat(20, axis=1), {})
    cells = np.repeat(towns.cells[:, :1], len(YEARS), axis=1)
    cells, funded = _split_towns(cells), np.zeros_like(cells)
    order = rng.permutation(np.repeat(np.arange(len(CODES)), towns.cells[:, 0].astype(np.int64)))
    for t in range(len(YEARS)):
        np.add.at(funded[:, t], order[: 6 + 2 * t], 1)
    ledger.both("mun_risk", cells)
    ledger.both("mun_prog", _split_towns(funded))


def _split_towns(cells: Integers) -> Integers:
    """Towns of XV-14 stand in XV-09 until the split."""
    before = np.array(YEARS) < SPLIT_YEAR
    moved = np.array(cells)
    moved[OLD, before] += moved[NEW, before]
    moved[NEW, before] = 0
    return moved


def write_surveys(ledger: Ledger) -> None:
    """Awareness surveys every four years: respondents and three answers."""
    rng = generator("kap_n")
    wave = np.isin(YEARS, SURVEY_YEARS)
    dims = {"SEX": SEX_SHARES, "AGE": {"Y18T29": 0.26, "Y_GE30": 0.74}}
    asked = spread(rng, np.where(wave, 2_400, 0), region_shares(), dims)
    tables = {
        "kap_n": asked,
        "kap_aware": asked.part(rng, moving(0.22, 0.41)),
        "kap_tolerant": asked.part(rng, moving(0.34, 0.27)),
        "kap_demand": asked.part(rng, moving(0.18, 0.15)),
    }
    tables["kap_n_eff"] = Counts(dims=asked.dims, cells=asked.cells.astype(float) / 1.5)
    for variable, counts in tables.items():
        cells = np.where(wave, counts.cells.astype(float), np.nan)
        if variable == "kap_demand":
            cells = cells.sum(axis=0, keepdims=True)
        shown = Counts(dims=counts.dims, cells=cells)
        ledger.counts(variable, shown)
