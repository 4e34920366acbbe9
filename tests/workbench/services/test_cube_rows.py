"""Rows read as text give the very numbers, states and versions that the store holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency
from indicators.model.series import TOTAL, Breakdown, Cube
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.services import cubes
from workbench.services.cube_rows import Rows, newest, read_rows
from workbench.services.history import undo
from workbench.services.workspace import Workspace, create
from workbench.store.observations import Mode
from workbench.store.packed_rows import VALUE_BITS

YEARLY = cubes.PARTS[Frequency.YEAR]
WOMEN = Breakdown.of(SEX="F")
Known = tuple[float | None, float | None, float | None, Status, Flags]


def shown(cube: Cube) -> dict[tuple[Breakdown, str, str], Known]:
    """Every cell of a cube that has an observation."""

    def number(array: np.ndarray, place: tuple[int, int, int]) -> float | None:
        return None if np.isnan(array[place]) else float(array[place])

    return {
        (cube.breakdowns[b], cube.areas[a], str(cube.periods[p])): (
            number(cube.value, (b, a, p)),
            number(cube.low, (b, a, p)),
            number(cube.high, (b, a, p)),
            Status(cube.status[b, a, p]),
            Flags(int(cube.flags[b, a, p])),
        )
        for b, a, p in zip(*np.nonzero(cube.vintage), strict=True)
    }


whole = st.integers(0, 2**53).map(float)
values = st.one_of(whole, st.floats(-1e300, 1e300), st.sampled_from([0.5, -3.0, 2.0**VALUE_BITS]))
flags = st.sampled_from([Flags.NONE, Flags.P, Flags.B | Flags.E, Flags.U | Flags.I])
plain = st.builds(lambda v, f: (v, None, None, Status.A, f), values, flags)
empty = st.builds(
    lambda s, f: (None, None, None, s, f), st.sampled_from([Status.M, Status.X]), flags
)
hidden = st.builds(lambda h: (None, 1.0, h, Status.S, Flags.NONE), st.none() | st.just(4.5))
ranged = st.just((5.0, 2.0, 9.0, Status.A, Flags.E))
zero = st.just((0.0, None, None, Status.Z, Flags.NONE))
known = st.one_of(plain, empty, hidden, ranged, zero)
places = st.tuples(
    st.sampled_from([TOTAL, WOMEN]),
    st.sampled_from(["XV-01", "XV-02", "XV-03"]),
    st.sampled_from(["1999", "2020", "2021", "2024"]),
)
deliveries = st.lists(
    st.dictionaries(places, known, min_size=1, max_size=12), min_size=1, max_size=3
)


@given(delivered=deliveries)
@settings(max_examples=60, deadline=None)
def test_a_cube_holds_what_was_delivered_last(
    tmp_path_factory: pytest.TempPathFactory,
    delivered: list[dict[tuple[Breakdown, str, str], Known]],
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    with create(folder / "p.tipw", area="XVA") as ws:
        for number, each in enumerate(delivered):
            listed = [
                Cell(
                    breakdown=cut, area=area, period=year,
                    value=value, low=low, high=high, status=status, flags=marks,
                )
                for (cut, area, year), (value, low, high, status, marks) in each.items()
            ]  # fmt: skip
            deliver(ws, listed, folder, mode=Mode.APPEND, name=f"{number}.csv")
        expected = {place: cell for each in delivered for place, cell in each.items()}

        assert shown(cubes.cube(ws, "vic_detected")) == expected


def test_the_version_of_each_cell_is_kept(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([1, 2]), Cell(period="2022", status=Status.M)], tmp_path)
    late = [*cells([2.5], first=2021), Cell(period="2023", status=Status.M)]
    deliver(ws, late, tmp_path, mode=Mode.APPEND, name="b.csv")

    cube = cubes.cube(ws, "vic_detected")

    first, second = sorted(set(cube.vintage.ravel().tolist()))
    assert cube.vintage.tolist() == [[[first, second, first, second]]]
    assert cube.value[0, 0, :2].tolist() == [1, 2.5]


def test_a_withdrawn_delivery_does_not_count(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    deliver(ws, cells([7.5]), tmp_path, mode=Mode.APPEND, name="b.csv")
    assert cubes.cube(ws, "vic_detected").value.tolist() == [[[7.5, 2]]]

    undo(ws)

    assert cubes.cube(ws, "vic_detected").value.tolist() == [[[1, 2]]]


def test_other_kinds_of_periods_and_sources_are_left_out(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([1]), Cell(period="2020-03", value=8)], tmp_path)
    deliver(ws, cells([4], area="XV-02"), tmp_path, dataset="courts", name="c.csv")

    def found(dataset: str | None, parts: tuple[int, int]) -> list[float]:
        return sorted(read_rows(ws, "vic_detected", dataset, parts).value.tolist())

    assert found(None, YEARLY) == [1, 4]
    assert found("courts", YEARLY) == [4]
    assert found(None, cubes.PARTS[Frequency.MONTH]) == [8]
    assert found("nobody", YEARLY) == []


def rows_of(table: list[tuple[int, int, int, float]]) -> Rows:
    """Rows of series, period, version and value."""
    series, period, vintage, value = (np.array(column) for column in zip(*table, strict=True))
    none = np.zeros(len(table), dtype=np.int64)
    return Rows(series, period, vintage, none, none, value)


@given(
    table=st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 5)),
        min_size=1, max_size=40, unique=True,
    )
)  # fmt: skip
def test_the_newest_version_is_found_in_any_order(table: list[tuple[int, int, int]]) -> None:
    whole_table = [(*key, float(place)) for place, key in enumerate(table)]

    found = newest(rows_of(whole_table))

    expected = {}
    for series, period, vintage, value in sorted(whole_table):
        expected[series, period] = (vintage, value)
    pairs = zip(found.series.tolist(), found.period.tolist(), strict=True)
    kept = zip(found.vintage.tolist(), found.value.tolist(), strict=True)
    assert dict(zip(pairs, kept, strict=True)) == expected
    changes = np.flatnonzero(np.diff(found.series)) + 1
    assert len(changes) + 1 == len(set(found.series.tolist())), "a series stands in one run"
