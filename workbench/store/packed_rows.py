"""Observations of a variable as three numbers a row, for reading whole cubes fast.

Most of the time of reading goes into the Python objects of each column, so what belongs together is
joined by SQLite: series and period to one number, version, flags and status to another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

PERIODS = 1_000_000
"""Above any period code."""
VERSIONS, FLAGS, STATES = 4096, 16, 2
"""What version, flags and status are multiplied with; the last bit says whether there are bounds."""
LOT = 4_096
PACKED = f"""
select o.series_id * {PERIODS} + o.period,
  o.vintage_id * {VERSIONS} + o.flags * {FLAGS} + o.status * {STATES}
    + (o.low is not null or o.high is not null),
  ifnull(o.value, 9e999)
from series s
join observation o on o.series_id = s.id
where s.variable_id = (select id from variable where code = :variable)"""  # noqa: S608 - fixed numbers
OF_DATASET = " and s.dataset_id = (select id from dataset where code = :dataset)"
OF_YEARS = " and o.period % 100 = 0"
OF_PARTS = " and o.period % 100 between :first_part and :last_part"
UNRETRACTED = " and o.vintage_id in (select id from vintage where retracted_by is null)"
SOME_RETRACTED = "select exists (select 1 from vintage where retracted_by is not null)"


def _statement(db: sqlite3.Connection, dataset: str | None, parts: tuple[int, int]) -> str:
    """The query without the conditions that every row fulfils, which cost a fifth of the time."""
    conditions = [OF_YEARS if parts == (0, 0) else OF_PARTS]
    if dataset is not None:
        conditions.append(OF_DATASET)
    if db.execute(SOME_RETRACTED).fetchone()[0]:
        conditions.append(UNRETRACTED)
    return PACKED + "".join(conditions)


def packed_lots(
    db: sqlite3.Connection, variable: str, dataset: str | None, parts: tuple[int, int]
) -> Iterator[list[tuple[int, int, float]]]:
    """Unretracted rows of a variable whose period part lies in a range, some thousand at a time.

    A missing value is infinite; its state says that it is missing.
    """
    cursor = db.execute(
        _statement(db, dataset, parts),
        {
            "variable": variable,
            "dataset": dataset,
            "first_part": parts[0],
            "last_part": parts[1],
        },
    )
    while lot := cursor.fetchmany(LOT):
        yield lot
