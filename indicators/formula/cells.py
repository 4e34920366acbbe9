"""Arrays of values with bounds and states, and arithmetic that carries all of them.

A suppressed input has bounds and no point, so a result that uses it has bounds and no point.
A missing input makes the result missing. Nothing is ever filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from indicators.model.codes import Status
from indicators.model.series import Floats

States: TypeAlias = NDArray[np.int8]
Causes: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]

Scalar = TypeVar("Scalar", bound=np.generic)
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
        causes: number of the reason why there is no value, 0 for none; or what works it out,
            since few results are asked for their reasons.
        counts: True where every value that there is is known to be a whole number, zero or above.
        positive: True where every value that there is is known to be above zero.
    """

    value: Floats
    status: States
    causes: Causes | Callable[[], Causes]
    low: Floats | None = None
    high: Floats | None = None
    counts: bool = False
    positive: bool = False

    @property
    def cause(self) -> Causes:
        """Number of the reason why there is no value, 0 for none; worked out once."""
        if callable(self.causes):
            object.__setattr__(self, "causes", self.causes())
            return self.cause
        return self.causes

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bound of every cell; nan where nothing is known."""
        if self.low is None or self.high is None:
            return self.value, self.value
        return self.low, self.high

    @property
    def is_point(self) -> Mask:
        """Where there is a value."""
        return self.status <= POINT


def constant(value: float) -> Cells:
    """One number for the whole grid."""
    return Cells(
        value=np.array(value),
        status=np.array(int(Status.A), dtype=np.int8),
        causes=np.array(0, dtype=np.int32),
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
        causes=lambda: np.where(a.status >= b.status, a.cause, b.cause),
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
    is_zero = (low == 0) & (high == 0) if b.low is not None else _zeros(b)
    scaled = a if factor == 1 else scale(a, factor)
    # bounds that are the value itself are still to be read
    is_free = scaled is not a and a.low is None and b.low is None
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _over(scaled.value, b.value, is_free=is_free)
    result = _joined(
        scaled, b, value, lambda: _box_product(scaled.bounds, _box_inverse(low, high))
    )
    return _without_zeros(result, is_zero, zero) if is_zero.any() else result


def _without_zeros(result: Cells, is_zero: Mask, cause: int) -> Cells:
    """No value where the denominator is zero; it says why unless something is missing anyway.

    The arrays of the result are written to where they have its shape: nobody else has them yet.
    """
    shape = np.broadcast_shapes(result.value.shape, result.status.shape)
    value, status = _own(result.value, shape), _own(result.status, shape)
    bounds = [None if each is None else _own(each, shape) for each in (result.low, result.high)]
    zeros = np.broadcast_to(is_zero, shape)
    value[zeros] = np.nan
    said = zeros & (status <= int(Status.S))
    status[said] = int(Status.X)
    for each in bounds:
        if each is not None:
            each[said] = np.nan

    def causes() -> Causes:
        made = np.array(np.broadcast_to(result.cause, shape))
        made[said] = cause
        return made

    return Cells(value=value, low=bounds[0], high=bounds[1], status=status, causes=causes)


def _own(array: NDArray[Scalar], shape: tuple[int, ...]) -> NDArray[Scalar]:
    return array if array.shape == shape != () else np.array(np.broadcast_to(array, shape))


def _zeros(b: Cells) -> Mask:
    return _NOWHERE if b.positive else np.asarray(b.value == 0)


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
        causes=a.causes,
    )


def negate(a: Cells) -> Cells:
    """The cells with the other sign."""
    return Cells(
        value=-a.value,
        low=None if a.high is None else -a.high,
        high=None if a.low is None else -a.low,
        status=a.status,
        causes=a.causes,
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
    return Cells(value=np.abs(a.value), low=low, high=high, status=a.status, causes=a.causes)


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
