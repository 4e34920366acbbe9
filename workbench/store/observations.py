"""Observations: bulk insert, current content by filter, counts, purge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.store.codes import series_id, series_ids
from workbench.store.journal import Draft, set_retracted
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
    "after_load",
    "begin_vintage",
    "corrections_overruled",
    "earlier_deliveries",
    "finish_vintage",
    "has_original",
    "insert_observations",
    "series_id",
    "series_ids",
    "settle_delivery",
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

EXISTING_SERIES = """
select s.id from series s
join variable va on va.id = s.variable_id
join area a on a.id = s.area_id
join breakdown b on b.id = s.breakdown_id
join dataset d on d.id = s.dataset_id
where va.code = :variable and a.code = :area and b.dims = :dims and d.code = :dataset"""

VARIABLES_OF_VINTAGE = """
select code from variable
where id in (
  select variable_id from series
  where id in (select distinct series_id from observation where vintage_id = :vintage))"""
CODES_OF_VINTAGE = tuple(
    f"select distinct s.{column} from observation o join series s on s.id = o.series_id"  # noqa: S608 - fixed names
    " where o.vintage_id = :id"
    for column in ("area_id", "variable_id", "breakdown_id")
)
UNUSED_AREA = """
delete from area
where id = :id
  and id not in (select area_id from series)
  and id not in (select parent_id from area where parent_id is not null)
  and id not in (select from_id from area_link union select to_id from area_link)"""
UNUSED_VARIABLE = (
    "delete from variable where id = :id and id not in (select variable_id from series)"
)
UNUSED_BREAKDOWN = (
    "delete from breakdown where id = :id and id not in (select breakdown_id from series)"
)
OVERRULED = """
select count(*)
from vintage c
join observation o on o.vintage_id = c.id
join observation n on n.series_id = o.series_id and n.period = o.period
where c.mode in ('correction', 'entry') and c.retracted_by is null and c.id < :vintage
  and n.vintage_id = :vintage"""
IMPORTED_CELLS = """
select distinct row, col from observation
where vintage_id = :vintage and (:sheet is null or sheet = :sheet)
  and row between :first and :last"""


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


def existing_series(
    db: sqlite3.Connection, variable: str, area: str, dims: str, dataset: str
) -> int:
    """The number of a series that is known to exist."""
    keys = {"variable": variable, "area": area, "dims": dims, "dataset": dataset}
    return int(db.execute(EXISTING_SERIES, keys).fetchone()[0])


def settle_delivery(
    db: sqlite3.Connection, draft: Draft, vintage: int, mode: Mode
) -> tuple[int, ...]:
    """End an import inside its transaction: how it is undone, and what it replaces.

    In *replace* mode the earlier deliveries of the dataset are retracted (corrections are not).
    The draft learns the operations of undo and redo, the variables of all vintages concerned,
    and the number of the vintage.

    Returns:
        Numbers of the vintages retracted.
    """
    replaced = earlier_deliveries(db, vintage) if mode is Mode.REPLACE else ()
    set_retracted(db, replaced, draft.id)
    for number in (vintage, *replaced):
        draft.variables.update(variables_of_vintage(db, number))
    draft.forward.append({"op": "restore", "vintages": [vintage]})
    draft.inverse.append({"op": "retract", "vintages": [vintage]})
    if replaced:
        draft.forward.append({"op": "retract", "vintages": list(replaced)})
        draft.inverse.append({"op": "restore", "vintages": list(replaced)})
    draft.data["vintage"] = vintage
    return replaced


def corrections_overruled(db: sqlite3.Connection, vintage: int) -> int:
    """How many standing corrections and typed entries a delivery holds a newer value for."""
    row = db.execute(OVERRULED, {"vintage": vintage}).fetchone()
    return int(row[0])


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


def variables_of_vintage(db: sqlite3.Connection, vintage: int) -> tuple[str, ...]:
    """Codes of the variables a vintage holds."""
    return tuple(row[0] for row in db.execute(VARIABLES_OF_VINTAGE, {"vintage": vintage}))


def imported_cells(
    db: sqlite3.Connection, vintage: int, sheet: int | None, first: int, last: int
) -> frozenset[tuple[int, int]]:
    """Row and column of the cells of a sheet (None: of any) that became observations."""
    parameters = {"vintage": vintage, "sheet": sheet, "first": first, "last": last}
    return frozenset(db.execute(IMPORTED_CELLS, parameters).fetchall())


def purge_vintage(db: sqlite3.Connection, vintage: int) -> None:
    """Delete a vintage, its rows, codes only it used, and its original unless another has it."""
    used = [db.execute(query, {"id": vintage}).fetchall() for query in CODES_OF_VINTAGE]
    sha256 = db.execute("select sha256 from vintage where id = :id", {"id": vintage}).fetchone()[0]
    db.execute("delete from observation where vintage_id = :id", {"id": vintage})
    db.execute("delete from vintage where id = :id", {"id": vintage})
    others = db.execute("select count(*) from vintage where sha256 = :sha", {"sha": sha256})
    if sha256 is not None and others.fetchone()[0] == 0:
        for table in ("original_rows", "original_sheet", "original_block", "original"):
            db.execute(f"delete from {table} where sha256 = :sha", {"sha": sha256})  # noqa: S608 - fixed names
    db.execute("delete from series where id not in (select series_id from observation)")
    for statement, rows in zip(
        (UNUSED_AREA, UNUSED_VARIABLE, UNUSED_BREAKDOWN), used, strict=True
    ):
        db.executemany(statement, [{"id": row[0]} for row in rows])
