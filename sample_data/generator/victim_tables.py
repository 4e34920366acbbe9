"""Yearly tables made from the register of detected victims, and the truths they must show."""

from __future__ import annotations

import numpy as np

from indicators.model.series import Floats, Integers
from sample_data.generator.cells import Ledger, Mask, Persons
from sample_data.generator.country import (
    AREA,
    CODES,
    FIRST,
    NEVER,
    NEW,
    OLD,
    SCOPE_YEAR,
    SPLIT_YEAR,
    YEARS,
)
from sample_data.generator.draws import quantiles
from sample_data.generator.people import population
from sample_data.generator.reference import count_fit, gini, panel, two_joinpoints
from sample_data.generator.victims import Register, merged, split_index

WHO = ("SEX", "AGE", "CITG")
CRM_FIRST = {"CRM": SCOPE_YEAR}


def write_register(ledger: Ledger, register: Register) -> None:
    """Tables of the referral mechanism."""
    people, groups = register.persons, register.groups
    everyone = np.ones(people.n, dtype=bool)
    full = (*WHO, "FORM")
    ledger.persons("vic_detected", people, everyone, dims=(*full, "CHN"), at="R", only=CRM_FIRST)
    ledger.persons(
        "vic_detected",
        people,
        everyone,
        dims=("RSK", ("AGE", "SEX"), ("FORM", "SEX"), ("CITG", "FORM")),
        at="N",
        total=False,
        only=CRM_FIRST,
    )
    ledger.none_of("vic_detected", "FORM", NEVER)
    ledger.persons("n_vic_old_scope", people, register.old_scope, at="N")
    for variable, group, dims, at in (
        ("vic_presumed", "presumed", (*full, "SRC"), "T"),
        ("vic_presumed_id", "presumed_id", (*full, "SRC"), "T"),
        ("vic_proactive", "proactive", ("FORM", "CHN"), "T"),
        ("vic_geo_known", "geo_known", (), "T"),
        ("vic_identified", "identified", full, "N"),
        ("vic_repeat", "repeat", ("SEX", "AGE", "FORM"), "N"),
        ("vic_punished", "punished", WHO, "N"),
        ("vic_interviewed", "interviewed", ("SEX", "FORM"), "N"),
        ("vic_off_involved", "officials", ("SEX", "FORM"), "N"),
    ):
        ledger.persons(variable, people, groups[group], dims=dims, at=at, only=CRM_FIRST)
    ledger.persons("vic_corr", people, everyone & _abroad(people), dims=("COR",), at="N")


def _abroad(people: Persons) -> Mask:
    masks = list(people.marks["COR"].values())
    anywhere: Mask = np.logical_or.reduce(masks)
    return anywhere


def write_services(ledger: Ledger, register: Register) -> None:
    """Tables of the social services, the migration office and the courts about victims."""
    people, groups = register.persons, register.groups
    full = (*WHO, "FORM")
    for variable, group, dims, at in (
        ("vic_assisted", "assisted", full, "T"),
        ("vic_assisted_state", "assisted_state", WHO, "T"),
        ("vic_assisted_uncond", "assisted_uncond", WHO, "N"),
        ("svc_resp", "answered", ("SVC", "SEX", "AGE"), "N"),
        ("svc_satisf", "satisfied", ("SVC", "SEX", "AGE"), "N"),
        ("stay_eligible", "eligible", ("SEX", "AGE", "CIT"), "N"),
        ("stay_granted", "granted", ("SEX", "AGE", "CIT"), "N"),
        ("child_unacc", "alone", ("SEX", "CITG"), "N"),
        ("child_guardian", "guarded", ("SEX", "CITG"), "N"),
        ("vic_in_proc", "in_proc", ("SEX", "AGE", "FORM"), "N"),
        ("vic_legal_rep", "represented", ("SEX", "AGE"), "N"),
        ("vic_testified", "testified", ("SEX", "AGE"), "N"),
        ("vic_special_measures", "measures", ("SEX", "AGE"), "N"),
        ("vic_withdrew", "withdrew", ("SEX", "AGE"), "N"),
        ("comp_ordered", "awarded", ("SEX", "AGE", "FORM"), "N"),
    ):
        ledger.persons(variable, people, groups[group], dims=dims, at=at, only=CRM_FIRST)


def durations(
    ledger: Ledger,
    variable: str,
    area: str,
    year: int,
    values: Floats,
    cut: tuple[tuple[str, str], ...] = (),
) -> None:
    """Add the quantiles of one set of durations; days and months carry one decimal."""
    for stat, value in quantiles(values).items():
        ledger.put(
            variable,
            area,
            year,
            value,
            cut=tuple(sorted((*cut, ("STAT", stat)))),
            decimals=0 if stat == "N" else 1,
        )


def by_day(ledger: Ledger, variable: str, area: str, year: int, values: Integers) -> None:
    """Add how many durations there are of each whole day."""
    days, numbers = np.unique(values, return_counts=True)
    for day, number in zip(days, numbers, strict=True):
        ledger.put(variable, area, year, number, cut=(("DAY", str(day)),))


def write_days(ledger: Ledger, register: Register) -> None:
    """Days to the decision: quantiles for all areas and national groups, days for the nation."""
    people, identified = register.persons, register.groups["identified"]
    for t, year in enumerate(YEARS):
        now = identified & (people.year == t)
        by_day(ledger, "id_days", AREA, year, register.days[now])
        durations(ledger, "id_days", AREA, year, register.days[now].astype(float))
        for dim in (*WHO, "FORM"):
            for cut, inside in people.cuts((dim,)):
                if ("FORM", "CRM") not in cut or year >= SCOPE_YEAR:
                    values = register.days[now & inside].astype(float)
                    durations(ledger, "id_days", AREA, year, values, cut)
        for g, code in enumerate(CODES):
            if g != NEW or year >= SPLIT_YEAR:
                values = register.days[now & (people.region == g)].astype(float)
                durations(ledger, "id_days", code, year, values)


def missed(register: Register) -> tuple[str, ...]:
    """Truths of the register that the reference estimators do not find."""
    people = register.persons
    cells = people.counts(np.ones(people.n, dtype=bool))
    checks = {
        "T03": joinpoints_found(people.counts(register.old_scope).sum(axis=0)),
        "T04": scope_found(cells.sum(axis=0), people.counts(register.old_scope).sum(axis=0)),
        "T07": pilot_found(register),
        "T13": inequality_found(cells),
        "T14": bool((cells[9] < 20).all() and (cells[9] < 5).sum() >= 11),
        "T15": men_found(people),
        "T20": split_found(cells),
    }
    return tuple(name for name, found in checks.items() if not found)


def joinpoints_found(counts: Integers) -> bool:
    """T03: two joinpoints in 2012-2014 and 2018-2020, slopes within three points."""
    (a, b), apc = two_joinpoints(np.array(YEARS, dtype=float), counts.astype(float))
    close = bool(np.all(np.abs(apc - np.array([3.0, 11.0, -2.0])) <= 3))
    return 2012 <= a <= 2014 and 2018 <= b <= 2020 and close


def scope_found(total: Integers, old: Integers) -> bool:
    """T04: the total of 2017-2024 is 16 to 20 % above the old scope, before that they are equal."""
    since = SCOPE_YEAR - FIRST
    above = 100 * (total[since:].sum() / old[since:].sum() - 1)
    return bool(16 <= above <= 20 and (total[:since] == old[:since]).all())


def medians(register: Register) -> tuple[Floats, Floats, Floats, Floats]:
    """Unit, year index, log median and number of every region-year with six decisions."""
    lines = []
    people, identified = register.persons, register.groups["identified"]
    for g in range(len(CODES)):
        for t in range(len(YEARS)):
            values = register.days[identified & (people.region == g) & (people.year == t)]
            if len(values) >= 6:
                lines.append((g, t, np.log(np.median(values)), len(values)))
    units, times, logs, numbers = np.array(lines).T
    return units, times, logs, numbers


def pilot_effect(register: Register) -> float:
    """Change of the median in the pilot regions from 2018, in percent, against the others."""
    units, times, logs, numbers = medians(register)
    pilot = np.isin(units, [CODES.index(code) for code in ("XV-02", "XV-06", "XV-12")])
    treated = (pilot & (times >= 2018 - FIRST)).astype(float)
    return float(100 * (np.exp(panel(logs, units, times, treated, numbers)) - 1))


def pilot_found(register: Register) -> bool:
    """T07: the pilot shortened the wait by 28 to 42 %."""
    return -42 <= pilot_effect(register) <= -28


def inequality(cells: Integers) -> tuple[float, float]:
    """Gini of the three-year rates of 13 areas at the start and at the end."""
    people = merged(population().sum(axis=(1, 2, 3)))
    victims = merged(cells)
    early, late = slice(0, 3), slice(len(YEARS) - 3, len(YEARS))
    first, last = (
        gini(
            victims[:, s].sum(axis=1) / people[:, s].sum(axis=1),
            people[:, s].sum(axis=1).astype(float),
        )
        for s in (early, late)
    )
    return first, last


def inequality_found(cells: Integers) -> bool:
    """T13: Gini 0.41 at the start and 0.29 at the end, each within 0.03."""
    first, last = inequality(cells)
    return abs(first - 0.41) <= 0.03 and abs(last - 0.29) <= 0.03


def men_shares(people: Persons) -> tuple[float, float]:
    """Share of men among victims of forced labour in percent, before and after the training."""
    lab = people.counts(people.marks["FORM"]["LAB"]).sum(axis=0)
    men = people.counts(people.marks["FORM"]["LAB"] & people.marks["SEX"]["M"]).sum(axis=0)
    s = split_index()
    return 100 * men[:s].sum() / lab[:s].sum(), 100 * men[s:].sum() / lab[s:].sum()


def men_found(people: Persons) -> bool:
    """T15: 41 % before, 55 % after, each within four points."""
    before, after = men_shares(people)
    return abs(before - 41) <= 4 and abs(after - 55) <= 4


def split_found(cells: Integers) -> bool:
    """T20: XV-09 alone loses a quarter of its share; with XV-14 the share has no step."""
    nation, s = cells.sum(axis=0), split_index()
    before = cells[OLD, :s].sum() / nation[:s].sum()
    after = cells[OLD, s:].sum() / nation[s:].sum()
    both = (cells[OLD] + cells[NEW]).astype(float)
    step = (np.arange(len(YEARS)) >= s).astype(float)
    X = np.column_stack([np.ones(len(YEARS)), step])
    return bool(
        0.64 <= after / before <= 0.84
        and count_fit(both, X, np.log(nation.astype(float))).covers(1, 0.0)
    )
