"""Builds projects with deliveries for the tests of store and services."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import N_
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench.changes import Change
from workbench.services.workspace import Workspace
from workbench.store import observations as store
from workbench.store.records_text import Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of a delivery; ``<5`` is status S with low 1 and high 4."""

    area: str = "XV-01"
    period: str = "2020"
    value: float | None = None
    variable: str = "vic_detected"
    breakdown: Breakdown = TOTAL
    status: Status = Status.A
    low: float | None = None
    high: float | None = None
    flags: Flags = Flags.NONE
    unit: str = "persons"

    @property
    def text(self) -> str:
        """As the file writes it."""
        return "<5" if self.status is Status.S else "" if self.value is None else f"{self.value:g}"


def cells(values: Sequence[float], *, first: int = 2020, **fields: object) -> list[Cell]:
    """One cell a year."""
    return [
        Cell(period=str(first + position), value=value, **fields)  # type: ignore[arg-type]
        for position, value in enumerate(values)
    ]


def deliver(
    ws: Workspace,
    delivered: Iterable[Cell],
    folder: Path,
    *,
    dataset: str = "police",
    mode: store.Mode = store.Mode.REPLACE,
    name: str = "police.csv",
    comment: str = "",
) -> Change:
    """Import cells as a CSV file written to a folder, through the store's own calls."""
    listed = list(delivered)
    data = csv_bytes(listed, comment)
    path = folder / name
    path.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    with ws.write("import", N_("Imported “{file}”"), file=name) as draft:
        store.store_original(
            ws.db, data_path=path, sha256=sha256, name=name, format="csv", dialect=Dialect()
        )
        record = store.VintageRecord(dataset=dataset, sha256=sha256, mode=mode, made_by="Ana")
        vintage = store.begin_vintage(ws.db, record)
        store.insert_observations(ws.db, sorted(_rows(ws, listed, dataset, vintage)))
        layout = (store.SheetLayout(header_rows=(1,)),)
        store.finish_vintage(ws.db, vintage, report=report(listed), layout=layout)
        store.settle_delivery(ws.db, draft, vintage, mode)
    return draft.change()


def csv_bytes(listed: Iterable[Cell], comment: str = "") -> bytes:
    """The delivery as a CSV file: variable, area, period, breakdown, value, comment."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("variable", "area", "period", "breakdown", "value", "comment"))
    for cell in listed:
        writer.writerow(
            (cell.variable, cell.area, cell.period, str(cell.breakdown), cell.text, comment)
        )
    return out.getvalue().encode()


def report(listed: Sequence[Cell]) -> dict[str, object]:
    """Counts that close."""
    return {
        "rows_read": len(listed) + 1,
        "header_rows": 1,
        "rows_imported": len(listed),
        "cells_read": len(listed),
        "observations": len(listed),
        "missing": {"blank": 0},
    }


def _rows(
    ws: Workspace, listed: Iterable[Cell], dataset: str, vintage: int
) -> Iterable[store.ObservationTuple]:
    for number, cell in enumerate(listed, start=2):
        series = store.series_id(
            ws.db, cell.variable, cell.area, cell.breakdown, dataset, cell.unit
        )
        yield (
            series,
            Period.parse(cell.period).code,
            vintage,
            cell.value,
            cell.low,
            cell.high,
            int(cell.status),
            int(cell.flags),
            0,
            0,
            number,
            5,
        )
