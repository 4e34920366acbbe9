"""What the numbers of a whole file tell: a unit that changed, a region that was split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log10
from statistics import median
from typing import Any

from workbench.importing.names import is_country
from workbench.importing.remark_texts import listed
from workbench.importing.report import Remark
from workbench.importing.series_keys import SeriesKey

Values = dict[int, float]
_MOST_SERIES = 5_000
_LEAST_YEARS = 3
_LEAST_LOSS = 0.1
_LEAST_NEW = 10.0
_MOST_SPREAD = 5.0
"""Largest number on one side of a jump by the smallest."""
_LEAP_ROOM = 0.35
"""How far a jump may be from a thousand or a million, as a power of ten."""


def quality_remarks(
    series: Sequence[SeriesKey], series_of: Any, periods: Any, values: Sequence[float | None]
) -> list[Remark]:
    """Remarks on the numbers of a file.

    Args:
        series: keys.
        series_of: series of each observation taken.
        periods: its period code.
        values: its value, None without one.
    """
    found: dict[int, Values] = defaultdict(dict)
    if len(series) <= _MOST_SERIES:
        wanted = set(range(len(series)))
    else:
        wanted = {i for i, key in enumerate(series) if not key.breakdown.as_dict()}
    if len(wanted) > _MOST_SERIES:
        return []
    for number, period, value in zip(series_of, periods, values, strict=True):
        if number in wanted and value is not None:
            found[number][period] = value
    totals: dict[str, dict[str, Values]] = defaultdict(dict)
    for number, own in found.items():
        key = series[number]
        if not key.breakdown.as_dict():
            totals[key.variable][key.area] = own
    jumps = _jumps({_name(series[number]): own for number, own in found.items()})
    return [*jumps, *_unit_breaks(totals), *_splits(totals)]


def _name(key: SeriesKey) -> str:
    cut = str(key.breakdown) if key.breakdown.as_dict() else ""
    return ", ".join(filter(None, (key.variable, key.area, cut)))


def jump_of(own: Values) -> int:
    """The period from which a series is about a thousand or a million times another one; 0: none.

    All numbers before and after must be of about one size, so that growth is no jump.
    """
    order = [period for period in sorted(own) if own[period] > 0]
    if len(order) < _LEAST_YEARS:
        return 0
    for turn in range(2, len(order)):
        before = [own[period] for period in order[:turn]]
        after = [own[period] for period in order[turn:]]
        if _is_even(before) and _is_even(after) and _is_leap(median(before), median(after)):
            return order[turn]
    return 0


def _is_even(values: Sequence[float]) -> bool:
    return max(values) <= _MOST_SPREAD * min(values)


def _is_leap(before: float, after: float) -> bool:
    size = abs(log10(after / before))
    return any(abs(size - power) <= _LEAP_ROOM for power in (3, 6))


def turn_of(own: Values) -> int:
    """The period from which a series of whole numbers holds fractions only; 0: none."""
    return _turn({period: value.is_integer() for period, value in own.items()})


def _turn(whole: Mapping[int, bool]) -> int:
    order = [whole[period] for period in sorted(whole)]
    turn = order.index(False) if False in order else 0
    if turn >= _LEAST_YEARS and len(order) - turn >= 2 and not any(order[turn:]):
        return sorted(whole)[turn]
    return 0


def _jumps(named: Mapping[str, Values]) -> list[Remark]:
    changed = [
        f"{name} ({period // 100})" for name, own in named.items() if (period := jump_of(own))
    ]
    if not changed:
        return []
    return [Remark(code="unit_jump", count=len(changed), data={"values": listed(changed)})]


def _unit_breaks(by_variable: Mapping[str, Mapping[str, Values]]) -> list[Remark]:
    """Variables whose numbers are whole up to a period and mostly fractions after it."""
    changed = []
    for variable, areas in by_variable.items():
        whole: dict[int, bool] = {}
        for own in areas.values():
            for period, value in own.items():
                whole[period] = whole.get(period, True) and value.is_integer()
        turn = _turn(whole)
        if turn:
            changed.append(f"{variable} ({turn // 100})")
    if not changed:
        return []
    return [Remark(code="unit_break", count=len(changed), data={"values": listed(changed)})]


def _splits(by_variable: Mapping[str, Mapping[str, Values]]) -> list[Remark]:
    """Areas that lose about what another area begins with, in every input that has both."""
    seen: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for areas in by_variable.values():
        if sum(map(is_country, areas)) > len(areas) / 2:
            continue
        starts = {area: min(own) for area, own in areas.items() if own}
        first = min(starts.values(), default=0)
        for area, start in starts.items():
            if start == first or start % 100 or areas[area][start] < _LEAST_NEW:
                continue
            for other, own in areas.items():
                if other != area and start in own and start - 100 in own:
                    fits = _fits(own[start - 100], own[start], areas[area][start])
                    seen[other, area, start // 100].append(fits)
    best = [key for key, fits in seen.items() if all(fits)]
    texts = [f"{old} ↓, {new} ({year})" for old, new, year in best]
    if not texts:
        return []
    return [Remark(code="region_split", count=len(texts), data={"values": listed(texts)})]


def _fits(before: float, after: float, new: float) -> bool:
    """Whether a loss is a tenth or more and about as large as what is new."""
    loss = before - after
    return loss >= _LEAST_LOSS * before and 0.6 * new <= loss <= 1.6 * new
