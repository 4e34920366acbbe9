"""What the services on values return: plain records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicators.model.codes import Confidentiality, Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench.store import originals
from workbench.store.connection import Connection
from workbench.store.vintages import StoredVintage


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """One value with its state and the cell it came from.

    Attributes:
        variable, area, period, breakdown, dataset: what it is.
        value: None when the status is not A or Z.
        low, high: bounds of a suppressed value, else None.
        status, flags, confidentiality: its state.
        raw: the text of the cell as it stands in the kept file; None for typed values.
        file: name of the file, None for typed values.
        sheet: name of the sheet, None for text tables.
        row, column: address of the cell, from 1; None for typed values.
        vintage: number of the version.
    """

    variable: str
    area: str
    period: Period
    breakdown: Breakdown
    value: float | None
    low: float | None
    high: float | None
    status: Status
    flags: Flags
    raw: str | None
    file: str | None
    sheet: str | None
    row: int | None
    column: int | None
    vintage: int
    dataset: str
    confidentiality: Confidentiality = Confidentiality.F


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSource:
    """Where a value came from.

    Attributes:
        observation: the value.
        cell: address such as ``B5``; None for typed values.
        sha256: hash of the file; None for typed values.
        imported_at, made_by: when and by whom.
        recipe: how the file was read, as TOML text.
        mode: ``replace``, ``append``, ``correction`` or ``entry``.
        note: reason of a correction.
        corrections: other versions of the same cell in the same source, oldest first.
        redacted: headers of the columns blanked in the kept file.
    """

    observation: ObservationRow
    cell: str | None
    sha256: str | None
    imported_at: str
    made_by: str
    recipe: str | None
    mode: str = ""
    note: str = ""
    corrections: tuple[ObservationRow, ...] = ()
    redacted: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether rows of a file were counted, so that no single cell holds the value."""
        return self.observation.file is not None and self.observation.row is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRow:
    """A source with counts of its versions and current values."""

    code: str
    publisher: str | None
    licence: str | None
    fictitious: bool
    vintages: int
    observations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VintageRow:
    """A version.

    Attributes:
        id: its number.
        dataset, file, sha256, made_at, made_by, recipe, mode, note: what it is.
        observations: rows it holds, missing ones included.
        retracted: True when it no longer counts.
        redacted: headers of the columns blanked in the kept file.
        report: import report by the keys of the command line, or None.
    """

    id: int
    dataset: str
    file: str | None
    sha256: str | None
    made_at: str
    made_by: str
    mode: str
    observations: int
    retracted: bool
    redacted: tuple[str, ...]
    recipe: str | None
    note: str = ""
    report: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableRow:
    """A variable with current values; ``first`` and ``last`` are by period code."""

    code: str
    unit: str
    observations: int
    areas: int
    first: Period
    last: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """An area of the tree.

    Attributes:
        code, parent, level: place in the tree; level 0 is a country.
        names: by language; may be empty.
        valid_from, valid_to: first and last period code it exists, or None.
        successors: area code, first period code and share (0-1) of what follows it.
    """

    code: str
    parent: str | None = None
    level: int = 1
    names: Mapping[str, str] = field(default_factory=dict)
    valid_from: int | None = None
    valid_to: int | None = None
    successors: tuple[tuple[str, int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A series without its values."""

    variable: str
    area: str
    breakdown: Breakdown = TOTAL
    dataset: str
    unit: str
    first: Period
    last: Period
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """A piece of an original file as it came.

    Attributes:
        vintage, file, sheet: what it is; ``sheet`` None for text tables.
        sheets: names of all kept sheets.
        first_row: number of the first row in ``cells``.
        cells: texts by row and column; rows may differ in length.
        imported: row and column of the cells that became values.
        header_rows, note_rows: row numbers.
        redacted: numbers of the columns that were blanked.
    """

    vintage: int
    file: str
    sheet: str | None
    sheets: tuple[str, ...]
    first_row: int
    cells: tuple[tuple[str, ...], ...]
    imported: frozenset[tuple[int, int]]
    header_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
    redacted: tuple[int, ...]


def observation_rows(
    db: Connection, rows: Sequence[tuple[Any, ...]], *, with_raw: bool = True
) -> tuple[ObservationRow, ...]:
    """Records of store rows, with the texts of their cells read from the kept files."""
    raw = _raw_texts(db, rows) if with_raw else {}
    dims = {text: Breakdown.from_json(text) for text in {row[2] for row in rows}}
    periods = {code: Period(code) for code in {row[4] for row in rows}}
    return tuple(
        ObservationRow(
            variable=row[0],
            area=row[1],
            breakdown=dims[row[2]],
            dataset=row[3],
            period=periods[row[4]],
            vintage=row[5],
            value=row[6],
            low=row[7],
            high=row[8],
            status=Status(row[9]),
            flags=Flags(row[10]),
            confidentiality=Confidentiality(row[11]),
            raw=raw.get((row[15], row[12] or 0, row[13], row[14])),
            file=row[16],
            sheet=row[17] or None,
            row=row[13],
            column=row[14],
        )
        for row in rows
    )


def _raw_texts(
    db: Connection, rows: Sequence[tuple[Any, ...]]
) -> dict[tuple[str, int, int, int], str]:
    """Texts by hash, sheet, row and column."""
    cells: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in rows:
        if row[15] is not None and row[13] is not None and row[14] is not None:
            cells.setdefault((row[15], row[12] or 0), []).append((row[13], row[14]))
    return {
        (sha256, sheet, line, column): text
        for (sha256, sheet), wanted in cells.items()
        for (line, column), text in originals.cell_texts(db, sha256, sheet, wanted).items()
    }


def vintage_row(entry: StoredVintage) -> VintageRow:
    """The record of a stored version."""
    return VintageRow(
        id=entry.id,
        dataset=entry.dataset,
        file=entry.file,
        sha256=entry.sha256,
        made_at=entry.made_at,
        made_by=entry.made_by,
        mode=entry.mode.value,
        observations=entry.count,
        retracted=entry.retracted,
        redacted=tuple(str(column["name"]) for column in entry.redacted),
        recipe=entry.recipe,
        note=entry.note,
        report=entry.report,
    )


def cell_address(row: ObservationRow) -> str | None:
    """The address a spreadsheet shows, such as ``B5``."""
    if row.row is None or row.column is None:
        return None
    letters, number = "", row.column
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row.row}"
