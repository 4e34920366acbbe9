"""Tables as data: counts by several dimensions, and counts by the lists a person stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, IndicatorsError

Cell = tuple[str, ...]
Equation = tuple[tuple[Cell, int], ...]
Zeros = Literal["publish", "protect"]

MOST_LISTS = 8
"""More lists than this have too many overlaps to be modelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTable:
    """How many persons stand on which lists together; the persons on no list are not seen.

    Attributes:
        lists: names, in order.
        counts: persons by pattern, shape ``(2**t - 1,)``; entry i holds the pattern i + 1, whose
            bit j says whether the person stands on list j.
    """

    lists: tuple[str, ...]
    counts: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse names given twice, too many lists, and counts that are no counts."""
        if len(set(self.lists)) != len(self.lists) or not self.lists:
            raise IndicatorsError(N_("Every list needs a name of its own."))
        if len(self.lists) > MOST_LISTS:
            raise IndicatorsError(
                N_("There are {found} lists; at most {most} can be looked at together."),
                found=len(self.lists),
                most=MOST_LISTS,
            )
        if self.counts.shape != (2 ** len(self.lists) - 1,):
            raise IndicatorsError(N_("The overlaps do not fit the number of lists."))
        if not (np.isfinite(self.counts) & (self.counts >= 0)).all():
            raise IndicatorsError(N_("Every number of persons must be 0 or more."))

    @classmethod
    def of(cls, lists: Sequence[str], rows: Sequence[tuple[Sequence[int], float]]) -> ListTable:
        """The table of patterns of 0 and 1 with their numbers; equal patterns are added up.

        A row that stands on no list is refused: nobody is counted who was never seen.
        """
        counts = np.zeros(2 ** len(lists) - 1)
        for pattern, number in rows:
            index = sum(int(mark) << place for place, mark in enumerate(pattern))
            if index == 0:
                raise IndicatorsError(N_("A row of the table stands on no list."))
            counts[index - 1] += number
        counts.setflags(write=False)
        return cls(lists=tuple(lists), counts=counts)

    @property
    def patterns(self) -> NDArray[np.bool_]:
        """Which lists each entry stands on, shape ``(2**t - 1, t)``."""
        index = np.arange(1, 2 ** len(self.lists))
        places = np.arange(len(self.lists))
        return (index[:, None] >> places & 1).astype(bool)

    @property
    def observed(self) -> float:
        """Persons on at least one list."""
        return float(self.counts.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """Counts by several dimensions with their totals, and what must be protected in them.

    Attributes:
        dims: names of the dimensions.
        cells: codes of each cell in the order of ``dims``; totals are cells too.
        counts: whole numbers, one a cell.
        hierarchy: by dimension, the parts of each parent code; every parent is the sum of its
            parts for each combination of the other dimensions.
        extra_equations: further sums, each a list of cells with a factor, that come to 0.
        never_suppress: cells that are public already.
        threshold: counts above 0 and below it are protected.
        zeros: ``publish`` (a zero is never hidden) or ``protect`` (zeros are hidden too).
        printed: by cell, least and greatest count that rates, shares or limits printed beside the
            table leave possible.
    """

    dims: tuple[str, ...]
    cells: tuple[Cell, ...]
    counts: tuple[int, ...]
    hierarchy: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    extra_equations: tuple[Equation, ...] = ()
    never_suppress: frozenset[Cell] = frozenset()
    threshold: int = 5
    zeros: Zeros = "publish"
    printed: Mapping[Cell, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse cells given twice, negative counts and a threshold that protects nothing."""
        if len(self.cells) != len(self.counts) or len(set(self.cells)) != len(self.cells):
            raise IndicatorsError(N_("Every cell of the table must be given once."))
        if any(len(cell) != len(self.dims) for cell in self.cells):
            raise IndicatorsError(N_("A cell of the table does not name every dimension."))
        if any(count < 0 for count in self.counts):
            raise IndicatorsError(N_("Every count of the table must be 0 or more."))
        if self.threshold < 2:
            raise IndicatorsError(N_("The threshold must be 2 or more."))

    @property
    def floor(self) -> int:
        """Least count a reader can think of for a hidden cell."""
        return 1 if self.zeros == "publish" else 0
