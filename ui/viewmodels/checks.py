"""What the checks of the project found: level, sentence, and the value it is about."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from indicators.errors import N_
from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

AFTER_MS = 2000
"""The window is quiet this long before the data are checked by itself."""
LEVELS = {"stop": N_("stop"), "warn": N_("look at it"), "note": N_("note")}
_ORDER = ("stop", "warn", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        level: ``stop``, ``warn`` or ``note``.
        text: the sentence.
        variable, area, period, breakdown: the value it is about; empty where it is none.
    """

    level: str
    text: str
    variable: str = ""
    area: str = ""
    period: str = ""
    breakdown: str = ""

    @property
    def has_value(self) -> bool:
        """Whether there is a value to jump to."""
        return bool(self.variable and self.area and self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksState:
    """What the dock and the status bar render; ``known`` is False before the first check."""

    findings: tuple[Finding, ...] = ()
    known: bool = False
    running: bool = False


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
        session.project_changed.connect(self._other_project)
        session.content_changed.connect(self._soon)

    def _other_project(self) -> None:
        self._timer.stop()
        self._set(findings=(), known=False, running=False)
        if self.session.state.has_project:
            self._timer.start()

    def _soon(self, _change: object = None) -> None:
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

    def export(self, path: Path) -> None:
        """Write the findings as a CSV file."""
        findings = self.state.findings
        self.session.runner.start(
            lambda _progress: write_csv(path, findings), failed=self.session.failed.emit
        )


def read_findings(
    ws: Workspace, progress: TaskProgress, *, everything: bool
) -> tuple[Finding, ...]:
    """What the checks say, the gravest first; called in a worker."""
    from workbench.i18n import note_text
    from workbench.services import checks

    notes = checks.check(ws, progress=progress).findings if everything else checks.data_notes(ws)
    found = []
    for note in notes:
        data = note.data
        found.append(
            Finding(
                level=note.severity.value,
                text=note_text(note),
                variable=str(data.get("variable", "") or ""),
                area=str(data.get("area", "") or "").split(",")[0],
                period=str(data.get("period", "") or ""),
                breakdown=str(data.get("breakdown", "") or ""),
            )
        )
    return tuple(sorted(found, key=lambda entry: _ORDER.index(entry.level)))


def write_csv(path: Path, findings: Sequence[Finding]) -> None:
    """Write the findings.

    Raises:
        UserFileError: the file cannot be written.
    """
    from workbench.errors import UserFileError

    try:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(("level", "text", "variable", "area", "period", "breakdown"))
            for entry in findings:
                cells = (entry.level, entry.text, entry.variable, entry.area, entry.period)
                out.writerow((*cells, entry.breakdown))
    except OSError as error:
        raise UserFileError(
            N_("“{name}” cannot be written."),
            detail=N_("The system says: {reason}."),
            path=path,
            reason=error.strerror or str(error),
        ) from error
