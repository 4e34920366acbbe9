"""Did a law, plan or campaign go with a change? The words never say because."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui.tasks import TaskProgress
from ui.viewmodels.series_screen import SeriesChoice, SeriesScreenViewModel
from ui.viewmodels.session import SessionViewModel
from workbench.presenting.spec import Chart, Role, Shape, Table

if TYPE_CHECKING:
    from workbench.presenting.sentences import Words
    from workbench.services.workspace import Workspace

LEVEL, LEVEL_SLOPE = "level", "level_slope"
DELAYS = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChoice:
    """A registered event; ``detail`` is its kind and date in the reader's language."""

    id: str
    names: dict[str, str]
    year: int
    kind: str
    delay: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragility:
    """False dates beside the real one.

    Attributes:
        rows: label, estimate, low, high, real.
        ticks: positions and labels of the vertical axis.
        role, shape: of the real date.
        sentences: what they say.
    """

    rows: tuple[tuple[str, float, float, float, bool], ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    role: Role = Role.CONTEXT
    shape: Shape = Shape.CIRCLE
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactState:
    """What the view renders.

    Attributes:
        events: registered events.
        event: id of the chosen one.
        choices: series that can be looked at.
        chosen: code of the series.
        design: level, or level and slope.
        delay: years until an effect can be expected.
        rivals: letter and name of other events in these years.
        chart, words, numbers, fragility: the answer.
        used: what was used, in words.
        loading: the answer is being computed.
    """

    events: tuple[EventChoice, ...] = ()
    event: str = ""
    choices: tuple[SeriesChoice, ...] = ()
    chosen: str = ""
    design: str = LEVEL
    delay: int = 0
    rivals: tuple[tuple[str, str], ...] = ()
    chart: Chart | None = None
    words: Words | None = None
    numbers: Table | None = None
    fragility: Fragility = Fragility()
    used: str = ""
    loading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactQuestion:
    """What is asked of the engine."""

    code: str
    area: str
    event: str
    design: str
    delay: int
    first_year: int
    last_year: int
    cut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactView:
    """What the engine answered, ready to show."""

    chart: Chart
    words: Words
    numbers: Table | None
    fragility: Fragility
    rivals: tuple[tuple[str, str], ...]
    used: str


class ImpactViewModel(SeriesScreenViewModel):
    """State of the impact screen.

    Args:
        session: the open project.
    """

    state: ImpactState

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(session, ImpactState(), parent)

    def _read(self) -> None:
        ws = self.session.workspace

        def work(_progress: TaskProgress) -> Any:
            from ui.viewmodels.answers import series_choices

            return read_events(ws), series_choices(ws)

        self.session.runner.start(work, done=self._loaded, lane="impact-series")

    def _loaded(self, answer: tuple[tuple[EventChoice, ...], tuple[SeriesChoice, ...]]) -> None:
        events, choices = answer
        state = self.state
        codes = [choice.code for choice in choices]
        ids = [event.id for event in events]
        preferred = (state.chosen, "inv_opened", "vic_detected", *codes)
        chosen = next((code for code in preferred if code in codes), "")
        laws = [event.id for event in events if event.kind == "law"]
        event = next((e for e in (state.event, *laws, *ids) if e in ids), "")
        delay = next((item.delay for item in events if item.id == event), 0)
        kept = state.delay if event == state.event else min(delay, DELAYS[-1])
        self._set(
            events=events, choices=choices, chosen=chosen, event=event, delay=kept, loading=False
        )
        self.compute()

    def choose_event(self, event: str) -> None:
        """Ask about another event, with its own delay."""
        delay = next((item.delay for item in self.state.events if item.id == event), 0)
        self._change(event=event, delay=min(delay, DELAYS[-1]))

    def choose_series(self, code: str) -> None:
        """Ask about another series."""
        self._change(chosen=code)

    def choose_design(self, design: str) -> None:
        """Level, or level and slope."""
        self._change(design=design)

    def choose_delay(self, delay: int) -> None:
        """Years until an effect can be expected."""
        self._change(delay=delay)

    def _change(self, **fields: Any) -> None:
        if any(getattr(self.state, name) != value for name, value in fields.items()):
            self._set(**fields)
            self.compute()

    def compute(self) -> None:
        """Ask the engine again."""
        state, shared = self.state, self.session.state
        if not (state.chosen and state.event and shared.has_project):
            return
        ws = self.session.workspace
        question = ImpactQuestion(
            code=state.chosen,
            area=shared.area,
            event=state.event,
            design=state.design,
            delay=state.delay,
            first_year=shared.first_year,
            last_year=shared.last_year,
            cut=shared.cut,
        )
        self._set(loading=True)

        def work(_progress: TaskProgress) -> ImpactView:
            from ui.viewmodels.answers import read_impact

            return read_impact(ws, question)

        self.session.runner.start(work, done=self._computed, lane="impact")

    def _computed(self, answer: ImpactView) -> None:
        self._set(
            chart=answer.chart,
            words=answer.words,
            numbers=answer.numbers,
            fragility=answer.fragility,
            rivals=answer.rivals,
            used=answer.used,
            loading=False,
        )


def read_events(ws: Workspace) -> tuple[EventChoice, ...]:
    """Registered events; called in a worker."""
    from workbench.services import events

    return tuple(
        EventChoice(
            id=event.id,
            names=dict(event.name),
            year=event.start.year,
            kind=event.kind,
            delay=event.delay,
        )
        for event in events.events(ws)
    )
