"""Observations: bulk insert, current content by filter, counts, purge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.store.codes import series_id
from workbench.store.originals import has_original, store_original, store_sheet_rows
from workbench.store.vintages import (
    Mode,
    SheetLayout,
    VintageRecord,
    begin_vintage,
    earlier_deliveries,
    finish_vintage,
)

__all__ = [
    "Mode",
    "SheetLayout",
    "VintageRecord",
    "begin_vintage",
    "earlier_deliveries",
    "finish_vintage",
    "has_original",
    "insert_observations",
    "series_id",
    "store_original",
    "store_sheet_rows",
]

ObservationTuple = tuple[
    int,  # series_id
    int,  # period code
    int,  # vintage_id
    float | None,  # value
    float | None,  # low
    float | None,  # high
    int,  # status
    int,  # flags
    int,  # conf
    int | None,  # sheet
    int | None,  # row, from 1
    int | None,  # col, from 1
]
"""What ``insert_observations`` takes, in this order."""

INSERT = """
insert into observation
  (series_id, period, vintage_id, value, low, high, status, flags, conf, sheet, row, col)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

ROWS = """
select va.code, a.code, b.dims, d.code, o.period, o.vintage_id, o.value, o.low, o.high,
  o.status, o.flags, o.conf, o.sheet, o.row, o.col, v.sha256, f.name, t.name
from variable va
join series s on s.variable_id = va.id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
join dataset d on d.id = s.dataset_id
join {source} o on o.series_id = s.id
join vintage v on v.id = o.vintage_id
left join original f on f.sha256 = v.sha256
left join original_sheet t on t.sha256 = v.sha256 and t.sheet = o.sheet
where (:variable is null or va.code = :variable)
  and (:area is null or a.code = :area)
  and (:dims is null or b.dims = :dims)
  and (:dataset is null or d.code = :dataset)
  and (:first is null or o.period >= :first)
  and (:last is null or o.period <= :last)
  and (:vintage is null or o.vintage_id = :vintage)
order by va.code, a.code, b.dims, d.code, o.period, o.vintage_id
limit :limit"""
CURRENT_ROWS = ROWS.format(source="current_observation")
ALL_ROWS = ROWS.format(source="observation")

CUBE_SERIES = """
select s.id, a.code, b.dims, s.dataset_id, s.unit
from series s
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
where s.variable_id = (select id from variable where code = :variable)
  and (:dataset is null or s.dataset_id = (select id from dataset where code = :dataset))"""
CUBE_ROWS = """
select o.series_id, o.period, o.vintage_id, o.value, o.low, o.high, o.status, o.flags
from series s
join observation o on o.series_id = s.id
where s.variable_id = (select id from variable where code = :variable)
  and (:dataset is null or s.dataset_id = (select id from dataset where code = :dataset))
  and o.period % 100 between :first_part and :last_part
  and o.vintage_id in (select id from vintage where retracted_by is null)"""
FIRST_DELIVERY = """
select s.dataset_id, min(o.vintage_id)
from series s
join observation o on o.series_id = s.id
where s.variable_id = (select id from variable where code = :variable)
  and o.vintage_id in (select id from vintage where retracted_by is null)
group by s.dataset_id
order by 2"""

VARIABLES = """
select va.code, min(s.unit), count(*), count(distinct s.area_id), min(o.period), max(o.period)
from variable va
join series s on s.variable_id = va.id
join current_observation o on o.series_id = s.id
group by va.id
order by va.code"""
DATASETS = """
select d.id, d.code, d.publisher, d.licence, d.fictitious,
  (select count(*) from vintage v where v.dataset_id = d.id),
  (select count(*) from series s join current_observation o on o.series_id = s.id
   where s.dataset_id = d.id)
from dataset d
order by d.code"""
SERIES_LIST = """
select va.code, a.code, b.dims, d.code, s.unit, min(o.period), max(o.period), count(*)
from variable va
join series s on s.variable_id = va.id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
join dataset d on d.id = s.dataset_id
join current_observation o on o.series_id = s.id
where (:variable is null or va.code = :variable) and (:area is null or a.code = :area)
group by s.id
order by va.code, a.code, b.dims, d.code"""
VARIABLES_OF_VINTAGE = """
select distinct va.code
from observation o
join series s on s.id = o.series_id
join variable va on va.id = s.variable_id
where o.vintage_id = :vintage"""
CODES_OF_SERIES = """
select distinct {column} from observation o join series s on s.id = o.series_id"""
UNUSED_AREA = """
delete from area
where id = :id
  and id not in (select area_id from series)
  and id not in (select parent_id from area where parent_id is not null)
  and id not in (select from_id from area_link union select to_id from area_link)"""
UNUSED_VARIABLE = "delete from variable where id = :id and id not in (select variable_id from series)"
UNUSED_BREAKDOWN = (
    "delete from breakdown where id = :id and id not in (select breakdown_id from series)"
)
IMPORTED_CELLS = """
select distinct row, col from observation
where vintage_id = :vintage and coalesce(sheet, 0) = :sheet and row between :first and :last"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which observations to read; None leaves a field open.

    Attributes:
        dims: canonical JSON of the breakdown.
        first, last: period codes.
        vintage: reads exactly that vintage, retracted or not, instead of the current content.
        history: reads all vintages instead of the current content.
    """

    variable: str | None = None
    area: str | None = None
    dims: str | None = None
    dataset: str | None = None
    first: int | None = None
    last: int | None = None
    vintage: int | None = None
    history: bool = False
    limit: int | None = None


def insert_observations(db: sqlite3.Connection, rows: Iterable[ObservationTuple]) -> int:
    """Insert rows inside an open transaction, best in order of the key; how many.

    Raises:
        sqlite3.IntegrityError: two rows of one vintage name the same cell (the importer sets
            such rows aside before).
    """
    return db.executemany(INSERT, rows).rowcount


def after_load(db: sqlite3.Connection) -> None:
    """Let SQLite look at a sample of the tables, so that it plans queries well."""
    db.execute("pragma analysis_limit = 400")
    db.execute("analyze")


def select_rows(db: sqlite3.Connection, wanted: Filter) -> list[tuple[object, ...]]:
    """Rows of ``ROWS`` for a filter, in order of variable, area, breakdown, dataset, period."""
    statement = ALL_ROWS if wanted.history or wanted.vintage is not None else CURRENT_ROWS
    parameters = {
        "variable": wanted.variable,
        "area": wanted.area,
        "dims": wanted.dims,
        "dataset": wanted.dataset,
        "first": wanted.first,
        "last": wanted.last,
        "vintage": wanted.vintage,
        "limit": -1 if wanted.limit is None else wanted.limit,
    }
    return db.execute(statement, parameters).fetchall()


def cube_series(
    db: sqlite3.Connection, variable: str, dataset: str | None
) -> list[tuple[int, str, str, int, str]]:
    """Number, area, breakdown JSON, dataset number and unit of each series of a variable."""
    return db.execute(CUBE_SERIES, {"variable": variable, "dataset": dataset}).fetchall()


def cube_rows(
    db: sqlite3.Connection, variable: str, dataset: str | None, parts: tuple[int, int]
) -> list[tuple[float | None, ...]]:
    """Unretracted rows of a variable whose period part lies in a range, in no set order."""
    return db.execute(
        CUBE_ROWS,
        {
            "variable": variable,
            "dataset": dataset,
            "first_part": parts[0],
            "last_part": parts[1],
        },
    ).fetchall()


def datasets_by_delivery(db: sqlite3.Connection, variable: str) -> tuple[int, ...]:
    """Numbers of the datasets that hold a variable, first delivered first."""
    return tuple(row[0] for row in db.execute(FIRST_DELIVERY, {"variable": variable}))


def dataset_codes(db: sqlite3.Connection) -> dict[int, str]:
    """Codes of datasets by number."""
    return dict(db.execute("select id, code from dataset").fetchall())


def variables_of_vintage(db: sqlite3.Connection, vintage: int) -> tuple[str, ...]:
    """Codes of the variables a vintage holds."""
    return tuple(row[0] for row in db.execute(VARIABLES_OF_VINTAGE, {"vintage": vintage}))


def imported_cells(
    db: sqlite3.Connection, vintage: int, sheet: int, first: int, last: int
) -> frozenset[tuple[int, int]]:
    """Row and column of the cells of a sheet that became observations."""
    parameters = {"vintage": vintage, "sheet": sheet, "first": first, "last": last}
    return frozenset(db.execute(IMPORTED_CELLS, parameters).fetchall())


def current_rows_by_series(
    db: sqlite3.Connection,
) -> Iterator[tuple[int, int, float | None, float | None, float | None, int, int, int]]:
    """Current content streamed in order of series and period, without addresses or vintages."""
    return db.execute(
        "select series_id, period, value, low, high, status, flags, conf"
        " from current_observation order by series_id, period"
    )


def series_keys(db: sqlite3.Connection) -> dict[int, tuple[str, str, str, str, str]]:
    """Variable, area, breakdown JSON, dataset and unit of every series by number."""
    rows = db.execute(
        "select s.id, va.code, a.code, b.dims, d.code, s.unit from series s"
        " join variable va on va.id = s.variable_id join area a on a.id = s.area_id"
        " join breakdown b on b.id = s.breakdown_id join dataset d on d.id = s.dataset_id"
    )
    return {row[0]: row[1:] for row in rows}


def purge_vintage(db: sqlite3.Connection, vintage: int) -> None:
    """Delete a vintage, its rows, codes only it used, and its original unless another has it."""
    used = [db.execute(f"{query} where o.vintage_id = :id", {"id": vintage}).fetchall()
            for query in (CODES_OF_SERIES.format(column=c) for c in ("s.area_id", "s.variable_id", "s.breakdown_id"))]
    sha256 = db.execute("select sha256 from vintage where id = :id", {"id": vintage}).fetchone()[0]
    db.execute("delete from observation where vintage_id = :id", {"id": vintage})
    db.execute("delete from vintage where id = :id", {"id": vintage})
    others = db.execute("select count(*) from vintage where sha256 = :sha", {"sha": sha256})
    if sha256 is not None and others.fetchone()[0] == 0:
        for table in ("original_rows", "original_sheet", "original_block", "original"):
            db.execute(f"delete from {table} where sha256 = :sha", {"sha": sha256})  # noqa: S608 - fixed names
    db.execute("delete from series where id not in (select series_id from observation)")
    for statement, rows in zip((UNUSED_AREA, UNUSED_VARIABLE, UNUSED_BREAKDOWN), used, strict=True):
        db.executemany(statement, [{"id": row[0]} for row in rows])
