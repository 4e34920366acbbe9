"""What a data check is: a declared rule with a level, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from indicators.errors import Note, Severity
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from indicators.model.series import TOTAL, Cube, Floats

NOT_COUNTED = frozenset(
    {
        "%",
        "0-1",
        "0-2",
        "0/1",
        "any",
        "days",
        "index",
        "months",
        "ratio",
        "score",
        "values",
        "years",
    }
)
"""Units whose parts do not add up; neither do rates, ``per ...``."""

ROUNDING = 1e-9
"""Relative difference that only adding up decimal numbers makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInput:
    """What the rules look at.

    Attributes:
        cubes: every variable of one frequency by code.
        parents: code of the area above, by area code.
        wholes: code of the variable that a variable is a part of, by its code.
        not_additive: codes of variables whose parts do not add up, whatever their unit.
        breaks: registered changes of definition, boundary or counting.
        events: registered events.
        validity: first and last period code of the areas that begin or end.
    """

    cubes: Mapping[str, Cube]
    parents: Mapping[str, str] = field(default_factory=dict)
    wholes: Mapping[str, str] = field(default_factory=dict)
    not_additive: frozenset[str] = frozenset()
    breaks: tuple[SeriesBreak, ...] = ()
    events: tuple[Intervention, ...] = ()
    validity: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)

    def adds_up(self, cube: Cube) -> bool:
        """Whether parts of a variable add up to its total."""
        return cube.variable not in self.not_additive and is_counted(cube.unit)

    def is_break(self, variable: str, period: Period, area: str = "") -> bool:
        """Whether a break that touches the variable (and the area) begins in a period."""
        return any(
            _same_time(entry.start, period)
            and (not entry.variables or variable in entry.variables)
            and (not area or not entry.areas or area in entry.areas)
            for entry in self.breaks
        )

    def is_event(self, variable: str, period: Period) -> bool:
        """Whether an event expected to touch the variable explains a single period."""
        return any(
            variable in event.variables
            and event.start.year <= period.year <= (event.end or event.start).year
            for event in self.events
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check.

    Attributes:
        id: stable name; part of the name of each finding.
        title: what holds when all is right.
        find: finds where it does not.
        level: stop, warn or note.
    """

    id: str
    title: str
    find: Callable[[CheckInput], tuple[Note, ...]]
    level: Severity = Severity.WARN

    def run(self, checked: CheckInput) -> Iterator[Note]:
        """What it finds, at its level."""
        for note in self.find(checked):
            yield replace(note, severity=self.level)


def is_counted(unit: str) -> bool:
    """Whether values of a unit can be added."""
    return unit not in NOT_COUNTED and not unit.startswith("per ")


def least(cube: Cube) -> Floats:
    """The value, or the lower bound of a suppressed one; nan where neither is known."""
    return _known(cube, cube.low)


def most(cube: Cube) -> Floats:
    """The value, or the upper bound of a suppressed one; nan where neither is known."""
    return _known(cube, cube.high)


def exceeds(values: Floats, limit: Floats) -> NDArray[np.bool_]:
    """Where values are above a limit by more than the rounding of sums."""
    with np.errstate(invalid="ignore"):
        above: NDArray[np.bool_] = values > limit + ROUNDING * np.maximum(np.abs(limit), 1.0)
    return above


def totals(cube: Cube) -> Iterator[tuple[str, Floats]]:
    """Area and values over all periods of the total cells; nothing without totals."""
    if TOTAL in cube.breakdowns:
        row = cube.breakdowns.index(TOTAL)
        for position, area in enumerate(cube.areas):
            yield area, cube.value[row, position]


def _known(cube: Cube, bound: Floats) -> Floats:
    return np.where(cube.status == int(Status.S), bound, cube.value)


def _same_time(start: Period, period: Period) -> bool:
    """Whether a period is the first that begins with or after a start."""
    if start.frequency is period.frequency:
        return start == period
    return start.year == period.year
