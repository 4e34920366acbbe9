"""Findings that need the store: sources that disagree, and personal data left in kept files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from indicators.checks import CheckInput
from indicators.codelists import has_list
from indicators.errors import C_, N_, Note, Severity
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube
from workbench.errors import StoreCorrupt
from workbench.store import inventory, originals
from workbench.store.vintages import StoredVintage

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

ROWS_LOOKED_AT = 300
FREE_ROLES = frozenset({"note", "ignore", "skip"})
"""Roles of columns whose content nothing else reads."""


def check_input(ws: Workspace, cubes: dict[str, Cube]) -> CheckInput:
    """What the rules look at: cubes, definitions, tree of areas, events and breaks."""
    from workbench.services.events import breaks, events
    from workbench.services.inventory import areas
    from workbench.services.packs import catalogue

    known = catalogue(ws)
    listed = areas(ws)
    return CheckInput(
        cubes=cubes,
        parents={row.code: row.parent for row in listed if row.parent is not None},
        wholes={
            code: entry.subset_of
            for code, entry in known.variables.items()
            if entry.subset_of is not None
        },
        not_additive=frozenset(
            entry.n_effective for entry in known.indicators.values() if entry.n_effective
        ),
        breaks=breaks(ws),
        events=events(ws),
        validity={
            row.code: (row.valid_from, row.valid_to)
            for row in listed
            if row.valid_from is not None or row.valid_to is not None
        },
    )


def source_conflicts(ws: Workspace) -> Iterator[Note]:
    """Pairs of sources that give different values for the same cells, one remark a pair."""
    rows = inventory.conflicting_cells(ws.db)
    for (variable, first, second), group in groupby(rows, itemgetter(0, 4, 6)):
        cells = list(group)
        _, area, dims, period, _, value, _, other = cells[0]
        yield Note(
            code="sources_differ",
            text=C_(
                "“{variable}”: the sources {first} and {second} differ in {count} cell. In "
                "{area} {period} one says {value}, the other {other}.",
                "“{variable}”: the sources {first} and {second} differ in {count} cells. In "
                "{area} {period} one says {value}, the other {other}.",
            ),
            severity=Severity.NOTE,
            data={
                "variable": variable,
                "area": area,
                "period": str(Period(period)),
                "breakdown": str(Breakdown.from_json(dims)),
                "first": first,
                "second": second,
                "count": len(cells),
                "value": value,
                "other": other,
            },
        )


def conflict_notes(entry: StoredVintage) -> Iterator[Note]:
    """Cells that one file gave twice with different values; the import set them aside."""
    aside = (entry.report or {}).get("set_aside")
    if entry.retracted or not isinstance(aside, list):
        return
    found = [line for line in aside if line.get("code") == "conflict"]
    if found:
        yield Note(
            code="file_conflict",
            text=C_(
                "“{file}” gives {count} cell twice with different values; it was set aside. It "
                "is in row {row}.",
                "“{file}” gives {count} cells twice with different values; they were set aside. "
                "The first is in row {row}.",
            ),
            severity=Severity.WARN,
            data={
                "file": entry.file or "",
                "vintage": entry.id,
                "count": len(found),
                "row": found[0].get("row"),
            },
        )


UNREADABLE = frozenset(
    (
        *("not_a_number", "other_number_format", "scientific_notation", "unknown_status"),
        *("unknown_flag", "unknown_magnitude", "unknown_part", "not_a_period", "date_number"),
        *("letters_lost", "nul", "broken_quote", "short_row", "long_row"),
    )
)
"""Why an import set cells aside that it could not read."""
IMPOSSIBLE = frozenset(
    (
        "negative_count",
        "fraction_of_count",
        "number_too_large",
        "out_of_range",
        "year_out_of_range",
    )
)
"""Why it set aside what it read, because it cannot be."""
_SET_ASIDE = (
    (
        "file_format",
        UNREADABLE,
        C_(
            "“{file}” has {count} cell or row that could not be read. It is in row {row}: "
            "“{value}”.",
            "“{file}” has {count} cells or rows that could not be read. The first is in row "
            "{row}: “{value}”.",
        ),
    ),
    (
        "file_range",
        IMPOSSIBLE,
        C_(
            "“{file}” has {count} value that cannot be, “{value}” in row {row}; it was set aside.",
            "“{file}” has {count} values that cannot be, such as “{value}” in row {row}; "
            "they were set aside.",
        ),
    ),
)


def set_aside_notes(entry: StoredVintage) -> Iterator[Note]:
    """Cells that the import of one file set aside, because of how they are written or what they say."""
    aside = (entry.report or {}).get("set_aside")
    if entry.retracted or not isinstance(aside, list):
        return
    for code, reasons, text in _SET_ASIDE:
        found = [line for line in aside if line.get("code") in reasons]
        if found:
            yield Note(
                code=code,
                text=text,
                severity=Severity.WARN,
                data={
                    "file": entry.file or "",
                    "vintage": entry.id,
                    "count": len(found),
                    "row": found[0].get("row"),
                    "value": found[0].get("value"),
                },
            )


def personal_notes(ws: Workspace, entry: StoredVintage) -> Iterator[Note]:
    """Columns of a kept file that look like data about single persons and were not blanked."""
    from workbench.importing.layout import Header
    from workbench.importing.personal import personal_columns

    if entry.sha256 is None or not _is_readable(ws, entry.sha256):
        return
    kept = originals.stored_original(ws.db, entry.sha256)
    names = originals.sheets(ws.db, entry.sha256) or {0: ""}
    for sheet, title in names.items():
        layout = next((part for part in entry.layout if part.sheet == sheet), None)
        first = max(layout.header_rows, default=1) if layout else 1
        rows = [
            [text or "" for text in texts]
            for _, texts in islice(
                originals.rows_from(ws.db, entry.sha256, sheet, first), ROWS_LOOKED_AT
            )
        ]
        if not rows:
            continue
        blanked = {column.column - 1 for column in kept.redacted if column.sheet == sheet}
        header = Header(row=first, names=tuple(rows[0]))
        needed = _read_columns(entry, header.names)
        for index, sign in personal_columns(header, rows[1:], needed).items():
            if index in blanked:
                continue
            yield Note(
                code="personal_data",
                text=N_(
                    "The kept file “{file}” seems to hold {kind} in column {column} {sheet}. "
                    "Remove version {vintage} for good, or say why it is none."
                ),
                severity=Severity.STOP,
                data={
                    "file": entry.file or "",
                    "vintage": entry.id,
                    "sheet": title,
                    "column": header.names[index] or index + 1,
                    "kind": sign.text,
                },
            )


def _is_readable(ws: Workspace, sha256: str) -> bool:
    """False for a damaged kept file, which the check of the file names."""
    try:
        for sheet in originals.sheets(ws.db, sha256) or {0: ""}:
            next(originals.rows_from(ws.db, sha256, sheet, 1), None)
    except StoreCorrupt:
        return False
    return True


def _read_columns(entry: StoredVintage, names: tuple[str, ...]) -> set[int]:
    """Columns that the recipe reads as something else than free text."""
    recipe = tomllib.loads(entry.recipe) if entry.recipe else {}
    read = {
        str(column.get("name", "")).casefold()
        for column in recipe.get("column", [])
        if column.get("role") not in FREE_ROLES
    }
    return {index for index, name in enumerate(names) if name.casefold() in read or has_list(name)}
