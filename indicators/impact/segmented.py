"""Fit of a plan: quasi-Poisson for counts, least squares on logs or on the values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_
from indicators.impact.plan import LEVEL, SLOPE, Plan
from indicators.model.results import FittedPoint, Interval, Refusal
from indicators.stats.censored import poisson_interval
from indicators.stats.guards import no_convergence
from indicators.stats.intervals import student_p, student_quantile
from indicators.stats.regression import (
    bartlett,
    newey_west,
    newey_west_lag,
    ols,
    standard_errors,
)

Floats = NDArray[np.float64]

_POWER = 0.8
MIN_ROBUST_COUNTS = 60
"""Counts of at least so many points also get the Newey-West error; the larger one is kept.

Monthly counts whose neighbours are alike (lag-1 0.3) show false steps in 15 percent of series
without it. Shorter series say too little about dependence.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentedFit:
    """A fitted plan.

    Attributes:
        plan: what was fitted.
        coef: shape ``(p,)``; log scale but for the identity form.
        covariance: of the coefficients, already scaled.
        covariance_name: quasi-poisson, ols or hac (Newey-West).
        df: residual degrees of freedom.
        noise: dispersion (at least 1) of counts, else residual variance.
        residuals: Pearson or plain, in order of time.
        hat: leverages.
        raw_dispersion: not cut at 1; residual variance for the other forms.
    """

    plan: Plan
    coef: Floats
    covariance: Floats
    covariance_name: str
    df: int
    noise: float
    residuals: Floats
    hat: Floats
    raw_dispersion: float

    @property
    def is_log(self) -> bool:
        """Whether effects are ratios, shown in percent."""
        return self.plan.form != "identity"

    def shown(self, effect: float) -> float:
        """An effect as a person sees it: percent, or units of the series."""
        with np.errstate(over="ignore"):
            return float(100 * np.expm1(effect)) if self.is_log else float(effect)

    def interval(self, weights: Floats, level: float) -> Interval:
        """A linear combination of the coefficients as shown, with Student's t limits."""
        middle = float(weights @ self.coef)
        half = student_quantile(self.df, level) * _spread(weights, self.covariance)
        return Interval(
            estimate=self.shown(middle),
            low=self.shown(middle - half),
            high=self.shown(middle + half),
            level=level,
        )

    def column(self, index: int, level: float) -> Interval:
        """One coefficient as shown, with limits."""
        weights = np.zeros(self.coef.size)
        weights[index] = 1.0
        return self.interval(weights, level)

    def effect_after(self, periods: float, level: float) -> Interval:
        """The effect that many periods after the first one with the event."""
        weights = np.zeros(self.coef.size)
        weights[LEVEL] = 1.0
        if self.plan.slope:
            weights[SLOPE] = periods
        return self.interval(weights, level)

    @property
    def p_value(self) -> float:
        """Two-sided p of the jump."""
        se = float(standard_errors(self.covariance)[LEVEL])
        if se < 1e-12:
            return 1.0 if abs(self.coef[LEVEL]) < 1e-12 else 0.0
        return student_p(float(self.coef[LEVEL]) / se, self.df)

    def smallest_detectable(self, level: float) -> float:
        """The jump that a series this noisy shows in four of five tries, as shown."""
        reach = student_quantile(self.df, level) + student_quantile(self.df, 2 * _POWER - 1)
        return self.shown(reach * float(standard_errors(self.covariance)[LEVEL]))


def _spread(weights: Floats, covariance: Floats) -> float:
    return float(np.sqrt(max(float(weights @ covariance @ weights), 0.0)))


def fit_plan(plan: Plan) -> SegmentedFit | Refusal:
    """The fit of a plan, or a refusal when the likelihood has no maximum."""
    return _count_fit(plan) if plan.form == "count" else _value_fit(plan)


def _count_fit(plan: Plan) -> SegmentedFit | Refusal:
    x = plan.matrix()
    fit = poisson_interval(plan.points.low, plan.points.high, x, plan.exposure)
    if not fit.converged:
        return no_convergence()
    if fit.df < 1:
        return Refusal(
            code="too_few_exact",
            text=C_(
                "Only {found} exact value: too few for this model; {needed} would be enough.",
                "Only {found} exact values: too few for this model; {needed} would be enough.",
                by="found",
            ),
            found=fit.df + x.shape[1],
            needed=x.shape[1] + 1,
        )
    noise = max(fit.dispersion, 1.0)
    plain = fit.covariance(noise)
    scores = x * (fit.y - fit.mean)[:, None]
    robust = _robust(fit.bread, scores, fit.df) if plan.points.n >= MIN_ROBUST_COUNTS else plain
    is_robust = bool(robust[LEVEL, LEVEL] > plain[LEVEL, LEVEL])
    return SegmentedFit(
        plan=plan,
        coef=fit.coef,
        covariance=robust if is_robust else plain,
        covariance_name="hac" if is_robust else "quasi-poisson",
        df=fit.df,
        noise=noise,
        residuals=(fit.y - fit.mean) / np.sqrt(fit.mean),
        hat=fit.mean * np.einsum("ij,jk,ik->i", x, fit.bread, x),
        raw_dispersion=fit.dispersion,
    )


def _robust(bread: Floats, scores: Floats, df: int) -> Floats:
    """Newey-West covariance of a count model from its scores."""
    n = len(scores)
    return np.asarray(bread @ bartlett(scores, newey_west_lag(n)) @ bread * n / df)


def _value_fit(plan: Plan) -> SegmentedFit:
    """Least squares; the larger of the plain and the Newey-West error of the jump is kept.

    With few points the robust error is often the smaller one by chance: a conservative choice.
    """
    x = plan.matrix()
    values = plan.points.value
    fit = ols(np.log(values) if plan.form == "log" else values, x)
    robust = newey_west(fit, newey_west_lag(plan.points.n))
    is_robust = robust[LEVEL, LEVEL] > fit.covariance[LEVEL, LEVEL]
    return SegmentedFit(
        plan=plan,
        coef=fit.coef,
        covariance=robust if is_robust else fit.covariance,
        covariance_name="hac" if is_robust else "ols",
        df=fit.df,
        noise=fit.variance,
        residuals=fit.residuals,
        hat=np.einsum("ij,jk,ik->i", x, fit.bread, x),
        raw_dispersion=fit.variance,
    )


def line(fit: SegmentedFit, level: float, *, event: bool) -> tuple[FittedPoint, ...]:
    """The fitted line with its confidence band, or what was expected without the event.

    Without the event only the points after it are given, and the band is a prediction band: it
    holds the noise of single values and the uncertainty of the coefficients, and never goes
    below 0.
    """
    plan = fit.plan
    x = plan.matrix(event=event)
    spread = np.einsum("ij,jk,ik->i", x, fit.covariance, x)
    eta = x @ fit.coef + (0.0 if plan.exposure is None else plan.exposure)
    if not event:
        spread = spread + (fit.noise / np.exp(eta) if plan.form == "count" else fit.noise)
    half = student_quantile(fit.df, level) * np.sqrt(np.maximum(spread, 0.0))
    low, high = eta - half, eta + half
    if fit.is_log:
        eta, low, high = np.exp(eta), np.exp(low), np.exp(high)
    elif float(plan.points.value.min()) >= 0:
        eta, low, high = (np.maximum(part, 0.0) for part in (eta, low, high))
    return tuple(
        FittedPoint(period=period, value=float(a), low=float(b), high=float(c))
        for period, a, b, c, after in zip(
            plan.points.periods, eta, low, high, plan.post, strict=True
        )
        if event or after
    )


def total_effect(fit: SegmentedFit, level: float) -> Interval | None:
    """Counted things more (or fewer) than expected over the points after, by the delta method.

    Equation: sum of (mean with - mean without the event); gradient X1'm1 - X0'm0.
    Only for counts: a sum of rates or shares means nothing.
    """
    plan = fit.plan
    if plan.form != "count":
        return None
    offset = 0.0 if plan.exposure is None else plan.exposure
    with_event, without = plan.matrix()[plan.post], plan.matrix(event=False)[plan.post]
    shift = offset if isinstance(offset, float) else offset[plan.post]
    m1, m0 = np.exp(with_event @ fit.coef + shift), np.exp(without @ fit.coef + shift)
    gradient = with_event.T @ m1 - without.T @ m0
    total = float((m1 - m0).sum())
    half = student_quantile(fit.df, level) * _spread(gradient, fit.covariance)
    return Interval(estimate=total, low=total - half, high=total + half, level=level)
