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
from workbench.importing.key_order import Positions
from workbench.importing.packed import Packed, aligned
from workbench.importing.plan import Plan
from workbench.importing.raw_table import RawTable
from workbench.importing.report import ImportReport
from workbench.importing.series_keys import SeriesKey

Mask = NDArray[np.bool_]
LOT = 1_024
"""Rows turned into Python objects at a time."""


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
        alone: new areas that are no part of the project's country: groups of countries, and
            others of a list of countries.
    """

    report: ImportReport
    series: tuple[SeriesKey, ...]
    cells: CellTable
    series_of: Packed
    period: Packed
    cell: Packed
    row: Packed
    column: Packed
    new_areas: Mapping[str, str]
    plan: Plan
    personal: Mapping[int, str]
    layouts: tuple[SheetRows, ...] = ()
    sheet: Packed | None = None
    editions: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()

    @property
    def used(self) -> Mask:
        """Of each series, whether it has an observation."""
        return self.series_of.counts(len(self.series)) > 0

    def lots(
        self,
        series_ids: Sequence[int],
        vintage: int,
        sheet: int,
        *,
        size: int = LOT,
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
        order = self._order(ids, edition)
        named = (self.series_of, self.period, self.cell, self.row, self.column)
        columns: tuple[Packed, ...] = named if self.sheet is None else (*named, self.sheet)
        if order is not None:
            columns = tuple(column.taken(order) for column in columns)
        make = self._maker(vintage, sheet)
        for block in aligned(*columns):
            for start in range(0, len(block[0]), size):
                part = [numbers[start : start + size] for numbers in block]
                yield make(ids[part[0]].tolist(), *(numbers.tolist() for numbers in part[1:]))

    def _maker(self, vintage: int, sheet: int) -> Callable[..., Iterable[tuple[Any, ...]]]:
        """What makes rows of the store from the numbers of a lot."""
        table = self.cells
        columns = (table.value, table.low, table.high, table.status, table.flags, table.conf)
        readers = [_values_of(column) for column in columns]

        def make(
            series: list[int],
            period: list[int],
            cells: list[int],
            rows: list[int],
            columns: list[int],
            sheets: Iterable[int] = repeat(sheet),
        ) -> Iterable[tuple[Any, ...]]:
            said = (values(cells) for values in readers)
            address: tuple[Iterable[int | None], ...] = (rows, columns)
            if not all(rows):
                address = tuple([number or None for number in numbers] for numbers in address)
            return zip(series, period, repeat(vintage), *said, sheets, *address, strict=False)

        return make

    def _order(self, ids: NDArray[np.int64], edition: str) -> Positions | None:
        """Positions in order of the store's key, or None when they stand so already.

        They stand in order of series and period, so that whole series change places.
        """
        counts = self.series_of.counts(len(self.series))
        chosen = counts > 0
        if edition:
            chosen &= np.array([key.edition == edition for key in self.series], dtype=bool)
        series = np.flatnonzero(chosen)
        real = ids[series]
        if not edition and bool((np.diff(real) > 0).all()):
            return None
        series = series[np.argsort(real, kind="stable")]
        starts, sizes = (np.cumsum(counts) - counts)[series], counts[series]
        shifts = (starts - (np.cumsum(sizes) - sizes)).astype(np.int32)
        order: Positions = np.repeat(shifts, sizes)
        order += np.arange(len(order), dtype=np.int32)
        return order


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
