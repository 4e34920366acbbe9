"""Dialogs on a real project."""

from __future__ import annotations

# ruff: noqa: TID251 - tests of widgets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from indicators.errors import N_
from ui.app import Program
from ui.faults import Fault
from ui.messages import problem_box
from ui.tasks import TaskRunner
from ui.viewmodels.preferences import Choices
from ui.viewmodels.source import CellRef
from ui.views.correct_dialog import CorrectDialog
from ui.views.dialogs import NewProjectDialog
from ui.views.settings_dialog import SettingsDialog
from ui.views.tables import selection_text
from workbench.errors import UserFileError

Settle = Callable[[TaskRunner], None]


def test_a_setting_applies_at_once(program: Program, qtbot: Any) -> None:
    dialog = SettingsDialog(program.preferences.choices(), program.session, program.window)
    qtbot.addWidget(dialog)
    dialog.chosen.connect(program.choose)

    box = dialog.boxes["theme"]
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())

    assert program.theme.kind == "dark"
    assert program.preferences.choices().theme == "dark"
    program.choose(Choices(language="en", theme="light"))


def test_a_new_project_needs_a_country(program: Program, qtbot: Any) -> None:
    dialog = NewProjectDialog(program.window)
    qtbot.addWidget(dialog)
    assert not dialog.make.isEnabled()

    dialog.area.setText("MEX")

    assert dialog.make.isEnabled()


def test_a_correction_needs_value_and_reason_and_can_be_undone(
    open_program: Program, settle: Settle, qtbot: Any
) -> None:
    from indicators.model.period import Period
    from workbench.services import observations
    from workbench.services.history import content_digest

    session = open_program.session
    before = content_digest(session.workspace)
    cell = CellRef(variable="inv_opened", area="XV-01", period="2008")
    dialog = CorrectDialog(cell, session, open_program.window)
    qtbot.addWidget(dialog)
    dialog.value.setText("41")
    assert not dialog.do.isEnabled()
    dialog.reason.setText("counted twice")
    assert dialog.do.isEnabled()

    dialog.do.click()
    settle(open_program.runner)

    source = observations.source(
        session.workspace, variable="inv_opened", area="XV-01", period=Period.of_year(2008)
    )
    assert (source.observation.value, source.note) == (41.0, "counted twice")
    assert open_program.window.undo_bar.isVisible()
    open_program.window.undo_bar.action.click()
    settle(open_program.runner)
    assert content_digest(session.workspace) == before


def test_a_problem_says_what_where_and_what_to_do(qapp: QApplication, qtbot: Any) -> None:
    error = UserFileError(
        N_("“{name}” cannot be read."),
        N_("It is empty."),
        N_("Choose another file."),
        path="a.csv",
    )
    box = problem_box(None, error)
    qtbot.addWidget(box)

    assert box.text() == "“a.csv” cannot be read."
    assert box.informativeText() == "It is empty.\n\nChoose another file."


def test_a_fault_is_told_calmly_with_its_report(qapp: QApplication, qtbot: Any) -> None:
    box = problem_box(None, Fault("Traceback: ..."))
    qtbot.addWidget(box)

    assert "kept" in box.informativeText()
    assert box.detailedText() == "Traceback: ..."


def test_rows_are_copied_with_headings(open_program: Program, settle: Settle) -> None:
    open_program.window.show_screen("indicators")
    settle(open_program.runner)
    screen = open_program.window.screens["indicators"]
    screen.values.selectRow(0)

    lines = selection_text(screen.values).split("\n")

    assert len(lines) == 2
    assert lines[0].split("\t")[0] == "Year"
    assert lines[1].split("\t")[0] == "2024"


def test_choosing_a_row_shows_its_source(open_program: Program, settle: Settle) -> None:
    open_program.window.show_screen("indicators")
    settle(open_program.runner)
    screen = open_program.window.screens["indicators"]
    screen.values.selectRow(2)
    settle(open_program.runner)
    open_program.window.actions_table["toggle_source"].trigger()
    settle(open_program.runner)

    dock = open_program.commands.dock
    assert dock is not None
    assert dock.isVisible()
    assert "2022" in dock.about.text()
    cell = next(node.cell for node in dock.viewmodel.state.nodes if node.cell)
    dock.open_cell.emit(cell)
    settle(open_program.runner)
    assert open_program.window.current_screen == "data"
    data = open_program.window.screens["data"]
    assert data.raw.currentIndex().column() == (cell.column or 0) - 1


def test_chart_and_table_swap_in_place(open_program: Program, settle: Settle) -> None:
    open_program.window.show_screen("trends")
    settle(open_program.runner)
    card = open_program.window.screens["trends"].chart

    open_program.window.actions_table["toggle_table"].trigger()
    assert card.stack.currentWidget() is card.table
    assert card.table.table.rowCount() == 20
    open_program.window.actions_table["toggle_table"].trigger()
    assert card.stack.currentWidget() is card.plot


def test_settings_of_the_project_are_kept_in_its_file_and_can_be_undone(
    open_program: Program, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from workbench import settings

    monkeypatch.setattr(settings, "settings_file", lambda: tmp_path / "settings.json")
    session = open_program.session
    dialog = SettingsDialog(open_program.preferences.choices(), session, open_program.window)
    assert dialog.threshold.value() == 5
    dialog.threshold.setValue(10)
    dialog.title.setText("Valdoria 2024")
    dialog.author.setText("Office")
    dialog.backups.setChecked(False)
    dialog.reject()
    settle(open_program.runner)

    assert session.workspace.settings.threshold == 10
    assert session.state.title == "Valdoria 2024"
    assert session.preferences.author() == "Office"
    assert not settings.load_program_settings().backups
    session.undo()
    settle(open_program.runner)
    assert session.workspace.settings.threshold == 5
    assert session.state.title == "Valdoria"
