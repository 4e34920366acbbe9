"""The boundaries of the world that ship with the program, by ISO 3166-1 alpha-3."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from workbench.geography.antimeridian import planar
from workbench.geography.shapes import Shape, by_area
from workbench.geography.topojson import topojson_shapes

BY_NAME: Mapping[str, str | None] = {
    "Kosovo": "XKX",
    "Somaliland": None,
    "N. Cyprus": None,
    "Indian Ocean Ter.": None,
    "Siachen Glacier": None,
}
"""Areas to which the source gives no number; None is land that is drawn without a value."""


def _codes() -> Mapping[str, str]:
    """ISO alpha-3 by UN number."""
    import pycountry

    return {country.numeric: country.alpha_3 for country in pycountry.countries}


@lru_cache(maxsize=1)
def world_shapes() -> tuple[Shape, ...]:
    """Every piece of land of the source, with or without a code, cut at 180 degrees."""
    path = files("workbench.geography") / "world" / "countries-50m.json"
    codes = _codes()

    def code_of(geometry: Mapping[str, Any]) -> str | None:
        number = geometry.get("id")
        if number is None:
            return BY_NAME.get(geometry["properties"]["name"])
        return codes.get(str(number))

    content = json.loads(path.read_text(encoding="utf-8"))
    shapes = topojson_shapes(content, "countries", code_of=code_of, source="countries-50m.json")
    return tuple(
        Shape(
            area=shape.area,
            name=shape.name,
            polygons=tuple(part for polygon in shape.polygons for part in planar(polygon)),
        )
        for shape in shapes
    )


def world() -> Mapping[str, Shape]:
    """The countries by code; parts under one code are one shape."""
    return by_area(world_shapes())
