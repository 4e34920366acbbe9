"""What came in: sources and versions, values beside what the file says, series, the sheet as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskProgress
from ui.viewmodels import data_grid, data_series, data_writing
from ui.viewmodels.data_grid import ALL_INPUTS, FIRST_INPUT, Asked, Grid, GridQuestion, settled
from ui.viewmodels.data_reading import (
    RAW_ROWS,
    NoteLine,
    Raw,
    Source,
    cell_words,
    read_cell,
    read_inputs,
    read_notes,
    read_raw,
    read_source_findings,
    read_sources,
)
from ui.viewmodels.data_state import NO_GRID, NO_SHEET, DataState
from ui.viewmodels.long_table import LongTable, RowPage
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef

_BEFORE = 40
_MOST_CHUNKS = 20
COUNTING = -1


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
        self.values = LongTable(session.runner, "values", self)
        self.lines = LongTable(session.runner, "series", self)
        self.sheet = LongTable(session.runner, "sheet", self)
        for table in (self.values, self.lines, self.sheet):
            table.failed.connect(session.failed.emit)
        session.project_changed.connect(self._other_project)
        session.content_changed.connect(self.reload)
        session.context_changed.connect(self.read_grid)
        session.view_changed.connect(self._forget)
        self.reload()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def _other_project(self) -> None:
        self.state = DataState()
        self.reload()

    def _forget(self) -> None:
        """What the other view showed goes before anything else happens."""
        for table in (self.values, self.lines, self.sheet):
            table.clear()
        self._set(grid=NO_GRID, series=NO_GRID, raw=NO_SHEET, loading=True)

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
        asked = self.state.findings is not None
        self._set(sources=sources, source=source, version=version, findings=None)
        if asked:
            self.read_findings()
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
            self._set(source=code, version=0, input="", cell=None, findings=None)
            self.read_grid()
            self._read_default_sheet()

    def choose_version(self, source: str, version: int) -> None:
        """Look at one version."""
        if version != self.state.version:
            self._set(source=source, version=version, input="", cell=None, findings=None)
            self.read_grid()
            self.read_sheet(version)

    def choose_input(self, code: str) -> None:
        """Look at one input, or all."""
        if code != self.state.input:
            self._set(input=code)
            self.read_grid()

    def choose_text(self, text: str) -> None:
        """Show only values with these words in area, input, breakdown, year or value."""
        if text != self.state.text:
            self._set(text=text)
            self.read_grid()

    def choose_kind(self, kind: str) -> None:
        """Show only one kind of cells."""
        if kind != self.state.kind:
            self._set(kind=kind)
            self.read_grid()

    def order_by(self, order: str) -> None:
        """Order the values by a column; again: the other way round; a third time: as before."""
        state = self.state
        if order != state.order:
            self._set(order=order, descending=False)
        elif not state.descending:
            self._set(descending=True)
        else:
            self._set(order="", descending=False)
        self.read_grid()

    def question(self) -> GridQuestion:
        """Which values are in view."""
        shared, state = self.session.state, self.state
        country = next((area.code for area in shared.areas if area.level == 0), "")
        return GridQuestion(
            source=state.source,
            version=0 if shared.hides else state.version,
            variable=state.input or FIRST_INPUT,
            area="" if shared.area in ("", country) else shared.area,
            first_year=shared.first_year,
            last_year=shared.last_year,
            text=state.text,
            state=state.kind,
            order=state.order,
            descending=state.descending,
        )

    @property
    def source_name(self) -> str:
        """Name of the source in view."""
        found = (source for source in self.state.sources if source.code == self.state.source)
        return next((source.name for source in found), self.state.source)

    def read_grid(self) -> None:
        """Read the values of the choice."""
        shared = self.session.state
        if not shared.has_project or not self.state.source:
            return
        ws, state, question = self.session.workspace, self.state, self.question()
        cell = state.cell
        self._set(loading=True)

        def work(_progress: TaskProgress) -> Any:
            inputs = read_inputs(ws, question.source)
            settled_question = settled(question, inputs)
            asked = data_grid.ask(ws, settled_question)
            pages = data_grid.read_pages(ws, asked, cell)
            series = data_series.read_series_page(ws, asked, None)
            notes = read_notes(ws, question.source)
            return settled_question.variable, asked, pages, series, inputs, notes

        self.session.runner.start(work, done=self._read, failed=self._not_read, lane="grid")

    def _not_read(self, problem: object) -> None:
        self._set(loading=False)
        self.session.failed.emit(problem)

    def _read(
        self,
        answer: tuple[
            str, Asked, list[RowPage], RowPage, tuple[tuple[str, str], ...], tuple[NoteLine, ...]
        ],
    ) -> None:
        if not self.session.state.has_project:
            return
        variable, asked, pages, series, inputs, notes = answer
        ws, heads = self.session.workspace, data_series.series_heads()
        self.values.show(asked.heads, pages, lambda at: data_grid.read_page(ws, asked, at))
        self.lines.show(heads, [series], lambda at: data_series.read_series_page(ws, asked, at))
        rows = tuple(row for page in pages for row in page.rows)
        whole = len(rows) if pages[-1].after is None else COUNTING
        self._set(
            input=variable or ALL_INPUTS,
            grid=Grid(heads=asked.heads, rows=rows, total=whole),
            series=Grid(heads=heads, rows=series.rows, total=len(asked.series)),
            inputs=inputs,
            notes=notes,
            loading=False,
        )
        if whole == COUNTING:
            self.session.runner.start(
                lambda _progress: data_grid.count(ws, asked), done=self._counted, lane="grid-count"
            )

    def _counted(self, total: int) -> None:
        if self.state.grid.total == COUNTING:
            self._set(grid=replace(self.state.grid, total=total))

    def read_findings(self) -> None:
        """Look for open findings on the source; done when they are asked for."""
        if not self.session.state.has_project or not self.state.source:
            return
        ws, source = self.session.workspace, self.state.source
        self.session.runner.start(
            lambda _progress: read_source_findings(ws, source),
            done=lambda found: self._set(findings=found),
            failed=self.session.failed.emit,
            lane="source-findings",
        )

    def add_note(self, text: str, author: str, *, whole_source: bool = False) -> None:
        """Write a note on the chosen value, or on the whole source."""
        cell = None if whole_source else self.state.cell
        data_writing.add_note(self.session, self.state.source, cell, text, author)

    def remove_note(self, note: str) -> None:
        """Remove a note; undo brings it back."""
        data_writing.remove_note(self.session, note)

    def purge(self, version: int) -> None:
        """Remove a version with its rows and its file for good; this cannot be undone."""
        data_writing.purge(self.session, version)

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
        shown = any(row.key == cell for row in self.state.grid.rows)
        if home != self.state.source or not shown:
            other = {} if home == self.state.source else {"source": home, "version": 0}
            self._set(**other, input=cell.variable, text="", kind="")
            self.read_grid()
        self.read_sheet(cell.vintage, cell.sheet, around=cell.row or 1)

    def find_value(self, cell: CellRef) -> None:
        """Show a value that is named without its address: the address is looked up first."""
        ws, source = self.session.workspace, self.state.source

        def done(found: CellRef) -> None:
            self.show_cell(found)
            self.value_chosen.emit(found.variable, found.area, found.period, found.breakdown)

        self.session.runner.start(
            lambda _progress: read_cell(ws, cell, source),
            done=done,
            failed=self.session.failed.emit,
            lane="find-value",
        )

    def cell_words(self) -> str:
        """The chosen value in words; empty without one."""
        from workbench.services import packs

        if self.state.cell is None:
            return ""
        names = {area.code: area.names for area in self.session.state.areas}
        return cell_words(self.state.cell, names, packs.catalogue(self.session.workspace))

    def choose_sheet(self, sheet: str) -> None:
        """Look at another sheet of the same file."""
        self.read_sheet(self.state.raw.vintage, sheet)

    def _read_default_sheet(self) -> None:
        source = next(
            (item for item in self.state.sources if item.code == self.state.source), None
        )
        if source is None:
            self._show_sheet(Raw())
            return
        with_file = [item for item in source.versions if item.has_file and not item.retracted]
        wanted = [item for item in source.versions if item.id == self.state.version]
        chosen = next((item for item in (*wanted, *with_file) if item.has_file), None)
        if chosen is None:
            self._show_sheet(Raw())
        elif chosen.id != self.state.raw.vintage:
            self.read_sheet(chosen.id)

    def read_sheet(self, version: int, sheet: str | None = None, *, around: int = 1) -> None:
        """Read a kept file from its beginning, or from shortly before a far row."""
        ws = self.session.workspace
        chunks = around // RAW_ROWS + 1
        far = chunks > _MOST_CHUNKS
        first = max(1, around - _BEFORE) if far else 1
        rows = RAW_ROWS if far else chunks * RAW_ROWS
        self.session.runner.start(
            lambda _progress: read_raw(ws, version, sheet, first, rows),
            done=self._show_sheet,
            failed=lambda _problem: self._show_sheet(Raw()),
            lane="raw",
        )

    def _show_sheet(self, raw: Raw) -> None:
        if not self.session.state.has_project:
            return
        ws = self.session.workspace

        def more(first: Any) -> RowPage:
            found = read_raw(ws, raw.vintage, raw.sheet or None, first, RAW_ROWS)
            return RowPage(rows=found.rows, after=found.after)

        self.sheet.show(raw.heads, [RowPage(rows=raw.rows, after=raw.after)], more)
        self._set(raw=raw)
