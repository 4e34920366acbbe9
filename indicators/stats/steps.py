"""A sudden step in a series that may also grow steadily: where, how large, more than chance?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.intervals import f_quantile
from indicators.stats.regression import LinearFit, ols

Floats = NDArray[np.float64]

PERMUTATIONS = 4499
TRIM = 0.15
LEAST = 3
"""Points on either side of a step, whatever the share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The best step on a line.

    Attributes:
        place: index of the first observation after the step.
        low, high: places that fit about as well.
        fit: regression on (1, time, step); time centred.
        sse: of that fit.
        sup_f: largest F over the places.
        p_value: share of permuted residuals of the plain line that reach it.
        line: the plain line.
    """

    place: int
    low: int
    high: int
    fit: LinearFit
    sse: float
    sup_f: float
    p_value: float
    line: LinearFit


def places(n: int, trim: float = TRIM) -> NDArray[np.intp]:
    """Where a step may lie: a share of the points, at least three, on either side."""
    margin = max(LEAST, int(np.floor(trim * n + 1e-9)))
    return np.arange(margin, n - margin + 1, dtype=np.intp)


def best_step(
    time: Floats,
    values: Floats,
    *,
    level: float = 0.95,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> Step:
    """The step that leaves the least, tested by permuting the residuals of the plain line.

    Equation: y = a + b t + d (t >= tau); F(tau) = (SSE0 - SSE1)/(SSE1/(n - 3)); sup-F over tau.
    The limit distribution of sup-F is known for a mean, not for a line of 20 points, so the
    p-value is that of the permutations.
    Source: Andrews (1993), Econometrica 61; Freedman and Lane (1983) for the permutations.
    """
    n = values.size
    line = ols(values, np.column_stack([np.ones(n), time - time.mean()]))
    where = places(n)
    columns = (np.arange(n)[:, None] >= where).astype(np.float64)
    basis, _ = np.linalg.qr(line.x)
    columns = columns - basis @ (basis.T @ columns)
    columns /= np.linalg.norm(columns, axis=0)
    gains = (line.residuals @ columns) ** 2
    sse0 = float(line.residuals @ line.residuals)
    pick = int(np.argmax(gains))
    rest = np.maximum(sse0 - gains, 0.0)
    near = where[rest <= rest[pick] * (1 + f_quantile(1, n - 3, level) / (n - 3)) * (1 + 1e-9)]
    place = int(where[pick])
    fit = ols(values, np.column_stack([line.x, np.arange(n) >= place]))
    return Step(
        place=place,
        low=int(near.min(initial=place)),
        high=int(near.max(initial=place)),
        fit=fit,
        sse=float(fit.residuals @ fit.residuals),
        sup_f=float(gains[pick] / (rest[pick] / (n - 3))) if rest[pick] > 0 else np.inf,
        p_value=_share_as_large(line, columns, gains[pick] / sse0, permutations, seed)
        if sse0 > 1e-20 * float(values @ values)
        else 1.0,
        line=line,
    )


def _share_as_large(
    line: LinearFit, columns: Floats, share: float, permutations: int, seed: int
) -> float:
    """p-value of the largest share of the sum of squares that a step explains."""
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(line.residuals, (permutations, 1)), axis=1)
    basis, _ = np.linalg.qr(line.x)
    rest = shuffled - (shuffled @ basis) @ basis.T
    shares = ((rest @ columns) ** 2).max(axis=1) / np.einsum("rn,rn->r", rest, rest)
    return (1 + int((shares >= share * (1 - 1e-12)).sum())) / (permutations + 1)
