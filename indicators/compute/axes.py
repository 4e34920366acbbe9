"""Which breakdowns, areas and periods a result has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from indicators.compute.calculators import CALCULATORS
from indicators.compute.task import base_trees, main_trees, selected_dimensions
from indicators.formula.evaluate import Grid, carried_dimensions, is_population
from indicators.formula.tree import Reference, references
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube

_TECHNICAL = frozenset({"STAT", "DAY", "K"})
_FREE_UNITS = ("index",)
"""A price index has no breakdowns of people: its total serves every cut."""


def main_references(indicator: Indicator) -> tuple[Reference, ...]:
    """The references whose cells decide which results there are."""
    return tuple(ref for tree in main_trees(indicator) for ref in references(tree))


def grid_of(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    parameters: Mapping[str, str],
    *,
    areas: Sequence[str] | None,
    breakdowns: Sequence[Breakdown] | None,
    periods: tuple[Period, Period] | None,
) -> Grid:
    """The axes of the result: what was asked for, else what the data of the main side have."""
    found = [
        (ref.with_parameters(dict(parameters)), cubes[ref.variable])
        for ref in main_references(indicator)
        if ref.variable in cubes
    ]
    leading = _leading(found)
    axis = _periods(leading)
    if periods is not None:
        axis = [period for period in axis if periods[0] <= period <= periods[1]]
    return Grid(
        breakdowns=tuple(dict.fromkeys(breakdowns))
        if breakdowns is not None
        else _breakdowns(indicator, found),
        areas=tuple(areas) if areas is not None else _areas(leading),
        periods=tuple(axis),
    )


def _areas(leading: Sequence[Cube]) -> tuple[str, ...]:
    """All areas in order of their first cube; those of one cube, or of several alike, as they are."""
    if leading and all(cube.areas == leading[0].areas for cube in leading):
        return leading[0].areas
    return tuple(dict.fromkeys(area for cube in leading for area in cube.areas))


def _periods(leading: Sequence[Cube]) -> list[Period]:
    """All periods in order; those of one cube, or of several alike, are in order already."""
    if leading and all(cube.periods == leading[0].periods for cube in leading):
        return list(leading[0].periods)
    return sorted({period for cube in leading for period in cube.periods})


def _leading(found: Sequence[tuple[Reference, Cube]]) -> list[Cube]:
    """Cubes that say where there is a result; populations and price indexes only serve."""
    leading = [
        cube
        for reference, cube in found
        if not is_population(reference.variable) and cube.unit not in _FREE_UNITS
    ]
    return leading or [cube for _, cube in found]


_Key: TypeAlias = tuple[object, ...]
_remembered: dict[_Key, tuple[tuple[tuple[Breakdown, ...], ...], tuple[Breakdown, ...]]] = {}
MOST_REMEMBERED = 1024


def _breakdowns(
    indicator: Indicator, found: Sequence[tuple[Reference, Cube]]
) -> tuple[Breakdown, ...]:
    """The cuts of a definition and its cubes, remembered for the very same labels."""
    labels = tuple(cube.breakdowns for _, cube in found)
    places = tuple((reference, cube.unit, id(cube.breakdowns)) for reference, cube in found)
    key = (indicator.code, indicator.breakdowns, indicator.calculator, places)
    known = _remembered.get(key)
    # the labels are held with the answer, so that their place in memory stays theirs
    if known is not None and all(a is b for a, b in zip(known[0], labels, strict=True)):
        return known[1]
    made = _chosen_breakdowns(indicator, found)
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[key] = (labels, made)
    return made


def _chosen_breakdowns(
    indicator: Indicator, found: Iterable[tuple[Reference, Cube]]
) -> tuple[Breakdown, ...]:
    allowed = {name.strip("()") for name in indicator.breakdowns} - _TECHNICAL
    consumed = _consumed(indicator)
    result = {TOTAL: None}
    for reference, cube in found:
        chosen = dict(reference.selectors)
        taken_out = {*chosen, *consumed}
        for breakdown in cube.breakdowns:
            if chosen and not _has(breakdown, chosen):
                continue
            rest = breakdown.without(*taken_out) if taken_out else breakdown
            if all(dim in allowed for dim, _ in rest.dims):
                result[rest] = None
    carried = dimensions_of({reference.variable: cube for reference, cube in found})
    main = main_references(indicator)
    return tuple(b for b in result if obstacle(main, b, carried) is None)


def _has(breakdown: Breakdown, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the cut has one of the chosen codes in each dimension."""
    codes = breakdown.as_dict()
    return all(codes.get(dim) in wanted for dim, wanted in chosen.items())


def dimensions_of(cubes: Mapping[str, Cube]) -> dict[str, frozenset[str]]:
    """The dimensions that each cube carries; free units have no breakdowns to match."""
    return {
        code: carried_dimensions(cube)
        for code, cube in cubes.items()
        if cube.unit not in _FREE_UNITS
    }


def _consumed(indicator: Indicator) -> frozenset[str]:
    if indicator.calculator is None:
        return frozenset()
    return CALCULATORS[indicator.calculator].consumes


def obstacle(
    main: Sequence[Reference], breakdown: Breakdown, carried: Mapping[str, frozenset[str]]
) -> str | None:
    """The variable because of which this breakdown has no result, or None.

    Every part of the main side must carry the dimensions asked for; a dimension that the formula
    chooses codes of cannot be a breakdown at the same time.

    Args:
        main: result of ``main_references``.
        breakdown: the cut asked for.
        carried: result of ``dimensions_of``.
    """
    for reference in main:
        dims = carried.get(reference.variable)
        if dims is None:
            continue
        if reference.selectors:
            dims = dims - selected_dimensions(reference)
        if any(dim not in dims for dim, _ in breakdown.dims):
            return reference.variable
    return None


def whole_population(
    indicator: Indicator, cubes: Mapping[str, Cube], dropped: Mapping[str, set[int]]
) -> frozenset[int]:
    """Breakdowns (by place) for which the base is a total that lacks a dimension asked for."""
    return frozenset(
        index
        for tree in base_trees(indicator)
        for ref in references(tree)
        if ref.variable in dropped and cubes[ref.variable].unit not in _FREE_UNITS
        for index in dropped[ref.variable]
    )
