"""What was done to the project, taking it back, and a digest of the current content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from workbench.changes import Change
from workbench.store import inventory, journal, records

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

_CONTENT_TABLES = ("event", "break", "definition", "commitment", "checklist_answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One line of the history.

    Attributes:
        id: its number; order is by number, never by time.
        at, by: when and who.
        action, text, data: as in ``Change``.
        variables: codes of the variables touched.
        undoable: True when taking back is possible, once later lines are taken back.
        undone: True when it was taken back.
    """

    id: int
    at: str
    by: str
    action: str
    text: str
    data: Mapping[str, object]
    variables: tuple[str, ...]
    undoable: bool
    undone: bool


def history(ws: Workspace) -> tuple[HistoryRow, ...]:
    """All lines, oldest first; the lines ``undo`` and ``redo`` tell which one in ``data["of"]``."""
    return tuple(_row(line) for line in journal.lines(ws.db))


def next_undo(ws: Workspace) -> HistoryRow | None:
    """The line that ``undo`` would take back, or None."""
    line = journal.next_to_undo(ws.db)
    return None if line is None else _row(line)


def next_redo(ws: Workspace) -> HistoryRow | None:
    """The line that ``redo`` would repeat, or None."""
    line = journal.next_to_redo(ws.db)
    return None if line is None else _row(line)


def undo(ws: Workspace, *, by: str = "") -> Change:
    """Take the latest action back. An import is retracted; its rows stay until purged.

    Raises:
        StoreError: there is nothing to take back.
    """
    ws.refuse_read_only()
    return journal.reverse(ws.db, ws.path, by=by)


def redo(ws: Workspace, *, by: str = "") -> Change:
    """Repeat the action taken back last, unless something new was done since.

    Raises:
        StoreError: there is nothing to repeat.
    """
    ws.refuse_read_only()
    return journal.reverse(ws.db, ws.path, by=by, redo=True)


def content_digest(ws: Workspace) -> str:
    """A hash of the current observations, events, breaks, definitions, commitments and answers.

    It depends on codes and contents only, not on internal numbers, vintages or order of work:
    two projects with the same content have the same digest.
    """
    db = ws.db
    with journal.snapshot(db):
        keys = inventory.series_keys(db)
        parts = [
            hashlib.sha256(repr((keys[number], [row[1:] for row in rows])).encode()).digest()
            for number, rows in groupby(inventory.current_rows_by_series(db), itemgetter(0))
        ]
        whole = hashlib.sha256(b"".join(sorted(parts)))
        for table in _CONTENT_TABLES:
            for row in records.fetch_all(db, table):
                kept = sorted((k, v) for k, v in row.items() if k != "installed_at")
                whole.update(repr((table, kept)).encode())
    return whole.hexdigest()


def _row(line: journal.Line) -> HistoryRow:
    return HistoryRow(
        id=line.id,
        at=line.at,
        by=line.by,
        action=line.action,
        text=line.text,
        data=line.data,
        variables=line.variables,
        undoable=line.state is journal.State.DONE,
        undone=line.state in (journal.State.UNDONE, journal.State.DROPPED),
    )
