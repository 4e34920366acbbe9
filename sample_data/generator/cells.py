"""Tables before they are written: persons with marks, counts with axes, rows of a delivery."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indicators.model.series import Floats, Integers
from sample_data.generator.country import AREA, CODES, NEW, SPLIT_YEAR, YEARS

Mask = NDArray[np.bool_]
Cut = tuple[tuple[str, str], ...]
"""Pairs of dimension and code; empty for the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a delivery, value already as text."""

    variable: str
    area: str
    period: str
    cut: Cut
    value: str
    status: str
    flags: str = ""

    def key(self) -> tuple[str, Cut, str]:
        """Where the row stands inside its variable."""
        return (self.area, self.cut, self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Single persons or cases of an invented register.

    Attributes:
        region: index into ``CODES``, shape ``(n,)``.
        year: index into ``YEARS``; may lie outside for persons of earlier years.
        marks: by dimension, by code, who carries it; codes of FORM may overlap.
    """

    region: Integers
    year: Integers
    marks: dict[str, dict[str, Mask]]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.region)

    def counts(self, who: Mask, year: Integers | None = None) -> Integers:
        """How many by region and year, shape ``(14, 20)``."""
        years = self.year if year is None else year
        inside = who & (years >= 0) & (years < len(YEARS))
        cells = self.region[inside] * len(YEARS) + years[inside]
        counted = np.bincount(cells, minlength=len(CODES) * len(YEARS))
        return counted.reshape(len(CODES), len(YEARS)).astype(np.int64)

    def cuts(self, dims: Sequence[str]) -> Iterable[tuple[Cut, Mask]]:
        """Every combination of codes of the dimensions, with who belongs to it."""
        for codes in itertools.product(*(self.marks[dim] for dim in dims)):
            who = np.ones(self.n, dtype=bool)
            for dim, code in zip(dims, codes, strict=True):
                who = who & self.marks[dim][code]
            yield tuple(sorted(zip(dims, codes, strict=True))), who


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts in cells that do not overlap.

    Attributes:
        dims: names of the axes between region and year, with their codes.
        cells: shape ``(regions, *codes, years)``; one region means the nation only.
    """

    dims: Mapping[str, tuple[str, ...]]
    cells: NDArray[np.generic]

    def part(self, rng: np.random.Generator, share: object) -> Counts:
        """Members drawn from each cell with a probability (broadcast from the right)."""
        chance = np.clip(np.broadcast_to(np.asarray(share, dtype=float), self.cells.shape), 0, 1)
        return Counts(dims=self.dims, cells=rng.binomial(self.cells.astype(np.int64), chance))

    def over(self, *dims: str) -> NDArray[np.generic]:
        """Sums over the axes that are not named, shape ``(regions, *codes, years)``."""
        names = list(self.dims)
        drop = tuple(i + 1 for i, name in enumerate(names) if name not in dims)
        summed: NDArray[np.generic] = self.cells.sum(axis=drop)
        return summed


def spread(
    rng: np.random.Generator,
    totals: object,
    regions: Floats,
    dims: Mapping[str, Mapping[str, float]],
) -> Counts:
    """National totals dealt out to regions and codes by chance.

    Args:
        rng: source of chance.
        totals: national totals by year, shape ``(years,)``.
        regions: share of each region by year, shape ``(regions, years)``.
        dims: by dimension the share of each code.

    Returns:
        Counts whose cells add up to the totals.
    """
    shares = [np.array(list(codes.values())) / sum(codes.values()) for codes in dims.values()]
    shape = (regions.shape[0], *(len(share) for share in shares))
    numbers = np.asarray(totals).astype(np.int64)
    cells = np.zeros((*shape, len(numbers)), dtype=np.int64)
    for t, total in enumerate(numbers):
        chance = regions[:, t]
        for share in shares:
            chance = np.multiply.outer(chance, share)
        flat = chance.ravel() / chance.sum()
        cells[..., t] = rng.multinomial(int(total), flat).reshape(shape)
    return Counts(dims={dim: tuple(codes) for dim, codes in dims.items()}, cells=cells)


@dataclass(slots=True)
class Ledger:
    """Rows by variable, as they are made."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def put(
        self,
        variable: str,
        area: str,
        period: object,
        value: float,
        *,
        cut: Cut = (),
        decimals: int = 0,
    ) -> None:
        """Add one cell; a zero is a zero that the source confirms."""
        text = f"{float(value):.{decimals}f}"
        status = "Z" if float(text) == 0 else "A"
        self.rows.setdefault(variable, []).append(
            Row(
                variable=variable,
                area=area,
                period=str(period),
                cut=cut,
                value=text,
                status=status,
            )
        )

    def nation(
        self, variable: str, values: object, *, cut: Cut = (), first: int = 2005, decimals: int = 0
    ) -> None:
        """Add a national yearly line, shape ``(20,)``; years before ``first`` are left out."""
        for year, value in zip(YEARS, np.asarray(values, dtype=float), strict=True):
            if year >= first and not np.isnan(value):
                self.put(variable, AREA, year, value, cut=cut, decimals=decimals)

    def none_of(self, variable: str, dim: str, codes: Sequence[str]) -> None:
        """Add national lines of zeros for codes of which there was no case."""
        for code in codes:
            self.nation(variable, np.zeros(len(YEARS)), cut=((dim, code),))

    def regions(
        self, variable: str, values: object, *, cut: Cut = (), first: int = 2005, decimals: int = 0
    ) -> None:
        """Add regional yearly lines, shape ``(14, 20)``; XV-14 begins with its first year."""
        for code, line in zip(CODES, np.asarray(values, dtype=float), strict=True):
            begin = max(first, SPLIT_YEAR) if code == CODES[NEW] else first
            for year, value in zip(YEARS, line, strict=True):
                if year >= begin and not np.isnan(value):
                    self.put(variable, code, year, value, cut=cut, decimals=decimals)

    def both(
        self, variable: str, values: object, *, cut: Cut = (), first: int = 2005, decimals: int = 0
    ) -> None:
        """Add regional lines and the national line as their sum."""
        array = np.asarray(values, dtype=float)
        self.regions(variable, array, cut=cut, first=first, decimals=decimals)
        self.nation(variable, array.sum(axis=0), cut=cut, first=first, decimals=decimals)

    def persons(
        self,
        variable: str,
        persons: Persons,
        who: Mask,
        *,
        dims: Sequence[Sequence[str] | str] = (),
        at: str = "T",
        year: Integers | None = None,
        total: bool = True,
        first: int = 2005,
        only: Mapping[str, int] | None = None,
    ) -> None:
        """Add the totals and the cuts of a group of persons.

        Args:
            variable: variable code.
            persons: the register.
            who: the group.
            dims: cuts: a dimension, or several that are crossed.
            at: ``R`` cuts for nation and regions, ``T`` regions get the total, ``N`` nation only.
            year: year index of each person when it is not the register's.
            total: whether the total without a cut is written.
            first: first year written.
            only: first year of a code that did not exist before.
        """
        if total:
            add = self.nation if at == "N" else self.both
            counted = persons.counts(who, year)
            add(variable, counted.sum(axis=0) if at == "N" else counted, first=first)
        for names in dims:
            for cut, inside in persons.cuts((names,) if isinstance(names, str) else names):
                begin = max([first, *((only or {}).get(code, first) for _, code in cut)])
                counted = persons.counts(who & inside, year)
                if at == "R":
                    self.both(variable, counted, cut=cut, first=begin)
                else:
                    self.nation(variable, counted.sum(axis=0), cut=cut, first=begin)

    def counts(
        self,
        variable: str,
        counts: Counts,
        *,
        cuts: Sequence[Sequence[str]] | None = None,
        total: bool = True,
        decimals: int = 0,
    ) -> None:
        """Add the totals and the one-way tables of counts; regions where there are any."""
        if total:
            cells = counts.over()
            add = self.nation if cells.shape[0] == 1 else self.both
            add(variable, cells[0] if cells.shape[0] == 1 else cells, decimals=decimals)
        for dims in [[dim] for dim in counts.dims] if cuts is None else cuts:
            cells = counts.over(*dims).sum(axis=0)
            for index in itertools.product(*(range(len(counts.dims[dim])) for dim in dims)):
                cut = tuple(
                    sorted((d, counts.dims[d][i]) for d, i in zip(dims, index, strict=True))
                )
                self.nation(variable, cells[index], cut=cut, decimals=decimals)
