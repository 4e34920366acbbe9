"""What the data screen reads: sources, values, series, the kept sheet; called in workers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import CellText, HeadText, Row
from workbench.presenting.spec import Alignment

if TYPE_CHECKING:
    from indicators.model.period import Period
    from workbench.services.observations import ObservationRow, RawSheet
    from workbench.services.workspace import Workspace

MOST_ROWS = 5000
RAW_ROWS = 400
ALL_INPUTS, FIRST_INPUT = "*", ""


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
class Grid:
    """Rows of a table with what they are out of."""

    heads: tuple[HeadText, ...] = ()
    rows: tuple[Row, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A piece of a kept file, ready to show."""

    vintage: int = 0
    file: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heads: tuple[HeadText, ...] = ()
    rows: tuple[Row, ...] = ()
    row_names: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridQuestion:
    """Which values to read."""

    source: str
    version: int
    variable: str
    area: str
    first_year: int
    last_year: int


def settled(question: GridQuestion, inputs: tuple[tuple[str, str], ...]) -> GridQuestion:
    """The question with the input it means: the first one, or none for all."""
    if question.variable == ALL_INPUTS:
        return replace(question, variable="")
    codes = [code for code, _name in inputs]
    if question.variable in codes:
        return question
    preferred = ("vic_detected", *codes)
    return replace(question, variable=next((code for code in preferred if code in codes), ""))


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


def read_inputs(ws: Workspace, question: GridQuestion) -> tuple[tuple[str, str], ...]:
    """Inputs of a source, code and name."""
    from workbench.presenting.naming import variable_name
    from workbench.services import observations

    codes = {
        row.variable for row in observations.series_list(ws) if row.dataset == question.source
    }
    return tuple(sorted(((code, variable_name(code)) for code in codes), key=lambda pair: pair[1]))


def _period_window(question: GridQuestion) -> tuple[Period | None, Period | None]:
    from indicators.model.period import Period

    if not question.first_year:
        return None, None
    # the last part of a year, so that its months and quarters are shown too
    return Period.of_year(question.first_year), Period(question.last_year * 100 + 72)


def read_grid(ws: Workspace, question: GridQuestion) -> Grid:
    """Values with what the file says and their state; called in a worker."""
    from workbench.services import observations

    first, last = _period_window(question)
    rows = observations.observations(
        ws,
        variable=question.variable or None,
        area=question.area or None,
        first=first,
        last=last,
        dataset=question.source,
        vintage=question.version or None,
        limit=MOST_ROWS,
    )
    total = next(
        (row.observations for row in observations.datasets(ws) if row.code == question.source), 0
    )
    if question.version:
        total = next(
            (row.observations for row in observations.vintages(ws) if row.id == question.version),
            total,
        )
    # totals before their parts
    rows = tuple(
        sorted(
            rows, key=lambda row: (row.variable, row.area, len(row.breakdown.dims), row.breakdown)
        )
    )
    corrected = {row.id for row in observations.vintages(ws) if row.mode == "correction"}
    names = _Names(ws)
    one = len({row.variable for row in rows}) == 1
    units = {observation_unit(ws).get(row.variable, "") for row in rows[:1]}
    heads = _grid_heads(one_input=one, unit=names.unit(next(iter(units), "")))
    return Grid(
        heads=heads,
        rows=tuple(_grid_row(row, names, corrected, one_input=one) for row in rows),
        total=max(total, len(rows)),
    )


def observation_unit(ws: Workspace) -> dict[str, str]:
    """Unit key of each input of the project."""
    from workbench.services import observations

    return {row.code: row.unit for row in observations.variables(ws)}


class _Names:
    """Names by code, looked up once for many rows."""

    def __init__(self, ws: Workspace) -> None:
        from workbench.i18n import local
        from workbench.services import observations

        self._areas = {row.code: local(row.names) or row.code for row in observations.areas(ws)}
        self._variables: dict[str, str] = {}
        self._cuts: dict[Any, str] = {}

    def area(self, code: str) -> str:
        return self._areas.get(code, code)

    def variable(self, code: str) -> str:
        from workbench.presenting.naming import variable_name

        if code not in self._variables:
            self._variables[code] = variable_name(code)
        return self._variables[code]

    def cut(self, breakdown: Any) -> str:
        from workbench.i18n import _
        from workbench.presenting.naming import breakdown_text

        if breakdown not in self._cuts:
            self._cuts[breakdown] = breakdown_text(breakdown) or _("total")
        return self._cuts[breakdown]

    def unit(self, key: str) -> str:
        from workbench.presenting.naming import unit_text

        return unit_text(key) if key else ""


def _grid_heads(*, one_input: bool, unit: str) -> tuple[HeadText, ...]:
    from workbench.i18n import _, message

    value = message("Value ({unit})", {"unit": unit}) if one_input and unit else _("Value")
    heads = [HeadText(text=_("Area"), elastic=True), HeadText(text=_("Period"))]
    if not one_input:
        heads.append(HeadText(text=_("Input"), elastic=True))
    return (
        *heads,
        HeadText(text=_("Breakdown"), elastic=True),
        HeadText(text=_("File says"), align=Alignment.RIGHT),
        HeadText(text=value, align=Alignment.RIGHT),
        HeadText(text=_("State")),
    )


def _grid_row(row: ObservationRow, names: _Names, corrected: set[int], *, one_input: bool) -> Row:
    from ui.viewmodels.wording import grid_value, state_icon, state_words
    from workbench.i18n import period_text, visible

    is_corrected = row.vintage in corrected
    icon, token = state_icon(row, corrected=is_corrected)
    cells = [
        CellText(text=names.area(row.area)),
        CellText(text=period_text(row.period, short=True)),
    ]
    if not one_input:
        cells.append(CellText(text=names.variable(row.variable)))
    text, is_number = grid_value(row)
    cells += [
        CellText(text=names.cut(row.breakdown)),
        CellText(text=visible(row.raw) if row.raw is not None else "", muted=True),
        CellText(text=text, strong=is_number, muted=not is_number),
        CellText(text=state_words(row, corrected=is_corrected), icon=icon, tone=token),
    ]
    key = CellRef(
        variable=row.variable,
        area=row.area,
        period=str(row.period),
        breakdown=str(row.breakdown),
        vintage=row.vintage,
        sheet=row.sheet,
        row=row.row,
        column=row.column,
    )
    return Row(key=key, cells=tuple(cells))


def read_series(ws: Workspace, question: GridQuestion) -> Grid:
    """One row a series of the source; called in a worker."""
    from workbench.i18n import _, number, period_text
    from workbench.services import observations

    names = _Names(ws)
    found = [
        row
        for row in observations.series_list(
            ws, variable=question.variable or None, area=question.area or None
        )
        if row.dataset == question.source
    ]
    heads = (
        HeadText(text=_("Input")),
        HeadText(text=_("Area")),
        HeadText(text=_("Breakdown")),
        HeadText(text=_("Unit")),
        HeadText(text=_("From")),
        HeadText(text=_("To")),
        HeadText(text=_("Values"), align=Alignment.RIGHT),
    )
    rows = [
        Row(
            key=(row.variable, row.area, str(row.breakdown)),
            cells=(
                CellText(text=names.variable(row.variable)),
                CellText(text=names.area(row.area)),
                CellText(text=names.cut(row.breakdown)),
                CellText(text=names.unit(row.unit), muted=True),
                CellText(text=period_text(row.first, short=True)),
                CellText(text=period_text(row.last, short=True)),
                CellText(text=number(row.n), strong=True),
            ),
        )
        for row in found
    ]
    return Grid(heads=heads, rows=tuple(rows), total=len(rows))


def read_raw(ws: Workspace, version: int, sheet: str | None, first_row: int) -> Raw:
    """A piece of a kept file with marks on headers, notes and imported cells."""
    from workbench.i18n import _
    from workbench.services import observations

    found = observations.raw_sheet(ws, version, sheet, first_row=first_row, rows=RAW_ROWS)
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
        row_names=tuple(str(found.first_row + index) for index in range(len(rows))),
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
