"""The registers of events (laws, plans, campaigns, shocks) and of breaks in the counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.results import Intervention, SeriesBreak
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.store import events as store
from workbench.store import records

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


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
    return _add(ws, "event", N_("Entered the event “{name}”"), store.event_row(event), by)


def edit_event(ws: Workspace, event: Intervention, *, by: str = "") -> Change:
    """Change the event of that id.

    Raises:
        WorkbenchError: no event has that id.
    """
    return _edit(ws, "event", N_("Changed the event “{name}”"), store.event_row(event), by)


def remove_event(ws: Workspace, id: str, *, by: str = "") -> Change:  # noqa: A002 - the word of the vocabulary
    """Remove the event of that id; undo brings it back.

    Raises:
        WorkbenchError: no event has that id.
    """
    return _remove(ws, "event", N_("Removed the event “{name}”"), id, by)


def add_break(ws: Workspace, entry: SeriesBreak, *, by: str = "") -> Change:
    """Enter a break; its id must be new.

    Raises:
        WorkbenchError: a break has that id.
    """
    return _add(ws, "break", N_("Entered the break “{name}”"), store.break_row(entry), by)


def edit_break(ws: Workspace, entry: SeriesBreak, *, by: str = "") -> Change:
    """Change the break of that id.

    Raises:
        WorkbenchError: no break has that id.
    """
    return _edit(ws, "break", N_("Changed the break “{name}”"), store.break_row(entry), by)


def remove_break(ws: Workspace, id: str, *, by: str = "") -> Change:  # noqa: A002 - the word of the vocabulary
    """Remove the break of that id; undo brings it back.

    Raises:
        WorkbenchError: no break has that id.
    """
    return _remove(ws, "break", N_("Removed the break “{name}”"), id, by)


def _add(ws: Workspace, table: str, text: str, row: records.Row, by: str) -> Change:
    key = str(row["code"])
    with ws.write(f"add_{table}", text, by=by, name=store.shown_name(row), key=key) as draft:
        if records.fetch(ws.db, table, key) is not None:
            raise WorkbenchError(
                N_("There is already an entry “{id}”."),
                hint=N_("Choose another short name, or edit that entry."),
                id=key,
            )
        records.put(ws.db, table, row)
        draft.variables.update(store.variables_of_row(row))
        draft.forward.append({"op": "put", "table": table, "row": row})
        draft.inverse.append({"op": "remove", "table": table, "key": key})
    return draft.change()


def _edit(ws: Workspace, table: str, text: str, row: records.Row, by: str) -> Change:
    key = str(row["code"])
    with ws.write(f"edit_{table}", text, by=by, name=store.shown_name(row), key=key) as draft:
        former = _known(ws, table, key)
        records.put(ws.db, table, row)
        draft.variables.update(store.variables_of_row(row), store.variables_of_row(former))
        draft.forward.append({"op": "put", "table": table, "row": row})
        draft.inverse.append({"op": "put", "table": table, "row": former})
    return draft.change()


def _remove(ws: Workspace, table: str, text: str, key: str, by: str) -> Change:
    with ws.write(f"remove_{table}", text, by=by, key=key) as draft:
        former = _known(ws, table, key)
        draft.data["name"] = store.shown_name(former)
        records.remove(ws.db, table, key)
        draft.variables.update(store.variables_of_row(former))
        draft.forward.append({"op": "remove", "table": table, "key": key})
        draft.inverse.append({"op": "put", "table": table, "row": former})
    return draft.change()


def _known(ws: Workspace, table: str, key: str) -> records.Row:
    row = records.fetch(ws.db, table, key)
    if row is None:
        known = ", ".join(str(entry["code"]) for entry in records.fetch_all(ws.db, table))
        raise WorkbenchError(
            N_("There is no entry “{id}”."), hint=N_("Known: {known}."), id=key, known=known
        )
    return row
