"""Values with the cells they came from, sources, versions, inputs, areas and single series."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.services.cubes import cube
from workbench.services.inventory import (
    areas,
    datasets,
    define_areas,
    define_dataset,
    series,
    series_list,
    variables,
)
from workbench.services.rows import (
    AreaRow,
    CellSource,
    DatasetRow,
    ObservationRow,
    RawSheet,
    SeriesRow,
    VariableRow,
    VintageRow,
    cell_address,
    observation_rows,
    vintage_row,
)
from workbench.store import journal, maintenance, originals
from workbench.store import observations as store
from workbench.store.vintages import StoredVintage, stored_vintages

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

__all__ = [
    "AreaRow",
    "CellSource",
    "DatasetRow",
    "ObservationRow",
    "RawSheet",
    "SeriesRow",
    "VariableRow",
    "VintageRow",
    "areas",
    "correct",
    "datasets",
    "define_areas",
    "define_dataset",
    "observations",
    "purge",
    "raw_sheet",
    "series",
    "series_list",
    "source",
    "variables",
    "vintages",
]  # fmt: skip


def observations(
    ws: Workspace,
    *,
    variable: str | None = None,
    area: str | None = None,
    first: Period | None = None,
    last: Period | None = None,
    breakdown: Breakdown | None = None,
    vintage: int | None = None,
    dataset: str | None = None,
    limit: int | None = None,
    with_raw: bool = True,
) -> tuple[ObservationRow, ...]:
    """Current content, or one version, in order of variable, area, breakdown, source, period.

    Args:
        ws: open project.
        variable: only this one; None: all.
        area: only this one.
        first: from this period on.
        last: up to this period.
        breakdown: only this one; ``TOTAL`` for totals.
        dataset: only this source.
        vintage: the rows of this version, taken back or not, instead of the current content.
        limit: at most so many.
        with_raw: False leaves out the text of the file, which is much faster for many rows.
    """
    wanted = store.Filter(
        variable=variable,
        area=area,
        dims=None if breakdown is None else breakdown.to_json(),
        dataset=dataset,
        first=None if first is None else first.code,
        last=None if last is None else last.code,
        vintage=vintage,
        limit=limit,
    )
    with journal.snapshot(ws.db):
        if vintage is not None:
            _known_vintage(ws, vintage)
        return observation_rows(ws.db, store.select_rows(ws.db, wanted), with_raw=with_raw)


def source(
    ws: Workspace,
    *,
    variable: str,
    area: str,
    period: Period,
    breakdown: Breakdown = TOTAL,
    dataset: str | None = None,
) -> CellSource:
    """Where one value came from: file, sheet, cell, version, and what it replaced.

    Where several sources hold the cell, the one that counts in results is shown.

    Raises:
        WorkbenchError: no source holds the cell.
    """
    wanted = store.Filter(
        variable=variable,
        area=area,
        dims=breakdown.to_json(),
        dataset=dataset,
        first=period.code,
        last=period.code,
    )
    with journal.snapshot(ws.db):
        found = observation_rows(ws.db, store.select_rows(ws.db, wanted))
        if not found:
            raise _no_value(variable, area, period, breakdown)
        current = _counting(ws, found, variable, area, period, breakdown)
        history = store.Filter(
            variable=variable,
            area=area,
            dims=breakdown.to_json(),
            dataset=current.dataset,
            first=period.code,
            last=period.code,
            history=True,
        )
        earlier = tuple(
            row
            for row in observation_rows(ws.db, store.select_rows(ws.db, history))
            if row.vintage != current.vintage
        )
        (version,) = stored_vintages(ws.db, vintage=current.vintage)
    return _cell_source(current, earlier, version)


def _counting(
    ws: Workspace,
    found: tuple[ObservationRow, ...],
    variable: str,
    area: str,
    period: Period,
    breakdown: Breakdown,
) -> ObservationRow:
    """The row of the source that counts in cubes."""
    if len(found) == 1:
        return found[0]
    whole = cube(ws, variable, frequency=period.frequency)
    at = (
        whole.breakdowns.index(breakdown),
        whole.areas.index(area),
        whole.periods.index(period),
    )
    return next(row for row in found if row.vintage == whole.vintage[at])


def _cell_source(
    row: ObservationRow, earlier: tuple[ObservationRow, ...], version: StoredVintage
) -> CellSource:
    return CellSource(
        observation=row,
        cell=cell_address(row),
        sha256=version.sha256,
        imported_at=version.made_at,
        made_by=version.made_by,
        recipe=version.recipe,
        mode=version.mode.value,
        note=version.note,
        corrections=earlier,
        redacted=tuple(str(column["name"]) for column in version.redacted),
    )


def vintages(ws: Workspace, dataset: str | None = None) -> tuple[VintageRow, ...]:
    """Versions, oldest first, with counts and hashes."""
    return tuple(vintage_row(entry) for entry in stored_vintages(ws.db, dataset=dataset))


def raw_sheet(
    ws: Workspace,
    vintage: int,
    sheet: str | int | None = None,
    *,
    first_row: int = 1,
    rows: int = 100,
) -> RawSheet:
    """A piece of the original file as it came.

    Args:
        ws: open project.
        vintage: the version.
        sheet: name or number of the sheet; None: the first kept (text tables have one).
        first_row: first row shown, from 1.
        rows: at most so many.

    Raises:
        WorkbenchError: the version has no file, or the file no such sheet.
    """
    version = _known_vintage(ws, vintage)
    if version.sha256 is None:
        raise WorkbenchError(N_("Version {vintage} was typed; it has no file."), vintage=vintage)
    known = originals.sheets(ws.db, version.sha256)
    number = _sheet_number(known, sheet, version)
    last = first_row + rows - 1
    cells: dict[int, tuple[str, ...]] = {}
    for row, texts in originals.rows_from(ws.db, version.sha256, number, first_row):
        if row > last:
            break
        cells[row] = tuple(text or "" for text in texts)
    top = max(cells, default=first_row - 1)
    layout = next((s for s in version.layout if s.sheet == number or not known), None)
    blanked = originals.stored_original(ws.db, version.sha256).redacted
    return RawSheet(
        vintage=vintage,
        file=version.file or "",
        sheet=known.get(number),
        sheets=tuple(known.values()),
        first_row=first_row,
        cells=tuple(cells.get(row, ()) for row in range(first_row, top + 1)),
        imported=store.imported_cells(ws.db, vintage, number if known else None, first_row, last),
        header_rows=layout.header_rows if layout else (),
        note_rows=layout.note_rows if layout else (),
        redacted=tuple(c.column for c in blanked if not known or c.sheet == number),
    )


def _sheet_number(known: dict[int, str], sheet: str | int | None, version: StoredVintage) -> int:
    if not known:
        return 0
    if sheet is None:
        return next(iter(known))
    for number, name in known.items():
        if sheet in (number, name):
            return number
    raise WorkbenchError(
        N_("“{file}” has no sheet “{sheet}”."),
        hint=N_("Its sheets are: {known}."),
        file=version.file,
        sheet=sheet,
        known=", ".join(known.values()),
    )


def correct(
    ws: Workspace,
    *,
    variable: str,
    area: str,
    period: Period,
    breakdown: Breakdown = TOTAL,
    value: float,
    reason: str,
    author: str = "",
    dataset: str | None = None,
) -> Change:
    """Put a right value over a wrong one; the earlier stays on record and undo brings it back.

    The correction is a version of its own in the same source. A later delivery that holds the
    cell counts instead of it; one that does not hold the cell leaves the correction standing.

    Raises:
        WorkbenchError: no source holds the cell, the reason is empty, or the value is no number.
    """
    import math

    if not reason.strip():
        raise WorkbenchError(N_("A correction needs a reason."))
    if not math.isfinite(value):
        raise WorkbenchError(N_("“{value}” is not a value."), value=value)
    ws.refuse_read_only()
    former = source(
        ws, variable=variable, area=area, period=period, breakdown=breakdown, dataset=dataset
    ).observation
    text = N_("Corrected {variable}, {area}, {period}")
    with ws.write(
        "correct", text, by=author, variable=variable, area=area, period=str(period)
    ) as draft:
        record = store.VintageRecord(
            dataset=former.dataset, mode=store.Mode.CORRECTION, made_by=author, note=reason
        )
        vintage = store.begin_vintage(ws.db, record)
        number = store.existing_series(ws.db, variable, area, breakdown.to_json(), former.dataset)
        flags = former.flags & ~(Flags.E | Flags.I)
        row = (number, period.code, vintage, value, None, None, Status.A, flags, 0)
        store.insert_observations(ws.db, [(*row, None, None, None)])
        draft.variables.add(variable)
        draft.data["vintage"] = vintage
        draft.forward.append({"op": "restore", "vintages": [vintage]})
        draft.inverse.append({"op": "retract", "vintages": [vintage]})
    return draft.change()


def purge(ws: Workspace, vintage: int, *, by: str = "") -> Change:
    """Remove a version with its rows and file for good; the journal keeps that it was done.

    Not undoable. Earlier deliveries that it had replaced stay taken back.

    Raises:
        WorkbenchError: there is no such version.
    """
    ws.refuse_read_only()
    with ws.write("purge", N_("Removed version {vintage} for good"), by=by) as draft:
        version = _known_vintage(ws, vintage)
        draft.data.update(vintage=vintage, rows=version.count, mode=version.mode.value)
        touched = store.variables_of_vintage(ws.db, vintage)
        store.purge_vintage(ws.db, vintage)
        journal.fix_lines_of(ws.db, vintage)
        draft.variables.update(journal.forget_codes(ws.db, touched))
    ws.cache.clear()
    maintenance.vacuum(ws.db, ws.path)
    return replace(draft.change(), variables=tuple(sorted(touched)))


def _known_vintage(ws: Workspace, vintage: int) -> StoredVintage:
    found = stored_vintages(ws.db, vintage=vintage)
    if not found:
        raise WorkbenchError(N_("There is no version {vintage}."), vintage=vintage)
    return found[0]


def _no_value(variable: str, area: str, period: Period, breakdown: Breakdown) -> WorkbenchError:
    return WorkbenchError(
        N_("The project holds no value of “{variable}” for {area}, {period} {breakdown}."),
        hint=N_("Check the codes; the list of inputs names what is held."),
        variable=variable,
        area=area,
        period=str(period),
        breakdown=str(breakdown),
    )
