"""Every planted truth is found again in the shipped files by its reference estimator."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from sample_data import valdoria
from sample_data.generator import reference
from tests.sample_data import shipped
from tests.sample_data.shipped import REGIONS, YEARS, line, months, regional

ANSWERS = {answer.id: answer for answer in valdoria.answers()}
YEAR = np.array(YEARS, dtype=float)


def accepted(key: str, found: float) -> bool:
    return ANSWERS[key].low <= found <= ANSWERS[key].high


def test_t01_and_t05_law_and_pandemic_in_the_monthly_series() -> None:
    y = months("police_monthly.csv", "inv_opened")

    fit, column = reference.monthly_step(y, 72, (180, 192))

    assert accepted("T01", np.exp(fit.beta[column["step"]]))
    assert fit.covers(column["step"], np.log(1.30))
    assert accepted("T05b", np.exp(fit.beta[column["pulse"]]))


def test_t01_statsmodels_agrees_with_the_reference() -> None:
    import statsmodels.api as sm

    y = months("police_monthly.csv", "inv_opened")
    t = np.arange(240)
    angle = 2 * np.pi * t / 12
    X = np.column_stack(
        [np.ones(240), t, np.cos(angle), np.sin(angle), t >= 72, (t >= 180) & (t < 192)]
    ).astype(float)

    oracle = sm.GLM(y, X, family=sm.families.Poisson()).fit(scale="X2")
    fit, column = reference.monthly_step(y, 72, (180, 192))

    assert fit.beta[column["step"]] == pytest.approx(oracle.params[4], abs=1e-8)
    assert fit.se[column["step"]] == pytest.approx(oracle.bse[4], abs=1e-8)


def test_t02_and_t12_cohort_shares() -> None:
    charged, convicted = line("coh_pro", last=2019), line("coh_cnv", last=2019, K="5")

    slope = reference.share_slope(YEAR[:15], convicted, charged, 2011, 2016)[1]

    assert accepted("T02", slope)
    assert accepted("T12", convicted[:7].sum() / charged[:7].sum())
    assert np.array_equal(line("coh_pro"), line("pro_persons"))


def test_t03_joinpoints() -> None:
    (first, second), apc = reference.two_joinpoints(YEAR, line("n_vic_old_scope"))

    assert first in (2012, 2013, 2014)
    assert second in (2018, 2019, 2020)
    assert np.all(np.abs(apc - np.array([3, 11, -2])) <= 3)


def test_t04_scope_change_alone_makes_the_gap() -> None:
    total, old = line("vic_detected"), line("n_vic_old_scope")

    assert np.array_equal(total[:12], old[:12])
    assert accepted("T04", 100 * (total[12:].sum() / old[12:].sum() - 1))
    assert np.array_equal(total[12:] - old[12:], line("vic_detected", first=2017, FORM="CRM"))


def test_t05_campaigns_of_the_pandemic_year() -> None:
    X = np.column_stack([np.ones(20), YEAR - 2014.5, YEAR == 2020]).astype(float)

    assert accepted("T05a", np.exp(reference.count_fit(line("n_campaigns"), X).beta[2]))


@pytest.mark.parametrize("slope", [False, True])
def test_t06_campaign_had_no_effect_on_the_hotline(slope: bool) -> None:
    assert reference.yearly_step(line("hot_relevant"), 10, slope=slope).covers(2, 0.0)
    assert 2.5 < line("n_campaign_reach")[10] / line("n_campaign_reach")[9] < 3.5


def test_t07_pilot_shortened_the_wait() -> None:
    cells = [
        (g, t, np.log(line("id_days", code, STAT="P50")[t]), line("id_days", code, STAT="N")[t])
        for g, code in enumerate(REGIONS)
        for t in range(20)
    ]
    units, times, logs, numbers = np.array([cell for cell in cells if np.isfinite(cell[2])]).T
    treated = np.isin(units, [1, 5, 11]) & (times >= 13)

    effect = reference.panel(logs, units, times, treated.astype(float), numbers)

    assert accepted("T07", 100 * (np.exp(effect) - 1))


def test_t08_parity_with_the_drug_budget() -> None:
    ratio = 100 * line("bud_exec") / line("bud_drug_exec")

    assert np.all(np.abs(ratio - np.linspace(4.0, 9.5, 20)) <= 0.3)
    assert accepted("T08", ratio[-1])


def test_t09_findings_follow_inspections() -> None:
    x, y = regional("insp_risk"), regional("n_insp_found")
    units = np.repeat(np.arange(14.0), 20).reshape(14, 20)

    assert accepted("T09", reference.elasticity(y[x > 0], x[x > 0], units[x > 0]))


def test_t10_yearly_peak_in_august() -> None:
    amplitude, month = reference.season(
        months("migration_monthly.csv", "n_migrant_reg", first=2015)
    )

    assert accepted("T10", 100 * amplitude)
    assert month in (7, 8, 9)


def test_t11_returns_are_no_poisson_counts() -> None:
    assert reference.poisson_rejected(line("repat_done"))


def test_t13_inequality_fell() -> None:
    victims, people = regional("vic_detected"), regional("pop_total")
    for cells in (victims, people):
        cells[8] += cells[13]
    for key, years in (("T13a", slice(0, 3)), ("T13b", slice(17, 20))):
        count, base = (cells[:13, years].sum(axis=1) for cells in (victims, people))

        assert accepted(key, reference.gini(count / base, base))


def test_t14_smallest_region_has_small_numbers() -> None:
    victims = line("vic_detected", "XV-10")

    assert victims.max() < 20
    assert (victims < 5).sum() > 10


def test_t15_men_in_forced_labour() -> None:
    men, lab = line("vic_detected", SEX="M", FORM="LAB"), line("vic_detected", FORM="LAB")

    assert accepted("T15a", 100 * men[:9].sum() / lab[:9].sum())
    assert accepted("T15b", 100 * men[9:].sum() / lab[9:].sum())


def test_t16_three_lists() -> None:
    with (valdoria.folder() / "lists_2022.csv").open(encoding="utf-8") as file:
        next(file)
        records = list(csv.DictReader(file))
    patterns = [int(r["POL"] + r["NGO"] + r["LAB"], 2) for r in records]
    counts = np.bincount(patterns, minlength=8)[1:].astype(float)

    assert len(records) == 816 == line("vic_detected")[17]
    assert accepted("T16", reference.three_lists(counts, together=True))
    assert 1_700 <= reference.three_lists(counts, together=False) <= 2_035


def test_t17_first_release_is_too_low() -> None:
    first, middle, final = (shipped.read(path) for path in valdoria.releases())
    rises = [
        100 * (float(final[key].value) / float(first[key].value) - 1)
        for key in final
        if key[1] == "XVA"
    ]

    assert accepted("T17", float(np.mean(rises)))
    assert all(float(first[k].value) <= float(middle[k].value) for k in final)
    assert [float(final["vic_detected", "XVA", str(y), frozenset()].value) for y in YEARS] == list(
        line("vic_detected")
    )


def test_t18_a_typing_error_in_one_region_only() -> None:
    typed, nation = regional("pro_persons"), line("pro_persons")

    assert typed[7, 7] == 170
    assert typed[:, 7].sum() - nation[7] == 170 - ANSWERS["T18"].value
    assert np.all(typed[7, np.arange(20) != 7] < 100)


def test_t19_more_convicted_than_two_years_of_charges() -> None:
    convicted, charged = regional("cnv_persons"), regional("pro_persons")

    assert convicted[4, 4] == ANSWERS["T19"].value
    assert (charged[4, 3], charged[4, 4]) == (9, 10)
    assert convicted[:, 4].sum() > line("cnv_persons")[4]


def test_t20_split_without_real_change() -> None:
    victims, nation = regional("vic_detected"), line("vic_detected")
    before, after = (
        victims[8, :9].sum() / nation[:9].sum(),
        victims[8, 9:].sum() / nation[9:].sum(),
    )
    X = np.column_stack([np.ones(20), YEAR >= 2014]).astype(float)
    merged = reference.count_fit(victims[8] + victims[13], X, np.log(nation))

    assert accepted("T20", after / before)
    assert merged.covers(1, 0.0)
