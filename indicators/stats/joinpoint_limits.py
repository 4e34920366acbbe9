"""Ranges that allow for other change years: the profile of the sum of squares under the F limit.

Ranges that hold the change years fixed are too narrow: in the simulation study they hold the
truth in 84 of 100 series of 20 points instead of 95 (docs/methods/simulation.md). The profile
range of a quantity holds every value that some admissible set of change years makes as likely as
the limit allows; at the best years alone it is the usual Student range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.intervals import f_p, f_quantile
from indicators.stats.joinpoint_grid import Grid
from indicators.stats.joinpoints import Bends

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_NOTHING = 1e-18


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLimits:
    """Limits of the slopes of all stretches and of mean slopes over spans.

    Attributes:
        low, high: of the slopes, shape ``(k + 1,)``.
        spans: limits of the mean slope since each of the times asked for.
        p_value: of a mean slope of 0 over the first span, by the same F.
    """

    low: Floats
    high: Floats
    spans: tuple[tuple[float, float], ...]
    p_value: float


def profile_limits(
    grid: Grid, found: Bends, since: Sequence[float | None], level: float = 0.95
) -> ProfileLimits:
    """Limits over all sets of change years that fit about as well as the best.

    Equation: {s: min over tau of SSE(tau, s) <= SSE_min (1 + F(level; 1, df)/df)}, where
    SSE(tau, s) = SSE(tau) + (s - s_tau)^2/v_tau and df = n - 2k - 2.
    Source: Lerman (1980), section 4, for the change years; here for the slopes too.

    Args:
        grid: the observations.
        found: the line chosen.
        since: begins of the spans of mean slopes; None for the first observation.
        level: confidence level.
    """
    k = len(found.places)
    df = grid.n - 2 * k - 2
    limit = found.sse * (1 + f_quantile(1, df, level) / df)
    low, high = np.full(k + 1 + len(since), np.inf), np.full(k + 1 + len(since), -np.inf)
    flat = np.inf
    for sets in _pieces(grid, found):
        middle, variance, sse = _contrasts(grid, sets, since)
        near = (sse <= limit * (1 + 1e-12)) | (sets == found.places).all(axis=1)
        half = np.sqrt(variance[near] * np.maximum(limit - sse[near], 0.0)[:, None])
        low = np.minimum(low, (middle[near] - half).min(axis=0, initial=np.inf))
        high = np.maximum(high, (middle[near] + half).max(axis=0, initial=-np.inf))
        flat = min(flat, float((sse + middle[:, k + 1] ** 2 / variance[:, k + 1]).min()))
    rise = max(flat - found.sse, 0.0)
    return ProfileLimits(
        low=low[: k + 1],
        high=high[: k + 1],
        spans=tuple(zip(low[k + 1 :].tolist(), high[k + 1 :].tolist(), strict=True)),
        p_value=f_p(rise * df / found.sse, 1, df)
        if found.sse > _NOTHING * rise
        else float(not rise),
    )


def _pieces(grid: Grid, found: Bends) -> Iterator[Indices]:
    """All admissible sets of as many bends, and the chosen one."""
    yield np.array([found.places], dtype=np.intp).reshape(1, len(found.places))
    if found.places:
        yield from grid.sets(len(found.places))


def _contrasts(
    grid: Grid, sets: Indices, since: Sequence[float | None]
) -> tuple[Floats, Floats, Floats]:
    """Slopes and mean slopes of each set, their variances over sigma^2, sums of squares."""
    m, k = sets.shape
    time = grid.time - grid.time.mean()
    root = np.sqrt(grid.weights)
    design = np.empty((m, grid.n, k + 2))
    design[:, :, 0], design[:, :, 1] = 1.0, time
    design[:, :, 2:] = np.maximum(time[None, :, None] - time[sets][:, None, :], 0.0)
    q, r = np.linalg.qr(design * root[None, :, None])
    target = grid.values * root
    inner = np.einsum("mnp,n->mp", q, target)
    rest = target - np.einsum("mnp,mp->mn", q, inner)
    sse = np.einsum("mn,mn->m", rest, rest)
    inverse = np.linalg.inv(r)
    coef = np.einsum("mpq,mq->mp", inverse, inner)
    weights = np.concatenate(
        [
            np.broadcast_to(np.tril(np.ones((k + 1, k + 1))), (m, k + 1, k + 1)),
            np.stack([_mean_weights(grid, sets, begin) for begin in since], axis=1),
        ],
        axis=1,
    )
    middle = np.einsum("mcp,mp->mc", weights, coef[:, 1:])
    spread = np.einsum("mcp,mpq->mcq", weights, inverse[:, 1:, :])
    variance = np.einsum("mcq,mcq->mc", spread, spread)
    return middle, variance, np.asarray(sse, dtype=np.float64)


def _mean_weights(grid: Grid, sets: Indices, since: float | None) -> Floats:
    """Weights of the slope and its changes in the mean slope of a span, shape ``(m, k + 1)``."""
    m, k = sets.shape
    begin = grid.time[0] if since is None else since
    ends = np.broadcast_to(grid.time[[0, -1]], (m, 2))
    knots = np.concatenate([ends[:, :1], grid.time[sets], ends[:, 1:]], axis=1)
    knots = np.maximum(knots, begin)
    share = np.diff(knots, axis=1) / (knots[:, -1:] - knots[:, :1])
    result: Floats = share @ np.tril(np.ones((k + 1, k + 1)))
    return result
