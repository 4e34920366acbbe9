"""What the first page shows: three values, what to do next, recent files."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_
from indicators.model.codes import Pillar
from ui.tasks import TaskProgress
from ui.viewmodels.preferences import RecentFile
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

PREFERRED = {
    Pillar.PREVENTION: "PRV-03",
    Pillar.PROTECTION: "PRT-04",
    Pillar.PROSECUTION: "PRS-05",
}


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
    """

    has_project: bool = False
    title: str = ""
    last_year: int = 0
    tiles: tuple[Tile, ...] = ()
    steps: tuple[NextStep, ...] = ()
    recent: tuple[RecentFile, ...] = ()
    loading: bool = False


class HomeViewModel(QObject):
    """State of the first page.

    Args:
        session: the open project.

    Signals:
        changed: a new ``HomeState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = HomeState(recent=session.preferences.recent())
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def reload(self, _change: object = None) -> None:
        """Compute tiles and next steps again."""
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
        )
        ws, area = self.session.workspace, shared.areas[0].code if shared.areas else shared.area
        last = self.state.last_year

        def work(progress: TaskProgress) -> tuple[tuple[Tile, ...], tuple[NextStep, ...]]:
            return read_tiles(ws, area, progress), read_steps(ws, last)

        self.session.runner.start(work, done=self._loaded, failed=self._not_loaded, lane="home")

    def _loaded(self, answer: tuple[tuple[Tile, ...], tuple[NextStep, ...]]) -> None:
        self._set(tiles=answer[0], steps=answer[1], loading=False)

    def _not_loaded(self, problem: object) -> None:
        self._set(loading=False)
        self.session.failed.emit(problem)


def read_tiles(ws: Workspace, area: str, progress: TaskProgress) -> tuple[Tile, ...]:
    """One indicator a pillar: the preferred one, else the first that can be computed."""
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
        tile = next((made for entry in entries[:4] if (made := _tile(ws, entry, area))), None)
        if tile is not None:
            tiles.append(tile)
    return tuple(tiles)


def _tile(ws: Workspace, indicator: Any, area: str) -> Tile | None:
    from ui.viewmodels.wording import indicator_number
    from workbench.i18n import local, period_text
    from workbench.presenting.naming import unit_text
    from workbench.services import analysis, indicators, pictures

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


def read_steps(ws: Workspace, last_year: int) -> tuple[NextStep, ...]:
    """What can be done next, from the state of the project."""
    from indicators.model.codes import IndicatorSet
    from workbench.services import events, indicators, observations

    deliveries = observations.vintages(ws)
    if not deliveries:
        return (
            NextStep(
                icon="upload",
                text=N_("There are no data yet."),
                detail=N_("Drop an Excel, CSV or ODS file here."),
                verb=N_("Import…"),
                action="import_file",
                data={},
            ),
        )
    steps = []
    lacking = [
        entry
        for entry in indicators.catalogue(ws)
        if entry.indicator.set is IndicatorSet.CORE and entry.state != "computable"
    ]
    if lacking:
        first = lacking[0]
        steps.append(
            NextStep(
                icon="indicators",
                text=N_("Core indicators that lack an input: {count}."),
                detail=N_("{code} needs {inputs}."),
                verb=N_("Show"),
                action="show_indicators",
                data={
                    "count": len(lacking),
                    "code": first.indicator.code,
                    "inputs": ", ".join(first.missing),
                },
            )
        )
    steps.append(
        NextStep(
            icon="cal",
            text=N_("The newest values are for {year}."),
            detail=N_("Import the next delivery when it arrives."),
            verb=N_("Import…"),
            action="import_file",
            data={"year": last_year},
        )
    )
    registered = events.events(ws)
    if registered:
        steps.append(
            NextStep(
                icon="impact",
                text=N_("Registered events: {count}."),
                detail=N_("See whether a series changed after one of them."),
                verb=N_("Look"),
                action="show_impact",
                data={"count": len(registered)},
            )
        )
    return tuple(steps)
