"""What the catalogue and the project call things, for the import."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workbench.importing.names import Names, normal
from workbench.store import inventory, records

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


def project_names(ws: Workspace | None) -> Names:
    """What the catalogue and the project call things."""
    from workbench.services.packs import catalogue

    units: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, variable in catalogue(ws).variables.items():
        units[code] = variable.unit
        for language in ("en", "es", "pt", "fr"):
            names.setdefault(normal(variable.name.in_language(language)), code)
    if ws is None:
        return Names(variables=units, variable_names=names)
    units = {**inventory.variable_units(ws.db), **units}
    listed = records.fetch_all(ws.db, "area")
    areas = {str(row["code"]): tuple(json.loads(str(row["names"])).values()) for row in listed}
    spans = {
        str(row["code"]): (_code(row["valid_from"]), _code(row["valid_to"]))
        for row in listed
        if row["valid_from"] or row["valid_to"]
    }
    return Names(
        areas=areas,
        variables=units,
        variable_names=names,
        own_area=ws.settings.area,
        spans=spans,
    )


def _code(stored: object) -> int:
    """A period code of the store; 0 without."""
    return int(str(stored)) if stored else 0
