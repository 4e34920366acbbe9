"""A table as equations between its cells: what a reader can put together from totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, IndicatorsError
from indicators.model.tables import Cell, CountTable, Equation

Integers = NDArray[np.int64]
Marks = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Cells and the sums that hold between them.

    Attributes:
        cells: those of the table, then those that its sums need and the table does not show.
        values: true counts.
        shown: how many of the cells the table shows.
        matrix: sparse, shape ``(equations, cells)``; matrix @ values = 0.
        absent: cells that the table does not show and that are not 0; no reader knows them.
        public: cells that were shown before; ``fixed`` holds them too.
        fixed: cells that are public or never hidden.
        primary: cells that must be hidden.
        floor: least count a reader can think of for a hidden cell.
        width, top: pass rule of each cell: a reader's range is that wide and reaches up to that.
        least, most: what printed rates leave possible of each cell; 0 and infinity without.
    """

    cells: tuple[Cell, ...]
    values: Integers
    shown: int
    matrix: Any
    absent: Marks
    public: Marks
    fixed: Marks
    primary: Marks
    floor: int
    width: Integers
    top: Integers
    least: Floats
    most: Floats

    @property
    def lowest(self) -> Floats:
        """Least count a reader can think of for each cell, were it hidden."""
        # cells outside the table may be 0 whatever the policy
        policy = np.where(self.absent, 0.0, float(self.floor))
        return np.maximum(policy, self.least)

    def marks(self, cells: Sequence[Cell]) -> Marks:
        """True for the cells named; cells that the table does not show are always hidden."""
        where = {cell: i for i, cell in enumerate(self.cells)}
        marks = self.absent.copy()
        marks[[where[cell] for cell in cells]] = True
        return marks

    def named(self, marks: Marks) -> tuple[Cell, ...]:
        """The shown cells that are marked, in the order of the table."""
        return tuple(self.cells[i] for i in np.flatnonzero(marks[: self.shown]))


def system(table: CountTable) -> System:
    """The equations of a table.

    Raises:
        IndicatorsError: a total is not the sum of its parts, or a sum names cells that neither
            the table nor its other cells give.
    """
    counts = dict(zip(table.cells, table.counts, strict=True))
    equations = equations_of(table)
    absent = _filled(equations, counts)
    cells = (*table.cells, *absent)
    values = np.array([counts[cell] for cell in cells], dtype=np.int64)
    small = (values > 0) & (values < table.threshold)
    zero = values == 0
    is_shown = np.arange(len(cells)) < len(table.cells)
    public = np.array([cell in table.never_suppress for cell in cells], dtype=bool)
    least, most = _printed(table, cells, values)
    public |= least == most  # a rate printed so finely is the count itself
    return System(
        cells=cells,
        values=values,
        shown=len(table.cells),
        matrix=_matrix(equations, cells, counts),
        absent=~is_shown & ~zero,
        public=public,
        # a combination that is left out is read as 0
        fixed=public | zero if table.zeros == "publish" else public | (zero & ~is_shown),
        primary=(small | (zero if table.zeros == "protect" else False)) & is_shown,
        floor=table.floor,
        width=np.full(len(cells), table.threshold - 1),
        top=np.full(len(cells), table.threshold),
        least=least,
        most=most,
    )


def equations_of(table: CountTable) -> tuple[Equation, ...]:
    """Every sum of a table, each cells with a factor that come to 0; counts are not looked at."""
    return (*_sums(table, frozenset(table.cells)), *table.extra_equations)


def _printed(table: CountTable, cells: Sequence[Cell], values: Integers) -> tuple[Floats, Floats]:
    """What printed rates leave possible of each cell."""
    least, most = np.zeros(len(cells)), np.full(len(cells), np.inf)
    where = {cell: i for i, cell in enumerate(cells)}
    for cell, (low, high) in table.printed.items():
        place = where.get(cell)
        if place is None or not low <= values[place] <= high:
            raise IndicatorsError(
                N_("The rate printed for {cell} does not fit its count."),
                hint=N_("Correct the rate, its base or its decimals."),
                cell=" / ".join(cell),
            )
        least[place], most[place] = low, high
    return least, most


def _sums(table: CountTable, shown: frozenset[Cell]) -> Iterator[Equation]:
    """One equation a parent and combination of the other codes, where the table shows a part."""
    for place, dim in enumerate(table.dims):
        rests = sorted({(*cell[:place], *cell[place + 1 :]) for cell in table.cells})
        for parent, parts in table.hierarchy.get(dim, {}).items():
            for rest in rests:
                names = [(*rest[:place], code, *rest[place:]) for code in (parent, *parts)]
                if any(name in shown for name in names):
                    yield ((names[0], 1), *((name, -1) for name in names[1:]))


def _filled(equations: Sequence[Equation], counts: dict[Cell, int]) -> tuple[Cell, ...]:
    """Give the cells that the sums need and the table does not show their counts; their names.

    A sum with one such cell gives its count. Parts that are left over after that are taken as 0
    where the sum comes out without them.
    """
    added: list[Cell] = []
    while True:
        unknown = [
            (equation, [cell for cell, _ in equation if cell not in counts])
            for equation in equations
        ]
        open_ones = [(equation, names) for equation, names in unknown if names]
        if not open_ones:
            return tuple(added)
        single = [(equation, names[0]) for equation, names in open_ones if len(names) == 1]
        if single:
            equation, name = single[0]
            counts[name] = _missing_count(equation, name, counts)
            added.append(name)
            continue
        for name in open_ones[0][1]:
            counts[name] = 0
            added.append(name)


def _missing_count(equation: Equation, name: Cell, counts: dict[Cell, int]) -> int:
    factor = dict(equation)[name]
    rest = sum(factor * counts[cell] for cell, factor in equation if cell != name)
    value = -rest // factor if factor else 0
    if value < 0 or value * factor != -rest:
        raise _unequal(equation)
    return value


def _unequal(equation: Equation) -> IndicatorsError:
    return IndicatorsError(
        N_("The table does not add up at {cell}."),
        hint=N_("Correct the total or its parts; a table that does not add up cannot be checked."),
        cell=" / ".join(equation[0][0]),
    )


def _matrix(equations: Sequence[Equation], cells: Sequence[Cell], counts: dict[Cell, int]) -> Any:
    from scipy.sparse import csr_array

    where = {cell: i for i, cell in enumerate(cells)}
    rows, columns, factors = [], [], []
    for row, equation in enumerate(equations):
        if sum(factor * counts[cell] for cell, factor in equation) != 0:
            raise _unequal(equation)
        for cell, factor in equation:
            rows.append(row)
            columns.append(where[cell])
            factors.append(float(factor))
    return csr_array((factors, (rows, columns)), shape=(len(equations), len(cells)))
