"""Whole checklists answered as one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indicators.framework import checklists as built_in
from workbench import i18n
from workbench.errors import WorkbenchError
from workbench.i18n import message
from workbench.services import checklists, commitments, history, observations
from workbench.services.commitments import ChecklistAnswer, Evidence
from workbench.services.workspace import Workspace

MET = ChecklistAnswer(
    item="law_01", met=True, since=date(2011, 1, 1), evidence=Evidence(text="Law 12")
)
NO = replace(MET, met=False, since=None)


def held(ws: Workspace) -> dict[str, ChecklistAnswer]:
    found = checklists.answered(ws)
    return {each.item.code: each.answer for each in found if each.answer is not None}


def test_several_answers_are_one_line_that_can_be_taken_back(ws: Workspace) -> None:
    commitments.answer_item(ws, NO)
    before, lines = history.content_digest(ws), len(history.history(ws))

    change = checklists.answer_items(
        ws, [MET, replace(NO, item="rap_01")], withdrawn=["law_02"], by="Ana"
    )

    assert held(ws) == {
        "law_01": replace(MET, made_by="Ana"), "rap_01": replace(NO, item="rap_01", made_by="Ana"),
    }  # fmt: skip
    told = "Answered 2 items of the checklist: Independent rapporteur, Legal framework"
    assert message(change.text, change.data) == told
    line = history.history(ws)[lines]
    assert len(history.history(ws)) == lines + 1
    i18n.use("es")
    assert "Marco legal" in message(line.text, line.data)
    history.undo(ws)
    assert history.content_digest(ws) == before
    history.redo(ws)
    assert set(held(ws)) == {"law_01", "rap_01"}


def test_an_answer_is_taken_away_and_comes_back(ws: Workspace) -> None:
    checklists.answer_items(ws, [MET])
    before = history.content_digest(ws)

    checklists.answer_items(ws, [], withdrawn=["law_01"])

    assert held(ws) == {}
    history.undo(ws)
    assert history.content_digest(ws) == before


def test_what_is_so_already_is_no_step(ws: Workspace) -> None:
    checklists.answer_items(ws, [MET], by="Ana")
    lines = len(history.history(ws))

    with pytest.raises(WorkbenchError, match="Nothing was changed"):
        checklists.answer_items(ws, [MET], withdrawn=["law_09"], by="Ben")
    change = checklists.answer_items(ws, [MET, replace(NO, item="law_02")], by="Ben")

    assert (change.data["count"], len(history.history(ws))) == (1, lines + 1)
    assert held(ws)["law_01"].made_by == "Ana"


@pytest.mark.parametrize(
    ("answers", "withdrawn"),
    [
        ([NO, MET], []),
        ([NO], ["law_01"]),
        ([replace(NO, item="law_02"), replace(MET, since=None)], []),
        ([replace(NO, item="law_99")], []),
    ],
)
def test_one_wrong_answer_keeps_all_of_them_out(
    ws: Workspace, answers: list[ChecklistAnswer], withdrawn: list[str]
) -> None:
    lines = len(history.history(ws))

    with pytest.raises(WorkbenchError):
        checklists.answer_items(ws, answers, withdrawn=withdrawn)

    assert held(ws) == {}
    assert len(history.history(ws)) == lines


def test_counts_are_entered_in_the_same_step_or_nothing_is(ws: Workspace) -> None:
    law = built_in()[1]
    rest = [replace(NO, item=item.code) for item in law.items[1:]]
    checklists.answer_items(ws, rest)
    lines = len(history.history(ws))

    checklists.answer_items(ws, [MET], last=2012, by="Ana")

    rows = observations.observations(ws, dataset="tracker")
    assert {(r.variable, str(r.period), r.value) for r in rows} == {
        (name, year, float(value))
        for year in ("2011", "2012")
        for name, value in (("law_met", 1), ("law_total", len(law.items)))
    }
    assert observations.vintages(ws)[-1].made_by == "Ana"
    assert len(history.history(ws)) == lines + 1
    history.undo(ws)
    assert observations.observations(ws, dataset="tracker") == ()
    assert "law_01" not in held(ws)
    with pytest.raises(WorkbenchError, match="nothing to count"):
        checklists.answer_items(ws, [replace(NO, item="rap_01")], last=1900)
    assert "rap_01" not in held(ws)


def test_the_history_tells_when_an_item_was_answered(ws: Workspace) -> None:
    commitments.answer_item(ws, MET)
    checklists.answer_items(ws, [replace(NO, item="law_02")])
    checklists.answer_items(ws, [replace(NO, item="law_01")])
    history.undo(ws)
    ws.db.execute("update journal set at = 'time of line ' || id")

    assert checklists.answer_times(ws) == {
        "law_01": "time of line 2", "law_02": "time of line 3",
    }  # fmt: skip
