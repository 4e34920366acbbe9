"""Answer a checklist: what is held, what was typed, what is still missing, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_, TipError
from ui.tasks import TaskProgress
from ui.viewmodels.checklist_table import COLUMNS, ChecklistModel, met_of
from ui.viewmodels.entry_table import EntryRow
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.checklists import AnsweredItem
    from workbench.services.commitments import ChecklistAnswer
    from workbench.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistState:
    """What the page renders.

    Attributes:
        chosen: the checklist in view; empty before one is.
        indicator: code of the indicator its answers count for.
        typed: how many items were answered or changed; ``wrong``: how many of them cannot be kept.
        problem: what is wrong with the first of them; empty without.
        answered, items: how many items have an answer, typed ones included, and how many there are.
        loading, saving: being read or written.
        saved: True after it was kept.
    """

    chosen: str = ""
    indicator: str = ""
    typed: int = 0
    wrong: int = 0
    problem: str = ""
    answered: int = 0
    items: int = 0
    loading: bool = False
    saving: bool = False
    saved: bool = False

    @property
    def may_save(self) -> bool:
        """Whether something was typed and all of it can be kept."""
        return self.typed > 0 and not self.wrong and not self.saving

    @property
    def is_complete(self) -> bool:
        """Whether every item has an answer, so that the indicator can be counted."""
        return 0 < self.items == self.answered


class ChecklistViewModel(QObject):
    """State of the page.

    Args:
        session: the open project.

    Signals:
        changed: a new ``ChecklistState``.
        failed: a problem to tell.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = ChecklistState()
        self.model = ChecklistModel(self)
        self.model.typed.connect(self._typed)
        self.model.check = self._fault
        self._items: tuple[AnsweredItem, ...] = ()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def look(self, checklist: str) -> None:
        """Read a checklist with its answers."""
        ws = self.session.workspace
        self._set(chosen=checklist, loading=True)

        def done(found: tuple[tuple[AnsweredItem, ...], tuple[EntryRow, ...]]) -> None:
            self._items, rows = found
            self._set(
                loading=False,
                items=len(rows),
                indicator=self._items[0].checklist.indicator if self._items else "",
            )
            self.model.show_table(COLUMNS, rows, decimal=".")

        self.session.runner.start(
            lambda _progress: read_checklist(ws, checklist),
            done=done,
            failed=self._not_done,
            lane="entry",
        )

    def leave(self) -> None:
        """Show no checklist."""
        self._items = ()
        self._set(chosen="", indicator="", items=0)
        self.model.show_table((), (), decimal=".")

    def _typed(self) -> None:
        wrong = self.model.wrong()
        rows = {row for row, _column in self.model.texts()}
        problem = ""
        if wrong:
            place = min(wrong)
            problem = f"{place[0] + 1}. {self.model.index(place[0], 0).data()} {wrong[place]}"
        self._set(
            typed=len(rows),
            wrong=len({row for row, _column in wrong}),
            problem=problem,
            answered=sum(met_of(self.model.merged(row)[0]) is not None for row in self._rows()),
        )

    def _rows(self) -> range:
        return range(self.model.rowCount())

    def _fault(self, row: int, texts: tuple[str, ...]) -> str:
        """Why the answer of a row cannot be kept; empty when it can."""
        from workbench.i18n import _, error_text
        from workbench.services import checklists

        typed = self.model.texts()
        if met_of(texts[0]) is False and any(typed.get((row, at)) for at in (1, 2)):
            return _("An item that is not met has no first and no last day.")
        try:
            answer = self._answer(row, texts)
            if answer is not None:
                checklists.checked_answer(answer)
        except TipError as error:
            return " ".join(part for part in error_text(error) if part)
        return ""

    def _answer(
        self, row: int, texts: tuple[str, ...], author: str = ""
    ) -> ChecklistAnswer | None:
        """The answer of a row as it was typed; None where there is none.

        Raises:
            TipError: a day cannot be read, or details stand beside no answer.
        """
        from workbench.errors import WorkbenchError
        from workbench.services.commitments import ChecklistAnswer, Evidence

        met, since, until, evidence, link, day = texts
        held = self._items[row].answer
        said = met_of(met)
        if said is None:
            if any(texts) and held is None:
                raise WorkbenchError(N_("Say whether it is met: yes or no."))
            return None
        return ChecklistAnswer(
            item=self._items[row].item.code,
            met=said,
            since=_day(since) if said else None,
            until=_day(until) if said else None,
            evidence=Evidence(
                text=evidence,
                link=link,
                date=_day(day),
                sha256=held.evidence.sha256 if held else "",
            ),
            made_by=author,
        )

    def save(self, *, author: str, last: int | None) -> None:
        """Keep all answers as one step that can be undone.

        Args:
            author: who answers.
            last: count the answers for the indicators too, up to this year; None: do not.
        """
        if not self.state.may_save:
            return
        ws = self.session.workspace
        rows = sorted({row for row, _column in self.model.texts()})
        said = {row: self._answer(row, self.model.merged(row), author) for row in rows}
        answers = [answer for answer in said.values() if answer is not None]
        gone = [self._items[row].item.code for row, answer in said.items() if answer is None]
        self._set(saving=True)

        def work(_progress: TaskProgress) -> Change:
            from workbench.services import checklists

            return checklists.answer_items(ws, answers, withdrawn=gone, last=last, by=author)

        def done(change: Change) -> None:
            self._set(saving=False, saved=True)
            self.session.wrote(change)

        self.session.runner.start(work, done=done, failed=self._not_done, writes=True)

    def _not_done(self, problem: object) -> None:
        self._set(loading=False, saving=False)
        self.failed.emit(problem)


def _day(text: str) -> date | None:
    """The day of a text; None for an empty one.

    Raises:
        WorkbenchError: it is no day.
    """
    from workbench.errors import WorkbenchError

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WorkbenchError(
            N_("“{text}” is not a day."), hint=N_("Write 2024-06-30."), text=text
        ) from None


def checklist_names() -> tuple[tuple[str, str], ...]:
    """Name and words of every checklist."""
    from indicators.framework import checklists
    from workbench.i18n import local

    return tuple((each.id, local(each.name)) for each in checklists())


def read_checklist(
    ws: Workspace, checklist: str
) -> tuple[tuple[AnsweredItem, ...], tuple[EntryRow, ...]]:
    """The items with their answers, and the rows to show; called in a worker."""
    from workbench.i18n import local
    from workbench.services import checklists

    items = checklists.answered(ws, checklist)
    times = checklists.answer_times(ws)
    rows = tuple(
        EntryRow(
            area=each.item.code,
            area_name=local(each.item.text),
            cut=each.item.reference,
            cut_name=reference_text(each),
            shown=shown_texts(each.answer),
            hints=(answered_text(each, times),),
        )
        for each in items
    )
    return items, rows


def reference_text(entry: AnsweredItem) -> str:
    """Where an item comes from, and whether somebody has read it there."""
    from workbench.i18n import message

    text = (
        "{reference}" if entry.item.verified else N_("{reference} (not checked in the text yet)")
    )
    return message(text, {"reference": entry.item.reference})


def shown_texts(answer: ChecklistAnswer | None) -> tuple[str, ...]:
    """An answer as its columns show it."""
    from workbench.i18n import _

    if answer is None:
        return ("",) * len(COLUMNS)
    days = [answer.since, answer.until, answer.evidence.date]
    since, until, day = ("" if each is None else each.isoformat() for each in days)
    met = _("yes") if answer.met else _("no")
    return (met, since, until, answer.evidence.text, answer.evidence.link, day)


def answered_text(entry: AnsweredItem, times: Mapping[str, str]) -> str:
    """Who answered an item, and when."""
    from ui.viewmodels.wording import time_text

    if entry.answer is None:
        return ""
    when = times.get(entry.item.code, "")
    return ", ".join(part for part in (entry.answer.made_by, time_text(when)) if part)
