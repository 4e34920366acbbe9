"""Codes to numbers and back: variables, areas, breakdowns, datasets, series."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from indicators.errors import N_
from indicators.model.series import Breakdown
from workbench.errors import WorkbenchError
from workbench.store.texts import parsed

SeriesKey = tuple[str, str, Breakdown, str]
"""Variable, area, breakdown and unit."""
SERIES_OF_DATASET = """
select id, variable_id, area_id, breakdown_id, unit from series where dataset_id = :dataset"""
INSERT_SERIES = """
insert into series (variable_id, area_id, breakdown_id, dataset_id, unit)
values (:variable, :area, :breakdown, :dataset, :unit)"""
INSERT_UNLESS_HELD = (
    f"{INSERT_SERIES} on conflict (variable_id, area_id, breakdown_id, dataset_id) do nothing"
)
FIND_SERIES = """
select id, unit from series
where variable_id = :variable and area_id = :area
  and breakdown_id = :breakdown and dataset_id = :dataset"""


def variable_id(db: sqlite3.Connection, code: str, definition: str = "") -> int:
    """The number of a variable; made when new, with the definition of a national one (JSON)."""
    found = _find(db, "select id from variable where code = :code", code)
    if found is not None:
        return found
    cursor = db.execute(
        "insert into variable (code, definition) values (:code, :definition)",
        {"code": code, "definition": definition},
    )
    return int(cursor.lastrowid or 0)


def area_id(
    db: sqlite3.Connection,
    code: str,
    *,
    parent: str | None = None,
    level: int | None = None,
    names: Mapping[str, str] | None = None,
) -> int:
    """The number of an area; a new one stands under the country of the project.

    Args:
        db: connection inside a transaction.
        code: area code.
        parent: code of the area above; None: the country of the project, when there is one.
        level: 0 country, 1 region, 2 district; None: one below the parent.
        names: names by language.
    """
    found = _find(db, "select id from area where code = :code", code)
    if found is not None:
        return found
    above = _parent(db, code, parent)
    cursor = db.execute(
        "insert into area (code, parent_id, level, names) values (:code, :parent, :level, :names)",
        {
            "code": code,
            "parent": above[0] if above else None,
            "level": level if level is not None else (above[1] + 1 if above else 0),
            "names": json.dumps(dict(names or {}), ensure_ascii=False),
        },
    )
    return int(cursor.lastrowid or 0)


def _parent(db: sqlite3.Connection, code: str, parent: str | None) -> tuple[int, int] | None:
    if parent is None:
        row = db.execute("select value from setting where key = 'area'").fetchone()
        parent = str(parsed(row[0])) if row else ""
        if parent in ("", code):
            return None
    number = area_id(db, parent)
    level = db.execute("select level from area where id = :id", {"id": number}).fetchone()[0]
    return number, int(level)


def breakdown_id(db: sqlite3.Connection, breakdown: Breakdown) -> int:
    """The number of a breakdown; made when new."""
    dims = breakdown.to_json()
    found = _find(db, "select id from breakdown where dims = :code", dims)
    if found is not None:
        return found
    cursor = db.execute("insert into breakdown (dims) values (:dims)", {"dims": dims})
    return int(cursor.lastrowid or 0)


def dataset_id(
    db: sqlite3.Connection,
    code: str,
    *,
    publisher: str | None = None,
    licence: str | None = None,
    fictitious: bool = False,
) -> int:
    """The number of a dataset; made when new."""
    found = _find(db, "select id from dataset where code = :code", code)
    if found is not None:
        return found
    cursor = db.execute(
        "insert into dataset (code, publisher, licence, fictitious)"
        " values (:code, :publisher, :licence, :fictitious)",
        {"code": code, "publisher": publisher, "licence": licence, "fictitious": int(fictitious)},
    )
    return int(cursor.lastrowid or 0)


def series_id(
    db: sqlite3.Connection,
    variable: str,
    area: str,
    breakdown: Breakdown,
    dataset: str,
    unit: str,
) -> int:
    """The number of a series; made when new. Callers keep it in a dict.

    Raises:
        WorkbenchError: the series exists with another unit.
    """
    key = {
        "variable": variable_id(db, variable),
        "area": area_id(db, area),
        "breakdown": breakdown_id(db, breakdown),
        "dataset": dataset_id(db, dataset),
    }
    row = db.execute(FIND_SERIES, key).fetchone()
    if row is None:
        return int(db.execute(INSERT_SERIES, {**key, "unit": unit}).lastrowid or 0)
    if row[1] != unit:
        raise _other_unit(variable, area, row[1], unit)
    return int(row[0])


def holds_series(db: sqlite3.Connection, dataset: int) -> bool:
    """Whether a dataset has a series."""
    found = db.execute("select exists (select 1 from series where dataset_id = ?)", (dataset,))
    return bool(found.fetchone()[0])


def series_held(
    db: sqlite3.Connection, key: Mapping[str, object], *, likely_new: bool
) -> tuple[int, str]:
    """Number and unit of a series; made when new.

    Args:
        db: connection inside a transaction.
        key: numbers of ``variable``, ``area``, ``breakdown`` and ``dataset``, and the ``unit``
            of a new one.
        likely_new: try to make it first, which is faster when most are new.
    """
    if likely_new:
        made = db.execute(INSERT_UNLESS_HELD, key)
        if made.rowcount == 1:
            return int(made.lastrowid or 0), str(key["unit"])
    row = db.execute(FIND_SERIES, key).fetchone()
    if row is not None:
        return int(row[0]), str(row[1])
    return int(db.execute(INSERT_SERIES, key).lastrowid or 0), str(key["unit"])


def series_ids(db: sqlite3.Connection, dataset: str, keys: Sequence[SeriesKey]) -> list[int]:
    """The numbers of many series of one dataset, made when new; much faster than one by one.

    Args:
        db: connection inside a transaction.
        dataset: dataset code.
        keys: variable, area, breakdown and unit of each.

    Returns:
        One number a key, in the same order.

    Raises:
        WorkbenchError: a series exists with another unit.
    """
    source = dataset_id(db, dataset)
    variables = {code: variable_id(db, code) for code in {key[0] for key in keys}}
    areas = {code: area_id(db, code) for code in sorted({key[1] for key in keys})}
    cuts = {cut: breakdown_id(db, cut) for cut in {key[2] for key in keys}}
    known = {
        (row[1], row[2], row[3]): (row[0], row[4])
        for row in db.execute(SERIES_OF_DATASET, {"dataset": source})
    }
    following = int(db.execute("select coalesce(max(id), 0) from series").fetchone()[0])
    new: list[tuple[int, int, int, int, int, str]] = []
    numbers: list[int] = []
    for variable, area, breakdown, unit in keys:
        place = (variables[variable], areas[area], cuts[breakdown])
        if place not in known:
            following += 1
            known[place] = (following, unit)
            new.append((following, *place, source, unit))
        number, held = known[place]
        if held != unit:
            raise _other_unit(variable, area, held, unit)
        numbers.append(number)
    db.executemany("insert into series values (?, ?, ?, ?, ?, ?)", new)
    return numbers


def _other_unit(variable: str, area: str, known: str, unit: str) -> WorkbenchError:
    return WorkbenchError(
        N_("“{variable}” for {area} is held in “{known}”, not in “{unit}”."),
        hint=N_("Convert the values, or import them under another source name."),
        variable=variable,
        area=area,
        known=known,
        unit=unit,
    )


def _find(db: sqlite3.Connection, statement: str, code: str) -> int | None:
    row = db.execute(statement, {"code": code}).fetchone()
    return None if row is None else int(row[0])
