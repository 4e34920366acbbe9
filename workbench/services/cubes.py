"""Variables as arrays, kept in memory with the open project by their revision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, IndicatorsError
from indicators.model.codes import Status
from indicators.model.period import Frequency, Period
from indicators.model.series import Breakdown, Cube, Integers
from workbench.services import public_view
from workbench.services.packed_cubes import packed_arrays
from workbench.store import inventory, journal, observations, records

if TYPE_CHECKING:
    from indicators.disclosure.cubes import Place
    from workbench.services.workspace import Workspace

ADDED_UP = "added_up"
"""Source of the totals that the program added up from parts; any other source counts before it."""
PARTS = {
    Frequency.YEAR: (0, 0),
    Frequency.SPAN: (2, 9),
    Frequency.HALF: (21, 22),
    Frequency.QUARTER: (31, 34),
    Frequency.MONTH: (41, 52),
    Frequency.FISCAL: (61, 72),
}
"""First and last part of the period codes of each frequency."""


def cube(
    ws: Workspace,
    variable: str,
    *,
    frequency: Frequency = Frequency.YEAR,
    dataset: str | None = None,
    everything: bool = False,
) -> Cube:
    """The whole current content of a variable as arrays.

    Where several sources hold the same cell, one of them counts, never an average: the source
    chosen for the variable (setting ``dataset:<variable>``), else the one that delivered it
    first; totals that the program added up come last. A missing cell of one source does not hide
    the value of another. ``datasets_of`` names the sources, and ``dataset`` reads one alone.

    Args:
        ws: open project.
        variable: variable code.
        frequency: only periods of this kind.
        dataset: code of the only source to read, or None for all.
        everything: True also gives what the public view hides, for checks and bookkeeping.

    Returns:
        Areas and breakdowns in order of their codes (the total first), periods in order; an
        empty cube of shape (0, 0, 0) when nothing is held.

    Raises:
        IndicatorsError: the series of the variable differ in unit.
    """
    with journal.snapshot(ws.db):
        whole = _cached(ws, variable, frequency, dataset)
        if everything or not public_view.protects(ws) or not whole.value.size:
            return whole
        return _public(ws, whole, frequency, dataset)


def hidden_places(ws: Workspace, variable: str) -> frozenset[Place]:
    """The cells of a variable that the public view hides; kept in memory by its revision."""
    state = (ws.revision(variable), _choice(ws, variable), ws.settings.threshold)
    key = ("hidden", variable, *state)
    found = ws.cache.get(key)
    if isinstance(found, frozenset):
        return found
    with journal.snapshot(ws.db):
        cubes = [_cached(ws, variable, frequency, None) for frequency in Frequency]
        made = public_view.places(ws, [cube for cube in cubes if cube.value.size])
    _keep(ws, key, made, same=2)
    return made


def _public(ws: Workspace, whole: Cube, frequency: Frequency, dataset: str | None) -> Cube:
    hidden = hidden_places(ws, whole.variable)
    # the whole cube and the set are themselves kept by revision, so they name the state
    key = ("public_cube", whole.variable, frequency, dataset, id(whole), id(hidden))
    found = ws.cache.get(key)
    if isinstance(found, Cube):
        return found
    made = public_view.masked(whole, hidden)
    _keep(ws, key, made, same=4)
    return made


def _keep(ws: Workspace, key: tuple[object, ...], made: object, *, same: int) -> None:
    """Keep a result in the place of older ones whose keys begin alike."""
    for old in [entry for entry in list(ws.cache) if entry[:same] == key[:same]]:
        ws.cache.pop(old, None)
    ws.cache[key] = made


def _cached(ws: Workspace, variable: str, frequency: Frequency, dataset: str | None) -> Cube:
    key = ("cube", variable, frequency, dataset, ws.revision(variable), _choice(ws, variable))
    found = ws.cache.get(key)
    if isinstance(found, Cube):
        return found
    made = _build(ws, variable, frequency, dataset)
    _keep(ws, key, made, same=4)
    return made


def datasets_of(ws: Workspace, variable: str) -> tuple[str, ...]:
    """Codes of the sources that hold a variable, the one that counts first at the front."""
    codes = inventory.dataset_codes(ws.db)
    return tuple(codes[number] for number in _precedence(ws, variable))


def _choice(ws: Workspace, variable: str) -> str | None:
    row = records.fetch(ws.db, "setting", f"dataset:{variable}")
    return None if row is None else str(json.loads(str(row["value"])))


def _precedence(ws: Workspace, variable: str) -> tuple[int, ...]:
    delivered = inventory.datasets_by_delivery(ws.db, variable)
    chosen = _choice(ws, variable)
    codes = inventory.dataset_codes(ws.db)
    return tuple(
        sorted(
            delivered,
            key=lambda number: (codes[number] != chosen, codes[number] == ADDED_UP),
        )
    )


def _build(ws: Workspace, variable: str, frequency: Frequency, dataset: str | None) -> Cube:
    packed = packed_arrays(ws, variable, dataset, PARTS[frequency])
    whole, floats = packed or _all_columns(ws, variable, dataset, PARTS[frequency])
    series = observations.cube_series(ws.db, variable, dataset)
    if not whole.size:
        return _empty(variable, series[0][4] if series else "")
    newest = _newest(whole)
    whole, floats = whole[:, newest], floats[:, newest]
    held = set(np.unique(whole[0]).tolist())
    series = [entry for entry in series if entry[0] in held]
    if len({entry[3] for entry in series}) > 1:
        order = _order(ws, variable, series, whole)
        whole, floats = whole[:, order], floats[:, order]
    return _fill(variable, series, whole, floats)


def _all_columns(
    ws: Workspace, variable: str, dataset: str | None, parts: tuple[int, int]
) -> tuple[Integers, NDArray[np.float64]]:
    pairs = [_arrays(lot) for lot in observations.cube_lots(ws.db, variable, dataset, parts)]
    whole = np.concatenate([pair[0] for pair in pairs], axis=1)
    return whole, np.concatenate([pair[1] for pair in pairs], axis=1)


def _arrays(rows: list[tuple[float | None, ...]]) -> tuple[Integers, NDArray[np.float64]]:
    """Series, period, vintage, status and flags of rows; value, low and high."""
    columns = list(zip(*rows, strict=True))
    whole = np.array([columns[0], columns[1], columns[2], columns[6], columns[7]], dtype=np.int64)
    return whole, np.array(columns[3:6], dtype=np.float64)


def _newest(whole: Integers) -> NDArray[np.intp]:
    """Positions of the newest vintage of each series and period, in order of these."""
    series, period, vintage = whole[0], whole[1], whole[2]
    order = np.lexsort((vintage, period, series))
    series, period = series[order], period[order]
    is_last = np.ones(len(order), dtype=bool)
    is_last[:-1] = (series[1:] != series[:-1]) | (period[1:] != period[:-1])
    return order[is_last]


def _order(
    ws: Workspace,
    variable: str,
    series: list[tuple[int, str, str, int, str]],
    whole: Integers,
) -> NDArray[np.intp]:
    """Positions so that of equal cells the one that counts comes last."""
    rank = {number: place for place, number in enumerate(_precedence(ws, variable))}
    rank_of_series = {entry[0]: rank[entry[3]] for entry in series}
    ids, inverse = np.unique(whole[0], return_inverse=True)
    ranks = np.array([rank_of_series[number] for number in ids.tolist()])[inverse]
    return np.lexsort((-ranks, whole[3] != Status.M))


def _fill(
    variable: str,
    series: list[tuple[int, str, str, int, str]],
    whole: Integers,
    floats: NDArray[np.float64],
) -> Cube:
    unit = _unit(variable, {entry[4] for entry in series})
    dims = {text: Breakdown.from_json(text) for text in {entry[2] for entry in series}}
    breakdowns = tuple(sorted(set(dims.values())))
    areas = tuple(sorted({entry[1] for entry in series}))
    breakdown_at = {text: breakdowns.index(value) for text, value in dims.items()}
    area_at = {code: position for position, code in enumerate(areas)}
    ids, inverse = np.unique(whole[0], return_inverse=True)
    by_id = {entry[0]: (breakdown_at[entry[2]], area_at[entry[1]]) for entry in series}
    places = np.array([by_id[number] for number in ids.tolist()])[inverse]
    codes, period_at = np.unique(whole[1], return_inverse=True)
    at = (places[:, 0], places[:, 1], period_at)
    shape = (len(breakdowns), len(areas), len(codes))
    numbers = np.full((3, *shape), np.nan)
    states = np.zeros((3, *shape), dtype=np.int64)
    states[0] = Status.M
    for target, column in zip(numbers, floats, strict=True):
        target[at] = column
    for target, column in zip(states, (whole[3], whole[4], whole[2]), strict=True):
        target[at] = column
    numbers.setflags(write=False)
    states.setflags(write=False)
    return Cube(
        variable=variable,
        unit=unit,
        breakdowns=breakdowns,
        areas=areas,
        periods=tuple(Period(code) for code in codes.tolist()),
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        status=states[0],
        flags=states[1],
        vintage=states[2],
    )


def _unit(variable: str, units: set[str]) -> str:
    if len(units) > 1:
        raise IndicatorsError(
            N_("The sources of “{variable}” count in different units: {units}."),
            hint=N_("Choose one source for it."),
            variable=variable,
            units=", ".join(sorted(units)),
        )
    return next(iter(units))


def _empty(variable: str, unit: str) -> Cube:
    numbers = np.zeros((0, 0, 0))
    states = np.zeros((0, 0, 0), dtype=np.int64)
    return Cube(
        variable=variable,
        unit=unit,
        breakdowns=(),
        areas=(),
        periods=(),
        value=numbers,
        low=numbers,
        high=numbers,
        status=states,
        flags=states,
        vintage=states,
    )
