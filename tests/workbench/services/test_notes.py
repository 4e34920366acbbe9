"""Notes of people."""

from __future__ import annotations

import pytest

from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench.errors import WorkbenchError
from workbench.services import notes as service
from workbench.services.history import redo, undo
from workbench.services.notes import NoteAbout
from workbench.services.workspace import Workspace

YEAR = Period.of_year(2020)
WOMEN = Breakdown.of(SEX="F")
CELL = NoteAbout(
    dataset="police", variable="vic_detected", area="XV-01", period=YEAR, breakdown=WOMEN
)


def test_a_note_comes_back_as_written(ws: Workspace) -> None:
    change = service.add_note(ws, "  The office counted twice. ", CELL, by="Ana")

    (note,) = service.notes(ws)
    assert (note.text, note.about, note.made_by) == ("The office counted twice.", CELL, "Ana")
    assert change.text.format(**change.data) == "Wrote the note “The office counted twice.”"


def test_notes_of_one_source_come_newest_first(ws: Workspace) -> None:
    for number in range(11):
        service.add_note(ws, str(number), NoteAbout(dataset="police"))
    service.add_note(ws, "other", NoteAbout(dataset="courts"))

    found = [note.text for note in service.notes(ws, dataset="police")]

    assert found == [str(number) for number in reversed(range(11))]
    assert len(service.notes(ws)) == 12


def test_a_note_covers_its_value_and_no_other() -> None:
    assert CELL.covers("vic_detected", "XV-01", YEAR, WOMEN)
    assert not CELL.covers("vic_detected", "XV-01", YEAR, TOTAL)
    assert not CELL.covers("vic_detected", "XV-01", Period.of_year(2021), WOMEN)
    assert not NoteAbout(variable="vic_detected", area="XV-01").covers(
        "vic_detected", "XV-01", YEAR, TOTAL
    )


def test_writing_changing_and_removing_can_be_taken_back(ws: Workspace) -> None:
    service.add_note(ws, "first", CELL)
    (note,) = service.notes(ws)
    service.edit_note(ws, note.id, "second")
    service.remove_note(ws, note.id)
    assert service.notes(ws) == ()

    undo(ws)
    assert [entry.text for entry in service.notes(ws)] == ["second"]
    undo(ws)
    assert [entry.text for entry in service.notes(ws)] == ["first"]
    undo(ws)
    assert service.notes(ws) == ()
    redo(ws)
    assert [entry.text for entry in service.notes(ws)] == ["first"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (service.LONGEST + 1)])
def test_an_empty_or_endless_note_is_refused(ws: Workspace, text: str) -> None:
    with pytest.raises(WorkbenchError):
        service.add_note(ws, text, CELL)
    assert service.notes(ws) == ()


def test_an_unknown_note_is_named(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="There is no entry “7”"):
        service.remove_note(ws, "7")
