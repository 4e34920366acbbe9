"""Scores of one pillar put together: weighted means over what is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_WEIGHT = 2 / 3
"""Part of the weight that must be known; else there is no score."""


def present(scores: Floats, weights: Floats) -> Floats:
    """Part of the weight that is known at each period.

    Args:
        scores: shape ``(member, period)``, nan where not known.
        weights: shape ``(member,)``, sum above 0.
    """
    known: Floats = (~np.isnan(scores) * weights[:, None]).sum(axis=0)
    part: Floats = known / weights.sum()
    return part


def arithmetic(scores: Floats, weights: Floats) -> Floats:
    """Weighted mean over the known members; nan where too little weight is known.

    Equation: sum w_i s_i / sum w_i over the known i. A weak member can be made up for.
    """
    return _mean(scores, weights)


def geometric(scores: Floats, weights: Floats) -> Floats:
    """Weighted geometric mean of scores moved to 1-100, moved back; nan as above.

    Equation: (exp(sum w_i ln(1 + 0.99 s_i) / sum w_i) - 1) / 0.99. A weak member counts more.
    """
    return np.expm1(_mean(np.log1p(0.99 * scores), weights)) / 0.99


def _mean(scores: Floats, weights: Floats) -> Floats:
    known = ~np.isnan(scores)
    held = (known * weights[:, None]).sum(axis=0)
    total = (np.where(known, scores, 0.0) * weights[:, None]).sum(axis=0)
    enough = held >= LEAST_WEIGHT * weights.sum() - 1e-12
    return np.where(enough & (held > 0), total / np.where(held > 0, held, 1.0), np.nan)
