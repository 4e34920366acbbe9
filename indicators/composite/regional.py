"""How unequal the rates of regions are, and which lie outside what chance alone explains."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_, Note, Severity
from indicators.model.results import Interval, Refusal

Floats = NDArray[np.float64]

MIN_REGIONS = 5
"""Fewer regions say nothing about inequality."""
MIN_CASES = 20
"""Below it a region is not ranked or judged."""
MOST_LEFT_OUT = 0.2
"""Regions without a number may hold at most this part of the people."""
DRAWS = 4000
SEED = 20_130_925
"""Fixed: equal counts give equal ranges on every run."""
USUAL, WIDE = 0.95, 0.998
"""Levels of the funnel limits."""

_FEW = C_(
    "Only {found} region has numbers; inequality needs {needed}.",
    "Only {found} regions have numbers; inequality needs {needed}.",
    by="found",
)
_LEFT_OUT = N_("Regions without a number hold {found} % of the people; at most {needed} % may.")
_NO_CASES = N_("There are no cases in any region.")
_UNKNOWN = N_("Without a number, so left out: {regions}.")
_SUPPRESSED = N_("Suppressed counts give only a range: {regions}.")
_SMALL = N_("Fewer than {minimum} cases, so shown but not ranked or judged: {regions}.")
_CHANCE = N_("By chance alone regions of this size would give about {gini}.")
_ABOVE = N_(
    "Above the limits within which {level} % of the regions would lie by chance: {regions}."
)
_BELOW = N_(
    "Below the limits within which {level} % of the regions would lie by chance: {regions}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """Cases and people of regions; arrays of shape ``(n,)``.

    Attributes:
        codes: area codes, or several joined by ``+`` where a region was split.
        low, high: cases at least and at most; equal where the count is known, nan where not.
        people: person-years; nan where not known.
    """

    codes: tuple[str, ...]
    low: Floats
    high: Floats
    people: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where both cases and people are known, the cases at least as a range."""
        return np.asarray(np.isfinite(self.low) & np.isfinite(self.high) & (self.people > 0))

    def take(self, keep: NDArray[np.bool_]) -> Regions:
        """The regions where ``keep`` is true."""
        return Regions(
            codes=tuple(c for c, kept in zip(self.codes, keep, strict=True) if kept),
            low=self.low[keep],
            high=self.high[keep],
            people=self.people[keep],
        )

    def named(self, which: NDArray[np.bool_]) -> str:
        """The codes of some regions in the order of the codes, never of the rates."""
        return ", ".join(sorted(c for c, one in zip(self.codes, which, strict=True) if one))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inequality:
    """How unequal the rates are.

    Attributes:
        gini, theil: 0 for equal rates; the estimate is nan where counts are suppressed.
        expected: Gini that chance alone gives to regions of this size with one common rate.
        rate: cases per person-year of all regions.
        regions: how many were compared.
        seed: of the draws.
        notes: what was left out and which regions are small.
    """

    gini: Interval
    theil: Interval
    expected: float
    rate: float
    regions: int
    seed: int = SEED
    notes: tuple[Note, ...] = ()


def gini(rates: Floats, people: Floats) -> Floats:
    """Gini of rates weighted by people: sum_ij w_i w_j |r_i - r_j| / (2 mean).

    Args:
        rates: shape ``(..., n)``.
        people: weights, shape ``(n,)``.
    """
    w = people / people.sum()
    order = np.argsort(rates, axis=-1)
    r, share = np.take_along_axis(rates, order, axis=-1), w[order]
    below = np.cumsum(share, axis=-1) - share
    mean = (r * share).sum(axis=-1)
    gaps = (r * share * (2 * below + share - 1)).sum(axis=-1)
    return np.asarray(np.where(mean > 0, gaps / np.where(mean > 0, mean, 1.0), 0.0))


def theil(rates: Floats, people: Floats) -> Floats:
    """Theil's T of rates weighted by people: sum_i w_i (r_i / mean) ln(r_i / mean)."""
    w = people / people.sum()
    mean = (rates * w).sum(axis=-1, keepdims=True)
    relative = rates / np.where(mean > 0, mean, 1.0)
    logs = np.log(np.where(relative > 0, relative, 1.0))
    return np.asarray((w * relative * logs).sum(axis=-1))


def inequality(
    regions: Regions, *, level: float = 0.95, draws: int = DRAWS, seed: int = SEED
) -> Inequality | Refusal:
    """Gini and Theil of the rates with a range over the noise of the counts.

    Range: basic bootstrap; each draw takes counts x* ~ Poisson(x) and the value 2 G(x) - G(x*),
    because noise makes rates look more unequal than they are. A suppressed count is anywhere
    between its bounds in each draw, and there is then no estimate.
    """
    known = regions.known
    refusal = _refused(regions, known)
    if refusal is not None:
        return refusal
    used = regions.take(known)
    draw = np.random.default_rng([seed, len(used.codes)])
    base = draw.integers(
        used.low.astype(np.int64), used.high.astype(np.int64) + 1, (draws, len(used.codes))
    )
    noisy = draw.poisson(base)
    measures = []
    for measure in (gini, theil):
        moved = 2 * measure(base / used.people, used.people)
        moved = moved - measure(noisy / used.people, used.people)
        measures.append(_interval(measure, used, moved, level))
    middle = (used.low + used.high) / 2
    rate = float(middle.sum() / used.people.sum())
    equal = draw.poisson(rate * used.people, (draws, len(used.codes)))
    expected = float(gini(equal / used.people, used.people).mean())
    return Inequality(
        gini=measures[0],
        theil=measures[1],
        expected=expected,
        rate=rate,
        regions=len(used.codes),
        seed=seed,
        notes=_remarks(regions, known, expected),
    )


def _refused(regions: Regions, known: NDArray[np.bool_]) -> Refusal | None:
    if int(known.sum()) < MIN_REGIONS:
        return Refusal(code="few_regions", text=_FEW, found=int(known.sum()), needed=MIN_REGIONS)
    people = np.nan_to_num(regions.people, nan=0.0)
    outside = float(people[~known].sum() / people.sum())
    if outside > MOST_LEFT_OUT:
        return Refusal(
            code="regions_left_out",
            text=_LEFT_OUT,
            found=round(100 * outside),
            needed=round(100 * MOST_LEFT_OUT),
        )
    if regions.high[known].sum() == 0:
        return Refusal(code="no_cases", text=_NO_CASES)
    return None


def _interval(measure: object, used: Regions, moved: Floats, level: float) -> Interval:
    tail = (1 - level) / 2
    low, high = (max(0.0, float(q)) for q in np.quantile(moved, [tail, 1 - tail]))
    if (used.low < used.high).any():
        return Interval(estimate=float("nan"), low=low, high=high, level=level)
    assert callable(measure)  # gini or theil
    estimate = float(measure(used.low / used.people, used.people))
    return Interval(
        estimate=estimate, low=min(low, estimate), high=max(high, estimate), level=level
    )


def _remarks(regions: Regions, known: NDArray[np.bool_], expected: float) -> tuple[Note, ...]:
    ranged = known & (regions.low < regions.high)
    small = known & (regions.high < MIN_CASES)
    listed = (
        ("left_out", _UNKNOWN, ~known),
        ("suppressed", _SUPPRESSED, ranged),
        ("small_denominator", _SMALL, small),
    )
    chance = Note(
        code="expected_by_chance",
        text=_CHANCE,
        severity=Severity.NOTE,
        data={"gini": round(expected, 2)},
    )
    return (
        chance,
        *(
            Note(
                code=code,
                text=text,
                severity=Severity.WARN,
                data={"regions": regions.named(which), "minimum": MIN_CASES},
            )
            for code, text, which in listed
            if which.any()
        ),
    )


# funnel ----------------------------------------------------------------------------------------


class Position(Enum):
    """Where a region lies beside the funnel."""

    INSIDE = "inside"
    ABOVE = "above"
    FAR_ABOVE = "far_above"
    BELOW = "below"
    FAR_BELOW = "far_below"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One region of a funnel; limits are counts, inclusive.

    Attributes:
        code: area code.
        low, high: cases at least and at most.
        people: person-years.
        expected: cases at the common rate.
        usual: lowest and highest count inside the 95 percent limits.
        wide: lowest and highest count inside the 99.8 percent limits.
        position: where the region lies; a suppressed count only where its whole range lies.
        small: fewer than 20 cases, so never ranked or judged.
    """

    code: str
    low: float
    high: float
    people: float
    expected: float
    usual: tuple[int, int]
    wide: tuple[int, int]
    position: Position
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Regions beside the limits of chance, in the order of their codes."""

    rate: float
    points: tuple[FunnelPoint, ...]
    notes: tuple[Note, ...] = field(default=())


def limits(expected: Floats, level: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lowest and highest count that are not outside, by the exact Poisson distribution.

    Equation: a count x is outside below when P(X <= x) < (1 - level) / 2 and outside above when
    P(X >= x) <= (1 - level) / 2, X Poisson with the expected count.
    """
    tail = (1 - level) / 2
    return _quantile(tail, expected), _quantile(1 - tail, expected)


def _quantile(share: float, expected: Floats) -> NDArray[np.int64]:
    """The smallest count up to which at least that share of a Poisson distribution lies."""
    from scipy.special import pdtr, pdtrik

    count = np.ceil(pdtrik(share, expected))
    # the inverse is only nearly exact where it hits a whole count
    below = np.maximum(count - 1, 0)
    return np.where(pdtr(below, expected) >= share, below, count).astype(np.int64)


def funnel(regions: Regions, rate: float) -> Funnel | Refusal:
    """Regions beside the exact limits around a common rate.

    Args:
        regions: cases and people of one period.
        rate: cases per person-year of the whole.
    """
    known = regions.known
    if not known.any():
        return Refusal(code="few_regions", text=_FEW, found=0, needed=1)
    if not rate > 0:
        return Refusal(code="no_cases", text=_NO_CASES)
    used = regions.take(known)
    expected = rate * used.people
    usual, wide = limits(expected, USUAL), limits(expected, WIDE)
    points = tuple(
        FunnelPoint(
            code=code,
            low=float(used.low[i]),
            high=float(used.high[i]),
            people=float(used.people[i]),
            expected=float(expected[i]),
            usual=(int(usual[0][i]), int(usual[1][i])),
            wide=(int(wide[0][i]), int(wide[1][i])),
            position=_position(
                used.low[i], used.high[i], (usual[0][i], usual[1][i]), (wide[0][i], wide[1][i])
            ),
            small=bool(used.high[i] < MIN_CASES),
        )
        for i, code in sorted(enumerate(used.codes), key=lambda pair: pair[1])
    )
    return Funnel(rate=rate, points=points, notes=_funnel_notes(regions, known, points))


def _position(low: float, high: float, usual: tuple[int, int], wide: tuple[int, int]) -> Position:
    steps = (
        (Position.FAR_BELOW, high < wide[0], low < wide[0]),
        (Position.FAR_ABOVE, low > wide[1], high > wide[1]),
        (Position.BELOW, high < usual[0], low < usual[0]),
        (Position.ABOVE, low > usual[1], high > usual[1]),
    )
    for position, is_certain, _ in steps:
        if is_certain:
            return position
    return Position.UNKNOWN if any(is_possible for *_, is_possible in steps) else Position.INSIDE


_OUTSIDE = (
    (Position.FAR_ABOVE, "above_limits", _ABOVE, WIDE),
    (Position.FAR_BELOW, "below_limits", _BELOW, WIDE),
    (Position.ABOVE, "above_limits", _ABOVE, USUAL),
    (Position.BELOW, "below_limits", _BELOW, USUAL),
)


def _funnel_notes(
    regions: Regions, known: NDArray[np.bool_], points: tuple[FunnelPoint, ...]
) -> tuple[Note, ...]:
    notes = []
    for position, code, text, level in _OUTSIDE:
        named = [point.code for point in points if point.position is position]
        if named:
            data = {"level": f"{100 * level:g}", "regions": ", ".join(named)}
            notes.append(Note(code=code, text=text, severity=Severity.NOTE, data=data))
    small = known & (regions.high < MIN_CASES)
    for code, text, which in (
        ("small_denominator", _SMALL, small),
        ("left_out", _UNKNOWN, ~known),
    ):
        if which.any():
            data = {"regions": regions.named(which), "minimum": str(MIN_CASES)}
            notes.append(Note(code=code, text=text, severity=Severity.WARN, data=data))
    return tuple(notes)
