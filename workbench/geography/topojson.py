"""TopoJSON: shared arcs, counted in whole steps from each other, to shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from indicators.errors import N_
from indicators.model.series import Floats
from workbench.geography.shapes import BoundaryError, Polygon, Shape, ring

CodeOf = Callable[[Mapping[str, Any]], str | None]
"""From a geometry (with ``id`` and ``properties``) to the area code."""


def _arcs(content: Mapping[str, Any]) -> tuple[Floats, ...]:
    """Every arc in longitude and latitude; quantised arcs are sums of steps."""
    transform = content.get("transform")
    if transform is None:
        return tuple(ring(arc) for arc in content["arcs"])
    scale, offset = np.array(transform["scale"]), np.array(transform["translate"])
    return tuple(
        np.cumsum(np.array(arc, dtype=np.float64), axis=0) * scale + offset
        for arc in content["arcs"]
    )


def _ring(numbers: Sequence[int], arcs: Sequence[Floats]) -> Floats:
    """Arcs joined end to end; a negative number is an arc run backwards."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return ring(np.vstack([parts[0], *(part[1:] for part in parts[1:])]))


def _polygons(geometry: Mapping[str, Any], arcs: Sequence[Floats]) -> tuple[Polygon, ...]:
    """The polygons of a geometry; lines and points have none."""
    if geometry["type"] == "Polygon":
        parts = [geometry["arcs"]]
    elif geometry["type"] == "MultiPolygon":
        parts = geometry["arcs"]
    else:
        return ()
    return tuple(tuple(_ring(numbers, arcs) for numbers in part) for part in parts)


def id_or_none(geometry: Mapping[str, Any]) -> str | None:
    """The ``id`` of a geometry as its area code."""
    code = geometry.get("id")
    return None if code in (None, "") else str(code)


def topojson_shapes(
    content: Mapping[str, Any],
    name: str,
    *,
    code_of: CodeOf = id_or_none,
    name_property: str = "name",
    source: str = "TopoJSON",
) -> tuple[Shape, ...]:
    """The shapes of one object of a topology, in the order of the source.

    Args:
        content: the parsed file.
        name: key of the object (``countries``).
        code_of: how a geometry tells its area code.
        name_property: property that holds the name.
        source: name of the file, for the message.

    Raises:
        BoundaryError: it is no topology, it has no such object, or an arc is broken.
    """
    if content.get("type") != "Topology" or "arcs" not in content:
        raise BoundaryError(
            N_("{source} holds no TopoJSON topology."),
            hint=N_("Choose a TopoJSON or GeoJSON file with the boundaries."),
            source=source,
        )
    found = content.get("objects", {}).get(name)
    if found is None:
        raise BoundaryError(
            N_("{source} has no object “{name}”."),
            hint=N_("It has: {known}."),
            source=source,
            name=name,
            known=", ".join(sorted(content.get("objects", {}))),
        )
    try:
        arcs = _arcs(content)
        return tuple(
            Shape(
                area=code_of(geometry),
                name=str((geometry.get("properties") or {}).get(name_property) or ""),
                polygons=_polygons(geometry, arcs),
            )
            for geometry in found.get("geometries", [found])
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BoundaryError(
            N_("A boundary in {source} cannot be read: the file is damaged."), source=source
        ) from error
