"""JSON-stat 1.x and 2.0: data sets, bundles and collections.

A data set is flattened to one row a cell: for each dimension its label, and its code where the
two differ, then unit, value and flags. Rows are in the order of the file; row 1 holds the names.
Numbers keep their text; a cell that is null or left out is blank; flags are as in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from indicators.errors import C_, N_
from workbench.errors import UserFileError
from workbench.importing import json_tree
from workbench.importing.flat_rows import check_sizes, column_name, damaged, flat_table, unique
from workbench.importing.json_tree import a_list, an_object, value_text, whole_number
from workbench.importing.raw_table import RawFile, ReadOptions, Row

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dimension:
    """One dimension; its sequences run over its categories."""

    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def has_codes(self) -> bool:
        """Whether codes say more than labels."""
        return self.codes != self.labels


def recognises(head: bytes) -> bool:
    """Whether the file begins as a JSON object."""
    return json_tree.recognises(head)


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The data sets of the file as tables.

    Raises:
        UserFileError: no JSON-stat, damaged, or larger than the program takes.
    """
    del options
    found = _datasets(path, json_tree.load(path))
    if not found:
        raise UserFileError(
            N_("“{name}” is JSON, but holds no table this program can read."),
            detail=N_("JSON-stat and SDMX-JSON with data are read."),
            hint=N_("Ask its source for one of these, or save the table as CSV."),
            path=path,
        )
    names = unique(name for name, _ in found) if len(found) > 1 else [""]
    tables = tuple(
        flat_table(path, name, index, partial(_rows, *_cube(path, dataset)))
        for index, (name, (_, dataset)) in enumerate(zip(names, found, strict=True), start=1)
    )
    return RawFile(
        path=path, format="json_stat", tables=tables, encoding="utf-8", size=path.stat().st_size
    )


def _datasets(path: Path, tree: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Name and tree of each data set that holds values."""
    kind = tree.get("class")
    if kind == "collection":
        items = a_list(path, an_object(path, tree, "link"), "item")
        return [(_label(item), item) for item in items if _is_dataset(item)]
    if kind == "dataset" or _is_dataset(tree):
        return [(_label(tree), tree)]
    return [(key[:_LONGEST_NAME], item) for key, item in tree.items() if _is_dataset(item)]


def _is_dataset(tree: object) -> bool:
    return isinstance(tree, dict) and "value" in tree and "dimension" in tree


def _label(item: Mapping[str, Any]) -> str:
    return str(item.get("label") or "")[:_LONGEST_NAME] or "data"


def _cube(
    path: Path, tree: Mapping[str, Any]
) -> tuple[tuple[_Dimension, ...], Sequence[str], Sequence[str] | None]:
    """Dimensions, value texts and flag texts of a data set, in full length."""
    described = an_object(path, tree, "dimension")
    place = tree if "id" in tree else described
    ids = [str(part) for part in a_list(path, place, "id")]
    sizes = [whole_number(path, part, "size") for part in a_list(path, place, "size")]
    if not ids or len(ids) != len(sizes):
        raise damaged(path, N_("“id” and “size” do not name the same dimensions."))
    cells = check_sizes(path, sizes)
    roles = _roles(path, an_object(path, place, "role"))
    dimensions = tuple(
        _dimension(path, own, size, an_object(path, described, own), roles.get(own, ""))
        for own, size in zip(ids, sizes, strict=True)
    )
    values = _spread(path, tree["value"], cells, "value")
    status = tree.get("status")
    flags = None if status in (None, {}, [], "") else _spread(path, status, cells, "status")
    return dimensions, values, flags


def _roles(path: Path, tree: Mapping[str, Any]) -> dict[str, str]:
    """Role of each dimension; a role that two dimensions have tells nothing."""
    found = {role: a_list(path, tree, role) for role in ("time", "geo", "metric")}
    return {str(ids[0]): role for role, ids in found.items() if len(ids) == 1}


def _dimension(path: Path, own: str, size: int, tree: Mapping[str, Any], role: str) -> _Dimension:
    category = an_object(path, tree, "category")
    labels = category.get("label") or {}
    index = category.get("index")
    if index is None:
        index = list(labels)
    codes = _codes(path, own, index)
    if len(codes) != size or not isinstance(labels, dict):
        raise damaged(
            path,
            C_(
                "The dimension “{dimension}” has {found} category instead of {size}.",
                "The dimension “{dimension}” has {found} categories instead of {size}.",
                by="found",
            ),
            dimension=own,
            found=len(codes),
            size=size,
        )
    units = category.get("unit")
    return _Dimension(
        name=column_name(own, str(tree.get("label") or ""), role),
        codes=codes,
        labels=tuple(str(labels.get(code, code)) for code in codes),
        units=tuple(_unit(units.get(code)) for code in codes) if isinstance(units, dict) else (),
    )


def _codes(path: Path, own: str, index: object) -> tuple[str, ...]:
    """Codes in their order, from a list or from positions by code."""
    if isinstance(index, list):
        return tuple(str(code) for code in index)
    if not isinstance(index, dict):
        raise damaged(path, N_("The dimension “{dimension}” has no categories."), dimension=own)
    places = {code: whole_number(path, place, "index") for code, place in index.items()}
    if sorted(places.values()) != list(range(len(places))):
        raise damaged(path, N_("The categories of “{dimension}” leave places out."), dimension=own)
    return tuple(sorted(places, key=places.__getitem__))


def _unit(tree: object) -> str:
    """The unit of a category: its label, else its symbol."""
    if not isinstance(tree, dict):
        return ""
    return str(tree.get("label") or tree.get("symbol") or tree.get("unit") or "")


def _spread(path: Path, tree: object, cells: int, key: str) -> Sequence[str]:
    """One text a cell, from a list, from texts by position, or from one text for all."""
    if isinstance(tree, list):
        if key == "status" and len(tree) == 1:
            return [value_text(tree[0])] * cells
        check_sizes(path, (cells,), len(tree))
        return [value_text(part) for part in tree]
    if isinstance(tree, str) and key == "status":
        return [tree] * cells
    if not isinstance(tree, dict):
        raise damaged(path, N_("“{key}” is neither a list nor an object."), key=key)
    texts = [""] * cells
    for place, part in tree.items():
        if not place.isascii() or not place.isdigit() or int(place[:10]) >= cells:
            raise damaged(
                path,
                N_("“{key}” names the cell {place}, which is not there."),
                key=key,
                place=place[:40],
            )
        texts[int(place)] = value_text(part)
    return texts


def _rows(
    dimensions: tuple[_Dimension, ...], values: Sequence[str], flags: Sequence[str] | None
) -> Iterator[Row]:
    """The names, then one row a cell."""
    with_unit = any(dimension.units for dimension in dimensions)
    yield _names(dimensions, with_unit=with_unit, with_flags=flags is not None)
    heads = product(*(tuple(_heads(dimension)) for dimension in dimensions))
    for place, parts in enumerate(heads):
        row = [text for texts, _ in parts for text in texts]
        if with_unit:
            row.append(next((unit for _, unit in parts if unit), ""))
        row.append(values[place])
        if flags is not None:
            row.append(flags[place])
        yield row


def _heads(dimension: _Dimension) -> Iterator[tuple[tuple[str, ...], str]]:
    """Texts and unit of each category."""
    units = dimension.units or ("",) * len(dimension.codes)
    for code, label, unit in zip(dimension.codes, dimension.labels, units, strict=True):
        yield ((label, code) if dimension.has_codes else (label,)), unit


def _names(dimensions: Sequence[_Dimension], *, with_unit: bool, with_flags: bool) -> Row:
    last = ["unit"] * with_unit + ["value"] + ["flags"] * with_flags
    first = []
    for dimension in dimensions:
        first.append(dimension.name)
        if dimension.has_codes:
            first.append(f"{dimension.name} code")
    names = unique([*last, *first])
    return names[len(last) :] + names[: len(last)]
