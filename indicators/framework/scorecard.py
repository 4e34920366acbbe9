"""How a country stands on each recommendation.

The scorecard says three things about a recommendation and never adds them up: how much evidence
there is, whether it points one way, and how far the targets are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from indicators.errors import C_, Note
from indicators.framework import Goal, framework
from indicators.model.codes import Direction, Outcome
from indicators.model.definition import Indicator, Target
from indicators.model.period import Period

RECENT_YEARS = 3
"""A value is recent when it is at most this many years older than the newest of the country."""
LONG_ENOUGH = 5
"""Yearly values from which a series tells more than single years."""
STRONG_FROM = 3
"""Solid indicators that make the evidence strong; fewer where a recommendation has fewer."""
FALSE_DISCOVERY = 0.05
"""Share of false findings accepted among all changes of one scorecard."""
JUDGED = (Direction.UP, Direction.DOWN, Direction.TARGET1)
"""Only these say what is better; the others never give a direction."""


class Evidence(Enum):
    """How much there is to judge by."""

    STRONG = "strong"
    SOME = "some"
    WEAK = "weak"
    NONE = "none"


class Movement(Enum):
    """Where something is heading."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    """Some got better, others worse."""
    STEADY = "steady"
    """Shown to be level."""
    UNCLEAR = "unclear"
    """There are long enough series, and none of them shows a clear change."""
    NOT_JUDGED = "not_judged"
    """No series that says what is better is long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the data of a country say about one indicator.

    Attributes:
        indicator: the definition.
        periods: periods with a value or with bounds, in order.
        value: the newest value, or None.
        has_range: the newest value has a range, or counts everything and needs none.
        outcome: of the trend, or None when there is none or the data cannot tell.
        p_value: of the trend, or None.
        target: what is to be reached, or None.
        movement: filled in by ``scorecard``.
    """

    indicator: Indicator
    periods: tuple[Period, ...] = ()
    value: float | None = None
    has_range: bool = False
    outcome: Outcome | None = None
    p_value: float | None = None
    target: Target | None = None
    movement: Movement = Movement.NOT_JUDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far an indicator is from its target.

    Attributes:
        indicator, value, target, year: what is compared.
        gap: what is missing, in the unit shown; 0 when it is reached.
    """

    indicator: str
    value: float
    target: float
    year: int | None
    gap: float

    @property
    def is_reached(self) -> bool:
        """Whether nothing is missing."""
        return self.gap <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardRow:
    """How a country stands on one recommendation or challenge; there is no total.

    Attributes:
        goal: which one.
        evidence, movement: the two judgements.
        distances: one entry an indicator with a target and a value.
        readings: all indicators that serve it, in catalogue order.
        reason: one line with the counts behind the judgements.
    """

    goal: Goal
    evidence: Evidence
    movement: Movement
    distances: tuple[Distance, ...]
    readings: tuple[Reading, ...]
    reason: Note


def scorecard(
    readings: Sequence[Reading], goals: Iterable[Goal] | None = None
) -> tuple[ScorecardRow, ...]:
    """How a country stands on each recommendation, one row each and no total.

    Args:
        readings: one entry an indicator; an indicator without data has no periods.
        goals: what to judge; the ten recommendations by default. Pass the challenges to judge
            these.

    Returns:
        One row a goal, in its order.
    """
    chosen = tuple(framework().recommendations if goals is None else goals)
    are_challenges = chosen == framework().challenges
    moved = _with_movements(readings)
    newest = max((each.periods[-1].year for each in moved if each.periods), default=0)
    rows = []
    for goal in chosen:
        own = tuple(
            each
            for each in moved
            if goal.number
            in (each.indicator.challenges if are_challenges else each.indicator.recommendations)
        )
        rows.append(_row(goal, own, newest))
    return tuple(rows)


def _row(goal: Goal, readings: tuple[Reading, ...], newest: int) -> ScorecardRow:
    solid = sum(is_solid(each, newest) for each in readings)
    held = sum(bool(each.periods) for each in readings)
    movements = [each.movement for each in readings]
    counts = {movement: movements.count(movement) for movement in Movement}
    return ScorecardRow(
        goal=goal,
        evidence=_evidence(solid, held, len(readings)),
        movement=_together(counts),
        distances=tuple(
            distance for each in readings if (distance := distance_to_target(each)) is not None
        ),
        readings=readings,
        reason=Note(
            code="scorecard",
            text=C_(
                "{held} of {total} indicators has values, {solid} of them recent, ranged and "
                "long enough; {better} got better, {worse} got worse, {steady} stayed level, "
                "{unclear} cannot be told.",
                "{held} of {total} indicators have values, {solid} of them recent, ranged and "
                "long enough; {better} got better, {worse} got worse, {steady} stayed level, "
                "{unclear} cannot be told.",
                by="held",
            ),
            data={
                "total": len(readings),
                "held": held,
                "solid": solid,
                "better": counts[Movement.BETTER],
                "worse": counts[Movement.WORSE],
                "steady": counts[Movement.STEADY],
                "unclear": counts[Movement.UNCLEAR],
            },
        ),
    )


def is_solid(reading: Reading, newest: int) -> bool:
    """Whether an indicator has a recent value, a range where one is due, and enough values."""
    if not reading.periods:
        return False
    is_recent = reading.periods[-1].year >= newest - RECENT_YEARS
    return is_recent and reading.has_range and len(reading.periods) >= LONG_ENOUGH


def _evidence(solid: int, held: int, total: int) -> Evidence:
    if held == 0:
        return Evidence.NONE
    if solid >= min(STRONG_FROM, total) and 2 * solid >= total:
        return Evidence.STRONG
    return Evidence.SOME if solid else Evidence.WEAK


def _together(counts: Mapping[Movement, int]) -> Movement:
    better, worse = counts[Movement.BETTER], counts[Movement.WORSE]
    if better and worse:
        return Movement.MIXED
    if better or worse:
        return Movement.BETTER if better else Movement.WORSE
    if counts[Movement.UNCLEAR]:
        return Movement.UNCLEAR
    return Movement.STEADY if counts[Movement.STEADY] else Movement.NOT_JUDGED


def _with_movements(readings: Sequence[Reading]) -> list[Reading]:
    """Movements of the judged indicators, with the false findings of the whole card held down."""
    import numpy as np

    from indicators.stats.multiplicity import benjamini_hochberg

    tested = [each for each in readings if _is_tested(each)]
    adjusted = benjamini_hochberg(np.array([each.p_value for each in tested], dtype=np.float64))
    kept = {
        each.indicator.code: float(p) <= FALSE_DISCOVERY
        for each, p in zip(tested, adjusted, strict=True)
    }
    return [
        replace(each, movement=movement_of(each, holds=kept.get(each.indicator.code, True)))
        for each in readings
    ]


def _is_tested(reading: Reading) -> bool:
    return (
        reading.p_value is not None
        and reading.outcome is not None
        and reading.indicator.direction in JUDGED
    )


def movement_of(reading: Reading, *, holds: bool = True) -> Movement:
    """Better, worse or unclear; never for an indicator whose rise can mean either.

    Args:
        reading: the indicator with the outcome of its trend.
        holds: False when the change does not stand among all the changes looked at.
    """
    direction, outcome = reading.indicator.direction, reading.outcome
    if direction not in JUDGED or outcome is None:
        return Movement.NOT_JUDGED
    if outcome is Outcome.STABLE:
        return Movement.STEADY
    if not holds or outcome not in (Outcome.RISING, Outcome.FALLING):
        return Movement.UNCLEAR
    if direction is Direction.TARGET1 and (reading.value is None or reading.value == 1):
        return Movement.UNCLEAR
    wanted = Outcome.RISING if _should_rise(reading) else Outcome.FALLING
    return Movement.BETTER if outcome is wanted else Movement.WORSE


def _should_rise(reading: Reading) -> bool:
    direction = reading.indicator.direction
    if direction is Direction.TARGET1:
        return reading.value is not None and reading.value < 1
    return direction is Direction.UP


def distance_to_target(reading: Reading) -> Distance | None:
    """What is missing to the target; None without target, value or direction."""
    target, value = reading.target, reading.value
    direction = reading.indicator.direction
    if target is None or value is None or direction not in JUDGED:
        return None
    missing = target.value - value
    gap = {Direction.UP: missing, Direction.DOWN: -missing}.get(direction, abs(missing))
    return Distance(
        indicator=reading.indicator.code,
        value=value,
        target=target.value,
        year=target.year,
        gap=max(0.0, gap),
    )
