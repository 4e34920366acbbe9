"""What the numbers of a whole file tell: a unit that changed, a region that was split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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


def quality_remarks(
    series: Sequence[SeriesKey], series_of: Any, periods: Any, values: Sequence[float | None]
) -> list[Remark]:
    """Remarks on the totals of a file.

    Args:
        series: keys.
        series_of: series of each observation taken.
        periods: its period code.
        values: its value, None without one.
    """
    totals = {i for i, key in enumerate(series) if not key.breakdown.as_dict()}
    if not totals or len(totals) > _MOST_SERIES:
        return []
    found: dict[int, Values] = defaultdict(dict)
    for number, period, value in zip(series_of, periods, values, strict=True):
        if number in totals and value is not None:
            found[number][period] = value
    by_variable: dict[str, dict[str, Values]] = defaultdict(dict)
    for number, own in found.items():
        key = series[number]
        by_variable[key.variable][key.area] = own
    return [*_unit_breaks(by_variable), *_splits(by_variable)]


def _unit_breaks(by_variable: Mapping[str, Mapping[str, Values]]) -> list[Remark]:
    """Variables whose numbers are whole up to a period and mostly fractions after it."""
    changed = []
    for variable, areas in by_variable.items():
        whole: dict[int, bool] = {}
        for own in areas.values():
            for period, value in own.items():
                whole[period] = whole.get(period, True) and value.is_integer()
        order = [whole[period] for period in sorted(whole)]
        turn = order.index(False) if False in order else 0
        if turn >= _LEAST_YEARS and len(order) - turn >= 2 and not any(order[turn:]):
            changed.append(f"{variable} ({sorted(whole)[turn] // 100})")
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
