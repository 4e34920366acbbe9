"""The tree of areas with its history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.errors import N_
from workbench.errors import WorkbenchError
from workbench.store import records
from workbench.store.codes import area_id
from workbench.store.texts import parsed

Successor = tuple[str, int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArea:
    """An area; ``successors`` name area code, first period code and share."""

    code: str
    parent: str | None = None
    level: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    valid_from: int | None = None
    valid_to: int | None = None
    successors: tuple[Successor, ...] = ()


SELECT = """
select a.code, p.code, a.level, a.names, a.valid_from, a.valid_to
from area a
left join area p on p.id = a.parent_id
order by a.level, a.code"""
LINKS = """
select f.code, t.code, l.period, l.share
from area_link l
join area f on f.id = l.from_id
join area t on t.id = l.to_id
order by f.code, l.period, t.code"""
INSERT_LINK = """
insert into area_link (from_id, to_id, period, share) values (:from, :to, :period, :share)"""


def stored_areas(db: sqlite3.Connection) -> tuple[StoredArea, ...]:
    """All areas, higher levels first, then by code."""
    links: dict[str, list[Successor]] = {}
    for origin, target, period, share in db.execute(LINKS):
        links.setdefault(origin, []).append((target, period, share))
    return tuple(
        StoredArea(
            code=row[0],
            parent=row[1],
            level=row[2],
            names=parsed(row[3]),
            valid_from=row[4],
            valid_to=row[5],
            successors=tuple(links.get(row[0], ())),
        )
        for row in db.execute(SELECT)
    )


def put_area(db: sqlite3.Connection, area: StoredArea) -> tuple[records.Row | None, records.Row]:
    """Enter or change an area inside a transaction; its former row (None when new) and its row.

    Raises:
        WorkbenchError: the area would stand below itself.
    """
    former = records.fetch(db, "area", area.code)
    parent = None if area.parent is None else area_id(db, area.parent)
    row: records.Row = {
        "code": area.code,
        "parent_id": parent,
        "level": area.level,
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
        "names": json.dumps(dict(area.names), ensure_ascii=False),
    }
    records.put(db, "area", row)
    if _stands_below_itself(db, area.code):
        raise WorkbenchError(
            N_("The area {code} would be part of itself."),
            hint=N_("Give it another area above."),
            code=area.code,
        )
    return former, row


def _stands_below_itself(db: sqlite3.Connection, code: str) -> bool:
    above = db.execute(
        "with recursive up (id) as ("
        " select parent_id from area where code = :code"
        " union select a.parent_id from area a join up on a.id = up.id)"
        " select count(*) from up join area a on a.id = up.id where a.code = :code",
        {"code": code},
    )
    return bool(above.fetchone()[0])


def put_links(db: sqlite3.Connection, code: str, successors: tuple[Successor, ...]) -> None:
    """Replace what follows an area inside a transaction."""
    number = area_id(db, code)
    db.execute("delete from area_link where from_id = :id", {"id": number})
    db.executemany(
        INSERT_LINK,
        [
            {"from": number, "to": area_id(db, target), "period": period, "share": share}
            for target, period, share in successors
        ],
    )
