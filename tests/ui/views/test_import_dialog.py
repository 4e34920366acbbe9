"""The import window, step by step, on a real project with real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.import_dialog import ImportDialog
from ui.views.import_pages import letter
from workbench import i18n
from workbench.services import history, observations

Settle = Callable[[TaskRunner], None]
MESSY = (
    "Police of Valdoria\n\nRegion;Year;SEX;Value;Surname\n"
    "XV-01;2023;F;1.204;Gomez\nXV-01;2023;M;..;Perez\nIsla Nueva;2023;F;<5;Ruiz\n"
    "XV-02;2023;F;1.015;Lopez\n"
)


@pytest.fixture
def open_dialog(
    open_program: Program, settle: Settle, qtbot: Any, tmp_path: Path
) -> Callable[[str, str], ImportDialog]:
    def make(text: str, name: str = "police_2023.csv") -> ImportDialog:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        dialog = ImportDialog(file, open_program.session, open_program.theme, open_program.window)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(open_program.runner)
        return dialog

    return make


def test_five_steps_lead_from_a_messy_file_to_one_change_that_can_be_undone(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    runner, ws = open_program.runner, open_program.session.workspace
    before = history.content_digest(ws)
    dialog = open_dialog(MESSY)
    view = dialog.viewmodel

    dialog.do.click()
    assert view.state.step == 2
    assert (view.state.header_row, view.state.header_rows) == (3, 1)
    dialog.do.click()
    assert view.state.step == 3
    assert not dialog.do.isEnabled()  # 1.204 is open
    assert "1.204" in view.state.questions[0].text
    view.choose_format("Value", "1.234,5")
    settle(runner)
    assert dialog.do.isEnabled()
    dialog.do.click()
    assert [line.text for line in view.state.names] == ["Isla Nueva"]
    view.choose_constant("variable", "vic_detected")
    settle(runner)
    dialog.do.click()
    assert view.state.step == 5
    assert view.state.personal == ("Surname",)
    assert dialog.do.text() == "Import 4 rows"
    assert history.content_digest(ws) == before  # nothing was written yet

    dialog.do.click()
    settle(runner)
    assert dialog.do.text() == "Close"
    assert dialog.closing.text().startswith("7 rows read, 4 imported")
    newest = observations.vintages(ws)[-1]
    assert newest.redacted == ("Surname",)
    row = observations.observations(
        ws, variable="vic_detected", area="XV-02", dataset="police_2023"
    )
    assert [entry.value for entry in row] == [1015.0]
    open_program.session.undo()
    settle(runner)
    assert history.content_digest(ws) == before


def test_only_the_open_question_is_coloured(open_dialog: Any, settle: Settle) -> None:
    dialog = open_dialog(MESSY)
    dialog.do.click()
    dialog.do.click()

    asked = [made.name for made in dialog.columns_page._rows if made.property("asked") == "true"]
    assert asked == ["Value"]


def test_next_year_the_same_layout_asks_nothing(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    first = open_dialog(MESSY)
    view = first.viewmodel
    view.choose_format("Value", "1.234,5")
    settle(open_program.runner)
    view.choose_name("Region", "Isla Nueva", "XV-03")
    settle(open_program.runner)
    view.choose_dataset("police_own")
    view.run(author="A. Person")
    settle(open_program.runner)

    second = open_dialog(MESSY.replace("2023", "2024"), "police_2024.csv")
    assert second.viewmodel.state.step == 5
    assert "police_own" in second.viewmodel.state.known
    second.do.click()  # the second click after the drop
    settle(open_program.runner)

    ws = open_program.session.workspace
    assert observations.vintages(ws)[-1].dataset == "police_own"
    learned = observations.observations(ws, area="XV-03", dataset="police_own")
    assert [str(row.period) for row in learned] == ["2024"]


def test_back_and_cancel_leave_nothing(
    open_dialog: Any, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    ws = open_program.session.workspace
    before = history.content_digest(ws), len(history.history(ws))
    dialog = open_dialog(MESSY)
    dialog.do.click()
    dialog.do.click()
    dialog.back.click()
    dialog.back.click()
    assert dialog.viewmodel.state.step == 1
    assert not dialog.back.isVisible()

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(open_program.runner)

    assert not dialog.isVisible()
    assert (history.content_digest(ws), len(history.history(ws))) == before


def test_a_header_the_program_missed_is_shown_to_it(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    text = "area,year,Value\ncode,time,n\nXV-01,2023,12\nXV-02,2023,13\n"
    dialog = open_dialog(text)
    dialog.do.click()
    dialog.table_page.spins["header_row"].setValue(2)
    settle(open_program.runner)

    state = dialog.viewmodel.state
    assert state.step == 2
    assert [line.name for line in state.columns] == ["code", "time", "n"]


def test_a_mark_can_mean_zero(open_dialog: Any, open_program: Program, settle: Settle) -> None:
    dialog = open_dialog("area,year,value\nXV-01,2023,12\nXV-02,2023,-\nXV-03,2023,-\n")
    view = dialog.viewmodel
    assert [(mark.text, mark.count) for mark in view.state.marks] == [("-", 2)]

    view.choose_mark("-", "zero")
    settle(open_program.runner)

    assert view.state.trial.total == 3


def test_a_word_for_a_breakdown_is_offered_its_nearest_name(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    dialog = open_dialog("area,year,SEX,value\nXV-01,2023,Femalee,12\nXV-01,2023,Male,3\n")
    line = dialog.viewmodel.state.names[0]
    assert (line.text, line.guesses[0][0]) == ("Femalee", "F")
    assert line.best >= 92

    dialog.viewmodel.accept_names()
    settle(open_program.runner)

    assert dialog.viewmodel.answer_of(line) == "F"
    assert {cut for _place, cut, _value in dialog.viewmodel.state.trial.first} == {
        "Female",
        "Male",
    }


def test_a_file_without_a_table_goes_no_further(open_dialog: Any) -> None:
    dialog = open_dialog("only words here\n")

    assert not dialog.do.isEnabled()


@pytest.mark.parametrize("language", ["es", "fr"])
def test_no_button_is_cut_in_other_languages(
    open_dialog: Any, open_program: Program, settle: Settle, language: str
) -> None:
    i18n.use(language, "es_MX")
    dialog = open_dialog(MESSY)
    for widget in (dialog.cancel, dialog.do):
        assert widget.width() >= widget.sizeHint().width()


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 702)] == ["A", "Z", "AA", "AZ", "AAA"]
