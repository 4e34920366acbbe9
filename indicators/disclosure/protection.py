"""A table made safe: which cells are hidden, what a reader can still work out, what to think of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from indicators.disclosure import exact, secondary
from indicators.disclosure.audit import Reach, failing, reaches
from indicators.disclosure.system import Marks, System, system
from indicators.errors import N_, Note, Severity
from indicators.model.results import Refusal
from indicators.model.tables import Cell, CountTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Which cells of a table are hidden.

    Attributes:
        primary: cells that must be hidden for their own count, in the order of the table.
        secondary: further cells without which the first could be worked out.
        reach: by primary cell, the range that a reader can still work out.
        warnings: margins that lie wholly in one category.
    """

    primary: tuple[Cell, ...]
    secondary: tuple[Cell, ...]
    reach: Mapping[Cell, Reach] = field(default_factory=dict)
    warnings: tuple[Note, ...] = ()

    @property
    def hidden(self) -> frozenset[Cell]:
        """All hidden cells; nothing shown tells the two kinds apart."""
        return frozenset((*self.primary, *self.secondary))


def protect(table: CountTable, *, fewest: bool = True) -> Protection | Refusal:
    """The cells to hide so that no small count can be worked out.

    Rule: a reader's range of each small cell has high - low >= threshold - 1 and
    high >= threshold. Small tables: fewest secondary cells, then the smallest sum of their
    counts. Larger ones: cell by cell with linear programs, then cleaned up.

    Args:
        table: counts, totals and sums; see ``CountTable``.
        fewest: False is quicker and may hide more than needed in small tables too.

    Returns:
        The hidden cells; a Refusal when no set of hidden cells is enough.

    Raises:
        IndicatorsError: the table does not add up.
    """
    known = system(table)
    warnings = tuple(class_warnings(table))
    if not known.primary.any():
        return Protection(primary=(), secondary=(), warnings=warnings)
    public = np.flatnonzero(known.primary & known.fixed)
    if public.size:
        return _refused(known, int(public[0]))
    try:
        hidden = secondary.pattern(known)
    except secondary.Unprotected as stop:
        return _refused(known, stop.cell)
    found: Mapping[int, Reach] = reaches(known, hidden)
    if fewest and exact.is_small(known):
        hidden, found = _smaller(known, hidden, found)
    narrow = failing(known, found)
    if narrow:
        return _refused(known, narrow[0])
    return Protection(
        primary=known.named(known.primary),
        secondary=known.named(hidden & ~known.primary),
        reach={known.cells[cell]: reach for cell, reach in found.items()},
        warnings=warnings,
    )


def _smaller(
    known: System, hidden: Marks, found: Mapping[int, Reach]
) -> tuple[Marks, Mapping[int, Reach]]:
    """The exact pattern where it passes the audit, which asks for whole numbers."""
    exactly = exact.better(known, hidden)
    if exactly is None:
        return hidden, found
    reached = reaches(known, exactly)
    return (hidden, found) if failing(known, reached) else (exactly, reached)


def _refused(known: System, cell: int) -> Refusal:
    if np.isfinite(known.most).any():
        return Refusal(
            code="rates_give_away",
            text=N_(
                "This table cannot be made safe beside its rates: the cell {cell} can be worked "
                "out. Leave out rates and shares of hidden counts, or print them with fewer "
                "decimals."
            ),
            data={"cell": " / ".join(known.cells[cell])},
        )
    return Refusal(
        code="cannot_be_protected",
        text=N_(
            "This table cannot be made safe: the cell {cell} can be worked out whatever else is "
            "hidden. Join categories, leave out a total, or do not publish the table."
        ),
        data={"cell": " / ".join(known.cells[cell])},
    )


def audit(table: CountTable, hidden: frozenset[Cell]) -> tuple[Cell, ...]:
    """Small cells whose count a reader can work out too closely when these cells are hidden.

    Hiding a cell that is public protects nothing; zeros that are always shown count as shown.
    """
    known = system(table)
    marks = known.marks([cell for cell in table.cells if cell in hidden])
    narrow = failing(known, reaches(known, marks & ~known.fixed))
    return tuple(known.cells[cell] for cell in narrow)


def class_warnings(table: CountTable) -> Iterator[Note]:
    """Margins of at least the threshold that lie wholly in one category of a dimension."""
    counts = dict(zip(table.cells, table.counts, strict=True))
    for cell in table.cells:
        if counts[cell] < table.threshold:
            continue
        for place, dim in enumerate(table.dims):
            parts = table.hierarchy.get(dim, {}).get(cell[place], ())
            names = [(*cell[:place], part, *cell[place + 1 :]) for part in parts]
            known = [name for name in names if name in counts]
            if len(known) < 2 or len(known) != len(names):
                continue
            filled = [name for name in known if counts[name]]
            if len(filled) == 1 and counts[filled[0]] == counts[cell]:
                yield _class_warning(cell, dim, filled[0][place])


def _class_warning(margin: Cell, dim: str, code: str) -> Note:
    return Note(
        code="class_disclosure",
        text=N_(
            "Everybody in {margin} has the same {dimension}: {all_in}. Whoever knows that a person "
            "is counted there knows this too. Decide whether this may be published."
        ),
        severity=Severity.WARN,
        data={"margin": " / ".join(margin), "dimension": dim, "all_in": code, "cell": margin},
    )
