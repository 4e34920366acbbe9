"""The registers of events (laws, plans, campaigns, shocks) and of breaks in the counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.results import Intervention, SeriesBreak
from workbench.changes import Change
from workbench.services import register
from workbench.services.register import Register
from workbench.store import events as store
from workbench.store import records

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

_EVENTS = Register(table="event", name_of=store.shown_name, variables_of=store.variables_of_row)
_BREAKS = Register(table="break", name_of=store.shown_name, variables_of=store.variables_of_row)


def events(ws: Workspace) -> tuple[Intervention, ...]:
    """All events by start."""
    found = (store.event_of_row(row) for row in records.fetch_all(ws.db, "event"))
    return tuple(sorted(found, key=lambda event: (event.start.year, event.start.code, event.id)))


def breaks(ws: Workspace) -> tuple[SeriesBreak, ...]:
    """All breaks by start."""
    found = (store.break_of_row(row) for row in records.fetch_all(ws.db, "break"))
    return tuple(sorted(found, key=lambda entry: (entry.start.year, entry.start.code, entry.id)))


def add_event(ws: Workspace, event: Intervention, *, by: str = "") -> Change:
    """Enter an event; its id must be new.

    Raises:
        WorkbenchError: an event has that id.
    """
    return register.add(
        ws, _EVENTS, N_("Entered the event “{name}”"), store.event_row(event), by=by
    )


def edit_event(ws: Workspace, event: Intervention, *, by: str = "") -> Change:
    """Change the event of that id.

    Raises:
        WorkbenchError: no event has that id.
    """
    return register.edit(
        ws, _EVENTS, N_("Changed the event “{name}”"), store.event_row(event), by=by
    )


def remove_event(ws: Workspace, id: str, *, by: str = "") -> Change:  # noqa: A002 - the word of the vocabulary
    """Remove the event of that id; undo brings it back.

    Raises:
        WorkbenchError: no event has that id.
    """
    return register.remove(ws, _EVENTS, N_("Removed the event “{name}”"), id, by=by)


def add_break(ws: Workspace, entry: SeriesBreak, *, by: str = "") -> Change:
    """Enter a break; its id must be new.

    Raises:
        WorkbenchError: a break has that id.
    """
    return register.add(
        ws, _BREAKS, N_("Entered the break “{name}”"), store.break_row(entry), by=by
    )


def edit_break(ws: Workspace, entry: SeriesBreak, *, by: str = "") -> Change:
    """Change the break of that id.

    Raises:
        WorkbenchError: no break has that id.
    """
    return register.edit(
        ws, _BREAKS, N_("Changed the break “{name}”"), store.break_row(entry), by=by
    )


def remove_break(ws: Workspace, id: str, *, by: str = "") -> Change:  # noqa: A002 - the word of the vocabulary
    """Remove the break of that id; undo brings it back.

    Raises:
        WorkbenchError: no break has that id.
    """
    return register.remove(ws, _BREAKS, N_("Removed the break “{name}”"), id, by=by)
