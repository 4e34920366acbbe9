"""Which terms of two lists a model keeps: all sets of terms, or forward steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.model.tables import ListTable
from indicators.prevalence.model import Fits, Floats, Frame, Marks, all_terms, fit_many

Criterion = Literal["aic", "bic_cells", "bic_cases"]

EXHAUSTIVE_TO = 5
"""Up to this many lists every set of terms is tried (1,024 sets for five)."""
NEAR = 2.0
"""Models within this much of the smallest AIC are told apart by nobody."""


def weight_of(criterion: Criterion, frame: Frame, observed: float) -> float:
    """What one parameter costs."""
    if criterion == "aic":
        return 2.0
    return float(np.log(len(frame.x) if criterion == "bic_cells" else observed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The models that were tried.

    Attributes:
        terms: pairs with a term, one row a model.
        fits: of these models, in the same order.
        best: row of the chosen one; None when no model is ok.
        order: pairs in the order of entry (forward), else empty.
        is_complete: every set of terms was tried.
    """

    terms: Marks
    fits: Fits
    best: int | None
    order: tuple[int, ...] = ()
    is_complete: bool = False

    @property
    def near(self) -> NDArray[np.intp]:
        """Rows within ``NEAR`` of the smallest AIC."""
        aic = self.fits.aic
        return np.flatnonzero(aic <= aic.min() + NEAR) if np.isfinite(aic).any() else _NONE


_NONE = np.zeros(0, dtype=np.intp)


def _repeated(table: ListTable, times: int) -> Floats:
    return np.broadcast_to(table.counts, (times, table.counts.size))


def exhaustive(frame: Frame, table: ListTable, criterion: Criterion = "aic") -> Search:
    """All sets of terms; the best by the criterion, the smaller one when equal."""
    terms = all_terms(len(frame.pairs))
    fits = fit_many(frame, _repeated(table, len(terms)), terms)
    return Search(
        terms=terms, fits=fits, best=best_of(frame, table, fits, criterion), is_complete=True
    )


def best_of(frame: Frame, table: ListTable, fits: Fits, criterion: Criterion) -> int | None:
    """Row of the model with the smallest criterion, or None when no model is ok."""
    values = fits.criterion(weight_of(criterion, frame, table.observed))
    if not np.isfinite(values).any():
        return None
    return int(np.lexsort((fits.parameters, np.round(values, 9)))[0])


def forward(frame: Frame, table: ListTable, criterion: Criterion = "aic") -> Search:
    """From independence, the term that lowers the criterion most, until none does.

    All models that were tried on the way are in the result.
    """
    weight = weight_of(criterion, frame, table.observed)
    tried = [np.zeros((1, len(frame.pairs)), dtype=bool)]
    found = [fit_many(frame, _repeated(table, 1), tried[0])]
    best, value = 0, float(found[0].criterion(weight)[0])
    order: list[int] = []
    base = tried[0][0]
    while not base.all():
        candidates = np.flatnonzero(~base)
        steps = np.repeat(base[None, :], candidates.size, axis=0)
        steps[np.arange(candidates.size), candidates] = True
        fits = fit_many(frame, _repeated(table, len(steps)), steps)
        values = fits.criterion(weight)
        i = int(np.argmin(values))
        done = sum(len(part) for part in tried)
        tried.append(steps)
        found.append(fits)
        if not values[i] < value:
            break
        best, value, base = done + i, float(values[i]), steps[i]
        order.append(int(candidates[i]))
    return Search(
        terms=np.vstack(tried),
        fits=joined(found),
        best=best if np.isfinite(value) else None,
        order=tuple(order),
    )


def joined(parts: list[Fits]) -> Fits:
    """The fits of several calls, one after the other."""
    names = Fits.__slots__
    return Fits(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


def search(frame: Frame, table: ListTable, criterion: Criterion = "aic") -> Search:
    """All sets of terms up to five lists, forward steps beyond."""
    if len(table.lists) <= EXHAUSTIVE_TO:
        return exhaustive(frame, table, criterion)
    return forward(frame, table, criterion)
