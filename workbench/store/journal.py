"""Every user action is one transaction that bumps revisions and leaves a line in the journal.

A line holds two lists of operations: ``forward`` repeats the action, ``inverse`` takes it back.
An operation is a small mapping: ``{"op": "retract", "vintages": [3]}``, ``{"op": "restore",
"vintages": [2]}``, ``{"op": "put", "table": "event", "row": {...}}`` or ``{"op": "remove",
"table": "event", "key": "law_2011"}``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path

from indicators.errors import N_
from workbench.changes import Change
from workbench.errors import StoreError
from workbench.store import records
from workbench.store.connection import store_errors
from workbench.store.texts import parsed

Operation = Mapping[str, object]


class State(Enum):
    """Where a line of the journal stands."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"
    """Undone, and something new was done after."""
    FIXED = "fixed"
    """Cannot be undone."""


@dataclass(slots=True)
class Draft:
    """A line of the journal while its transaction is open.

    Attributes:
        id: number of the line.
        action, text: as in ``Change``.
        variables: codes of the variables touched; add to it.
        data: fields of the text; add to it.
        forward, inverse: operations; leave ``inverse`` empty when the act cannot be undone.
    """

    id: int
    action: str
    text: str
    variables: set[str] = field(default_factory=set)
    data: dict[str, object] = field(default_factory=dict)
    forward: list[Operation] = field(default_factory=list)
    inverse: list[Operation] = field(default_factory=list)

    def change(self) -> Change:
        """The line as services return it."""
        return Change(
            id=self.id,
            action=self.action,
            text=self.text,
            variables=tuple(sorted(self.variables)),
            data=dict(self.data),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the journal as it is stored."""

    id: int
    at: str
    by: str
    action: str
    text: str
    data: Mapping[str, object]
    variables: tuple[str, ...]
    forward: tuple[Operation, ...]
    inverse: tuple[Operation, ...]
    state: State


INSERT = """
insert into journal (at, by, action, text, data, variables, state)
values (:at, :by, :action, :text, '{}', '[]', 'fixed')"""
FINISH = """
update journal
set text = :text, data = :data, variables = :variables, forward = :forward, inverse = :inverse,
  state = :state
where id = :id"""
DROP_UNDONE = "update journal set state = 'dropped' where state = 'undone'"
BUMP_ALL = """
insert into revision (scope, number) values ('', 1)
on conflict (scope) do update set number = number + 1
returning number"""
BUMP_ONE = """
insert into revision (scope, number) values (:scope, :number)
on conflict (scope) do update set number = excluded.number"""
SELECT = """
select id, at, by, action, text, data, variables, forward, inverse, state
from journal"""


def now() -> str:
    """The time of this moment with its offset, for display only: order is by number."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


@contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One immediate transaction: all of the block or nothing of it."""
    with store_errors(path):
        db.execute("begin immediate")
        try:
            yield
            db.execute("commit")
        except BaseException:
            if db.in_transaction:
                db.execute("rollback")
            raise


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one state; inside an open transaction it is that one's."""
    if db.in_transaction:
        yield
        return
    db.execute("begin")
    try:
        yield
    finally:
        db.execute("rollback")


@contextmanager
def writing(
    db: sqlite3.Connection, path: Path, action: str, text: str, *, by: str = "", **data: object
) -> Iterator[Draft]:
    """The transaction of one user action; fill the draft inside the block.

    Args:
        db: connection of this thread.
        path: project file, for messages.
        action: as in ``Change``.
        text: as in ``Change``.
        by: who did it.
        **data: fields of the text.
    """
    with transaction(db, path):
        draft = open_line(db, action, text, by=by, data=data)
        yield draft
        db.execute(DROP_UNDONE)
        close_line(db, draft, State.DONE if draft.inverse else State.FIXED)


def open_line(
    db: sqlite3.Connection, action: str, text: str, *, by: str, data: Mapping[str, object]
) -> Draft:
    """Take the next number of the journal inside an open transaction."""
    cursor = db.execute(INSERT, {"at": now(), "by": by, "action": action, "text": text})
    return Draft(id=int(cursor.lastrowid or 0), action=action, text=text, data=dict(data))


def close_line(db: sqlite3.Connection, draft: Draft, state: State) -> None:
    """Write the line and bump the revisions of what it touched."""
    db.execute(
        FINISH,
        {
            "id": draft.id,
            "text": draft.text,
            "data": _json(draft.data),
            "variables": _json(sorted(draft.variables)),
            "forward": _json(draft.forward),
            "inverse": _json(draft.inverse),
            "state": state.value,
        },
    )
    bump(db, draft.variables)


def bump(db: sqlite3.Connection, variables: Iterable[str]) -> None:
    """Give the workspace and these variables the next revision number."""
    number = db.execute(BUMP_ALL).fetchone()[0]
    db.executemany(BUMP_ONE, [{"scope": code, "number": number} for code in sorted(variables)])


def revision(db: sqlite3.Connection, scope: str = "") -> int:
    """The revision number of a variable, or of the workspace; 0 before any write."""
    row = db.execute(
        "select number from revision where scope = :scope", {"scope": scope}
    ).fetchone()
    return int(row[0]) if row else 0


def mark(db: sqlite3.Connection) -> tuple[int, int, int]:
    """Numbers that stay while neither this connection nor another one changes the file."""
    return id(db), int(db.execute("pragma data_version").fetchone()[0]), db.total_changes


def lines(db: sqlite3.Connection, actions: Iterable[str] = ()) -> tuple[Line, ...]:
    """All lines, or those of some actions, oldest first."""
    wanted = frozenset(actions)
    rows = db.execute(f"{SELECT} order by id")
    return tuple(_line(row) for row in rows if not wanted or row[3] in wanted)


def line(db: sqlite3.Connection, number: int) -> Line | None:
    """One line; None where there is none of that number."""
    row = db.execute(f"{SELECT} where id = :id", {"id": number}).fetchone()
    return _line(row) if row else None


def last_line_except(db: sqlite3.Connection, actions: Iterable[str]) -> int:
    """Number of the newest line whose action is none of these; 0 without any."""
    names = json.dumps(list(actions))
    row = db.execute(
        "select max(id) from journal where action not in (select value from json_each(:names))",
        {"names": names},
    ).fetchone()
    return int(row[0] or 0)


def next_to_undo(db: sqlite3.Connection) -> Line | None:
    """The latest act that can be taken back."""
    row = db.execute(f"{SELECT} where state = 'done' order by id desc limit 1").fetchone()
    return _line(row) if row else None


def next_to_redo(db: sqlite3.Connection) -> Line | None:
    """The act taken back last, as long as nothing new was done."""
    row = db.execute(f"{SELECT} where state = 'undone' order by id limit 1").fetchone()
    return _line(row) if row else None


def reverse(db: sqlite3.Connection, path: Path, *, by: str = "", redo: bool = False) -> Change:
    """Take the latest act back, or repeat the one taken back last.

    Raises:
        StoreError: there is nothing to undo or redo.
    """
    with transaction(db, path):
        line = next_to_redo(db) if redo else next_to_undo(db)
        if line is None:
            raise _nothing(path, redo=redo)
        action = "redo" if redo else "undo"
        draft = open_line(db, action, line.text, by=by, data={**line.data, "of": line.id})
        draft.variables.update(line.variables)
        apply_operations(db, line.forward if redo else line.inverse, draft.id)
        state = State.DONE if redo else State.UNDONE
        db.execute(
            "update journal set state = :state where id = :id",
            {"state": state.value, "id": line.id},
        )
        close_line(db, draft, State.FIXED)
    return draft.change()


def apply_operations(
    db: sqlite3.Connection, operations: Iterable[Operation], journal_id: int
) -> None:
    """Carry out operations inside an open transaction."""
    for operation in operations:
        kind = operation["op"]
        if kind in ("retract", "restore"):
            mark = journal_id if kind == "retract" else None
            vintages = operation["vintages"]
            assert isinstance(vintages, list | tuple)
            set_retracted(db, vintages, mark)
        elif kind == "put":
            row = operation["row"]
            assert isinstance(row, Mapping)
            records.put(db, str(operation["table"]), row)
        else:
            records.remove(db, str(operation["table"]), str(operation["key"]))


def set_retracted(db: sqlite3.Connection, vintages: Iterable[int], mark: int | None) -> None:
    """Retract vintages (the number of the act) or bring them back (None)."""
    db.executemany(
        "update vintage set retracted_by = :mark where id = :id",
        [{"mark": mark, "id": vintage} for vintage in vintages],
    )


def fix_lines_of(db: sqlite3.Connection, vintage: int) -> None:
    """Acts that name a purged vintage can no longer be undone or repeated."""
    for line in lines(db):
        named = any(vintage in _vintages(op) for op in (*line.forward, *line.inverse))
        if named and line.state in (State.DONE, State.UNDONE):
            db.execute("update journal set state = 'fixed' where id = :id", {"id": line.id})


def forget_codes(db: sqlite3.Connection, variables: Iterable[str]) -> tuple[str, ...]:
    """Take codes that no longer exist out of journal and revisions; those that still exist.

    The code of a variable may itself be what a purge must remove.
    """
    known = {row[0] for row in db.execute("select code from variable")}
    gone = set(variables) - known
    for line in lines(db) if gone else ():
        if gone & set(line.variables):
            kept = _json([code for code in line.variables if code not in gone])
            db.execute(
                "update journal set variables = :variables where id = :id",
                {"variables": kept, "id": line.id},
            )
    db.executemany("delete from revision where scope = :code", [{"code": code} for code in gone])
    return tuple(sorted(set(variables) & known))


def _vintages(operation: Operation) -> tuple[object, ...]:
    found = operation.get("vintages", ())
    return tuple(found) if isinstance(found, list | tuple) else ()


def _nothing(path: Path, *, redo: bool) -> StoreError:
    if redo:
        return StoreError(N_("There is nothing to redo."), path=path)
    return StoreError(N_("There is nothing to undo."), path=path)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _line(row: tuple[object, ...]) -> Line:
    number, at, by, action, text, data, variables, forward, inverse, state = row
    return Line(
        id=int(str(number)),
        at=str(at),
        by=str(by or ""),
        action=str(action),
        text=str(text),
        data=parsed(str(data)),
        variables=tuple(parsed(str(variables))),
        forward=tuple(parsed(str(forward or "[]"))),
        inverse=tuple(parsed(str(inverse or "[]"))),
        state=State(state),
    )
