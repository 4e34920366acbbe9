"""What all rows say about each column of a table, from one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.importing.layout import Header
from workbench.importing.numbers import stripped
from workbench.importing.raw_table import RawTable

MOST_DISTINCT = 100_000
MOST_NOTES = 100
"""More lone cells than this below each other are data."""


@dataclass(slots=True)
class ColumnFacts:
    """What all rows say about one column.

    Attributes:
        texts: how often each distinct text occurs (the first ``MOST_DISTINCT`` of them).
        rows: first row of each of these texts.
    """

    texts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def filled(self) -> list[str]:
        """Distinct texts that are not blank."""
        return [text for text in self.texts if text]

    def share(self, test: object) -> float:
        """Share of distinct filled texts that pass a test."""
        texts = self.filled
        assert callable(test)
        return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


def column_facts(table: RawTable, header: Header) -> list[ColumnFacts]:
    """Distinct texts of every column, from one pass over all rows but the notes below the table."""
    facts = [ColumnFacts() for _ in header.names]
    start = header.row + header.rows
    waiting: list[tuple[int, Sequence[str]]] = []
    for number, row in enumerate(table.rows(), start=1):
        if number < start or len(row) < 2:
            continue
        if len(waiting) < MOST_NOTES and _is_lone(row):
            waiting.append((number, row))  # a note below the table, unless more rows follow
            continue
        for earlier, held in waiting:
            _take(facts, held, earlier)
        waiting.clear()
        _take(facts, row, number)
    return [_cleaned(column) for column in facts]


def _is_lone(row: Sequence[str]) -> bool:
    """Whether the first cell alone is filled."""
    return bool(row[0].strip()) and not any(text.strip() for text in row[1:])


def _take(facts: Sequence[ColumnFacts], row: Sequence[str], number: int) -> None:
    for column, text in zip(facts, row, strict=False):
        if text in column.texts:
            column.texts[text] += 1
        elif len(column.texts) < MOST_DISTINCT:
            column.texts[text] = 1
            column.rows[text] = number


def _cleaned(facts: ColumnFacts) -> ColumnFacts:
    """The facts by trimmed texts."""
    result = ColumnFacts()
    for text, count in facts.texts.items():
        trimmed = stripped(text)
        result.texts[trimmed] += count
        result.rows.setdefault(trimmed, facts.rows[text])
    return result
