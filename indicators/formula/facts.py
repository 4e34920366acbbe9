"""What is true of every cell of a cube, found once and remembered with the cube.

Most deliveries are simple: counts without bounds and flags, of one version, and often with gaps.
Knowing so spares a look at every cell each time a formula reads the cube.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.model.codes import Status
from indicators.model.series import Breakdown, Cube


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What holds for every cell.

    Attributes:
        plain: each has a value (status A) and no bounds.
        unbounded: none is suppressed or has bounds.
        counts: each value that there is is a whole number, zero or above.
        positive: each value that there is is above zero.
        unflagged: none has a flag.
        vintage: the one version that all come from; None when there are several.
        last: place of the last period in which anything is known; None when nothing is.
        status: the states, one byte each; None when nothing is known of the cube.
        lacking: where there is neither a value nor bounds.
    """

    plain: bool = False
    unbounded: bool = False
    counts: bool = False
    positive: bool = False
    unflagged: bool = False
    vintage: int | None = None
    last: int | None = None
    status: NDArray[np.int8] | None = None
    lacking: NDArray[np.bool_] | None = None


NOTHING = Facts()
_known: dict[int, tuple[weakref.ref[np.ndarray], Facts]] = {}


_dimensions: dict[int, tuple[tuple[Breakdown, ...], frozenset[str]]] = {}
MOST_REMEMBERED = 4096


def dimensions_of_cuts(cuts: tuple[Breakdown, ...]) -> frozenset[str]:
    """The dimensions of any cut, remembered for the very same labels."""
    known = _dimensions.get(id(cuts))
    # the labels are held with the answer, so that their place in memory stays theirs
    if known is not None and known[0] is cuts:
        return known[1]
    found = frozenset(dim for cut in cuts for dim, _ in cut.dims)
    if len(_dimensions) >= MOST_REMEMBERED:
        _dimensions.clear()
    _dimensions[id(cuts)] = (cuts, found)
    return found


def facts_of(cube: Cube) -> Facts:
    """The facts of a cube, remembered while its arrays live; nothing of one that can change."""
    arrays = (cube.value, cube.low, cube.high, cube.status, cube.flags, cube.vintage)
    if any(array.flags.writeable for array in arrays):
        return NOTHING
    held = remembered(cube)
    if held is not NOTHING:
        return held
    key = id(cube.value)
    made = _found(cube)
    _known[key] = (weakref.ref(cube.value, lambda _gone: _known.pop(key, None)), made)
    return made


def remembered(cube: Cube) -> Facts:
    """The facts of a cube if they are known already; nothing is looked at."""
    held = _known.get(id(cube.value))
    return held[1] if held is not None and held[0]() is cube.value else NOTHING


def _found(cube: Cube) -> Facts:
    if cube.value.size == 0:
        return NOTHING
    first = int(cube.vintage.flat[0])
    status = cube.status.astype(np.int8)
    lacking = status > int(Status.S)
    for array in (status, lacking):
        array.setflags(write=False)
    bounds = [cube.low] if cube.low is cube.high else [cube.low, cube.high]
    unbounded = not (status == int(Status.S)).any() and all(
        bool(np.isnan(each).all()) for each in bounds
    )
    value = cube.value
    least, most = float(np.fmin.reduce(value, axis=None)), float(np.fmax.reduce(value, axis=None))
    is_empty = np.isnan(value)
    is_whole = least >= 0 and most < np.inf and bool(((value == np.floor(value)) | is_empty).all())
    periods = np.flatnonzero((status != int(Status.M)).any(axis=(0, 1)))
    return Facts(
        plain=unbounded and not status.any() and np.isfinite(least + most) and not is_empty.any(),
        unbounded=unbounded,
        counts=is_whole,
        positive=least > 0,
        unflagged=not cube.flags.any(),
        vintage=first if bool((cube.vintage == first).all()) else None,
        last=int(periods[-1]) if periods.size else None,
        status=status,
        lacking=lacking,
    )
