"""Events and breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.model.codes import Pillar
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from workbench.errors import WorkbenchError
from workbench.services import events as service
from workbench.services.history import content_digest, redo, undo
from workbench.services.workspace import Workspace

LAW = Intervention(
    id="law_2011",
    name={"en": "Law of 2011", "es": "Ley de 2011"},
    kind="law",
    start=Period.of_month(2011, 3),
    end=Period.of_year(2019),
    area="XV-01",
    pillar=Pillar.PROSECUTION,
    recommendations=(2, 7),
    delay=1,
    document="Gazette 12/2011",
    variables=("pro_persons",),
)
SPLIT = SeriesBreak(
    id="split_2014",
    start=Period.of_year(2014),
    text={"en": "Hohenmark is split"},
    kind="boundary",
    variables=("vic_detected",),
    areas=("XV-09",),
)


def test_an_event_comes_back_as_entered(ws: Workspace) -> None:
    change = service.add_event(ws, LAW, by="Ana")

    assert service.events(ws) == (LAW,)
    assert (change.action, change.variables) == ("add_event", ("pro_persons",))
    assert change.text.format(**change.data) == "Entered the event “Law of 2011”"
    assert ws.revision("pro_persons") == ws.any_revision()


def test_events_are_ordered_by_start(ws: Workspace) -> None:
    service.add_event(ws, LAW)
    early = replace(LAW, id="a", start=Period.of_year(2011))
    late = replace(LAW, id="b", start=Period.of_year(2012))
    service.add_event(ws, late)
    service.add_event(ws, early)

    assert [event.id for event in service.events(ws)] == ["a", "law_2011", "b"]


def test_edit_and_remove_can_be_taken_back(ws: Workspace) -> None:
    service.add_event(ws, LAW)
    digest = content_digest(ws)

    service.edit_event(ws, replace(LAW, delay=3, variables=("cnv_persons",)))
    service.remove_event(ws, "law_2011")

    assert service.events(ws) == ()
    undo(ws)
    assert service.events(ws)[0].delay == 3
    undo(ws)
    assert content_digest(ws) == digest
    redo(ws)
    assert service.events(ws)[0].variables == ("cnv_persons",)


def test_an_edit_touches_former_and_new_variables(ws: Workspace) -> None:
    service.add_event(ws, LAW)

    change = service.edit_event(ws, replace(LAW, variables=("cnv_persons",)))

    assert change.variables == ("cnv_persons", "pro_persons")


def test_double_and_unknown_ids_are_refused(ws: Workspace) -> None:
    service.add_event(ws, LAW)

    with pytest.raises(WorkbenchError, match="already"):
        service.add_event(ws, LAW)
    with pytest.raises(WorkbenchError, match="Known: law_2011"):
        service.edit_event(ws, replace(LAW, id="other"))
    with pytest.raises(WorkbenchError, match="no entry “other”"):
        service.remove_event(ws, "other")
    assert service.events(ws) == (LAW,)


def test_breaks_have_the_same_register(ws: Workspace) -> None:
    service.add_break(ws, SPLIT)
    assert service.breaks(ws) == (SPLIT,)

    service.edit_break(ws, replace(SPLIT, kind="counting"))
    assert service.breaks(ws)[0].kind == "counting"

    service.remove_break(ws, "split_2014")
    assert service.breaks(ws) == ()
    undo(ws)
    undo(ws)
    assert service.breaks(ws) == (SPLIT,)
