"""What came in: sources and versions, values beside what the file says, series, the sheet as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskProgress
from ui.viewmodels.data_reading import (
    ALL_INPUTS,
    FIRST_INPUT,
    RAW_ROWS,
    Grid,
    GridQuestion,
    Raw,
    Source,
    read_grid,
    read_inputs,
    read_raw,
    read_series,
    read_sources,
    settled,
)
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef

_BEFORE = 40
NO_GRID, NO_SHEET = Grid(), Raw()


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
    grid: Grid = NO_GRID
    series: Grid = NO_GRID
    raw: Raw = NO_SHEET
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
