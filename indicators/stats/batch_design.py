"""Quasi-Poisson fits of thousands of series on one design, plain numpy.

``x`` has shape ``(n, p)`` and is shared; ``counts`` has shape ``(series, n)`` with nan where a
series has no value. The fit of one series is that of ``regression.poisson``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

_STEPS = 60
_SETTLED = 1e-11
_FAR = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFits:
    """Fits of many series; nan where nothing fits.

    Attributes:
        coef: log scale, shape ``(series, p)``.
        se: with the dispersion, at least 1, shape ``(series, p)``.
        dispersion: as estimated, shape ``(series,)``.
        df: points minus p, shape ``(series,)``.
        good: a single finite estimate was found.
    """

    coef: Floats
    se: Floats
    dispersion: Floats
    df: Floats
    good: Marks


def quasi_poisson_design(
    x: Floats, counts: Floats, population: Floats | None = None
) -> DesignFits:
    """Quasi-Poisson regression of every series on one design.

    Args:
        x: full rank; the first column is the constant.
        counts: 0 or more, nan where missing.
        population: exposure, shape of ``counts`` or ``(n,)``; None for no offset.
    """
    exposure = np.broadcast_to(1.0 if population is None else population, counts.shape)
    here = np.isfinite(counts) & np.isfinite(exposure) & (exposure > 0)
    y, offset = np.where(here, counts, 0.0), np.where(here, exposure, 0.0)
    products = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    n, p = here.sum(axis=1), x.shape[1]
    full = (y.sum(axis=1) > 0) & (n > p) & _is_regular(here.astype(np.float64), products, p)
    coef, good = _newton(x, products, y, offset, full)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        mean = offset * np.exp(np.clip(coef @ x.T, -_FAR, _FAR))
        pearson = np.where(here, (y - mean) ** 2 / np.where(mean > 0, mean, 1.0), 0.0).sum(axis=1)
        df = (n - p).astype(np.float64)
        dispersion = pearson / df
    good = good & _is_regular(mean, products, p)
    bread = _inverse(mean, products, p, good)
    se = np.sqrt(bread * np.maximum(dispersion, 1.0)[:, None])
    blank = ~good
    coef[blank], dispersion[blank] = np.nan, np.nan
    return DesignFits(coef=coef, se=se, dispersion=dispersion, df=df, good=good)


def _is_regular(weights: Floats, products: Floats, p: int) -> Marks:
    """Whether the columns are independent under the weights."""
    gram = (weights @ products).reshape(-1, p, p)
    size = np.sqrt(np.maximum(gram[:, np.arange(p), np.arange(p)], 1e-300))
    scaled = gram / (size[:, :, None] * size[:, None, :])
    regular: Marks = np.linalg.eigvalsh(scaled)[:, 0] > 1e-11
    return regular


def _inverse(mean: Floats, products: Floats, p: int, good: Marks) -> Floats:
    """Diagonals of the inverse information."""
    result = np.full((len(mean), p), np.nan)
    if good.any():
        gram = (mean[good] @ products).reshape(-1, p, p)
        inverse = np.linalg.inv(gram)
        result[good] = np.maximum(inverse[:, np.arange(p), np.arange(p)], 0.0)
    return result


def _newton(
    x: Floats, products: Floats, y: Floats, offset: Floats, usable: Marks
) -> tuple[Floats, Marks]:
    p = x.shape[1]
    coef = np.zeros((len(y), p))
    good = np.zeros(len(y), dtype=bool)
    left = np.flatnonzero(usable)
    coef[left, 0] = np.log(y[left].sum(axis=1) / offset[left].sum(axis=1))
    for _ in range(_STEPS):
        if left.size == 0:
            break
        ys, es, b = y[left], offset[left], coef[left]
        mean = es * np.exp(np.clip(b @ x.T, -_FAR, _FAR))
        gram = (mean @ products).reshape(-1, p, p)
        scale = gram[:, np.arange(p), np.arange(p)].max(axis=1)
        gram = gram + 1e-13 * scale[:, None, None] * np.eye(p)
        step = np.linalg.solve(gram, ((ys - mean) @ x)[..., None])[..., 0]
        size = np.abs(step @ x.T).max(axis=1)
        # a long step from a flat start can overshoot
        coef[left] = b + step * np.minimum(1.0, 3.0 / np.maximum(size, 1e-300))[:, None]
        settled = size < _SETTLED
        good[left[settled]] = True
        left = left[~settled & (np.abs(coef[left]).max(axis=1) < _FAR)]
    return coef, good
