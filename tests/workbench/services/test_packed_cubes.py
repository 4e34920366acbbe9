"""Rows read packed give the same cube as rows read with all columns."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency, Period
from indicators.model.series import Breakdown, Cube
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.services import cubes
from workbench.services.packed_cubes import packed_arrays
from workbench.services.workspace import Workspace
from workbench.store.observations import Mode

YEARLY = cubes.PARTS[Frequency.YEAR]
WOMEN = Breakdown.of(SEX="F")


def both(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> tuple[Cube, Cube]:
    """The cube read packed, and read with all columns."""
    ws.cache.clear()
    short = cubes.cube(ws, "vic_detected")
    with monkeypatch.context() as patched:
        patched.setattr(cubes, "packed_arrays", lambda *_: None)
        ws.cache.clear()
        return short, cubes.cube(ws, "vic_detected")


def test_values_states_flags_and_versions_are_the_same(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = Flags.P | Flags.U
    deliver(ws, [*cells([1.25, 0, 1e15], flags=marked), *cells([7], breakdown=WOMEN)], tmp_path)
    extra = [
        *cells([9], first=2021),
        Cell(period="2030", status=Status.M),
        Cell(period="2031", status=Status.X),
        Cell(period="2032", status=Status.Z, value=0),
        *cells([3.5], area="XV-02", first=1999),
    ]
    deliver(ws, extra, tmp_path, mode=Mode.APPEND, name="n.csv")
    assert packed_arrays(ws, "vic_detected", None, YEARLY) is not None

    short, long = both(ws, monkeypatch)

    for field in fields(short):
        one, other = getattr(short, field.name), getattr(long, field.name)
        assert (
            np.array_equal(one, other, equal_nan=True)
            if isinstance(one, np.ndarray) and one.dtype == np.float64
            else np.array_equal(one, other)
        ), field.name
    place = (0, 0, short.periods.index(Period.of_year(2022)))
    assert (short.value[place], int(short.flags[place])) == (1e15, int(marked))


@pytest.mark.parametrize(
    "cell",
    [
        Cell(status=Status.S, low=1, high=4),
        Cell(status=Status.S, low=0),
        Cell(value=5, low=2, high=9, flags=Flags.E),
    ],
)
def test_bounds_need_all_columns(ws: Workspace, tmp_path: Path, cell: Cell) -> None:
    deliver(ws, [*cells([1, 2], area="XV-02"), cell], tmp_path)

    assert packed_arrays(ws, "vic_detected", None, YEARLY) is None
    cube = cubes.cube(ws, "vic_detected")
    at = (0, cube.areas.index("XV-01"), 0)
    assert cube.low[at] == cell.low


def test_other_kinds_of_periods_and_sources_are_left_out(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([1]), Cell(period="2020-03", value=8)], tmp_path)
    deliver(ws, cells([4], area="XV-02"), tmp_path, dataset="courts", name="c.csv")

    def values(dataset: str | None, parts: tuple[int, int]) -> list[float]:
        found = packed_arrays(ws, "vic_detected", dataset, parts)
        assert found is not None
        return sorted(found[1][0].tolist())

    assert values(None, YEARLY) == [1, 4]
    assert values("courts", YEARLY) == [4]
    assert values(None, cubes.PARTS[Frequency.MONTH]) == [8]
    assert values("nobody", YEARLY) == []
