"""Reads all rows of a table by its plan, in slices of columns, into packed columns.

The loop works on slices of some thousand rows turned into columns, so that every distinct text
is understood once and repeated texts cost a dictionary look-up inside the interpreter's C code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.cell_table import CellTable, PeriodMemo, SeriesMemo
from workbench.importing.cells import Cell
from workbench.importing.column_reader import ColumnReader, series_number
from workbench.importing.layout import filled, is_blank
from workbench.importing.names import Names, clean, normal
from workbench.importing.numbers import readings
from workbench.importing.packed import Packed
from workbench.importing.periods import parse_parts, parse_period
from workbench.importing.plan import Plan
from workbench.importing.raw_table import MAX_ROWS, SLICE, BrokenRow, Row
from workbench.importing.series_keys import Fault, SeriesFinder
from workbench.progress import Progress

_NOTE_WORDS = ("note", "nota", "source", "fuente", "fonte", "*", "(")
MAX_LISTED = 100_000
"""Rows and cells set aside that are listed one by one; beyond it they are counted."""


def _may_be_sparse(columns: Sequence[Sequence[str]]) -> bool:
    """Whether a row may hold less than two texts: not when two columns have no blank at all."""
    full = 0
    for column in columns:
        full += "" not in column
        if full == 2:
            return False
    return True


class Gathered:
    """Everything that was read; columns have one entry a cell that was understood."""

    def __init__(self, plan: Plan, names: Names) -> None:
        self.plan = plan
        self.finder = SeriesFinder(plan, names)
        self.cells = CellTable()
        read = parse_period if plan.part is None else parse_parts
        self.periods = PeriodMemo(partial(read, rules=plan.period_rules))
        self.series_of = SeriesMemo(partial(series_number, self.finder, {}))
        self.readers = [ColumnReader(plan, c, self.cells, self.finder) for c in plan.values]
        self.series, self.period, self.cell = Packed(), Packed(), Packed()
        self.row, self.column = Packed(), Packed()
        self.faults: list[tuple[int, Fault]] = []
        self.odd: list[tuple[int, Row, Fault]] = []
        self.fault_counts: dict[str, int] = {}
        self.faulty_cells = 0
        self.odd_rows = 0
        self.blank_rows = 0
        self.rows_read = 0
        self.footer_rows: list[int] = []
        self.last_good_row = 0
        self.ignored_cells = 0
        self.is_cases = plan.recipe.layout == "cases"
        self.counted: dict[tuple[int, int], int] = {}
        self.case_rows = 0
        self._cuts: dict[int, tuple[int, ...]] = {}
        keys = [key.index for key in plan.keys]
        self._key_texts = itemgetter(*keys) if keys else None

    @property
    def parts(self) -> tuple[Gathered, ...]:
        """The tables this was read from: itself."""
        return (self,)

    @property
    def odd_cells(self) -> int:
        """Cells of rows set aside as a whole."""
        return self.odd_rows * max(len(self.readers), int(self.is_cases))

    @property
    def header_rows(self) -> int:
        """Rows up to and with the header."""
        return self.plan.header.row + self.plan.recipe.reading.header_rows - 1

    def read(self, progress: Progress) -> None:
        """Read the table to its end.

        Raises:
            UserFileError: more rows or columns than the program takes.
            Cancelled: the person stopped.
        """
        for part in self._body(self.header_rows):
            first = self.rows_read + 1
            self.rows_read += len(part)
            if self.rows_read > MAX_ROWS:
                raise UserFileError(
                    N_("The table in “{name}” has more than {limit} rows."),
                    hint=N_("Save it in smaller parts."),
                    path=self.plan.path,
                    limit=MAX_ROWS,
                )
            self._slice(first, part)
            progress.report(self.rows_read, None, N_("Reading the file"))
        self._close_footer()
        if self.is_cases:
            self._close_counts()
        self._forget()

    def _forget(self) -> None:
        """Let go of what only reading needs: every text of a key that was seen."""
        self.series_of.clear()
        for reader in self.readers:
            reader.forget()
        self.finder.forget()

    def _body(self, header_end: int) -> Iterator[list[Row]]:
        """The rows below the header in slices, without a footer of fixed length."""
        held: list[Row] = []
        count = self.plan.recipe.reading.footer_rows
        for part in self.plan.table.open_slices(SLICE):
            skipped = min(len(part), header_end - self.rows_read)
            self.rows_read += max(skipped, 0)
            rest = held + part[skipped:] if skipped > 0 or held else part
            held = rest[len(rest) - count :] if count else []
            rest = rest[: len(rest) - count] if count else rest
            if rest:
                yield rest
        first = self.rows_read + 1
        self._fixed_footer = range(first, first + len(held))

    _fixed_footer = range(0)

    def _slice(self, first: int, rows: list[Row]) -> None:
        numbers: Sequence[int] = range(first, first + len(rows))
        columns: list[Any] = []
        if set(map(len, rows)) == {self.plan.width}:
            columns = list(zip(*rows, strict=True))
        if not columns or _may_be_sparse(columns):
            numbers, rows = self._regular(numbers, rows)
            columns = list(zip(*rows, strict=True))
        if rows:
            self._columns(numbers, rows, columns, final=False)

    def _columns(
        self, numbers: Sequence[int], rows: list[Row], columns: list[Any], *, final: bool
    ) -> None:
        """Understand the keys of a slice; rows with a fault leave it, then its cells are read."""
        texts = self._keys_of(columns, len(rows))
        series = list(map(self.series_of.__getitem__, texts))
        periods: Sequence[int] = ()
        if self.plan.period is not None:
            said: Any = columns[self.plan.period]
            if self.plan.part is not None:
                said = zip(said, columns[self.plan.part], strict=True)
            periods = list(map(self.periods.__getitem__, said))
        if not final and (min(series) < 0 or (periods and min(periods) < 0)):
            kept = self._drop_faults(numbers, rows, series, periods)
            if kept:
                rows = [rows[i] for i in kept]
                numbers = [numbers[i] for i in kept]
                self._columns(numbers, rows, list(zip(*rows, strict=True)), final=True)
            return
        self.last_good_row = numbers[-1]
        for index in self.plan.ignored:
            self.ignored_cells += len(rows) - columns[index].count("")
        for reader in self.readers:
            own = series
            if reader.series is not None:
                own = list(map(reader.series, self._keys_of(columns, len(rows))))
            self._take(reader, numbers, own, periods, reader.cells(columns))
        if self.is_cases:
            self._count(numbers, series, periods)

    def _count(
        self, numbers: Sequence[int], series: Sequence[int], periods: Sequence[int]
    ) -> None:
        """Remember which cells a row counts in: the total and one of each breakdown."""
        for number, period in zip(series, periods, strict=True):
            cuts = self._cuts.get(number)
            if cuts is None:
                cuts = self._cuts[number] = tuple(self.finder.cuts(number))
            for cut in cuts:
                self.counted[cut, period] = self.counted.get((cut, period), 0) + 1
        self.case_rows += len(numbers)

    def _close_counts(self) -> None:
        """Turn what was counted into cells without an address."""
        for (series, period), count in self.counted.items():
            cell = Cell(value=float(count))
            self.series.append(series)
            self.period.append(period)
            self.cell.append(self.cells.add(cell))
            self.row.append(0)
            self.column.append(0)

    def _keys_of(self, columns: list[Any], count: int) -> Any:
        if self._key_texts is None:
            return repeat((), count)
        if len(self.plan.keys) == 1:
            return columns[self.plan.keys[0].index]
        return zip(*self._key_texts(columns), strict=True)

    def _take(
        self,
        reader: ColumnReader,
        numbers: Sequence[int],
        series: Sequence[int],
        periods: Sequence[int],
        cells: list[int],
    ) -> None:
        """Keep the cells of one value column; those with a fault are set aside one by one."""
        if reader.period is not None:
            if isinstance(reader.period, str):
                self._refuse_column(reader, numbers)
                return
            periods = [reader.period] * len(cells)
        elif reader.part:
            periods = self._in_part(reader, numbers, periods)
            good = [i for i, period in enumerate(periods) if period]
            if len(good) < len(cells):
                cells, numbers, series, periods = (
                    [part[i] for i in good] for part in (cells, numbers, series, periods)
                )
        if not cells:
            return
        if min(cells) < 0 or (reader.series is not None and min(series) < 0):
            good = self._drop_cells(reader, numbers, series, cells)
            cells = [cells[i] for i in good]
            numbers = [numbers[i] for i in good]
            series = [series[i] for i in good]
            periods = [periods[i] for i in good]
        self.series.extend(series)
        self.period.extend(periods)
        self.cell.extend(cells)
        self.row.extend(numbers)
        self.column.repeat(reader.index + 1, len(cells))

    def _in_part(
        self, reader: ColumnReader, numbers: Sequence[int], years: Sequence[int]
    ) -> list[int]:
        """Months or quarters of the years of the rows; 0 and set aside where a row has no year."""
        found = []
        for number, year in zip(numbers, years, strict=True):
            if year % 100:
                text = self.plan.header.names[reader.index]
                self._set_aside(number, Fault("not_a_period", reader.index, text))
            found.append(0 if year % 100 else year + reader.part)
        return found

    def _refuse_column(self, reader: ColumnReader, numbers: Sequence[int]) -> None:
        code = str(reader.period)
        text = self.plan.header.names[reader.index]
        for number in numbers:
            self._set_aside(number, Fault(code, reader.index, text))

    def _drop_cells(
        self, reader: ColumnReader, numbers: Sequence[int], series: Sequence[int], cells: list[int]
    ) -> list[int]:
        good = []
        for i, cell in enumerate(cells):
            if series[i] < 0:
                self._set_aside(numbers[i], self.finder.faults[-series[i] - 1])
            elif cell < 0:
                code, text = self.cells.faults[-cell - 1]
                self._set_aside(numbers[i], Fault(code, reader.index, text))
            else:
                good.append(i)
        return good

    def _set_aside(self, row: int, fault: Fault) -> None:
        self.faulty_cells += 1
        self.fault_counts[fault.code] = self.fault_counts.get(fault.code, 0) + 1
        if len(self.faults) < MAX_LISTED:
            self.faults.append((row, fault))

    def _drop_faults(
        self,
        numbers: Sequence[int],
        rows: list[Row],
        series: Sequence[int],
        periods: Sequence[int],
    ) -> list[int]:
        kept = []
        for i, row in enumerate(rows):
            if self._is_header(row):
                self._odd(numbers[i], row, Fault("header_again", -1, ""))
            elif periods and periods[i] < 0 and series[i] >= 0:
                code, text = self.periods.faults[-periods[i] - 1]
                self._odd(numbers[i], row, Fault(code, self.plan.period or 0, text))
            elif series[i] < 0:
                self._odd(numbers[i], row, self.finder.faults[-series[i] - 1])
            else:
                kept.append(i)
        return kept

    def _is_header(self, row: Row) -> bool:
        """Whether a row repeats the last row of the header, as printed pages do."""
        names = self.plan.header.names
        return all(name.endswith(clean(cell)) for name, cell in zip(names, row, strict=False))

    def _regular(self, numbers: Sequence[int], rows: list[Row]) -> tuple[Sequence[int], list[Row]]:
        """The rows of full width; the others are padded, cut, or put with the odd ones."""
        kept_numbers, kept = [], []
        for number, row in zip(numbers, rows, strict=True):
            fitted = self._fitted(number, row)
            if fitted is not None:
                kept_numbers.append(number)
                kept.append(fitted)
        return kept_numbers, kept

    def _fitted(self, number: int, row: Row) -> Row | None:
        width = self.plan.width
        if isinstance(row, BrokenRow):
            self._odd(number, row, Fault(row.code, -1, row[0]))
            return None
        if is_blank(row):
            self._odd(number, row, Fault("", -1, ""))
            return None
        if filled(row) == 1 and width > 2:
            text = next(cell for cell in row if cell.strip())
            self._odd(number, row, Fault("stray_text", -1, text.strip()))
            return None
        if len(row) < width:
            if len(row) <= self._last_needed():
                self._odd(number, row, Fault("short_row", -1, str(len(row))))
                return None
            return row + [""] * (width - len(row))
        if len(row) > width and not is_blank(row[width:]):
            self._odd(number, row, Fault("long_row", -1, " | ".join(row[width:])))
            return None
        return row[:width]

    def _last_needed(self) -> int:
        plan = self.plan
        needed = [key.index for key in plan.keys if key.role != "ignore"]
        needed += [v.index for v in plan.values]
        return max(needed + ([plan.period] if plan.period is not None else []))

    def _odd(self, number: int, row: Row, fault: Fault) -> None:
        if not fault.code or is_blank(row):
            self.blank_rows += 1
            return
        self.odd_rows += 1
        self.fault_counts[fault.code] = self.fault_counts.get(fault.code, 0) + 1
        is_note = fault.code in ("stray_text", "short_row")
        if len(self.odd) < MAX_LISTED or (is_note and len(self.odd) < 2 * MAX_LISTED):
            self.odd.append((number, row, fault))

    def _close_footer(self) -> None:
        """Tell notes below the table from rows that were set aside; count blank rows."""
        tail = len(self.odd)
        while tail and self.odd[tail - 1][0] > self.last_good_row:
            if not self._is_note(self.odd[tail - 1]):
                break
            tail -= 1
        for number, _, fault in self.odd[tail:]:
            self.footer_rows.append(number)
            self.odd_rows -= 1
            self.fault_counts[fault.code] -= 1
        del self.odd[tail:]
        self.rows_read += len(self._fixed_footer)
        self.footer_rows.extend(self._fixed_footer)

    def _is_note(self, entry: tuple[int, Row, Fault]) -> bool:
        """Whether a row below the data is a remark: one text, or two without a number."""
        _, row, fault = entry
        if isinstance(row, BrokenRow) or fault.code == "long_row":
            return False
        if filled(row) == 1:
            return True
        starts = normal(row[0]).startswith(_NOTE_WORDS)
        has_number = any(readings(cell.strip()) for cell in row if cell)
        return not has_number and (filled(row) == 2 or starts)
