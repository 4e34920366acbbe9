"""Accused persons from the charge to the judgment, one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Ledger, Mask, Persons
from sample_data.generator.country import (
    AREA,
    CODES,
    FIRST,
    NEVER,
    SCOPE_YEAR,
    YEARS,
    moving,
    region_shares,
)
from sample_data.generator.draws import codes, crowd, happens, main_forms, overdispersed
from sample_data.generator.investigations import (
    CRM_FIRST,
    LAG_SHARES,
    offenders,
    write_cohorts,
)
from sample_data.generator.reference import share_slope
from sample_data.generator.seeds import generator
from sample_data.generator.victim_tables import durations

FIRST_CHARGE = 1998
"""Charges are drawn from this year on, so that early judgments have someone to judge."""
FIXED = {("XV-08", 2012): 17, ("XV-05", 2008): 9, ("XV-05", 2009): 10}
"""Cells beside which an error is planted (T18, T19)."""
WHO = ("SEX", "CITG", "FORM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """The accused.

    Attributes:
        accused: region, year of the charge, marks.
        outcome: by code of OUT; everyone has one, reached after ``lag`` years.
        lag: whole years from the charge to the judgment.
        days: days from the charge to the judgment.
    """

    accused: Persons
    outcome: dict[str, Mask]
    lag: Integers
    days: Integers

    @property
    def decided(self) -> Integers:
        """Year index of the judgment."""
        return self.accused.year + self.lag


def conviction_share(year: Floats) -> Floats:
    """Share of a cohort that is convicted in the end: 0.46, up four points a cohort 2012-2016 (T02)."""
    return 0.46 + 0.04 * np.clip(year - 2011, 0, 5)


def _charges(rng: np.random.Generator) -> tuple[Integers, Integers]:
    """Region and year index (negative before 2005) of every person charged."""
    years = np.arange(FIRST_CHARGE, YEARS[-1] + 1)
    totals = overdispersed(rng, 120 * 1.05 ** (years - FIRST), 40)
    shares = region_shares()
    cells: list[tuple[int, int, int]] = []
    for year, total in zip(years.tolist(), totals.tolist(), strict=True):
        chance = shares[:, max(0, year - FIRST)].copy()
        fixed = {CODES.index(a): n for (a, y), n in FIXED.items() if y == year}
        chance[list(fixed)] = 0
        dealt = rng.multinomial(total - sum(fixed.values()), chance / chance.sum())
        for g, number in fixed.items():
            dealt[g] = number
        cells.extend((g, year - FIRST, int(n)) for g, n in enumerate(dealt))
    region, year_index, numbers = np.array(cells).T
    return np.repeat(region, numbers), np.repeat(year_index, numbers)


def trials(rng: np.random.Generator) -> Trials:
    """All persons charged from 1998 to 2024 and how their cases end."""
    region, year = _charges(rng)
    n = len(year)
    accused = Persons(
        region=region,
        year=year,
        marks={"FORM": main_forms(rng, year), **offenders(rng, n)},
    )
    guilty = happens(rng, np.ones(n, dtype=bool), conviction_share((year + FIRST).astype(float)))
    other = codes(rng, n, {"CNV_OTH": 0.24, "ACQ": 0.45, "DIS": 0.28, "EXT": 0.03})
    outcome = {"CNV_TIP": guilty} | {code: mask & ~guilty for code, mask in other.items()}
    lag = rng.choice(6, size=n, p=LAG_SHARES).astype(np.int64)
    order = np.argsort(lag + rng.random(n), kind="stable")
    days = np.empty(n, dtype=np.int64)
    days[order] = np.sort(np.rint(520 * np.exp(0.5 * rng.standard_normal(n))).astype(np.int64))
    return Trials(accused=accused, outcome=outcome, lag=lag, days=days)


def cohort(made: Trials, k: int) -> tuple[Integers, Integers]:
    """Charged, and convicted within k years, by year of the charge."""
    everyone = np.ones(made.accused.n, dtype=bool)
    hit = made.outcome["CNV_TIP"] & (made.lag <= k)
    return made.accused.counts(everyone).sum(axis=0), made.accused.counts(hit).sum(axis=0)


def missed(made: Trials) -> tuple[str, ...]:
    """Truths about cohorts that the reference estimators do not find."""
    charged, convicted = cohort(made, 5)
    complete = np.arange(2005, 2020)
    n = len(complete)
    slope = share_slope(
        complete.astype(float), convicted[:n].astype(float), charged[:n].astype(float), 2011, 2016
    )[1]
    pooled = convicted[:7].sum() / charged[:7].sum()
    typed = made.accused.counts(made.outcome["CNV_TIP"], made.decided)
    checks = {
        "T02": 3 <= slope <= 5,
        "T12": 0.43 <= pooled <= 0.49,
        "T19": typed[CODES.index("XV-05"), 2009 - FIRST] <= 10,
    }
    return tuple(name for name, found in checks.items() if not found)


def write_trials(ledger: Ledger, made: Trials) -> None:
    """Tables of the prosecution and the courts about accused persons."""
    accused, decided = made.accused, made.decided
    everyone = np.ones(accused.n, dtype=bool)
    ledger.persons(
        "pro_persons", accused, everyone, dims=("SEX", "AGE", "CITG", "FORM"), only=CRM_FIRST
    )
    ledger.none_of("pro_persons", "FORM", NEVER)
    ledger.persons("coh_pro", accused, everyone, dims=("FORM",), at="N", only=CRM_FIRST)
    write_cohorts(ledger, "coh_cnv", accused, made.outcome["CNV_TIP"], made.lag)
    ledger.persons(
        "cnv_persons",
        accused,
        made.outcome["CNV_TIP"],
        dims=("SEX", "AGE", "CITG", "FORM"),
        year=decided,
        only=CRM_FIRST,
    )
    accused.marks["OUT"] = made.outcome
    cuts = ("OUT", *WHO, *(("OUT", dim) for dim in WHO))
    ledger.persons("fst_disposed", accused, everyone, dims=cuts, year=decided, only=CRM_FIRST)
    _write_pending(ledger, made)
    _write_lengths(ledger, made)
    _write_sentences(ledger, made)


def _write_pending(ledger: Ledger, made: Trials) -> None:
    """Persons charged and not yet judged at the end of each year, in total and by form."""
    accused = made.accused
    cuts = [((), np.ones(accused.n, dtype=bool)), *accused.cuts(("FORM",))]
    for cut, inside in cuts:
        line = [
            float((inside & (accused.year <= t) & (made.decided > t)).sum())
            for t in range(len(YEARS))
        ]
        ledger.nation(
            "pend_end", line, cut=cut, first=SCOPE_YEAR if ("FORM", "CRM") in cut else FIRST
        )


def _write_lengths(ledger: Ledger, made: Trials) -> None:
    """Days from the charge to the judgment: quantiles in total, by form and by outcome."""
    for t, year in enumerate(YEARS):
        now = made.decided == t
        durations(ledger, "proc_days", AREA, year, made.days[now].astype(float))
        for dim in ("FORM", "OUT"):
            for cut, inside in made.accused.cuts((dim,)):
                if ("FORM", "CRM") not in cut or year >= SCOPE_YEAR:
                    durations(
                        ledger, "proc_days", AREA, year, made.days[now & inside].astype(float), cut
                    )


def _write_sentences(ledger: Ledger, made: Trials) -> None:
    """The heaviest sentence of each convicted person and the length of custody."""
    rng = generator("sentences")
    accused, guilty = made.accused, made.outcome["CNV_TIP"]
    t = np.clip(made.decided, 0, len(YEARS) - 1)
    custody = happens(rng, guilty, moving(0.62, 0.74)[t])
    lesser = codes(
        rng, accused.n, {"CSU": 0.5, "COM": 0.18, "FIN": 0.22, "OTH": 0.06, "NON": 0.04}
    )
    accused.marks["SEN"] = {"CUS": custody} | {
        code: mask & guilty & ~custody for code, mask in lesser.items()
    }
    ledger.persons(
        "sen_persons",
        accused,
        guilty,
        dims=("SEN", "SEX", "FORM", ("SEN", "SEX"), ("FORM", "SEN")),
        at="N",
        year=made.decided,
        only=CRM_FIRST,
    )
    months = np.maximum(3.0, np.rint(38 * np.exp(0.5 * rng.standard_normal(accused.n))))
    for i, year in enumerate(YEARS):
        now = custody & (made.decided == i)
        durations(ledger, "sen_months", AREA, year, months[now])
        for dim in ("SEX", "FORM"):
            for cut, inside in accused.cuts((dim,)):
                if ("FORM", "CRM") not in cut or year >= SCOPE_YEAR:
                    durations(ledger, "sen_months", AREA, year, months[now & inside], cut)


def write_users(ledger: Ledger) -> None:
    """Persons prosecuted for using services of a victim: none before the law of 2016."""
    rng = generator("use_pro")
    totals = np.where(np.array(YEARS) >= 2016, rng.poisson(95, len(YEARS)), 0)
    people = crowd(rng, totals, region_shares())
    people.marks["FORM"] = main_forms(rng, people.year)
    people.marks.update(offenders(rng, people.n))
    everyone = np.ones(people.n, dtype=bool)
    decided = happens(rng, everyone, 0.70)
    convicted = happens(rng, decided, 0.50)
    for variable, who in (
        ("use_pro", everyone),
        ("use_disposed", decided),
        ("use_cnv", convicted),
    ):
        ledger.persons(variable, people, who, dims=WHO, at="N", only=CRM_FIRST)
