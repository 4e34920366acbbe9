"""Observations of a variable as two texts of whole numbers, for reading whole cubes fast.

Most of the time of reading goes into the Python objects of each row, so SQLite itself joins the
rows to one text, while other threads run. Most rows are plain: without flags and bounds, and
either a whole number of at most twelve digits and status A, or missing. The others are read with
all their columns.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from indicators.model.codes import Status

PERIOD_BITS = 20
"""Width of a period beside its series; any period code fits."""
VINTAGE_BITS = 23
"""Width of a version beside its value: eight million deliveries."""
VALUE_BITS = 40
"""Width of the largest plain value."""
FLAGS = 16
"""What the flags of a row are multiplied with; above any status."""
IS_WHOLE = (
    f"o.status | o.flags = 0 and o.value = o.value & {(1 << VALUE_BITS) - 1}"
    " and o.low is null and o.high is null"
)
IS_MISSING = f"o.status = {Status.M} and o.flags = 0 and o.low is null and o.high is null"
SOURCE = """
from series s cross join observation o on o.series_id = s.id
where s.variable_id = (select id from variable where code = :variable)"""
TEXTS = f"""
select group_concat(o.series_id << {PERIOD_BITS} | o.period),
  group_concat(case
    when {IS_WHOLE} then o.value << {VINTAGE_BITS} | o.vintage_id
    when {IS_MISSING} then -1 - o.vintage_id
    else -1 end){SOURCE}"""
OTHERS = f"""
select o.value, o.low, o.high, o.vintage_id, o.flags * {FLAGS} + o.status{SOURCE}
  and not ifnull({IS_WHOLE}, 0) and not ({IS_MISSING})"""
SERIES = """
select min(s.unit), max(s.unit), group_concat(s.id), group_concat(s.area_id),
  group_concat(s.breakdown_id), group_concat(s.dataset_id)
from series s
where s.variable_id = (select id from variable where code = :variable)"""
BY_UNIT = " group by s.unit"
"""Only where there are several units: parting the series by unit takes a tenth longer."""
OF_DATASET = " and s.dataset_id = (select id from dataset where code = :dataset)"
OF_YEARS = " and o.period % 100 = 0"
OF_PARTS = " and o.period % 100 between :first_part and :last_part"
UNRETRACTED = " and o.vintage_id in (select id from vintage where retracted_by is null)"
SOME_RETRACTED = "select exists (select 1 from vintage where retracted_by is not null)"


class Texts(NamedTuple):
    """Rows of a variable as whole numbers parted by commas, both in one order.

    Attributes:
        keys: series and, in the lower ``PERIOD_BITS`` bits, period, one a row.
        values: value and, in the lower ``VINTAGE_BITS`` bits, version of a plain row; less than
            -1 for a missing one, by the number of its version; -1 for any other.
    """

    keys: str
    values: str


def _conditions(db: sqlite3.Connection, dataset: str | None, parts: tuple[int, int]) -> str:
    """Without the conditions that every row fulfils, which cost a tenth of the time."""
    conditions = [OF_YEARS if parts == (0, 0) else OF_PARTS]
    if dataset is not None:
        conditions.append(OF_DATASET)
    if db.execute(SOME_RETRACTED).fetchone()[0]:
        conditions.append(UNRETRACTED)
    return "".join(conditions)


def _wanted(variable: str, dataset: str | None, parts: tuple[int, int]) -> dict[str, object]:
    return {
        "variable": variable,
        "dataset": dataset,
        "first_part": parts[0],
        "last_part": parts[1],
    }


def packed_texts(
    db: sqlite3.Connection, variable: str, dataset: str | None, parts: tuple[int, int]
) -> Texts | None:
    """Unretracted rows of a variable whose period part lies in a range; None without any."""
    row = db.execute(
        TEXTS + _conditions(db, dataset, parts), _wanted(variable, dataset, parts)
    ).fetchone()
    return None if row[0] is None else Texts(*row)


def other_rows(
    db: sqlite3.Connection, variable: str, dataset: str | None, parts: tuple[int, int]
) -> list[tuple[float | None, float | None, float | None, int, int]]:
    """Value, low, high, version, and flags with status, of the rows that are not plain; same order."""
    return db.execute(
        OTHERS + _conditions(db, dataset, parts), _wanted(variable, dataset, parts)
    ).fetchall()


class SeriesTexts(NamedTuple):
    """Series of a variable in one unit; numbers of the store parted by commas, in one order."""

    unit: str
    series: str
    areas: str
    breakdowns: str
    datasets: str


def series_texts(db: sqlite3.Connection, variable: str, dataset: str | None) -> list[SeriesTexts]:
    """The series of a variable, one entry a unit."""
    statement = SERIES + ("" if dataset is None else OF_DATASET)
    wanted = {"variable": variable, "dataset": dataset}
    (row,) = db.execute(statement, wanted).fetchall()
    rows = [row] if row[0] == row[1] else db.execute(statement + BY_UNIT, wanted).fetchall()
    return [SeriesTexts(*each[1:]) for each in rows if each[0] is not None]


def area_codes(db: sqlite3.Connection) -> dict[int, str]:
    """Codes of all areas by number."""
    return dict(db.execute("select id, code from area").fetchall())


def breakdown_texts(db: sqlite3.Connection) -> dict[int, str]:
    """All breakdowns as JSON by number."""
    return dict(db.execute("select id, dims from breakdown").fetchall())
