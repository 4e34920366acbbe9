"""Rounded tables: worked by hand, by law, and against listing every table."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure.audit import Reach
from indicators.disclosure.joint import Earlier, Known
from indicators.disclosure.rounding import ROUNDINGS, Rounding, audit_rounded, rounded
from indicators.model.results import Refusal
from indicators.model.tables import CountTable
from tests.indicators.disclosure.made import TOTAL, random_table, table_of

FIVE, TEN_FIVE = ROUNDINGS["round5"], ROUNDINGS["10-5"]


def safe(table: CountTable, rule: str, *earlier: Earlier) -> Rounding:
    found = rounded(table, ROUNDINGS[rule], earlier=earlier)
    assert isinstance(found, Rounding), found
    return found


@pytest.mark.parametrize(
    ("count", "five", "ten_five"),
    [
        (0, 0, 0), (1, 0, None), (2, 0, None), (3, 5, None), (7, 5, None), (8, 10, None),
        (9, 10, None), (10, 10, 10), (12, 10, 10), (13, 15, 15), (17, 15, 15), (18, 20, 20),
        (1_002, 1_000, 1_000), (1_003, 1_005, 1_005),
    ],
)  # fmt: skip
def test_numbers_worked_by_hand(count: int, five: int, ten_five: int | None) -> None:
    assert FIVE.shown(count) == five
    assert TEN_FIVE.shown(count) == ten_five


def test_zeros_that_are_protected_are_hidden_by_the_rule_of_ten() -> None:
    assert TEN_FIVE.shown(0, "protect") is None
    assert TEN_FIVE.left_open(None, "protect") == Known(low=0, high=9)
    assert TEN_FIVE.left_open(None) == Known(low=1, high=9)
    assert TEN_FIVE.left_open(None, hides_more=True) == Known(low=1, high=None)


@given(count=st.integers(0, 10**7), zeros=st.sampled_from(["publish", "protect"]))
@settings(deadline=None, max_examples=200)
def test_number_is_within_the_base_and_leaves_its_count_open(count: int, zeros: str) -> None:
    for rule in ROUNDINGS:
        shown = rule.shown(count, zeros)
        assert rule.shown(count, zeros) == shown  # the same every time
        left = rule.left_open(shown, zeros)
        assert left.low <= count <= left.high
        if shown is not None:
            assert shown % 5 == 0
            assert abs(shown - count) < 5
        if 0 < count < 5:
            assert left.high - left.low >= 2


@pytest.mark.parametrize("zeros", ["publish", "protect"])
def test_range_of_a_number_is_that_of_all_counts_shown_so(zeros: str) -> None:
    for rule in ROUNDINGS:
        by_number: dict[int | None, list[int]] = {}
        for count in range(60):
            by_number.setdefault(rule.shown(count, zeros), []).append(count)
        del by_number[60]  # its counts go on after the last one listed
        for shown, counts in by_number.items():
            left = rule.left_open(shown, zeros)
            assert (left.low, left.high) == (min(counts), max(counts))


def test_totals_are_rounded_on_their_own_and_the_table_says_how_many_do_not_add_up() -> None:
    # 13 + 13 + 13 = 39: 15 + 15 + 15 is not 40
    found = safe(table_of(np.array([13, 13, 13])), "round5")

    assert found.shown == {("a0",): 15, ("a1",): 15, ("a2",): 15, (TOTAL,): 40}
    assert found.unequal == 1
    assert found.secondary == ()


def test_range_of_a_small_count_is_that_of_listing_all_tables() -> None:
    table = table_of(np.array([3, 21, 30]))
    found = safe(table, "round5")
    low = {cell: FIVE.left_open(number) for cell, number in found.shown.items()}

    possible = {
        a
        for a, b, c in product(range(40), repeat=3)
        if all(
            low[cell].low <= value <= low[cell].high
            for cell, value in ((("a0",), a), (("a1",), b), (("a2",), c), ((TOTAL,), a + b + c))
        )
    }

    assert found.reach == {("a0",): Reach(low=min(possible), high=max(possible))}


def test_rounded_numbers_that_give_a_count_away_are_hidden_together_with_others() -> None:
    """Four times 2 are 8: shown as 0, 0, 0, 0 and 10, every count could only be 2."""
    table = table_of(np.array([2, 2, 2, 2]))
    by_rule = {
        cell: FIVE.shown(count) for cell, count in zip(table.cells, table.counts, strict=True)
    }

    assert by_rule == {("a0",): 0, ("a1",): 0, ("a2",): 0, ("a3",): 0, (TOTAL,): 10}
    assert set(audit_rounded(table, by_rule, FIVE)) == {("a0",), ("a1",), ("a2",), ("a3",)}

    found = safe(table, "round5")

    assert found.secondary
    assert audit_rounded(table, found.shown, FIVE) == ()
    assert all(reach.high is None or reach.high - reach.low >= 2 for reach in found.reach.values())


def test_random_tables_are_safe_by_both_rules_and_no_count_moves_further_than_two() -> None:
    for seed in range(2):
        table = random_table(seed)
        for rule in ROUNDINGS:
            found = safe(table, rule.id)
            assert audit_rounded(table, found.shown, rule) == (), seed
            for cell, count in zip(table.cells, table.counts, strict=True):
                number = found.shown[cell]
                assert number is None or abs(number - count) <= 2


def test_threshold_above_what_rounding_protects_is_refused() -> None:
    table = table_of(np.array([7, 30, 40]), threshold=8)

    found = rounded(table, FIVE)

    assert isinstance(found, Refusal)
    assert found.code == "threshold_too_high"
    assert isinstance(rounded(table, TEN_FIVE), Rounding)


def test_exact_numbers_published_before_are_named_when_rounding_is_not_enough() -> None:
    # 3 is shown as 5; with the total 48 and the parts 20 and 25 known, it can only be 3
    table = table_of(np.array([3, 20, 25]))
    cells = {("a1",): 20, ("a2",): 25, (TOTAL,): 48}
    before = Earlier(
        name="report", cells={cell: Known(low=n, high=n) for cell, n in cells.items()}
    )

    found = rounded(table, FIVE, earlier=(before,))

    assert isinstance(found, Refusal)
    assert found.code == "given_away"
    assert found.data["publications"] == "“report”"


def test_rounding_the_same_table_again_tells_nothing_new() -> None:
    table = table_of(np.array([3, 21, 30]))
    first = safe(table, "round5")
    left = {cell: FIVE.left_open(number) for cell, number in first.shown.items()}
    again = safe(table, "round5", Earlier(name="first", cells=left, width=2, top=0))

    assert again.shown == first.shown
    assert again.reach == first.reach


def test_numbers_hidden_because_of_an_earlier_publication_name_it() -> None:
    # of 23 in all, 20 to 22 are known to be b1: 1 to 3 are left, of which 5 would tell exactly 3
    table = table_of(np.array([[3, 20], [25, 40]]))
    before = Earlier(name="report", cells={("a0", TOTAL): Known(low=23, high=23)})
    exact = Earlier(name="leaflet", cells={("a0", "b1"): Known(low=20, high=22)})

    alone, beside = safe(table, "round5"), safe(table, "round5", before, exact)

    assert alone.secondary == ()
    assert beside.secondary == (("a0", "b0"),)
    assert beside.reach["a0", "b0"] == Reach(low=1, high=3)
    assert audit_rounded(table, beside.shown, FIVE, earlier=(before, exact)) == ()
    (note,) = beside.warnings
    assert note.code == "complemented"
    assert note.data == {"cell": "a0 / b0", "publications": "“report”, “leaflet”"}
