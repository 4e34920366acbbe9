"""What every dirty file is made of: a clean slice, the spoiled bytes, and what to expect."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from sample_data.generator.cells import Cut, Row
from sample_data.generator.country import AREA, REGIONS
from sample_data.generator.offices import UNITS
from sample_data.generator.write import DIMENSIONS, csv_text, used_dimensions

EN, ES, PT, FR = range(4)
"""Position of a language in a tuple of names."""
COUNTRY = ("Valdoria", "Valdoria", "Valdória", "Valdorie")
BOM = b"\xef\xbb\xbf"
BLANK, NOT_AVAILABLE, NOT_APPLICABLE, CONFIDENTIAL = (
    "blank", "not_available", "not_applicable", "confidential",
)  # fmt: skip
KINDS = (BLANK, NOT_AVAILABLE, NOT_APPLICABLE, CONFIDENTIAL)
MARKS = {BLANK: ("", ""), NOT_AVAILABLE: ("..", "M"), NOT_APPLICABLE: ("x", "X"), CONFIDENTIAL: ("c", "S")}  # fmt: skip
"""Value and status by which a clean twin writes each kind of missing."""

Facts = Mapping[str, object]
Lines = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """A dirty file before it is written.

    Attributes:
        name: file name, which begins with its number (``D01_...``).
        content: its bytes; empty when the stored file is kept.
        clean: what a right import holds, cell by cell.
        rows: rows of data in the file, those that are set aside included.
        trouble: what is wrong with it, in words.
        twin: name of the clean twin when several files share one.
        units: unit by variable in the twin.
        facts: further keys of the expectation.
        further: other small texts to write, by name.
    """

    name: str
    content: bytes
    clean: Sequence[Row]
    rows: int
    trouble: str
    twin: str = ""
    units: Mapping[str, str] = field(default_factory=lambda: UNITS)
    facts: Facts = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rsplit(".", 1)[0]

    @property
    def twin_name(self) -> str:
        """Name of the clean twin."""
        return self.twin or f"{self.stem}.clean.csv"


def read_rows(path: Path) -> list[Row]:
    """The rows of a clean delivery."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                variable=line["variable"],
                area=line["area"],
                period=line["period"],
                cut=tuple((dim, line[dim]) for dim in DIMENSIONS if line.get(dim)),
                value=line["value"],
                status=line["status"],
                flags=line["flags"],
            )
            for line in csv.DictReader(file)
        ]


def pick(
    rows: Iterable[Row],
    *variables: str,
    dims: Sequence[Sequence[str]] = ((),),
    areas: Sequence[str] = (),
    first: str = "",
    flags: bool = False,
) -> list[Row]:
    """A slice: rows of some variables and cuts, from a period on; zeros and flags made plain.

    Args:
        rows: of a delivery.
        variables: codes.
        dims: names of the dimensions of each cut; the empty one is the total.
        areas: area codes, all when empty.
        first: first period.
        flags: whether the file shows flags.
    """
    wanted = {tuple(names) for names in dims}
    return [
        plain(row, flags=flags)
        for row in rows
        if row.variable in variables
        and tuple(dim for dim, _ in row.cut) in wanted
        and (not areas or row.area in areas)
        and row.period >= first
    ]


def plain(row: Row, *, flags: bool = False) -> Row:
    """The row as a file without a column of states tells it: a zero is a number like others."""
    status = "A" if row.status == "Z" else row.status
    return replace(row, status=status, flags=row.flags if flags else "")


def missing(row: Row, kind: str) -> Row:
    """The row without a number."""
    value, status = MARKS[kind]
    return replace(row, value=value, status=status, flags="")


def kind_of(row: Row) -> str:
    """Kind of missing of a row, or ``number`` or ``censored``."""
    for kind, mark in MARKS.items():
        if (row.value, row.status) == mark:
            return kind
    return "censored" if row.status == "S" else "number"


def code_in(row: Row, dim: str) -> str:
    """Code of a row in a dimension; empty for the total."""
    return dict(row.cut).get(dim, "")


def region_names(language: int) -> dict[str, str]:
    """Names of the country and its regions by code."""
    names = {region.code: region.names[language] for region in REGIONS}
    return {AREA: COUNTRY[language], **names}


def words(dim: str, language: int) -> dict[str, str]:
    """Labels of a code list by code."""
    from indicators.codelists import code_list

    name = ("en", "es", "pt", "fr")[language]
    return {entry.code: str(getattr(entry.label, name)) for entry in code_list(dim).entries}


def variable_name(code: str, language: int) -> str:
    """Name of a variable of the catalogue."""
    from indicators.catalog import load_catalogue

    name = ("en", "es", "pt", "fr")[language]
    return str(getattr(load_catalogue().variables[code].name, name))


def table(
    header: Sequence[str],
    lines: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    end: str = "\n",
    quote_all: bool = False,
) -> str:
    """A text table."""
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=delimiter,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow(header)
    writer.writerows(lines)
    return buffer.getvalue()


def set_aside(row: int | None, value: str, reason: str, sheet: str | None = None) -> Facts:
    """One row that is left out, counted from 1 as a person counts the lines of the file."""
    return {"sheet": sheet, "row": row, "value": value, "reason": reason}


def twin_text(rows: Sequence[Row], units: Mapping[str, str]) -> str:
    """The clean twin: the program's own long layout."""
    dims = used_dimensions(rows)
    has_unit = any(row.variable in units for row in rows)
    header = ("variable", "area", "period", *dims, "value", "status", "flags")
    header += ("unit",) if has_unit else ()
    return csv_text(header, (_twin_line(row, dims, units if has_unit else None) for row in rows))


def _twin_line(row: Row, dims: Sequence[str], units: Mapping[str, str] | None) -> Sequence[object]:
    cut: Cut = row.cut
    codes = (dict(cut).get(dim, "") for dim in dims)
    line = (row.variable, row.area, row.period, *codes, row.value, row.status, row.flags)
    return line if units is None else (*line, units.get(row.variable, ""))


def expectation_text(spoiled: Spoiled) -> str:
    """The sidecar as JSON."""
    kinds = Counter(kind_of(row) for row in spoiled.clean)
    numbers = [Decimal(row.value) for row in spoiled.clean if kind_of(row) == "number"]
    content: dict[str, object] = {
        "file": spoiled.name,
        "trouble": spoiled.trouble,
        "clean": spoiled.twin_name,
        "rows": spoiled.rows,
        "observations": kinds["number"] + kinds["censored"],
        "sum": float(sum(numbers)),
        "missing": {kind: kinds[kind] for kind in KINDS},
        "censored": kinds["censored"],
        "footnotes": 0,
        "note_lines": 0,
        "asks": [],
        "answers": {},
        "warnings": [],
        "set_aside": [],
        "given": {},
        "columns": {},
    }
    content.update(spoiled.facts)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
