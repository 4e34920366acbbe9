"""The cells of an import in order of series and period, some series at a time.

Sorting millions of keys at once would take as much memory as all the rest of the import, so a
table that is not in order is sorted in lots of whole series.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.importing.packed import Numbers, Packed, aligned

Mask = NDArray[np.bool_]
Positions = NDArray[np.int32]
PERIOD_BITS = 20
LOT = 1 << 19
"""Cells sorted at a time, unless one series has more."""


class Lot(NamedTuple):
    """Cells of some series: where they stand, and their keys."""

    positions: Positions
    key: NDArray[np.int64]


def keys(series: Numbers, period: Numbers) -> NDArray[np.int64]:
    """One number a cell that orders by series, then period."""
    key: NDArray[np.int64] = series.astype(np.int64) << PERIOD_BITS
    key |= period
    return key


def ascends(series: Packed, period: Packed) -> bool:
    """Whether each key is larger than the one before."""
    last = -1
    for part in aligned(series, period):
        key = keys(*part)
        if int(key[0]) <= last or not bool((key[1:] > key[:-1]).all()):
            return False
        last = int(key[-1])
    return True


def positions_of(masks: Iterable[Mask]) -> Positions:
    """Positions at which masks of blocks that follow each other are true."""
    found, start = [np.zeros(0, dtype=np.int32)], 0
    for mask in masks:
        found.append((np.flatnonzero(mask) + start).astype(np.int32))
        start += len(mask)
    return np.concatenate(found)


def lots_of_series(
    series: Packed, period: Packed, count: int, without: Positions
) -> Iterator[Lot]:
    """All cells in lots of whole series, lower series first.

    Args:
        series: number of the series of each cell, below ``count``.
        period: its period code.
        count: how many series there are.
        without: positions to leave out, ascending.
    """
    counts = series.counts(count)
    for low, high in _spans(counts):
        positions = positions_of((part >= low) & (part < high) for (part,) in aligned(series))
        if len(without):
            positions = positions[~np.isin(positions, without, assume_unique=True)]
        if len(positions):
            yield Lot(positions, keys(series.at(positions), period.at(positions)))


def _spans(counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of series with about ``LOT`` cells each."""
    ends = np.cumsum(counts)
    low = 0
    while low < len(counts):
        done = int(ends[low - 1]) if low else 0
        high = max(int(np.searchsorted(ends, done + LOT, side="right")), low + 1)
        yield low, high
        low = high


def distinct_rows(row: Packed, sheet: Packed | None = None) -> int:
    """How many rows the cells stand on, all sheets together."""
    seen: dict[int, Mask] = {}
    for numbers, sheets in aligned(row, row if sheet is None else sheet):
        for number in [0] if sheet is None else np.unique(sheets).tolist():
            mine = numbers if sheet is None else numbers[sheets == number]
            mask = seen.get(number, np.zeros(0, dtype=bool))
            needed = int(mine.max()) + 1
            if needed > len(mask):
                mask = np.concatenate((mask, np.zeros(needed, dtype=bool)))
            mask[mine] = True
            seen[number] = mask
    return sum(int(mask.sum()) for mask in seen.values())
