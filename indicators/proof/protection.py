"""Reference cases of disclosure control: what must be hidden in a table with its totals."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.disclosure.audit import Reach, reaches
from indicators.disclosure.protection import protect
from indicators.disclosure.system import system
from indicators.errors import N_, IndicatorsError
from indicators.model.results import Refusal
from indicators.model.tables import Cell, CountTable
from indicators.proof.rates import number
from indicators.proof.table import Table

Settings = Mapping[str, object]
Produced = Mapping[str, object]

TOTAL = "Total"


def suppression(table: Table, settings: Settings) -> Produced:
    """Primary cells, what a reader knows before and after, and the best secondary cells."""
    counts = _with_totals(table, settings)
    known = system(counts)
    found = protect(counts)
    if isinstance(found, Refusal):
        raise IndicatorsError(N_("This table cannot be protected."))
    before = reaches(known, known.marks(known.named(known.primary)))
    value = dict(zip(counts.cells, counts.counts, strict=True))
    return {
        "primary": [list(cell) for cell in found.primary],
        "primary_only_feasible": {
            "|".join(known.cells[cell]): _ends(reach) for cell, reach in before.items()
        },
        "fewest_secondary": len(found.secondary),
        "smallest_value_suppressed_at_that_count": sum(value[cell] for cell in found.secondary),
        "optimal_secondary": [list(cell) for cell in found.secondary],
        "feasible_after": {"|".join(cell): _ends(reach) for cell, reach in found.reach.items()},
    }


def _ends(reach: Reach) -> list[float | None]:
    return [float(reach.low), None if reach.high is None else float(reach.high)]


def _with_totals(table: Table, settings: Settings) -> CountTable:
    """The table with its sums, which stay published."""
    first, *columns = table.columns
    rows = table.text(first)
    counts: dict[Cell, int] = {
        (row, column): int(value)
        for i, row in enumerate(rows)
        for column in columns
        for value in (table.numbers(column)[i],)
    }
    total = _unused(TOTAL, (*rows, *columns))
    sums: dict[Cell, int] = {
        (row, total): sum(counts[row, column] for column in columns) for row in rows
    }
    sums |= {(total, column): sum(counts[row, column] for row in rows) for column in columns}
    sums[total, total] = sum(counts.values())
    everything = counts | sums
    return CountTable(
        dims=("row", "column"),
        cells=tuple(everything),
        counts=tuple(everything.values()),
        hierarchy={"row": {total: rows}, "column": {total: tuple(columns)}},
        never_suppress=frozenset(sums),
        threshold=int(number(settings, "threshold", 5)),
        zeros="protect" if settings.get("zeros") == "protect" else "publish",
    )


def _unused(name: str, taken: tuple[str, ...]) -> str:
    while name in taken:
        name += "_"
    return name
