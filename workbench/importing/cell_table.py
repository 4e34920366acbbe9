"""All distinct cells of an import as columns, found by their texts."""

from __future__ import annotations

from sys import intern
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
        self.marks: dict[int, str] = {}
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
        if cell.mark:
            self.marks[number] = cell.mark
        return number

    def take(self, other: CellTable) -> int:
        """Add all cells of another table; how far their numbers move."""
        shift = len(self)
        for name in ("value", "low", "high", "status", "flags", "conf", "missing", "count_fault"):
            getattr(self, name).extend(getattr(other, name))
        self.texts.update({number + shift: text for number, text in other.texts.items()})
        self.marks.update({number + shift: mark for number, mark in other.marks.items()})
        return shift

    def text(self, number: int) -> str:
        """What a cell said, for messages."""
        from workbench.importing.numbers import plain

        value = self.value[number]
        return self.texts.get(number) or ("" if value is None else plain(value))


class CellMemo(dict[Any, int]):
    """Number of a cell by its texts: a text, or a tuple with those of the columns beside it.

    Args:
        table: where cells are kept.
        rules: how they are read.
        beside: what stands behind the value: of ``status``, ``flags``, ``magnitude``.

    Attributes:
        scales: factors of the column of magnitudes that occurred.
    """

    def __init__(self, table: CellTable, rules: CellRules, beside: tuple[str, ...]) -> None:
        super().__init__()
        self._table = table
        self._rules = rules
        self._beside = beside
        self.scales: set[int] = set()

    def __missing__(self, key: Any) -> int:
        """Read texts not seen yet."""
        if len(self) > MEMO_LIMIT:
            self.clear()
        value, *more = key if isinstance(key, tuple) else (key,)
        said = dict(zip(self._beside, more, strict=True))
        scale = self._rules.scales.get(said.get("magnitude", "").strip())
        if scale is not None:
            self.scales.add(scale)
        cell = read_cell(
            value,
            said.get("status", ""),
            said.get("flags", ""),
            self._rules,
            said.get("magnitude", ""),
        )
        number = self._table.add(cell)
        self[key] = number
        return number


class PeriodMemo(dict[Any, int]):
    """Code of a period by its text, or by those of year and part; faults are below 0."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read
        self.faults: list[tuple[str, str]] = []

    def __missing__(self, key: Any) -> int:
        """Read a text not seen yet."""
        texts = key if isinstance(key, tuple) else (key,)
        code = self._read(*texts)
        if isinstance(code, str):
            self.faults.append((code, " ".join(text.strip() for text in texts)))
            code = -len(self.faults)
        self[key] = code
        return int(code)


class SeriesMemo(dict[Any, int]):
    """Number of a series by its key texts for one value column; equal texts are kept once."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, texts: Any) -> int:
        """Find the series of texts not seen yet."""
        number = int(self._read(texts))
        if isinstance(texts, tuple):
            texts = tuple(map(intern, texts))
        self[texts] = number
        return number
