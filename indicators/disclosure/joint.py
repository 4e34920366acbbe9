"""A table together with what was published before: one system of all that readers know.

Cells that were shown stay known. Cells that were hidden are taken to be the same counts now as
then, which is the worst case: whatever a reader can work out without that, he can work out with it.
Where the present counts contradict it, a count has been revised in between, and the sums of the
earlier publication that do not hold any more say nothing about the present counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from indicators.disclosure.audit import reach
from indicators.disclosure.completion import Row, completion, sparse_rows
from indicators.disclosure.system import Floats, Integers, Marks, System
from indicators.model.tables import Cell, Equation


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What one publication tells of a cell.

    Attributes:
        low, high: least and greatest count it leaves possible; None without a limit.
        small: whether the count had to be protected.
    """

    low: int
    high: int | None
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One earlier publication.

    Attributes:
        name: what sentences call it.
        cells: what it tells of each of its cells, named as in the table that is looked at; cells
            that this table does not have bear names of their own.
        equations: its sums; they may name cells that it does not show.
        width, top: the pass rule of its small cells.
    """

    name: str
    cells: Mapping[Cell, Known]
    equations: tuple[Equation, ...] = ()
    width: int = 4
    top: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """The system of a table and of earlier publications.

    Attributes:
        system: cells of the table first, then those that only earlier publications have.
        changed: cells whose count does not fit an earlier publication any more.
        revised: names of publications some of whose sums do not hold any more.
        own: how many cells the table has without the earlier publications.
    """

    system: System
    changed: tuple[Cell, ...] = ()
    revised: tuple[str, ...] = ()
    own: int


def joined(base: System, earlier: Sequence[Earlier]) -> Joint:
    """The system of a table together with earlier publications.

    Small cells that only earlier publications have are protected too, as far as they were safe
    before this table.

    Args:
        base: the table.
        earlier: the newest first.
    """
    if not earlier:
        return Joint(system=base, own=len(base.cells))
    columns = _Columns(base)
    revised = [entry.name for entry in earlier if not columns.take(entry)]
    system = _with_safe_before(columns.system())
    return Joint(
        system=system,
        changed=tuple(columns.changed),
        revised=tuple(revised),
        own=len(base.cells),
    )


def _with_safe_before(system: System) -> System:
    """Earlier small cells that can be worked out without this table are not its concern."""
    primary = system.primary.copy()
    everything: Marks = ~system.fixed
    for cell in np.flatnonzero(primary & system.absent):
        found = reach(system, everything, int(cell))
        primary[cell] = found.leaves(int(system.width[cell]), int(system.top[cell]))
    return replace(system, primary=primary)


@dataclass(slots=True)
class _Added:
    """A cell that only earlier publications have; ``value`` is a count that fits all of them."""

    name: Cell
    low: int
    high: int | None
    small: bool
    width: int
    top: int
    value: int = 0

    @property
    def is_known(self) -> bool:
        return self.low == self.high

    @property
    def count(self) -> int:
        """A count inside the range; that which fits the sums, where there are any."""
        high = self.value if self.high is None else min(self.value, self.high)
        return max(high, self.low)


@dataclass(slots=True)
class _Columns:
    """The cells and sums that have been put together so far."""

    base: System
    where: dict[Cell, int] = field(default_factory=dict)
    added: list[_Added] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    changed: list[Cell] = field(default_factory=list)
    least: dict[int, int] = field(default_factory=dict)
    most: dict[int, int] = field(default_factory=dict)
    seen: set[frozenset[tuple[int, int]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.where = {cell: place for place, cell in enumerate(self.base.cells)}
        matrix = self.base.matrix
        for start, end in pairwise(matrix.indptr.tolist()):
            factors = matrix.data[start:end].astype(np.int64).tolist()
            places = matrix.indices[start:end].tolist()
            self.seen.add(frozenset(zip(places, factors, strict=True)))

    def take(self, entry: Earlier) -> bool:
        """Take a publication in, as far as it fits what there is; whether all of it does."""
        before = ([replace(cell) for cell in self.added], dict(self.where), list(self.changed))
        names = {cell: self.place(cell, known, entry) for cell, known in entry.cells.items()}
        if not self._fill(self.rows):  # some cell was revised between two publications
            self.added, self.where, self.changed = before
            names = {
                cell: self.place(cell, known, entry, careful=True)
                for cell, known in entry.cells.items()
            }
        return self._bind(entry, names)

    # cells -------------------------------------------------------------------------------------

    def place(self, cell: Cell, known: Known, entry: Earlier, *, careful: bool = False) -> int:
        """The place of a cell of an earlier publication; a revised one has a place of its own."""
        place = self.where.get(cell)
        if place is None:
            return self._new(cell, known, entry, cell)
        if self._fits(place, known):
            own = place - len(self.base.cells)
            before = replace(self.added[own]) if own >= 0 else None
            self._narrow(place, known, entry)
            is_new = before is not None and before != self.added[own]
            if before is None or not (careful and is_new) or self._fill(self.rows):
                return place
            self.added[own] = before
        if place < len(self.base.cells) and cell not in self.changed:
            self.changed.append(cell)
        return self._new((*cell, entry.name), known, entry, None)

    def _new(self, name: Cell, known: Known, entry: Earlier, key: Cell | None) -> int:
        place = len(self.base.cells) + len(self.added)
        self.added.append(
            _Added(
                name=name,
                low=known.low,
                high=known.high,
                small=known.small,
                width=entry.width,
                top=entry.top,
            )
        )
        if key is not None:
            self.where[key] = place
        return place

    def _fits(self, place: int, known: Known) -> bool:
        own = place - len(self.base.cells)
        if own < 0:
            value = int(self.base.values[place])
            return known.low <= value and (known.high is None or value <= known.high)
        entry = self.added[own]
        return (known.high is None or entry.low <= known.high) and (
            entry.high is None or known.low <= entry.high
        )

    def _narrow(self, place: int, known: Known, entry: Earlier) -> None:
        own = place - len(self.base.cells)
        if own < 0:
            self.least[place] = max(self.least.get(place, 0), known.low)
            if known.high is not None:
                self.most[place] = min(self.most.get(place, known.high), known.high)
            return
        cell = self.added[own]
        cell.low = max(cell.low, known.low)
        if known.high is not None:
            cell.high = known.high if cell.high is None else min(cell.high, known.high)
        if known.small and not cell.small:
            cell.small, cell.width, cell.top = True, entry.width, entry.top

    # sums --------------------------------------------------------------------------------------

    def _bind(self, entry: Earlier, names: Mapping[Cell, int]) -> bool:
        """Take the sums of a publication in, as far as they hold now; whether all do.

        Where a sum does not, its small counts may be what was revised: they then stand for
        themselves, because they must not come out either.
        """
        new = self._new_rows(self._row(equation, names) for equation in entry.equations)
        if self._fill([*self.rows, *new]):
            self._accept(new)
            return True
        former = self._former(entry, names)
        for part in self._parts(new):
            changed = [{former.get(at, at): factor for at, factor in row.items()} for row in part]
            for rows in (part, changed):
                if self._fill([*self.rows, *rows]):
                    self._accept(rows)
                    break
        self._fill(self.rows)
        return False

    def _former(self, entry: Earlier, names: Mapping[Cell, int]) -> dict[int, int]:
        """By place of a small cell, a place for what it was at the time of a publication."""
        return {
            names[cell]: self._new((*cell, entry.name), known, entry, None)
            for cell, known in entry.cells.items()
            if known.small
        }

    def _new_rows(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are not known yet, each once."""
        found = {frozenset(row.items()): row for row in rows if row}
        return [row for key, row in found.items() if key not in self.seen]

    def _accept(self, rows: Sequence[Row]) -> None:
        self.rows += rows
        self.seen.update(frozenset(row.items()) for row in rows)

    def _row(self, equation: Equation, names: Mapping[Cell, int]) -> Row:
        row: defaultdict[int, int] = defaultdict(int)
        for cell, factor in equation:
            place = names.get(cell, self.where.get(cell))
            if place is None:  # left out of that publication, and nothing else shows it
                unknown = Earlier(name="", cells={})
                place = self._new(cell, Known(low=0, high=None), unknown, cell)
            row[place] += factor
        return {place: factor for place, factor in row.items() if factor}

    def _parts(self, rows: Sequence[Row]) -> list[list[Row]]:
        """Rows that share an unknown cell which the table does not have, each set on its own."""
        parts: list[tuple[set[int], list[Row]]] = []
        for row in rows:
            unknown, together = set(self._unknown(row)), [row]
            for places, others in [part for part in parts if part[0] & unknown]:
                unknown |= places
                together = [*others, *together]
                parts.remove((places, others))
            parts.append((unknown, together))
        return [together for _, together in parts]

    def _unknown(self, row: Row) -> list[int]:
        own = len(self.base.cells)
        return [place for place in row if place >= own and not self.added[place - own].is_known]

    def _value(self, place: int) -> int:
        own = place - len(self.base.cells)
        return int(self.base.values[place]) if own < 0 else self.added[own].low

    def _fill(self, rows: Sequence[Row]) -> bool:
        """Find counts for the unknown cells with which all rows hold; False without any."""
        own = len(self.base.cells)
        ranges = {
            own + number: (cell.low, cell.high)
            for number, cell in enumerate(self.added)
            if not cell.is_known
        }
        found = completion(rows, ranges, self._value)
        for place, count in (found or {}).items():
            self.added[place - own].value = count
        return found is not None

    # the whole ---------------------------------------------------------------------------------

    def system(self) -> System:
        """The system of everything put together."""
        from scipy.sparse import csr_array, vstack

        base, n = self.base, len(self.base.cells)
        wide = csr_array(
            (base.matrix.data, base.matrix.indices, base.matrix.indptr),
            shape=(base.matrix.shape[0], n + len(self.added)),
        )
        own = sparse_rows(self.rows, n + len(self.added))
        least, most = self._bounds()
        exact = least[:n] == most[:n]
        known = np.array([cell.is_known for cell in self.added], dtype=bool)
        small = np.array([cell.small for cell in self.added], dtype=bool) & ~known
        return System(
            cells=(*base.cells, *(cell.name for cell in self.added)),
            values=np.concatenate([base.values, self._of("count")]),
            shown=base.shown,
            matrix=vstack([wide, own], format="csr"),
            absent=np.concatenate([base.absent & ~exact, ~known]),
            public=np.concatenate([base.public | exact, known]),
            fixed=np.concatenate([base.fixed | exact, known]),
            primary=np.concatenate([base.primary, small]),
            floor=base.floor,
            width=np.concatenate([base.width, self._of("width")]),
            top=np.concatenate([base.top, self._of("top")]),
            least=least,
            most=most,
        )

    def _bounds(self) -> tuple[Floats, Floats]:
        """What is left possible of each cell."""
        ends = [np.inf if cell.high is None else float(cell.high) for cell in self.added]
        least = np.concatenate([self.base.least, self._of("low").astype(np.float64)])
        most = np.concatenate([self.base.most, np.array(ends, dtype=np.float64)])
        for place, low in self.least.items():
            least[place] = max(least[place], low)
        for place, high in self.most.items():
            most[place] = min(most[place], high)
        return least, most

    def _of(self, name: str) -> Integers:
        return np.array([getattr(cell, name) for cell in self.added], dtype=np.int64)
