"""Categories offered for joining leave no small count, and only those that are needed."""

from __future__ import annotations

import numpy as np

from indicators.disclosure.merging import Merging, merging
from indicators.model.tables import CountTable
from tests.indicators.disclosure.made import random_table, table_of


def test_two_small_categories_are_joined_with_one_another() -> None:
    assert merging(table_of(np.array([3, 40, 4]))) == Merging(dimension="a", codes=("a0", "a2"))


def test_single_small_category_is_joined_with_the_smallest_other() -> None:
    assert merging(table_of(np.array([40, 3, 9]))) == Merging(dimension="a", codes=("a1", "a2"))


def test_dimension_that_needs_fewer_categories_is_taken() -> None:
    # small in one row and in one column: joining two rows is enough, as joining two columns is
    table = table_of(np.array([[3, 9, 20], [30, 40, 50], [60, 70, 80]]))

    found = merging(table)

    assert found is not None
    assert len(found.codes) == 2


def test_nothing_is_offered_without_a_small_count_or_where_all_would_be_one() -> None:
    assert merging(table_of(np.array([30, 40]))) is None
    assert merging(table_of(np.array([3, 40]))) is None


def test_what_is_offered_leaves_no_small_count() -> None:
    offered = 0
    for seed in range(40):
        table = random_table(seed)
        found = merging(table)
        if found is None:
            continue
        offered += 1
        assert not [count for count in _joined(table, found) if _is_small(table, count)], seed
    assert offered > 10


def _is_small(table: CountTable, count: int) -> bool:
    return count < table.threshold and (count > 0 or table.zeros == "protect")


def _joined(table: CountTable, found: Merging) -> list[int]:
    place = table.dims.index(found.dimension)
    together: dict[tuple[str, ...], int] = {}
    for cell, count in zip(table.cells, table.counts, strict=True):
        code = "one" if cell[place] in found.codes else cell[place]
        name = (*cell[:place], code, *cell[place + 1 :])
        together[name] = together.get(name, 0) + count
    return list(together.values())
