"""Arrays of values with bounds and states, and arithmetic that carries all of them.

A suppressed input has bounds and no point, so a result that uses it has bounds and no point.
A missing input makes the result missing. Nothing is ever filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from indicators.model.codes import Status
from indicators.model.series import Floats

States: TypeAlias = NDArray[np.int8]
Causes: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]

_NOWHERE: Mask = np.zeros((), dtype=bool)
POINT = int(Status.Z)
"""Highest status that has a point value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Values over a grid; all arrays have the grid's shape or broadcast to it.

    Attributes:
        value: nan where the status is not A or Z.
        low, high: bounds; both None while every bound equals its value.
        status: codes of ``Status``; when two meet, the higher one stays.
        cause: number of the reason why there is no value, 0 for none.
        positive: True where every value is known to be a whole number above zero; False where
            that is not known.
    """

    value: Floats
    status: States
    cause: Causes
    low: Floats | None = None
    high: Floats | None = None
    positive: bool = False

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bound of every cell; nan where nothing is known."""
        if self.low is None or self.high is None:
            return self.value, self.value
        return self.low, self.high

    @property
    def points(self) -> Floats:
        """The values, nan where there is none."""
        if self.status.ndim == 0 and self.status <= POINT:
            return self.value  # one state for all cells
        known = self.is_point
        return self.value if known.all() else np.where(known, self.value, np.nan)

    @property
    def is_point(self) -> Mask:
        """Where there is a value."""
        return self.status <= POINT


def constant(value: float) -> Cells:
    """One number for the whole grid."""
    return Cells(
        value=np.array(value),
        status=np.array(int(Status.A), dtype=np.int8),
        cause=np.array(0, dtype=np.int32),
    )


def _joined(
    a: Cells,
    b: Cells,
    value: Floats,
    bounds: Callable[[], tuple[Floats, Floats]],
) -> Cells:
    low, high = (None, None) if a.low is None and b.low is None else bounds()
    return Cells(
        value=value,
        low=low,
        high=high,
        status=np.maximum(a.status, b.status),
        cause=np.where(a.status >= b.status, a.cause, b.cause)
        if a.cause.any() or b.cause.any()
        else np.array(0, dtype=np.int32),
    )


def add(a: Cells, b: Cells) -> Cells:
    """The sum of both."""
    return _joined(
        a,
        b,
        a.value + b.value,
        lambda: (a.bounds[0] + b.bounds[0], a.bounds[1] + b.bounds[1]),
    )


def subtract(a: Cells, b: Cells) -> Cells:
    """The first less the second."""
    return _joined(
        a,
        b,
        a.value - b.value,
        lambda: (a.bounds[0] - b.bounds[1], a.bounds[1] - b.bounds[0]),
    )


def multiply(a: Cells, b: Cells) -> Cells:
    """The product of both."""
    return _joined(a, b, a.value * b.value, lambda: _box_product(a.bounds, b.bounds))


def divide(a: Cells, b: Cells, zero: int) -> Cells:
    """The first over the second; where that is zero there is no value, status X and the cause ``zero``."""
    return ratio(a, b, 1.0, zero)


def ratio(a: Cells, b: Cells, factor: float, zero: int) -> Cells:
    """The first times a positive constant, over the second; see ``divide``.

    The constant comes first: 110 of 200 is 55 and not 55.00000000000001.
    """
    low, high = b.bounds
    is_zero = _NOWHERE if b.positive else low == 0 if b.low is None else (low == 0) & (high == 0)
    has_zero = bool(is_zero.any())
    safe = np.where(is_zero, np.nan, b.value) if has_zero else b.value
    scaled = a if factor == 1 else scale(a, factor)
    # bounds that are the value itself are still to be read
    is_free = scaled is not a and a.low is None and b.low is None
    value = _over(scaled.value, safe, is_free=is_free)
    result = _joined(
        scaled, b, value, lambda: _box_product(scaled.bounds, _box_inverse(low, high))
    )
    if not has_zero:
        return result
    is_zero = is_zero & (result.status <= int(Status.S))
    return Cells(
        value=np.where(is_zero, np.nan, result.value),
        low=None if result.low is None else np.where(is_zero, np.nan, result.low),
        high=None if result.high is None else np.where(is_zero, np.nan, result.high),
        status=np.where(is_zero, np.int8(Status.X), result.status),
        cause=np.where(is_zero, np.int32(zero), result.cause),
    )


def _over(top: Floats, bottom: Floats, *, is_free: bool) -> Floats:
    """The quotient, in the memory of the numerator where nobody else uses it."""
    if is_free and top.shape and top.shape == np.broadcast_shapes(top.shape, bottom.shape):
        return np.divide(top, bottom, out=top)
    return np.asarray(top / bottom)


def scale(a: Cells, factor: float) -> Cells:
    """The cells times a positive constant."""
    return Cells(
        value=a.value * factor,
        low=None if a.low is None else a.low * factor,
        high=None if a.high is None else a.high * factor,
        status=a.status,
        cause=a.cause,
    )


def negate(a: Cells) -> Cells:
    """The cells with the other sign."""
    return Cells(
        value=-a.value,
        low=None if a.high is None else -a.high,
        high=None if a.low is None else -a.low,
        status=a.status,
        cause=a.cause,
    )


def minimum(a: Cells, b: Cells) -> Cells:
    """The smaller of both."""
    return _joined(
        a,
        b,
        np.minimum(a.value, b.value),
        lambda: (np.minimum(a.bounds[0], b.bounds[0]), np.minimum(a.bounds[1], b.bounds[1])),
    )


def maximum(a: Cells, b: Cells) -> Cells:
    """The greater of both."""
    return _joined(
        a,
        b,
        np.maximum(a.value, b.value),
        lambda: (np.maximum(a.bounds[0], b.bounds[0]), np.maximum(a.bounds[1], b.bounds[1])),
    )


def absolute(a: Cells) -> Cells:
    """The cells without their sign; bounds on both sides of zero begin at zero."""
    if a.low is None or a.high is None:
        low, high = None, None
    else:
        ends = np.abs(a.low), np.abs(a.high)
        low = np.where((a.low <= 0) & (a.high >= 0), 0.0, np.minimum(*ends))
        high = np.maximum(*ends)
    return Cells(value=np.abs(a.value), low=low, high=high, status=a.status, cause=a.cause)


def _box_product(a: tuple[Floats, Floats], b: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    unknown = np.isnan(a[0]) | np.isnan(a[1]) | np.isnan(b[0]) | np.isnan(b[1])
    with np.errstate(invalid="ignore"):
        corners = np.stack(np.broadcast_arrays(*(x * y for x in a for y in b)))
    # zero times an open end is zero: the count itself is zero
    corners = np.where(np.isnan(corners) & ~unknown, 0.0, corners)
    return np.min(corners, axis=0), np.max(corners, axis=0)


def _box_inverse(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore"):
        inverse_low = np.where(high == 0, -np.inf, 1 / np.where(high == 0, 1.0, high))
        inverse_high = np.where(low == 0, np.inf, 1 / np.where(low == 0, 1.0, low))
    crosses = (low < 0) & (high > 0)
    return np.where(crosses, -np.inf, inverse_low), np.where(crosses, np.inf, inverse_high)
