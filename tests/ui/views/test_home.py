"""The first page of an open project: what next, with buttons that open it."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from tests.workbench.deliveries import cells, deliver
from ui.actions import ACTIONS
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.home import LOOKS, MOST_STEPS, read_steps
from ui.views.home import HomeView
from workbench.i18n import message, using
from workbench.services import commitments
from workbench.services.workspace import Workspace, create
from workbench.store.commitments import Commitment, CommitmentKind

Settle = Callable[[TaskRunner], None]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with create(tmp_path / "w.tipw", area="XVA") as made:
        yield made


def test_every_kind_of_step_opens_an_action_that_exists() -> None:
    known = {spec.id for spec in ACTIONS}

    assert {look[3] for look in LOOKS.values()} <= known


def test_an_empty_project_offers_the_import(ws: Workspace) -> None:
    (step,) = read_steps(ws, date(2024, 3, 1))

    assert (step.action, step.icon) == ("import_file", "upload")


def test_steps_are_those_of_the_service_most_urgent_first(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([30], area="XVA"), *cells([90], area="XV-01")], tmp_path)
    report = Commitment(
        id="r1",
        kind=CommitmentKind.REPORT,
        instrument="GLOTIP",
        title={"en": "Questionnaire", "es": "Cuestionario"},
        due=date(2024, 2, 1),
        made_by="x",
    )
    commitments.add_commitment(ws, report, by="x")

    found = read_steps(ws, date(2024, 3, 1))

    assert [step.action for step in found[:3]] == [
        "toggle_checks",
        "show_scorecard",
        "enter_values",
    ]
    assert len(found) <= MOST_STEPS
    assert "Questionnaire" in message(found[1].text, found[1].data)
    with using("es"):
        assert "Cuestionario" in message(found[1].text, found[1].data)


def test_the_button_of_open_checks_shows_the_list_and_never_hides_it(
    open_program: Program, settle: Settle
) -> None:
    program = open_program
    view = program.window.findChild(HomeView)
    assert view is not None
    view.viewmodel.look_at_checks()
    settle(program.runner)
    page = program.window.findChild(QPushButton, "btn_next_toggle_checks")
    assert page is not None
    action = program.window.actions_table["toggle_checks"]

    for _ in range(2):
        page.click()
        settle(program.runner)
        assert action.isChecked()
        page = program.window.findChild(QPushButton, "btn_next_toggle_checks")
        assert page is not None
