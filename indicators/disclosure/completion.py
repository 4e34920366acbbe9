"""Counts for cells that nobody told us, with which all sums of earlier publications hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from indicators.stats.linear_program import smallest_whole

Row = dict[int, int]
"""Factor by place of a cell; the row comes to 0."""


def completion(
    rows: Sequence[Row],
    ranges: Mapping[int, tuple[int, int | None]],
    value: Callable[[int], int],
) -> dict[int, int] | None:
    """Whole counts within their ranges with which all rows come to 0; None when there are none.

    Args:
        rows: the sums.
        ranges: by place, least and greatest count of the unknown cells; None without a limit.
        value: the count of every other place.

    Returns:
        Counts by place, of the unknown cells that stand in a row.
    """
    places = sorted({place for row in rows for place in row if place in ranges})
    rests = [
        -sum(factor * value(place) for place, factor in row.items() if place not in ranges)
        for row in rows
    ]
    pairs = list(zip(rows, rests, strict=True))
    if any(rest for row, rest in pairs if not any(place in ranges for place in row)):
        return None
    if not places:
        return {}
    column = {place: i for i, place in enumerate(places)}
    inside = [
        {column[place]: factor for place, factor in row.items() if place in column} for row in rows
    ]
    matrix = sparse_rows(inside, len(places))
    used = np.flatnonzero(abs(matrix).sum(axis=1))
    target = np.array(rests, dtype=np.float64)[used]
    ends = [ranges[place] for place in places]
    bounds = np.array([(low, np.inf if high is None else high) for low, high in ends], dtype=float)
    found = smallest_whole(np.zeros(len(places)), matrix[used], target, bounds)
    if found is None or np.abs(matrix[used] @ found[1] - target).max() > 0.5:
        return None
    return {place: int(count) for place, count in zip(places, found[1], strict=True)}


def sparse_rows(rows: Sequence[Row], width: int) -> Any:
    """The rows as a sparse matrix, shape ``(rows, width)``."""
    from scipy.sparse import csr_array

    entries = [
        (number, place, float(factor))
        for number, row in enumerate(rows)
        for place, factor in row.items()
    ]
    if not entries:
        return csr_array((len(rows), width))
    at, of, factors = zip(*entries, strict=True)
    return csr_array((factors, (at, of)), shape=(len(rows), width))
