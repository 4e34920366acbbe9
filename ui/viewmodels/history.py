"""The history of the project: what, when, by whom; going back makes a new state, never erases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.history_commands import CommandLine
    from workbench.services.workspace import Workspace

STEPS = ("undo", "redo")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A line as it is shown.

    Attributes:
        id: its number.
        at, by, text: when, who, what, in words.
        state: ``done``, ``undone`` or ``fixed``.
        back: changes that going back to it takes back; 0 when there is nothing to do.
    """

    id: int
    at: str
    by: str
    text: str
    state: str
    back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryState:
    """What the dock renders, newest first.

    Attributes:
        lines: the lines.
        chosen: number of the chosen one.
        command: the command line that does it again; empty while it is looked for, and where
            there is none.
        why: then the reason, an English sentence.
    """

    lines: tuple[HistoryLine, ...] = ()
    chosen: int = 0
    command: str = ""
    why: str = ""

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
        """Look at a line, and for the command that does it again."""
        self.state = replace(self.state, chosen=int(str(number)), command="", why="")
        self.changed.emit(self.state)
        ws, chosen = self.session.workspace, self.state.chosen

        def look(_progress: TaskProgress) -> CommandLine:
            from workbench.services import history_commands

            return history_commands.command(ws, chosen)

        self.session.runner.start(look, done=self._found, lane="history-command")

    def _found(self, found: CommandLine) -> None:
        self.state = replace(self.state, command=found.text, why=found.why)
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

    def file_name(self) -> str:
        """A name for the exported history: it holds true values, unless all are invented."""
        return "history.csv" if self.session.state.fictitious else "history-INTERNAL.csv"

    def export(self, path: Path) -> None:
        """Write the whole history with its commands as a .csv or .json file."""
        ws = self.session.workspace

        def work(_progress: TaskProgress) -> object:
            from workbench.services import history_export

            return history_export.write_history(ws, path)

        self.session.runner.start(work, failed=self.session.failed.emit)


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
            )
        )
        later += row.undoable and not row.undone
    return tuple(found)
