"""Events and breaks are entered, changed and removed, and every step can be undone."""

from __future__ import annotations

# ruff: noqa: TID251 - tests of widgets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.register import period_typed
from ui.views.register_dialogs import BreakDialog, EventDialog, RegisterDialog
from workbench.services import events, history

Settle = Callable[[TaskRunner], None]


def dialog_of(program: Program, kind: type[QDialog]) -> Any:
    found = [made for made in program.window.findChildren(kind) if made.isVisible()]
    assert len(found) == 1
    return found[0]


def test_an_event_is_entered_shown_changed_and_taken_back(
    open_program: Program, settle: Settle
) -> None:
    program, ws = open_program, open_program.session.workspace
    before, known = history.content_digest(ws), {event.id for event in events.events(ws)}
    program.window.actions_table["add_event"].trigger()
    settle(program.runner)
    form = dialog_of(program, EventDialog)
    form.name.setText("National plan")
    assert not form.do.isEnabled()
    form.start.setText("2016-05")
    assert form.do.isEnabled()
    form.kind.setCurrentIndex(form.kind.findData("plan"))
    form.do.click()
    settle(program.runner)

    made = next(event for event in events.events(ws) if event.id not in known)
    assert (made.kind, str(made.start), made.name["en"]) == ("plan", "2016-05", "National plan")
    assert program.window.undo_bar.isVisible()

    program.window.actions_table["edit_register"].trigger()
    settle(program.runner)
    register = dialog_of(program, RegisterDialog)
    register.lists["event"].choose(made.id)
    register._enable()
    register.edit_chosen()
    form = dialog_of(program, EventDialog)
    assert form.start.text() == "2016-05"
    form.end.setText("2015")
    assert not form.do.isEnabled()  # it cannot end before it begins
    form.end.setText("2019")
    form.do.click()
    settle(program.runner)
    assert str(next(event for event in events.events(ws) if event.id == made.id).end) == "2019"
    register.accept()

    program.session.undo()
    settle(program.runner)
    program.session.undo()
    settle(program.runner)
    assert history.content_digest(ws) == before


def test_a_removed_event_comes_back(open_program: Program, settle: Settle) -> None:
    program, ws = open_program, open_program.session.workspace
    before, first = history.content_digest(ws), events.events(ws)[0]
    program.window.actions_table["edit_register"].trigger()
    settle(program.runner)
    register = dialog_of(program, RegisterDialog)
    assert not register.remove.isEnabled()
    register.lists["event"].selectRow(0)
    assert register.remove.isEnabled()

    register.remove.click()
    settle(program.runner)

    assert first.id not in [event.id for event in events.events(ws)]
    program.session.undo()
    settle(program.runner)
    assert history.content_digest(ws) == before
    register.accept()


def test_a_break_is_marked_for_the_chosen_value(open_program: Program, settle: Settle) -> None:
    program, ws = open_program, open_program.session.workspace
    program.commands.ensure_dock().viewmodel.show_value("inv_opened", "XV-01", "2012")
    settle(program.runner)
    program.window.actions_table["mark_break"].trigger()
    settle(program.runner)
    form = dialog_of(program, BreakDialog)
    assert (form.variable.currentData(), form.start.text()) == ("inv_opened", "2012")
    form.text.setText("Another counting unit")
    form.do.click()
    settle(program.runner)

    made = [entry for entry in events.breaks(ws) if entry.text["en"] == "Another counting unit"]
    assert [entry.variables for entry in made] == [("inv_opened",)]


def test_impact_without_events_offers_to_add_one(
    program: Program, settle: Settle, tmp_path: Path
) -> None:
    program.session.new_project(
        tmp_path / "empty.tipw", area="MEX", title="Empty", country_format="es_MX"
    )
    settle(program.runner)
    program.window.show_screen("impact")
    settle(program.runner)
    screen: Any = program.window.screens["impact"]
    assert screen.empty.isVisible()

    screen.empty.button.click()
    settle(program.runner)
    dialog_of(program, EventDialog).reject()


def test_only_years_and_months_are_dates() -> None:
    assert str(period_typed(" 2011 ")) == "2011"
    assert str(period_typed("2011-06")) == "2011-06"
    assert period_typed("eleven") is None
