"""How many bends a series has: the sequential permutation test.

Source: Kim, Fay, Feuer and Midthune (2000), Stat. Med. 19; the error is shared out as
alpha/(most - ka), as the NCI program does since version 3.0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.stats.joinpoint_grid import Grid, Search
from indicators.stats.joinpoints import Bends, best_bends

PERMUTATIONS = 4499
ALPHA = 0.05
_NOTHING_LEFT = 1e-20


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationTest:
    """Number of bends by the sequential permutation test, with the p-value of each step.

    Attributes:
        bends: the number chosen.
        steps: (bends under the null, bends under the alternative, p-value) in order.
    """

    bends: int
    steps: tuple[tuple[int, int, float], ...]


def permutation_test(
    grid: Grid,
    most: int,
    *,
    alpha: float = ALPHA,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    fits: tuple[Bends, ...] | None = None,
) -> PermutationTest:
    """Number of bends: ka against kb, from (0, most) until they meet.

    Statistic SSE(ka)/SSE(kb); the (weighted) residuals of the null fit are permuted;
    p = (1 + #{T* >= T})/(B + 1); ka rises when p < alpha/(most - ka), else kb falls.

    Args:
        grid: the observations.
        most: largest number of bends.
        alpha: chance of a bend too many.
        permutations: B.
        seed: of the permutations.
        fits: what ``best_bends`` found, when it is known already.
    """
    search, rng = Search(grid), np.random.default_rng(seed)
    found = best_bends(grid, most) if fits is None else fits
    low, high, steps = 0, len(found) - 1, []
    top = high
    while low < high and not _is_exact(grid, found[low]):
        null = found[low].fit
        residuals = null.residuals * search.root
        shuffled = rng.permuted(np.tile(residuals, (permutations, 1)), axis=1)
        targets = shuffled + null.fitted * search.root
        with np.errstate(divide="ignore"):
            ratio = search.least(targets, low) / search.least(targets, high)
        observed = found[low].sse / found[high].sse if found[high].sse > 0 else np.inf
        p_value = (1 + int((ratio >= observed * (1 - 1e-12)).sum())) / (permutations + 1)
        steps.append((low, high, p_value))
        if p_value < alpha / (top - low):
            low += 1
        else:
            high -= 1
    return PermutationTest(bends=low, steps=tuple(steps))


def _is_exact(grid: Grid, line: Bends) -> bool:
    """Whether a line leaves nothing but rounding."""
    scale = float(grid.weights @ grid.values**2)
    return line.sse <= _NOTHING_LEFT * scale or scale == 0
