"""The public view: what somebody outside would get to see of the project's numbers.

Small counts of persons, and the counts from which they could be worked out, are hidden; every
rate, share, trend and chart is then computed from what is left, as an outsider would have to.
Nothing is written: the file keeps all values, and leaving the view brings them back.

Sums bind cells of one year only, so each year is looked at alone and kept in memory by its content:
a correction asks for one year again, and no year is asked for twice at the same time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indicators.disclosure.cubes import Place, hidden_places
from indicators.errors import N_
from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency
from indicators.model.series import Cube
from workbench.progress import SILENT, Progress

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

OF_PERSONS = ("persons", "")
"""Units whose small counts are protected; a variable that states no unit is taken to count persons."""
OPEN = ("pop_", "prev_", "kap_")
"""Beginnings of variables that count residents, estimates or answers to a survey."""


def protects(ws: Workspace) -> bool:
    """Whether anything can be hidden: invented data hide nothing."""
    return ws.public_view and not ws.settings.fictitious


def is_protected(variable: str, unit: str) -> bool:
    """Whether small counts of a variable are hidden."""
    return unit in OF_PERSONS and not variable.removeprefix("n_").startswith(OPEN)


def prepare(ws: Workspace, variables: Iterable[str], *, progress: Progress = SILENT) -> None:
    """Find what is hidden of several variables before they are read; nothing without protection.

    Args:
        ws: open project.
        variables: variable codes.
        progress: told before each year of a variable, so that waiting shows and can be stopped.
    """
    if not protects(ws):
        return
    from workbench.services.cubes import cube

    looks: list[tuple[int, tuple[Cube, ...]]] = []
    for variable in dict.fromkeys(variables):
        whole = [cube(ws, variable, frequency=each, everything=True) for each in Frequency]
        looks += _years(_protected(whole))
    parents, threshold = _parents(ws), ws.settings.threshold
    for done, (year, cubes) in enumerate(looks):
        progress.report(done, len(looks), N_("Finding what the public view hides"))
        _places_of(ws, year, cubes, parents, threshold)


def places(ws: Workspace, cubes: Sequence[Cube]) -> frozenset[Place]:
    """The cells of one variable that are hidden.

    Args:
        ws: open project.
        cubes: its whole content, one cube a frequency.
    """
    whole = _protected(cubes)
    if not whole:
        return frozenset()
    parents, threshold = _parents(ws), ws.settings.threshold
    found = (_places_of(ws, year, part, parents, threshold) for year, part in _years(whole))
    return frozenset().union(*found)


_ONE_AT_A_TIME = threading.Lock()
"""Two threads that want the same year do not both look for it: the later one waits and finds it."""


def _places_of(
    ws: Workspace,
    year: int,
    cubes: tuple[Cube, ...],
    parents: Mapping[str, str],
    threshold: int,
) -> frozenset[Place]:
    """The hidden cells of one year of a variable, kept by its content."""
    content = (
        tuple(_content(cube) for cube in cubes),
        tuple(sorted(parents.items())),
        threshold,
    )
    with _ONE_AT_A_TIME:
        return ws.cache.kept(
            ("hidden_year", cubes[0].variable, year),
            content,
            lambda: hidden_places(cubes, parents, threshold=threshold),
        )


def _content(cube: Cube) -> tuple[object, ...]:
    """All that decides what is hidden of a cube."""
    axes = (cube.areas, cube.breakdowns, cube.periods)
    return (*axes, cube.value.tobytes(), cube.status.tobytes())


def _protected(cubes: Sequence[Cube]) -> tuple[Cube, ...]:
    """The cubes that hold values, of a variable whose small counts are protected."""
    held = tuple(cube for cube in cubes if cube.value.size)
    return held if held and is_protected(held[0].variable, held[0].unit) else ()


def _parents(ws: Workspace) -> dict[str, str]:
    """The area that each area is a part of."""
    from workbench.services import inventory

    return {row.code: row.parent for row in inventory.areas(ws) if row.parent is not None}


def _years(cubes: Sequence[Cube]) -> Iterator[tuple[int, tuple[Cube, ...]]]:
    """Each year with the part of the cubes that falls in it; months count to their year."""
    for year in sorted({period.year for cube in cubes for period in cube.periods}):
        parts = (_part(cube, year) for cube in cubes)
        yield year, tuple(part for part in parts if part.periods)


def _part(cube: Cube, year: int) -> Cube:
    at = [place for place, period in enumerate(cube.periods) if period.year == year]
    names = ("value", "low", "high", "status", "flags", "vintage")
    arrays = {name: getattr(cube, name)[:, :, at] for name in names}
    return replace(cube, periods=tuple(cube.periods[place] for place in at), **arrays)


def masked(cube: Cube, hidden: frozenset[Place]) -> Cube:
    """The cube without the hidden cells: no value, no bounds, marked with flag H."""
    at = (
        {area: i for i, area in enumerate(cube.areas)},
        {cut: i for i, cut in enumerate(cube.breakdowns)},
        {period: i for i, period in enumerate(cube.periods)},
    )
    found = [
        (at[1][cut], at[0][area], at[2][period])
        for area, cut, period in hidden
        if area in at[0] and cut in at[1] and period in at[2]
    ]
    if not found:
        return cube
    where = tuple(np.array(found).T)
    arrays = {
        "value": np.nan,
        "low": np.nan,
        "high": np.nan,
        "status": int(Status.M),
        "flags": int(Flags.H),
    }
    changed = {}
    for name, mark in arrays.items():
        array = getattr(cube, name).copy()
        array[where] = mark
        array.setflags(write=False)
        changed[name] = array
    return replace(cube, **changed)
