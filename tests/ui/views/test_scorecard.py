"""The scorecard of the sample country: ten lines, no total, each leads to its indicator."""

from __future__ import annotations

# ruff: noqa: TID251 - tests of widgets
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.scorecard import EVIDENCE, FIVE, MOVEMENT
from workbench.services import framework

Settle = Callable[[TaskRunner], None]


def shown(program: Program, settle: Settle) -> Any:
    program.window.actions_table["show_scorecard"].trigger()
    settle(program.runner)
    return program.window.screens["scorecard"]


def test_ten_lines_say_what_the_service_says(open_program: Program, settle: Settle) -> None:
    screen = shown(open_program, settle)
    lines = screen.viewmodel.state.lines
    rows = framework.scorecard(open_program.session.workspace, "XVA")

    assert [line.number for line in lines] == [f"R{number}" for number in range(1, 11)]
    assert [(line.evidence, line.movement) for line in lines] == [
        (row.evidence.value, row.movement.value) for row in rows
    ]
    words = {made.text() for made in screen.findChildren(QLabel)}
    assert all(line.reason in words for line in lines)
    assert all(line.value for line in lines if line.code)


def test_every_word_of_the_service_has_a_sign() -> None:
    assert set(EVIDENCE) == {entry.value for entry in framework.Evidence}
    assert set(MOVEMENT) == {entry.value for entry in framework.Movement}


def test_a_lead_indicator_opens(open_program: Program, settle: Settle) -> None:
    screen = shown(open_program, settle)
    lead = next(line for line in screen.viewmodel.state.lines if line.code)
    screen.findChild(QPushButton, f"btn_lead_{lead.code}").click()
    settle(open_program.runner)

    catalogue: Any = open_program.window.screens["indicators"]
    assert open_program.window.current_screen == "indicators"
    assert catalogue.viewmodel.state.chosen == lead.code


def test_the_five_challenges(open_program: Program, settle: Settle) -> None:
    screen = shown(open_program, settle)
    screen.viewmodel.choose_kind(FIVE)
    settle(open_program.runner)

    assert len(screen.viewmodel.state.lines) == 5
