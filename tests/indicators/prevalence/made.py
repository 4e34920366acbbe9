"""Tables of lists for the tests."""

from __future__ import annotations

from itertools import product

import numpy as np

from indicators.model.tables import ListTable


def made(counts: dict[str, float], lists: str = "") -> ListTable:
    """A table of patterns such as ``{"101": 4}``; names A, B, C in order."""
    names = lists or "ABCDEFGH"[: len(next(iter(counts)))]
    return ListTable.of(tuple(names), [([int(m) for m in k], n) for k, n in counts.items()])


def drawn(n: int, chances: tuple[float, ...], seed: int = 1) -> ListTable:
    """Lists that find each of n persons independently."""
    on = np.random.default_rng(seed).random((n, len(chances))) < np.array(chances)
    rows = [(row.astype(int).tolist(), 1.0) for row in on if row.any()]
    return ListTable.of(tuple("ABCDEFGH"[: len(chances)]), rows)


def full(lists: int) -> dict[str, float]:
    """Every pattern once."""
    return {"".join(p): 1.0 for p in product("01", repeat=lists) if "1" in p}
