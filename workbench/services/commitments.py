"""What the office follows: recommendations, obligations, reports due, and checklists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from indicators.codelists import code_list
from indicators.errors import N_
from indicators.framework import Checklist, ChecklistItem, checklists
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.services import register
from workbench.services.register import Register
from workbench.store import commitments as store
from workbench.store import records
from workbench.store.commitments import (
    ChecklistAnswer,
    Commitment,
    CommitmentKind,
    Evidence,
    Progress,
)
from workbench.store.texts import parsed

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Draft

__all__ = [
    "AnsweredItem",
    "ChecklistAnswer",
    "Commitment",
    "CommitmentKind",
    "Duty",
    "DutyState",
    "Evidence",
    "Progress",
    "add_commitment",
    "answer_item",
    "answered",
    "calendar",
    "checked_answer",
    "commitments",
    "edit_commitment",
    "item_of",
    "put_answer",
    "remove_commitment",
    "withdraw_answer",
]


ANSWERS = "checklist_answer"
"""Table of the answers."""


def _title(row: records.Row) -> str:
    titles = parsed(str(row["titles"]))
    return str(titles.get("en") or next(iter(titles.values()), "") or row["code"])


_COMMITMENTS = Register(table="commitment", name_of=_title)


class DutyState(Enum):
    """Where a report stands on a day."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A report in the calendar; ``days`` from the day asked to the due day, negative after it."""

    report: Commitment
    state: DutyState
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredItem:
    """An item of a checklist with its answer, or None when nobody has answered it."""

    checklist: Checklist
    item: ChecklistItem
    answer: ChecklistAnswer | None


def commitments(ws: Workspace, kind: CommitmentKind | None = None) -> tuple[Commitment, ...]:
    """All entries by due day, or those of one kind."""
    found = (store.commitment_of_row(row) for row in records.fetch_all(ws.db, "commitment"))
    kept = (entry for entry in found if kind is None or entry.kind is kind)
    return tuple(sorted(kept, key=lambda entry: (entry.due, entry.id)))


def calendar(ws: Workspace, today: date) -> tuple[Duty, ...]:
    """The reports by due day with where each stands on a day."""
    return tuple(
        Duty(report=entry, state=_state(entry, today), days=(entry.due - today).days)
        for entry in commitments(ws, CommitmentKind.REPORT)
    )


def _state(report: Commitment, today: date) -> DutyState:
    if report.done is not None:
        return DutyState.IN_TIME if report.done <= report.due else DutyState.LATE
    return DutyState.OPEN if today <= report.due else DutyState.OVERDUE


def add_commitment(ws: Workspace, entry: Commitment, *, by: str = "") -> Change:
    """Enter a recommendation, obligation or report; its id must be new.

    Raises:
        WorkbenchError: an entry has that id, or the entry does not fit together.
    """
    row = store.commitment_row(_checked(entry))
    return register.add(ws, _COMMITMENTS, N_("Entered “{name}” in the tracker"), row, by=by)


def edit_commitment(ws: Workspace, entry: Commitment, *, by: str = "") -> Change:
    """Change the entry of that id.

    Raises:
        WorkbenchError: no entry has that id, or the entry does not fit together.
    """
    row = store.commitment_row(_checked(entry))
    return register.edit(ws, _COMMITMENTS, N_("Changed “{name}” in the tracker"), row, by=by)


def remove_commitment(ws: Workspace, id: str, *, by: str = "") -> Change:  # noqa: A002 - the word of the vocabulary
    """Remove the entry of that id; undo brings it back.

    Raises:
        WorkbenchError: no entry has that id.
    """
    return register.remove(ws, _COMMITMENTS, N_("Removed “{name}” from the tracker"), id, by=by)


def _checked(entry: Commitment) -> Commitment:
    """The entry as it is kept: a report is full when it was sent.

    Raises:
        WorkbenchError: something is missing or contradicts itself.
    """
    known = code_list("INS").codes
    if entry.instrument not in known:
        raise WorkbenchError(
            N_("“{code}” is no instrument."),
            hint=N_("Known: {known}."),
            code=entry.instrument,
            known=", ".join(code for code in known if not code.startswith("_")),
        )
    if not entry.id.strip() or not any(text.strip() for text in entry.title.values()):
        raise WorkbenchError(N_("An entry needs a short name and a title."))
    if entry.kind is CommitmentKind.REPORT:
        return replace(entry, status=Progress.FULL if entry.done else Progress.NONE)
    if entry.status is Progress.NONE:
        return replace(entry, done=None)
    if entry.done is None:
        raise WorkbenchError(
            N_("“{id}” is done in full or in part, but the day is missing."),
            hint=N_("Say since when it is so."),
            id=entry.id,
        )
    if entry.status is Progress.FULL and not entry.evidence.is_given:
        raise WorkbenchError(
            N_("“{id}” is done in full, but nothing shows it."),
            hint=N_("Say what shows it, or where it is found."),
            id=entry.id,
        )
    return entry


# checklists ------------------------------------------------------------------------------------


def answered(ws: Workspace, checklist: str = "") -> tuple[AnsweredItem, ...]:
    """The items of all checklists, or of one, with their answers.

    Raises:
        WorkbenchError: there is no checklist of that name.
    """
    chosen = [each for each in checklists() if checklist in ("", each.id)]
    if not chosen:
        raise _unknown(checklist, tuple(each.id for each in checklists()))
    answers = {
        entry.item: entry for entry in map(store.answer_of_row, records.fetch_all(ws.db, ANSWERS))
    }
    return tuple(
        AnsweredItem(checklist=each, item=item, answer=answers.get(item.code))
        for each in chosen
        for item in each.items
    )


def answer_item(ws: Workspace, answer: ChecklistAnswer, *, by: str = "") -> Change:
    """Say whether an item is met, in place of an earlier answer.

    Raises:
        WorkbenchError: there is no such item, or nothing shows that it is met.
    """
    item = item_of(answer.item)
    row = store.answer_row(checked_answer(answer))
    text = N_("Answered the checklist: {name}")
    with ws.write("answer_item", text, by=by, name=item.text.en, key=answer.item) as draft:
        put_answer(ws, draft, row)
    return draft.change()


def checked_answer(answer: ChecklistAnswer) -> ChecklistAnswer:
    """The answer as it is kept: an item that is not met has no days.

    Raises:
        WorkbenchError: there is no such item, or nothing shows that it is met.
    """
    item_of(answer.item)
    if answer.met and (answer.since is None or not answer.evidence.is_given):
        raise WorkbenchError(
            N_("“{id}” is met, but the first day or what shows it is missing."),
            hint=N_("Say since when it is so, and what shows it or where it is found."),
            id=answer.item,
        )
    if answer.since is not None and answer.until is not None and answer.until < answer.since:
        raise WorkbenchError(N_("“{id}” ends before it begins."), id=answer.item)
    return answer if answer.met else replace(answer, since=None, until=None)


def put_answer(ws: Workspace, draft: Draft, row: records.Row) -> None:
    """Keep an answer inside an open action, in place of an earlier one."""
    key = str(row["code"])
    former = records.fetch(ws.db, ANSWERS, key)
    records.put(ws.db, ANSWERS, row)
    draft.forward.append({"op": "put", "table": ANSWERS, "row": row})
    draft.inverse.append(
        {"op": "remove", "table": ANSWERS, "key": key}
        if former is None
        else {"op": "put", "table": ANSWERS, "row": former}
    )


def withdraw_answer(ws: Workspace, item: str, *, by: str = "") -> Change:
    """Leave an item without answer again.

    Raises:
        WorkbenchError: the item has no answer.
    """
    answers = Register(table=ANSWERS, name_of=lambda row: item_of(str(row["code"])).text.en)
    text = N_("Withdrew an answer to the checklist: {name}")
    return register.remove(ws, answers, text, item, by=by)


def item_of(code: str) -> ChecklistItem:
    """The item of that code.

    Raises:
        WorkbenchError: no checklist has it.
    """
    items = {item.code: item for each in checklists() for item in each.items}
    if code not in items:
        raise _unknown(code, tuple(items))
    return items[code]


def _unknown(name: str, known: tuple[str, ...]) -> WorkbenchError:
    return WorkbenchError(
        N_("The checklists have no “{name}”."),
        hint=N_("Known: {known}."),
        name=name,
        known=", ".join(known),
    )
