"""Entries that people keep by hand: add, change, remove by key, each one line in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.store import records
from workbench.store.records import Row

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


def _no_variables(_row: Row) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One table of entries with the key ``code``.

    Attributes:
        table: name of the table, which is also the word in the coded action (``add_event``).
        name_of: what the history calls a row.
        variables_of: codes of the inputs a row touches.
    """

    table: str
    name_of: Callable[[Row], str]
    variables_of: Callable[[Row], tuple[str, ...]] = _no_variables


def add(ws: Workspace, register: Register, text: str, row: Row, *, by: str = "") -> Change:
    """Enter a row; its key must be new.

    Raises:
        WorkbenchError: an entry has that key.
    """
    key, table = str(row["code"]), register.table
    name = register.name_of(row)
    with ws.write(f"add_{table}", text, by=by, name=name, key=key) as draft:
        if records.fetch(ws.db, table, key) is not None:
            raise WorkbenchError(
                N_("There is already an entry “{id}”."),
                hint=N_("Choose another short name, or edit that entry."),
                id=key,
            )
        records.put(ws.db, table, row)
        draft.variables.update(register.variables_of(row))
        draft.forward.append({"op": "put", "table": table, "row": row})
        draft.inverse.append({"op": "remove", "table": table, "key": key})
    return draft.change()


def edit(ws: Workspace, register: Register, text: str, row: Row, *, by: str = "") -> Change:
    """Change the row of that key.

    Raises:
        WorkbenchError: no entry has that key.
    """
    key, table = str(row["code"]), register.table
    name = register.name_of(row)
    with ws.write(f"edit_{table}", text, by=by, name=name, key=key) as draft:
        former = known(ws, table, key)
        records.put(ws.db, table, row)
        draft.variables.update(register.variables_of(row), register.variables_of(former))
        draft.forward.append({"op": "put", "table": table, "row": row})
        draft.inverse.append({"op": "put", "table": table, "row": former})
    return draft.change()


def remove(ws: Workspace, register: Register, text: str, key: str, *, by: str = "") -> Change:
    """Remove the row of that key; undo brings it back.

    Raises:
        WorkbenchError: no entry has that key.
    """
    table = register.table
    with ws.write(f"remove_{table}", text, by=by, key=key) as draft:
        former = known(ws, table, key)
        draft.data["name"] = register.name_of(former)
        records.remove(ws.db, table, key)
        draft.variables.update(register.variables_of(former))
        draft.forward.append({"op": "remove", "table": table, "key": key})
        draft.inverse.append({"op": "put", "table": table, "row": former})
    return draft.change()


def known(ws: Workspace, table: str, key: str) -> Row:
    """The row of that key.

    Raises:
        WorkbenchError: no entry has that key.
    """
    row = records.fetch(ws.db, table, key)
    if row is None:
        codes = ", ".join(str(entry["code"]) for entry in records.fetch_all(ws.db, table))
        raise WorkbenchError(
            N_("There is no entry “{id}”."), hint=N_("Known: {known}."), id=key, known=codes
        )
    return row
