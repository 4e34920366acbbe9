"""Values with their cells, corrections, sheets, purge."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency, Period
from indicators.model.series import TOTAL, Breakdown
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import observations as service
from workbench.services.history import content_digest, history, redo, undo
from workbench.services.rows import AreaRow, ObservationRow
from workbench.services.workspace import Workspace, open_workspace
from workbench.store import observations as store

WOMEN = Breakdown.of(SEX="F")
Y2020 = Period.of_year(2020)


def correct(ws: Workspace, value: float, *, year: int = 2020) -> None:
    service.correct(
        ws,
        variable="vic_detected",
        area="XV-01",
        period=Period.of_year(year),
        breakdown=TOTAL,
        value=value,
        reason="typing error",
        author="Ana",
    )


def values(ws: Workspace) -> list[float | None]:
    return [row.value for row in service.observations(ws)]


def test_an_observation_tells_its_cell_and_text(ws: Workspace, tmp_path: Path) -> None:
    censored = Cell(period="2021", status=Status.S, low=1, high=4, flags=Flags.P | Flags.B)
    deliver(ws, [Cell(value=7, breakdown=WOMEN), censored], tmp_path)

    total, women = service.observations(ws)[::-1][1], service.observations(ws, breakdown=WOMEN)[0]

    assert women.raw == "7"
    assert (women.file, women.sheet, women.row, women.column) == ("police.csv", None, 2, 5)
    assert (women.value, women.status, women.breakdown) == (7, Status.A, WOMEN)
    assert isinstance(total, ObservationRow)
    (suppressed,) = service.observations(ws, breakdown=TOTAL)
    assert (suppressed.value, suppressed.low, suppressed.high) == (None, 1, 4)
    assert (suppressed.raw, suppressed.flags.letters()) == ("<5", "BP")


def test_filters_narrow_the_list(ws: Workspace, tmp_path: Path) -> None:
    deliver(
        ws,
        [*cells([1, 2, 3]), *cells([4], area="XV-02"), *cells([5], variable="vic_assisted")],
        tmp_path,
    )

    def count(**wanted: object) -> int:
        return len(service.observations(ws, **wanted))  # type: ignore[arg-type]

    assert count() == 5
    assert count(variable="vic_detected") == 4
    assert count(area="XV-02") == 1
    assert count(first=Period.of_year(2021)) == 2
    assert count(last=Y2020) == 3
    assert count(limit=2) == 2
    assert count(dataset="other") == 0
    assert count(vintage=1) == 5
    with pytest.raises(WorkbenchError, match="no version 9"):
        count(vintage=9)


def test_a_retracted_version_can_still_be_read(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    deliver(ws, cells([3]), tmp_path)

    assert [row.value for row in service.observations(ws, vintage=1)] == [1, 2]
    assert [row.raw for row in service.observations(ws, vintage=1)] == ["1", "2"]
    assert [entry.retracted for entry in service.vintages(ws)] == [True, False]


def test_a_correction_counts_and_keeps_what_was(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    before = content_digest(ws)

    correct(ws, 5)

    assert values(ws) == [5, 2]
    found = service.source(ws, variable="vic_detected", area="XV-01", period=Y2020)
    assert (found.observation.value, found.mode, found.note) == (5, "correction", "typing error")
    assert [(row.value, row.raw) for row in found.corrections] == [(1, "1")]
    undo(ws)
    assert content_digest(ws) == before
    redo(ws)
    assert values(ws) == [5, 2]


def test_a_newer_file_that_holds_the_cell_overrules_the_correction(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    correct(ws, 5)
    correct(ws, 6, year=2021)

    deliver(ws, cells([3]), tmp_path)

    assert values(ws) == [3, 6]


def test_a_correction_of_a_suppressed_cell_has_no_range(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [Cell(status=Status.S, low=1, high=4)], tmp_path)

    correct(ws, 3)

    (row,) = service.observations(ws)
    assert (row.value, row.low, row.high, row.status) == (3, None, None, Status.A)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_correction_to_no_number_is_refused(ws: Workspace, tmp_path: Path, value: float) -> None:
    deliver(ws, cells([1]), tmp_path)

    with pytest.raises(WorkbenchError, match="not a value"):
        correct(ws, value)


def test_a_correction_of_an_absent_cell_is_refused(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="holds no value"):
        correct(ws, 1)

    assert [row.action for row in history(ws)] == ["create"]


def test_the_source_names_file_cell_hash_and_person(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2]), tmp_path)

    found = service.source(ws, variable="vic_detected", area="XV-01", period=Period.of_year(2021))

    assert found.cell == "E3"
    assert found.sha256 == service.vintages(ws)[0].sha256
    assert found.made_by == "Ana"
    assert found.corrections == ()


def test_the_source_is_that_of_the_counting_dataset(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    deliver(ws, cells([2]), tmp_path, dataset="shelters", name="s.csv")

    found = service.source(ws, variable="vic_detected", area="XV-01", period=Y2020)

    assert found.observation.dataset == "police"
    assert service.series(ws, "vic_detected", "XV-01").values.tolist() == [1]


def test_a_series_is_in_order_with_its_states(ws: Workspace, tmp_path: Path) -> None:
    late, early = Cell(period="2023", value=4), Cell(period="2020", status=Status.S, low=1, high=4)
    deliver(ws, [late, early, Cell(period="2021-05", value=9)], tmp_path)

    yearly = service.series(ws, "vic_detected", "XV-01")
    monthly = service.series(ws, "vic_detected", "XV-01", frequency=Frequency.MONTH)
    absent = service.series(ws, "vic_detected", "XV-99")

    assert yearly.periods == (Y2020, Period.of_year(2023))
    np.testing.assert_array_equal(yearly.values, [np.nan, 4])
    np.testing.assert_array_equal(yearly.high, [4, np.nan])
    assert (yearly.dataset, yearly.unit, yearly.vintages) == ("police", "persons", (1,))
    assert monthly.values.tolist() == [9]
    assert absent.periods == ()


def test_listings_count_current_content_only(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([1, 2, 3]), *cells([4], area="XV-02")], tmp_path)
    deliver(ws, cells([1, 2]), tmp_path)
    correct(ws, 7)

    (variable,) = service.variables(ws)
    (dataset,) = service.datasets(ws)
    (line,) = service.series_list(ws)

    assert (variable.code, variable.observations, variable.areas) == ("vic_detected", 2, 1)
    assert (variable.first, variable.last) == (Y2020, Period.of_year(2021))
    assert (dataset.code, dataset.vintages, dataset.observations) == ("police", 3, 2)
    assert (line.area, line.n) == ("XV-01", 2)
    undo(ws)
    undo(ws)
    assert service.variables(ws)[0].observations == 4


def test_areas_are_defined_and_put_back(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    entry = AreaRow(code="XV-01", parent="XVA", names={"en": "Merenta"}, valid_from=200500)

    service.define_areas(ws, [entry, AreaRow(code="XV-02", parent="XVA")])

    assert [row.code for row in service.areas(ws)] == ["XVA", "XV-01", "XV-02"]
    assert entry in service.areas(ws)
    undo(ws)
    assert entry not in service.areas(ws)
    redo(ws)
    assert entry in service.areas(ws)


def test_the_sheet_is_shown_as_it_came(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2, 3]), tmp_path, comment="as told, by phone")

    sheet = service.raw_sheet(ws, 1, first_row=2, rows=2)

    assert sheet.cells[0] == ("vic_detected", "XV-01", "2020", "", "1", "as told, by phone")
    assert len(sheet.cells) == 2
    assert sheet.imported == {(2, 5), (3, 5)}
    assert (sheet.header_rows, sheet.sheet, sheet.file) == ((1,), None, "police.csv")
    assert service.raw_sheet(ws, 1, first_row=99).cells == ()


def test_sheets_are_found_by_name(ws: Workspace) -> None:
    with ws.write("import", "test"):
        store.store_original(ws.db, data_path=None, sha256="a", name="a.xlsx", format="xlsx")
        for number, name in ((1, "Notes"), (3, "Data")):
            store.store_sheet_rows(ws.db, "a", number, name, [(2, [name])])
        store.begin_vintage(ws.db, store.VintageRecord(dataset="d", sha256="a"))

    assert service.raw_sheet(ws, 1).cells == ((), ("Notes",))
    assert service.raw_sheet(ws, 1, "Data").cells[1] == ("Data",)
    with pytest.raises(WorkbenchError, match="no sheet “Absent”"):
        service.raw_sheet(ws, 1, "Absent")


def test_purge_leaves_nothing_of_a_version(ws: Workspace, tmp_path: Path) -> None:
    marker = "MARKERjuanperez"
    private = [
        *cells([123456.5], area=marker),
        *cells([2], variable="n_" + marker.lower()),
        *cells([3], breakdown=Breakdown.of(SEX=marker)),
    ]
    deliver(ws, cells([1], area="XV-02"), tmp_path, dataset="other", name="b.csv")
    before = content_digest(ws)
    deliver(ws, private, tmp_path, comment=marker)
    assert marker.lower().encode() in ws.path.with_name("w.tipw-wal").read_bytes().lower()

    change = service.purge(ws, 2)
    again_closed = history(ws)[-1].variables
    ws.close()

    data = ws.path.read_bytes().lower()
    assert marker.lower().encode() not in data
    assert again_closed == ("vic_detected",)
    assert "n_" + marker.lower() in change.variables
    assert change.data["vintage"] == 2
    with open_workspace(ws.path) as again:
        assert content_digest(again) == before
        assert [row.code for row in service.areas(again)] == ["XVA", "XV-02"]
        assert [row.id for row in service.vintages(again)] == [1]
        assert not any(row.undoable for row in history(again) if row.data.get("vintage") == 2)


def test_purge_gives_the_space_back(ws: Workspace, tmp_path: Path) -> None:
    many = [
        Cell(period=str(1950 + n), value=n, area=f"A{m}") for n in range(70) for m in range(60)
    ]
    deliver(ws, many, tmp_path)
    before = ws.db.execute("pragma page_count").fetchone()[0]

    service.purge(ws, 1)

    assert ws.db.execute("pragma freelist_count").fetchone()[0] == 0
    assert ws.db.execute("pragma page_count").fetchone()[0] < 0.7 * before


def test_purge_keeps_an_original_that_another_version_has(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    deliver(ws, cells([1]), tmp_path, dataset="again")

    service.purge(ws, 1)

    assert [row.raw for row in service.observations(ws)] == ["1"]


def test_purge_is_in_the_history_without_values_and_cannot_be_undone(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, cells([1]), tmp_path)

    service.purge(ws, 1)

    last = history(ws)[-1]
    assert (last.action, last.undoable) == ("purge", False)
    with pytest.raises(WorkbenchError, match="nothing to undo"):
        undo(ws)
    with pytest.raises(WorkbenchError, match="no version 1"):
        service.purge(ws, 1)
