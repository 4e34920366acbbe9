"""What is true of every cell of a cube, found once and remembered with the cube.

Most deliveries are plain: every cell has a value, no bounds, no flags, one version. Knowing so
spares a look at every cell each time a formula reads the cube.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import numpy as np

from indicators.model.codes import Status
from indicators.model.series import Breakdown, Cube


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What holds for every cell.

    Attributes:
        plain: each has a value (status A) and no bounds.
        positive: each is above zero.
        whole: each is a whole number.
        unflagged: none has a flag.
        vintage: the one version that all come from; None when there are several.
    """

    plain: bool = False
    positive: bool = False
    whole: bool = False
    unflagged: bool = False
    vintage: int | None = None


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
    plain = (
        not (cube.status != int(Status.A)).any()
        and bool(np.isnan(cube.low).all() and np.isnan(cube.high).all())
        and bool(np.isfinite(cube.value).all())
    )
    return Facts(
        plain=plain,
        positive=plain and bool((cube.value > 0).all()),
        whole=plain and bool((cube.value == np.floor(cube.value)).all()),
        unflagged=not cube.flags.any(),
        vintage=first if bool((cube.vintage == first).all()) else None,
    )
