"""Whole checklists answered at once: several answers are one step of the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.framework import checklists
from indicators.model.codes import LANGUAGES
from workbench.changes import CHECKLIST_ANSWERED, Change
from workbench.errors import WorkbenchError
from workbench.services import tracker
from workbench.services.commitments import (
    ANSWERS,
    AnsweredItem,
    ChecklistAnswer,
    answered,
    checked_answer,
    item_of,
    put_answer,
)
from workbench.store import commitments as store
from workbench.store import journal, records

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Draft

__all__ = ["AnsweredItem", "answer_items", "answer_times", "answered", "checked_answer"]
_ACTIONS = ("answer_item", "answer_checklist")


def answer_items(
    ws: Workspace,
    answers: Iterable[ChecklistAnswer],
    *,
    withdrawn: Iterable[str] = (),
    last: int | None = None,
    by: str = "",
) -> Change:
    """Answer several items, or leave them without answer again, as one step; undo takes it back.

    Args:
        ws: open project.
        answers: in place of earlier ones; those that are so already are left out.
        withdrawn: items whose answer is taken away.
        last: enter the numbers of the tracker up to this year in the same step, as
            ``tracker.publish_tracker`` does; None: only the answers.
        by: who answers; stands in answers that name nobody.

    Raises:
        WorkbenchError: an item does not exist, is named twice or lacks evidence, nothing differs,
            or there is nothing to count up to ``last``. Nothing is changed then.
    """
    ws.refuse_read_only()
    new, old = _news(ws, [_signed(answer, by) for answer in answers], tuple(withdrawn))
    name = _names([*(str(row["code"]) for row in new), *old])
    with ws.write("answer_checklist", CHECKLIST_ANSWERED, by=by, name=name) as draft:
        draft.data["count"] = len(new) + len(old)
        for row in new:
            put_answer(ws, draft, row)
        for code in old:
            _take_away(ws, draft, code)
        if last is not None:
            draft.data["year"] = last
            tracker.enter_counts(ws, draft, last=last, by=by)
    return draft.change()


def _news(
    ws: Workspace, answers: Sequence[ChecklistAnswer], withdrawn: Sequence[str]
) -> tuple[list[records.Row], list[str]]:
    """The answers that say something new, as rows, and the items that lose theirs.

    Raises:
        WorkbenchError: an answer cannot be kept, an item is named twice, or nothing differs.
    """
    _refuse_twice([*(answer.item for answer in answers), *withdrawn])
    held = {row["code"]: row for row in records.fetch_all(ws.db, ANSWERS)}
    rows = [store.answer_row(checked_answer(answer)) for answer in answers]
    new = [row for row in rows if not _is_same(row, held.get(row["code"]))]
    old = [item_of(code).code for code in withdrawn if code in held]
    if not new and not old:
        raise WorkbenchError(N_("Nothing was changed: all answers are so already."))
    return new, old


def answer_times(ws: Workspace) -> dict[str, str]:
    """When each item was answered last, as the history has it; by code of the item."""
    found: dict[str, str] = {}
    for line in journal.lines(ws.db, _ACTIONS):
        if line.state not in (journal.State.UNDONE, journal.State.DROPPED):
            rows = [op["row"] for op in line.forward if op.get("table") == ANSWERS and "row" in op]
            found.update({row["code"]: line.at for row in rows})  # type: ignore[index]
    return found


def _signed(answer: ChecklistAnswer, by: str) -> ChecklistAnswer:
    return answer if answer.made_by else replace(answer, made_by=by)


def _is_same(row: records.Row, former: records.Row | None) -> bool:
    """Whether an answer says nothing new; who said it does not count."""
    return former is not None and {**former, "made_by": ""} == {**row, "made_by": ""}


def _names(items: Sequence[str]) -> list[dict[str, str]]:
    """The names of the checklists of some items, by language."""
    found = [each.name for each in checklists() if {i.code for i in each.items} & set(items)]
    return [{language: name.in_language(language) for language in LANGUAGES} for name in found]


def _refuse_twice(items: Sequence[str]) -> None:
    twice = next((item for item in items if items.count(item) > 1), None)
    if twice is not None:
        raise WorkbenchError(N_("The item “{id}” is answered twice."), id=twice)


def _take_away(ws: Workspace, draft: Draft, code: str) -> None:
    former = records.fetch(ws.db, ANSWERS, code)
    assert former is not None  # the caller looked
    records.remove(ws.db, ANSWERS, code)
    draft.forward.append({"op": "remove", "table": ANSWERS, "key": code})
    draft.inverse.append({"op": "put", "table": ANSWERS, "row": former})
