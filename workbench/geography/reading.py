"""A boundary file of a person: GeoJSON, TopoJSON or shapefile, told apart by content."""

from __future__ import annotations

import json
import re
import struct
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.geography.geojson import geojson_shapes
from workbench.geography.shapes import BoundaryError, Shape
from workbench.geography.topojson import id_or_none, topojson_shapes

LARGEST = 60_000_000
"""Bytes; the regions of a country need far less."""
CODE_NAMES = (
    *("code", "CODE", "iso_3166_2", "ISO", "iso_a3", "ISO_A3", "ADM1_PCODE", "shapeISO", "HASC_1"),
    *("codigo", "CODIGO", "cod", "COD", "id", "ID"),
)
"""Properties that usually hold the area code, the likeliest first."""
NAME_NAMES = (
    *("name", "NAME", "nombre", "NOMBRE", "nome", "NOME", "nom", "NOM", "NAME_1", "shapeName"),
    *("ADM1_EN", "ADM1_ES", "ADM1_PT", "ADM1_FR"),
)
"""Properties that usually hold the name."""
FORMATS = {"Topology": "topojson", "FeatureCollection": "geojson"}
_SHAPEFILE = bytes.fromhex("0000270a")
_TYPE = re.compile(rb'"type"\s*:\s*"(Topology|FeatureCollection)"')


def boundary_format(head: bytes) -> str:
    """``topojson``, ``geojson`` or ``shapefile`` by the first bytes; empty for any other file."""
    if head.startswith(_SHAPEFILE):
        return "shapefile"
    match = _TYPE.search(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else None
    return FORMATS[match[1].decode()] if match else ""


def read_boundaries(
    path: Path, *, code: str | None = None, name: str | None = None
) -> tuple[Shape, ...]:
    """The shapes of a file, in its order.

    Args:
        path: ``.geojson``, ``.json``, ``.topojson`` or ``.shp``.
        code: property that holds the area code; None for the first usual one that is there.
        name: property that holds the name; None for the first usual one that is there.

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


def _shapes(content: Any, path: Path, code: str | None, name: str | None) -> tuple[Shape, ...]:
    """The shapes of a parsed file."""
    if not isinstance(content, dict):
        raise UserFileError(
            N_("“{name}” holds no boundaries."),
            hint=N_("Choose a TopoJSON, GeoJSON or shapefile with the boundaries."),
            path=path,
        )
    if content.get("type") != "Topology":
        known = _properties(content.get("features"))
        return geojson_shapes(
            content,
            code=code or _usual(known, CODE_NAMES),
            name=name or _usual(known, NAME_NAMES),
            source=path.name,
        )
    layer, geometries = _layer(content)
    known = _properties(geometries)
    chosen = code or next((own for own in CODE_NAMES if own in known), "")
    named = name or _usual(known, NAME_NAMES)

    def code_of(geometry: Mapping[str, Any]) -> str | None:
        found = (geometry.get("properties") or {}).get(chosen) if chosen else None
        return id_or_none(geometry) if found in (None, "") else str(found)

    return topojson_shapes(content, layer, code_of=code_of, name_property=named, source=path.name)


def _layer(content: Mapping[str, Any]) -> tuple[str, Any]:
    """The object of a topology with the most geometries, and these."""
    objects = content.get("objects")
    if not isinstance(objects, dict):
        return "", []
    sizes = {
        name: part.get("geometries", [part])
        for name, part in objects.items()
        if isinstance(part, dict)
    }
    return max(sizes.items(), key=lambda item: len(item[1]), default=("", []))


def _properties(features: Any) -> Mapping[str, Any]:
    """The properties of the first feature."""
    first = features[0] if isinstance(features, list) and features else {}
    found = first.get("properties") if isinstance(first, dict) else None
    return found if isinstance(found, dict) else {}


def _usual(properties: Mapping[str, Any], usual: Sequence[str]) -> str:
    """The first usual property that is there, else the likeliest."""
    return next((name for name in usual if name in properties), usual[0])


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
