"""One series, one question: has it changed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.tasks import TaskProgress
from ui.viewmodels.series_screen import SeriesChoice, SeriesScreenViewModel
from ui.viewmodels.session import SessionViewModel
from workbench.presenting.spec import Chart, Table

if TYPE_CHECKING:
    from workbench.presenting.sentences import Words

POINTS_ONLY = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A way to read the change.

    Attributes:
        id: of the model.
        title: marked English.
        reason: sentence in the reader's language: why recommended, or why it cannot be used.
        recommended: proposed for this series.
        enabled: False when the series is too short for it.
    """

    id: str
    title: str
    reason: str = ""
    recommended: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsState:
    """What the view renders.

    Attributes:
        choices: series that can be looked at.
        chosen: code of the series.
        models: ways to read the change, the recommended one marked.
        model: id of the way in force.
        automatic: the model follows the recommendation.
        provisional: the provisional last year is used; None when there is none.
        before_break: years before a break are used; None when there is no break.
        chart, words, numbers: the answer.
        used: what was used and left out, in words.
        loading: the answer is being computed.
    """

    choices: tuple[SeriesChoice, ...] = ()
    chosen: str = ""
    models: tuple[ModelChoice, ...] = ()
    model: str = ""
    automatic: bool = True
    provisional: bool | None = None
    before_break: bool | None = None
    chart: Chart | None = None
    words: Words | None = None
    numbers: Table | None = None
    used: str = ""
    loading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendQuestion:
    """What is asked of the engine."""

    code: str
    area: str
    first_year: int
    last_year: int
    cut: str = ""
    model: str = ""
    use_provisional: bool = True
    before_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """What the engine answered, ready to show."""

    models: tuple[ModelChoice, ...]
    model: str
    has_provisional: bool
    has_break: bool
    chart: Chart
    words: Words
    numbers: Table | None
    used: str


class TrendsViewModel(SeriesScreenViewModel):
    """State of the trends screen.

    Args:
        session: the open project.
    """

    state: TrendsState

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        self._provisional, self._before_break = True, False
        super().__init__(session, TrendsState(), parent)

    def _read(self) -> None:
        from ui.viewmodels.answers import series_choices

        ws = self.session.workspace
        self.session.runner.start(
            lambda _progress: series_choices(ws), done=self._loaded, lane="trend-series"
        )

    def _loaded(self, choices: tuple[SeriesChoice, ...]) -> None:
        codes = [choice.code for choice in choices]
        chosen = self.state.chosen
        if chosen not in codes:
            preferred = ("cnv_persons", "vic_detected", *codes)
            chosen = next((code for code in preferred if code in codes), "")
        self._set(choices=choices, chosen=chosen, loading=False)
        self.compute()

    def choose_series(self, code: str) -> None:
        """Look at another series, with its own recommended model."""
        if code != self.state.chosen:
            self._set(chosen=code, automatic=True, model="", models=())
            self.compute()

    def choose_model(self, model: str) -> None:
        """Read the change another way."""
        if model != self.state.model:
            self._set(model=model, automatic=False)
            self.compute()

    def include_provisional(self, *, on: bool) -> None:
        """Use the provisional last year, or leave it out."""
        self._provisional = on
        self._set(provisional=on)
        self.compute()

    def include_before_break(self, *, on: bool) -> None:
        """Use the years before a break, or leave them out."""
        self._before_break = on
        self._set(before_break=on)
        self.compute()

    def question(self) -> TrendQuestion:
        """What would be asked now."""
        shared = self.session.state
        return TrendQuestion(
            code=self.state.chosen,
            area=shared.area,
            first_year=shared.first_year,
            last_year=shared.last_year,
            cut=shared.cut,
            model="" if self.state.automatic else self.state.model,
            use_provisional=self._provisional,
            before_break=self._before_break,
        )

    def compute(self) -> None:
        """Ask the engine again."""
        if not self.state.chosen or not self.session.state.has_project:
            return
        from ui.viewmodels.answers import read_trend

        ws, question = self.session.workspace, self.question()
        self._set(loading=True)

        def work(_progress: TaskProgress) -> TrendView:
            return read_trend(ws, question)

        self.session.runner.start(work, done=self._computed, lane="trend")

    def _computed(self, answer: TrendView) -> None:
        self._set(
            models=answer.models,
            model=answer.model,
            provisional=self._provisional if answer.has_provisional else None,
            before_break=self._before_break if answer.has_break else None,
            chart=answer.chart,
            words=answer.words,
            numbers=answer.numbers,
            used=answer.used,
            loading=False,
        )
