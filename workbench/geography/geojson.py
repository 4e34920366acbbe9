"""GeoJSON in longitude and latitude to shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.errors import N_
from workbench.geography.shapes import BoundaryError, Polygon, Shape, ring


def _polygons(geometry: Mapping[str, Any] | None) -> tuple[Polygon, ...]:
    """The polygons of a geometry, those inside a collection too."""
    if geometry is None:
        return ()
    if geometry["type"] == "GeometryCollection":
        return tuple(p for part in geometry["geometries"] for p in _polygons(part))
    if geometry["type"] == "Polygon":
        parts = [geometry["coordinates"]]
    elif geometry["type"] == "MultiPolygon":
        parts = geometry["coordinates"]
    else:
        return ()
    return tuple(tuple(ring(points) for points in part) for part in parts)


def geojson_shapes(
    content: Mapping[str, Any],
    *,
    code: str = "code",
    name: str = "name",
    source: str = "GeoJSON",
) -> tuple[Shape, ...]:
    """The shapes of a feature collection, in the order of the source.

    Args:
        content: the parsed file.
        code: property that holds the area code; the feature's ``id`` when it is absent.
        name: property that holds the name.
        source: name of the file, for the message.

    Raises:
        BoundaryError: it is no feature collection, or a feature is broken.
    """
    if content.get("type") != "FeatureCollection":
        raise BoundaryError(
            N_("{source} is no GeoJSON collection of areas."),
            hint=N_("Choose a GeoJSON file of the type FeatureCollection."),
            source=source,
        )
    shapes = []
    for number, feature in enumerate(content.get("features", []), start=1):
        properties = feature.get("properties") or {}
        found = properties.get(code, feature.get("id"))
        try:
            polygons = _polygons(feature.get("geometry"))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise BoundaryError(
                N_("The boundary of feature {number} in {source} cannot be read."),
                source=source,
                number=number,
            ) from error
        shapes.append(
            Shape(
                area=None if found in (None, "") else str(found),
                name=str(properties.get(name) or ""),
                polygons=polygons,
            )
        )
    return tuple(shapes)
