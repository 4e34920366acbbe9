"""The history of the project: what, when, by whom; going back makes a new state, never erases."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.history import HistoryRow
    from workbench.services.workspace import Workspace

STEPS = ("undo", "redo")
_UNSAFE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A line as it is shown.

    Attributes:
        id: its number.
        at, by, text: when, who, what, in words.
        state: ``done``, ``undone`` or ``fixed``.
        back: changes that going back to it takes back; 0 when there is nothing to do.
        command: the command line that does the same; empty where there is none.
    """

    id: int
    at: str
    by: str
    text: str
    state: str
    back: int
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryState:
    """What the dock renders, newest first."""

    lines: tuple[HistoryLine, ...] = ()
    chosen: int = 0

    @property
    def line(self) -> HistoryLine | None:
        """The chosen line."""
        return next((line for line in self.lines if line.id == self.chosen), None)


class HistoryViewModel(QObject):
    """State of the history.

    Args:
        session: the open project.

    Signals:
        changed: a new ``HistoryState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = HistoryState()
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)
        self.reload()

    def reload(self, _change: object = None) -> None:
        """Read the history."""
        if not self.session.state.has_project:
            self.state = HistoryState()
            self.changed.emit(self.state)
            return
        ws = self.session.workspace
        self.session.runner.start(
            lambda _progress: read_history(ws), done=self._loaded, lane="history"
        )

    def _loaded(self, lines: tuple[HistoryLine, ...]) -> None:
        self.state = replace(self.state, lines=lines)
        self.changed.emit(self.state)

    def choose(self, number: object) -> None:
        """Look at a line."""
        self.state = replace(self.state, chosen=int(str(number)))
        self.changed.emit(self.state)

    def go_back(self) -> None:
        """Take back everything that was done after the chosen line."""
        line = self.state.line
        if line is None or not line.back:
            return
        ws, steps, author = self.session.workspace, line.back, self.session.preferences.author()

        def work(progress: TaskProgress) -> Any:
            from workbench.services import history

            change = None
            for done in range(steps):
                progress.report(done, steps)
                change = history.undo(ws, by=author)
            return change

        self.session.runner.start(
            work, done=self.session.wrote, failed=self.session.failed.emit, writes=True
        )

    def export(self, path: Path) -> None:
        """Write the history as a CSV file."""
        lines = self.state.lines
        self.session.runner.start(
            lambda _progress: write_csv(path, lines), failed=self.session.failed.emit
        )


def read_history(ws: Workspace) -> tuple[HistoryLine, ...]:
    """All lines, newest first; called in a worker."""
    from ui.viewmodels.wording import time_text
    from workbench.i18n import message
    from workbench.services import history

    rows, found, later = history.history(ws), list[HistoryLine](), 0
    for row in reversed(rows):
        state = "undone" if row.undone else "done" if row.undoable else "fixed"
        found.append(
            HistoryLine(
                id=row.id,
                at=time_text(row.at),
                by=row.by,
                text=message(row.text, row.data),
                state=state,
                back=0 if row.action in STEPS or row.undone else later,
                command=command_of(row, Path(ws.path).name),
            )
        )
        later += row.undoable and not row.undone
    return tuple(found)


def command_of(row: HistoryRow, project: str) -> str:
    """The command line that does the same as a line; empty where there is none."""
    data: Mapping[str, object] = row.data
    if row.action in STEPS:
        return _command(row.action, project)
    if row.action == "import" and data.get("file"):
        dataset = str(data.get("dataset", ""))
        parts = ["import", str(data["file"])]
        return _command(*parts, project, *(("--accept", "--dataset", dataset)))
    if row.action == "correct" and all(name in data for name in ("variable", "area", "period")):
        options = ["--variable", data["variable"], "--area", data["area"]]
        options += ["--period", data["period"]]
        if data.get("breakdown"):
            options += ["--breakdown", data["breakdown"]]
        if "value" in data:
            options += ["--value", data["value"]]
        if data.get("reason"):
            options += ["--reason", data["reason"]]
        return _command("correct", project, *map(str, options))
    return ""


def _command(*parts: str) -> str:
    """Words of a command; the project stands after the words that name what is done."""
    verbs = 2 if parts[0] == "import" else 1
    words = ["tip-workbench", *parts[:verbs], "-w", parts[verbs], *parts[verbs + 1 :]]
    return shlex.join(words)


def write_csv(path: Path, lines: Sequence[HistoryLine]) -> None:
    """Write lines, oldest first; texts that a spreadsheet would compute are marked.

    Raises:
        UserFileError: the file cannot be written.
    """
    from indicators.errors import N_
    from workbench.errors import UserFileError

    try:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(("number", "at", "by", "text", "state", "command"))
            for line in reversed(lines):
                texts = (line.at, line.by, line.text, line.state, line.command)
                safe = (f"'{text}" if text.startswith(_UNSAFE) else text for text in texts)
                out.writerow((line.id, *safe))
    except OSError as error:
        raise UserFileError(
            N_("“{name}” cannot be written."),
            detail=N_("The system says: {reason}."),
            path=path,
            reason=error.strerror or str(error),
        ) from error
