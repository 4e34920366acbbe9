"""A table and its plan become observations and a report whose sums close; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from indicators.model.codes import Status
from workbench.importing.cell_table import CellTable
from workbench.importing.checked import Checked
from workbench.importing.gather import MAX_LISTED, Gathered
from workbench.importing.joined import Joined
from workbench.importing.late_keys import settle as settle_late
from workbench.importing.names import Names
from workbench.importing.packed import Packed
from workbench.importing.plan import Plan
from workbench.importing.prepared import Prepared, SheetRows
from workbench.importing.quality import quality_remarks
from workbench.importing.remarks import remarks_of
from workbench.importing.report import ImportReport, Remark, SetAside
from workbench.progress import SILENT, Progress

_MOST_LOOKED_AT = 200_000


def prepare(
    plan: Plan,
    names: Names,
    *,
    further: Sequence[Plan] = (),
    dataset: str,
    preset: str | None = None,
    personal: Mapping[int, str] | None = None,
    file_remarks: Sequence[Remark] = (),
    sheets_skipped: Sequence[str] = (),
    progress: Progress = SILENT,
) -> Prepared:
    """Read a whole table and check it.

    Args:
        plan: how each column is read.
        further: those of more sheets of the same delivery.
        names: what the project and the catalogue know.
        dataset: code for the report.
        preset: name of the preset that read it, or None.
        personal: reason by index of columns to blank.
        file_remarks: remarks made before (encoding ...).
        sheets_skipped: names of sheets not read.
        progress: told about rows read.

    Raises:
        UserFileError: the table is larger than the program takes.
        WorkbenchError: the sums do not close.
        Cancelled: the person stopped.
    """
    parts = [Gathered(each, names) for each in (plan, *further)]
    for part in parts:
        part.read(progress)
        settle_late(part, names.spans)
    data = parts[0] if len(parts) == 1 else Joined(parts)
    sorter = Checked(data)
    report = _report(sorter, dataset, preset, file_remarks, sheets_skipped)
    report.check()
    return Prepared(
        report=report,
        series=sorter.series,
        cells=data.cells,
        series_of=sorter.taken(data.series),
        period=sorter.taken(data.period),
        cell=sorter.taken(data.cell),
        row=sorter.taken(data.row),
        column=sorter.taken(data.column),
        new_areas=dict(data.finder.new_areas),
        plan=plan,
        personal=dict(personal or {}),
        layouts=tuple(_sheet_rows(part) for part in data.parts),
        sheet=sorter.taken(data.sheet) if isinstance(data, Joined) else None,
        editions=tuple(sorted({key.edition for key in sorter.series if key.edition})),
        alone=frozenset(data.finder.aggregates) | frozenset(data.finder.outside),
    )


def _sheet_rows(part: Gathered) -> SheetRows:
    first, end = part.plan.header.row, part.header_rows
    return SheetRows(
        table=part.plan.table,
        header_rows=tuple(range(first, end + 1)),
        note_rows=(*range(1, first), *part.footer_rows),
    )


def _report(
    checked: Checked,
    dataset: str,
    preset: str | None,
    file_remarks: Sequence[Remark],
    sheets_skipped: Sequence[str],
) -> ImportReport:
    data = checked.data
    kept_cells = checked.taken(data.cell)
    missing, censored, values = _kinds(data.cells, kept_cells)
    header = data.header_rows
    data_rows = data.rows_read - header - len(data.footer_rows) - data.blank_rows
    set_aside_cells = data.odd_cells + data.faulty_cells + sum(checked.counts.values())
    set_aside = _all_set_aside(checked)
    remarks = (
        *remarks_of(data, checked.counts, set_aside, missing, censored),
        *_quality(checked, kept_cells),
    )
    return ImportReport(
        dataset=dataset,
        preset=preset,
        rows_read=data.rows_read,
        header_rows=header,
        footer_rows=len(data.footer_rows),
        blank_rows=data.blank_rows,
        rows_imported=checked.rows_imported,
        rows_set_aside=data_rows - checked.rows_imported,
        cells_read=_cells_read(data),
        observations=values + censored,
        missing=missing,
        censored=censored,
        cells_set_aside=set_aside_cells,
        cells_ignored=data.ignored_cells,
        set_aside=set_aside,
        remarks=(*file_remarks, *remarks),
        sheets_skipped=tuple(sheets_skipped),
    )


def _quality(checked: Checked, kept_cells: Packed) -> list[Remark]:
    """Remarks on the numbers, for files small enough to look at every total."""
    data = checked.data
    if len(kept_cells) > _MOST_LOOKED_AT:
        return []
    value = data.cells.value
    return quality_remarks(
        checked.series,
        checked.taken(data.series).tolist(),
        checked.taken(data.period).tolist(),
        [value[number] for number in kept_cells.tolist()],
    )


def _cells_read(data: Gathered | Joined) -> int:
    """Cells counted while reading: understood, faulty, in odd rows, in columns not needed."""
    return len(data.cell) + data.faulty_cells + data.odd_cells + data.ignored_cells


def _kinds(cells: CellTable, kept: Packed) -> tuple[dict[str, int], int, int]:
    """How many of the cells taken are of each kind of missing, ranges, and values."""
    counts = kept.counts(len(cells))
    missing: Counter[str] = Counter()
    censored = values = 0
    for number in np.flatnonzero(counts).tolist():
        count = int(counts[number])
        if cells.missing[number]:
            missing[cells.missing[number]] += count
        elif cells.status[number] == Status.S:
            censored += count
        else:
            values += count
    return dict(missing), censored, values


def _all_set_aside(checked: Checked) -> tuple[SetAside, ...]:
    found = list(checked.set_aside)
    for part in checked.data.parts:
        found += _of_part(part)
    found.sort(key=lambda entry: (entry.row, entry.column or 0))
    if len(checked.data.parts) > 1:
        order = [part.plan.table.name for part in checked.data.parts]
        found.sort(key=lambda entry: order.index(entry.sheet or ""))
    return tuple(found[:MAX_LISTED])


def _of_part(part: Gathered) -> list[SetAside]:
    """Rows and cells of one sheet that were left out while reading."""
    width = part.plan.width
    entries = [(number, fault) for number, _, fault in part.odd] + part.faults
    return [
        SetAside(
            sheet=part.plan.table.name or None,
            row=number,
            column=fault.index + 1 if fault.index >= 0 else None,
            value=fault.text[:200],
            code=fault.code,
            data={"width": width} if fault.code == "short_row" else {},
        )
        for number, fault in entries
    ]
