"""What earlier publications add to what a reader knows of a table."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from indicators.disclosure.joint import Earlier, Known, joined
from indicators.disclosure.protection import Protection, audit, protect
from indicators.disclosure.system import equations_of, system
from indicators.model.results import Refusal
from indicators.model.tables import Cell, CountTable
from tests.indicators.disclosure.made import TOTAL, table_of

AREAS = CountTable(
    dims=("area",),
    cells=(("a",), ("b",), ("c",), ("Total",)),
    counts=(3, 20, 25, 48),
    hierarchy={"area": {"Total": ("a", "b", "c")}},
)
HIDDEN = Known(low=1, high=None)
SMALL = Known(low=1, high=None, small=True)


def shown(count: int) -> Known:
    return Known(low=count, high=count)


def published(table: CountTable, hidden: frozenset[Cell], name: str = "first") -> Earlier:
    """A table as it went out with these cells hidden."""
    counts = dict(zip(table.cells, table.counts, strict=True))
    small = {cell for cell in hidden if counts[cell] < table.threshold}
    return Earlier(
        name=name,
        cells={
            cell: (SMALL if cell in small else HIDDEN) if cell in hidden else shown(count)
            for cell, count in counts.items()
        },
        equations=equations_of(table),
    )


def safe(table: CountTable, *earlier: Earlier) -> Protection:
    found = protect(table, earlier=earlier)
    assert isinstance(found, Protection), found
    return found


def codes(found: Protection) -> list[str]:
    return [note.code for note in found.warnings]


def test_without_earlier_publications_nothing_changes() -> None:
    assert safe(AREAS) == safe(AREAS, *())
    assert safe(AREAS).secondary == (("b",),)


def test_other_cell_is_hidden_where_the_first_choice_is_public() -> None:
    found = safe(AREAS, published(AREAS, frozenset({("a",), ("c",)}), "report"))

    assert found.secondary == (("c",),)
    (note,) = found.warnings
    assert note.code == "complemented"
    assert note.data == {"cell": "a", "publications": "“report”"}


def test_two_publications_that_give_a_cell_away_together_are_both_named() -> None:
    first = published(AREAS, frozenset({("a",), ("c",)}), "first")
    second = published(AREAS, frozenset({("a",), ("b",)}), "second")
    third = Earlier(name="third", cells={("", "elsewhere"): shown(7)})

    found = protect(AREAS, earlier=(third, second, first))

    assert isinstance(found, Refusal)
    assert found.code == "given_away"
    assert found.data == {"cell": "a", "publications": "“second”, “first”"}


def test_small_cell_that_was_shown_before_is_refused_with_the_publication() -> None:
    found = protect(AREAS, earlier=(Earlier(name="leaflet", cells={("a",): shown(3)}),))

    assert isinstance(found, Refusal)
    assert found.data == {"cell": "a", "publications": "“leaflet”"}


def test_sum_over_cells_that_the_table_does_not_have_binds_too() -> None:
    # published by sex: all of a are 33 with the 30 men of a, which leaves 3 women; here a is women
    total, men = ("", "a, all"), ("", "a, men")
    before = Earlier(
        name="by sex",
        cells={("a",): SMALL, men: shown(30), total: shown(33)},
        equations=(((total, 1), (("a",), -1), (men, -1)),),
    )

    found = protect(AREAS, earlier=(before,))

    assert isinstance(found, Refusal)
    assert found.data["publications"] == "“by sex”"


def test_new_table_does_not_give_away_what_an_earlier_one_hid() -> None:
    """Nothing is small in the new table, but with it a small cell of the earlier one is known."""
    total, small = ("", "b, all"), ("", "b, children")
    before = Earlier(
        name="children",
        cells={("b",): HIDDEN, small: SMALL, total: shown(22)},
        equations=(((total, 1), (("b",), -1), (small, -1)),),
    )
    table = CountTable(dims=("area",), cells=(("b",), ("c",)), counts=(20, 25))

    assert audit(table, frozenset()) == ()
    assert audit(table, frozenset(), earlier=(before,)) == (small,)
    found = safe(table, before)
    assert found.primary == ()
    assert found.secondary == (("b",),)
    assert found.reach == {}


def test_small_cell_that_an_earlier_table_gave_away_by_itself_is_not_our_concern() -> None:
    total, small = ("", "b, all"), ("", "b, children")
    before = Earlier(
        name="leaky",
        cells={("", "b, adults"): shown(20), small: SMALL, total: shown(22), ("b",): HIDDEN},
        equations=(((total, 1), (("", "b, adults"), -1), (small, -1)),),
    )
    table = CountTable(dims=("area",), cells=(("b",), ("c",)), counts=(22, 25))

    assert safe(table, before).hidden == frozenset()


def test_revised_count_is_told_and_its_sum_binds_no_more() -> None:
    revised = CountTable(
        dims=AREAS.dims,
        cells=AREAS.cells,
        counts=(3, 21, 25, 49),
        hierarchy=AREAS.hierarchy,
    )
    # the total changed as b did: a and c can be the same as before
    same = published(AREAS, frozenset({("a",), ("c",)}))
    found = safe(revised, same)
    assert codes(found) == ["changed_since_published", "complemented"]
    assert found.warnings[0].data["cells"] == "Total; b"
    assert found.secondary == (("c",),)  # beside c shown, 48 = a + 20 + c would tell a

    # here c has changed too, though it was hidden: the earlier sum says nothing any more
    other = CountTable(
        dims=AREAS.dims,
        cells=AREAS.cells,
        counts=(3, 20, 26, 49),
        hierarchy=AREAS.hierarchy,
    )
    found = safe(other, published(AREAS, frozenset({("a",), ("c",)}), "first"))
    assert "revised_since_published" in codes(found)
    assert found.secondary == (("c",),)  # b is still public


def test_former_count_of_a_revised_small_cell_does_not_come_out() -> None:
    """a was 3 of 48, beside 20 and 25; now it is 4, and 20 shown would tell what it was."""
    table = CountTable(dims=("area",), cells=(("a",), ("b",), ("c",)), counts=(4, 20, 25))

    assert safe(table).hidden == {("a",)}
    found = safe(table, published(AREAS, frozenset({("a",), ("b",)}), "first"))

    assert found.hidden == {("a",), ("b",)}
    assert codes(found) == ["revised_since_published", "complemented"]
    assert found.warnings[-1].data == {"cell": "a / first", "publications": "“first”"}


def test_later_publication_that_contradicts_an_earlier_one_is_taken_apart() -> None:
    """x was 6 by the newer publication's sum and 7 by the older: both can be true in their time."""
    x, y = ("", "x"), ("", "y")
    newer = Earlier(
        name="newer",
        cells={("b",): shown(20), x: HIDDEN, y: shown(26)},
        equations=(((y, 1), (("b",), -1), (x, -1)),),
    )
    older = Earlier(name="older", cells={x: shown(7), y: shown(27)})

    joint = joined(system(AREAS), (newer, older))

    known = joint.system
    assert (known.matrix @ known.values == 0).all()
    values = dict(zip(known.cells, known.values.tolist(), strict=True))
    assert values[x] == 6
    assert values[*x, "older"] == 7


def test_range_left_by_a_rounded_publication_narrows_the_reach() -> None:
    # a was published as 5 by rounding: 3 to 7; hidden now, a reader still has that range
    before = Earlier(name="rounded", cells={("a",): Known(low=3, high=7, small=True)})

    found = safe(AREAS, before)

    reach = found.reach[("a",)]
    assert (reach.low, reach.high) == (3, 7)


def test_zero_that_was_hidden_as_at_least_one_counts_as_revised() -> None:
    table = CountTable(
        dims=AREAS.dims, cells=AREAS.cells, counts=(0, 23, 25, 48), hierarchy=AREAS.hierarchy
    )

    found = safe(table, published(AREAS, frozenset({("a",), ("b",)})))

    assert "changed_since_published" in codes(found)
    assert found.hidden == frozenset()


def _possible(table: CountTable, *hidden: frozenset[Cell]) -> dict[Cell, set[int]]:
    """Every count up to 12 of each inner cell in all tables that agree with each publication."""
    open_ones = [cell for cell in table.cells if all(cell in part for part in hidden)]
    counts = dict(zip(table.cells, table.counts, strict=True))
    inner = [cell for cell in table.cells if "Total" not in cell]
    free = [cell for cell in inner if cell in open_ones]
    found: dict[Cell, set[int]] = {cell: set() for cell in inner}
    for values in product(range(1, 13), repeat=len(free)):
        tried = {cell: counts[cell] for cell in inner} | dict(zip(free, values, strict=True))
        sums = {
            cell: sum(
                n
                for name, n in tried.items()
                if all(c in (o, "Total") for o, c in zip(name, cell, strict=True))
            )
            for cell in table.cells
            if "Total" in cell
        }
        if all(sums[cell] == counts[cell] for cell in sums if cell not in open_ones):
            for cell, value in tried.items():
                found[cell].add(value)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_two_publications_leave_what_listing_all_tables_leaves(seed: int) -> None:
    """The second of two tables with other counts hidden is as safe as all tables listed say."""
    draw = np.random.default_rng(seed)
    values = draw.integers(1, 8, (2, 2))
    values[0, 0] = draw.integers(1, 5)
    table = table_of(values)
    inner = [cell for cell in table.cells if "Total" not in cell]
    margins = [cell for cell in table.cells if "Total" in cell]
    before = frozenset([*inner, *(cell for cell in margins if draw.random() < 0.5)])

    found = protect(table, earlier=(published(table, before),))

    if isinstance(found, Refusal):
        everything = _possible(table, before)
        narrow = [
            cell
            for cell, some in everything.items()
            if dict(zip(table.cells, table.counts, strict=True))[cell] < 5
            and not (max(some) - min(some) >= 4 and max(some) >= 5)
        ]
        assert narrow or str(found.data["cell"]).count("Total")
        return
    left = _possible(table, before, found.hidden)
    for cell in found.primary:
        if cell in left:
            assert min(left[cell]) == found.reach[cell].low
            assert max(left[cell]) - min(left[cell]) >= 4


def _tabulated(persons: np.ndarray, *dims: int) -> np.ndarray:
    counts = np.zeros(tuple(int(persons[:, dim].max()) + 1 for dim in dims), dtype=int)
    np.add.at(counts, tuple(persons[:, dim] for dim in dims), 1)
    return counts


@pytest.mark.parametrize("seed", range(8))
def test_two_breakdowns_of_the_same_persons_are_safe_together_or_refused_for_a_reason(
    seed: int,
) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(60, 300))
    persons = np.column_stack(
        [
            draw.choice(4, size),
            draw.choice(4, size, p=[0.6, 0.25, 0.1, 0.05]),
            draw.choice(2, size),
        ]
    )
    before = table_of(_tabulated(persons, 0, 2))  # by area and sex
    first = protect(before)
    assert isinstance(first, Protection)
    told = published(before, first.hidden, "by sex")

    def common(cell: Cell) -> Cell:
        return (cell[0], TOTAL) if cell[1] == TOTAL else ("", *cell)

    earlier = Earlier(
        name=told.name,
        cells={common(cell): known for cell, known in told.cells.items()},
        equations=tuple(
            tuple((common(cell), factor) for cell, factor in equation)
            for equation in told.equations
        ),
    )
    table = table_of(_tabulated(persons, 0, 1))  # by area and age

    found = protect(table, earlier=(earlier,))

    if isinstance(found, Refusal):
        narrow = audit(table, frozenset(table.cells), earlier=(earlier,))
        assert found.data["cell"] in {" / ".join(filter(None, cell)) for cell in narrow}
        return
    assert audit(table, found.hidden, earlier=(earlier,)) == ()
    # what was hidden by sex stays as safe as it was
    assert not any(
        cell in found.hidden for cell in table.cells if cell[1] == TOTAL and cell in earlier.cells
    )


def test_cell_of_an_earlier_table_may_stand_at_a_large_count() -> None:
    """Of a range from 6 to 10 any count may be the one that fits; it need not go up."""
    x, y = ("", "x"), ("", "y")
    before = Earlier(
        name="first",
        cells={
            x: Known(low=6, high=10, small=True),
            y: Known(low=6, high=10, small=True),
            ("Total",): shown(48),
        },
        equations=(((("b",), 1), (x, -1), (y, -1)),),
    )

    assert isinstance(protect(AREAS, earlier=(before,)), Protection)
