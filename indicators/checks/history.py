"""A series against its own history: jumps, changes of scale, placeholders, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from indicators.checks.model import CheckInput, is_counted, totals
from indicators.errors import N_, Note
from indicators.model.period import Frequency
from indicators.model.series import TOTAL, Cube, Floats, Integers

FEWEST_POINTS = 8
"""Values a series needs before one of them can stand out."""
NEIGHBOURS = 3
"""Values looked at on each side."""
TIMES = 3.0
"""At least so many times more or less than its neighbours."""
TIMES_OF_WHOLE = 1.8
"""A country that moves so much explains its regions."""
SPREADS = 5.0
"""At least so many times the usual distance from the neighbours."""
CHANCE = 6.0
"""At least so many standard errors of a count from its neighbours."""
SMALLEST_SPREAD = 0.1
SCALE = 8.0
"""Values that all lie so many times above or below all earlier ones changed their unit."""
FEWEST_EACH_SIDE = 3
LONG_RUN = 6
"""Equal values in a row that no count shows by chance."""
LONG_ZEROS = 4
HAPPENING = frozenset(
    {
        "allegations",
        "cases",
        "contacts",
        "decisions",
        "offences",
        "persons",
        "records",
        "referrals",
        "requests",
    }
)
"""Units of what happens anew each period; places, posts and plans may stay the same."""
TOO_LARGE_FOR_CHANCE = 20.0


def jumps(checked: CheckInput) -> tuple[Note, ...]:
    """Single values far from their neighbours; registered breaks and events explain them.

    A region that moves as the whole country does is not named beside it.
    """
    return tuple(note for cube in checked.cubes.values() for note in _jumps(cube, checked))


def scale_changes(checked: CheckInput) -> tuple[Note, ...]:
    """Series whose values from one period on are all many times larger or smaller."""
    return tuple(note for cube in checked.cubes.values() for note in _scales(cube, checked))


def equal_runs(checked: CheckInput) -> tuple[Note, ...]:
    """Equal counts in many periods, and zeros between large counts: placeholders."""
    return tuple(
        note for cube in checked.cubes.values() if cube.unit in HAPPENING for note in _runs(cube)
    )


def gaps(checked: CheckInput) -> tuple[Note, ...]:
    """Periods without a value between periods with one."""
    return tuple(note for cube in checked.cubes.values() for note in _gaps(cube))


def surprise(values: Floats, counted: bool) -> tuple[Floats, Floats]:
    """How many spreads each value is from the median of its neighbours, and that median."""
    offset = 0.5 if counted else 0.0
    n = len(values)
    middle = _middles(values.tolist())
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.log((values + offset) / (middle + offset))
    usual = 1.4826 * float(np.nanmedian(np.abs(distance)))
    chance = np.sqrt(1.0 / (middle + 1.0)) if counted else np.zeros(n)
    spread = np.maximum(np.maximum(usual, chance), SMALLEST_SPREAD)
    return distance / spread, middle


def _middles(values: list[float]) -> Floats:
    """The median of the neighbours of each value; plain lists, because they are a few numbers."""
    found = []
    for i in range(len(values)):
        beside = sorted(values[max(0, i - NEIGHBOURS) : i] + values[i + 1 : i + NEIGHBOURS + 1])
        half = len(beside) // 2
        found.append(beside[half] if len(beside) % 2 else (beside[half - 1] + beside[half]) / 2)
    return np.array(found)


def _jumps(cube: Cube, checked: CheckInput) -> Iterator[Note]:
    counted = is_counted(cube.unit) and not cube.unit.partition(":")[2]
    lines = dict(totals(cube))
    for area, line in lines.items():
        above = lines.get(checked.parents.get(area, ""))
        for position, (value, usual) in _spikes(line, counted):
            period = cube.periods[position]
            if checked.is_break(cube.variable, period, area) or checked.is_event(
                cube.variable, period
            ):
                continue
            if above is not None and _moves(above, position, upwards=value > usual):
                continue
            yield Note(
                code="jump",
                text=N_(
                    "“{variable}” {area} {period} is {value}; the periods around it are near "
                    "{usual}. Look at the file, or register what happened."
                ),
                data={
                    "variable": cube.variable,
                    "area": area,
                    "period": str(period),
                    "breakdown": "",
                    "value": value,
                    "usual": usual,
                },
            )


def _moves(line: Floats, position: int, *, upwards: bool) -> bool:
    """Whether a line is clearly above (or below) both neighbours of a position."""
    beside = line[[i for i in (position - 1, position + 1) if 0 <= i < len(line)]]
    ratio = line[position] / np.maximum(beside, 0.5)
    moved = ratio >= TIMES_OF_WHOLE if upwards else ratio <= 1 / TIMES_OF_WHOLE
    return bool(moved.all())


def _spikes(line: Floats, counted: bool) -> Iterator[tuple[int, tuple[float, float]]]:
    """Position, value and usual value of single values that stand out on both sides."""
    held = np.flatnonzero(~np.isnan(line) & ((line > 0) | counted))
    if len(held) < FEWEST_POINTS:
        return
    values = line[held]
    far, middle = surprise(values, counted)
    offset = 0.5 if counted else 0.0
    stands = (np.abs(far) > SPREADS) & (_times(values, middle, offset) > TIMES)
    if counted:
        stands &= np.abs(2 * (np.sqrt(values + 0.375) - np.sqrt(middle + 0.375))) > CHANCE
    for place in np.flatnonzero(stands).tolist():
        beside = values[[i for i in (place - 1, place + 1) if 0 <= i < len(values)]]
        same_side = np.sign(values[place] - beside) == np.sign(values[place] - middle[place])
        if (same_side & (_times(values[place], beside, offset) > TIMES)).all():
            yield int(held[place]), (float(values[place]), float(middle[place]))


def _times(values: Floats, others: Floats, offset: float) -> Floats:
    """How many times one is the other, always above 1."""
    with np.errstate(divide="ignore"):
        times: Floats = np.exp(np.abs(np.log((values + offset) / (others + offset))))
    return times


def _scales(cube: Cube, checked: CheckInput) -> Iterator[Note]:
    for area, line in totals(cube):
        held = np.flatnonzero(line > 0)
        values = line[held]
        for cut in range(FEWEST_EACH_SIDE, len(values) - FEWEST_EACH_SIDE + 1):
            before, after = values[:cut], values[cut:]
            grows = after.min() >= SCALE * before.max()
            shrinks = before.min() >= SCALE * after.max()
            if not (grows or shrinks):
                continue
            period = cube.periods[held[cut]]
            if checked.is_break(cube.variable, period, area):
                continue
            yield Note(
                code="scale_change",
                text=N_(
                    "“{variable}” {area}: from {period} on the values are near {value}, before "
                    "near {usual}. Perhaps the unit changed."
                ),
                data={
                    "variable": cube.variable,
                    "area": area,
                    "period": str(period),
                    "breakdown": "",
                    "value": float(np.median(after)),
                    "usual": float(np.median(before)),
                },
            )


def _runs(cube: Cube) -> Iterator[Note]:
    for area, line in totals(cube):
        held = np.flatnonzero(~np.isnan(line))
        values = line[held]
        if not len(values):
            continue
        begun = int(np.argmax(values > 0))
        large = float(np.median(values[values > 0])) if (values > 0).any() else 0.0
        for first, last in _stretches(values):
            value, count = float(values[first]), last - first + 1
            is_placeholder = value >= TOO_LARGE_FOR_CHANCE and count >= LONG_RUN
            is_empty = (
                value == 0
                and first > begun
                and count >= LONG_ZEROS
                and large >= TOO_LARGE_FOR_CHANCE
            )
            if not (is_placeholder or is_empty):
                continue
            yield Note(
                code="equal_run",
                text=N_(
                    "“{variable}” {area} is {value} in all {count} periods from {period} to "
                    "{last}. Perhaps these are placeholders."
                ),
                data={
                    "variable": cube.variable,
                    "area": area,
                    "period": str(cube.periods[held[first]]),
                    "last": str(cube.periods[held[last]]),
                    "breakdown": "",
                    "value": value,
                    "count": count,
                },
            )


def _stretches(values: Floats) -> Iterator[tuple[int, int]]:
    """First and last position of each stretch of equal values."""
    starts: Integers = np.concatenate(([0], np.flatnonzero(np.diff(values) != 0) + 1))
    ends = np.concatenate((starts[1:] - 1, [len(values) - 1]))
    yield from zip(starts.tolist(), ends.tolist(), strict=True)


def _gaps(cube: Cube) -> Iterator[Note]:
    if cube.periods[0].frequency is Frequency.SPAN:
        return
    known = {period: position for position, period in enumerate(cube.periods)}
    for area, line in totals(cube):
        row = cube.breakdowns.index(TOTAL)
        hidden = ~np.isnan(cube.low[row, cube.areas.index(area)])
        held = np.flatnonzero(~np.isnan(line) | hidden)
        if len(held) < FEWEST_EACH_SIDE:
            continue
        steps = {cube.periods[b].ordinal - cube.periods[a].ordinal for a, b in _pairs(held)}
        if len(steps) == 1:
            continue
        usual = min(steps)
        present = set(held.tolist())
        missing = []
        period = cube.periods[held[0]]
        while period < cube.periods[held[-1]]:
            if known.get(period) not in present:
                missing.append(str(period))
            period = period.shift(usual)
        if not missing or len(missing) > len(held):
            continue
        yield Note(
            code="missing_period",
            text=N_("“{variable}” {area} has no value for {periods}, between others that do."),
            data={
                "variable": cube.variable,
                "area": area,
                "period": missing[0],
                "breakdown": "",
                "periods": ", ".join(missing),
                "count": len(missing),
            },
        )


def _pairs(held: Integers) -> Iterator[tuple[int, int]]:
    yield from pairwise(held.tolist())
