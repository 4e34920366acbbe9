"""Log-linear models of overlapping lists: main effects and terms of two lists, fitted together.

Equation: log E(count of a pattern) = b0 + sum of b_j over its lists + sum of c_jk over the pairs
of its lists that have a term. exp(b0) is the number expected on no list.

A term whose two lists share nobody has the estimate minus infinity: its patterns are taken out
and it still counts as a parameter (Chan, Silverman and Vincent 2021, J. Am. Stat. Assoc. 116).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from indicators.model.tables import ListTable

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

_STEPS = 200
_SETTLED = 1e-10
_HALVINGS = 25
_CERTAIN = 1e-5
"""A fitted table with no mean below this is itself the proof that the fit exists."""
_FAR = 60.0
_RUNNING = 28.0
"""A coefficient beyond this runs to infinity: no count of persons needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all models of one set of lists share.

    Attributes:
        lists: names.
        patterns: shape ``(cells, t)``.
        pairs: indices of the two lists of each possible term, in column order.
        x: constant, lists, pairs; shape ``(cells, 1 + t + pairs)``.
        products: products of the columns of ``x``, shape ``(cells, p * p)``.
    """

    lists: tuple[str, ...]
    patterns: Marks
    pairs: tuple[tuple[int, int], ...]
    x: Floats
    products: Floats

    @classmethod
    def of(cls, table: ListTable) -> Frame:
        """The frame of a table's lists."""
        patterns = table.patterns
        pairs = tuple(combinations(range(len(table.lists)), 2))
        both = [patterns[:, a] & patterns[:, b] for a, b in pairs]
        x = np.column_stack([np.ones(len(patterns)), patterns, *both]).astype(np.float64)
        products = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
        return cls(lists=table.lists, patterns=patterns, pairs=pairs, x=x, products=products)

    @property
    def first_pair(self) -> int:
        """Column of the first pair."""
        return 1 + len(self.lists)

    def overlaps(self, counts: Floats) -> Floats:
        """Persons on both lists of each pair, for each row of counts."""
        return counts @ self.x[:, self.first_pair :]

    def names(self, terms: Marks) -> tuple[str, ...]:
        """Terms as ``A*B``, in column order."""
        return tuple(
            f"{self.lists[a]}*{self.lists[b]}"
            for (a, b), chosen in zip(self.pairs, terms, strict=True)
            if chosen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Many fitted models; every array begins with the axis of the models.

    Attributes:
        ok: the estimate exists and is the only one.
        exists: the likelihood has a maximum; where False the others are nan.
        identified: the maximum is the only one.
        unseen: exp(b0), persons on no list.
        b0, se: of the constant.
        loglik: with the logarithms of the factorials.
        parameters: emptied terms count.
        empty: terms whose two lists share nobody.
    """

    ok: Marks
    exists: Marks
    identified: Marks
    unseen: Floats
    b0: Floats
    se: Floats
    loglik: Floats
    parameters: NDArray[np.int64]
    empty: Marks

    @property
    def aic(self) -> Floats:
        """-2 log-likelihood + 2 parameters; infinite where the model is not ok."""
        return self.criterion(2.0)

    def criterion(self, weight: float) -> Floats:
        """-2 log-likelihood + weight x parameters; infinite where the model is not ok."""
        return np.where(self.ok, -2 * self.loglik + weight * self.parameters, np.inf)


def fit_many(frame: Frame, counts: Floats, terms: Marks, *, prove: bool = True) -> Fits:
    """The fits of many models, or of one model to many tables.

    Args:
        frame: of the lists.
        counts: shape ``(models, cells)``.
        terms: which pairs have a term, shape ``(models, pairs)``.
        prove: ask the linear program where the fit itself is no proof of existence; without it
            such models count as not existing.

    Returns:
        One entry a model. Fitted by Newton steps with halving; models of all sizes go together,
        columns that a model lacks being held at 0.
    """
    empty = terms & (frame.overlaps(counts) == 0)
    used = np.ones((len(counts), frame.x.shape[1]), dtype=bool)
    used[:, frame.first_pair :] = terms & ~empty
    removed = (empty.astype(np.float64) @ frame.x[:, frame.first_pair :].T) > 0
    cells = ~removed
    identified = _identified(frame, used, cells)
    coef, settled = _newton(frame, counts, used, cells)
    mean = np.where(cells, np.exp(np.clip(coef @ frame.x.T, -_FAR, _FAR)), 0.0)
    certain = settled & (np.where(cells, mean, np.inf).min(axis=1) > _CERTAIN)
    exists = certain.copy()
    if prove:
        for i in np.flatnonzero(~certain):
            exists[i] = _positive_table(frame.x[cells[i]][:, used[i]], counts[i, cells[i]])
    ok = exists & identified & settled
    inverse = _information_inverse(frame, mean, used, ok)
    return Fits(
        ok=ok,
        exists=exists,
        identified=identified,
        unseen=np.where(ok, np.exp(np.clip(coef[:, 0], -_FAR, _FAR)), np.nan),
        b0=np.where(ok, coef[:, 0], np.nan),
        se=np.sqrt(inverse),
        loglik=np.where(ok, _loglik(counts, mean, constants=True), np.nan),
        parameters=1 + len(frame.lists) + terms.sum(axis=1),
        empty=empty,
    )


def _gram(frame: Frame, weights: Floats, used: Marks) -> Floats:
    """X'WX of each model; the rows and columns of unused columns are those of the unit matrix."""
    p = frame.x.shape[1]
    full = (weights @ frame.products).reshape(-1, p, p)
    both = used[:, :, None] & used[:, None, :]
    gram: Floats = np.where(both, full, 0.0)
    gram[:, np.arange(p), np.arange(p)] += ~used
    return gram


def _identified(frame: Frame, used: Marks, cells: Marks) -> Marks:
    """Whether the columns are independent on the patterns that are left."""
    smallest = np.linalg.eigvalsh(_gram(frame, cells.astype(np.float64), used))[:, 0]
    result: Marks = smallest > 1e-8
    return result


def _newton(frame: Frame, counts: Floats, used: Marks, cells: Marks) -> tuple[Floats, Marks]:
    start = np.where(cells, counts + 0.5, 0.0)
    target = np.where(cells, start * np.log(np.where(cells, start, 1.0)), 0.0)
    coef = _solved(_gram(frame, start, used), np.where(used, target @ frame.x, 0.0))
    settled = np.zeros(len(counts), dtype=bool)
    left = np.arange(len(counts))
    for _ in range(_STEPS):
        part = _Working(
            x=frame.x, counts=counts[left], cells=cells[left], used=used[left], coef=coef[left]
        )
        mean = part.mean(part.coef)
        step = _solved(_gram(frame, mean, part.used), part.gradient(mean))
        coef[left] = part.improved(step)
        size = np.abs(np.where(part.cells, step @ frame.x.T, 0.0)).max(axis=1)
        done = size < _SETTLED
        settled[left[done]] = True
        # a mean that runs to 0 never settles; the linear program decides on it
        left = left[~done & (np.abs(coef[left]).max(axis=1) < _RUNNING)]
        if left.size == 0:
            break
    return coef, settled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Working:
    """The models that have not settled yet."""

    x: Floats
    counts: Floats
    cells: Marks
    used: Marks
    coef: Floats

    def mean(self, coef: Floats) -> Floats:
        eta = np.clip(coef @ self.x.T, -_FAR, _FAR)
        return np.where(self.cells, np.exp(eta), 0.0)

    def gradient(self, mean: Floats) -> Floats:
        rest = np.where(self.cells, self.counts - mean, 0.0)
        return np.where(self.used, rest @ self.x, 0.0)

    def improved(self, step: Floats) -> Floats:
        """The coefficients after the step, halved until the likelihood does not fall."""
        before = _loglik(self.counts, self.mean(self.coef))
        size = np.ones((len(step), 1))
        for _ in range(_HALVINGS):
            after = _loglik(self.counts, self.mean(self.coef + size * step))
            worse = after < before - 1e-9 * (1 + np.abs(before))
            if not worse.any():
                break
            size[worse] /= 2
        return self.coef + size * step


def _solved(gram: Floats, gradient: Floats) -> Floats:
    """Newton steps; a trace on the diagonal keeps a flat direction from blowing up."""
    p = gram.shape[1]
    trace = 1e-13 * np.maximum(gram[:, np.arange(p), np.arange(p)].max(axis=1), 1.0)
    ridged = gram + trace[:, None, None] * np.eye(p)
    step: Floats = np.linalg.solve(ridged, gradient[..., None])[..., 0]
    return step


def _loglik(counts: Floats, mean: Floats, *, constants: bool = False) -> Floats:
    safe = np.where(mean > 0, mean, 1.0)
    total: Floats = (counts * np.log(safe) - mean).sum(axis=1)
    if constants:
        from scipy.special import gammaln

        total = total - gammaln(counts + 1).sum(axis=1)
    return total


def _information_inverse(frame: Frame, mean: Floats, used: Marks, ok: Marks) -> Floats:
    """Variance of the constant by the expected information."""
    variance = np.full(len(mean), np.nan)
    if ok.any():
        gram = _gram(frame, mean[ok], used[ok])
        first = np.zeros((int(ok.sum()), gram.shape[1]))
        first[:, 0] = 1.0
        variance[ok] = np.maximum(np.linalg.solve(gram, first[..., None])[:, 0, 0], 0.0)
    return variance


def _positive_table(x: Floats, counts: Floats) -> bool:
    """Whether a table without any 0 has the same sums as the counts (Fienberg and Rinaldo 2012).

    Linear program: the largest s such that m >= s and x'm = x'counts.
    """
    from indicators.stats.linear_program import largest_margin

    return largest_margin(x.T, x.T @ counts) > 1e-7


def all_terms(pairs: int) -> Marks:
    """Every set of terms, shape ``(2**pairs, pairs)``."""
    index = np.arange(2**pairs)
    return (index[:, None] >> np.arange(pairs) & 1).astype(bool)


def terms_of(frame: Frame, names: Sequence[str]) -> Marks:
    """The terms written ``A*B``; the order of the two lists does not matter.

    Raises:
        IndicatorsError: there is no such pair of lists.
    """
    from indicators.errors import N_, IndicatorsError

    known = {
        frozenset((frame.lists[a], frame.lists[b])): i for i, (a, b) in enumerate(frame.pairs)
    }
    marks = np.zeros(len(frame.pairs), dtype=bool)
    for name in names:
        pair = frozenset(part.strip() for part in name.split("*"))
        if pair not in known:
            raise IndicatorsError(
                N_("“{name}” is not a pair of lists."),
                hint=N_("Write two of these names with * between them: {lists}."),
                name=name,
                lists=", ".join(frame.lists),
            )
        marks[known[pair]] = True
    return marks
