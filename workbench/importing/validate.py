"""A table and its plan become observations and a report whose sums close; nothing is written.

Duplicates inside one file are found by sorting the keys: exact copies are counted once, cells
with different values are all set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.model.codes import Status
from workbench.importing.cell_table import CellTable
from workbench.importing.gather import MAX_LISTED, Gathered
from workbench.importing.joined import Joined
from workbench.importing.names import Names
from workbench.importing.plan import Plan
from workbench.importing.quality import quality_remarks
from workbench.importing.raw_table import RawTable
from workbench.importing.remarks import remarks_of
from workbench.importing.report import ImportReport, Remark, SetAside
from workbench.importing.series_keys import UNDECIDED, SeriesKey
from workbench.progress import SILENT, Progress

COUNT_UNIT = "count"
NUMBER_UNIT = "any"
_MEASURES = frozenset(
    {
        *("money", "days", "months", "hours", "years", "FTE", "index", "score"),
        *("ratio", "any", "number", "0-1", "0-2", "0/1"),
    }
)
_PERIOD_BITS = 20
_MOST_LOOKED_AT = 200_000
_WHOLE_SHARE = 2 / 3
"""Share of whole values from which a variable nobody knows is taken as a count."""

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Observations ready to be written, in order of series and period.

    Attributes:
        report: counts and remarks; its sums were checked.
        series: what the numbers in ``series_of`` mean.
        cells: the distinct cells.
        series_of, period, cell, row, column: one entry an observation.
        new_areas: names of areas to make, by code.
        plan: how it was read.
        personal: reason by index of the columns to blank.
        layouts: of each sheet, its rows that are no data.
        sheet: number of the sheet of each observation, or None when there is one sheet.
        editions: names of the editions in order, the last one counts; empty without.
        aggregates: areas that are groups of countries.
    """

    report: ImportReport
    series: tuple[SeriesKey, ...]
    cells: CellTable
    series_of: Integers
    period: Integers
    cell: Integers
    row: Integers
    column: Integers
    new_areas: Mapping[str, str]
    plan: Plan
    personal: Mapping[int, str]
    layouts: tuple[SheetRows, ...] = ()
    sheet: Integers | None = None
    editions: tuple[str, ...] = ()
    aggregates: frozenset[str] = frozenset()

    def lots(
        self,
        series_ids: Sequence[int],
        vintage: int,
        sheet: int,
        *,
        size: int = 1_000,
        edition: str = "",
    ) -> Iterator[Iterable[tuple[Any, ...]]]:
        """Rows for the store in order of its key, in lots.

        Args:
            series_ids: the store's number of each series.
            vintage: the store's number of the vintage.
            sheet: number of the sheet; 0 for text files.
            size: rows turned into Python objects at a time.
            edition: only the rows of this edition; empty: all.
        """
        ids = np.asarray(series_ids, dtype=np.int64)
        real = ids[self.series_of] if len(ids) else self.series_of
        order = self._order(real, edition)
        total = len(real) if order is None else len(order)
        address = (
            (lambda part: part or None) if self.series_of.size and not self.row.all() else None
        )
        table = self.cells
        columns = (table.value, table.low, table.high, table.status, table.flags, table.conf)
        for start in range(0, total, size):
            part: Any = slice(start, start + size)
            if order is not None:
                part = order[part]
            cells = self.cell[part].tolist()
            rows, columns_of = self.row[part].tolist(), self.column[part].tolist()
            if address is not None:
                rows, columns_of = list(map(address, rows)), list(map(address, columns_of))
            yield zip(
                real[part].tolist(),
                self.period[part].tolist(),
                repeat(vintage),
                *(map(column.__getitem__, cells) for column in columns),
                repeat(sheet) if self.sheet is None else self.sheet[part].tolist(),
                rows,
                columns_of,
                strict=False,
            )

    def _order(self, real: Integers, edition: str) -> Integers | None:
        """Positions in order of the store's key, or None when they stand so already."""
        if edition:
            mine = np.array([key.edition == edition for key in self.series], dtype=bool)
            chosen = np.flatnonzero(mine[self.series_of])
            order: Integers = chosen[np.argsort(real[chosen], kind="stable")]
            return order
        return None if (np.diff(real) >= 0).all() else np.argsort(real, kind="stable")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """Rows of a sheet that are no data, and where it stands in its file."""

    table: RawTable
    header_rows: tuple[int, ...]
    note_rows: tuple[int, ...]


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
    data = parts[0] if len(parts) == 1 else Joined(parts)
    sorter = _Checked(data)
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
        aggregates=frozenset(data.finder.aggregates),
    )


def _sheet_rows(part: Gathered) -> SheetRows:
    first, end = part.plan.header.row, part.header_rows
    return SheetRows(
        table=part.plan.table,
        header_rows=tuple(range(first, end + 1)),
        note_rows=(*range(1, first), *part.footer_rows),
    )


class _Checked:
    """The cells of a table after units, counts and duplicates were checked.

    Attributes:
        data: what was read.
        series: keys with their units decided.
        kept: positions taken, in order of series and period.
        set_aside: addresses and reasons of the cells left out here.
    """

    def __init__(self, data: Gathered | Joined) -> None:
        self.data = data
        self._sheet = data.sheet if isinstance(data, Joined) else None
        self._names = data.names if isinstance(data, Joined) else {}
        self._series = np.frombuffer(data.series, dtype=np.int32)
        self._period = np.frombuffer(data.period, dtype=np.int32)
        self._cell = np.frombuffer(data.cell, dtype=np.int32)
        self._row = np.frombuffer(data.row, dtype=np.int32)
        self.set_aside: list[SetAside] = []
        self.counts: Counter[str] = Counter()
        self.series = self._decided()
        keep = ~self._bad_counts()
        self.kept = self._without_duplicates(np.flatnonzero(keep))

    def taken(self, numbers: Any) -> Integers:
        """The entries of an array that were taken."""
        width = {"i": np.int32, "h": np.int16}[numbers.typecode]
        chosen: Integers = np.frombuffer(numbers, dtype=width)[self.kept]
        return chosen

    @property
    def rows_imported(self) -> int:
        """Rows of which at least one cell was taken; of cases, rows that were counted."""
        if self.data.is_cases:
            return self.data.case_rows
        if len(self.data.readers) == 1:
            return len(self.kept)
        rows = self._row[self.kept].astype(np.int64)
        if self._sheet is not None:
            rows |= self.taken(self._sheet).astype(np.int64) << 32
        return int(np.unique(rows).size)

    def _decided(self) -> tuple[SeriesKey, ...]:
        """The series; variables nobody knows get a unit from their values."""
        series = self.data.finder.series
        open_variables = {key.variable for key in series if key.unit == UNDECIDED}
        if not open_variables:
            return tuple(series)
        units = {name: self._unit_from_values(name) for name in open_variables}
        return tuple(
            key if key.unit != UNDECIDED else key._replace(unit=units[key.variable])
            for key in series
        )

    def _unit_from_values(self, variable: str) -> str:
        mine = np.array([key.variable == variable for key in self.data.finder.series])
        cells = np.unique(self._cell[mine[self._series]])
        values = [self.data.cells.value[i] for i in cells.tolist()]
        numbers = [value for value in values if value is not None]
        whole = sum(1 for value in numbers if value.is_integer())
        return COUNT_UNIT if whole >= _WHOLE_SHARE * len(numbers) else NUMBER_UNIT

    def _bad_counts(self) -> Mask:
        """Mask of cells that cannot be a count although their variable is one."""
        faults = self.data.cells.count_fault
        wrong = np.array([bool(fault) for fault in faults], dtype=bool)
        bad = np.zeros(len(self._cell), dtype=bool)
        if not wrong.any():
            return bad
        written = {
            key.variable
            for key in self.series
            if key.variable.startswith("n_") and key.unit not in (COUNT_UNIT, NUMBER_UNIT)
        }
        measures = {name for name in written if self._unit_from_values(name) == NUMBER_UNIT}
        counted = np.array(
            [is_count(key) and key.variable not in measures for key in self.series], dtype=bool
        )
        bad[:] = wrong[self._cell] & counted[self._series]
        for position in np.flatnonzero(bad).tolist():
            self._leave_out(position, faults[int(self._cell[position])])
        return bad

    def _without_duplicates(self, positions: Integers) -> Integers:
        """Positions in order of their key, each key once; conflicts are left out altogether."""
        key = self._series[positions].astype(np.int64) << _PERIOD_BITS
        key |= self._period[positions]
        if len(key) < 2 or (np.diff(key) > 0).all():
            return positions
        order = np.argsort(key, kind="stable")
        positions, key = positions[order], key[order]
        first = np.concatenate(([True], key[1:] != key[:-1]))
        if first.all():
            return positions
        group = np.cumsum(first) - 1
        same = self._same_as(positions, np.flatnonzero(first)[group])
        conflict = np.zeros(int(group[-1]) + 1, dtype=bool)
        np.logical_or.at(conflict, group, ~same)
        in_conflict = conflict[group]
        for position in positions[in_conflict].tolist():
            self._leave_out(position, "conflict")
        for position in positions[~first & ~in_conflict].tolist():
            self._leave_out(position, "exact_copy")
        kept: Integers = positions[first & ~in_conflict]
        return kept

    def _same_as(self, positions: Integers, heads: Integers) -> Mask:
        """Whether each cell says the same as the first of its key (also written otherwise)."""
        mine, other = self._cell[positions], self._cell[positions[heads]]
        same: Mask = mine == other
        table = self.data.cells
        columns = (table.value, table.low, table.high, table.status, table.flags, table.conf)
        for place in np.flatnonzero(~same).tolist():
            a, b = int(mine[place]), int(other[place])
            same[place] = all(column[a] == column[b] for column in columns)
        return same

    def _sheet_name(self, position: int) -> str | None:
        if self._sheet is None:
            return self.data.plan.table.name or None
        return self._names[self._sheet[position]]

    def _leave_out(self, position: int, code: str) -> None:
        self.counts[code] += 1
        if len(self.set_aside) >= MAX_LISTED:
            return
        self.set_aside.append(
            SetAside(
                sheet=self._sheet_name(position),
                row=int(self._row[position]),
                column=int(self.data.column[position]),
                value=self.data.cells.text(int(self._cell[position])),
                code=code,
            )
        )


def is_count(key: SeriesKey) -> bool:
    """Whether the values of a series are counts: whole and not negative."""
    unit = key.unit
    if unit in _MEASURES or "%" in unit or ":" in unit or unit.casefold().startswith(_RATES):
        return key.breakdown.code("DAY") is not None or key.breakdown.code("STAT") == "N"
    return key.breakdown.code("STAT") in (None, "N")


_RATES = (
    "per ",
    "por ",
    "pour ",
    "tasa",
    "taxa",
    "taux",
    "rate",
    "share",
    "percent",
    "proportion",
    "scale",
    "on a scale",
    "three scores",
)


def _report(
    checked: _Checked,
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


def _quality(checked: _Checked, kept_cells: Integers) -> list[Remark]:
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


def _kinds(cells: CellTable, kept: Integers) -> tuple[dict[str, int], int, int]:
    """How many of the cells taken are of each kind of missing, ranges, and values."""
    counts = np.bincount(kept, minlength=len(cells)) if len(kept) else np.zeros(len(cells), int)
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


def _all_set_aside(checked: _Checked) -> tuple[SetAside, ...]:
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
