"""Police and prosecution: investigations by month, offences, suspects, drug files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Counts, Ledger, Mask, Persons
from sample_data.generator.country import (
    AREA,
    CODES,
    FIRST,
    LAW_YEAR,
    MONTHS,
    NEW,
    PANDEMIC_YEAR,
    SCOPE_YEAR,
    SPLIT_YEAR,
    YEARS,
    growing,
    moving,
    region_shares,
)
from sample_data.generator.draws import codes, crowd, happens, main_forms, overdispersed
from sample_data.generator.reference import monthly_step, season
from sample_data.generator.seeds import generator

CRM_FIRST = {"CRM": SCOPE_YEAR}
LAG_SHARES = (0.10, 0.35, 0.30, 0.15, 0.07, 0.03)
"""Share of the convicted who are convicted so many years after the charge."""
OPENED, PER_YEAR, LAW_RATIO, PANDEMIC_RATIO, AMPLITUDE = 190, 1.03, 1.30, 0.72, 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigations:
    """Investigations opened: by region and month, shape ``(14, 240)``, and one by one."""

    monthly: Integers
    cases: Persons
    proactive: Mask
    convicted: Mask
    lag: Integers


def monthly_shares() -> Floats:
    """Share of the regions by month, shape ``(14, 240)``."""
    return np.repeat(region_shares(), 12, axis=1)


def seasonal(months: int = len(MONTHS)) -> Floats:
    """The yearly swing: twelve percent, peak in August; month 0 is a January."""
    return 1 + AMPLITUDE * np.cos(2 * np.pi * (np.arange(months) % 12 - 7) / 12)


def expected_monthly() -> Floats:
    """Expected investigations of the nation by month: trend, law, pandemic, season."""
    t = np.arange(len(MONTHS))
    mean = OPENED / 12 * PER_YEAR ** ((t - 5.5) / 12) * seasonal()
    mean = np.where(t >= 12 * (LAW_YEAR - FIRST), LAW_RATIO * mean, mean)
    pandemic = t // 12 == PANDEMIC_YEAR - FIRST
    return np.where(pandemic, PANDEMIC_RATIO * mean, mean)


def investigations(rng: np.random.Generator) -> Investigations:
    """All investigations opened from January 2005 to December 2024."""
    monthly = overdispersed(rng, monthly_shares() * expected_monthly(), 20)
    yearly = monthly.reshape(len(CODES), len(YEARS), 12).sum(axis=2)
    year = np.repeat(np.tile(np.arange(len(YEARS)), len(CODES)), yearly.ravel())
    region = np.repeat(np.repeat(np.arange(len(CODES)), len(YEARS)), yearly.ravel())
    cases = Persons(
        region=region.astype(np.int64),
        year=year.astype(np.int64),
        marks={"FORM": main_forms(rng, year)},
    )
    everyone = np.ones(cases.n, dtype=bool)
    convicted = happens(rng, everyone, 0.38 / (1 - LAG_SHARES[5]))
    lag = rng.choice(6, size=cases.n, p=LAG_SHARES).astype(np.int64)
    return Investigations(
        monthly=monthly,
        cases=cases,
        proactive=happens(rng, everyone, moving(0.30, 0.42)[year]),
        convicted=convicted,
        lag=lag,
    )


def missed(made: Investigations) -> tuple[str, ...]:
    """Truths of the monthly series that the reference estimators do not find."""
    y = made.monthly.sum(axis=0).astype(float)
    first = 12 * (PANDEMIC_YEAR - FIRST)
    fit, column = monthly_step(y, 12 * (LAW_YEAR - FIRST), (first, first + 12))
    law = np.exp(fit.beta[column["step"]])
    pandemic = np.exp(fit.beta[column["pulse"]])
    t = np.arange(len(y))
    steps = np.column_stack(
        [t >= 12 * (LAW_YEAR - FIRST), (t >= first) & (t < first + 12)]
    ).astype(float)
    amplitude, month = season(y, steps)
    checks = {
        "T01": 1.20 <= law <= 1.42 and fit.covers(column["step"], float(np.log(LAW_RATIO))),
        "T05": 0.64 <= pandemic <= 0.80,
        "T10": 7 <= month <= 9 and abs(amplitude - AMPLITUDE) <= 0.04,
    }
    return tuple(name for name, found in checks.items() if not found)


def write_months(ledger: Ledger, variable: str, monthly: object, *, first: int = FIRST) -> None:
    """Add monthly lines of the nation and of each region, shape ``(14, 240)``."""
    cells = np.asarray(monthly)
    lines = [(AREA, cells.sum(axis=0), first)]
    for code, line in zip(CODES, cells, strict=True):
        lines.append((code, line, max(first, SPLIT_YEAR) if code == CODES[NEW] else first))
    for code, line, begin in lines:
        for (year, month), value in zip(MONTHS, line, strict=True):
            if year >= begin:
                ledger.put(variable, code, f"{year}-{month:02d}", value)


def write_cohorts(
    ledger: Ledger,
    variable: str,
    persons: Persons,
    hit: Mask,
    lag: Integers,
) -> None:
    """Add members reached by so many years, in total and by form; only years that are over."""
    forms: list[tuple[tuple[tuple[str, str], ...], Mask]] = [((), np.ones(persons.n, dtype=bool))]
    forms += list(persons.cuts(("FORM",)))
    for k in range(6):
        for cut, inside in forms:
            first = SCOPE_YEAR if ("FORM", "CRM") in cut else FIRST
            line = persons.counts(hit & inside & (lag <= k)).sum(axis=0).astype(float)
            line[len(YEARS) - k :] = np.nan
            ledger.nation(variable, line, cut=tuple(sorted((*cut, ("K", str(k))))), first=first)


def write_investigations(ledger: Ledger, made: Investigations) -> None:
    """Yearly tables of the investigations, and what grows out of them."""
    cases = made.cases
    everyone = np.ones(cases.n, dtype=bool)
    ledger.persons("inv_opened", cases, everyone, dims=("FORM",), only=CRM_FIRST)
    ledger.persons("inv_proactive", cases, made.proactive, dims=("FORM",), only=CRM_FIRST)
    ledger.persons("case_coh_open", cases, everyone, dims=("FORM",), at="N", only=CRM_FIRST)
    write_cohorts(ledger, "case_coh_cnv", cases, made.convicted, made.lag)


def write_suspects(ledger: Ledger, made: Investigations) -> None:
    """Offences, suspects and prosecutors' decisions that follow the number of investigations."""
    opened = made.monthly.sum(axis=0).reshape(len(YEARS), 12).sum(axis=1)
    for variable, ratio, dims in (
        ("off_recorded", 1.2, ("FORM",)),
        ("sus_persons", 1.6, ("SEX", "AGE", "CITG", "FORM")),
        ("pro_decisions", 1.4, ("PDEC", "FORM", ("FORM", "PDEC"))),
    ):
        rng = generator(variable)
        people = crowd(rng, rng.poisson(ratio * opened), region_shares())
        people.marks["FORM"] = main_forms(rng, people.year)
        people.marks.update(offenders(rng, people.n))
        people.marks["PDEC"] = codes(
            rng,
            people.n,
            {"CHG_TIP": 0.55, "CHG_OTH": 0.12, "DROP_EVI": 0.18, "DROP_LAW": 0.05}
            | {"TRF": 0.04, "PEN": 0.06},
        )
        everyone = np.ones(people.n, dtype=bool)
        ledger.persons(variable, people, everyone, dims=dims, at="N", only=CRM_FIRST)


def offenders(rng: np.random.Generator, n: int) -> dict[str, dict[str, Mask]]:
    """Sex, age and citizenship group of suspects and accused."""
    return {
        "SEX": codes(rng, n, {"F": 0.29, "M": 0.70, "X": 0.0, "_U": 0.01}),
        "AGE": codes(
            rng, n, {"Y0T11": 0.0, "Y12T17": 0.03, "Y18T29": 0.38, "Y_GE30": 0.57, "_U": 0.02}
        ),
        "CITG": codes(rng, n, {"REP": 0.68, "NREP": 0.30, "_U": 0.02}),
    }


def write_drug_files(ledger: Ledger) -> None:
    """Files on organised drug trafficking, those screened, and what the screening found."""
    rng = generator("org_inv_drug")
    closed = Counts(dims={}, cells=rng.poisson(region_shares() * growing(260, 1)))
    screened = closed.part(rng, moving(0.05, 0.40))
    ledger.counts("org_inv_drug", closed)
    ledger.counts("org_inv_drug_screened", screened)
    ledger.counts("org_inv_drug_tip", screened.part(rng, 0.06))
