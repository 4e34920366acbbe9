"""Adjusted p-values of many series looked at together, in the order given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bonferroni(p: Floats) -> Floats:
    """Each p times the number of tests, at most 1."""
    return np.minimum(p * p.size, 1.0)


def holm(p: Floats) -> Floats:
    """Step-down adjustment. Source: Holm (1979), Scand. J. Stat. 6."""
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * (p.size - np.arange(p.size)))
    return _restored(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p: Floats) -> Floats:
    """False discovery rate. Source: Benjamini and Hochberg (1995), JRSS B 57."""
    return _step_up(p, 1.0)


def benjamini_yekutieli(p: Floats) -> Floats:
    """False discovery rate under any dependence. Source: Ann. Stat. 29 (2001)."""
    return _step_up(p, float((1 / np.arange(1, p.size + 1)).sum()))


def _step_up(p: Floats, factor: float) -> Floats:
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size * factor / np.arange(1, p.size + 1)
    stepped = np.minimum.accumulate(scaled[::-1])[::-1]
    return _restored(np.minimum(stepped, 1.0), order)


def _restored(values: Floats, order: NDArray[np.intp]) -> Floats:
    result = np.empty_like(values)
    result[order] = values
    return result
