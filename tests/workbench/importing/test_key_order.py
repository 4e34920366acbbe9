"""The order of the keys, found in lots, is that of one sort of everything."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from workbench.importing import key_order
from workbench.importing.key_order import ascends, distinct_rows, lots_of_series
from workbench.importing.packed import BLOCK, Packed

RANDOM = random.Random(20240502)
MANY = 3 * BLOCK
SERIES = [RANDOM.randrange(40) for _ in range(MANY)]
PERIODS = [RANDOM.randrange(1990, 2030) * 100 for _ in range(MANY)]


@pytest.mark.parametrize("size", [1, 700, 1 << 19])
def test_lots_hold_every_cell_once_and_whole_series(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(key_order, "LOT", size)
    without = np.array(sorted(RANDOM.sample(range(MANY), 500)), dtype=np.int32)

    lots = list(lots_of_series(Packed(SERIES), Packed(PERIODS), 45, without))

    places = [place for lot in lots for place in lot.positions.tolist()]
    assert sorted(places) == sorted(set(range(MANY)) - set(without.tolist()))
    for lot in lots:
        own = zip(lot.positions.tolist(), lot.key.tolist(), strict=True)
        assert all((SERIES[p] << key_order.PERIOD_BITS) + PERIODS[p] == key for p, key in own)
    seen = [{SERIES[p] for p in lot.positions.tolist()} for lot in lots]
    assert sum(map(len, seen)) == len(set().union(*seen))
    assert all(max(a) < min(b) for a, b in pairwise(seen))


def test_an_order_that_breaks_between_two_blocks_is_seen() -> None:
    periods = list(range(100, 100 + 2 * BLOCK))
    column = Packed([0] * (2 * BLOCK))

    assert ascends(column, Packed(periods))
    assert not ascends(column, Packed(periods[:BLOCK] + periods[BLOCK - 1 : -1]))
    assert not ascends(column, Packed([*periods[:5], periods[4], *periods[6:]]))
    assert ascends(Packed(), Packed())


def test_rows_are_counted_once_a_sheet() -> None:
    assert distinct_rows(Packed([2, 3, 2, 9, 3])) == 3
    assert distinct_rows(Packed([2, 3, 2, 9, 3]), Packed([1, 1, 2, 2, 1])) == 4
    assert distinct_rows(Packed(), Packed()) == 0
