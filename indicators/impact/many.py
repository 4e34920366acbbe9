"""One event over many series of counts, with control of false discoveries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.stats.batch_design import quasi_poisson_design
from indicators.stats.limits import LENGTHS, SPARE_POINTS
from indicators.stats.multiplicity import benjamini_hochberg, benjamini_yekutieli

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyImpacts:
    """Jumps of many series at one date, in percent; arrays of shape ``(series,)``.

    Attributes:
        estimate, low, high: jump in percent; nan where refused.
        p_value: of each alone.
        adjusted: p-value adjusted for all series looked at together.
        clear: the adjusted p-value is at most 1 - level.
        refused: too few points before, after or in all, or no finite estimate; not in the family.
        smallest_detectable: in percent.
        family_size: how many series were tested.
        level: confidence level.
    """

    estimate: Floats
    low: Floats
    high: Floats
    p_value: Floats
    adjusted: Floats
    clear: Marks
    refused: Marks
    smallest_detectable: Floats
    family_size: int
    level: float = 0.95


def interrupted_many(
    time: Floats,
    counts: Floats,
    start: float,
    *,
    population: Floats | None = None,
    pulses: Floats | None = None,
    level: float = 0.95,
    dependent: bool = False,
) -> ManyImpacts:
    """The jump of every series at one date, as the design ``interrupted`` with level only.

    Equation: log E(count) = a + b t + c post + log(population); dispersion at least 1.
    Adjusted by Benjamini and Hochberg, or by Benjamini and Yekutieli for any dependence.

    Args:
        time: ordinals, shape ``(n,)``.
        counts: shape ``(series, n)``, nan where missing; bounds are not known here.
        start: first ordinal with the event.
        population: shape of ``counts`` or ``(n,)``, or None.
        pulses: further columns of the design, shape ``(pulses, n)``: known short shocks.
        level: confidence level in (0, 1).
        dependent: adjust for any dependence between the series.
    """
    from scipy.stats import t as student

    post = time >= start
    shocks = [] if pulses is None else list(pulses)
    x = np.column_stack([np.ones(time.size), time - start, post.astype(np.float64), *shocks])
    fits = quasi_poisson_design(x, counts, population)
    here = np.isfinite(counts)
    need = LENGTHS["level"]
    before, after = here[:, ~post].sum(axis=1), here[:, post].sum(axis=1)
    points = max(need.points, x.shape[1] + SPARE_POINTS)
    enough = (before >= need.before) & (after >= need.after) & (before + after >= points)
    refused = ~(enough & fits.good & np.isfinite(fits.se[:, 2]) & (fits.df >= 1))
    jump = np.where(refused, np.nan, fits.coef[:, 2])
    se = np.where(refused, np.nan, fits.se[:, 2])
    df = np.where(refused, 1.0, fits.df)
    quantile = student.ppf((1 + level) / 2, df)
    p = np.where(refused, np.nan, 2 * student.sf(np.abs(jump / se), df))
    adjusted = np.full(p.shape, np.nan)
    adjust = benjamini_yekutieli if dependent else benjamini_hochberg
    adjusted[~refused] = adjust(p[~refused])
    with np.errstate(over="ignore", invalid="ignore"):
        reach = quantile + student.ppf(0.8, df)
        return ManyImpacts(
            estimate=100 * np.expm1(jump),
            low=100 * np.expm1(jump - quantile * se),
            high=100 * np.expm1(jump + quantile * se),
            p_value=p,
            adjusted=adjusted,
            clear=adjusted <= 1 - level,
            refused=refused,
            smallest_detectable=100 * np.expm1(reach * se),
            family_size=int((~refused).sum()),
            level=level,
        )
