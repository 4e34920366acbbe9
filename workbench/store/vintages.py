"""Deliveries, corrections and typed entries: one vintage each; their rows never change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from workbench.store.codes import dataset_id
from workbench.store.journal import now
from workbench.store.texts import parsed


class Mode(Enum):
    """How a vintage relates to earlier ones of its dataset."""

    REPLACE = "replace"
    """Earlier deliveries of the dataset end; cells absent from the new file are gone."""
    APPEND = "append"
    """Earlier deliveries stay; the newest value of a cell counts."""
    CORRECTION = "correction"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class VintageRecord:
    """What is known of a vintage before its rows.

    Attributes:
        dataset: dataset code; made when new.
        mode: how it relates to earlier ones.
        sha256: hash of the original stored before, or None for corrections and entries.
        recipe: the recipe as TOML text, or None.
        made_by: who imported or typed it.
        note: reason of a correction.
        publisher, licence, fictitious: of a new dataset.
    """

    dataset: str
    mode: Mode = Mode.REPLACE
    sha256: str | None = None
    recipe: str | None = None
    made_by: str = ""
    note: str = ""
    publisher: str | None = None
    licence: str | None = None
    fictitious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """Which rows of a sheet are not data, for showing the sheet.

    Attributes:
        sheet: number of the sheet as in the observations; 0 for text files.
        header_rows, note_rows: row numbers, from 1.
    """

    sheet: int = 0
    header_rows: tuple[int, ...] = ()
    note_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVintage:
    """A vintage with what the store knows of it.

    Attributes:
        id: number; a later vintage has a higher one.
        count: its observations, missing ones included.
        report: the import report as JSON object, or None.
        layout: one entry a sheet.
        redacted: blanked columns of the original as JSON objects.
        retracted: True when it no longer counts.
    """

    id: int
    dataset: str
    file: str | None
    sha256: str | None
    recipe: str | None
    mode: Mode
    made_at: str
    made_by: str
    note: str
    count: int
    retracted: bool
    report: Mapping[str, object] | None
    layout: tuple[SheetLayout, ...] = ()
    redacted: tuple[Mapping[str, object], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class VintageHeader:
    """Number, source and mode of a vintage, without counting its rows."""

    id: int
    dataset: str
    mode: Mode


INSERT = """
insert into vintage (dataset_id, sha256, recipe, mode, made_at, made_by, note)
values (:dataset, :sha256, :recipe, :mode, :made_at, :made_by, :note)"""
SELECT = """
select v.id, d.code, f.name, v.sha256, v.recipe, v.mode, v.made_at, v.made_by, v.note,
  v.retracted_by is not null, v.report, v.layout, f.redacted
from vintage v
join dataset d on d.id = v.dataset_id
left join original f on f.sha256 = v.sha256"""
COUNTS = "select vintage_id, count(*) from observation group by vintage_id"
EARLIER = """
select id from vintage
where dataset_id = (select dataset_id from vintage where id = :id)
  and id < :id and retracted_by is null and mode in ('replace', 'append')
order by id"""


def begin_vintage(db: sqlite3.Connection, record: VintageRecord) -> int:
    """Make a vintage inside an open transaction; its number."""
    dataset = dataset_id(
        db,
        record.dataset,
        publisher=record.publisher,
        licence=record.licence,
        fictitious=record.fictitious,
    )
    cursor = db.execute(
        INSERT,
        {
            "dataset": dataset,
            "sha256": record.sha256,
            "recipe": record.recipe,
            "mode": record.mode.value,
            "made_at": now(),
            "made_by": record.made_by or None,
            "note": record.note or None,
        },
    )
    return int(cursor.lastrowid or 0)


def finish_vintage(
    db: sqlite3.Connection,
    vintage: int,
    *,
    report: Mapping[str, object] | None = None,
    layout: tuple[SheetLayout, ...] = (),
) -> None:
    """Keep the import report (keys of the command line's ``import``) and where headers stand."""
    sheets = [
        {"sheet": s.sheet, "header_rows": s.header_rows, "note_rows": s.note_rows} for s in layout
    ]
    db.execute(
        "update vintage set report = :report, layout = :layout where id = :id",
        {
            "id": vintage,
            "report": None if report is None else json.dumps(dict(report), ensure_ascii=False),
            "layout": json.dumps(sheets),
        },
    )


def earlier_deliveries(db: sqlite3.Connection, vintage: int) -> tuple[int, ...]:
    """Deliveries of the same dataset before this one that still count; corrections are none."""
    return tuple(row[0] for row in db.execute(EARLIER, {"id": vintage}))


def headers(db: sqlite3.Connection, dataset: str | None = None) -> tuple[VintageHeader, ...]:
    """Number, source and mode of all vintages (of one source), oldest first."""
    rows = db.execute(
        "select v.id, d.code, v.mode from vintage v join dataset d on d.id = v.dataset_id"
        " where (:dataset is null or d.code = :dataset) order by v.id",
        {"dataset": dataset},
    )
    return tuple(VintageHeader(number, code, Mode(mode)) for number, code, mode in rows)


def stored_vintages(
    db: sqlite3.Connection, *, dataset: str | None = None, vintage: int | None = None
) -> tuple[StoredVintage, ...]:
    """Vintages, oldest first."""
    rows = db.execute(
        f"{SELECT} where (:dataset is null or d.code = :dataset)"
        " and (:vintage is null or v.id = :vintage) order by v.id",
        {"dataset": dataset, "vintage": vintage},
    ).fetchall()
    counts = _counts(db, vintage)
    return tuple(_vintage(row, counts.get(row[0], 0)) for row in rows)


def _counts(db: sqlite3.Connection, vintage: int | None) -> dict[int, int]:
    if vintage is None:
        return dict(db.execute(COUNTS).fetchall())
    row = db.execute(
        "select count(*) from observation where vintage_id = :id", {"id": vintage}
    ).fetchone()
    return {vintage: int(row[0])}


def _vintage(row: tuple[object, ...], count: int) -> StoredVintage:
    number, dataset, file, sha256, recipe, mode, made_at, made_by, note = row[:9]
    retracted, report, layout, redacted = row[9:]
    return StoredVintage(
        id=int(str(number)),
        dataset=str(dataset),
        file=None if file is None else str(file),
        sha256=None if sha256 is None else str(sha256),
        recipe=None if recipe is None else str(recipe),
        mode=Mode(mode),
        made_at=str(made_at),
        made_by=str(made_by or ""),
        note=str(note or ""),
        count=count,
        retracted=bool(retracted),
        report=None if report is None else parsed(str(report)),
        layout=tuple(_layout(entry) for entry in parsed(str(layout or "[]"))),
        redacted=tuple(parsed(str(redacted or "[]"))),
    )


def _layout(entry: Mapping[str, object]) -> SheetLayout:
    header, notes = entry["header_rows"], entry["note_rows"]
    assert isinstance(header, list)
    assert isinstance(notes, list)
    return SheetLayout(
        sheet=int(str(entry["sheet"])), header_rows=tuple(header), note_rows=tuple(notes)
    )
