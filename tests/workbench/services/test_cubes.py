"""Variables as arrays."""

from __future__ import annotations

import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indicators.errors import IndicatorsError
from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency
from indicators.model.series import TOTAL, Breakdown
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.services import observations
from workbench.services.cubes import cube, datasets_of
from workbench.services.history import undo
from workbench.services.workspace import Workspace
from workbench.store import observations as store
from workbench.store import records

WOMEN = Breakdown.of(SEX="F")


def test_cells_stand_where_they_belong(ws: Workspace, tmp_path: Path) -> None:
    suppressed = Cell(
        area="XV-02", period="2021", status=Status.S, low=1, high=4, breakdown=WOMEN, flags=Flags.P
    )
    deliver(ws, [*cells([5, 6]), suppressed, Cell(status=Status.M, period="2022")], tmp_path)

    found = cube(ws, "vic_detected")

    assert found.breakdowns == (TOTAL, WOMEN)
    assert found.areas == ("XV-01", "XV-02")
    assert [str(period) for period in found.periods] == ["2020", "2021", "2022"]
    np.testing.assert_array_equal(found.value[0, 0], [5, 6, np.nan])
    np.testing.assert_array_equal(found.low[1, 1], [np.nan, 1, np.nan])
    np.testing.assert_array_equal(found.status[1, 1], [Status.M, Status.S, Status.M])
    np.testing.assert_array_equal(found.vintage[0], [[1, 1, 1], [0, 0, 0]])
    assert found.flags[1, 1, 1] == Flags.P
    assert not found.value.flags.writeable


def test_only_one_frequency_is_read(ws: Workspace, tmp_path: Path) -> None:
    texts = ("2020", "2019/2020", "2020-S1", "2020-Q2", "2020-05", "FY2020-04")
    deliver(ws, [Cell(period=text, value=number) for number, text in enumerate(texts)], tmp_path)

    for number, frequency in enumerate(
        (
            Frequency.YEAR,
            Frequency.SPAN,
            Frequency.HALF,
            Frequency.QUARTER,
            Frequency.MONTH,
            Frequency.FISCAL,
        )
    ):
        found = cube(ws, "vic_detected", frequency=frequency)
        assert [str(period) for period in found.periods] == [texts[number]]
        assert found.value.tolist() == [[[number]]]


def test_the_newest_version_of_a_cell_counts(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    deliver(ws, cells([9]), tmp_path, mode=store.Mode.APPEND)

    assert cube(ws, "vic_detected").value.tolist() == [[[9, 2]]]
    undo(ws)
    assert cube(ws, "vic_detected").value.tolist() == [[[1, 2]]]


def test_a_cube_is_kept_until_its_variable_changes(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    first = cube(ws, "vic_detected")
    deliver(ws, cells([1], variable="vic_assisted"), tmp_path, dataset="other", name="b.csv")

    assert cube(ws, "vic_detected") is first
    older = weakref.ref(first.value)
    del first
    deliver(ws, cells([2]), tmp_path)
    assert cube(ws, "vic_detected").value.tolist() == [[[2]]]
    assert older() is None, "the older one is let go"


def test_what_another_thread_writes_is_seen(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    before = cube(ws, "vic_detected")
    assert cube(ws, "vic_detected") is before

    with ThreadPoolExecutor(1) as other:
        other.submit(deliver, ws, cells([2]), tmp_path).result()

    assert cube(ws, "vic_detected").value.tolist() == [[[2]]]


def test_the_first_source_counts_and_others_fill_the_rest(ws: Workspace, tmp_path: Path) -> None:
    missing = Cell(period="2022", status=Status.M)
    deliver(ws, [*cells([1, 2]), missing], tmp_path, dataset="zebra", name="z.csv")
    deliver(ws, cells([7, 7], first=2021), tmp_path, dataset="ant", name="a.csv")

    assert datasets_of(ws, "vic_detected") == ("zebra", "ant")
    assert cube(ws, "vic_detected").value.tolist() == [[[1, 2, 7]]]
    assert cube(ws, "vic_detected", dataset="ant").value.tolist() == [[[7, 7]]]
    assert observations.series(ws, "vic_detected", "XV-01").dataset == ""


def test_the_chosen_source_counts_first(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path, dataset="zebra", name="z.csv")
    deliver(ws, cells([7, 7], first=2021), tmp_path, dataset="ant", name="a.csv")
    cube(ws, "vic_detected")

    with ws.write("settings", "test"):
        records.put(ws.db, "setting", {"key": "dataset:vic_detected", "value": '"ant"'})

    assert datasets_of(ws, "vic_detected") == ("ant", "zebra")
    assert cube(ws, "vic_detected").value.tolist() == [[[1, 7, 7]]]


def test_a_missing_cell_of_a_newer_version_is_missing(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    deliver(ws, [Cell(status=Status.M)], tmp_path, mode=store.Mode.APPEND)

    found = cube(ws, "vic_detected")

    assert found.status.tolist() == [[[Status.M]]]
    assert np.isnan(found.value).all()


def test_sources_in_different_units_are_refused(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    deliver(ws, cells([1], unit="cases"), tmp_path, dataset="other", name="b.csv")

    with pytest.raises(IndicatorsError, match="cases, persons"):
        cube(ws, "vic_detected")
    assert cube(ws, "vic_detected", dataset="other").unit == "cases"


def test_nothing_held_is_an_empty_cube(ws: Workspace) -> None:
    found = cube(ws, "vic_detected")

    assert found.value.shape == (0, 0, 0)
