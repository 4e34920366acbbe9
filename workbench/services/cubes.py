"""Variables as arrays, kept in memory with the open project by their revision."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from indicators.model.codes import Status
from indicators.model.period import Frequency
from indicators.model.series import Cube, Floats, Integers
from workbench.services import public_view
from workbench.services.cube_axes import Places, axes_of, periods_of
from workbench.services.cube_rows import Rows, newest, read_rows, starts
from workbench.store import inventory, journal, packed_rows, records
from workbench.store.texts import parsed

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
Mark = tuple[int, ...]
State = tuple[int, str | None]
"""Revision of a variable, and the source chosen for it."""


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
    whole = _kept(ws, variable, frequency, dataset, journal.mark(ws.db))
    if everything or not public_view.protects(ws) or not whole.value.size:
        return whole
    with journal.snapshot(ws.db):
        whole = _kept(ws, variable, frequency, dataset, journal.mark(ws.db))
        return _public(ws, whole, frequency, dataset)


def several(ws: Workspace, variables: Iterable[str]) -> dict[str, Cube]:
    """Yearly cubes of several variables by code, all of one state of the project."""
    wanted, mark = tuple(variables), journal.mark(ws.db)
    if not public_view.protects(ws):
        held = {code: _held(ws, code, mark) for code in wanted}
        found = {code: whole for code, whole in held.items() if whole is not None}
        if len(found) == len(held):
            return found
    with journal.snapshot(ws.db):
        return {code: cube(ws, code) for code in wanted}


def hidden_places(ws: Workspace, variable: str) -> frozenset[Place]:
    """The cells of a variable that the public view hides; kept in memory by its revision."""

    def find() -> frozenset[Place]:
        mark = journal.mark(ws.db)
        cubes = [_kept(ws, variable, frequency, None, mark) for frequency in Frequency]
        return public_view.places(ws, [cube for cube in cubes if cube.value.size])

    with journal.snapshot(ws.db):
        state = (_state(ws, variable, journal.mark(ws.db)), ws.settings.threshold)
        return ws.cache.kept(("hidden", variable), state, find)


def _public(ws: Workspace, whole: Cube, frequency: Frequency, dataset: str | None) -> Cube:
    hidden = hidden_places(ws, whole.variable)
    state = _state(ws, whole.variable, journal.mark(ws.db))
    return ws.cache.kept(
        ("public_cube", whole.variable, frequency, dataset),
        (state, ws.settings.threshold),
        lambda: public_view.masked(whole, hidden),
    )


def _held(ws: Workspace, variable: str, mark: Mark) -> Cube | None:
    """The yearly cube of a variable if it is in memory and is known to hold at that mark."""
    state = ws.cache.held(("state", threading.get_ident(), variable), mark)
    found: Cube | None = ws.cache.held(("cube", variable, Frequency.YEAR, None), state)
    return found


def _kept(
    ws: Workspace, variable: str, frequency: Frequency, dataset: str | None, mark: Mark
) -> Cube:
    place = ("cube", variable, frequency, dataset)

    def build() -> Cube:
        with journal.snapshot(ws.db):
            # the state may be newer than the one asked for; the next to ask builds once more
            return _build(ws, variable, frequency, dataset)

    return ws.cache.kept(place, _state(ws, variable, mark), build)


def _state(ws: Workspace, variable: str, mark: Mark) -> State:
    """Revision and chosen source of a variable, looked up again after any write."""
    return ws.cache.kept(
        ("state", threading.get_ident(), variable),
        mark,
        lambda: (ws.revision(variable), _choice(ws, variable)),
    )


def datasets_of(ws: Workspace, variable: str) -> tuple[str, ...]:
    """Codes of the sources that hold a variable, the one that counts first at the front."""
    codes = inventory.dataset_codes(ws.db)
    return tuple(codes[number] for number in _precedence(ws, variable))


def _choice(ws: Workspace, variable: str) -> str | None:
    row = records.fetch(ws.db, "setting", f"dataset:{variable}")
    return None if row is None else str(parsed(str(row["value"])))


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
    rows = newest(read_rows(ws, variable, dataset, PARTS[frequency]))
    if not rows.series.size:
        return _empty(ws, variable, dataset)
    begins = starts(rows)
    counts = np.diff(begins, append=len(rows.series))
    axes = axes_of(ws, variable, dataset, rows.series[begins])
    periods, period_at = periods_of(ws, rows.period)
    at = np.repeat(axes.places * len(periods), counts) + period_at
    if (axes.datasets != axes.datasets[0]).any():
        order = _order(ws, variable, np.repeat(axes.datasets, counts), rows)
        rows, at = rows.at(order), at[order]
    shape = (len(axes.breakdowns), len(axes.areas), len(periods))
    numbers, states = _fill(rows, at, shape)
    return Cube(
        variable=variable,
        unit=axes.unit,
        breakdowns=axes.breakdowns,
        areas=axes.areas,
        periods=periods,
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        status=states[0],
        flags=states[1],
        vintage=states[2],
    )


def _order(ws: Workspace, variable: str, datasets: Integers, rows: Rows) -> Places:
    """Positions so that of equal cells the one that counts comes last."""
    precedence = _precedence(ws, variable)
    ranks = np.zeros(max(precedence) + 1, dtype=np.intp)
    ranks[list(precedence)] = np.arange(len(precedence))
    return np.lexsort((-ranks[datasets], rows.status != Status.M))


def _fill(
    rows: Rows, at: Places, shape: tuple[int, int, int]
) -> tuple[list[Floats], list[Integers]]:
    """Value, low, high and status, flags, version of every cell; the last row of a cell counts."""
    numbers: list[Floats] = []
    for floats in (rows.value, rows.low, rows.high):
        if floats is None and len(numbers) == 2:
            numbers.append(numbers[1])
            continue
        cells = np.full(shape, np.nan)
        if floats is not None:
            cells.reshape(-1)[at] = floats
        numbers.append(cells)
    states: list[Integers] = []
    for whole, otherwise in ((rows.status, int(Status.M)), (rows.flags, 0), (rows.vintage, 0)):
        marks = np.full(shape, otherwise, dtype=np.int64)
        marks.reshape(-1)[at] = whole
        states.append(marks)
    for array in (*numbers, *states):
        array.setflags(write=False)
    return numbers, states


def _empty(ws: Workspace, variable: str, dataset: str | None) -> Cube:
    held = packed_rows.series_texts(ws.db, variable, dataset)
    numbers = np.zeros((0, 0, 0))
    states = np.zeros((0, 0, 0), dtype=np.int64)
    return Cube(
        variable=variable,
        unit=held[0].unit if held else "",
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
