"""The registers of recommendations, obligations, reports and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indicators.framework import checklists
from indicators.model.codes import Pillar
from workbench.errors import WorkbenchError
from workbench.services import commitments as service
from workbench.services.commitments import (
    ChecklistAnswer,
    Commitment,
    CommitmentKind,
    DutyState,
    Evidence,
    Progress,
)
from workbench.services.history import content_digest, redo, undo
from workbench.services.workspace import Workspace

ASKED = Commitment(
    id="greta_1",
    kind=CommitmentKind.RECOMMENDATION,
    instrument="GRETA",
    title={"en": "Train labour inspectors", "es": "Formar a la inspección"},
    due=date(2021, 6, 30),
    pillar=Pillar.PREVENTION,
    made_by="Ana",
)
REPORT = Commitment(
    id="glotip_2022",
    kind=CommitmentKind.REPORT,
    instrument="GLOTIP",
    title={"en": "Questionnaire 2022"},
    due=date(2022, 5, 31),
)
SHOWN = Evidence(text="Circular 4", link="https://example.org/4", date=date(2022, 1, 5))
MET = ChecklistAnswer(item="law_01", met=True, since=date(2011, 1, 1), evidence=SHOWN)


def test_an_entry_comes_back_and_the_history_names_it(ws: Workspace) -> None:
    change = service.add_commitment(ws, ASKED, by="Ana")

    assert service.commitments(ws) == (ASKED,)
    assert change.action == "add_commitment"
    assert change.text.format(**change.data) == "Entered “Train labour inspectors” in the tracker"


def test_entries_are_ordered_by_due_day_and_kept_apart_by_kind(ws: Workspace) -> None:
    service.add_commitment(ws, REPORT)
    service.add_commitment(ws, ASKED)

    assert [entry.id for entry in service.commitments(ws)] == ["greta_1", "glotip_2022"]
    assert service.commitments(ws, CommitmentKind.REPORT) == (REPORT,)


def test_edit_and_remove_can_be_taken_back(ws: Workspace) -> None:
    service.add_commitment(ws, ASKED)
    digest = content_digest(ws)
    done = replace(ASKED, status=Progress.FULL, done=date(2022, 2, 1), evidence=SHOWN)

    service.edit_commitment(ws, done)
    service.remove_commitment(ws, "greta_1")

    assert service.commitments(ws) == ()
    undo(ws)
    assert service.commitments(ws) == (done,)
    undo(ws)
    assert content_digest(ws) == digest
    redo(ws)
    assert service.commitments(ws) == (done,)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"instrument": "XYZ"}, "no instrument"),
        ({"title": {"en": " "}}, "title"),
        ({"id": " "}, "short name"),
        ({"status": Progress.PART}, "the day is missing"),
        ({"status": Progress.FULL, "done": date(2022, 1, 1)}, "nothing shows it"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    ws: Workspace, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(WorkbenchError, match=words):
        service.add_commitment(ws, replace(ASKED, **changes))  # type: ignore[arg-type]

    assert service.commitments(ws) == ()


def test_a_report_is_done_when_it_was_sent(ws: Workspace) -> None:
    service.add_commitment(ws, REPORT)
    service.edit_commitment(ws, replace(REPORT, done=date(2022, 6, 2)))

    (entry,) = service.commitments(ws)
    assert entry.status is Progress.FULL


@pytest.mark.parametrize(
    ("done", "today", "state", "days"),
    [
        (None, date(2022, 5, 1), DutyState.OPEN, 30),
        (None, date(2022, 6, 1), DutyState.OVERDUE, -1),
        (date(2022, 5, 31), date(2022, 6, 1), DutyState.IN_TIME, -1),
        (date(2022, 6, 1), date(2022, 6, 1), DutyState.LATE, -1),
    ],
)
def test_the_calendar_tells_where_a_report_stands(
    ws: Workspace, done: date | None, today: date, state: DutyState, days: int
) -> None:
    service.add_commitment(ws, replace(REPORT, done=done))
    service.add_commitment(ws, ASKED)

    (duty,) = service.calendar(ws, today)

    assert (duty.state, duty.days) == (state, days)


# checklists


def test_items_without_answer_are_listed_too(ws: Workspace) -> None:
    service.answer_item(ws, MET)

    items = service.answered(ws, "law")

    assert len(items) == len(checklists()[1].items)
    assert [entry.answer for entry in items[:2]] == [MET, None]
    assert len(service.answered(ws)) > len(items)


def test_an_answer_is_replaced_withdrawn_and_taken_back(ws: Workspace) -> None:
    service.answer_item(ws, MET)
    digest = content_digest(ws)
    service.answer_item(ws, replace(MET, met=False))
    service.withdraw_answer(ws, "law_01")

    assert service.answered(ws, "law")[0].answer is None
    undo(ws)
    assert (answer := service.answered(ws, "law")[0].answer) is not None
    assert (answer.met, answer.since) == (False, None)
    undo(ws)
    assert content_digest(ws) == digest
    undo(ws)
    assert service.answered(ws, "law")[0].answer is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": "law_99"}, "law_99"),
        ({"since": None}, "first day"),
        ({"evidence": Evidence()}, "what shows it"),
        ({"until": date(2010, 1, 1)}, "ends before"),
    ],
)
def test_an_answer_needs_day_and_evidence(
    ws: Workspace, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(WorkbenchError, match=words):
        service.answer_item(ws, replace(MET, **changes))  # type: ignore[arg-type]


def test_an_unknown_checklist_is_told(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="rapporteur, law, rights"):
        service.answered(ws, "laws")
