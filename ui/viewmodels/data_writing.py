"""What the data screen writes: notes, and the removal of a version for good; in the writers' line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef

if TYPE_CHECKING:
    from workbench.changes import Change


def add_note(
    session: SessionViewModel, source: str, cell: CellRef | None, text: str, author: str
) -> None:
    """Write a note on a value, or on a whole source."""
    ws = session.workspace

    def work(_progress: TaskProgress) -> Change:
        from indicators.model.period import Period
        from indicators.model.series import Breakdown
        from workbench.services import notes

        about = notes.NoteAbout(dataset=source)
        if cell is not None:
            about = notes.NoteAbout(
                dataset=source,
                variable=cell.variable,
                area=cell.area,
                period=Period.parse(cell.period),
                breakdown=Breakdown.parse(cell.breakdown),
            )
        return notes.add_note(ws, text, about, by=author)

    _write(session, work)


def remove_note(session: SessionViewModel, note: str) -> None:
    """Remove a note; undo brings it back."""
    ws = session.workspace

    def work(_progress: TaskProgress) -> Change:
        from workbench.services import notes

        return notes.remove_note(ws, note)

    _write(session, work)


def purge(session: SessionViewModel, version: int) -> None:
    """Remove a version with its rows and its file for good."""
    ws = session.workspace

    def work(_progress: TaskProgress) -> Change:
        from workbench.services import observations

        return observations.purge(ws, version)

    _write(session, work)


def _write(session: SessionViewModel, work: Callable[[TaskProgress], Change]) -> None:
    session.runner.start(work, done=session.wrote, failed=session.failed.emit, writes=True)
