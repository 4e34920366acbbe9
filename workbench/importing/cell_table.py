"""All distinct cells of an import as columns, found by their texts."""

from __future__ import annotations

from typing import Any

from workbench.importing.cells import Cell, CellRules, read_cell

MEMO_LIMIT = 200_000
"""Distinct texts remembered at a time; beyond it the memory starts anew."""


class CellTable:
    """Cells by number; the same text has the same number as long as it is remembered."""

    def __init__(self) -> None:
        self.value: list[float | None] = []
        self.low: list[float | None] = []
        self.high: list[float | None] = []
        self.status: list[int] = []
        self.flags: list[int] = []
        self.conf: list[int] = []
        self.missing: list[str] = []
        self.count_fault: list[str] = []
        self.texts: dict[int, str] = {}
        self.faults: list[tuple[str, str]] = []

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self.value)

    def add(self, cell: Cell) -> int:
        """The number of a cell, or below 0 the (negated) number of its fault."""
        if cell.fault:
            self.faults.append((cell.fault, cell.text))
            return -len(self.faults)
        number = len(self.value)
        self.value.append(cell.value)
        self.low.append(cell.low)
        self.high.append(cell.high)
        self.status.append(cell.status)
        self.flags.append(cell.flags)
        self.conf.append(cell.conf)
        self.missing.append(cell.missing.value if cell.missing else "")
        self.count_fault.append(cell.count_fault)
        if cell.text:
            self.texts[number] = cell.text
        return number

    def text(self, number: int) -> str:
        """What a cell said, for messages."""
        from workbench.importing.numbers import plain

        value = self.value[number]
        return self.texts.get(number) or ("" if value is None else plain(value))


class CellMemo(dict[Any, int]):
    """Number of a cell by its texts: a text, or a tuple of value, status and flags."""

    def __init__(self, table: CellTable, rules: CellRules, shape: tuple[bool, bool]) -> None:
        super().__init__()
        self._table = table
        self._rules = rules
        self._has_status, self._has_flags = shape

    def __missing__(self, key: Any) -> int:
        """Read texts not seen yet."""
        if len(self) > MEMO_LIMIT:
            self.clear()
        texts = key if isinstance(key, tuple) else (key,)
        status = texts[1] if self._has_status else ""
        flags = texts[-1] if self._has_flags else ""
        number = self._table.add(read_cell(texts[0], status, flags, self._rules))
        self[key] = number
        return number


class PeriodMemo(dict[str, int]):
    """Code of a period by its text; faults are below 0, as in ``CellTable``."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read
        self.faults: list[tuple[str, str]] = []

    def __missing__(self, text: str) -> int:
        """Read a text not seen yet."""
        code = self._read(text)
        if isinstance(code, str):
            self.faults.append((code, text.strip()))
            code = -len(self.faults)
        self[text] = code
        return int(code)


class SeriesMemo(dict[Any, int]):
    """Number of a series by its key texts for one value column."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, texts: Any) -> int:
        """Find the series of texts not seen yet."""
        number = int(self._read(texts))
        self[texts] = number
        return number
