"""Several sheets of one file as one delivery: their series and cells numbered together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from workbench.importing.cell_table import CellTable
from workbench.importing.gather import Gathered
from workbench.importing.packed import Packed
from workbench.importing.plan import Plan
from workbench.importing.series_keys import SeriesKey


class JoinedFinder:
    """What was found about series and names in all sheets."""

    def __init__(self, parts: Sequence[Gathered]) -> None:
        self.series: list[SeriesKey] = []
        self.new_variables: dict[str, str] = {}
        self.new_categories: dict[str, None] = {}
        self.hidden: dict[str, None] = {}
        self.unconfirmed: dict[str, None] = {}
        self.new_areas: dict[str, str] = {}
        self.matched_areas: dict[str, str] = {}
        self.aggregates: dict[str, None] = {}
        self.outside: dict[str, None] = {}
        for part in parts:
            for name in ("new_variables", "new_categories", "hidden", "unconfirmed", "new_areas",
                         "matched_areas", "aggregates", "outside"):  # fmt: skip
                getattr(self, name).update(getattr(part.finder, name))


class Joined:
    """Everything that was read from several sheets; the same facts as of one."""

    def __init__(self, parts: Sequence[Gathered]) -> None:
        self.parts = tuple(parts)
        self.plan: Plan = parts[0].plan
        self.finder = JoinedFinder(parts)
        self.cells = CellTable()
        self.series, self.period, self.cell = Packed(), Packed(), Packed()
        self.row, self.column, self.sheet = Packed(), Packed(), Packed()
        self.fault_counts: Counter[str] = Counter()
        known: dict[SeriesKey, int] = {}
        for part in parts:
            self._add(part, known)
        self.is_cases = any(part.is_cases for part in parts)
        self.case_rows = sum(part.case_rows for part in parts)
        self.rows_read = sum(part.rows_read for part in parts)
        self.blank_rows = sum(part.blank_rows for part in parts)
        self.odd_rows = sum(part.odd_rows for part in parts)
        self.odd_cells = sum(part.odd_cells for part in parts)
        self.faulty_cells = sum(part.faulty_cells for part in parts)
        self.ignored_cells = sum(part.ignored_cells for part in parts)
        self.header_rows = sum(part.header_rows for part in parts)
        self.footer_rows = [row for part in parts for row in part.footer_rows]
        self.readers = [reader for part in parts for reader in part.readers]

    def _add(self, part: Gathered, known: dict[SeriesKey, int]) -> None:
        shift = self.cells.take(part.cells)
        own = []
        for key in part.finder.series:
            number = known.setdefault(key, len(known))
            if number == len(self.finder.series):
                self.finder.series.append(key)
            own.append(number)
        self.series.extend(own[number] for number in part.series)
        self.period.extend(part.period)
        self.cell.extend(number + shift for number in part.cell)
        self.row.extend(part.row)
        self.column.extend(part.column)
        self.sheet.repeat(part.plan.table.index, len(part.row))
        self.fault_counts.update(part.fault_counts)

    @property
    def names(self) -> Mapping[int, str | None]:
        """Name by number of the sheet."""
        return {p.plan.table.index: p.plan.table.name or None for p in self.parts}
