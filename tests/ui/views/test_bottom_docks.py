"""History and checks at the bottom of the window."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from indicators.model.period import Period
from indicators.model.series import TOTAL
from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.bottom_docks import HistoryDock
from ui.views.checks_dock import ChecksDock
from ui.views.reason_dialog import ReasonDialog
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
    assert not history_dock.copy.isEnabled()
    settle(open_program.runner)
    history_dock.copy.click()

    words = shlex.split(QGuiApplication.clipboard().text())
    assert words[:6] == [
        "tip-workbench", "correct", "-w", "valdoria.tipw", "--variable", "inv_opened",
    ]  # fmt: skip
    for name, text in (("--period", "2010"), ("--value", "7"), ("--reason", "test")):
        assert words[words.index(name) + 1] == text
    assert history_dock.command.text().startswith("tip-workbench correct")


def test_a_step_without_a_command_says_why(
    open_program: Program, settle: Settle, history_dock: HistoryDock
) -> None:
    first = history_dock.viewmodel.state.lines[-1]
    assert first.text.startswith("Created")
    history_dock.viewmodel.choose(first.id)
    settle(open_program.runner)

    assert not history_dock.copy.isEnabled()
    assert history_dock.command.text() == (
        "Projects with invented data are made by the program itself."
    )
    assert history_dock.copy.toolTip() == history_dock.command.text()


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_the_whole_history_is_exported_with_its_commands(
    open_program: Program, settle: Settle, history_dock: HistoryDock, tmp_path: Path, ending: str
) -> None:
    correct(open_program, settle, 7.0)
    lines = history_dock.viewmodel.state.lines
    file = tmp_path / f"history.{ending}"
    history_dock.viewmodel.export(file)
    settle(open_program.runner)

    text = file.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text))) if ending == "csv" else json.loads(text)
    assert [int(row["id"]) for row in rows] == [line.id for line in reversed(lines)]
    assert (rows[-1]["by"], rows[-1]["text"]) == ("A", lines[0].text)
    assert rows[-1]["command"].startswith("tip-workbench correct")
    assert rows[0]["why_no_command"]


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


@pytest.fixture
def checks_dock(open_program: Program, settle: Settle) -> ChecksDock:
    open_program.window.actions_table["toggle_checks"].trigger()
    settle(open_program.runner)
    dock = open_program.commands.panels.checks_dock
    assert isinstance(dock, ChecksDock)
    return dock


def test_a_finding_is_accepted_with_a_reason_and_comes_back_by_undo(
    open_program: Program, settle: Settle, checks_dock: ChecksDock
) -> None:
    state = checks_dock.viewmodel.state
    waiting, first = state.open_count, state.findings[0]
    checks_dock.table.selectRow(0)
    assert not checks_dock.reopen.isEnabled()
    checks_dock.accept.click()
    dialog = checks_dock.findChild(ReasonDialog)
    assert dialog is not None
    assert not dialog.do.isEnabled()
    dialog.reason.setText("seen in the file of the ministry")
    dialog.author.setText("Office")
    dialog.do.click()
    settle(open_program.runner)

    state = checks_dock.viewmodel.state
    assert state.open_count == waiting - 1
    answered = next(entry for entry in state.findings if entry.id == first.id)
    assert (answered.answer, answered.reason, answered.by) == (
        "accepted", "seen in the file of the ministry", "Office",
    )  # fmt: skip
    assert open_program.window.checks_button.text() == f"{waiting - 1} checks"

    open_program.session.undo()
    settle(open_program.runner)
    checks_dock.viewmodel.check(everything=False)
    settle(open_program.runner)
    assert checks_dock.viewmodel.state.open_count == waiting


def test_findings_are_put_off_together_and_taken_up_again(
    open_program: Program, settle: Settle, checks_dock: ChecksDock
) -> None:
    waiting = checks_dock.viewmodel.state.open_count
    checks_dock.table.selectAll()
    assert not checks_dock.show_value.isEnabled()
    checks_dock.later.click()
    settle(open_program.runner)
    assert checks_dock.viewmodel.state.open_count == 0
    assert checks_dock.title.text() == "All checks answered"

    checks_dock.table.selectAll()
    checks_dock.reopen.click()
    settle(open_program.runner)
    assert checks_dock.viewmodel.state.open_count == waiting


def test_the_export_holds_the_answers(
    open_program: Program, settle: Settle, checks_dock: ChecksDock, tmp_path: Path
) -> None:
    first = checks_dock.viewmodel.state.findings[0]
    checks_dock.viewmodel.accept([first.id], "as published")
    settle(open_program.runner)
    checks_dock.viewmodel.export(tmp_path / "checks.html")
    checks_dock.viewmodel.export(tmp_path / "checks.csv")
    settle(open_program.runner)

    assert "as published" in (tmp_path / "checks.html").read_text(encoding="utf-8")
    assert "as published" in (tmp_path / "checks.csv").read_text(encoding="utf-8")


def test_correcting_from_a_finding_asks_for_the_right_value(
    open_program: Program, settle: Settle, checks_dock: ChecksDock
) -> None:
    from ui.views.correct_dialog import CorrectDialog

    findings = checks_dock.viewmodel.state.findings
    checks_dock.table.selectRow(next(i for i, entry in enumerate(findings) if entry.has_value))
    checks_dock.mend.click()
    settle(open_program.runner)
    dialog = open_program.window.findChild(CorrectDialog)
    assert dialog is not None
    dialog.reject()
