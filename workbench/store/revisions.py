"""Differences between two versions of a source: one join over what counted at each of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

VERSIONS = """
select v.id, v.mode, coalesce(j.action = 'undo', 0), v.retracted_by is not null
from vintage v
left join journal j on j.id = v.retracted_by
where v.dataset_id = (select dataset_id from vintage where id = :id) and v.id <= :id
order by v.id"""
UNDONE = """
select v.id
from vintage v
join journal j on j.id = v.retracted_by
join dataset d on d.id = v.dataset_id
where d.code = :dataset and j.action = 'undo'"""
PAIRS = """
with pair as materialized (
  select t.series_id as series, t.period as period,
    (select max(+o.vintage_id) from observation o
     where o.series_id = t.series_id and o.period = t.period and o.vintage_id in ({before})) as a,
    (select max(+o.vintage_id) from observation o
     where o.series_id = t.series_id and o.period = t.period and o.vintage_id in ({after})) as b
  from (select {distinct} series_id, period from observation where vintage_id in ({touched})) t)
select p.series, p.period, p.a, p.b, x.value, x.low, x.high, x.status,
  y.value, y.low, y.high, y.status,
  case when p.a is null then 2 when p.b is null then 3
    when x.value is not y.value or x.low is not y.low or x.high is not y.high
      or x.status <> y.status then 1
    else 0 end
from pair p
left join observation x on x.series_id = p.series and x.period = p.period and x.vintage_id = p.a
left join observation y on y.series_id = p.series and y.period = p.period and y.vintage_id = p.b
where p.a is not p.b"""
"""The join: every cell that a version on one side only holds, with both its states.

``max(+x)``: without the sign SQLite 3.40 reads the list of an analysed table in the wrong order
and answers with the smallest.
"""
ADDED = """
select y.series_id, y.period, x.vintage_id, y.vintage_id, x.value, x.low, x.high, x.status,
  y.value, y.low, y.high, y.status,
  case when x.vintage_id is null then 2
    when x.value is not y.value or x.low is not y.low or x.high is not y.high
      or x.status <> y.status then 1
    else 0 end
from observation y
left join observation x on x.series_id = y.series_id and x.period = y.period
  and x.vintage_id = {newest}
where y.vintage_id = ?"""
"""The same when the only difference is one newer version, which then wins in every cell."""
NEWEST = """(
    select max(+o.vintage_id) from observation o
    where o.series_id = y.series_id and o.period = y.period and o.vintage_id in ({before}))"""
CELLS = """
select count(*) from (
  select {distinct} series_id, period from observation where vintage_id in ({before}))"""
DELIVERED = """
select o.series_id, o.period, o.vintage_id, o.value
from series s
join observation o on o.series_id = s.id
where s.dataset_id = (select id from dataset where code = :dataset)
  and s.variable_id = (select id from variable where code = :variable)
  and o.vintage_id in (select value from json_each(:vintages))
order by o.series_id, o.period, o.vintage_id"""


def counting_at(db: sqlite3.Connection, vintage: int) -> tuple[int, ...]:
    """Versions of the same source that counted when a version was the newest; that one too.

    A delivery that replaces ends the earlier deliveries, never corrections; a typed table may
    end the one before. What was undone never counted, except for the version itself.
    """
    counting: dict[int, tuple[str, bool]] = {}
    for number, mode, is_undone, is_retracted in db.execute(VERSIONS, {"id": vintage}):
        if is_undone and number != vintage:
            continue
        if mode == "replace":
            ended = [n for n, (kind, _) in counting.items() if kind in ("replace", "append")]
        elif mode == "entry":
            ended = [n for n, (kind, gone) in counting.items() if kind == mode and gone]
        else:
            ended = []
        for old in ended:
            del counting[old]
        counting[number] = (mode, bool(is_retracted))
    return tuple(counting)


def undone(db: sqlite3.Connection, dataset: str) -> frozenset[int]:
    """Versions of a source that were taken back, not replaced."""
    return frozenset(row[0] for row in db.execute(UNDONE, {"dataset": dataset}))


def compare(
    db: sqlite3.Connection, before: Iterable[int], after: Iterable[int]
) -> tuple[int, list[tuple[Any, ...]]]:
    """How many cells counted before, and every cell that another version holds after.

    Cells of versions on both sides are the same and need no look. Rows are series, period, both
    versions, value, low, high and status of each, and 0 same, 1 changed, 2 new or 3 gone.
    """
    old, new = sorted(set(before)), sorted(set(after))
    touched = sorted(set(old) ^ set(new))
    if set(old) < set(new) and len(touched) == 1 and touched[0] == new[-1]:
        newest = "?" if len(old) == 1 else NEWEST.format(before=_marks(old))
        rows = db.execute(ADDED.format(newest=newest), (*old, *touched)).fetchall()
        return _cells_held(db, old), rows
    statement = PAIRS.format(
        before=_marks(old),
        after=_marks(new),
        touched=_marks(touched),
        distinct="" if len(touched) == 1 else "distinct",
    )
    rows = db.execute(statement, (*old, *new, *touched)).fetchall() if touched else []
    return _cells_held(db, old), rows


def _cells_held(db: sqlite3.Connection, versions: list[int]) -> int:
    distinct = "" if len(versions) == 1 else "distinct"
    count = CELLS.format(before=_marks(versions), distinct=distinct)
    return int(db.execute(count, versions).fetchone()[0])


def _marks(numbers: list[int]) -> str:
    return ", ".join("?" * len(numbers))


def delivered_values(
    db: sqlite3.Connection, dataset: str, variable: str, vintages: Iterable[int]
) -> list[tuple[int, int, int, float | None]]:
    """Series, period, version and value of a variable in these versions, in this order."""
    return db.execute(
        DELIVERED,
        {"dataset": dataset, "variable": variable, "vintages": json.dumps(list(vintages))},
    ).fetchall()
