"""Observations ready to be written, and how they are handed to the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.importing.cell_table import CellTable
from workbench.importing.plan import Plan
from workbench.importing.raw_table import RawTable
from workbench.importing.report import ImportReport
from workbench.importing.series_keys import SeriesKey

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

    @property
    def used(self) -> Mask:
        """Of each series, whether it has an observation."""
        used = np.zeros(len(self.series), dtype=bool)
        used[self.series_of] = True
        return used

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
        readers = [_values_of(column) for column in columns]
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
                *(values(cells) for values in readers),
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


def _values_of(column: Sequence[Any]) -> Callable[[list[int]], Iterable[Any]]:
    """What cells hold by their numbers; a value that all have is repeated."""
    if len(set(column)) == 1:
        return partial(_repeated, column[0])
    return partial(map, column.__getitem__)


def _repeated(value: Any, cells: list[int]) -> Iterable[Any]:
    return repeat(value, len(cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """Rows of a sheet that are no data, and where it stands in its file."""

    table: RawTable
    header_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
