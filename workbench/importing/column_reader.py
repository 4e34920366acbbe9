"""One column of values with what was seen in it: every distinct text is understood once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from workbench.importing.cell_table import CellMemo, CellTable, SeriesMemo
from workbench.importing.periods import parse_period, part_of_year
from workbench.importing.plan import Plan, ValueColumn
from workbench.importing.series_keys import SeriesFinder


class ColumnReader:
    """One value column with its memories."""

    def __init__(self, plan: Plan, column: ValueColumn, table: CellTable, finder: SeriesFinder):
        self.index = column.index
        self.memo = CellMemo(table, column.rules, tuple(plan.beside))
        self.cell = self.memo.__getitem__
        self.extra = list(plan.beside.values())
        self.period = parse_period(column.period, plan.period_rules) if column.period else None
        self.part = part_of_year(column.part) if column.part else 0
        self.series = None
        self._series_memo = SeriesMemo(partial(series_number, finder, column.fixed))
        if column.fixed:
            self.series = self._series_memo.__getitem__

    def forget(self) -> None:
        """Let go of the texts seen."""
        self.memo.clear()
        self._series_memo.clear()

    def cells(self, columns: Sequence[Sequence[str]]) -> list[int]:
        """Numbers of the cells of a slice."""
        texts: Any = columns[self.index]
        if self.extra:
            texts = zip(texts, *(columns[i] for i in self.extra), strict=True)
        return list(map(self.cell, texts))


def series_number(finder: SeriesFinder, fixed: Mapping[str, str], texts: Any) -> int:
    """The number of the series of key texts: of one column a text, of several a tuple."""
    return finder.number(texts if isinstance(texts, tuple) else (texts,), fixed)
