"""Tables made safe: the shared cases, random tables, and what must be refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indicators.disclosure import exact
from indicators.disclosure.audit import Reach, reaches
from indicators.disclosure.protection import Protection, audit, protect
from indicators.disclosure.secondary import Unprotected, pattern
from indicators.disclosure.system import system
from indicators.errors import IndicatorsError
from indicators.model.results import Refusal
from indicators.model.tables import CountTable
from tests.indicators.disclosure.made import TOTAL, as_cells, case_table, random_table, table_of
from tests.places import SHARED

CASES = sorted((SHARED / "reference/disclosure").glob("d*.json")) if SHARED else []
RANDOM_TABLES = 100


def _safe(table: CountTable) -> Protection:
    found = protect(table)
    assert isinstance(found, Protection), found
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_shared_case_hides_the_fewest_cells(path: Path) -> None:
    case, table = case_table(path)
    expected = case["expected"]

    found = _safe(table)

    assert set(found.primary) == as_cells(expected["primary"])
    assert len(found.secondary) == expected["optimal_secondary_cells_interval"]
    assert audit(table, found.hidden) == ()
    warned = [
        (list(w.data["cell"]), w.data["dimension"], w.data["all_in"]) for w in found.warnings
    ]
    wanted = expected["class_disclosure_warnings"]
    assert warned == [(w["margin"], w["dimension"], w["all_in"]) for w in wanted]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_shared_traps_are_seen_through(path: Path) -> None:
    case, table = case_table(path)

    for trap in case["traps"]:
        narrow = audit(table, frozenset(as_cells(trap["hidden"])))
        assert set(narrow) >= as_cells(trap.get("below_protection_interval", []))
        assert set(narrow) >= as_cells(trap["exactly_recovered"]) & as_cells(
            case["expected"]["primary"]
        )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reader_of_primary_cells_only_knows_what_the_case_says(path: Path) -> None:
    case, table = case_table(path)
    known = system(table)
    found = reaches(known, known.marks(known.named(known.primary)))

    said = {"|".join(known.cells[cell]): [r.low, r.high] for cell, r in found.items()}

    assert said == case["expected"]["intervals_if_primary_only"]


def test_random_tables_pass_the_audit_or_cannot_be_protected() -> None:
    refused = 0
    for seed in range(RANDOM_TABLES):
        table = random_table(seed)
        known = system(table)
        try:
            hidden = frozenset(known.named(pattern(known)))
        except Unprotected:
            refused += 1
            everything = frozenset(c for c in table.cells if _may_be_hidden(table, c))
            assert audit(table, everything), seed
            continue
        assert audit(table, hidden) == (), seed
        assert all(_may_be_hidden(table, cell) for cell in hidden), seed
    assert refused < RANDOM_TABLES / 10


def test_random_tables_pass_with_the_fewest_cells_too() -> None:
    for seed in range(8):
        table = random_table(seed)
        found = protect(table)
        assert isinstance(found, Refusal) or audit(table, found.hidden) == (), seed


def _may_be_hidden(table: CountTable, cell: tuple[str, ...]) -> bool:
    return table.zeros == "protect" or table.counts[table.cells.index(cell)] > 0


def test_quick_way_alone_needs_at_most_half_more_than_the_exact_one() -> None:
    quick = fewest = 0
    for seed in range(10):
        known = system(random_table(seed))
        if not exact.is_small(known):
            continue
        hidden = pattern(known)
        found = exact.better(known, hidden)
        assert found is not None
        quick += int((hidden & ~known.primary).sum())
        fewest += int((found & ~known.primary).sum())

    assert fewest <= quick <= 1.5 * fewest


def test_range_of_a_reader_is_that_of_listing_all_tables() -> None:
    # 2 x 2 inside with all totals shown: x from 1 to min(row, column) - 1
    table = table_of(np.array([[3, 9], [8, 20]]))
    known = system(table)
    hidden = known.marks([("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")])

    (reach,) = reaches(known, hidden).values()

    possible = [x for x in range(1, 12) if 12 - x >= 1 and 11 - x >= 1 and 28 - (11 - x) >= 1]
    assert reach == Reach(low=min(possible), high=max(possible))


def test_two_hidden_cells_that_add_to_two_are_known() -> None:
    known = system(table_of(np.array([1, 1, 30])))
    hidden = known.marks([("a0",), ("a1",)])

    assert set(reaches(known, hidden).values()) == {Reach(low=1, high=1)}


def test_public_totals_stay_shown_and_a_table_too_tight_is_refused() -> None:
    table = table_of(np.array([2, 3]))
    tight = CountTable(
        dims=table.dims,
        cells=table.cells,
        counts=table.counts,
        hierarchy=table.hierarchy,
        never_suppress=frozenset({(TOTAL,)}),
    )

    found = protect(tight)

    assert isinstance(found, Refusal)
    assert found.code == "cannot_be_protected"
    assert "a0" in str(found.data["cell"])


def test_small_cell_that_is_public_already_is_refused() -> None:
    table = table_of(np.array([2, 30, 40]))
    public = CountTable(
        dims=table.dims,
        cells=table.cells,
        counts=table.counts,
        hierarchy=table.hierarchy,
        never_suppress=frozenset({("a0",)}),
    )

    assert isinstance(protect(public), Refusal)


def test_sum_of_two_tables_is_one_system() -> None:
    # two tables share a total; the extra equation gives a hidden count away
    equation = ((("all",), 1), (("x",), -1), (("y",), -1))
    again = ((("all",), 1), (("x",), -1), (("z",), -1))
    table = CountTable(
        dims=("cell",),
        cells=(("all",), ("x",), ("y",), ("z",)),
        counts=(43, 3, 40, 40),
        extra_equations=(equation, again),
        never_suppress=frozenset({("all",)}),
    )

    found = _safe(table)

    assert found.hidden == {("x",), ("y",), ("z",)}
    assert audit(table, frozenset({("x",), ("y",)})) == (("x",),)


def test_total_that_is_not_shown_still_binds_its_parts() -> None:
    table = table_of(np.array([[3, 9], [8, 20]]))
    shown = [i for i, cell in enumerate(table.cells) if cell != ("a0", TOTAL)]
    partial = CountTable(
        dims=table.dims,
        cells=tuple(table.cells[i] for i in shown),
        counts=tuple(table.counts[i] for i in shown),
        hierarchy=table.hierarchy,
    )

    assert audit(partial, frozenset({("a0", "b0")})) == (("a0", "b0"),)
    assert audit(partial, _safe(partial).hidden) == ()


def test_table_that_does_not_add_up_is_an_error_with_the_cell() -> None:
    table = table_of(np.array([2, 30]))
    wrong = CountTable(
        dims=table.dims,
        cells=table.cells,
        counts=(2, 30, 33),
        hierarchy=table.hierarchy,
    )

    with pytest.raises(IndicatorsError, match="Total"):
        protect(wrong)


def test_higher_threshold_hides_more() -> None:
    values = np.array([[3, 9, 14], [8, 20, 31], [25, 7, 40]])

    low, high = _safe(table_of(values)), _safe(table_of(values, threshold=10))

    assert set(low.primary) < set(high.primary)
    assert all(r.high is None or r.high >= 10 for r in high.reach.values())


def test_large_table_is_searched_around_its_small_cells() -> None:
    values = np.random.default_rng(6).integers(20, 400, (70, 16))
    values[5, 3], values[40, 9], values[41, 9] = 2, 4, 1
    table = table_of(values)

    found = _safe(table)

    assert len(found.primary) == 3
    assert len(found.secondary) <= 9
    assert audit(table, found.hidden) == ()
