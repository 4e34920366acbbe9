"""Reads a file of Stata, SPSS, SAS or Parquet in a process of its own and writes CSV.

Started by file path with the isolated interpreter, so it must not import the program. A damaged
or hostile file can then end this process only.

Usage: ``data_file_child.py rows KIND ENCODING FILE`` prints a row of names and then the rows;
``ENCODING`` is ``-`` when the file tells it. A column with value labels is followed by a column
of these labels; one with values its source declares missing by a column that holds them, and
the cell itself is empty then.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = {"parquet": 4 << 30}
USUAL_MEMORY = 1 << 30
CPU_SECONDS = 120
NUMBER_MARK = "\x1e"
FAILED = 3
CELLS_AT_A_TIME = 1_000_000


def limit(kind: str) -> None:
    """Set memory and time limits where the system has them."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    try:
        import resource
    except ImportError:
        return
    memory = MEMORY_BYTES.get(kind, USUAL_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text(value: Any) -> str:
    """A cell as text: typed numbers that are not whole carry a mark; dates are ISO."""
    kind = value.__class__
    if value is None:
        return ""
    if kind is str:
        return str(value)
    if kind is bool:
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number(float(value))
    if kind is datetime and value.time() == time(0):
        return str(value.date().isoformat())
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if kind is timedelta:
        return number(value.total_seconds())
    found = str(value)
    is_fraction = kind.__name__ == "Decimal" and "." in found
    return NUMBER_MARK + found if is_fraction else found


def number(value: float) -> str:
    """A number as text; one that is none is empty."""
    if value != value:
        return ""
    if value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return NUMBER_MARK + repr(value)


def statistical_rows(kind: str, encoding: str, path: str) -> Iterator[list[str]]:
    """The names, then the rows of a file of Stata, SPSS or SAS."""
    import pyreadstat

    read: Any = {
        "dta": pyreadstat.read_dta,
        "sav": pyreadstat.read_sav,
        "por": pyreadstat.read_por,
        "sas7bdat": pyreadstat.read_sas7bdat,
        "xport": pyreadstat.read_xport,
    }[kind]
    asked: dict[str, Any] = {"output_format": "dict"}
    if encoding != "-":
        asked["encoding"] = encoding
    if kind in ("dta", "sav", "sas7bdat"):
        asked["user_missing"] = True
    _, about = read(path, metadataonly=True, **asked)
    names = list(about.column_names)
    size = max(1_000, CELLS_AT_A_TIME // max(len(names), 1))

    def parts() -> Iterator[tuple[int, Any, Any]]:
        start, count = 0, size
        while names and count == size:
            data, meta = read(path, row_limit=size, row_offset=start, **asked)
            count = len(data[names[0]])
            start += count
            yield count, data, meta

    about.missing_user_values = marked_columns(kind, parts())
    yield header(names, about)
    for count, data, _ in parts():
        if count:
            yield from statistical_part(names, data, about)


def marked_columns(kind: str, parts: Iterator[tuple[int, Any, Any]]) -> dict[str, list[str]]:
    """The letters of missing values that Stata and SAS files hold, by column."""
    found: dict[str, list[str]] = {}
    if kind in ("dta", "sas7bdat"):
        for _, _, meta in parts:
            found.update(meta.missing_user_values or {})
    return found


def header(names: Sequence[str], about: Any) -> list[str]:
    """The names of all columns."""
    row = []
    for name in names:
        row.append(name)
        if name in about.variable_value_labels:
            row.append(f"{name} label")
        if has_missing(name, about):
            row.append(f"{name} missing")
    return row


def has_missing(name: str, about: Any) -> bool:
    """Whether the source declares values of a column missing."""
    return name in (about.missing_ranges or {}) or name in about.missing_user_values


def statistical_part(
    names: Sequence[str], data: Mapping[str, Sequence[Any]], about: Any
) -> Iterator[list[str]]:
    """The rows of one part."""
    columns: list[list[str]] = []
    for name in names:
        values = data[name]
        labels = about.variable_value_labels.get(name)
        marks = missing_marks(name, values, about)
        hidden = marks or [""] * len(values)
        columns.append(
            ["" if mark else text(value) for value, mark in zip(values, hidden, strict=True)]
        )
        if labels is not None:
            columns.append([str(labels.get(value, "")) for value in values])
        if marks is not None:
            columns.append(marks)
    yield from map(list, zip(*columns, strict=True))


def missing_marks(name: str, values: Sequence[Any], about: Any) -> list[str] | None:
    """The text of each value that its source declares missing; None for columns without."""
    if not has_missing(name, about):
        return None
    ranges = (about.missing_ranges or {}).get(name, ())
    letters = name in about.missing_user_values
    found = []
    for value in values:
        is_missing = (letters and isinstance(value, str)) or in_ranges(value, ranges)
        found.append(text(value).lstrip(NUMBER_MARK) if is_missing else "")
    return found


def in_ranges(value: Any, ranges: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a value lies in one of the ranges."""
    if value is None:
        return False
    for part in ranges:
        low, high = part["lo"], part["hi"]
        if isinstance(value, str) == isinstance(low, str) and low <= value <= high:
            return True
    return False


def parquet_rows(path: str) -> Iterator[list[str]]:
    """The names, then the rows of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    pyarrow.set_cpu_count(1)
    file = parquet.ParquetFile(path)
    names = file.schema_arrow.names
    for name, kind in zip(names, file.schema_arrow.types, strict=True):
        if pyarrow.types.is_nested(kind) or pyarrow.types.is_binary(kind):
            raise ValueError(f"the column {name} is no plain column ({kind})")
    yield list(names)
    size = max(1_000, CELLS_AT_A_TIME // max(len(names), 1))
    for batch in file.iter_batches(batch_size=size, use_threads=False):
        columns = [map(text, column.to_pylist()) for column in batch.columns]
        yield from map(list, zip(*columns, strict=True))


def errors(kind: str) -> tuple[type[BaseException], ...]:
    """What the libraries raise for a file they cannot read."""
    usual = (OSError, MemoryError, ValueError, OverflowError, KeyError, TypeError)
    if kind == "parquet":
        import pyarrow

        return (*usual, pyarrow.ArrowException)
    import pyreadstat

    return (*usual, pyreadstat.ReadstatError, pyreadstat.PyreadstatError)


def main(arguments: list[str]) -> int:
    """Run one command; every failure is one line on the error stream."""
    _, kind, encoding, path = arguments[:4]
    limit(kind)
    try:
        found = parquet_rows(path) if kind == "parquet" else statistical_rows(kind, encoding, path)
        csv.writer(sys.stdout, lineterminator="\n").writerows(found)
    except errors(kind) as error:
        kind_of_error = type(error).__name__
        sys.stderr.write(" ".join((str(error) or kind_of_error).split())[:500])
        return FAILED
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
