"""Findings keep their names, take answers, and are gone when they are put right."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.workbench.deliveries import cells, deliver
from workbench.errors import UserFileError, WorkbenchError
from workbench.i18n import message
from workbench.services import findings, observations
from workbench.services.history import content_digest, redo, undo
from workbench.services.workspace import Workspace

WRONG = [*cells([30, 31], area="XVA"), *cells([9, 170], area="XV-08")]


def only(ws: Workspace) -> findings.Finding:
    (found,) = findings.findings(ws)
    return found


def test_an_accepted_finding_stays_in_the_list_with_its_reason(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, WRONG, tmp_path)
    before = content_digest(ws)
    first = only(ws)
    assert (first.answer, first.rule) == ("open", "part_above_total")

    change = findings.accept(ws, [first.id], reason="Counted twice", by="Ana")

    now = only(ws)
    assert (now.id, now.answer, now.reason, now.by) == (
        first.id,
        "accepted",
        "Counted twice",
        "Ana",
    )
    assert findings.findings(ws, open_only=True) == ()
    assert message(change.text, change.data) == "Accepted 1 finding: Counted twice"
    assert content_digest(ws) == before
    undo(ws)
    assert only(ws).answer == "open"
    redo(ws)
    assert only(ws).answer == "accepted"


def test_other_numbers_open_it_again(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, WRONG, tmp_path)
    name = only(ws).id
    findings.accept(ws, [name], reason="so it is")

    deliver(
        ws, [*cells([30, 31], area="XVA"), *cells([9, 171], area="XV-08")], tmp_path, name="b.csv"
    )

    assert (only(ws).id, only(ws).answer, only(ws).changed) == (name, "open", True)


def test_a_finding_that_is_put_right_is_gone(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, WRONG, tmp_path)
    row = observations.observations(ws, area="XV-08")[1]

    observations.correct(
        ws, variable=row.variable, area=row.area, period=row.period, value=17, reason="typed wrong"
    )

    assert findings.findings(ws) == ()


def test_answers_can_be_changed_and_taken_back(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, WRONG, tmp_path)
    name = only(ws).id
    findings.put_off(ws, [name])
    assert only(ws).answer == "later"
    findings.accept(ws, [name], reason="right")
    undo(ws)
    assert only(ws).answer == "later"

    findings.reopen(ws, [name])

    assert only(ws).answer == "open"
    with pytest.raises(WorkbenchError, match="no finding"):
        findings.reopen(ws, [name])


def test_what_cannot_be_answered_is_told(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, WRONG, tmp_path)
    with pytest.raises(WorkbenchError, match="needs a reason"):
        findings.accept(ws, [only(ws).id], reason=" ")
    with pytest.raises(WorkbenchError, match="no finding “x”"):
        findings.accept(ws, ["x"], reason="right")
    with pytest.raises(WorkbenchError, match="which findings"):
        findings.put_off(ws, [])
    assert only(ws).answer == "open"


def test_sources_that_disagree_are_one_finding(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([5, 6, 7]), tmp_path)
    deliver(ws, cells([5, 8, 9]), tmp_path, dataset="court", name="b.csv")

    found = only(ws)

    assert found.rule == "sources_differ"
    assert (found.note.data["count"], found.note.data["period"]) == (2, "2021")
    assert (found.note.data["value"], found.note.data["other"]) == (6, 8)


def test_personal_data_left_in_a_kept_file_stop(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([5, 6, 7]), tmp_path, comment="+34 600 123 456")

    found = only(ws)

    assert (found.rule, found.level.value) == ("personal_data", "stop")
    assert (found.note.data["column"], found.note.data["vintage"]) == ("comment", 1)


def test_the_report_is_a_table_that_runs_no_formula(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, WRONG, tmp_path)
    findings.accept(ws, [only(ws).id], reason="=1+1")

    text = findings.write_report(ws, tmp_path / "r.csv").read_text(encoding="utf-8")
    page = findings.write_report(ws, tmp_path / "r.html").read_text(encoding="utf-8")

    (line,) = csv.DictReader(text.splitlines())
    assert (line["reason"], line["answer"]) == ("'=1+1", "accepted")
    assert "XV-08 has 170" in line["text"]
    assert "XV-08 has 170" in page
    assert "accepted with a reason: 1." in page
    with pytest.raises(UserFileError, match="neither"):
        findings.write_report(ws, tmp_path / "r.doc")
