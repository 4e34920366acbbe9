"""Values that their unit does not allow, and more persons than people live there."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from indicators.checks.model import CheckInput, exceeds, is_counted, least, most
from indicators.errors import N_, Note
from indicators.model.series import TOTAL, Cube

BOUNDS = {"%": (0.0, 100.0), "0-1": (0.0, 1.0), "0/1": (0.0, 1.0), "0-2": (0.0, 2.0)}
"""Lowest and highest value of units with two ends."""
NOT_NEGATIVE = frozenset({"days", "months", "years", "ratio"})
"""Units without an upper end, beside counts and rates; money may be negative."""
POPULATION = "pop_total"


def out_of_range(checked: CheckInput) -> tuple[Note, ...]:
    """Values outside what their unit allows: negative counts, shares above 100."""
    return tuple(note for cube in checked.cubes.values() for note in _outside(cube))


def above_population(checked: CheckInput) -> tuple[Note, ...]:
    """Totals of persons above the population of the same area and period."""
    people = checked.cubes.get(POPULATION)
    if people is None or TOTAL not in people.breakdowns:
        return ()
    return tuple(
        note
        for cube in checked.cubes.values()
        if cube.unit == "persons" and cube.variable != POPULATION
        for note in _above(cube, people)
    )


def bounds(unit: str) -> tuple[float, float]:
    """Lowest and highest value that a unit allows; infinite where it has no end."""
    if unit in BOUNDS:
        return BOUNDS[unit]
    is_money = ":" in unit or unit == "money"
    is_count = is_counted(unit) and not is_money
    low = 0.0 if is_count or unit in NOT_NEGATIVE or unit.startswith("per ") else -math.inf
    return low, math.inf


def _outside(cube: Cube) -> Iterator[Note]:
    low, high = bounds(cube.unit)
    lowest, highest = least(cube), most(cube)
    with np.errstate(invalid="ignore"):
        wrong = (lowest < low) | exceeds(highest, np.full_like(highest, high))
    for cut, area, period in np.argwhere(wrong).tolist():
        value = lowest if lowest[cut, area, period] < low else highest
        yield Note(
            code="out_of_range",
            text=N_(
                "“{variable}” {area} {period} is {value}; values in {unit} lie between {low} and "
                "{high}."
            )
            if math.isfinite(high)
            else N_(
                "“{variable}” {area} {period} is {value}; values in {unit} are never below {low}."
            ),
            data={
                "variable": cube.variable,
                "area": cube.areas[area],
                "period": str(cube.periods[period]),
                "breakdown": str(cube.breakdowns[cut]),
                "value": float(value[cut, area, period]),
                "unit": cube.unit,
                "low": low,
                **({"high": high} if math.isfinite(high) else {}),
            },
        )


def _above(cube: Cube, people: Cube) -> Iterator[Note]:
    if TOTAL not in cube.breakdowns:
        return
    areas = [code for code in cube.areas if code in people.areas]
    periods = [period for period in cube.periods if period in people.periods]
    if not areas or not periods:
        return
    own = np.ix_([cube.areas.index(a) for a in areas], [cube.periods.index(p) for p in periods])
    whole = np.ix_(
        [people.areas.index(a) for a in areas], [people.periods.index(p) for p in periods]
    )
    values = least(cube)[cube.breakdowns.index(TOTAL)][own]
    limit = most(people)[people.breakdowns.index(TOTAL)][whole]
    for area, period in np.argwhere(exceeds(values, limit)).tolist():
        yield Note(
            code="above_population",
            text=N_(
                "{area} {period}: “{variable}” is {value}, more than the {limit} people who live "
                "there. Look at the unit of both."
            ),
            data={
                "variable": cube.variable,
                "area": areas[area],
                "period": str(periods[period]),
                "breakdown": "",
                "value": float(values[area, period]),
                "limit": float(limit[area, period]),
            },
        )
