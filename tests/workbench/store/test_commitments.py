"""Rows of the tracker and back."""

from __future__ import annotations

from datetime import date

from indicators.model.codes import Pillar
from workbench.services.workspace import Workspace
from workbench.store import commitments as store
from workbench.store import records

SHOWN = store.Evidence(
    text="Decree 4/2022", link="https://example.org/4", date=date(2022, 5, 1), sha256="ab"
)
ENTRY = store.Commitment(
    id="oas_3",
    kind=store.CommitmentKind.OBLIGATION,
    instrument="OAS",
    title={"en": "Report each year", "es": "Informar cada año"},
    due=date(2022, 12, 31),
    status=store.Progress.PART,
    done=date(2022, 6, 1),
    pillar=Pillar.PREVENTION,
    evidence=SHOWN,
    made_by="Ana",
)
ANSWER = store.ChecklistAnswer(
    item="law_01", met=True, since=date(2011, 1, 1), until=None, evidence=SHOWN, made_by="Ana"
)


def test_an_entry_comes_back_from_its_table(ws: Workspace) -> None:
    records.put(ws.db, "commitment", store.commitment_row(ENTRY))

    (row,) = records.fetch_all(ws.db, "commitment")

    assert store.commitment_of_row(row) == ENTRY


def test_an_answer_comes_back_from_its_table(ws: Workspace) -> None:
    records.put(ws.db, "checklist_answer", store.answer_row(ANSWER))

    (row,) = records.fetch_all(ws.db, "checklist_answer")

    assert store.answer_of_row(row) == ANSWER


def test_blank_words_are_no_evidence() -> None:
    assert SHOWN.is_given
    assert not store.Evidence(text="  ", sha256="ab").is_given
