"""Writing: long CSV, small tables, TOML, one spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from sample_data.generator.cells import Row
from sample_data.generator.country import AREA, REGIONS, SPLIT_YEAR, YEARS
from sample_data.generator.offices import LICENCE, OFFICES, UNITS, Names
from sample_data.generator.texts import BREAKS, EVENTS

DIMENSIONS = (
    "SEX", "AGE", "CITG", "CIT", "FORM", "OUT", "PDEC", "SEN", "K", "STAT", "DAY", "ROL", "SEC",
    "RSK", "SRC", "CHN", "COR", "PIL", "BFN", "INS", "SVC",
)  # fmt: skip
"""Order of the dimension columns."""
LANGUAGES = ("en", "es", "pt", "fr")


def csv_text(header: Sequence[str], lines: Iterable[Sequence[object]], note: str = "") -> str:
    """A CSV text with LF line ends; a note stands on the first line."""
    buffer = io.StringIO()
    if note:
        buffer.write(f"# {note}\n")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return buffer.getvalue()


def used_dimensions(rows: Iterable[Row]) -> tuple[str, ...]:
    """The dimensions that the rows use, in the order of the columns."""
    used = {dim for row in rows for dim, _ in row.cut}
    return tuple(dim for dim in DIMENSIONS if dim in used)


def delivery_text(rows: Sequence[Row]) -> str:
    """A delivery as long CSV; an empty dimension is the total; money names its unit."""
    dims = used_dimensions(rows)
    money = any(row.variable in UNITS for row in rows)
    header = ("variable", "area", "period", *dims, "value", "status", "flags")
    header += ("unit",) if money else ()
    lines = (
        (
            row.variable,
            row.area,
            row.period,
            *(dict(row.cut).get(dim, "") for dim in dims),
            row.value,
            row.status,
            row.flags,
            *((UNITS.get(row.variable, ""),) if money else ()),
        )
        for row in rows
    )
    return csv_text(header, lines)


def wide_book(path: Path, rows: Sequence[Row], title: str) -> None:
    """A delivery as a spreadsheet with years in columns under a title row."""
    from xlsxwriter import Workbook

    dims = used_dimensions(rows)
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        key = (row.variable, row.area, *(dict(row.cut).get(dim, "") for dim in dims))
        lines.setdefault(key, {})[row.period] = row.value
    book = Workbook(str(path), {"strings_to_numbers": False})
    book.set_properties({"title": title, "created": datetime(2025, 3, 31)})  # noqa: DTZ001 - a fixed date
    sheet = book.add_worksheet("Data")
    sheet.write_string(0, 0, title)
    sheet.write_row(1, 0, ("variable", "area", *dims, *YEARS))
    for r, (key, values) in enumerate(lines.items(), start=2):
        for c, text in enumerate(key):
            if text:
                sheet.write_string(r, c, text)
        for c, year in enumerate(YEARS, start=len(key)):
            text = values.get(str(year), "")
            if text in ("..", "<5", "n/a"):
                sheet.write_string(r, c, text)
            elif text:
                sheet.write_number(r, c, float(text))
    book.close()


def regions_text() -> str:
    """The country and its regions with their history; links say who a region came from."""
    header = (
        "code", "parent", "level", *(f"name_{lang}" for lang in LANGUAGES), "valid_from",
        "valid_to", "predecessor", "predecessor_share", "border",
    )  # fmt: skip
    names = ("Valdoria", "Valdoria", "Valdória", "Valdorie")
    lines: list[tuple[object, ...]] = [(AREA, "", 0, *names, "", "", "", "", "")]
    share = {region.code: region.share for region in REGIONS}
    part = share["XV-14"] / (share["XV-14"] + share["XV-09"])
    for region in REGIONS:
        new = region.code == "XV-14"
        link = (SPLIT_YEAR, "", "XV-09", f"{part:.4f}") if new else ("", "", "", "")
        lines.append((region.code, AREA, 1, *region.names, *link, region.border))
    return csv_text(header, lines)


def events_text() -> str:
    """The events."""
    header = (
        "id", "kind", "start", "end", "areas", "pillar", "recommendations", "delay", "document",
        "variables", *(f"name_{lang}" for lang in LANGUAGES),
    )  # fmt: skip
    return csv_text(
        header,
        (
            (
                e.id, e.kind, e.start, e.end, e.areas, e.pillar, e.recommendations, e.delay,
                e.document, e.variables, *e.names,
            )
            for e in EVENTS
        ),
    )  # fmt: skip


def breaks_text() -> str:
    """The breaks."""
    header = (
        "id", "kind", "start", "variables", "areas", *(f"text_{lang}" for lang in LANGUAGES),
    )  # fmt: skip
    return csv_text(
        header, ((b.id, b.kind, b.start, b.variables, b.areas, *b.texts) for b in BREAKS)
    )


def _inline(names: Names) -> str:
    pairs = (f"{lang} = {_quoted(text)}" for lang, text in zip(LANGUAGES, names, strict=True))
    return "{ " + ", ".join(pairs) + " }"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def deliveries_text(rows: dict[str, int]) -> str:
    """What each delivery is: file, dataset, publisher, variables, units, number of rows."""
    blocks = ["# The deliveries of the invented country, in the order of the demonstration.\n"]
    for office in OFFICES:
        units = {code: UNITS[code] for code in office.variables if code in UNITS}
        lines = [
            "[[delivery]]",
            f"file = {_quoted(office.file)}",
            f"dataset = {_quoted(office.dataset)}",
            f"publisher = {_inline(office.names)}",
            f"licence = {_quoted(LICENCE)}",
            "fictitious = true",
            f"rows = {rows[office.file]}",
            "variables = [" + ", ".join(_quoted(code) for code in office.variables) + "]",
        ]
        if units:
            pairs = ", ".join(f"{code} = {_quoted(unit)}" for code, unit in units.items())
            lines.append("units = { " + pairs + " }")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
