"""Numbers of the tracker, entered by a named act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indicators.framework import checklists
from indicators.model.codes import Pillar, Status
from indicators.model.period import Period
from indicators.model.results import Intervention
from indicators.model.series import TOTAL, Breakdown
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import commitments, events, indicators, observations
from workbench.services import tracker as service
from workbench.services.commitments import (
    ChecklistAnswer,
    Commitment,
    CommitmentKind,
    Evidence,
    Progress,
)
from workbench.services.history import content_digest, redo, undo
from workbench.services.workspace import Workspace

SHOWN = Evidence(text="Circular 4")
ASKED = Commitment(
    id="a",
    kind=CommitmentKind.RECOMMENDATION,
    instrument="GRETA",
    title={"en": "Train inspectors"},
    due=date(2020, 6, 30),
    pillar=Pillar.PREVENTION,
)


def number(ws: Workspace, variable: str, year: int, cut: Breakdown = TOTAL) -> int | None:
    """The counted number, or None."""
    return next(
        (
            value.value
            for value in service.tracked_values(ws, 2024)
            if (value.variable, value.period.year, value.breakdown) == (variable, year, cut)
        ),
        None,
    )


def enter(ws: Workspace, *entries: Commitment) -> None:
    """Put entries into the tracker."""
    for entry in entries:
        commitments.add_commitment(ws, entry)


def test_recommendations_stay_on_the_list_until_they_are_done(ws: Workspace) -> None:
    enter(
        ws,
        replace(ASKED, status=Progress.FULL, done=date(2022, 3, 1), evidence=SHOWN),
        replace(ASKED, id="b", instrument="OAS", status=Progress.PART, done=date(2021, 1, 1)),
        replace(ASKED, id="c", due=date(2021, 12, 31), pillar=None),
    )

    assert [number(ws, "rec_due", year) for year in range(2019, 2024)] == [None, 2, 3, 3, 3]
    assert [number(ws, "rec_full", year) for year in range(2020, 2024)] == [0, 0, 1, 1]
    assert [number(ws, "rec_part", year) for year in range(2020, 2024)] == [0, 1, 1, 1]
    assert number(ws, "rec_due", 2021, Breakdown.of(INS="GRETA")) == 2
    assert number(ws, "rec_due", 2021, Breakdown.of(PIL="PRV")) == 2


def test_obligations_belong_to_the_year_they_are_due(ws: Workspace) -> None:
    duty = replace(ASKED, kind=CommitmentKind.OBLIGATION)
    enter(
        ws,
        replace(duty, status=Progress.FULL, done=date(2020, 12, 31), evidence=SHOWN),
        replace(duty, id="b", status=Progress.FULL, done=date(2021, 1, 1), evidence=SHOWN),
    )

    assert (number(ws, "obl_due", 2020), number(ws, "obl_met", 2020)) == (2, 1)
    assert (number(ws, "obl_due", 2021), number(ws, "obl_met", 2021)) == (0, 0)


def test_reports_count_as_in_time_up_to_the_due_day(ws: Workspace) -> None:
    report = replace(ASKED, kind=CommitmentKind.REPORT)
    enter(
        ws,
        replace(report, done=date(2020, 6, 30)),
        replace(report, id="b", done=date(2020, 7, 1)),
        replace(report, id="c"),
    )

    assert (number(ws, "rep_due", 2020), number(ws, "rep_ontime", 2020)) == (3, 1)


def test_a_checklist_counts_only_when_every_item_is_answered(ws: Workspace) -> None:
    law = checklists()[1]
    for item in law.items[:-1]:
        commitments.answer_item(ws, ChecklistAnswer(item=item.code, met=False))
    assert number(ws, "law_total", 2024) is None

    commitments.answer_item(
        ws,
        ChecklistAnswer(
            item=law.items[-1].code,
            met=True,
            since=date(2021, 12, 31),
            until=date(2023, 6, 1),
            evidence=SHOWN,
        ),
    )

    assert number(ws, "law_total", 2024) == len(law.items)
    assert [number(ws, "law_met", year) for year in range(2020, 2025)] == [None, 1, 1, 0, 0]


def test_events_that_somebody_did_are_the_log_of_actions(ws: Workspace, tmp_path: Path) -> None:
    law = Intervention(
        id="law",
        name={"en": "Law"},
        kind="law",
        start=Period.of_year(2015),
        pillar=Pillar.PROSECUTION,
        variables=("pro_persons",),
    )
    events.add_event(ws, law)
    events.add_event(ws, replace(law, id="plan", kind="plan", variables=()))
    events.add_event(ws, replace(law, id="shock", kind="shock"))
    deliver(ws, cells([9.0] * 10, first=2010, variable="pro_persons", area="XVA"), tmp_path)

    assert [number(ws, "act_logged", year) for year in (2014, 2015, 2024)] == [None, 2, 2]
    assert [number(ws, "act_evaluable", year) for year in (2017, 2018, 2024)] == [0, 1, 1]
    assert number(ws, "act_logged", 2020, Breakdown.of(PIL="PRS")) == 2


def test_nothing_is_entered_before_the_act(ws: Workspace) -> None:
    enter(ws, ASKED)

    assert observations.datasets(ws) == ()
    with pytest.raises(WorkbenchError, match="nothing to count up to 2019"):
        service.publish_tracker(ws, last=2019)


def test_the_act_feeds_the_indicator_as_one_typed_version(ws: Workspace) -> None:
    enter(
        ws,
        replace(ASKED, status=Progress.FULL, done=date(2020, 12, 1), evidence=SHOWN),
        replace(ASKED, id="b", status=Progress.PART, done=date(2020, 12, 1)),
    )

    published = service.publish_tracker(ws, last=2021, by="Ana")

    (version,) = observations.vintages(ws)
    (series,) = indicators.compute(ws, ["ACC-03"])
    assert (version.dataset, version.mode, version.made_by) == ("tracker", "entry", "Ana")
    assert version.observations == len(published.values)
    assert [value.value for value in series.values] == [75.0, 75.0]
    assert set(published.change.variables) == {"rec_due", "rec_full", "rec_part"}
    assert published.notes == ()


def test_zeros_are_confirmed_zeros(ws: Workspace) -> None:
    enter(ws, ASKED)
    service.publish_tracker(ws, last=2020)

    (row,) = observations.observations(ws, variable="rec_full", breakdown=TOTAL)

    assert (row.value, row.status) == (0, Status.Z)


def test_a_later_act_replaces_the_earlier_and_undo_brings_it_back(ws: Workspace) -> None:
    enter(ws, ASKED)
    service.publish_tracker(ws, last=2021)
    before = content_digest(ws)
    commitments.edit_commitment(ws, replace(ASKED, due=date(2021, 1, 1)))
    service.publish_tracker(ws, last=2021)
    after = content_digest(ws)

    years = [
        row.period.year
        for row in observations.observations(ws, variable="rec_due", breakdown=TOTAL)
    ]
    assert years == [2021]
    undo(ws)
    undo(ws)
    assert content_digest(ws) == before
    redo(ws)
    redo(ws)
    assert content_digest(ws) == after


def test_another_source_that_counts_first_is_named(ws: Workspace, tmp_path: Path) -> None:
    deliver(
        ws,
        [Cell(variable="rec_due", area="XVA", value=4, unit="recommendations")],
        tmp_path,
        dataset="office",
    )
    enter(ws, ASKED)

    published = service.publish_tracker(ws, last=2021)

    assert [note.data for note in published.notes] == [{"variable": "rec_due", "source": "office"}]


def test_an_open_checklist_is_named(ws: Workspace) -> None:
    enter(ws, ASKED)
    commitments.answer_item(ws, ChecklistAnswer(item="rap_01", met=False))

    (note,) = service.publish_tracker(ws, last=2021).notes

    assert note.code == "checklist_open"
    assert (note.data["open"], note.data["total"]) == (9, 10)
