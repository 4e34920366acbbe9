"""The cells of a table after units, counts and duplicates were checked.

Duplicates inside one file are found by sorting the keys: exact copies are counted once, cells
with different values are all set aside.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from workbench.importing.gather import MAX_LISTED, Gathered
from workbench.importing.joined import Joined
from workbench.importing.prepared import Integers, Mask
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

_PERIOD_BITS = 20

_WHOLE_SHARE = 2 / 3

"""Share of whole values from which a variable nobody knows is taken as a count."""


class Checked:
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
        self._is_whole = len(self.kept) == len(keep) and _ascends(self.kept)

    def taken(self, numbers: Any) -> Integers:
        """The entries of an array that were taken."""
        width = {"i": np.int32, "h": np.int16}[numbers.typecode]
        whole = np.frombuffer(numbers, dtype=width)
        chosen: Integers = whole if self._is_whole else whole[self.kept]
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
        if _ascends(key):
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


def _ascends(numbers: Integers) -> bool:
    """Whether each number is larger than the one before."""
    return bool((numbers[1:] > numbers[:-1]).all())


def is_count(key: SeriesKey) -> bool:
    """Whether the values of a series are counts: whole and not negative."""
    unit = key.unit
    if unit in _MEASURES or "%" in unit or ":" in unit or unit.casefold().startswith(_RATES):
        return key.breakdown.code("DAY") is not None or key.breakdown.code("STAT") == "N"
    return key.breakdown.code("STAT") in (None, "N")
