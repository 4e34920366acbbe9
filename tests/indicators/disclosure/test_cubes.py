"""No hidden cell of a project can be worked out from the cells that stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure import cubes as module
from indicators.disclosure.cubes import hidden_places
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube

PARENTS = {"XV-01": "XVA", "XV-02": "XVA", "XV-03": "XVA"}
AREAS = ("XV-01", "XV-02", "XV-03", "XVA")
CUTS = (TOTAL, Breakdown.parse("SEX=F"), Breakdown.parse("SEX=M"))
YEAR = Period.of_year(2020)


def cube(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    *,
    cuts: tuple[Breakdown, ...] = CUTS,
    areas: tuple[str, ...] = AREAS,
    periods: tuple[Period, ...] = (YEAR,),
) -> Cube:
    shape = (len(cuts), len(areas), len(periods))
    values = values.reshape(shape).astype(float)
    whole = np.zeros(shape, dtype=np.int64)
    return Cube(
        variable="vic_detected",
        unit="persons",
        breakdowns=cuts,
        areas=areas,
        periods=periods,
        value=values,
        low=np.full(shape, np.nan),
        high=np.full(shape, np.nan),
        status=np.where(np.isnan(values), int(Status.M), int(Status.A)),
        flags=whole,
        vintage=whole + 1,
    )


def table(women: list[int], men: list[int]) -> Cube:
    """Regions and country, women, men and all, with complete sums."""
    rows = np.array([women, men], dtype=float)
    rows = np.vstack([rows.sum(axis=0), rows])
    return cube(np.hstack([rows, rows.sum(axis=1, keepdims=True)]))


def ranges(women: list[int], men: list[int], hidden: set[tuple[str, str]]) -> list[list[int]]:
    """What an outsider can think of each small cell, by trying every table (brute force)."""
    truth = {("XV-01", "F"): women[0], ("XV-02", "F"): women[1], ("XV-03", "F"): women[2],
             ("XV-01", "M"): men[0], ("XV-02", "M"): men[1], ("XV-03", "M"): men[2]}  # fmt: skip
    most = 12
    found: dict[tuple[str, str], set[int]] = {place: set() for place in truth}
    free = [place for place in truth if place in hidden]

    def shown(table: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
        sums = dict(table)
        for area in ("XV-01", "XV-02", "XV-03"):
            sums[(area, "_T")] = table[(area, "F")] + table[(area, "M")]
        for sex in ("F", "M"):
            sums[("XVA", sex)] = sum(table[(area, sex)] for area in AREAS[:3])
        sums[("XVA", "_T")] = sums[("XVA", "F")] + sums[("XVA", "M")]
        return {place: value for place, value in sums.items() if place not in hidden}

    public = shown(truth)
    for numbers in np.ndindex(*(most + 1,) * len(free)):
        guess = dict(truth) | dict(zip(free, numbers, strict=True))
        if any(guess[place] == 0 for place in free):  # a zero is never hidden
            continue
        if shown(guess) == public:
            for place in free:
                found[place].add(guess[place])
    return [sorted(found[place]) for place in free if 0 < truth[place] < 5]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=3),
    st.lists(st.integers(0, 6), min_size=3, max_size=3),
)
def test_no_small_count_can_be_worked_out(women: list[int], men: list[int]) -> None:
    places = hidden_places([table(women, men)], PARENTS)
    hidden = {(area, cut.code("SEX") or "_T") for area, cut, _period in places}
    inner = [place for place in hidden if place[0] != "XVA" and place[1] != "_T"]
    small = {
        (area, sex)
        for sex, row in (("F", women), ("M", men))
        for area, count in zip(AREAS, row, strict=False)
        if 0 < count < 5
    }
    assert small <= hidden
    if len(inner) <= 4:
        for guesses in ranges(women, men, hidden):
            assert guesses
            assert guesses[-1] - guesses[0] >= 4
            assert guesses[-1] >= 5


def test_large_counts_are_all_shown() -> None:
    assert hidden_places([table([50, 60, 70], [20, 30, 40])], PARENTS) == frozenset()


def test_a_small_region_takes_a_neighbour_with_it() -> None:
    found = hidden_places([table([3, 60, 70], [20, 30, 40])], PARENTS)

    assert ("XV-01", CUTS[1], YEAR) in found
    assert len(found) >= 4  # alone it would be the country less the other regions
    assert ("XVA", TOTAL, YEAR) not in found


def test_only_what_hangs_together_with_an_area_is_looked_at() -> None:
    whole = table([3, 60, 70], [20, 30, 40])
    foreign = hidden_places([whole], {}, area="XV-02")

    assert foreign == frozenset()
    assert hidden_places([whole], PARENTS, area="XV-02") == hidden_places([whole], PARENTS)


def test_months_are_protected_with_their_year() -> None:
    months = tuple(Period.parse(f"2020-{month:02}") for month in range(1, 13))
    year = cube(np.array([61.0]), cuts=(TOTAL,), areas=("XVA",))
    monthly = cube(
        np.array([2.0, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6]),
        cuts=(TOTAL,), areas=("XVA",), periods=months,
    )  # fmt: skip
    found = {str(period) for _area, _cut, period in hidden_places([year, monthly], {})}

    assert "2020-01" in found
    assert len(found) >= 2
    assert "2020" not in found


def test_parts_that_exceed_their_total_bind_nothing() -> None:
    forms = (TOTAL, Breakdown.parse("FORM=LAB"), Breakdown.parse("FORM=SEX"))
    found = hidden_places([cube(np.array([30.0, 28.0, 3.0]), cuts=forms, areas=("XVA",))], {})

    assert found == {("XVA", forms[2], YEAR)}


def test_ranges_of_the_source_and_gaps_are_left_alone() -> None:
    made = cube(np.array([np.nan, 3.0, np.nan, np.nan]), cuts=(TOTAL,))

    assert hidden_places([made], {}) == {("XV-02", TOTAL, YEAR)}


def test_of_a_large_table_only_the_totals_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 5)
    found = hidden_places([table([3, 60, 70], [20, 30, 40])], PARENTS)
    assert found == {
        (area, cut, YEAR) for area in AREAS for cut in CUTS if (area, cut) != ("XVA", TOTAL)
    }
    assert len(hidden_places([table([1, 1, 1], [0, 0, 0])], PARENTS)) == 12
