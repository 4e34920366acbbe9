"""Checks of file, originals, imports and data."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.errors import Cancelled, Severity
from tests.workbench.deliveries import cells, deliver
from workbench.services.checks import check, import_notes
from workbench.services.rows import AreaRow
from workbench.services.workspace import Workspace
from workbench.store.vintages import finish_vintage, stored_vintages


def test_a_sound_project_has_no_findings(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([30, 30], area="XVA"), *cells([10, 12], area="XV-01")], tmp_path)

    report = check(ws)

    assert report.integrity
    assert report.findings == ()
    assert (report.observations, report.originals) == (4, 1)


def test_planted_errors_are_found(ws: Workspace, tmp_path: Path) -> None:
    prosecuted = [
        *cells([30, 31], area="XVA", variable="pro_persons"),
        *cells([9, 170], area="XV-08", variable="pro_persons"),
        *cells([9, 10], area="XV-05", variable="pro_persons"),
    ]
    convicted = cells([5, 23], area="XV-05", variable="cnv_persons")
    deliver(ws, [*prosecuted, *convicted], tmp_path)

    report = check(ws)

    assert report.integrity
    assert {(note.code, note.data["area"], note.data["period"]) for note in report.findings} == {
        ("part_above_total", "XV-08", "2021"),
        ("convicted_above_prosecuted", "XV-05", "2021"),
    }
    assert all(note.severity is Severity.WARN for note in report.findings)


def test_the_tree_of_areas_decides_what_is_a_part(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([30], area="XVA"), *cells([90], area="XVB")], tmp_path)
    assert len(check(ws).findings) == 1

    from workbench.services.observations import define_areas

    define_areas(ws, [AreaRow(code="XVB", parent=None, level=0)])

    assert check(ws).findings == ()


def test_a_changed_original_is_found(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    ws.db.execute("update original_block set data = zeroblob(9)")

    report = check(ws)

    assert not report.integrity
    assert [note.code for note in report.findings] == ["original_changed"]


def test_a_broken_reference_is_found(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    ws.db.execute("pragma foreign_keys = OFF")
    ws.db.execute("delete from breakdown")

    report = check(ws)

    assert not report.integrity
    assert "breakdown" in str(report.findings[0].data["problem"])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"rows_read": 9}, ["import_sums"]),
        ({"cells_read": 9}, ["import_sums"]),
        ({"observations": 3, "cells_read": 3}, ["import_rows"]),
        ({"missing": {"blank": 2}, "cells_read": 4}, []),
    ],
)
def test_the_sums_of_an_import_are_checked(
    ws: Workspace, tmp_path: Path, change: dict[str, object], codes: list[str]
) -> None:
    deliver(ws, cells([1, 2]), tmp_path)
    (entry,) = stored_vintages(ws.db)
    with ws.write("import", "test"):
        finish_vintage(ws.db, 1, report={**(entry.report or {}), **change})

    (entry,) = stored_vintages(ws.db)

    assert [note.code for note in import_notes(entry)] == codes
    assert [note.code for note in check(ws).findings] == codes


def test_sources_in_different_units_are_told_once(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)
    deliver(ws, cells([1], unit="cases"), tmp_path, dataset="other", name="b.csv")

    assert [note.code for note in check(ws).findings] == ["units_differ"]


def test_a_check_can_be_stopped(ws: Workspace) -> None:
    class Stop:
        def report(self, done: int, total: int | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        check(ws, progress=Stop())
