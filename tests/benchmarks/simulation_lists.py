"""Coverage of totals from overlapping lists whose truth is known, under right and wrong models.

Piece ``lists`` of ``tests.benchmarks.simulation``. The world is that of T16: 2,300 persons and
three lists (0.22, 0.17 and 0.06 of them), POL and NGO dependent with an odds ratio of 2; and a
fourth list of 0.10 that depends on none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from indicators.model.results import PrevalenceResult
from indicators.model.tables import ListTable
from indicators.prevalence.estimate import estimate

SEED = 20120607
PERSONS = 2300
CHANCES = (0.22, 0.17, 0.06, 0.10)
NAMES = ("POL", "NGO", "LAB", "SHE")
ODDS = 2.0
REPEATS = 200
Row = tuple[str, str, int, int, float, float]
"""What is measured, of what, lists, replications, odds ratio, share."""


def cells(lists: int, odds: float, third: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Patterns ``(2^t, t)`` and their chances: the first two lists dependent by an odds ratio.

    ``third``: a further odds ratio of the three first lists together, which no model here has.
    """
    patterns = np.array(list(product((0, 1), repeat=lists)))
    chance = np.array(CHANCES[:lists])
    weights = np.where(patterns == 1, chance, 1 - chance).prod(axis=1)
    weights = weights * np.where(patterns[:, :2].all(axis=1), odds, 1.0)
    weights = weights * np.where(patterns[:, :3].all(axis=1), third, 1.0)
    return patterns, weights / weights.sum()


def drawn(rng: np.random.Generator, lists: int, odds: float, third: float = 1.0) -> ListTable:
    """Lists of one world."""
    patterns, chance = cells(lists, odds, third)
    found = rng.multinomial(PERSONS, chance)
    rows = [
        (pattern.tolist(), float(count))
        for pattern, count in zip(patterns, found, strict=True)
        if pattern.any() and count
    ]
    return ListTable.of(NAMES[:lists], rows)


WAYS: tuple[tuple[str, Sequence[str] | None], ...] = (
    ("right model", ("POL*NGO",)),
    ("wrong model: independence", ()),
    ("wrong model: NGO*LAB", ("NGO*LAB",)),
    ("chosen by AIC", None),
)


def list_rows(size: int) -> list[Row]:
    """Whether the ranges hold the true total, by way of choosing the model."""
    rng, rows = np.random.default_rng(SEED + 6), []
    for lists, odds in ((3, ODDS), (4, ODDS), (3, 1.0)):
        tables = [drawn(rng, lists, odds) for _ in range(size)]
        for name, terms in WAYS:
            rows += _rows(f"{name}, {lists} lists", tables, terms, odds)
    tables = [drawn(rng, 4, ODDS, 0.3) for _ in range(size)]
    return rows + _rows("no model right (three lists depend), 4 lists", tables, None, ODDS)


def _rows(
    name: str, tables: Sequence[ListTable], terms: Sequence[str] | None, odds: float
) -> list[Row]:
    repeats = REPEATS if terms is None else 0
    found = [estimate(table, terms=terms, repeats=repeats) for table in tables]
    good = [item for item in found if isinstance(item, PrevalenceResult)]
    lists = len(tables[0].lists)
    n = len(good)

    def row(what: str, hits: Sequence[bool]) -> Row:
        return (what, name, lists, n, odds, float(np.mean(hits)))

    ratio = float(np.median([item.estimate for item in good])) / PERSONS
    made = [
        row("range given the model", [item.low <= PERSONS <= item.high for item in good]),
        ("middle estimate over the truth", name, lists, n, odds, ratio),
    ]
    if terms is None:
        held = [_inside(item.resampled) for item in good]
        near = [_inside(item.spread) for item in good]
        both = [_joined(item) for item in good]
        made += [
            row("range of the models within 2 AIC", near),
            row("range drawn anew, model chosen again", held),
            row("all ranges together", both),
        ]
    return made


def _inside(limits: tuple[float, float] | None) -> bool:
    return limits is not None and limits[0] <= PERSONS <= limits[1]


def _joined(item: PrevalenceResult) -> bool:
    """Whether the widest of the three ranges holds the total."""
    ends = [(item.low, item.high), item.spread, item.resampled]
    known = [end for end in ends if end is not None]
    return min(low for low, _ in known) <= PERSONS <= max(high for _, high in known)
