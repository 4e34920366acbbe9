"""Bulk insert, replace and append, what is current, purge."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.model.series import TOTAL
from tests.workbench.deliveries import cells, deliver
from workbench.errors import WorkbenchError
from workbench.services.workspace import Workspace
from workbench.store import observations as store
from workbench.store.vintages import stored_vintages


def current(ws: Workspace) -> list[tuple[int, float]]:
    rows = store.select_rows(ws.db, store.Filter())
    return [(int(str(row[4])) // 100, float(str(row[6]))) for row in rows]


def test_replace_ends_what_the_new_file_lacks(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2, 3]), tmp_path)
    deliver(ws, cells([9, 8]), tmp_path)

    assert current(ws) == [(2020, 9), (2021, 8)]


def test_append_keeps_what_the_new_file_lacks(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2, 3]), tmp_path)
    deliver(ws, cells([9, 8]), tmp_path, mode=store.Mode.APPEND)

    assert current(ws) == [(2020, 9), (2021, 8), (2022, 3)]


def test_another_dataset_is_not_replaced(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    deliver(ws, cells([2]), tmp_path, dataset="shelters")

    assert current(ws) == [(2020, 1), (2020, 2)]


def test_a_cell_named_twice_in_one_vintage_is_refused(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ws.db.IntegrityError):
        deliver(ws, [*cells([1]), *cells([2])], tmp_path)

    assert stored_vintages(ws.db) == ()


@pytest.mark.parametrize(("value", "status"), [(None, 0), (None, 1), (5.0, 2), (5.0, 3)])
def test_a_value_stands_with_status_a_or_z_only(
    ws: Workspace, value: float | None, status: int
) -> None:
    with ws.write("import", "test"):
        vintage = store.begin_vintage(ws.db, store.VintageRecord(dataset="d"))
        series = store.series_id(ws.db, "v", "XVA", TOTAL, "d", "persons")
    row = (series, 202000, vintage, value, None, None, status, 0, 0, None, None, None)

    with pytest.raises(ws.db.IntegrityError):
        store.insert_observations(ws.db, [row])


def test_another_unit_is_refused(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)

    with pytest.raises(WorkbenchError, match="held in “persons”, not in “cases”"):
        deliver(ws, cells([1], unit="cases"), tmp_path)


def test_overruled_corrections_are_counted(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    with ws.write("correct", "test"):
        fix = store.begin_vintage(
            ws.db, store.VintageRecord(dataset="police", mode=store.Mode.CORRECTION)
        )
        series = store.existing_series(ws.db, "vic_detected", "XV-01", "{}", "police")
        row = (series, 202000, fix, 5.0, None, None, 0, 0, 0, None, None, None)
        store.insert_observations(ws.db, [row])
    assert current(ws) == [(2020, 5), (2021, 2)]

    change = deliver(ws, cells([7]), tmp_path)

    vintage = int(str(change.data["vintage"]))
    assert store.corrections_overruled(ws.db, vintage) == 1
    assert current(ws) == [(2020, 7)]


def test_the_variables_of_replaced_versions_are_touched(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1], variable="vic_assisted"), tmp_path)

    change = deliver(ws, cells([1]), tmp_path)

    assert change.variables == ("vic_assisted", "vic_detected")


def test_the_number_of_a_purged_vintage_is_not_used_again(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    with ws.write("purge", "test"):
        store.purge_vintage(ws.db, 1)

    deliver(ws, cells([1]), tmp_path)

    assert [v.id for v in stored_vintages(ws.db)] == [2]
