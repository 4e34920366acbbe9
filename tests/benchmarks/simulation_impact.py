"""False effects, coverage and power of the impact designs on series whose truth is known.

Pieces ``impact`` and ``compared`` of ``tests.benchmarks.simulation``. Every series is fitted by
the code that a person calls (``fit_plan``, ``difference``, ``controlled``, ``synthetic``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np
from scipy.special import ndtr
from scipy.stats import nbinom

from indicators.impact.controlled import controlled
from indicators.impact.difference import difference
from indicators.impact.plan import LEVEL, Form, Plan
from indicators.impact.segmented import fit_plan
from indicators.impact.synthetic import synthetic
from indicators.model.results import Refusal
from indicators.stats.points import usable
from tests.indicators.made import make_event, make_series

SEED = 20120607
MEANS = (6, 30, 300)
OVERDISPERSION = (20.0, 1000.0)
CORRELATIONS = (0.0, 0.3)
EFFECT = float(np.log(1.3))
"""The step of T01: plus 30 percent."""
TREND = 0.03
SEASON = 0.12
LEVEL_OF_TEST = 0.95
Row = tuple[str, str, int, int, float, float]
"""What is measured, of what, n, replications, rho, share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A length: points before and after, periods in a year."""

    before: int
    after: int
    season: int = 0

    @property
    def n(self) -> int:
        """Points in all."""
        return self.before + self.after

    @property
    def name(self) -> str:
        """As written in the table."""
        return f"{self.before}+{self.after}"


SHAPES = (
    Shape(before=6, after=4),
    Shape(before=8, after=8),
    Shape(before=120, after=120, season=12),
)


def counts(
    rng: np.random.Generator, mean: np.ndarray, k: float, rho: float, size: int
) -> np.ndarray:
    """Negative binomial counts of shape ``(size, n)``, neighbours correlated by rho."""
    z = rng.standard_normal((size, mean.size))
    for t in range(1, mean.size):
        z[:, t] = rho * z[:, t - 1] + np.sqrt(1 - rho**2) * z[:, t]
    return np.asarray(nbinom.ppf(ndtr(z), k, k / (k + mean)), dtype=float)


def expected(shape: Shape, mean: float, effect: float) -> np.ndarray:
    """Mean counts: a trend of 3 % a year, the season of T10 in months, a step after the event."""
    t = np.arange(shape.n, dtype=float)
    years = t / max(shape.season, 1)
    season = SEASON * np.cos(2 * np.pi * (t - 7) / 12) if shape.season else 0.0
    step = effect * (t >= shape.before)
    return np.asarray(mean * np.exp(TREND * (years - years.mean()) + season + step))


def plan_of(shape: Shape, form: Form, *, slope: bool) -> Plan:
    """The plan of a series of that length, values still to be filled in."""
    series = make_series([1.0] * shape.n, 2000, monthly=bool(shape.season))
    points = usable(series)
    return Plan(
        points=replace(points, time=np.arange(shape.n, dtype=float)),
        start=float(shape.before),
        slope=slope,
        season=shape.season,
        form=form,
    )


def jumps(plan: Plan, values: np.ndarray) -> np.ndarray:
    """Limits of the step of each series in percent, shape ``(series, 2)``; refused ones go."""
    found = []
    for row in values:
        points = replace(plan.points, value=row, low=row, high=row)
        fit = fit_plan(replace(plan, points=points))
        if isinstance(fit, Refusal):
            continue
        jump = fit.column(LEVEL, LEVEL_OF_TEST)
        found.append((jump.low, jump.high))
    return np.array(found)


def impact_rows(size: int) -> list[Row]:
    """The step of one series: false effects, coverage at plus 30 %, how often it is found."""
    rng, rows = np.random.default_rng(SEED + 4), []
    for shape, mean, k, rho in product(SHAPES, MEANS, OVERDISPERSION, CORRELATIONS):
        none = counts(rng, expected(shape, mean, 0.0), k, rho, size)
        some = counts(rng, expected(shape, mean, EFFECT), k, rho, size)
        for form, slope in product(("count", "log"), (False, True)):
            if slope and shape.n < 12:
                continue  # the length table
            keep = form == "count"
            plain = none if keep else none[(none > 0).all(axis=1)]
            moved = some if keep else some[(some > 0).all(axis=1)]
            if min(len(plain), len(moved)) < size / 10:
                continue  # zeros: the method refuses
            name = f"{'counts' if keep else 'logs'}, {'step and slope' if slope else 'step'}"
            plan = plan_of(shape, form, slope=slope)  # type: ignore[arg-type]
            rows += _of_limits(
                f"{name}, {shape.name}", shape.n, rho, jumps(plan, plain), jumps(plan, moved)
            )
    return rows


def _of_limits(name: str, n: int, rho: float, plain: np.ndarray, moved: np.ndarray) -> list[Row]:
    truth = 100 * float(np.expm1(EFFECT))
    wrong = (plain[:, 0] > 0) | (plain[:, 1] < 0)
    held = (moved[:, 0] <= truth) & (truth <= moved[:, 1])
    return [
        ("false effects", name, n, len(plain), rho, float(wrong.mean())),
        ("coverage of +30 %", name, n, len(moved), rho, float(held.mean())),
        ("+30 % found", name, n, len(moved), rho, float((moved[:, 0] > 0).mean())),
    ]


# designs that compare areas

AREAS = 14
TREATED = 3
DESIGNS: tuple[tuple[str, Callable[..., object], int], ...] = (
    ("difference, 3 of 14 areas", partial(difference), TREATED),
    ("controlled, 1 of 14 areas", partial(controlled), 1),
    ("synthetic, 1 of 14 areas", partial(synthetic), 1),
)


def compared_rows(size: int) -> list[Row]:
    """Designs with areas to compare with, 8+8 points, means 30 and 300, k = 20 and 1000."""
    rng, rows = np.random.default_rng(SEED + 5), []
    shape = SHAPES[1]
    for mean, k, rho in product(MEANS[1:], OVERDISPERSION, CORRELATIONS):
        for name, design, treated in DESIGNS:
            limits = [
                np.array(
                    [
                        _panel(rng, shape, mean, k, rho, effect, design, treated)
                        for _ in range(size)
                    ]
                )
                for effect in (0.0, EFFECT)
            ]
            rows += _of_limits(f"{name}, {shape.name}", shape.n, rho, *limits)
    return rows


def _panel(
    rng: np.random.Generator,
    shape: Shape,
    mean: float,
    k: float,
    rho: float,
    effect: float,
    design: Callable[..., object],
    treated: int,
) -> tuple[float, float]:
    """Limits of one panel: areas of different size, a shared shock a year, one trend."""
    size = mean * np.exp(rng.normal(0.0, 0.5, AREAS))
    shock = np.exp(rng.normal(0.0, 0.1, shape.n))
    series = []
    for i in range(AREAS):
        level = expected(shape, float(size[i]), effect if i < treated else 0.0) * shock
        values = np.maximum(counts(rng, level, k, rho, 1)[0], 1.0)
        series.append(replace(make_series(values.tolist(), 2000), area=f"A{i}"))
    event = make_event(2000 + shape.before)
    beside = {"treated": series[1:treated]} if treated > 1 else {}
    found = design(series[0], event, controls=series[treated:], **beside)
    assert not isinstance(found, Refusal)
    return float(found.low), float(found.high)  # type: ignore[attr-defined]
