"""Listings of what is held, and current content streamed for the digest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

VARIABLES = """
select va.code, min(s.unit), sum(x.n), count(distinct s.area_id), min(x.first), max(x.last)
from variable va
join series s on s.variable_id = va.id
join (
  select series_id, count(distinct period) as n, min(period) as first, max(period) as last
  from observation
  where vintage_id in (select id from vintage where retracted_by is null)
  group by series_id) x on x.series_id = s.id
group by va.id
order by va.code"""
DATASETS = """
select d.code, d.publisher, d.licence, d.fictitious,
  (select count(*) from vintage v where v.dataset_id = d.id),
  (select count(*) from (
    select distinct o.series_id, o.period from series s join observation o on o.series_id = s.id
    where s.dataset_id = d.id
      and o.vintage_id in (select id from vintage where retracted_by is null)))
from dataset d
order by d.code"""
SERIES_LIST = """
select va.code, a.code, b.dims, d.code, s.unit, min(o.period), max(o.period),
  count(distinct o.period)
from variable va
join series s on s.variable_id = va.id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
join dataset d on d.id = s.dataset_id
join observation o on o.series_id = s.id
where (:variable is null or va.code = :variable) and (:area is null or a.code = :area)
  and o.vintage_id in (select id from vintage where retracted_by is null)
group by s.id
order by va.code, a.code, b.dims, d.code"""
CONFLICTS = """
select va.code, a.code, b.dims, o.period, d.code, o.value, e.code, n.value
from series s
join series t on t.variable_id = s.variable_id and t.area_id = s.area_id
  and t.breakdown_id = s.breakdown_id and t.dataset_id > s.dataset_id
join current_observation o on o.series_id = s.id
join current_observation n on n.series_id = t.id and n.period = o.period
join variable va on va.id = s.variable_id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
join dataset d on d.id = s.dataset_id
join dataset e on e.id = t.dataset_id
where o.value <> n.value
order by va.code, d.code, e.code, a.code, b.dims, o.period"""
FIRST_DELIVERY = """
select s.dataset_id, min(o.vintage_id)
from series s
join observation o on o.series_id = s.id
where s.variable_id = (select id from variable where code = :variable)
  and o.vintage_id in (select id from vintage where retracted_by is null)
group by s.dataset_id
order by 2"""


def datasets_by_delivery(db: sqlite3.Connection, variable: str) -> tuple[int, ...]:
    """Numbers of the datasets that hold a variable, first delivered first."""
    return tuple(row[0] for row in db.execute(FIRST_DELIVERY, {"variable": variable}))


def dataset_codes(db: sqlite3.Connection) -> dict[int, str]:
    """Codes of datasets by number."""
    return dict(db.execute("select id, code from dataset").fetchall())


def series_keys(db: sqlite3.Connection) -> dict[int, tuple[str, str, str, str, str]]:
    """Variable, area, breakdown JSON, dataset and unit of every series by number."""
    rows = db.execute(
        "select s.id, va.code, a.code, b.dims, d.code, s.unit from series s"
        " join variable va on va.id = s.variable_id join area a on a.id = s.area_id"
        " join breakdown b on b.id = s.breakdown_id join dataset d on d.id = s.dataset_id"
    )
    return {row[0]: row[1:] for row in rows}


def variable_units(db: sqlite3.Connection) -> dict[str, str]:
    """The unit of the first series of every variable that has one."""
    rows = db.execute(
        "select va.code, s.unit, min(s.id) from series s join variable va on va.id = s.variable_id"
        " group by s.variable_id"
    )
    return {row[0]: row[1] for row in rows}


def current_rows_by_series(
    db: sqlite3.Connection,
) -> Iterator[tuple[int, int, float | None, float | None, float | None, int, int, int]]:
    """Current content streamed in order of series and period, without addresses or vintages."""
    return db.execute(
        "select series_id, period, value, low, high, status, flags, conf"
        " from current_observation order by series_id, period"
    )


def period_parts(db: sqlite3.Connection) -> frozenset[int]:
    """Parts of the period codes held, which tell the frequencies."""
    return frozenset(row[0] for row in db.execute("select distinct period % 100 from observation"))


def dataset_rows(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Code, publisher, licence, fictitious, versions and current values of each dataset."""
    return db.execute(DATASETS).fetchall()


def variable_rows(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Code, unit, values, areas, first and last period of each variable with current values."""
    return db.execute(VARIABLES).fetchall()


def series_rows(
    db: sqlite3.Connection, variable: str | None, area: str | None
) -> list[tuple[Any, ...]]:
    """Variable, area, breakdown JSON, dataset, unit, first, last and count of current series."""
    return db.execute(SERIES_LIST, {"variable": variable, "area": area}).fetchall()


def cuts(db: sqlite3.Connection) -> list[str]:
    """Breakdown JSON of every cut that a series with current values has."""
    rows = db.execute(
        "select b.dims from breakdown b where exists (select 1 from series s where"
        " s.breakdown_id = b.id and exists (select 1 from observation o where o.series_id = s.id"
        " and o.vintage_id in (select id from vintage where retracted_by is null)))"
    )
    return [row[0] for row in rows]


def datasets_of_vintages(db: sqlite3.Connection, vintages: tuple[int, ...]) -> frozenset[str]:
    """Codes of the datasets of vintages."""
    rows = db.execute("select v.id, d.code from vintage v join dataset d on d.id = v.dataset_id")
    wanted = set(vintages)
    return frozenset(code for number, code in rows if number in wanted)


def conflicting_cells(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Variable, area, breakdown JSON, period, and source and value of two that differ."""
    return db.execute(CONFLICTS).fetchall()
