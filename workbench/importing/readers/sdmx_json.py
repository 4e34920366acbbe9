"""SDMX-JSON data messages 2.0 and 1.0.

A data set is flattened to one row an observation: codes of all dimensions (with a column of
labels beside, where the message has them), the measures, then all attributes in columns of their
own. Rows are in the order of the message; row 1 holds the names. Numbers keep their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing import json_tree
from workbench.importing.flat_rows import damaged, flat_table, unique
from workbench.importing.json_tree import (
    NumberText,
    a_list,
    an_object,
    value_text,
    whole_number,
)
from workbench.importing.raw_table import RawFile, ReadOptions, Row

_DATA_SETS = re.compile(rb'"dataSets"\s*:')
_MEASURE = "OBS_VALUE"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Component:
    """A dimension or attribute with its list of values."""

    id: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def has_labels(self) -> bool:
        """Whether labels say more than codes."""
        return self.codes != self.labels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Structure:
    """Dimensions, measures and attributes by the level they stand at."""

    data_set: tuple[_Component, ...]
    series: tuple[_Component, ...]
    observation: tuple[_Component, ...]
    measures: tuple[_Component, ...]
    attributes: Mapping[str, tuple[_Component, ...]]

    @property
    def dimensions(self) -> tuple[_Component, ...]:
        """All dimensions in order of the levels."""
        return (*self.data_set, *self.series, *self.observation)


def recognises(head: bytes) -> bool:
    """Whether the file begins as a JSON object."""
    return json_tree.recognises(head)


def belongs(path: Path) -> bool:
    """Whether a JSON file holds data sets of SDMX."""
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if _DATA_SETS.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The data sets of the message as tables.

    Raises:
        UserFileError: damaged, without observations, or a message that deletes.
    """
    del options
    tree = json_tree.load(path)
    place = an_object(path, tree, "data") or tree
    trees = a_list(path, place, "structures") or [an_object(path, place, "structure")]
    structures = [_structure(path, part) for part in trees]
    sets = [_checked(path, part, len(structures)) for part in a_list(path, place, "dataSets")]
    filled = [part for part in sets if part.get("series") or part.get("observations")]
    if not filled:
        raise UserFileError(
            N_("“{name}” holds no observations."),
            hint=N_("Ask its source for data, not for the structure alone."),
            path=path,
        )
    tables = tuple(
        flat_table(
            path,
            f"dataSet {index}" if len(filled) > 1 else "",
            index,
            partial(_rows, path, structures[int(part.get("structure", 0))], part),
        )
        for index, part in enumerate(filled, start=1)
    )
    return RawFile(
        path=path, format="sdmx_json", tables=tables, encoding="utf-8", size=path.stat().st_size
    )


def _checked(path: Path, data_set: object, structures: int) -> Mapping[str, Any]:
    if not isinstance(data_set, dict):
        raise damaged(path, N_("“{key}” is not an object."), key="dataSets")
    if str(data_set.get("action", "")).casefold() in ("delete", "d"):
        raise UserFileError(
            N_("“{name}” asks to delete observations, which this program never does."),
            hint=N_("Ask its source for the data themselves."),
            path=path,
        )
    if whole_number(path, data_set.get("structure", NumberText("0")), "structure") >= structures:
        raise damaged(path, N_("A data set names a structure that is not there."))
    return data_set


def _structure(path: Path, tree: object) -> _Structure:
    dimensions = an_object(path, tree, "dimensions")
    attributes = an_object(path, tree, "attributes")
    measures = _components(path, an_object(path, tree, "measures"), "observation")
    return _Structure(
        data_set=_components(path, dimensions, "dataSet"),
        series=_components(path, dimensions, "series"),
        observation=_components(path, dimensions, "observation"),
        measures=measures or (_Component(id=_MEASURE, codes=(), labels=()),),
        attributes={
            level: _components(path, attributes, level)
            for level in ("dataSet", "dimensionGroup", "series", "observation")
        },
    )


def _components(path: Path, tree: Mapping[str, Any], level: str) -> tuple[_Component, ...]:
    found = []
    for part in a_list(path, tree, level):
        if not isinstance(part, dict) or not isinstance(part.get("id"), str):
            raise damaged(path, N_("A dimension or attribute has no name."))
        values = a_list(path, part, "values")
        found.append(
            _Component(
                id=part["id"],
                codes=tuple(_code(value) for value in values),
                labels=tuple(_label(value) for value in values),
            )
        )
    return tuple(found)


def _code(value: object) -> str:
    if not isinstance(value, dict):
        return value_text(value)
    return value_text(value.get("id", value.get("value", value.get("name"))))


def _label(value: object) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) else _code(value)


def _rows(path: Path, structure: _Structure, data_set: Mapping[str, Any]) -> Iterator[Row]:
    """The names, then one row an observation."""
    yield _names(structure)
    own = _data_set_values(path, structure, data_set)
    groups = _groups(path, structure, data_set)
    for key, attributes, cells in _observations(path, structure, data_set):
        found = {**own, **_of_group(groups, key), **attributes}
        yield _row(path, structure, key, cells, found)


_Observation = tuple[tuple[str, ...], Mapping[str, str], object]


def _observations(
    path: Path, structure: _Structure, data_set: Mapping[str, Any]
) -> Iterator[_Observation]:
    """Whole key, attributes of the series and cells of each observation."""
    fixed = ("0",) * len(structure.data_set)
    if "series" not in data_set:
        levels = (*structure.series, *structure.observation)
        for place, cells in an_object(path, data_set, "observations").items():
            yield (*fixed, *_key(path, place, levels)), {}, cells
        return
    components = structure.attributes["series"]
    for key, part in an_object(path, data_set, "series").items():
        first = (*fixed, *_key(path, key, structure.series))
        attributes = _attributes(path, components, a_list(path, part, "attributes"))
        for place, cells in an_object(path, part, "observations").items():
            yield (*first, *_key(path, place, structure.observation)), attributes, cells


def _names(structure: _Structure) -> Row:
    names = []
    for dimension in structure.dimensions:
        names.append(dimension.id)
        if dimension.has_labels:
            names.append(f"{dimension.id} label")
    names += [measure.id for measure in structure.measures]
    return unique([*names, *_attribute_ids(structure)])


def _attribute_ids(structure: _Structure) -> list[str]:
    ids = [part.id for level in structure.attributes.values() for part in level]
    return list(dict.fromkeys(ids))


def _row(
    path: Path,
    structure: _Structure,
    key: Sequence[str],
    cells: object,
    attributes: Mapping[str, str],
) -> Row:
    if not isinstance(cells, list):
        cells = [cells]
    row = []
    for dimension, place in zip(structure.dimensions, key, strict=True):
        code, label = _at(path, dimension, place)
        row += [code, label] if dimension.has_labels else [code]
    count = len(structure.measures)
    row += [value_text(cell) for cell in cells[:count]] + [""] * (count - len(cells))
    own = _attributes(path, structure.attributes["observation"], cells[count:])
    found = {**attributes, **own}
    return row + [found.get(name, "") for name in _attribute_ids(structure)]


def _at(path: Path, component: _Component, place: str) -> tuple[str, str]:
    """Code and label at a place of a component's list."""
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 10 else -1
    if not 0 <= number < len(component.codes):
        raise damaged(
            path,
            N_("“{component}” has no value number {place}."),
            component=component.id,
            place=place[:40],
        )
    return component.codes[number], component.labels[number]


def _key(path: Path, key: str, levels: Sequence[_Component]) -> tuple[str, ...]:
    places = tuple(key.split(":")) if levels else ()
    if len(places) != len(levels):
        raise damaged(path, N_("The key “{key}” does not fit the dimensions."), key=key[:80])
    return places


def _attributes(
    path: Path, components: Sequence[_Component], given: Sequence[Any]
) -> dict[str, str]:
    """Texts of attributes; numbers are places in the list of a coded one."""
    found = {}
    for component, value in zip(components, given, strict=False):
        if value is None:
            continue
        coded = component.codes and isinstance(value, NumberText)
        found[component.id] = _at(path, component, value)[0] if coded else value_text(value)
    return found


def _data_set_values(
    path: Path, structure: _Structure, data_set: Mapping[str, Any]
) -> dict[str, str]:
    given = a_list(path, data_set, "attributes")
    return _attributes(path, structure.attributes["dataSet"], given)


_Groups = dict[tuple[int, ...], dict[tuple[str, ...], dict[str, str]]]


def _groups(path: Path, structure: _Structure, data_set: Mapping[str, Any]) -> _Groups:
    """What holds for groups of observations, by the places of their dimensions and these keys."""
    found: _Groups = {}
    components = structure.attributes["dimensionGroup"]
    for key, given in an_object(path, data_set, "dimensionGroupAttributes").items():
        parts = _key(path, key, structure.dimensions)
        places = tuple(place for place, part in enumerate(parts) if part)
        if not isinstance(given, list):
            raise damaged(path, N_("“{key}” is not a list."), key=key[:80])
        mine = found.setdefault(places, {})
        mine[tuple(parts[place] for place in places)] = _attributes(path, components, given)
    return found


def _of_group(groups: _Groups, key: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for places, attributes in groups.items():
        found.update(attributes.get(tuple(key[place] for place in places), {}))
    return found
