"""History and checks at the bottom of the window."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from indicators.model.period import Period
from indicators.model.series import TOTAL
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.history import write_csv
from ui.views.bottom_docks import ChecksDock, HistoryDock
from workbench.services import history, observations

Settle = Callable[[TaskRunner], None]


def correct(program: Program, settle: Settle, value: float) -> None:
    change = observations.correct(
        program.session.workspace, variable="inv_opened", area="XV-01",
        period=Period.of_year(2010), breakdown=TOTAL, value=value, reason="test", author="A",
    )  # fmt: skip
    program.session.wrote(change)
    settle(program.runner)


@pytest.fixture
def history_dock(open_program: Program, settle: Settle) -> HistoryDock:
    open_program.window.actions_table["toggle_history"].trigger()
    settle(open_program.runner)
    dock = open_program.commands.panels.history_dock
    assert dock is not None
    assert dock.isVisible()
    return dock


def test_going_back_makes_a_new_state_and_erases_nothing(
    open_program: Program, settle: Settle, history_dock: HistoryDock
) -> None:
    ws = open_program.session.workspace
    before, here = history.content_digest(ws), history.history(ws)[-1].id
    for value in (1.0, 2.0, 3.0):
        correct(open_program, settle, value)
    count = len(history.history(ws))
    history_dock.table.choose(here)
    history_dock.viewmodel.choose(here)
    assert history_dock.back.isEnabled()
    assert history_dock.viewmodel.state.line is not None
    assert history_dock.viewmodel.state.line.back == 3

    history_dock.back.click()
    settle(open_program.runner)

    assert history.content_digest(ws) == before
    assert len(history.history(ws)) == count + 3
    assert not history_dock.back.isEnabled()


def test_a_correction_is_copied_as_the_command_that_does_it(
    open_program: Program, settle: Settle, history_dock: HistoryDock
) -> None:
    correct(open_program, settle, 7.0)
    newest = history_dock.viewmodel.state.lines[0]
    history_dock.viewmodel.choose(newest.id)
    history_dock.copy.click()

    words = QGuiApplication.clipboard().text()
    assert words.startswith("tip-workbench correct -w valdoria.tipw --variable inv_opened")
    assert "--period 2010" in words


def test_the_exported_history_is_safe_in_a_spreadsheet(
    open_program: Program, settle: Settle, history_dock: HistoryDock, tmp_path: Path
) -> None:
    from dataclasses import replace

    lines = history_dock.viewmodel.state.lines
    file = tmp_path / "history.csv"
    write_csv(file, [replace(lines[0], by="=cmd()"), *lines[1:]])

    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == len(lines) + 1
    assert rows[-1][2] == "'=cmd()"


def test_checks_are_counted_and_lead_to_their_value(open_program: Program, settle: Settle) -> None:
    open_program.window.actions_table["toggle_checks"].trigger()
    settle(open_program.runner)
    dock = open_program.commands.panels.checks_dock
    assert isinstance(dock, ChecksDock)
    findings = dock.viewmodel.state.findings
    assert findings
    assert open_program.window.checks_button.isVisible()
    assert open_program.window.checks_button.text() == f"{len(findings)} checks"
    at = next(index for index, entry in enumerate(findings) if entry.has_value)
    assert not dock.show_value.isEnabled()
    dock.table.selectRow(at)

    dock.show_value.click()
    settle(open_program.runner)

    assert open_program.window.current_screen == "data"
    source = open_program.commands.ensure_dock()
    assert source.isVisible()
    cell = source.viewmodel.state.cell
    assert cell is not None
    assert (cell.variable, cell.area, cell.period) == (
        findings[at].variable, findings[at].area, findings[at].period,
    )  # fmt: skip


def test_closing_the_project_closes_the_docks(
    open_program: Program, settle: Settle, history_dock: HistoryDock
) -> None:
    open_program.session.close_project()
    settle(open_program.runner)

    assert not history_dock.isVisible()
    assert not open_program.window.checks_button.isVisible()
