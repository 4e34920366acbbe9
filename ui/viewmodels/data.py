"""What came in: sources and versions, values beside what the file says, series, the sheet as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import CellText, HeadText, Row
from workbench.presenting.spec import Alignment

if TYPE_CHECKING:
    from indicators.model.period import Period
    from workbench.services.observations import ObservationRow, RawSheet
    from workbench.services.workspace import Workspace

MOST_ROWS = 5000
RAW_ROWS = 400
_BEFORE = 40
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
class DataState:
    """What the view renders.

    Attributes:
        sources: the tree.
        source: code of the chosen source; empty for all.
        version: number of the chosen version; 0 for the current content.
        inputs: code and name of the inputs of the choice.
        input: code of the chosen input; ``*`` for all, empty for the first of the source.
        grid, series: the two tables.
        raw: the sheet of the chosen version.
        cell: the chosen value.
        loading: being read.
    """

    sources: tuple[Source, ...] = ()
    source: str = ""
    version: int = 0
    inputs: tuple[tuple[str, str], ...] = ()
    input: str = ""
    grid: Grid = Grid()
    series: Grid = Grid()
    raw: Raw = Raw()
    cell: CellRef | None = None
    loading: bool = False


class DataViewModel(QObject):
    """State of the data screen.

    Args:
        session: the open project.

    Signals:
        changed: a new ``DataState``.
        value_chosen: variable, area, period, breakdown of a value.
    """

    changed = Signal(object)
    value_chosen = Signal(str, str, str, str)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = DataState()
        session.project_changed.connect(self._other_project)
        session.content_changed.connect(self.reload)
        session.context_changed.connect(self.read_grid)
        self.reload()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def _other_project(self) -> None:
        self.state = DataState()
        self.reload()

    def reload(self, _change: object = None) -> None:
        """Read the tree again."""
        if not self.session.state.has_project:
            self.state = DataState()
            self.changed.emit(self.state)
            return
        ws = self.session.workspace
        self._set(loading=True)
        self.session.runner.start(
            lambda _progress: read_sources(ws), done=self._loaded, lane="sources"
        )

    def _loaded(self, sources: tuple[Source, ...]) -> None:
        codes = [source.code for source in sources]
        source = self.state.source if self.state.source in codes else next(iter(codes), "")
        ids = [version.id for item in sources for version in item.versions]
        version = self.state.version if self.state.version in ids else 0
        self._set(sources=sources, source=source, version=version)
        cell = self.state.cell
        if cell is not None and cell.row is not None:
            self.show_cell(cell)
            self.read_grid()
            return
        self.read_grid()
        self._read_default_sheet()

    def choose_source(self, code: str) -> None:
        """Look at the current content of a source."""
        if (code, 0) != (self.state.source, self.state.version):
            self._set(source=code, version=0, input="", cell=None)
            self.read_grid()
            self._read_default_sheet()

    def choose_version(self, source: str, version: int) -> None:
        """Look at one version."""
        if version != self.state.version:
            self._set(source=source, version=version, input="", cell=None)
            self.read_grid()
            self.read_sheet(version)

    def choose_input(self, code: str) -> None:
        """Look at one input, or all."""
        if code != self.state.input:
            self._set(input=code)
            self.read_grid()

    def read_grid(self) -> None:
        """Read the values of the choice."""
        shared = self.session.state
        if not shared.has_project or not self.state.source:
            return
        ws, state = self.session.workspace, self.state
        country = next((area.code for area in shared.areas if area.level == 0), "")
        question = GridQuestion(
            source=state.source,
            version=state.version,
            variable=state.input or FIRST_INPUT,
            area="" if shared.area in ("", country) else shared.area,
            first_year=shared.first_year,
            last_year=shared.last_year,
        )
        self._set(loading=True)

        def work(_progress: TaskProgress) -> Any:
            inputs = read_inputs(ws, question)
            asked = settled(question, inputs)
            return asked.variable, read_grid(ws, asked), read_series(ws, asked), inputs

        self.session.runner.start(work, done=self._read, lane="grid")

    def _read(self, answer: tuple[str, Grid, Grid, tuple[tuple[str, str], ...]]) -> None:
        variable, grid, series, inputs = answer
        self._set(
            input=variable or ALL_INPUTS, grid=grid, series=series, inputs=inputs, loading=False
        )

    def choose_value(self, key: object) -> None:
        """Choose a value of the grid: its source, and its cell in the sheet."""
        if not isinstance(key, CellRef) or key == self.state.cell:
            return
        self._set(cell=key)
        self.value_chosen.emit(key.variable, key.area, key.period, key.breakdown)
        if key.row is not None:
            self.read_sheet(key.vintage, key.sheet, around=key.row)

    def show_cell(self, cell: object) -> None:
        """Show a value in its sheet, coming from the source dock."""
        if not isinstance(cell, CellRef):
            return
        if not self.state.sources:  # shown as soon as the tree is read
            self._set(cell=cell)
            return
        home = next(
            (item.code for item in self.state.sources
             if any(version.id == cell.vintage for version in item.versions)),
            self.state.source,
        )  # fmt: skip
        self._set(cell=cell)
        if home != self.state.source:
            self._set(source=home, version=0, input="")
            self.read_grid()
        self.read_sheet(cell.vintage, cell.sheet, around=cell.row or 1)

    def choose_sheet(self, sheet: str) -> None:
        """Look at another sheet of the same file."""
        self.read_sheet(self.state.raw.vintage, sheet)

    def _read_default_sheet(self) -> None:
        source = next(
            (item for item in self.state.sources if item.code == self.state.source), None
        )
        if source is None:
            self._set(raw=Raw())
            return
        with_file = [item for item in source.versions if item.has_file and not item.retracted]
        wanted = [item for item in source.versions if item.id == self.state.version]
        chosen = next((item for item in (*wanted, *with_file) if item.has_file), None)
        if chosen is None:
            self._set(raw=Raw())
        elif chosen.id != self.state.raw.vintage:
            self.read_sheet(chosen.id)

    def read_sheet(self, version: int, sheet: str | None = None, *, around: int = 1) -> None:
        """Read a piece of a kept file."""
        ws = self.session.workspace
        first = 1 if around <= RAW_ROWS else max(1, around - _BEFORE)
        self.session.runner.start(
            lambda _progress: read_raw(ws, version, sheet, first),
            done=lambda raw: self._set(raw=raw),
            failed=lambda _problem: self._set(raw=Raw()),
            lane="raw",
        )


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
