"""Values of one source for a long table: which series, which keys in which order, which rows.

The keys of a page are found first (a keyset: everything after the last key shown), then the rows
of just these keys. A table of a million rows is never read as a whole.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.model.codes import Flags, Status

Key = tuple[int, int, int]
"""Number of the series, period code, number of the version."""

_CURRENT = "o.vintage_id in (select id from vintage where retracted_by is null)"
_NEWEST = """o.vintage_id in (select id from vintage where retracted_by is null)
  and not exists (
    select 1 from observation n
    where n.series_id = o.series_id and n.period = o.period and n.vintage_id > o.vintage_id
      and n.vintage_id in (select id from vintage where retracted_by is null))"""
_ONE = "o.vintage_id = :vintage"
_SERIES = """
select s.id, va.code, a.code, b.dims, s.unit
from series s
join variable va on va.id = s.variable_id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
where s.dataset_id = (select id from dataset where code = :dataset)
  and (:variable is null or va.code = :variable)
  and (:area is null or a.code = :area)
  and exists (select 1 from observation o where o.series_id = s.id and {which})
order by va.code, a.code, b.dims"""
STATES: dict[str, str] = {
    "": "1",
    "number": f"o.status in ({Status.A.value}, {Status.Z.value})",
    "hidden": f"o.status = {Status.S.value}",
    "no_value": f"o.status in ({Status.M.value}, {Status.X.value})",
    "corrected": "o.vintage_id in (select id from vintage where mode = 'correction')",
    "provisional": f"o.flags & {Flags.P.value}",
}
"""Condition by kind of cell."""
ORDERS: dict[str, str] = {
    "period": "o.period",
    "value": "coalesce(o.value, (o.low + o.high) / 2.0)",
    "state": "o.status",
}
"""What rows can be ordered by, beside the order of their series."""
_WHERE = """
from json_each(:ids) j
cross join observation o on o.series_id = abs(j.value)
where {which}
  and o.period between :first and :last
  and {state}
  and (j.value > 0 or not exists (
    select 1 from json_each(:numbers) w
    where o.period / 100 <> w.value and (o.value is null or o.value <> w.value)))"""
_PAGE = """
select j.key, o.series_id, o.period, o.vintage_id {where}
  and (j.key > 0 or o.period > :after)
order by j.key, o.period
limit :limit"""
_FIELDS = """
select j.key, o.series_id, o.period, o.vintage_id, coalesce({order}, 9e999) {where}"""
_COUNT = "select count(*) {where}"
_ROWS = """
select va.code, a.code, b.dims, d.code, o.period, o.vintage_id, o.value, o.low, o.high,
  o.status, o.flags, o.conf, o.sheet, o.row, o.col, v.sha256, f.name, t.name
from json_each(:keys) k
cross join observation o on o.series_id = json_extract(k.value, '$[0]')
  and o.period = json_extract(k.value, '$[1]') and o.vintage_id = json_extract(k.value, '$[2]')
join series s on s.id = o.series_id
join variable va on va.id = s.variable_id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
join dataset d on d.id = s.dataset_id
join vintage v on v.id = o.vintage_id
left join original f on f.sha256 = v.sha256
left join original_sheet t on t.sha256 = v.sha256 and t.sheet = o.sheet
order by k.key"""
_LINES = """
select o.series_id, o.period, o.value, o.low, o.high, o.status, o.flags
from json_each(:ids) j
cross join observation o on o.series_id = j.value
where {which}
order by j.key, o.period"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Which rows of the series are wanted.

    Attributes:
        vintage: only this version, taken back or not; None: the current content.
        first, last: period codes.
        state: key of ``STATES``.
        numbers: every one must be the year or the value of a row, unless its series is listed
            with a positive number.
    """

    vintage: int | None = None
    first: int = 0
    last: int = 999_999
    state: str = ""
    numbers: tuple[float, ...] = ()


def series_of_source(
    db: sqlite3.Connection,
    dataset: str,
    *,
    variable: str | None,
    area: str | None,
    vintage: int | None,
) -> list[tuple[int, str, str, str, str]]:
    """Number, variable, area, breakdown JSON and unit of the series with rows, in code order."""
    which = _CURRENT if vintage is None else _ONE
    return db.execute(
        _SERIES.format(which=which),
        {"dataset": dataset, "variable": variable, "area": area, "vintage": vintage},
    ).fetchall()


def page_keys(
    db: sqlite3.Connection,
    ids: Sequence[int],
    wanted: Conditions,
    *,
    after: int,
    limit: int,
) -> list[tuple[int, int, int, int]]:
    """Place in ``ids`` and key of the rows that follow a period of the first series.

    Args:
        db: the connection.
        ids: numbers of series in the wanted order; a negative one takes only rows that hold
            the numbers of ``wanted``.
        wanted: the conditions.
        after: period of the last row shown of the first series; -1 for all its rows.
        limit: at most so many.
    """
    statement = _PAGE.format(where=_where(wanted))
    given = {**_given(ids, wanted), "after": after, "limit": limit}
    return db.execute(statement, given).fetchall()


def fields_of(
    db: sqlite3.Connection, ids: Sequence[int], wanted: Conditions, *, order: str
) -> Iterator[tuple[int, int, int, int, float]]:
    """Place in ``ids``, key and the field to order by of all rows; infinite where it is missing."""
    statement = _FIELDS.format(where=_where(wanted), order=ORDERS[order])
    return db.execute(statement, _given(ids, wanted))


def count_rows(db: sqlite3.Connection, ids: Sequence[int], wanted: Conditions) -> int:
    """How many rows the series have under the conditions."""
    row = db.execute(_COUNT.format(where=_where(wanted)), _given(ids, wanted)).fetchone()
    return int(row[0])


def rows_of_keys(db: sqlite3.Connection, keys: Sequence[Key]) -> list[tuple[Any, ...]]:
    """Rows in the order of the keys, with the columns of ``observations.ROWS``."""
    return db.execute(_ROWS, {"keys": json.dumps([list(key) for key in keys])}).fetchall()


def lines_of(
    db: sqlite3.Connection, ids: Sequence[int]
) -> list[tuple[int, int, float | None, float | None, float | None, int, int]]:
    """Series, period, value, low, high, status and flags of the current rows of some series."""
    statement = _LINES.format(which=_NEWEST)
    return db.execute(statement, {"ids": json.dumps(list(ids))}).fetchall()


def _where(wanted: Conditions) -> str:
    which = _NEWEST if wanted.vintage is None else _ONE
    return _WHERE.format(which=which, state=STATES[wanted.state])


def _given(ids: Sequence[int], wanted: Conditions) -> dict[str, object]:
    return {
        "ids": json.dumps(list(ids)),
        "vintage": wanted.vintage,
        "first": wanted.first,
        "last": wanted.last,
        "numbers": json.dumps(list(wanted.numbers)),
    }
