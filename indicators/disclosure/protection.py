"""A table made safe: which cells are hidden, what a reader can still work out, what to think of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from indicators.disclosure import exact, secondary
from indicators.disclosure.audit import Reach, failing, reaches
from indicators.disclosure.joint import Earlier, Joint, joined
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
        warnings: margins that lie wholly in one category; what earlier publications change.
    """

    primary: tuple[Cell, ...]
    secondary: tuple[Cell, ...]
    reach: Mapping[Cell, Reach] = field(default_factory=dict)
    warnings: tuple[Note, ...] = ()

    @property
    def hidden(self) -> frozenset[Cell]:
        """All hidden cells; nothing shown tells the two kinds apart."""
        return frozenset((*self.primary, *self.secondary))


def protect(
    table: CountTable, *, fewest: bool = True, earlier: Sequence[Earlier] = ()
) -> Protection | Refusal:
    """The cells to hide so that no small count can be worked out.

    Rule: a reader's range of each small cell has high - low >= threshold - 1 and
    high >= threshold. Small tables: fewest secondary cells, then the smallest sum of their
    counts. Larger ones: cell by cell with linear programs, then cleaned up.

    Args:
        table: counts, totals and sums; see ``CountTable``.
        fewest: False is quicker and may hide more than needed in small tables too.
        earlier: what was published before, the newest first; a reader has all of it.

    Returns:
        The hidden cells; a Refusal when no set of hidden cells is enough.

    Raises:
        IndicatorsError: the table does not add up.
    """
    base = system(table)
    joint = joined(base, earlier)
    known = joint.system
    warnings = (*class_warnings(table), *remarks(joint))
    if not known.primary.any():
        return Protection(primary=(), secondary=(), warnings=warnings)
    public = np.flatnonzero(known.primary & known.fixed)
    if public.size:
        return refused(table, known.cells[int(public[0])], earlier)
    try:
        hidden = secondary.pattern(known)
    except secondary.Unprotected as stop:
        return refused(table, known.cells[stop.cell], earlier)
    found: Mapping[int, Reach] = reaches(known, hidden)
    if fewest and len(known.cells) == joint.own and exact.is_small(known):
        hidden, found = _smaller(known, hidden, found)
    narrow = failing(known, found)
    if narrow:
        return refused(table, known.cells[narrow[0]], earlier)
    own = frozenset(table.cells)
    return Protection(
        primary=known.named(known.primary),
        secondary=known.named(hidden & ~known.primary),
        reach={
            known.cells[cell]: reach for cell, reach in found.items() if known.cells[cell] in own
        },
        warnings=(*warnings, *_complemented(table, earlier, fewest=fewest)),
    )


def _complemented(
    table: CountTable, earlier: Sequence[Earlier], *, fewest: bool
) -> Iterator[Note]:
    """Which earlier publications are the reason that more is hidden than the table alone needs."""
    alone = protect(table, fewest=fewest) if earlier else None
    if not isinstance(alone, Protection):
        return
    narrow = audit(table, alone.hidden, earlier=earlier)
    if narrow:
        guilty = given_away_by(_auditor(table, alone.hidden), narrow[0], earlier)
        yield complemented(narrow[0], guilty)


def complemented(cell: Cell, guilty: Sequence[str]) -> Note:
    """Why more is hidden than a table alone needs."""
    return Note(
        code="complemented",
        text=N_(
            "Other cells are hidden than this table alone needs: together with {publications}, "
            "the cell {cell} could be worked out otherwise."
        ),
        data={"cell": named(cell), "publications": quoted(guilty)},
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


def refused(table: CountTable, cell: Cell, earlier: Sequence[Earlier] = ()) -> Refusal:
    """Why a table cannot be made safe: earlier publications, printed rates, or the table itself."""
    name = named(cell)
    everything = frozenset(table.cells)
    guilty = given_away_by(_auditor(table, everything), cell, earlier)
    if guilty:
        return Refusal(
            code="given_away",
            text=N_(
                "This table cannot be made safe beside what was published before: together with "
                "{publications}, the cell {cell} can be worked out whatever else is hidden. Join "
                "categories, leave out a total, or do not publish the table."
            ),
            data={"cell": name, "publications": quoted(guilty)},
        )
    if table.printed:
        return Refusal(
            code="rates_give_away",
            text=N_(
                "This table cannot be made safe beside its rates: the cell {cell} can be worked "
                "out. Leave out rates and shares of hidden counts, or print them with fewer "
                "decimals."
            ),
            data={"cell": name},
        )
    return Refusal(
        code="cannot_be_protected",
        text=N_(
            "This table cannot be made safe: the cell {cell} can be worked out whatever else is "
            "hidden. Join categories, leave out a total, or do not publish the table."
        ),
        data={"cell": name},
    )


def _auditor(
    table: CountTable, hidden: frozenset[Cell]
) -> Callable[[Sequence[Earlier]], tuple[Cell, ...]]:
    return lambda earlier: audit(table, hidden, earlier=earlier)


def named(cell: Cell) -> str:
    """A cell in a sentence."""
    return " / ".join(part for part in cell if part)


def quoted(names: Sequence[str]) -> str:
    """Names of publications in a sentence."""
    return ", ".join(f"“{name}”" for name in names)


def audit(
    table: CountTable, hidden: frozenset[Cell], *, earlier: Sequence[Earlier] = ()
) -> tuple[Cell, ...]:
    """Small cells whose count a reader can work out too closely when these cells are hidden.

    Hiding a cell that is public protects nothing; zeros that are always shown count as shown.
    Small cells of earlier publications that were safe until now are looked at too.
    """
    known = joined(system(table), earlier).system
    marks = known.marks([cell for cell in table.cells if cell in hidden])
    narrow = failing(known, reaches(known, marks & ~known.fixed))
    return tuple(known.cells[cell] for cell in narrow)


def given_away_by(
    narrow: Callable[[Sequence[Earlier]], tuple[Cell, ...]],
    cell: Cell,
    earlier: Sequence[Earlier],
) -> tuple[str, ...]:
    """Names of the fewest earlier publications that together give a cell away.

    None when the table alone does, or even all of them do not. The publications are left out one after the other, the oldest
    first, as long as the cell can still be worked out from the rest.

    Args:
        narrow: the cells that can be worked out beside some earlier publications.
        cell: one that can be worked out beside all of them.
        earlier: all of them, the newest first.
    """
    if not earlier or cell in narrow(()) or cell not in narrow(earlier):
        return ()
    left = list(earlier)
    for entry in reversed(earlier):
        fewer = [other for other in left if other is not entry]
        if cell in narrow(fewer):
            left = fewer
    return tuple(entry.name for entry in left)


def remarks(joint: Joint) -> Iterator[Note]:
    """What earlier publications say otherwise than the table."""
    if joint.changed:
        yield Note(
            code="changed_since_published",
            text=N_(
                "Counts differ from an earlier publication: {cells}. Whoever has both can compare "
                "them."
            ),
            severity=Severity.WARN,
            data={"cells": "; ".join(sorted(named(cell) for cell in joint.changed))},
        )
    if joint.revised:
        yield Note(
            code="revised_since_published",
            text=N_(
                "Hidden counts have changed since {publications}. Whoever has both can see by how "
                "much some of them changed together."
            ),
            severity=Severity.WARN,
            data={"publications": quoted(joint.revised)},
        )


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
