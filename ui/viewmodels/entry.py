"""Type values into a small table: which table, what is held, what was typed, and keeping it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_
from ui.tasks import TaskProgress
from ui.viewmodels.entry_table import EntryModel, EntryRow
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.entry import EntryGrid, GridCell, TypedCell
    from workbench.services.workspace import Workspace

COUNTRY, REGIONS = "", "*"
CUTS: tuple[str, ...] = ("", "SEX", "AGE", "FORM")
"""Dimensions that a table can show beside the total."""
MOST_YEARS = 40
TYPED = "typed"
LAST_YEAR = 2024
"""Year shown first in a project without values."""
WHICH_AREAS = {COUNTRY: N_("The whole country"), REGIONS: N_("All regions")}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryQuestion:
    """Which table.

    Attributes:
        variable: code of the input.
        area: code, empty for the country, ``*`` for all its regions.
        cut: dimension shown beside the total; empty: only the total.
        first, last: years.
        dataset: code of the source.
    """

    variable: str = ""
    area: str = COUNTRY
    cut: str = ""
    first: int = 0
    last: int = 0
    dataset: str = TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """What the dialog renders.

    Attributes:
        question: the table in view.
        inputs, areas, sources: codes and words to choose from.
        unit: of the input, in words.
        typed, wrong: how many cells were typed, and how many of them cannot be kept.
        problem: what is wrong with the first of them; empty without.
        loading, saving: being read or written.
        saved: True after it was kept.
    """

    question: EntryQuestion = EntryQuestion()
    inputs: tuple[tuple[str, str], ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    typed: int = 0
    wrong: int = 0
    problem: str = ""
    loading: bool = False
    saving: bool = False
    saved: bool = False

    @property
    def may_save(self) -> bool:
        """Whether something was typed and all of it can be kept."""
        return self.typed > 0 and not self.wrong and not self.saving


class EntryViewModel(QObject):
    """State of the dialog.

    Args:
        session: the open project.

    Signals:
        changed: a new ``EntryState``.
        failed: a problem to tell.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = EntryState()
        self.model = EntryModel(self)
        self.model.typed.connect(self._typed)
        self._grid: EntryGrid | None = None

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def begin(self, variable: str = "", area: str = "", year: int = 0) -> None:
        """Read what can be chosen, and the first table."""
        ws, shared = self.session.workspace, self.session.state
        last = year or shared.last_year or LAST_YEAR

        def done(found: tuple[Any, ...]) -> None:
            inputs, areas, sources = found
            codes = [code for code, _name in inputs]
            question = EntryQuestion(
                variable=variable if variable in codes else next(iter(codes), ""),
                area=area if area in [code for code, _name in areas] else COUNTRY,
                first=last - 4,
                last=last + 1,
            )
            self._set(inputs=inputs, areas=areas, sources=sources)
            self.look(question)

        self.session.runner.start(
            lambda _progress: read_choices(ws), done=done, failed=self.failed.emit, lane="entry"
        )

    def choose(self, **fields: Any) -> None:
        """Look at another table; only while nothing is typed."""
        if not self.state.typed:
            self.look(replace(self.state.question, **fields))

    def look(self, question: EntryQuestion) -> None:
        """Read a table."""
        last = max(question.first, min(question.last, question.first + MOST_YEARS - 1))
        question = replace(question, last=last)
        ws = self.session.workspace
        self._set(question=question, loading=True)

        def done(found: tuple[EntryGrid, tuple[EntryRow, ...], str]) -> None:
            self._grid, rows, unit = found
            self._set(unit=unit, loading=False)
            periods = [str(period) for period in self._grid.periods]
            self.model.show_table(periods, rows, decimal=decimal_mark())

        if question.variable:
            self.session.runner.start(
                lambda _progress: read_table(ws, question),
                done=done,
                failed=self._not_read,
                lane="entry",
            )

    def _not_read(self, problem: object) -> None:
        self._set(loading=False)
        self.failed.emit(problem)

    def _typed(self) -> None:
        wrong = self.model.wrong()
        problem = ""
        if wrong:
            place = min(wrong)
            problem = self.words_of(place) + ": " + wrong[place]
        self._set(typed=len(self.model.texts()), wrong=len(wrong), problem=problem)

    def words_of(self, place: tuple[int, int]) -> str:
        """Area, breakdown and year of a cell."""
        index = self.model.index(place[0], 0)
        area = str(index.data() or "")
        cut = str(index.siblingAtColumn(1).data() or "")
        year = "" if self._grid is None else str(self._grid.periods[place[1]])
        return f"{area}, {cut}, {year}"

    def save(self, *, note: str, author: str) -> None:
        """Keep what was typed as one step that can be undone."""
        if self._grid is None or not self.state.may_save:
            return
        ws, grid, texts = self.session.workspace, self._grid, self.model.texts()
        decimal = decimal_mark()
        self._set(saving=True)

        def work(_progress: TaskProgress) -> Change:
            from workbench.services import entry

            cells = typed_cells(grid, texts, decimal)
            return entry.enter(ws, cells, dataset=grid.dataset, author=author, note=note)

        def done(change: Change) -> None:
            self._set(saving=False, saved=True)
            self.session.wrote(change)

        self.session.runner.start(work, done=done, failed=self._not_saved, writes=True)

    def _not_saved(self, problem: object) -> None:
        self._set(saving=False)
        self.failed.emit(problem)


def decimal_mark() -> str:
    """The decimal mark of the person."""
    from workbench.i18n import number

    return "," if "," in number(0.5, 1) else "."


def read_choices(ws: Workspace) -> tuple[Any, ...]:
    """Inputs, areas and sources to choose from; called in a worker."""
    from workbench.i18n import local
    from workbench.services import observations, packs

    known = packs.catalogue(ws).variables
    inputs = [(code, local(variable.name)) for code, variable in known.items()]
    inputs += [(r.code, r.code) for r in observations.variables(ws) if r.code not in known]
    areas = [
        (row.code, local(row.names) or row.code) for row in observations.areas(ws) if row.level
    ]
    sources = [
        (row.code, row.publisher or row.code)
        for row in observations.datasets(ws)
        if row.code != TYPED
    ]
    return (
        tuple(sorted(inputs, key=lambda pair: pair[1].casefold())),
        tuple(areas),
        tuple(sources),
    )


def read_table(
    ws: Workspace, question: EntryQuestion
) -> tuple[EntryGrid, tuple[EntryRow, ...], str]:
    """A table as it stands, with words; called in a worker."""
    from indicators.codelists import code_list
    from indicators.model.period import Period
    from indicators.model.series import TOTAL, Breakdown
    from ui.viewmodels.data_grid import Names
    from workbench.services import entry, observations

    rows = observations.areas(ws)
    country = ws.settings.area or next((row.code for row in rows if row.level == 0), "")
    areas = [question.area or country]
    if question.area == REGIONS:
        areas = [row.code for row in rows if row.level == 1] or [country]
    cuts = [TOTAL]
    if question.cut:
        codes = [item.code for item in code_list(question.cut).entries]
        cuts += [Breakdown.of(**{question.cut: code}) for code in codes if code != "_T"]
    periods = [Period.of_year(year) for year in range(question.first, question.last + 1)]
    grid = entry.grid(
        ws,
        question.variable,
        areas=areas,
        periods=periods,
        breakdowns=cuts,
        dataset=question.dataset,
    )
    names = Names(ws)
    found = tuple(
        EntryRow(
            area=area,
            area_name=names.area(area),
            cut=str(cut),
            cut_name=names.cut(cut),
            shown=tuple(shown_text(grid.cell(area, period, cut)) for period in periods),
            hints=tuple(hint_text(grid.cell(area, period, cut)) for period in periods),
        )
        for area in areas
        for cut in cuts
    )
    return grid, found, names.unit(grid.unit)


def shown_text(cell: GridCell) -> str:
    """A held value as it could be typed."""
    from indicators.model.codes import Status
    from workbench.i18n import number

    if cell.value is not None:
        return number(cell.value)
    if cell.low is not None and cell.high is not None:
        return f"{cell.low:g}-{cell.high:g}"
    return {None: "", Status.X: "x"}.get(cell.status, "..")


def hint_text(cell: GridCell) -> str:
    """Where a held value comes from."""
    from workbench.i18n import _, message

    if cell.status is None:
        return ""
    if not cell.is_typed:
        return _("from a file")
    return message("typed by {name}", {"name": cell.author}) if cell.author else _("typed")


def typed_cells(
    grid: EntryGrid, texts: dict[tuple[int, int], str] | Any, decimal: str
) -> list[TypedCell]:
    """What was typed, for the service; called in a worker."""
    from workbench.services import entry

    cells = []
    for (row, column), text in sorted(texts.items()):
        area = grid.areas[row // len(grid.breakdowns)]
        cut = grid.breakdowns[row % len(grid.breakdowns)]
        empty = entry.TypedCell(
            variable=grid.variable, area=area, period=grid.periods[column], breakdown=cut
        )
        cell = entry.read_typed(empty, text, decimal=decimal)
        if cell is not None:
            cells.append(cell)
    return cells
