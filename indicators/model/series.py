"""Breakdowns, series and cubes: observed values as arrays with their states."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, IndicatorsError
from indicators.model.period import Period

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Breakdown:
    """The extra cuts of a variable, canonical: sorted pairs of dimension and code, ``_T`` left out.

    Attributes:
        dims: pairs such as ``(("AGE", "Y0T17"), ("SEX", "F"))``; empty for the total.
    """

    dims: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Sort, drop totals, refuse a dimension named twice."""
        kept = tuple(sorted((dim, code) for dim, code in self.dims if code != "_T"))
        if len({dim for dim, _ in kept}) != len(kept):
            raise IndicatorsError(N_("A breakdown names the dimension twice: {dims}."), dims=kept)
        object.__setattr__(self, "dims", kept)

    @classmethod
    def of(cls, **dims: str) -> Breakdown:
        """The breakdown with these codes: ``Breakdown.of(SEX="F")``."""
        return cls(tuple(dims.items()))

    @classmethod
    def parse(cls, text: str) -> Breakdown:
        """The breakdown written ``SEX=F,AGE=Y0T17``; an empty text is the total."""
        pairs = [part.split("=", 1) for part in text.replace(" ", "").split(",") if part]
        if any(len(pair) != 2 or not all(pair) for pair in pairs):
            raise IndicatorsError(
                N_("“{text}” is not a breakdown."),
                hint=N_("Write SEX=F or SEX=F,AGE=Y0T17."),
                text=text,
            )
        return cls(tuple((dim, code) for dim, code in pairs))

    @classmethod
    def from_json(cls, text: str) -> Breakdown:
        """The breakdown as the store holds it."""
        return cls(tuple(json.loads(text).items()))

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no blanks."""
        return json.dumps(dict(self.dims), separators=(",", ":"), sort_keys=True)

    def as_dict(self) -> dict[str, str]:
        """The codes by dimension."""
        return dict(self.dims)

    def code(self, dim: str) -> str | None:
        """The code of a dimension, or None when the breakdown does not carry it."""
        return dict(self.dims).get(dim)

    def with_code(self, dim: str, code: str) -> Breakdown:
        """The same breakdown with one dimension set."""
        return Breakdown((*(pair for pair in self.dims if pair[0] != dim), (dim, code)))

    def without(self, *dims: str) -> Breakdown:
        """The same breakdown without these dimensions."""
        return Breakdown(tuple(pair for pair in self.dims if pair[0] not in dims))

    def __str__(self) -> str:
        """The written form that ``parse`` reads."""
        return ",".join(f"{dim}={code}" for dim, code in self.dims)


TOTAL = Breakdown()
"""No cut at all: the total cell."""


def frozen(array: object, dtype: type = np.float64) -> NDArray[np.generic]:
    """A read-only copy of an array-like with that dtype."""
    copy: NDArray[np.generic] = np.array(array, dtype=dtype)
    copy.setflags(write=False)
    return copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One variable, area, breakdown and dataset, ordered by period.

    All arrays have shape ``(n,)``. A suppressed point has nan in ``values`` and its bounds in
    ``low`` and ``high``; a plain value has nan in both bounds; a missing point has nan in all.

    Attributes:
        variable: variable code.
        area: area code.
        unit: unit of the values.
        periods: increasing, of one frequency; gaps are real.
        values, low, high: float64.
        status: codes of ``Status``.
        flags: bits of ``Flags``.
        breakdown: the cut; the total by default.
        dataset: dataset code, empty when several were read.
        vintages: ids of the deliveries the values came from.
    """

    variable: str
    area: str
    unit: str
    periods: tuple[Period, ...]
    values: Floats
    low: Floats
    high: Floats
    status: Integers
    flags: Integers
    breakdown: Breakdown = TOTAL
    dataset: str = ""
    vintages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse arrays of different length and periods out of order."""
        n = len(self.periods)
        arrays = (self.values, self.low, self.high, self.status, self.flags)
        if any(array.shape != (n,) for array in arrays):
            raise IndicatorsError(
                N_("The arrays of the series {name} differ in length."), name=self.variable
            )
        if any(a >= b for a, b in zip(self.periods, self.periods[1:], strict=False)):
            raise IndicatorsError(
                N_("The periods of the series {name} are not in order."), name=self.variable
            )

    @property
    def ordinals(self) -> Floats:
        """The real time axis, in periods of the series' frequency; shape ``(n,)``."""
        return np.array([period.ordinal for period in self.periods], dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """One variable as arrays of shape ``(breakdown, area, period)``.

    A cell without an observation has nan values and status M.

    Attributes:
        variable: variable code.
        unit: unit of the values.
        breakdowns, areas, periods: labels of the three axes.
        value, low, high: float64.
        status, flags, vintage: int64; vintage 0 where there is no observation.
    """

    variable: str
    unit: str
    breakdowns: tuple[Breakdown, ...]
    areas: tuple[str, ...]
    periods: tuple[Period, ...]
    value: Floats
    low: Floats
    high: Floats
    status: Integers
    flags: Integers
    vintage: Integers

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit the axes."""
        shape = (len(self.breakdowns), len(self.areas), len(self.periods))
        arrays = (self.value, self.low, self.high, self.status, self.flags, self.vintage)
        if any(array.shape != shape for array in arrays):
            raise IndicatorsError(
                N_("The arrays of the cube {name} do not fit its axes."), name=self.variable
            )
