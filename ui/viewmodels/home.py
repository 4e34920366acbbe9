"""What the first page shows: three values, what to do next, recent files."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from indicators.errors import N_
from indicators.model.codes import Pillar
from ui.tasks import Task, TaskProgress
from ui.viewmodels.preferences import RecentFile
from ui.viewmodels.resting import Resting
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.progress import Progress
    from workbench.services.workspace import Workspace

PREFERRED = {
    Pillar.PREVENTION: "PRV-03",
    Pillar.PROTECTION: "PRT-04",
    Pillar.PROSECUTION: "PRS-05",
}


CALM = 1_500
"""Milliseconds after which the data checks run by themselves."""
MOST_STEPS = 6
"""Steps shown; the list is made anew as soon as one is done."""
LOOKS: Mapping[str, tuple[str, str, str, str]] = {
    "first_file": (
        "upload", N_("An Excel, CSV or ODS file of any layout."), N_("Import…"), "import_file",
    ),
    "stops": (
        "stop", N_("These numbers cannot all be right."), N_("Answer them"), "toggle_checks",
    ),
    "warnings": (
        "warn", N_("Correct the value, or say why it is right."), N_("Answer them"), "toggle_checks",
    ),
    "duty_overdue": (
        "cal", N_("Enter the day on which it was sent."), N_("Show"), "show_scorecard",
    ),
    "duty_due": (
        "cal", N_("It is in the calendar of the reports."), N_("Show"), "show_scorecard",
    ),
    "expected_file": (
        "upload", N_("Other sources already have this year."), N_("Import…"), "import_file",
    ),
    "changed_values": (
        "table", N_("See what changed before you publish."), N_("Look"), "show_data",
    ),
    "missing_denominator": (
        "indicators", N_("Import it, or type it in."), N_("Type in…"), "enter_values",
    ),
    "missing_input": (
        "indicators", N_("Import it, or type it in."), N_("Type in…"), "enter_values",
    ),
    "incomplete": (
        "upload", N_("The newest year is not complete."), N_("Import…"), "import_file",
    ),
    "other": ("chev", "", N_("Look"), "show_data"),
}  # fmt: skip
"""Drawing, words below, button and action of each kind of step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One indicator at a glance.

    Attributes:
        code, pillar, name: the indicator; ``name`` in the reader's language.
        value: written number without its unit.
        unit: written unit.
        values: yearly values for the sparkline, nan for gaps.
        hollow: the last value is provisional.
        sentence: what the trend says, in the reader's language.
        period: of the value.
    """

    code: str
    pillar: Pillar
    name: str
    value: str
    unit: str
    values: tuple[float, ...]
    hollow: bool
    sentence: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing to do, made from the state of the project.

    Attributes:
        icon: drawing.
        text, detail: English templates with fields in ``data``.
        verb: text of its button, marked English.
        action: id of the action that the button triggers.
    """

    icon: str
    text: str
    detail: str
    verb: str
    action: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """What the view renders.

    Attributes:
        has_project: which of the two pages.
        title: name of the project.
        last_year: newest year with values; 0 without.
        tiles: at most one a pillar.
        steps: what next.
        recent: recent files, newest first.
        loading: values are being computed.
        done, total: how far that is; -1 while nobody knows.
        stopped: the person did not want to wait for the rest.
        hides: the public view hides something.
    """

    has_project: bool = False
    title: str = ""
    last_year: int = 0
    tiles: tuple[Tile, ...] = ()
    steps: tuple[NextStep, ...] = ()
    recent: tuple[RecentFile, ...] = ()
    loading: bool = False
    done: int = 0
    total: int = -1
    stopped: bool = False
    hides: bool = False


class HomeViewModel(QObject):
    """State of the first page.

    Args:
        session: the open project.

    Signals:
        changed: a new ``HomeState``.
        tile_made: number of the reading and a tile; sent by the worker as soon as it has one.
    """

    changed = Signal(object)
    tile_made = Signal(int, object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = HomeState(recent=session.preferences.recent())
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self.look_at_checks)
        self._reading, self._fresh = 0, True
        self._task: Task | None = None
        self._rest = Resting(self._read)
        self.tile_made.connect(self._show_tile)
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)
        session.view_changed.connect(self._forget)

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def see(self, *, on: bool) -> None:
        """The page is shown or hidden; what is hidden from it is looked for when it is shown."""
        self._rest.see(on=on)

    def _forget(self) -> None:
        """What the other view showed goes before anything else happens."""
        self._reading, self._fresh = self._reading + 1, True
        self._set(tiles=(), steps=())
        if self.session.state.hides:
            # the values take seconds; what is next does not have to wait for them
            self._look(with_checks=False)

    def stop(self) -> None:
        """Do not wait for the rest."""
        if self._task is not None and self.state.loading:
            self._task.cancel()
            self._reading += 1
            self._set(loading=False, stopped=True)
            self._look(with_checks=False)

    def reload(self, _change: object = None) -> None:
        """Compute tiles and next steps again."""
        # looking for what is hidden takes seconds; other screens have the worker meanwhile
        self._rest.ask(urgent=not self.session.state.hides)

    def _read(self) -> None:
        self._calm.stop()
        shared = self.session.state
        recent = self.session.preferences.recent()
        if not shared.has_project:
            self.state = HomeState(recent=recent)
            self.changed.emit(self.state)
            return
        self._set(
            has_project=True,
            title=shared.title,
            last_year=shared.years[-1] if shared.years else 0,
            recent=recent,
            loading=True,
            done=0,
            total=-1,
            stopped=False,
            hides=shared.hides,
        )
        self._reading += 1
        number = self._reading
        ws, area = self.session.workspace, shared.areas[0].code if shared.areas else shared.area

        def work(progress: TaskProgress) -> tuple[Tile, ...]:
            return read_tiles(
                ws, area, progress, made=lambda tile: self.tile_made.emit(number, tile)
            )

        self._task = self.session.runner.start(
            work,
            done=lambda tiles: self._loaded(number, tiles),
            failed=self._not_loaded,
            progressed=lambda done, total, _text: self._progressed(number, done, total),
            lane="home",
        )

    def _progressed(self, number: int, done: int, total: int) -> None:
        if number == self._reading:
            self._set(done=done, total=total)

    def _show_tile(self, number: int, tile: Tile) -> None:
        """Add a tile to an empty page; tiles of before stay until all are new."""
        if number == self._reading and self._fresh:
            self._set(tiles=(*self.state.tiles, tile))

    def _loaded(self, number: int, tiles: tuple[Tile, ...]) -> None:
        """Show the tiles, then look for what is next."""
        if number != self._reading:
            return  # it was stopped, or the view changed
        self._task, self._fresh = None, False
        self._set(tiles=tiles, loading=False)
        if not self.session.state.has_project:
            return
        self._look(with_checks=False)
        self._calm.start()

    def look_at_checks(self) -> None:
        """Add what the data checks find; they run when the window has been calm for a while."""
        if self.session.state.has_project:
            self._look(with_checks=True)

    def _look(self, *, with_checks: bool) -> None:
        ws, today = self.session.workspace, datetime.now().astimezone().date()
        self.session.runner.start(
            lambda _progress: read_steps(ws, today, with_checks=with_checks),
            done=lambda steps: self._set(steps=steps),
            failed=self._not_loaded,
            lane="home_steps",
        )

    def _not_loaded(self, problem: object) -> None:
        self._set(loading=False)
        self.session.failed.emit(problem)


def read_tiles(
    ws: Workspace,
    area: str,
    progress: Progress,
    *,
    made: Callable[[Tile], None] = lambda _tile: None,
) -> tuple[Tile, ...]:
    """One indicator a pillar: the preferred one, else the first that can be computed.

    Args:
        ws: open project.
        area: code of the country.
        progress: told how far it is.
        made: called with each tile as soon as it is there.
    """
    from workbench.services import indicators

    can = set(indicators.computable(ws))
    tiles: list[Tile] = []
    for pillar, preferred in PREFERRED.items():
        progress.report(len(tiles), len(PREFERRED), N_("Computing indicators"))
        entries = [
            entry.indicator
            for entry in indicators.catalogue(ws)
            if entry.indicator.code in can and entry.indicator.pillar is pillar
        ]
        entries.sort(key=lambda entry: entry.code != preferred)
        found = (_tile(ws, entry, area, progress) for entry in entries[:4])
        tile = next((each for each in found if each is not None), None)
        if tile is not None:
            tiles.append(tile)
            made(tile)
    return tuple(tiles)


def _tile(ws: Workspace, indicator: Any, area: str, progress: Progress) -> Tile | None:
    from ui.viewmodels.wording import indicator_number
    from workbench.i18n import local, period_text
    from workbench.presenting.naming import unit_text
    from workbench.services import analysis, indicators, pictures, public_view

    public_view.prepare(ws, indicators.inputs_of(indicator), progress=progress)
    (series,) = indicators.compute(ws, [indicator.code], areas=[area])
    known = [value for value in series.values if value.value is not None]
    if not known:
        return None
    last = known[-1]
    unit = unit_text(indicator.unit)
    return Tile(
        code=indicator.code,
        pillar=indicator.pillar,
        name=local(indicator.name),
        value=indicator_number(last.value, indicator),
        unit=unit,
        values=tuple(math.nan if value.value is None else value.value for value in series.values),
        hollow="P" in last.flags,
        sentence=pictures.trend_words(analysis.trend(ws, indicator.code, area)).lead,
        period=period_text(last.period),
    )


def read_steps(ws: Workspace, today: date, *, with_checks: bool = True) -> tuple[NextStep, ...]:
    """What can be done next, from the state of the project; the most urgent first."""
    from workbench.services.next_steps import next_steps

    found = next_steps(ws, today, with_checks=with_checks)
    return tuple(_shown(step.code, step.text, step.data) for step in found[:MOST_STEPS])


def _shown(code: str, text: str, data: Mapping[str, object]) -> NextStep:
    """A step with its drawing, the words below it and its button."""
    icon, detail, verb, action = LOOKS.get(code, LOOKS["other"])
    return NextStep(icon=icon, text=text, detail=detail, verb=verb, action=action, data=dict(data))
