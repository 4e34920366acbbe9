"""Detected victims as an invented register: who, where, when, in which form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Mask, Persons
from sample_data.generator.country import (
    CODES,
    FIRST,
    NEW,
    OLD,
    PARTNERS,
    REGIONS,
    RSK,
    SCOPE_YEAR,
    SPLIT_YEAR,
    YEARS,
    moving,
    region_shares,
)
from sample_data.generator.draws import codes, happens, overdispersed

NOISE_K = 1000
FIXED_YEAR, FIXED_OLD, FIXED_CRM = 2022, 692, 124
TRAINING_YEAR = 2014
"""Training of labour inspectors: men in forced labour are recognised more often from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The detected victims and what is known of each.

    Attributes:
        persons: region, year, marks.
        old_scope: those counted before forced criminality was added in 2017.
        groups: outcomes by name (``presumed``, ``assisted`` ...).
        days: days to the identification decision; meaningful for ``identified``.
    """

    persons: Persons
    old_scope: Mask
    groups: dict[str, Mask]
    days: Integers


def expected() -> Floats:
    """Expected victims in the old scope by year: +3 %, from 2013 +11 %, from 2019 -2 % (T03)."""
    years = np.array(YEARS)
    log = np.log(1.03) * np.minimum(years - FIRST, 8)
    log += np.log(1.11) * np.clip(years - 2013, 0, 6) + np.log(0.98) * np.clip(years - 2019, 0, 5)
    mean: Floats = 310 * np.exp(log)
    return mean


def detection_shares() -> Floats:
    """Share of the victims by region and year (T13); XV-09 and XV-14 stay at the national rate."""
    shares = region_shares()
    years = np.array(YEARS)
    position = np.clip((years - 2007) / (2022 - 2007), 0, 1)
    strength = 1.07 + position * (0.69 - 1.07)
    z = np.array([region.z for region in REGIONS])
    weights = shares * np.exp(np.outer(z, strength))
    still = [OLD, NEW]
    moving_rows = [i for i in range(len(CODES)) if i not in still]
    rest = 1 - shares[still].sum(axis=0)
    weights[moving_rows] *= rest / weights[moving_rows].sum(axis=0)
    weights[still] = shares[still]
    return weights


def _places(rng: np.random.Generator) -> tuple[Integers, Integers, Mask]:
    """Region, year and whether it is the added scope, one entry a person."""
    old = overdispersed(rng, expected(), NOISE_K)
    added = rng.poisson(0.18 * old)
    added[np.array(YEARS) < SCOPE_YEAR] = 0
    fixed = FIXED_YEAR - FIRST
    old[fixed], added[fixed] = FIXED_OLD, FIXED_CRM
    shares = detection_shares()
    parts: list[tuple[int, int, bool, int]] = []
    for t in range(len(YEARS)):
        for crm, total in ((False, old[t]), (True, added[t])):
            dealt = rng.multinomial(int(total), shares[:, t] / shares[:, t].sum())
            parts.extend((g, t, crm, int(n)) for g, n in enumerate(dealt))
    numbers = [part[3] for part in parts]
    region, year, crm_flag = (np.repeat([part[i] for part in parts], numbers) for i in range(3))
    return region.astype(np.int64), year.astype(np.int64), crm_flag.astype(bool)


def _forms(rng: np.random.Generator, added: Mask) -> dict[str, Mask]:
    """Marks of FORM: 6 % have two forms, nobody has forced criminality with another."""
    drawn = codes(
        rng, len(added), {"SEX": 0.54, "LAB": 0.24, "SL": 0.06, "BEG": 0.10, "OTH": 0.06}
    )
    old = ~added
    lab = (drawn["LAB"] | drawn["SL"]) & old
    return {
        "SEX": (drawn["SEX"] | drawn["SL"]) & old,
        "LAB": lab,
        "LAB_DOM": happens(rng, lab, 0.22),
        "CRM": added,
        "BEG": drawn["BEG"] & old,
        "OTH": drawn["OTH"] & old,
    }


def _sexes(rng: np.random.Generator, forms: dict[str, Mask], year: Integers) -> dict[str, Mask]:
    """Marks of SEX; the share of men in forced labour is what the office records (T15)."""
    n = len(year)
    men = np.where(forms["BEG"] | forms["OTH"], 0.45, 0.08)
    men = np.where(forms["CRM"], 0.68, men)
    recorded = np.where(year + FIRST < TRAINING_YEAR, 0.41, 0.55)
    men = np.where(forms["LAB"], recorded, men)
    u = rng.random(n)
    other, unknown = 0.008, 0.02 * (1 - year / 40)
    return {
        "F": (u >= men) & (u < 1 - other - unknown),
        "M": u < men,
        "X": (u >= 1 - other - unknown) & (u < 1 - unknown),
        "_U": u >= 1 - unknown,
    }


def _origins(rng: np.random.Generator, year: Integers) -> dict[str, dict[str, Mask]]:
    """Citizenship by group, by country and, for those across a border, the corridor."""
    n = len(year)
    u = rng.random(n)
    home = 0.42 + 0.006 * year
    groups = {"REP": u < home, "NREP": (u >= home) & (u < 0.98), "_U": u >= 0.98}
    partner = codes(rng, n, {"XVB": 0.34, "XVC": 0.25, "XVD": 0.19, "XVE": 0.13, "XVF": 0.09})
    cit = {"XVA": groups["REP"]}
    cit |= {code: partner[code] & groups["NREP"] for code in PARTNERS}
    cit["_U"] = groups["_U"]
    return {"CITG": groups, "CIT": cit}


def _channels(rng: np.random.Generator, proactive: Mask) -> dict[str, Mask]:
    """How the victim was found, in keeping with whether an official looked."""
    n = len(proactive)
    looked = codes(rng, n, {"INV": 0.5, "INS": 0.22, "SCR": 0.18, "HEA": 0.04, "SOC": 0.06})
    other = codes(
        rng, n, {"HOT": 0.24, "NGO": 0.24, "SLF": 0.25, "FAM": 0.12, "PUB": 0.1, "_U": 0.05}
    )
    marks = {code: mask & proactive for code, mask in looked.items()}
    return marks | {code: mask & ~proactive for code, mask in other.items()}


def _days(rng: np.random.Generator, region: Integers, year: Integers) -> Integers:
    """Days to the decision: median 41, -3 % a year from 2013, -35 % in the pilot regions (T07)."""
    median = 41 * 0.97 ** np.clip(year + FIRST - 2012, 0, None)
    pilot = np.isin(region, [CODES.index(code) for code in ("XV-02", "XV-06", "XV-12")])
    median = np.where(pilot & (year + FIRST >= 2018), 0.65 * median, median)
    drawn = np.rint(median * np.exp(0.6 * rng.standard_normal(len(year))))
    days: Integers = np.maximum(1, drawn).astype(np.int64)
    return days


def _outcomes(
    rng: np.random.Generator, marks: dict[str, dict[str, Mask]], year: Integers, proactive: Mask
) -> dict[str, Mask]:
    """What happened to each victim; every group lies inside the group it is part of."""
    n = len(year)
    everyone = np.ones(n, dtype=bool)
    men, foreign = marks["SEX"]["M"], marks["CITG"]["NREP"]
    child = marks["AGE"]["Y0T11"] | marks["AGE"]["Y12T17"]
    presumed = happens(rng, everyone, 0.92)
    confirmed = happens(rng, presumed, 0.63 / 0.92)
    assisted = happens(rng, everyone, 0.74 - 0.12 * men)
    eligible = happens(rng, foreign, 0.82)
    alone = happens(rng, child, 0.38)
    in_proc = happens(rng, assisted, 0.22)
    rights = np.clip(year + FIRST - 2011, 0, 8)
    testified = happens(rng, in_proc, 0.80)
    answered = happens(rng, assisted, 0.30)
    asked = happens(rng, assisted, 0.55)
    return {
        "presumed": presumed,
        "presumed_id": confirmed,
        "identified": confirmed | happens(rng, everyone, 0.216),
        "proactive": proactive,
        "geo_known": happens(rng, everyone, moving(0.70, 0.93)[year]),
        "repeat": happens(rng, everyone, 0.04),
        "punished": happens(rng, everyone, moving(0.05, 0.02)[year]),
        "assisted": assisted,
        "assisted_state": happens(rng, assisted, moving(0.40, 0.65)[year]),
        "assisted_uncond": happens(rng, assisted, 0.55),
        "eligible": eligible,
        "granted": happens(rng, eligible, moving(0.36, 0.55)[year]),
        "alone": alone,
        "guarded": happens(rng, alone, moving(0.50, 0.72)[year]),
        "in_proc": in_proc,
        "represented": happens(rng, in_proc, 0.30 + 0.03 * rights),
        "testified": testified,
        "measures": happens(rng, testified, 0.25 + 0.035 * rights),
        "withdrew": happens(rng, in_proc, 0.20 - 0.008 * rights),
        "awarded": happens(rng, in_proc, 0.13 + 0.01 * rights),
        "answered": answered,
        "satisfied": happens(rng, answered, 0.70),
        "interviewed": asked,
        "officials": happens(rng, asked, 0.06),
    }


def register(rng: np.random.Generator) -> Register:
    """The register of all victims detected from 2005 to 2024."""
    region, year, added = _places(rng)
    n = len(year)
    proactive = happens(rng, np.ones(n, dtype=bool), moving(0.35, 0.55)[year])
    forms = _forms(rng, added)
    marks = {"FORM": forms, "SEX": _sexes(rng, forms, year)}
    marks["AGE"] = codes(
        rng, n, {"Y0T11": 0.05, "Y12T17": 0.19, "Y18T29": 0.42, "Y_GE30": 0.30, "_U": 0.04}
    )
    marks |= _origins(rng, year)
    marks["CHN"] = _channels(rng, proactive)
    marks["SRC"] = codes(rng, n, {"POL": 0.42, "LAB": 0.14, "SHE": 0.16, "NGO": 0.18, "HOT": 0.10})
    marks["COR"] = {code: marks["CIT"][code] for code in PARTNERS}
    groups = _outcomes(rng, marks, year, proactive)
    child = marks["AGE"]["Y0T11"] | marks["AGE"]["Y12T17"]
    irregular = happens(rng, groups["eligible"] & ~child, 0.5)
    care = happens(rng, child, 0.3)
    marks["RSK"] = dict(
        zip(RSK, (care, irregular, happens(rng, forms["LAB_DOM"], 0.8)), strict=True)
    )
    used = {code: happens(rng, groups["answered"], p) for code, p in (("ACE", 0.8), ("PSY", 0.6))}
    marks["SVC"] = used | {"LEG": groups["answered"] & ~(used["ACE"] & used["PSY"])}
    persons = Persons(region=region, year=year, marks=marks)
    return Register(
        persons=persons, old_scope=~added, groups=groups, days=_days(rng, region, year)
    )


def merged(cells: Integers) -> Integers:
    """Counts of shape ``(14, 20)`` with XV-14 added to XV-09, shape ``(13, 20)``."""
    together = np.array(cells)
    together[OLD] += together[NEW]
    return np.delete(together, NEW, axis=0)


def split_index() -> int:
    """Index of the first year after the split."""
    return SPLIT_YEAR - FIRST
