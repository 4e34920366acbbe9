"""Run-off triangle: from the outcomes of a group so far to those it will have in the end.

Rows are groups that began in one period, columns are the periods since then, and cells count the
outcomes up to then. Old groups are complete; recent ones are known for the first columns only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_
from indicators.model.results import Interval, Refusal

Floats = NDArray[np.float64]

MIN_COMPLETE = 3
"""Fewer complete groups say too little about the pace."""
MIN_OUTCOMES = 20
"""Fewer outcomes in the complete groups say too little about the pace."""
MIN_SPARE = 3
"""With fewer spare cells the pace is taken to vary by chance alone."""
DRAWS = 4000
SEED = 20_040_105
"""Fixed: equal counts give equal ranges on every run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast outcomes come, learnt from the groups that are known.

    Attributes:
        seen: outcomes up to column k in all groups known one column further, shape ``(K - 1,)``.
        later: outcomes of the same groups up to column k + 1.
        dispersion: how much more the groups vary than by chance alone; at least 1.
        complete: how many groups are known to the last column.
    """

    seen: Floats
    later: Floats
    dispersion: float
    complete: int

    @property
    def kept(self) -> Floats:
        """Share of the outcomes up to k + 1 that had come up to k; the inverse link ratios."""
        return self.seen / self.later

    def share_so_far(self, column: int) -> float:
        """Share of all outcomes that have come up to a column."""
        return float(np.prod(self.kept[column:]))


def is_sound(row: Floats, size: float) -> bool:
    """Whether the counts of a group never fall and never exceed the group."""
    known = row[~np.isnan(row)]
    return bool((np.diff(known) >= 0).all() and (known.size == 0 or known[-1] <= size))


def pace(triangle: Floats) -> Pace | Refusal:
    """The pace of a triangle by the chain-ladder rule.

    Equation: kept_k = sum_c C(c, k) / sum_c C(c, k + 1) over the groups c known in both columns.
    Dispersion: Pearson chi-square of C(c, k) as a binomial part of C(c, k + 1), over its degrees
    of freedom.

    Args:
        triangle: counts up to each column, nan where not known, shape ``(groups, K)``.

    Returns:
        The pace; or a Refusal with too few complete groups or outcomes.

    Source: Mack (1993), ASTIN Bulletin 23; Kalbfleisch and Lawless (1989), J. Am. Stat. Assoc. 84
    (the same estimate as a hazard in reverse time).
    """
    complete = ~np.isnan(triangle).any(axis=1)
    outcomes = float(triangle[complete, -1].sum())
    if int(complete.sum()) < MIN_COMPLETE:
        return Refusal(
            code="few_complete_cohorts",
            text=C_(
                "Only {found} group has been followed to the end; a projection needs {needed}.",
                "Only {found} groups have been followed to the end; a projection needs {needed}.",
                by="found",
            ),
            found=int(complete.sum()),
            needed=MIN_COMPLETE,
        )
    if outcomes < MIN_OUTCOMES:
        return Refusal(
            code="few_outcomes",
            text=C_(
                "The groups followed to the end have only {found} outcome; a projection needs "
                "{needed}.",
                "The groups followed to the end have only {found} outcomes; a projection needs "
                "{needed}.",
                by="found",
            ),
            found=outcomes,
            needed=MIN_OUTCOMES,
        )
    both = ~np.isnan(triangle[:, :-1]) & ~np.isnan(triangle[:, 1:])
    early, late = (np.where(both, part, 0.0) for part in (triangle[:, :-1], triangle[:, 1:]))
    seen, later = early.sum(axis=0), late.sum(axis=0)
    # a column without any outcome yet keeps nothing and loses nothing
    later = np.where(later > 0, later, 1.0)
    seen = np.where(late.sum(axis=0) > 0, seen, 1.0)
    return Pace(
        seen=seen,
        later=later,
        dispersion=_dispersion(early, late, seen / later),
        complete=int(complete.sum()),
    )


def _dispersion(early: Floats, late: Floats, kept: Floats) -> float:
    variance = late * kept * (1 - kept)
    used = variance > 0
    spare = int(used.sum()) - int(used.any(axis=0).sum())
    if spare < MIN_SPARE:
        return 1.0
    chi2 = ((early - late * kept) ** 2)[used] / variance[used]
    return max(1.0, float(chi2.sum()) / spare)


def projected(
    known: Pace, outcomes: float, column: int, size: float, level: float = 0.95
) -> Interval | Refusal:
    """The share of a group that will have the outcome in the end.

    Equation: C / (size x share so far), never above 1. Range: where the final share will lie,
    from draws of the pace (binomial parts with Jeffreys' prior) and of the outcomes still to come
    (negative binomial, given those so far), both widened by the dispersion. The lower limit takes
    the outcomes so far as they are and the upper limit one more, as exact limits of counts do.
    Assumes that the pace stays as it was.

    Args:
        known: result of ``pace``.
        outcomes: outcomes of the group so far, up to ``column``.
        column: last column known, from 0.
        size: members of the group.
        level: confidence level.

    Returns:
        Shares 0-1; or a Refusal when nothing has happened that could be projected.
    """
    so_far = known.share_so_far(column)
    if outcomes <= 0 or so_far <= 0:
        return Refusal(
            code="nothing_to_project",
            text=N_("No outcome has come yet, so there is nothing to project from."),
        )
    draw = np.random.default_rng([SEED, int(outcomes), column, int(size)])
    scale = known.dispersion
    seen, later = known.seen[column:], known.later[column:]
    parts = draw.beta(seen / scale + 0.5, (later - seen) / scale + 0.5, size=(DRAWS, seen.size))
    chance = np.clip(parts.prod(axis=1), 1e-6, 1.0)
    tail = (1 - level) / 2
    limits = [
        float(
            np.quantile(
                np.minimum(outcomes + scale * draw.negative_binomial(base / scale, chance), size),
                quantile,
            )
        )
        for base, quantile in ((outcomes, tail), (outcomes + 1, 1 - tail))
    ]
    return Interval(
        estimate=min(outcomes / so_far, size) / size,
        low=limits[0] / size,
        high=limits[1] / size,
        level=level,
    )
