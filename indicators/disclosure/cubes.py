"""Which cells of the variables of a project an outsider must not see.

Cells of one variable hang together through sums: regions make a country, women and men make all,
months make a year. Each set of cells that hang together is one table and is protected as one, so
that no hidden count can be worked out from its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.codelists import code_list, has_list
from indicators.disclosure.protection import protect
from indicators.model.codes import Status
from indicators.model.period import Frequency, Period
from indicators.model.results import Refusal
from indicators.model.series import Breakdown, Cube
from indicators.model.tables import Cell, CountTable, Equation

MOST_CELLS = 400
"""Of larger tables with a small count only the totals are shown: a search would take too long."""

Place = tuple[str, Breakdown, Period]
"""Area, cut and period of a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total that is at least the sum of its parts.

    Attributes:
        total, parts: places of the cells.
        rest: what the parts leave open; 0 when they are complete.
    """

    total: Place
    parts: tuple[Place, ...]
    rest: int


def hidden_places(
    cubes: Sequence[Cube], parents: Mapping[str, str], *, threshold: int = 5, area: str = ""
) -> frozenset[Place]:
    """The cells to hide so that no count from 1 to ``threshold - 1`` can be worked out.

    Ranges and missing cells are no numbers and are left alone. Parts that come to more than their
    total (a person can have several forms of exploitation) bind nothing.

    Args:
        cubes: the content of one variable, one cube a frequency.
        parents: the area that each area is a part of.
        threshold: smallest count that may be shown.
        area: look only at the cells that hang together with those of this area; empty: all.

    Returns:
        Places of hidden cells. Where a table has more than ``MOST_CELLS`` cells and a small count
        among them, all parts are hidden and only totals that are part of nothing are shown; where
        it cannot be made safe, all of its cells are hidden.
    """
    counts = _counts(cubes)
    sums = tuple(_sums(counts, parents))
    hidden: set[Place] = set()
    for places, inside in _tables(counts, sums):
        if area and all(place[0] != area for place in places):
            continue
        if any(0 < counts[place] < threshold for place in places):
            hidden |= _hidden(places, inside, counts, threshold)
    return frozenset(hidden)


def _counts(cubes: Sequence[Cube]) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for cube in cubes:
        known = np.isin(cube.status, (Status.A, Status.Z)) & np.isfinite(cube.value)
        for cut, at, when in np.argwhere(known).tolist():
            place = (cube.areas[at], cube.breakdowns[cut], cube.periods[when])
            found[place] = max(round(float(cube.value[cut, at, when])), 0)
    return found


def _sums(counts: Mapping[Place, int], parents: Mapping[str, str]) -> Iterator[Sum]:
    """Every sum that the numbers bear out."""
    for total, parts in (
        *_by_area(counts, parents),
        *_by_cut(counts),
        *_by_period(counts),
    ):
        rest = counts[total] - sum(counts[part] for part in parts)
        if rest >= 0:
            yield Sum(total=total, parts=parts, rest=rest)


Parts = Iterator[tuple[Place, tuple[Place, ...]]]


def _by_area(counts: Mapping[Place, int], parents: Mapping[str, str]) -> Parts:
    groups: defaultdict[Place, list[Place]] = defaultdict(list)
    for place in counts:
        parent = parents.get(place[0])
        if parent is not None and (parent, *place[1:]) in counts:
            groups[(parent, place[1], place[2])].append(place)
    yield from ((total, tuple(parts)) for total, parts in groups.items())


def _by_cut(counts: Mapping[Place, int]) -> Parts:
    groups: defaultdict[tuple[Place, str], list[Place]] = defaultdict(list)
    for place in counts:
        for dim, code in place[1].dims:
            total = (place[0], _above(place[1], dim, code), place[2])
            while total not in counts and total[1].code(dim) is not None:
                total = (place[0], _above(total[1], dim, total[1].code(dim) or ""), place[2])
            if total in counts:
                groups[(total, dim)].append(place)
    yield from ((total, tuple(parts)) for (total, _dim), parts in groups.items())


def _above(cut: Breakdown, dim: str, code: str) -> Breakdown:
    """The cut one step broader in a dimension."""
    entry = code_list(dim).entry(code) if has_list(dim) else None
    parent = entry.parent if entry is not None else None
    return cut.without(dim) if parent is None else cut.with_code(dim, parent)


def _by_period(counts: Mapping[Place, int]) -> Parts:
    groups: defaultdict[tuple[Place, Frequency], list[Place]] = defaultdict(list)
    for place in counts:
        frequency = place[2].frequency
        if frequency in _IN_A_YEAR:
            year = (place[0], place[1], Period.of_year(place[2].year))
            if year in counts:
                groups[(year, frequency)].append(place)
    yield from ((total, tuple(parts)) for (total, _frequency), parts in groups.items())


_IN_A_YEAR = (Frequency.HALF, Frequency.QUARTER, Frequency.MONTH)


def _tables(
    counts: Mapping[Place, int], sums: Sequence[Sum]
) -> Iterator[tuple[tuple[Place, ...], tuple[Sum, ...]]]:
    """The cells that hang together, each set with its sums."""
    root: dict[Place, Place] = {place: place for place in counts}

    def find(place: Place) -> Place:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for entry in sums:
        for part in entry.parts:
            root[find(part)] = find(entry.total)
    places: defaultdict[Place, list[Place]] = defaultdict(list)
    inside: defaultdict[Place, list[Sum]] = defaultdict(list)
    for place in counts:
        places[find(place)].append(place)
    for entry in sums:
        inside[find(entry.total)].append(entry)
    for name, members in places.items():
        yield tuple(members), tuple(inside[name])


def _hidden(
    places: Sequence[Place], sums: Sequence[Sum], counts: Mapping[Place, int], threshold: int
) -> frozenset[Place]:
    if len(places) > MOST_CELLS:
        tops = set(places) - {part for entry in sums for part in entry.parts}
        is_safe = all(counts[top] == 0 or counts[top] >= threshold for top in tops)
        return frozenset(set(places) - tops if is_safe else places)
    names = {place: _cell(place) for place in places}
    equations = tuple(_equation(entry, number, names) for number, entry in enumerate(sums))
    table = CountTable(
        dims=("area", "cut", "period"),
        cells=tuple(names.values()),
        counts=tuple(counts[place] for place in places),
        extra_equations=equations,
        threshold=threshold,
    )
    result = protect(table, fewest=False)
    if isinstance(result, Refusal):
        return frozenset(places)
    return frozenset(place for place in places if names[place] in result.hidden)


def _cell(place: Place) -> Cell:
    return place[0], str(place[1]), str(place[2])


def _equation(entry: Sum, number: int, names: Mapping[Place, Cell]) -> Equation:
    terms = [(names[entry.total], 1), *((names[part], -1) for part in entry.parts)]
    if entry.rest:
        # what the file does not break down: a cell that no reader sees
        terms.append((("", "rest", str(number)), -1))
    return tuple(terms)
