"""A composite index with every choice made again: scales, means, weights, one member left out.

Units are periods of one area, or regions of one country in one period. Scores run from 0 to 100.
Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.composite.aggregate import arithmetic, geometric
from indicators.composite.normalise import Goal, Scale, baseline, scores

Floats = NDArray[np.float64]
Normalisation = Literal["goalposts", "baseline", "minmax", "zscore", "rank"]
Aggregation = Literal["arithmetic", "geometric"]

NORMALISATIONS: tuple[Normalisation, ...] = ("goalposts", "baseline", "minmax", "zscore", "rank")
AGGREGATIONS: tuple[Aggregation, ...] = ("arithmetic", "geometric")
MOVING: frozenset[Normalisation] = frozenset(("minmax", "zscore", "rank"))
"""Scales on which the score of one unit moves when others are added."""
STEP = 0.25
"""Each weight is tried a quarter larger and a quarter smaller."""
TAIL = 0.05
MOST_MEMBERS = 12
_REACH_OF_Z = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One member of an index.

    Attributes:
        code: indicator or input.
        values: one a unit, nan where not known.
        low, high: ends of the range of each value; equal where there is none.
        sign: 1 when higher is better, -1 when lower is better.
        weight: above 0.
        pillar: members of one pillar are put together first.
        posts: fixed values that mean 0 and 100 points, or None.
    """

    code: str
    values: Floats
    low: Floats
    high: Floats
    sign: int = 1
    weight: float = 1.0
    pillar: str = ""
    posts: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The index under one set of choices.

    Attributes:
        normalisation, aggregation: of the run.
        weights: ``given``, ``equal``, or the member whose weight was changed with its sign.
        left_out: member left out, or empty.
        scores: one a unit, nan where not scored.
    """

    normalisation: Normalisation
    aggregation: Aggregation
    weights: str
    left_out: str
    scores: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index with its runs.

    Attributes:
        scores: under the choices asked for, one a unit.
        low, high: 5 to 95 percent of the runs on the same scale.
        worst, best: score when every member lies at the bad, or the good, end of its range.
        present: part of the weight that is known.
        members: scores of the members, shape ``(member, unit)``.
        runs: every run, the one asked for first.
        first_order, total: share of the variance over all runs that each choice explains alone,
            and with the others; exact, because all combinations were run.
        alpha: Cronbach's alpha of each pillar with two or more members.
        correlations: Spearman's correlation of the members, shape ``(member, member)``.
        rank_low, rank_high: 5 to 95 percent of the ranks over all runs, 1 the best.
    """

    scores: Floats
    low: Floats
    high: Floats
    worst: Floats
    best: Floats
    present: Floats
    members: Floats
    runs: tuple[Run, ...]
    first_order: dict[str, float]
    total: dict[str, float]
    alpha: dict[str, float]
    correlations: Floats
    rank_low: Floats
    rank_high: Floats

    def take(self, keep: NDArray[np.bool_]) -> Index:
        """The index at some of its units; nothing is computed again."""
        arrays = ("scores", "low", "high", "worst", "best", "present", "rank_low", "rank_high")
        return replace(
            self,
            members=self.members[:, keep],
            runs=tuple(replace(run, scores=run.scores[keep]) for run in self.runs),
            **{name: getattr(self, name)[keep] for name in arrays},
        )

    def agreement(self) -> float | None:
        """Share of all runs in which the last scored unit lies on the same side of the first."""
        known = np.flatnonzero(~np.isnan(self.scores))
        if known.size < 2:
            return None
        first, last = int(known[0]), int(known[-1])
        side = np.sign(self.scores[last] - self.scores[first])
        changes = np.array([run.scores[last] - run.scores[first] for run in self.runs])
        changes = changes[~np.isnan(changes)]
        return float((np.sign(changes) == side).mean()) if changes.size else None


def normalised(component: Component, how: Normalisation, values: Floats | None = None) -> Floats:
    """Scores 0-100 of one member; nan where not known or where the scale has no meaning.

    Args:
        component: the member.
        how: ``goalposts`` (between fixed values), ``baseline`` (50 is the mean of the first three),
            ``minmax``, ``zscore`` (three standard deviations are 50 points) or ``rank``.
        values: other values on the scale of the member's own, such as the ends of ranges.
    """
    own = component.values
    shown = own if values is None else values
    low, high = component.posts or (np.nan, np.nan)
    if how == "baseline":
        goal = Goal(sign=component.sign, floor=low, ceiling=high)
        return scores(shown, baseline(own), goal, Scale.REACH)
    if how == "goalposts":
        moved = (shown - low) / (high - low)
    elif how == "minmax":
        least, span = _least(own), _span(own)
        moved = (shown - least) / span if span > 0 else np.where(np.isnan(shown), np.nan, 0.5)
    elif how == "zscore":
        moved = 0.5 + _z(shown, own) / (2 * _REACH_OF_Z)
    else:
        moved = _rank_share(shown, own)
    moved = np.clip(moved, 0.0, 1.0)
    return np.asarray(100 * (moved if component.sign > 0 else 1 - moved))


def _least(values: Floats) -> float:
    return float(np.nanmin(values)) if not np.isnan(values).all() else np.nan


def _span(values: Floats) -> float:
    return float(np.nanmax(values)) - _least(values) if not np.isnan(values).all() else 0.0


def _z(shown: Floats, own: Floats) -> Floats:
    known = own[~np.isnan(own)]
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    if spread == 0:
        return np.where(np.isnan(shown), np.nan, 0.0)
    return np.asarray((shown - known.mean()) / spread)


def _rank_share(shown: Floats, own: Floats) -> Floats:
    """Share of the other known values below, equal ones half."""
    known = own[~np.isnan(own)]
    if known.size < 2:
        return np.where(np.isnan(shown), np.nan, 0.5)
    below = (known[None, :] < shown[:, None]).sum(axis=1)
    same = (known[None, :] == shown[:, None]).sum(axis=1)
    place = below + np.maximum(same - 1, 0) / 2
    return np.where(np.isnan(shown), np.nan, place / (known.size - 1))


def combined(members: Floats, weights: Floats, pillars: Sequence[str], how: Aggregation) -> Floats:
    """Members put together: the mean inside each pillar, then ``how`` between the pillars.

    With one pillar ``how`` is the mean of its members. Two thirds of the weight must be known, in
    each pillar and between them; else there is no score.

    Args:
        members: scores of shape ``(member, unit)``.
        weights: shape ``(member,)``; 0 leaves a member out.
        pillars: one name a member.
        how: a geometric mean does not let a strong pillar make up for a weak one.
    """
    mean = geometric if how == "geometric" else arithmetic
    names = [name for name in dict.fromkeys(pillars) if weights[_of(pillars, name)].sum() > 0]
    if len(names) < 2:
        return mean(members[weights > 0], weights[weights > 0])
    rows = [arithmetic(members[_of(pillars, name)], weights[_of(pillars, name)]) for name in names]
    sums = np.array([weights[_of(pillars, name)].sum() for name in names])
    return mean(np.array(rows), sums)


def _of(pillars: Sequence[str], name: str) -> NDArray[np.bool_]:
    return np.array([pillar == name for pillar in pillars])


def index(
    components: Sequence[Component],
    *,
    normalisation: Normalisation,
    aggregation: Aggregation,
    others: Sequence[Normalisation] = (),
    ranked: NDArray[np.bool_] | None = None,
) -> Index:
    """The index under the choices asked for, and under every combination of the others.

    Args:
        components: at least two, at most twelve, of the same units.
        normalisation: the scale asked for.
        aggregation: the mean asked for.
        others: further scales that are tried; those without a meaning here stay away.
        ranked: units that get a place; None for all.
    """
    scales = list(dict.fromkeys((normalisation, *others)))
    by_scale = {how: np.array([normalised(c, how) for c in components]) for how in scales}
    means = sorted(AGGREGATIONS, key=lambda how: how != aggregation)
    runs = tuple(_runs(components, by_scale, means))
    own = runs[0].scores
    low, high = _limits([run.scores for run in runs if run.normalisation == normalisation])
    first_order, total = variance_shares(runs)
    all_ranked = np.ones(own.size, dtype=bool) if ranked is None else ranked
    ranks = np.array([_ranks(np.where(all_ranked, run.scores, np.nan)) for run in runs])
    rank_low, rank_high = _limits(list(ranks))
    worst, best = _ends(components, normalisation, aggregation)
    return Index(
        scores=own,
        low=np.fmin(low, own),
        high=np.fmax(high, own),
        worst=np.fmin(worst, own),
        best=np.fmax(best, own),
        present=_present(by_scale[normalisation], components),
        members=by_scale[normalisation],
        runs=runs,
        first_order=first_order,
        total=total,
        alpha=_alphas(by_scale[normalisation], components),
        correlations=_correlations(by_scale[normalisation]),
        rank_low=np.floor(rank_low),
        rank_high=np.ceil(rank_high),
    )


def _present(members: Floats, components: Sequence[Component]) -> Floats:
    weights = np.array([c.weight for c in components])
    return np.asarray((~np.isnan(members) * weights[:, None]).sum(axis=0) / weights.sum())


def _ends(
    components: Sequence[Component], normalisation: Normalisation, aggregation: Aggregation
) -> tuple[Floats, Floats]:
    weights = np.array([c.weight for c in components])
    pillars = [c.pillar for c in components]
    made = []
    for good in (False, True):
        ends = [c.high if (c.sign > 0) == good else c.low for c in components]
        rows = [normalised(c, normalisation, end) for c, end in zip(components, ends, strict=True)]
        made.append(combined(np.array(rows), weights, pillars, aggregation))
    return made[0], made[1]


def weight_sets(components: Sequence[Component]) -> dict[str, Floats]:
    """The weights asked for, equal ones, and each a quarter larger and smaller."""
    given = np.array([c.weight for c in components], dtype=np.float64)
    found = {"given": given, "equal": np.ones_like(given)}
    for i, component in enumerate(components):
        for sign, factor in (("+", 1 + STEP), ("-", 1 - STEP)):
            changed = given.copy()
            changed[i] *= factor
            found[f"{component.code}{sign}"] = changed
    return found


def _runs(
    components: Sequence[Component],
    by_scale: dict[Normalisation, Floats],
    means: Sequence[Aggregation],
) -> Iterator[Run]:
    pillars = [c.pillar for c in components]
    codes = [c.code for c in components]
    dropped = ("", *codes) if len(codes) > 2 else ("",)
    for how, mean, (name, weights), out in product(
        by_scale, means, weight_sets(components).items(), dropped
    ):
        kept = np.array([0.0 if code == out else 1.0 for code in codes]) * weights
        yield Run(
            normalisation=how,
            aggregation=mean,
            weights=name,
            left_out=out,
            scores=combined(by_scale[how], kept, pillars, mean),
        )


def _limits(rows: Sequence[Floats]) -> tuple[Floats, Floats]:
    table = np.array(rows)
    known = ~np.isnan(table).all(axis=0)
    low, high = (np.full(table.shape[1], np.nan) for _ in range(2))
    if known.any():
        low[known], high[known] = np.nanquantile(table[:, known], [TAIL, 1 - TAIL], axis=0)
    return low, high


def _ranks(values: Floats) -> Floats:
    """1 for the best; equal scores share the better rank; nan without a score."""
    above = (values[None, :] > values[:, None] + 1e-9).sum(axis=1)
    return np.where(np.isnan(values), np.nan, above + 1.0)


FACTORS = ("normalisation", "aggregation", "weights", "left_out")


def variance_shares(runs: Sequence[Run]) -> tuple[dict[str, float], dict[str, float]]:
    """How much of the differences between runs each choice explains, averaged over the units.

    Equation (Sobol): first order V(E(y | x_i)) / V(y), total E(V(y | all but x_i)) / V(y), exact
    over the full set of combinations. Nothing where all runs are alike.
    """
    table = np.array([run.scores for run in runs])
    table = table[:, ~np.isnan(table).any(axis=0)]
    variance = float(table.var(axis=0).sum()) if table.size else 0.0
    if variance < 1e-12:
        return {}, {}
    levels = np.array([[getattr(run, factor) for factor in FACTORS] for run in runs])
    first, total = {}, {}
    for i, factor in enumerate(FACTORS):
        rest = [column for column in range(len(FACTORS)) if column != i]
        first[factor] = _between(table, levels[:, [i]]) / variance
        total[factor] = 1 - _between(table, levels[:, rest]) / variance
    return first, total


def _between(table: Floats, levels: NDArray[np.str_]) -> float:
    """Variance of the means of the groups of runs that share their levels, over all units."""
    _names, group = np.unique(levels, axis=0, return_inverse=True)
    group = group.reshape(-1)
    size = np.bincount(group)
    sums = np.zeros((size.size, table.shape[1]))
    np.add.at(sums, group, table)
    means = sums / size[:, None]
    gaps = (means - table.mean(axis=0)) ** 2
    return float((gaps * size[:, None]).sum() / len(table))


def _alphas(members: Floats, components: Sequence[Component]) -> dict[str, float]:
    """Cronbach's alpha: k / (k - 1) (1 - sum of the variances / variance of the sum)."""
    pillars = [c.pillar for c in components]
    found = {}
    for name in dict.fromkeys(pillars):
        rows = members[_of(pillars, name)]
        rows = rows[:, ~np.isnan(rows).any(axis=0)]
        k = len(rows)
        if k < 2 or rows.shape[1] < 3:
            continue
        whole = float(rows.sum(axis=0).var(ddof=1))
        if whole > 0:
            found[name] = k / (k - 1) * (1 - float(rows.var(axis=1, ddof=1).sum()) / whole)
    return found


def _correlations(members: Floats) -> Floats:
    """Spearman's correlation of each pair over the units that both know; nan below four."""
    k = len(members)
    found = np.full((k, k), np.nan)
    for i, j in product(range(k), range(k)):
        both = ~np.isnan(members[i]) & ~np.isnan(members[j])
        if both.sum() < 4:
            continue
        a, b = (_average_ranks(row[both]) for row in (members[i], members[j]))
        if a.std() > 0 and b.std() > 0:
            found[i, j] = float(np.corrcoef(a, b)[0, 1])
    return found


def _average_ranks(values: Floats) -> Floats:
    below = (values[None, :] < values[:, None]).sum(axis=1)
    same = (values[None, :] == values[:, None]).sum(axis=1)
    return np.asarray(below + (same + 1) / 2, dtype=np.float64)
