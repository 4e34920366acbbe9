"""What the data screen reads: sources, inputs, notes, findings, the kept sheet; in workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import CellText, HeadText, Row

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from workbench.services.observations import RawSheet
    from workbench.services.workspace import Workspace

RAW_ROWS = 400
_REMOVABLE = ("personal_data",)
"""Rules whose remedy is to remove the version for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One delivery, correction or typed entry of a source."""

    id: int
    title: str
    count: int
    retracted: bool
    has_file: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source with its versions, newest first."""

    code: str
    name: str
    count: int
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A piece of a kept file, ready to show; ``after`` is the row that follows, None at the end."""

    vintage: int = 0
    file: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heads: tuple[HeadText, ...] = ()
    rows: tuple[Row, ...] = ()
    after: int | None = None
    note: str = ""


def read_sources(ws: Workspace) -> tuple[Source, ...]:
    """Sources with versions, newest first; called in a worker."""
    from ui.viewmodels.wording import time_text
    from workbench.i18n import _, message
    from workbench.services import observations

    versions: dict[str, list[Version]] = {}
    for row in observations.vintages(ws):
        day = time_text(row.made_at).rsplit(",", 1)[0]
        if row.mode == "correction":
            title = message("Correction, {day}", {"day": day})
        else:
            title = row.file or message("Typed, {day}", {"day": day})
        if row.retracted:
            title = message("{title} (taken back)", {"title": title})
        versions.setdefault(row.dataset, []).append(
            Version(
                id=row.id,
                title=title or _("no name"),
                count=row.observations,
                retracted=row.retracted,
                has_file=row.file is not None,
            )
        )
    return tuple(
        Source(
            code=row.code,
            name=row.publisher or row.code,
            count=row.observations,
            versions=tuple(reversed(versions.get(row.code, []))),
        )
        for row in observations.datasets(ws)
    )


def read_inputs(ws: Workspace, source: str) -> tuple[tuple[str, str], ...]:
    """Inputs of a source, code and name."""
    from workbench.services import indicators, observations

    codes = {row.variable for row in observations.series_list(ws) if row.dataset == source}
    named = ((code, indicators.input_name(ws, code)) for code in codes)
    return tuple(sorted(named, key=lambda pair: pair[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A note in words.

    Attributes:
        id, text: the note.
        about: what it is about, in words; empty for the whole source.
        by, at: who and when.
        cell: the value it is about; None where it is about more.
    """

    id: str
    text: str
    about: str
    by: str
    at: str
    cell: CellRef | None = None


def read_notes(ws: Workspace, source: str) -> tuple[NoteLine, ...]:
    """Notes on a source and its values, newest first; called in a worker."""
    from ui.viewmodels.wording import time_text
    from workbench.i18n import local, period_text
    from workbench.presenting.naming import breakdown_text
    from workbench.services import indicators, notes, observations, packs

    known = packs.catalogue(ws)
    areas = {row.code: local(row.names) or row.code for row in observations.areas(ws)}
    lines = []
    for note in notes.notes(ws, dataset=source):
        about = note.about
        parts = (
            indicators.input_name(ws, about.variable) if about.variable else "",
            areas.get(about.area, about.area),
            period_text(about.period) if about.period is not None else "",
            breakdown_text(about.breakdown, known),
        )
        cell = None
        if about.variable and about.period is not None:
            cell = CellRef(
                variable=about.variable, area=about.area, period=str(about.period),
                breakdown=str(about.breakdown),
            )  # fmt: skip
        lines.append(
            NoteLine(
                id=note.id,
                text=note.text,
                about=", ".join(part for part in parts if part),
                by=note.made_by,
                at=time_text(note.made_at),
                cell=cell,
            )
        )
    return tuple(lines)


def read_source_findings(ws: Workspace, source: str) -> tuple[SourceFinding, ...]:
    """What the checks say about the inputs of a source, the gravest first; called in a worker."""
    from workbench.services import findings, observations

    inputs = {code for code, _name in read_inputs(ws, source)}
    own = {row.id for row in observations.vintages(ws, source)}
    found = []
    for entry in findings.findings(ws, open_only=True):
        data = entry.note.data
        variable = str(data.get("variable", "") or "")
        version = int(str(data.get("vintage", 0) or 0)) if entry.rule in _REMOVABLE else 0
        if variable not in inputs and version not in own:
            continue
        period = str(data.get("period", "") or "")
        area = str(data.get("area", "") or "").split(",")[0]
        cell = None
        if variable and area and period:
            cut = str(data.get("breakdown", "") or "")
            cell = CellRef(variable=variable, area=area, period=period, breakdown=cut)
        level = entry.note.severity.value
        found.append(SourceFinding(level=level, text=_words(entry), cell=cell, version=version))
    order = ("stop", "warn", "note")
    return tuple(sorted(found, key=lambda entry: order.index(entry.level)))


def _words(entry: Any) -> str:
    from workbench.i18n import note_text

    return note_text(entry.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFinding:
    """A finding of the checks.

    Attributes:
        level, text: how grave it is, and the sentence.
        cell: the value it is about, or None.
        version: number of the version that can be removed for good because of it, or 0.
    """

    level: str
    text: str
    cell: CellRef | None = None
    version: int = 0


def cell_words(
    cell: CellRef, areas: Mapping[str, Mapping[str, str]], known: Catalogue | None = None
) -> str:
    """A value in words.

    Args:
        cell: the value.
        areas: names by language, by code.
        known: the catalogue of the project, with what its packs and itself add.
    """
    from indicators.model.period import Period
    from indicators.model.series import Breakdown
    from workbench.i18n import local, period_text
    from workbench.presenting.naming import breakdown_text, variable_name

    parts = (
        variable_name(cell.variable, known),
        local(areas[cell.area]) if cell.area in areas else cell.area,
        period_text(Period.parse(cell.period)),
        breakdown_text(Breakdown.parse(cell.breakdown), known),
    )
    return ", ".join(part for part in parts if part)


def read_cell(ws: Workspace, cell: CellRef, source: str) -> CellRef:
    """A value with the address of its cell; called in a worker.

    Raises:
        WorkbenchError: no source holds it.
    """
    from indicators.model.period import Period
    from indicators.model.series import Breakdown
    from workbench.errors import WorkbenchError
    from workbench.services import observations

    def found(dataset: str | None) -> CellRef:
        row = observations.source(
            ws,
            variable=cell.variable,
            area=cell.area,
            period=Period.parse(cell.period),
            breakdown=Breakdown.parse(cell.breakdown),
            dataset=dataset,
        ).observation
        return replace(cell, vintage=row.vintage, sheet=row.sheet, row=row.row, column=row.column)

    try:
        return found(source)
    except WorkbenchError:  # another source holds it
        return found(None)


def read_raw(
    ws: Workspace, version: int, sheet: str | None, first_row: int, count: int = RAW_ROWS
) -> Raw:
    """A piece of a kept file with marks on headers, notes and imported cells."""
    from workbench.i18n import _
    from workbench.services import observations

    found = observations.raw_sheet(ws, version, sheet, first_row=first_row, rows=count)
    width = max((len(cells) for cells in found.cells), default=0)
    rows = tuple(
        _raw_row(found, found.first_row + index, cells, width)
        for index, cells in enumerate(found.cells)
    )
    return Raw(
        vintage=version,
        file=found.file,
        sheet=found.sheet or "",
        sheets=found.sheets,
        heads=tuple(HeadText(text=letters(index)) for index in range(1, width + 1)),
        rows=rows,
        after=first_row + count if len(rows) == count else None,
        note=_("Columns with personal data were removed.") if found.redacted else "",
    )


def _raw_row(found: RawSheet, number: int, cells: tuple[str, ...], width: int) -> Row:
    from workbench.i18n import _, visible

    ground = ""
    if number in found.header_rows:
        ground = "accent-soft"
    elif number in found.note_rows:
        ground = "warn-soft"
    shown = []
    for column in range(1, width + 1):
        text = visible(cells[column - 1]) if column <= len(cells) else ""
        removed = column in found.redacted and number not in found.header_rows
        shown.append(
            CellText(
                text=_("removed: personal data") if removed and not text else text,
                muted=removed,
                frame="border" if (number, column) in found.imported else "",
                ground=ground,
                strong=bool(ground == "accent-soft"),
            )
        )
    return Row(key=number, cells=tuple(shown))


def letters(column: int) -> str:
    """The letters a spreadsheet shows for a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
