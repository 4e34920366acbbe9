"""A boundary file of a person: GeoJSON, TopoJSON or shapefile, told apart by content."""

from __future__ import annotations

import json
import struct
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.geography.geojson import geojson_shapes
from workbench.geography.shapes import BoundaryError, Shape
from workbench.geography.topojson import id_or_none, topojson_shapes

LARGEST = 60_000_000
"""Bytes; the regions of a country need far less."""
CODE_NAMES = ("code", "CODE", "iso_3166_2", "ISO", "id", "ID")
"""Properties that usually hold the area code, the likeliest first."""


def read_boundaries(
    path: Path, *, code: str | None = None, name: str = "name"
) -> tuple[Shape, ...]:
    """The shapes of a file, in its order.

    Args:
        path: ``.geojson``, ``.json``, ``.topojson`` or ``.shp``.
        code: property that holds the area code; None for the first usual one that is there.
        name: property that holds the name.

    Raises:
        UserFileError: the file is missing, too large or no boundary file.
        BoundaryError: it is one, but damaged.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UserFileError(
                N_("“{name}” is too large for boundaries."),
                hint=N_("Simplify the boundaries, for example to 1:1 million."),
                path=path,
            )
        if path.suffix.lower() == ".shp":
            return _shapes(_shapefile(path), path, code, name)
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserFileError(N_("“{name}” cannot be read."), path=path) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UserFileError(
            N_("“{name}” holds no boundaries."),
            hint=N_("Choose a TopoJSON, GeoJSON or shapefile with the boundaries."),
            path=path,
        ) from error
    return _shapes(content, path, code, name)


def _shapes(content: Any, path: Path, code: str | None, name: str) -> tuple[Shape, ...]:
    """The shapes of a parsed file."""
    if not isinstance(content, dict):
        raise UserFileError(
            N_("“{name}” holds no boundaries."),
            hint=N_("Choose a TopoJSON, GeoJSON or shapefile with the boundaries."),
            path=path,
        )
    if content.get("type") != "Topology":
        chosen = code or _usual(content)
        return geojson_shapes(content, code=chosen, name=name, source=path.name)
    layer = next(iter(content.get("objects", {})), "")

    def code_of(geometry: Mapping[str, Any]) -> str | None:
        properties = geometry.get("properties") or {}
        found = properties.get(code) if code else None
        return id_or_none(geometry) if found in (None, "") else str(found)

    return topojson_shapes(content, layer, code_of=code_of, source=path.name)


def _usual(content: Mapping[str, Any]) -> str:
    """The first usual code property that the first feature has."""
    features = content.get("features") or [{}]
    properties = (features[0] if isinstance(features[0], dict) else {}).get("properties") or {}
    return next((name for name in CODE_NAMES if name in properties), CODE_NAMES[0])


def _shapefile(path: Path) -> dict[str, Any]:
    """A shapefile as a GeoJSON collection; its three parts must stand side by side."""
    import shapefile

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a header that does not fit its file is only warned of
            with shapefile.Reader(str(path)) as reader:
                collection = dict(reader.__geo_interface__)
    except (shapefile.ShapefileException, Warning, ValueError, IndexError, struct.error) as error:
        raise BoundaryError(
            N_("{source} cannot be read as a shapefile."),
            hint=N_("Keep the files .shp, .shx and .dbf together in one folder."),
            source=path.name,
        ) from error
    return collection
