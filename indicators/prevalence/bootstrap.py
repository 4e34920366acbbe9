"""How far the total would move if other persons had been found, choice of the model included."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.model.tables import ListTable
from indicators.prevalence.model import Floats, Frame, Marks, fit_many
from indicators.prevalence.selection import Criterion, Search, weight_of

REPEATS = 400
SEED = 20_130_401
CANDIDATES = 12
"""At most so many of the best models compete again in each repeat."""
RANGE = 6.0
"""Models this much worse than the best do not compete again."""
MIN_SHARE = 0.8
"""Below this share of repeats with a model there is no range."""


def candidates(search: Search, weight: float) -> Marks:
    """The best models, which compete again in each repeat."""
    values = search.fits.criterion(weight)
    order = np.argsort(values, kind="stable")[:CANDIDATES]
    kept = order[values[order] <= values[order[0]] + RANGE]
    unique: Marks = np.unique(search.terms[kept], axis=0)
    return unique


def resampled(table: ListTable, repeats: int, seed: int) -> Floats:
    """Tables of as many persons drawn with the observed shares, shape ``(repeats, cells)``."""
    draw = np.random.default_rng(seed)
    shares = table.counts / table.counts.sum()
    return draw.multinomial(int(table.observed), shares, size=repeats).astype(np.float64)


def totals(
    frame: Frame,
    table: ListTable,
    terms: Marks,
    *,
    criterion: Criterion,
    repeats: int = REPEATS,
    seed: int = SEED,
) -> NDArray[np.float64]:
    """The total of each repeat by the best of some models; nan where none could be fitted.

    Source: Silverman (2020), J. R. Stat. Soc. A 183 (the choice is part of the doubt).

    Args:
        frame: of the lists.
        table: the observed overlaps.
        terms: the models that compete, one row each.
        criterion: by which the best is chosen.
        repeats: how many tables are drawn.
        seed: of the draws.
    """
    tables = resampled(table, repeats, seed)
    weight = weight_of(criterion, frame, table.observed)
    best = np.full(repeats, np.inf)
    total = np.full(repeats, np.nan)
    for row in terms:
        fits = fit_many(frame, tables, np.broadcast_to(row, (repeats, row.size)), prove=False)
        values = fits.criterion(weight)
        better = values < best
        total[better] = table.observed + fits.unseen[better]
        best[better] = values[better]
    return total


def limits(total: Floats, level: float) -> tuple[float, float] | None:
    """Percentile limits, or None when too many repeats had no model."""
    known = total[np.isfinite(total)]
    if known.size < MIN_SHARE * total.size:
        return None
    tail = (1 - level) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)
