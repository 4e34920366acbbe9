"""The import floor: the least work that puts a text table into the real tables.

The csv module, codes by dictionary, rows in order of the key into the real observation table with
the real pragmas, the file hashed and compressed. No checks, no report, no names, no wrong input.
"""

from __future__ import annotations

import csv
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

BLOCK = 256 * 1024


def keep_file(db: sqlite3.Connection, path: Path) -> str:
    digest = hashlib.sha256()
    blocks = []
    with path.open("rb") as stream:
        while data := stream.read(BLOCK):
            digest.update(data)
            blocks.append((len(data), zlib.compress(data, 3)))
    sha256 = digest.hexdigest()
    db.execute(
        "insert into original (sha256, name, format, size, stored_sha256, redacted)"
        " values (?, ?, 'csv', ?, ?, '[]')",
        (sha256, path.name, path.stat().st_size, sha256),
    )
    db.executemany(
        "insert into original_block (sha256, number, first_row, size, data) values (?, ?, 1, ?, ?)",
        ((sha256, number, size, data) for number, (size, data) in enumerate(blocks)),
    )
    return sha256


class Codes:
    """Numbers of variables, areas, breakdowns and series, made at first sight."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.variables: dict[str, int] = {}
        self.areas: dict[str, int] = {}
        self.breakdowns: dict[tuple[str, str], int] = {}
        self.series: dict[tuple[str, str, str, str], int] = {}

    def add(self, key: tuple[str, str, str, str]) -> int:
        variable, area, sex, age = key
        if variable not in self.variables:
            sql = "insert into variable (code, definition) values (?, '')"
            self.variables[variable] = int(self.db.execute(sql, (variable,)).lastrowid or 0)
        if area not in self.areas:
            sql = "insert into area (code, level, names) values (?, 0, '{}')"
            self.areas[area] = int(self.db.execute(sql, (area,)).lastrowid or 0)
        if (sex, age) not in self.breakdowns:
            sql = "insert into breakdown (dims) values (?)"
            dims = f'{{"AGE":"{age}","SEX":"{sex}"}}'
            self.breakdowns[sex, age] = int(self.db.execute(sql, (dims,)).lastrowid or 0)
        sql = (
            "insert into series (variable_id, area_id, breakdown_id, dataset_id, unit)"
            " values (?, ?, ?, 1, 'persons')"
        )
        values = (self.variables[variable], self.areas[area], self.breakdowns[sex, age])
        number = self.series[key] = int(self.db.execute(sql, values).lastrowid or 0)
        return number


def rows(db: sqlite3.Connection, path: Path) -> Iterator[tuple[object, ...]]:
    codes = Codes(db)
    known = codes.series
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        for number, (variable, area, period, sex, age, value) in enumerate(reader, start=2):
            key = (variable, area, sex, age)
            series = known.get(key) or codes.add(key)
            code = int(period) * 100
            yield (series, code, 1, float(value), None, None, 0, 0, 0, 0, number, 6)


def load(db: sqlite3.Connection, path: Path) -> int:
    """Load the file in one transaction; how many rows."""
    db.execute("begin immediate")
    sha256 = keep_file(db, path)
    db.execute("insert into dataset (id, code) values (1, 'floor')")
    db.execute(
        "insert into vintage (id, dataset_id, sha256, mode, made_at)"
        " values (1, 1, ?, 'replace', '2024-01-01')",
        (sha256,),
    )
    count = db.executemany(
        "insert into observation (series_id, period, vintage_id, value, low, high, status, flags,"
        " conf, sheet, row, col) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows(db, path),
    ).rowcount
    db.execute("commit")
    return count
