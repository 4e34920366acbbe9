"""How much a score depends on choices: scales, means, weights and members drawn at random."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from indicators.composite.aggregate import arithmetic, geometric
from indicators.composite.normalise import Scale

Floats = NDArray[np.float64]

DRAWS = 2000
SEED = 20_080_531
"""Fixed: equal scores give equal ranges on every run."""
CONCENTRATION = 4.0
"""Dirichlet weights: equal on average, each mostly between a half and twice its share."""
TAIL = 0.05


def sensitivity(
    by_scale: Mapping[Scale, Floats], *, draws: int = DRAWS, seed: int = SEED
) -> tuple[Floats, Floats]:
    """Range of a pillar's score over the choices, 5 to 95 percent of the draws.

    Each draw takes one scale, one mean (arithmetic or geometric), Dirichlet weights, and in one
    of two draws leaves one member out.

    Args:
        by_scale: scores of shape ``(member, period)`` by scale.
        draws: how many.
        seed: of the draws.

    Returns:
        Lower and upper limit, shape ``(period,)``; nan where no choice gives a score.
    """
    scales = list(by_scale)
    members, periods = by_scale[scales[0]].shape
    draw = np.random.default_rng([seed, members])
    found = np.full((draws, periods), np.nan)
    for index in range(draws):
        scores = by_scale[scales[int(draw.integers(len(scales)))]]
        mean = (arithmetic, geometric)[int(draw.integers(2))]
        weights = draw.dirichlet(np.full(members, CONCENTRATION))
        left_out = int(draw.integers(2 * members))
        if left_out < members and members > 1:
            weights[left_out] = 0.0
        found[index] = mean(scores, weights)
    return _limits(found)


def _limits(found: Floats) -> tuple[Floats, Floats]:
    known = ~np.isnan(found).all(axis=0)
    low, high = (np.full(found.shape[1], np.nan) for _ in range(2))
    if known.any():
        low[known], high[known] = np.nanquantile(found[:, known], [TAIL, 1 - TAIL], axis=0)
    return low, high
