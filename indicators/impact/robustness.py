"""How much an effect owes to its date and to single points: false dates, one point left out."""

from __future__ import annotations

import numpy as np

from indicators.impact.plan import LEVEL, Plan, length_refusal, season_of
from indicators.impact.segmented import SegmentedFit, fit_plan
from indicators.model.results import Placebo, Refusal
from indicators.stats.limits import LENGTHS


def placebos(plan: Plan, level: float) -> tuple[Placebo, ...]:
    """The jump at every admissible false date of the time before the event.

    Only points before the event are used, so a real effect cannot leak in. A date is admissible
    when the length table allows the same design around it.
    """
    early = plan.take(~plan.post)
    if early.points.n == 0:
        return ()
    need = LENGTHS["level_slope" if plan.slope else "level"]
    if plan.season and not season_of(early.points):
        return ()
    found = []
    for index in range(need.before, early.points.n - need.after + 1):
        trial = early.moved(float(early.points.time[index]))
        if length_refusal(trial) is not None:
            continue
        fit = fit_plan(trial)
        if isinstance(fit, Refusal):
            continue
        jump = fit.column(LEVEL, level)
        found.append(
            Placebo(
                start=early.points.periods[index],
                estimate=jump.estimate,
                low=jump.low,
                high=jump.high,
            )
        )
    return tuple(found)


def placebo_share(found: tuple[Placebo, ...], effect: float) -> float:
    """Share of the false dates with a jump at least as far from none as the real one.

    The real date counts among them, so the share is never 0.
    """
    far = sum(abs(item.estimate) >= abs(effect) for item in found)
    return (1 + far) / (1 + len(found))


def leave_one_out(fit: SegmentedFit) -> tuple[float, float] | None:
    """Lowest and highest jump when one point is left out, as shown."""
    plan = fit.plan
    keep = np.ones(plan.points.n, dtype=bool)
    results = []
    for i in range(plan.points.n):
        keep[i] = False
        part = plan.take(keep)
        keep[i] = True
        if not part.post.any() or part.post.all():
            continue
        other = fit_plan(part)
        if not isinstance(other, Refusal):
            results.append(other.shown(float(other.coef[LEVEL])))
    return (min(results), max(results)) if results else None
