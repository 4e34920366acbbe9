"""What the checks of the project found: level, sentence, the value it is about, and the answers given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from indicators.errors import N_
from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.findings import Finding as Found
    from workbench.services.workspace import Workspace

AFTER_MS = 2000
"""The window is quiet this long before the data are checked by itself."""
LEVELS = {"stop": N_("stop"), "warn": N_("look at it"), "note": N_("note")}
ANSWERS = {"open": "", "accepted": N_("accepted"), "later": N_("later")}
_ORDER = ("stop", "warn", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        id: name under which it is answered.
        level: ``stop``, ``warn`` or ``note``.
        text: the sentence.
        answer: ``open``, ``accepted`` or ``later``.
        reason, by: of the answer.
        answerable: False for damage of the file, which nobody can accept.
        variable, area, period, breakdown: the value it is about; empty where it is none.
    """

    id: str
    level: str
    text: str
    answer: str = "open"
    reason: str = ""
    by: str = ""
    answerable: bool = True
    variable: str = ""
    area: str = ""
    period: str = ""
    breakdown: str = ""

    @property
    def has_value(self) -> bool:
        """Whether there is a value to jump to."""
        return bool(self.variable and self.area and self.period)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer == "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksState:
    """What the dock and the status bar render; ``known`` is False before the first check."""

    findings: tuple[Finding, ...] = ()
    known: bool = False
    running: bool = False

    @property
    def open_count(self) -> int:
        """How many wait for an answer."""
        return sum(entry.is_open for entry in self.findings)


class ChecksViewModel(QObject):
    """State of the checks.

    Args:
        session: the open project.

    Signals:
        changed: a new ``ChecksState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = ChecksState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._by_itself)
        session.project_changed.connect(self.follow_project)
        session.content_changed.connect(self._soon)

    def follow_project(self) -> None:
        """Forget what was found in another project; the open one is checked in a while."""
        self._timer.stop()
        self._set(findings=(), known=False, running=False)
        if self.session.state.has_project:
            self._timer.start()

    def _soon(self, change: Change | None = None) -> None:
        if change is not None and change.action.endswith("_check"):
            self.check(everything=False)  # an answer shows at once
        else:
            self._timer.start()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def _by_itself(self) -> None:
        if self.session.runner.is_busy():
            self._timer.start()  # what the person asked for comes first
        else:
            self.check(everything=False)

    def check(self, *, everything: bool = True) -> None:
        """Check the data, and with ``everything`` the file and the kept originals too."""
        if not self.session.state.has_project:
            return
        self._timer.stop()
        ws = self.session.workspace
        self._set(running=True)
        task = self.session.runner.start(
            lambda progress: read_findings(ws, progress, everything=everything),
            done=lambda findings: self._set(findings=findings, known=True, running=False),
            failed=self._failed,
            lane="checks",
        )
        task.stopped.connect(lambda: self._set(running=False))

    def _failed(self, problem: object) -> None:
        self._set(running=False)
        self.session.failed.emit(problem)

    # answers

    def accept(self, ids: Sequence[str], reason: str) -> None:
        """Accept findings with a reason."""
        from workbench.services import findings

        by = self.session.preferences.author()
        self._answer(lambda ws: findings.accept(ws, ids, reason=reason, by=by))

    def put_off(self, ids: Sequence[str]) -> None:
        """Leave findings for later."""
        from workbench.services import findings

        by = self.session.preferences.author()
        self._answer(lambda ws: findings.put_off(ws, ids, by=by))

    def reopen(self, ids: Sequence[str]) -> None:
        """Take back the answers."""
        from workbench.services import findings

        by = self.session.preferences.author()
        self._answer(lambda ws: findings.reopen(ws, ids, by=by))

    def _answer(self, act: Callable[[Workspace], Change]) -> None:
        ws = self.session.workspace
        self.session.runner.start(
            lambda _progress: act(ws),
            done=self.session.wrote,
            failed=self.session.failed.emit,
            writes=True,
        )

    def export(self, path: Path) -> None:
        """Write the findings with their answers as a CSV or HTML file."""
        ws = self.session.workspace

        def work(_progress: TaskProgress) -> None:
            from workbench.services import findings

            findings.write_report(ws, path)

        self.session.runner.start(work, failed=self.session.failed.emit)


def read_findings(
    ws: Workspace, progress: TaskProgress, *, everything: bool
) -> tuple[Finding, ...]:
    """What the checks say: open ones first, the gravest first; called in a worker."""
    from workbench.services import checks, findings

    found = findings.findings(ws)
    damage: tuple[Found, ...] = ()
    if everything:
        known = {entry.id for entry in found}
        whole = findings.with_answers(ws, checks.check(ws, progress=progress).findings)
        damage = tuple(entry for entry in whole if entry.id not in known)
    listed = [
        *(_finding(entry, answerable=False) for entry in damage),
        *(_finding(entry, answerable=True) for entry in found),
    ]
    return tuple(sorted(listed, key=lambda entry: (not entry.is_open, _ORDER.index(entry.level))))


def _finding(entry: Found, *, answerable: bool) -> Finding:
    from workbench.i18n import note_text

    data = entry.note.data
    return Finding(
        id=entry.id,
        level=entry.level.value,
        text=note_text(entry.note),
        answer=entry.answer,
        reason=entry.reason,
        by=entry.by,
        answerable=answerable,
        variable=str(data.get("variable", "") or ""),
        area=str(data.get("area", "") or "").split(",")[0],
        period=str(data.get("period", "") or ""),
        breakdown=str(data.get("breakdown", "") or ""),
    )
