"""The cells of publications: what the public has seen of each, and which publications touch.

The rows of the publications themselves are those of ``records``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.store.texts import parsed


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CellPlace:
    """Which number it is, whatever the table: total codes are left out of the breakdown."""

    variable: str
    area: str
    period: str
    breakdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCell:
    """One cell as it was published.

    Attributes:
        codes: as in the table.
        place: which number it is.
        shown: the number printed; None when it was hidden or left out.
        low, high: counts that leaves possible; None without a limit.
        small: whether the count had to be protected.
    """

    codes: tuple[str, ...]
    place: CellPlace
    shown: int | None
    low: int
    high: int | None
    small: bool


INSERT = """
insert into published_cell (publication, number, codes, variable, area, period, breakdown,
  shown, low, high, small)
values (:publication, :number, :codes, :variable, :area, :period, :breakdown,
  :shown, :low, :high, :small)"""
CELLS = """
select codes, variable, area, period, breakdown, shown, low, high, small
from published_cell
where publication = :publication
order by number"""
COUNTS = """
select publication, sum(shown is not null or high is not low),
  sum(shown is null and high is not low)
from published_cell
group by publication"""
TOUCHING = """
with recursive
wanted (variable, area, period, breakdown) as (
  select json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]')
  from json_each(:places)),
seen (code) as (
  select code from publication where state <> 'undone'),
linked (code) as (
  select c.publication
  from wanted w
  join published_cell c on c.variable = w.variable and c.area = w.area and c.period = w.period
    and c.breakdown = w.breakdown
  where c.publication in (select code from seen)
  union
  select other.publication
  from linked l
  join published_cell c on c.publication = l.code and c.high is not c.low
  join published_cell other on other.variable = c.variable and other.area = c.area
    and other.period = c.period and other.breakdown = c.breakdown
  where other.publication in (select code from seen))
select code from linked order by cast(code as integer) desc"""
"""Publications with a wanted cell, then those that tell something of what these leave open."""


def add_cells(db: sqlite3.Connection, publication: str, cells: Iterable[PublishedCell]) -> None:
    """Write the cells of a publication inside an open transaction."""
    db.executemany(
        INSERT,
        (
            {
                "publication": publication,
                "number": number,
                "codes": json.dumps(cell.codes, ensure_ascii=False, separators=(",", ":")),
                "variable": cell.place.variable,
                "area": cell.place.area,
                "period": cell.place.period,
                "breakdown": cell.place.breakdown,
                "shown": cell.shown,
                "low": cell.low,
                "high": cell.high,
                "small": int(cell.small),
            }
            for number, cell in enumerate(cells)
        ),
    )


def cells(db: sqlite3.Connection, publication: str) -> tuple[PublishedCell, ...]:
    """The cells of a publication in the order of its table."""
    return tuple(
        PublishedCell(
            codes=tuple(parsed(codes)),
            place=CellPlace(variable=variable, area=area, period=period, breakdown=breakdown),
            shown=shown,
            low=low,
            high=high,
            small=bool(small),
        )
        for codes, variable, area, period, breakdown, shown, low, high, small in db.execute(
            CELLS, {"publication": publication}
        )
    )


def counts(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """By publication, how many cells it shows or hides, and how many of them are hidden."""
    return {code: (found, hidden) for code, found, hidden in db.execute(COUNTS)}


def touching(db: sqlite3.Connection, places: Sequence[CellPlace]) -> tuple[str, ...]:
    """Publications that tell something of these cells, the newest first; those undone do not count.

    A publication without any of the cells counts when it tells something of a cell that another
    one leaves open.
    """
    wanted = [[place.variable, place.area, place.period, place.breakdown] for place in places]
    found = db.execute(TOUCHING, {"places": json.dumps(wanted, ensure_ascii=False)})
    return tuple(str(row[0]) for row in found)
