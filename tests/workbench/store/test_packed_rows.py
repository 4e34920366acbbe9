"""Rows that SQLite joins to text, through both drivers."""

from __future__ import annotations

from pathlib import Path

from indicators.model.codes import Flags, Status
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.services.workspace import Workspace
from workbench.store import packed_rows
from workbench.store.packed_rows import PERIOD_BITS, VINTAGE_BITS


def test_plain_rows_missing_ones_and_others_are_told_apart(ws: Workspace, tmp_path: Path) -> None:
    delivered = [
        *cells([7]),
        Cell(period="2021", status=Status.M),
        Cell(period="2022", status=Status.S, low=1, high=4),
        Cell(period="2023", value=2.5),
        Cell(period="2024", value=9, flags=Flags(1)),
        Cell(period="2025", value=float(1 << 40)),
    ]
    vintage = int(str(deliver(ws, delivered, tmp_path).data["vintage"]))

    texts = packed_rows.packed_texts(ws.db, "vic_detected", "police", (0, 0))
    others = packed_rows.other_rows(ws.db, "vic_detected", "police", (0, 0))
    series = packed_rows.series_texts(ws.db, "vic_detected", None)

    assert texts is not None
    keys = [int(key) for key in texts.keys.split(",")]
    number = keys[0] >> PERIOD_BITS
    assert [key & ((1 << PERIOD_BITS) - 1) for key in keys] == [
        year * 100 for year in range(2020, 2026)
    ]
    plain, missing = 7 << VINTAGE_BITS | vintage, -1 - vintage
    assert [int(value) for value in texts.values.split(",")] == [plain, missing, -1, -1, -1, -1]
    assert [row[:3] for row in others] == [
        (None, 1, 4), (2.5, None, None), (9, None, None), (float(1 << 40), None, None),
    ]  # fmt: skip
    assert [(each.unit, each.series) for each in series] == [("persons", str(number))]


def test_months_and_versions_taken_back_are_left_out(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([1]), Cell(period="2020-03", value=2)], tmp_path)

    years = packed_rows.packed_texts(ws.db, "vic_detected", None, (0, 0))
    everything = packed_rows.packed_texts(ws.db, "vic_detected", None, (0, 99))
    ws.db.execute("update vintage set retracted_by = 1")

    assert years is not None
    assert everything is not None
    assert (years.keys.count(","), everything.keys.count(",")) == (0, 1)
    assert packed_rows.packed_texts(ws.db, "vic_detected", None, (0, 99)) is None
    assert packed_rows.packed_texts(ws.db, "unknown", None, (0, 99)) is None
