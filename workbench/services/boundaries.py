"""Areas with their boundaries, from a file of boundaries that a person brings along."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_
from workbench.changes import BOUNDARIES_READ, Change
from workbench.errors import UserFileError
from workbench.geography.antimeridian import planar
from workbench.geography.packing import packed, unpacked
from workbench.geography.reading import boundary_format, read_boundaries
from workbench.geography.shapes import Polygon, Shape, by_area
from workbench.importing.names import (
    AreaFinder,
    clean,
    country_code,
    is_country,
    is_m49,
    normal,
    slug,
)
from workbench.importing.source_file import checked_head
from workbench.services import inventory
from workbench.store import areas as area_store
from workbench.store import codes, records

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Draft

_MOST = 0.8
"""Share of codes that must be countries before short codes are taken for countries."""
_NAMED = {"Kosovo": "XKX"}
"""Land without a number in the usual source of country boundaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A piece of a boundary file that belongs to no area.

    Attributes:
        number: its place in the file, from 1.
        name: what the file calls it; may be empty.
        code: ``no_name``, ``no_code`` (land that no country code names) or ``no_boundary``.
    """

    number: int
    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryPlan:
    """What a boundary file would enter.

    Attributes:
        path: the file.
        format: ``topojson``, ``geojson`` or ``shapefile``.
        shapes: boundaries by code of the area.
        known: codes of areas that the project has already.
        new: names by code of areas that it has not.
        left_out: pieces without a code and a name, or without land.
    """

    path: Path
    format: str
    shapes: Mapping[str, Shape]
    known: tuple[str, ...] = ()
    new: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryOutcome:
    """What was entered, and its line in the history."""

    plan: BoundaryPlan
    change: Change


def is_boundary_file(path: Path | str) -> bool:
    """Whether a file holds boundaries (TopoJSON, GeoJSON, shapefile) by its first bytes.

    Raises:
        UserFileError: the file cannot be opened.
    """
    return bool(boundary_format(checked_head(Path(path))[0]))


def look(
    path: Path | str,
    *,
    ws: Workspace | None = None,
    code: str | None = None,
    name: str | None = None,
) -> BoundaryPlan:
    """What a boundary file holds and to which areas its pieces belong; nothing is written.

    Args:
        path: the file.
        ws: the project whose areas count, or None.
        code: property that holds the code of the area; None: the first usual one.
        name: property that holds its name; None: the first usual one.

    Raises:
        UserFileError: it cannot be read, is not in longitude and latitude, or names no area.
        BoundaryError: it is damaged.
    """
    path = Path(path)
    kind = boundary_format(checked_head(path)[0])
    shapes = read_boundaries(path, code=code, name=name)
    known = () if ws is None else inventory.areas(ws)
    labels = {normal(text): row.code for row in known for text in (*row.names.values(), row.code)}
    left_out = list(_left_out(path, shapes))
    found, unnamed = _placed(shapes, {entry.number for entry in left_out}, labels)
    if not found:
        raise UserFileError(
            N_("The areas of “{name}” have neither a code nor a name, or no land."),
            hint=N_("Choose a file whose areas have a property “code” or “name”."),
            path=path,
        )
    codes_known = {row.code for row in known}
    return BoundaryPlan(
        path=path,
        format=kind,
        shapes=found,
        known=tuple(sorted(set(found) & codes_known)),
        new={c: shape.name or c for c, shape in sorted(found.items()) if c not in codes_known},
        left_out=(*left_out, *unnamed),
    )


def import_boundaries(
    ws: Workspace,
    path: Path | str,
    *,
    code: str | None = None,
    name: str | None = None,
    by: str = "",
) -> BoundaryOutcome:
    """Enter the areas of a boundary file with their boundaries, as one act that can be undone.

    Areas that the project has keep their names; new ones are added: countries by themselves,
    others below the country of the project. Undo takes the boundaries back; new areas stay,
    without effect on values. Arguments as for ``look``.

    Raises:
        UserFileError: the file cannot be read as boundaries.
        StoreError: the project cannot be written.
    """
    ws.refuse_read_only()
    plan = look(path, ws=ws, code=code, name=name)
    text = BOUNDARIES_READ
    fields = {"count": len(plan.shapes), "file": plan.path.name}
    with ws.write("import_boundaries", text, by=by, **fields) as draft:
        for area, label in plan.new.items():
            _add_area(ws, area, label)
        for area, shape in sorted(plan.shapes.items()):
            _put(ws, draft, area, shape, plan.path.name)
    return BoundaryOutcome(plan=plan, change=draft.change())


def boundaries(ws: Workspace) -> Mapping[str, Shape]:
    """The boundaries that the project holds, by code of the area."""
    names = {row.code: row.names for row in inventory.areas(ws)}
    return {
        str(row["code"]): Shape(
            area=str(row["code"]),
            name=next(iter(names.get(str(row["code"]), {}).values()), str(row["code"])),
            polygons=unpacked(str(row["polygons"])),
        )
        for row in records.fetch_all(ws.db, "boundary")
    }


def _add_area(ws: Workspace, area: str, label: str) -> None:
    if is_country(area):
        area_store.put_area(ws.db, area_store.StoredArea(code=area, names={"en": label}))
    else:
        codes.area_id(ws.db, area, names={"en": label})


def _put(ws: Workspace, draft: Draft, area: str, shape: Shape, source: str) -> None:
    former = records.fetch(ws.db, "boundary", area)
    row: records.Row = {"code": area, "source": source, "polygons": packed(shape.polygons)}
    records.put(ws.db, "boundary", row)
    draft.forward.append({"op": "put", "table": "boundary", "row": row})
    draft.inverse.append(
        {"op": "put", "table": "boundary", "row": former}
        if former
        else {"op": "remove", "table": "boundary", "key": area}
    )


def _left_out(path: Path, shapes: Sequence[Shape]) -> Iterator[LeftOut]:
    """Pieces that cannot be entered.

    Raises:
        UserFileError: places are not in degrees.
    """
    for number, shape in enumerate(shapes, start=1):
        rings = [points for polygon in shape.polygons for points in polygon]
        for points in rings:
            size = np.abs(points)
            if not np.isfinite(size).all() or (size.max(axis=0) > (180.01, 90.01)).any():
                raise UserFileError(
                    N_("The places in “{name}” are not in longitude and latitude (degrees)."),
                    hint=N_("Save it again in WGS 84 (EPSG:4326)."),
                    path=path,
                )
        name = clean(shape.name)
        if not _solid(shape.polygons):
            yield LeftOut(number=number, name=name, code="no_boundary")
        elif not shape.area and not name:
            yield LeftOut(number=number, name=name, code="no_name")


def _solid(polygons: Sequence[Polygon]) -> tuple[Polygon, ...]:
    """The polygons whose outer ring encloses something."""
    return tuple(
        tuple(points for points in polygon if len(points) >= 4)
        for polygon in polygons
        if polygon and len(polygon[0]) >= 4
    )


def _placed(
    shapes: Sequence[Shape], bad: Collection[int], labels: Mapping[str, str]
) -> tuple[Mapping[str, Shape], list[LeftOut]]:
    """The shapes by code of the area, those of one area joined; and land without a code."""
    scheme = _scheme([clean(shape.area) for shape in shapes if shape.area])
    found, unnamed = [], []
    for number, shape in enumerate(shapes, start=1):
        if number in bad:
            continue
        area = _code(shape, labels, scheme)
        if area:
            polygons = tuple(p for whole in _solid(shape.polygons) for p in planar(whole))
            found.append(Shape(area=area, name=clean(shape.name), polygons=polygons))
        else:
            unnamed.append(LeftOut(number=number, name=clean(shape.name), code="no_code"))
    return by_area(found), unnamed


def _scheme(said: Sequence[str]) -> str:
    """Whether the codes of a file are numbers of countries, countries, or its own."""
    if said and sum(map(is_m49, said)) >= _MOST * len(said):
        return "m49"
    if said and sum(1 for text in said if country_code(text)) >= _MOST * len(said):
        return "world"
    return "own"


def _code(shape: Shape, labels: Mapping[str, str], scheme: str) -> str:
    """The code of the area of a shape: by its code, else by its name, else its own; or none."""
    name = clean(shape.name)
    written = clean(shape.area) if shape.area else ""
    if scheme == "m49" and written.isdecimal():
        written = written.zfill(3)
    for text in filter(None, (written, name)):
        code = labels.get(normal(text)) or _country(text, scheme)
        if code:
            return code
    if written or scheme == "own":
        return written or slug(name).upper()
    return _NAMED.get(name, "")


def _country(text: str, scheme: str) -> str:
    """The code of the country that a text names or numbers; empty without."""
    finder = AreaFinder({})
    code = finder.find(text, scheme)
    return "" if code in finder.new else code


def summary(plan: BoundaryPlan) -> dict[str, object]:
    """The plan as the command line prints it."""
    return {
        "format": plan.format,
        "boundaries": len(plan.shapes),
        "areas_known": list(plan.known),
        "areas_new": dict(plan.new),
        "set_aside": [
            {"number": entry.number, "name": entry.name, "code": entry.code}
            for entry in plan.left_out
        ],
    }
