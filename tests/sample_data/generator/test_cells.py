"""Persons, counts and the ledger."""

from __future__ import annotations

import numpy as np

from sample_data.generator.cells import Counts, Ledger, Persons, spread
from sample_data.generator.country import CODES, NEW, YEARS, region_shares
from sample_data.generator.draws import happens, overdispersed, quantiles
from sample_data.generator.seeds import generator


def test_persons_outside_the_years_are_not_counted() -> None:
    people = Persons(region=np.array([0, 0, 1]), year=np.array([-1, 0, 19]), marks={})

    counted = people.counts(np.ones(3, dtype=bool))

    assert counted.sum() == 2
    assert counted[0, 0] == counted[1, 19] == 1


def test_spread_keeps_totals_and_parts_stay_inside() -> None:
    rng = generator("test")
    totals = np.arange(20) * 10

    base = spread(rng, totals, region_shares(), {"SEX": {"F": 0.6, "M": 0.4}})
    part = base.part(rng, 0.5)

    assert np.array_equal(base.over().sum(axis=0), totals)
    assert np.all(part.cells <= base.cells)
    assert base.over("SEX").shape == (14, 2, 20)


def test_ledger_confirms_zeros_and_begins_the_new_region_late() -> None:
    ledger = Ledger()

    ledger.both("x", np.zeros((len(CODES), len(YEARS))))

    rows = ledger.rows["x"]
    assert {row.status for row in rows} == {"Z"}
    assert min(row.period for row in rows if row.area == CODES[NEW]) == "2014"
    assert len(rows) == 13 * 20 + 11 + 20


def test_national_counts_write_no_regions() -> None:
    ledger = Ledger()

    ledger.counts("x", Counts(dims={"K": ("0", "1")}, cells=np.ones((1, 2, 20))))

    assert {row.area for row in ledger.rows["x"]} == {"XVA"}
    assert [row.value for row in ledger.rows["x"] if not row.cut] == ["2"] * 20


def test_draws_have_the_stated_moments() -> None:
    rng = generator("moments")

    drawn = overdispersed(rng, np.full(40_000, 50.0), 5)
    members = happens(rng, np.arange(40_000) % 2 == 0, 0.25)

    assert abs(drawn.mean() - 50) < 0.6
    assert abs(drawn.var() / (50 + 50**2 / 5) - 1) < 0.05
    assert abs(members.sum() - 5_000) < 250
    assert not members[1::2].any()


def test_quantiles_below_six_values_give_the_number_only() -> None:
    assert quantiles(np.arange(5.0)) == {"N": 5.0}
    assert quantiles(np.arange(1.0, 12.0))["P50"] == 6.0
