"""The cells of a table after units, counts and duplicates were checked.

Duplicates inside one file are found by sorting the keys: exact copies are counted once, cells
with different values are all set aside.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from workbench.importing.gather import MAX_LISTED, Gathered
from workbench.importing.joined import Joined
from workbench.importing.key_order import (
    Lot,
    Positions,
    ascends,
    distinct_rows,
    lots_of_series,
    positions_of,
)
from workbench.importing.packed import Packed, aligned
from workbench.importing.report import SetAside
from workbench.importing.series_keys import UNDECIDED, SeriesKey

COUNT_UNIT = "count"

NUMBER_UNIT = "any"

_MEASURES = frozenset(
    {
        *("money", "days", "months", "hours", "years", "FTE", "index", "score"),
        *("ratio", "any", "number", "0-1", "0-2", "0/1"),
    }
)

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

_WHOLE_SHARE = 2 / 3

"""Share of whole values from which a variable nobody knows is taken as a count."""


class Checked:
    """The cells of a table after units, counts and duplicates were checked.

    Attributes:
        data: what was read.
        series: keys with their units decided.
        set_aside: addresses and reasons of the cells left out here.
    """

    def __init__(self, data: Gathered | Joined) -> None:
        self.data = data
        self._names = data.names if isinstance(data, Joined) else {}
        self.set_aside: list[SetAside] = []
        self.counts: Counter[str] = Counter()
        self.series = self._decided()
        self._kept = self._in_order(self._bad_counts())

    def taken(self, column: Packed) -> Packed:
        """The entries of a column that were taken, in order of series and period."""
        return column if self._kept is None else column.taken(self._kept)

    @property
    def rows_imported(self) -> int:
        """Rows of which at least one cell was taken; of cases, rows that were counted."""
        if self.data.is_cases:
            return self.data.case_rows
        if len(self.data.readers) == 1:
            return len(self.data.row) if self._kept is None else len(self._kept)
        row = self.taken(self.data.row)
        if isinstance(self.data, Joined):
            return distinct_rows(row, self.taken(self.data.sheet))
        return distinct_rows(row)

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
        held = np.zeros(len(self.data.cells), dtype=bool)
        for series, cell in aligned(self.data.series, self.data.cell):
            held[cell[mine[series]]] = True
        cells = np.flatnonzero(held)
        values = [self.data.cells.value[i] for i in cells.tolist()]
        numbers = [value for value in values if value is not None]
        whole = sum(1 for value in numbers if value.is_integer())
        return COUNT_UNIT if whole >= _WHOLE_SHARE * len(numbers) else NUMBER_UNIT

    def _bad_counts(self) -> Positions:
        """Positions of cells that cannot be a count although their variable is one."""
        faults = self.data.cells.count_fault
        wrong = np.array([bool(fault) for fault in faults], dtype=bool)
        if not wrong.any():
            return np.zeros(0, dtype=np.int32)
        written = {
            key.variable
            for key in self.series
            if key.variable.startswith("n_") and key.unit not in (COUNT_UNIT, NUMBER_UNIT)
        }
        measures = {name for name in written if self._unit_from_values(name) == NUMBER_UNIT}
        counted = np.array(
            [is_count(key) and key.variable not in measures for key in self.series], dtype=bool
        )
        bad = positions_of(
            wrong[cell] & counted[series]
            for series, cell in aligned(self.data.series, self.data.cell)
        )
        for position in bad.tolist():
            self._leave_out(position, faults[self.data.cell[position]])
        return bad

    def _in_order(self, bad: Positions) -> Positions | None:
        """Positions taken in order of their key, each key once; None when they stand so.

        Conflicts are left out altogether.
        """
        if not len(bad) and ascends(self.data.series, self.data.period):
            return None
        parts = [
            self._without_duplicates(part)
            for part in lots_of_series(self.data.series, self.data.period, len(self.series), bad)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def _without_duplicates(self, lot: Lot) -> Positions:
        """Positions of some series in order of their key, each key once."""
        order = np.argsort(lot.key, kind="stable")
        positions, key = lot.positions[order], lot.key[order]
        first = np.concatenate(([True], key[1:] != key[:-1]))
        if first.all():
            return positions
        group = np.cumsum(first) - 1
        differs = self._differ(
            self.data.cell.at(lot.positions)[order], np.flatnonzero(first)[group]
        )
        conflict = np.zeros(int(group[-1]) + 1, dtype=bool)
        conflict[group[differs]] = True
        in_conflict = conflict[group]
        for position in positions[in_conflict].tolist():
            self._leave_out(position, "conflict")
        for position in positions[~first & ~in_conflict].tolist():
            self._leave_out(position, "exact_copy")
        kept: Positions = positions[first & ~in_conflict]
        return kept

    def _differ(self, cells: Positions, heads: NDArray[np.intp]) -> list[int]:
        """Where a cell says something else than the first of its key, however it is written."""
        table = self.data.cells
        columns = (table.value, table.low, table.high, table.status, table.flags, table.conf)
        other = cells[heads]
        return [
            place
            for place in np.flatnonzero(cells != other).tolist()
            if any(column[cells[place]] != column[other[place]] for column in columns)
        ]

    def _sheet_name(self, position: int) -> str | None:
        if not isinstance(self.data, Joined):
            return self.data.plan.table.name or None
        return self._names[self.data.sheet[position]]

    def _leave_out(self, position: int, code: str) -> None:
        self.counts[code] += 1
        if len(self.set_aside) >= MAX_LISTED:
            return
        self.set_aside.append(
            SetAside(
                sheet=self._sheet_name(position),
                row=self.data.row[position],
                column=self.data.column[position],
                value=self.data.cells.text(self.data.cell[position]),
                code=code,
            )
        )


def is_count(key: SeriesKey) -> bool:
    """Whether the values of a series are counts: whole and not negative."""
    unit = key.unit
    if unit in _MEASURES or "%" in unit or ":" in unit or unit.casefold().startswith(_RATES):
        return key.breakdown.code("DAY") is not None or key.breakdown.code("STAT") == "N"
    return key.breakdown.code("STAT") in (None, "N")
