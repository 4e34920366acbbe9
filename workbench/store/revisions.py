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
COMPARE = """
with cell as materialized (
  select o.series_id as series, o.period as period,
    max(o.vintage_id) filter (where o.vintage_id in (select value from json_each(:before))) as a,
    max(o.vintage_id) filter (where o.vintage_id in (select value from json_each(:after))) as b
  from series s
  join observation o on o.series_id = s.id
  where s.dataset_id = :dataset and o.vintage_id in (select value from json_each(:both))
  group by o.series_id, o.period),
pair as materialized (
  select c.series, c.period, c.a, c.b,
    x.value as old_value, x.low as old_low, x.high as old_high, x.status as old_status,
    y.value as new_value, y.low as new_low, y.high as new_high, y.status as new_status,
    case when c.a is null then 2 when c.b is null then 3
      when x.value is not y.value or x.low is not y.low or x.high is not y.high
        or x.status <> y.status then 1
      else 0 end as kind
  from cell c
  left join observation x on x.series_id = c.series and x.period = c.period and x.vintage_id = c.a
  left join observation y on y.series_id = c.series and y.period = c.period and y.vintage_id = c.b
  where c.a is not c.b)
select null, count(*), null, null, null, null, null, null, null, null, null, null, null,
  null from cell
union all
select null, null, sum(old_value), sum(new_value),
  avg(case when old_value > 0 then (new_value - old_value) / old_value end),
  avg(case when old_value > 0 then abs(new_value - old_value) / old_value end),
  sum(old_value > 0), null, null, null, null, null, null, null
from pair where old_value is not null and new_value is not null
union all
select kind, series, period, a, b, old_value, old_low, old_high, old_status,
  new_value, new_low, new_high, new_status, null
from pair where kind > 0"""
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
    db: sqlite3.Connection, before: Iterable[int], after: Iterable[int], vintage: int
) -> list[tuple[Any, ...]]:
    """The rows of ``COMPARE``: number of cells, sums of both sides, then every difference."""
    old, new = list(before), list(after)
    row = db.execute("select dataset_id from vintage where id = :id", {"id": vintage}).fetchone()
    return db.execute(
        COMPARE,
        {
            "before": json.dumps(old),
            "after": json.dumps(new),
            "both": json.dumps(sorted({*old, *new})),
            "dataset": row[0],
        },
    ).fetchall()


def delivered_values(
    db: sqlite3.Connection, dataset: str, variable: str, vintages: Iterable[int]
) -> list[tuple[int, int, int, float | None]]:
    """Series, period, version and value of a variable in these versions, in this order."""
    return db.execute(
        DELIVERED,
        {"dataset": dataset, "variable": variable, "vintages": json.dumps(list(vintages))},
    ).fetchall()
