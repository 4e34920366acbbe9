"""How the country stands on each recommendation: evidence, direction, reason; never a total."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_
from indicators.model.codes import Pillar
from ui.tasks import Task, TaskProgress
from ui.viewmodels.resting import Resting
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

TEN, FIVE = "ten", "five"
EVIDENCE = {
    "none": (0, N_("none")),
    "weak": (1, N_("weak")),
    "some": (2, N_("some")),
    "strong": (3, N_("strong")),
}
"""Bars and word of each level of evidence."""
MOVEMENT = {
    "better": ("up", N_("improved")),
    "worse": ("down", N_("got worse")),
    "mixed": ("mixed", N_("some better, some worse")),
    "steady": ("level", N_("about level")),
    "unclear": ("unclear", N_("cannot tell")),
    "not_judged": ("none", N_("not judged")),
}
"""Sign and word of each direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One recommendation or challenge.

    Attributes:
        number: ``R1`` or ``C1``.
        name, text: short and whole words.
        code, indicator, pillar: the indicator that leads; empty and None without data.
        value: its newest value with unit.
        values, hollow: for the sparkline.
        evidence, movement: keys of ``EVIDENCE`` and ``MOVEMENT``.
        reason: why we say so.
    """

    number: str
    name: str
    text: str
    code: str = ""
    indicator: str = ""
    pillar: Pillar | None = None
    value: str = ""
    values: tuple[float, ...] = ()
    hollow: bool = False
    evidence: str = "none"
    movement: str = "not_judged"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardState:
    """What the view renders; ``place`` names area and newest year."""

    kind: str = TEN
    lines: tuple[ScoreLine, ...] = ()
    place: str = ""
    loading: bool = False
    done: int = 0
    total: int = -1
    stopped: bool = False
    hides: bool = False


class ScorecardViewModel(QObject):
    """State of the scorecard.

    Args:
        session: the open project.

    Signals:
        changed: a new ``ScorecardState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = ScorecardState()
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)
        session.context_changed.connect(self._other_area)
        session.view_changed.connect(lambda: self._set(lines=(), loading=True, total=-1))
        self._area = ""
        self._rest = Resting(self._read)
        self._task: Task | None = None
        self.reload()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def _other_area(self) -> None:
        if self.session.state.area != self._area:
            self.reload()

    def choose_kind(self, kind: str) -> None:
        """The ten recommendations or the five challenges."""
        if kind != self.state.kind:
            self._set(kind=kind)
            self.reload()

    def see(self, *, on: bool) -> None:
        """The screen is shown or hidden: all indicators are read only for who looks."""
        self._rest.see(on=on)

    def stop(self) -> None:
        """Do not wait for the rest."""
        if self._task is not None and self.state.loading:
            self._task.cancel()
            self._task = None
            self._set(loading=False, stopped=True)

    def reload(self, _change: object = None) -> None:
        """Judge again; kept readings make it quick."""
        self._rest.ask(urgent=not self.session.state.has_project)

    def _read(self) -> None:
        shared = self.session.state
        if not shared.has_project:
            self._set(lines=(), loading=False, place="")
            return
        ws, area, kind = self.session.workspace, shared.area, self.state.kind
        self._area = area
        self._set(loading=True, done=0, total=-1, stopped=False, hides=shared.hides)
        self._task = self.session.runner.start(
            lambda progress: read_scorecard(ws, area, kind, progress),
            done=self._loaded,
            failed=self._failed,
            progressed=self._progressed,
            lane="scorecard",
        )

    def _progressed(self, done: int, total: int, _text: str) -> None:
        if self._task is not None:
            self._set(done=done, total=total)

    def _loaded(self, answer: tuple[tuple[ScoreLine, ...], str]) -> None:
        if self._task is not None:
            self._task = None
            self._set(lines=answer[0], place=answer[1], loading=False)

    def _failed(self, problem: object) -> None:
        self._set(loading=False)
        self.session.failed.emit(problem)


def read_scorecard(
    ws: Workspace, area: str, kind: str, progress: TaskProgress
) -> tuple[tuple[ScoreLine, ...], str]:
    """All lines, and area and newest year in words; called in a worker."""
    from workbench.i18n import local, message
    from workbench.services import framework, indicators, observations, public_view

    entries = [each for each in indicators.catalogue(ws) if each.state != "not"]
    inputs = [code for each in entries for code in indicators.inputs_of(each.indicator)]
    public_view.prepare(ws, inputs, progress=progress)
    judge = framework.scorecard if kind == TEN else framework.challenges_card
    rows = judge(ws, area, progress=progress)
    lines = tuple(_line(ws, row, area, "R" if kind == TEN else "C") for row in rows)
    years = [each.periods[-1].year for row in rows for each in row.readings if each.periods]
    names = {row.code: local(row.names) or row.code for row in observations.areas(ws)}
    data = {"area": names.get(area, area), "year": str(max(years, default=0))}
    place = message("{area}, data up to {year}.", data) if years else names.get(area, area)
    return lines, place


def _line(ws: Workspace, row: Any, area: str, letter: str) -> ScoreLine:
    from workbench.i18n import local, note_text

    line = ScoreLine(
        number=f"{letter}{row.goal.number}",
        name=local(row.goal.name),
        text=local(row.goal.text),
        evidence=row.evidence.value,
        movement=row.movement.value,
        reason=note_text(row.reason),
    )
    lead = _lead(row)
    return line if lead is None else _with_lead(ws, line, lead, area)


def _lead(row: Any) -> Any:
    """The indicator that shows what the row says: one that moved so, else the longest series."""
    with_values = [each for each in row.readings if each.periods and each.value is not None]
    alike = [each for each in with_values if each.movement is row.movement]
    return max(alike or with_values, key=lambda each: len(each.periods), default=None)


def _with_lead(ws: Workspace, line: ScoreLine, lead: Any, area: str) -> ScoreLine:
    from ui.viewmodels.wording import value_text
    from workbench.i18n import local, message
    from workbench.presenting.naming import unit_text
    from workbench.services import indicators

    definition = lead.indicator
    (series,) = indicators.compute(ws, [definition.code], areas=[area])
    known = [value for value in series.values if value.value is not None]
    if not known:
        return line
    text = value_text(known[-1], definition)
    if definition.unit != "%":
        text = message("{value} {unit}", {"value": text, "unit": unit_text(definition.unit)})
    return replace(
        line,
        code=definition.code,
        indicator=local(definition.name),
        pillar=definition.pillar,
        value=text,
        values=tuple(math.nan if v.value is None else v.value for v in series.values),
        hollow="P" in known[-1].flags,
    )
