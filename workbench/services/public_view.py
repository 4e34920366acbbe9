"""The public view: what somebody outside would get to see of the project's numbers.

Small counts of persons, and the counts from which they could be worked out, are hidden; every
rate, share, trend and chart is then computed from what is left, as an outsider would have to.
Nothing is written: the file keeps all values, and leaving the view brings them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indicators.disclosure.cubes import Place, hidden_places
from indicators.model.codes import Flags, Status
from indicators.model.series import Cube

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


def places(ws: Workspace, cubes: Sequence[Cube]) -> frozenset[Place]:
    """The cells of one variable that are hidden.

    Args:
        ws: open project.
        cubes: its whole content, one cube a frequency.
    """
    from workbench.services import inventory

    if not cubes or not is_protected(cubes[0].variable, cubes[0].unit):
        return frozenset()
    parents = {row.code: row.parent for row in inventory.areas(ws) if row.parent is not None}
    return hidden_places(cubes, parents, threshold=ws.settings.threshold)


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
