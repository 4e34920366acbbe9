"""The import window, step by step, on a real project with real files."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox

from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.importing import ImportViewModel
from ui.viewmodels.tables import GROUND_ROLE
from ui.views.import_bands import Bands
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
    assert "police_own" in second.file_page.known.text.text()
    assert second.do.text() == "Use the same mapping"
    second.do.click()  # the first click after the drop
    assert second.viewmodel.state.step == 5
    second.do.click()  # the second
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


def test_the_mapping_of_last_year_can_be_looked_at_instead(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    text = (
        "variable,area,year,SEX,value\nvic_detected,XV-01,2023,F,12\nvic_detected,XV-02,2023,F,3\n"
    )
    first = open_dialog(text)
    first.viewmodel.run()
    settle(open_program.runner)
    second = open_dialog(text.replace("2023", "2024"), "police_2024.csv")
    assert second.steps.isVisible()

    second.steps.click()

    assert second.viewmodel.state.step == 2
    assert not second.steps.isVisible()
    assert second.do.text() == "Next: columns"


def test_what_changes_against_last_time_stands_at_the_last_step(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    head = "variable,area,year,SEX,value\n"
    rows = (
        "vic_detected,XV-01,2023,F,12\nvic_detected,XV-02,2023,F,<5\nvic_detected,XV-03,2023,F,4\n"
    )
    first = open_dialog(head + rows)
    first.viewmodel.choose_dataset("police_own")
    first.viewmodel.run()
    settle(open_program.runner)
    newer = rows.replace(",12", ",15").replace("XV-03,2023", "XV-03,2024")
    second = open_dialog(head + newer, "police_new.csv")
    second.do.click()
    settle(open_program.runner)

    trial = second.viewmodel.state.trial
    counts = {line.text: line.count for line in trial.differences}
    assert counts == {
        "new values": 1, "changed values": 1, "same as before": 1, "no longer in the file": 1,
    }  # fmt: skip
    page = second.check_page
    assert page.changes.isVisible()
    assert "police_own" in page.changes_head.text()
    shown = [str(page.changes_table.table.index(0, column).data()) for column in range(3)]
    assert "Merenta Capital District, 2023" in shown[0]
    assert shown[1:] == ["12", "15"]


def test_doubtful_letters_are_asked_with_a_preview_each(
    open_dialog: Any, open_program: Program, settle: Settle, tmp_path: Path
) -> None:
    view = _doubtful(open_program, settle, tmp_path)
    (line,) = [line for line in view.state.choices if line.code == "which_encoding"]
    assert not view.state.may_go_on
    previews = {choice.value: choice.preview for choice in line.choices}
    assert len(set(previews.values())) > 1

    for wanted, text in previews.items():
        view.pick("which_encoding", wanted)
        settle(open_program.runner)
        assert view.recipe().reading.encoding == wanted
        assert view.state.may_go_on
        assert text in {cell for row in view.state.first_rows for cell in row}


def _doubtful(program: Program, settle: Settle, tmp_path: Path) -> ImportViewModel:
    """A file whose letters could be two things."""
    file = tmp_path / "letters.csv"
    rows = ["Region;Year;Value"] + [f"{name};2023;{n}" for n, name in enumerate(WORDS, 1)]
    file.write_bytes("\n".join(rows).encode("cp1252"))
    view = ImportViewModel(file, program.session)
    view.look()
    settle(program.runner)
    return view


WORDS = ("Pe\xf1a", "Cabo\xa4", "\xa6land", "Pla\xb4", "\xbdTotal")


def test_a_picked_answer_can_be_changed_and_keeps_the_step(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    from sample_data import dirty

    file = next(d.file for d in dirty.dirty() if d.number == "D26")
    dialog = ImportDialog(file, open_program.session, open_program.theme, open_program.window)
    dialog.show()
    settle(open_program.runner)
    view = dialog.viewmodel
    view.go_on()
    view.go_on()
    assert (view.state.step, dialog.do.isEnabled()) == (3, False)
    (group,) = dialog.columns_page.choices.groups.values()
    texts = [button.text() for button in group.buttons()]
    assert texts == ["Yes, leave them out", "No, the values are right"]

    group.buttons()[0].click()
    settle(open_program.runner)
    assert view.state.trial is not None
    left_out = view.state.trial.rows_left
    assert (view.state.step, dialog.do.isEnabled()) == (3, True)
    (group,) = dialog.columns_page.choices.groups.values()
    assert group.buttons()[0].isChecked()
    group.buttons()[1].click()
    settle(open_program.runner)
    assert view.state.trial is not None
    assert view.state.trial.rows_left < left_out
    dialog.close()


def test_a_role_chosen_before_an_answer_is_kept(open_program: Program, settle: Settle) -> None:
    from sample_data import dirty

    file = next(d.file for d in dirty.dirty() if d.number == "D26")
    view = ImportViewModel(file, open_program.session)
    view.look()
    settle(open_program.runner)
    last = view.state.columns[-1].name
    view.choose_role(view.state.columns[0].name, "note")
    settle(open_program.runner)
    view.pick(view.state.choices[0].key, "keep")
    settle(open_program.runner)

    assert view.state.columns[0].role == "note"
    assert view.state.columns[-1].name == last


TITLED = (
    "Report of the year;;\nPolice;;\narea;year;value\nXV-01;2023;12\nXV-02;2023;13\n"
    "XV-03;2023;14\nSource: police;;\n"
)


def test_the_edges_of_the_bands_are_dragged(
    open_dialog: Any, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    dialog = open_dialog(TITLED)
    dialog.do.click()
    page = dialog.table_page
    qtbot.wait(20)
    edge = page.edges.edges["data"]
    assert (page.edges.bands.header, page.edges.bands.data, page.edges.bands.notes) == (2, 3, 6)

    height = page.table.rowHeight(0)
    middle = edge.rect().center()
    qtbot.mousePress(edge, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(edge, middle + QPoint(0, height))
    assert page.edges.bands.data == 4  # the colours follow at once
    assert page.table.table.index(3, 0).data(GROUND_ROLE) == "accent-soft"
    qtbot.mouseRelease(edge, Qt.MouseButton.LeftButton)
    settle(open_program.runner)

    state = dialog.viewmodel.state
    assert (state.header_row, state.header_rows, state.step) == (3, 2, 2)
    assert page.spins["header_rows"].value() == 2


def test_the_edges_of_the_bands_move_with_the_keyboard(
    open_dialog: Any, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    dialog = open_dialog(TITLED)
    dialog.do.click()
    edges = dialog.table_page.edges
    edge = edges.edges["notes"]
    edge.setFocus()
    assert "row 7" in edge.accessibleName()

    qtbot.keyClick(edge, Qt.Key.Key_Up)
    edge.dropped.emit()  # a pause does the same
    settle(open_program.runner)

    assert dialog.viewmodel.state.footer_rows == 2
    assert "row 6" in edge.accessibleName()
    header = edges.edges["header"]
    header.setFocus()
    qtbot.keyClick(header, Qt.Key.Key_Up)
    header.dropped.emit()
    settle(open_program.runner)
    assert (dialog.viewmodel.state.header_row, dialog.viewmodel.state.header_rows) == (2, 2)


def test_bands_give_way_to_each_other() -> None:
    bands = Bands(header=2, data=3, notes=6, rows=7, whole=True)

    assert bands.moved("header", 4) == Bands(header=4, data=5, notes=6, rows=7, whole=True)
    assert bands.moved("data", 1) == Bands(header=0, data=1, notes=6, rows=7, whole=True)
    assert bands.moved("data", 99).data == 7
    assert bands.moved("notes", 0).notes == 3
    grounds = [bands.ground(row) for row in range(7)]
    assert grounds == ["sunken", "sunken", "accent-soft", "", "", "", "warn-soft"]


@pytest.mark.parametrize("at", ["reading", "step", "importing"])
def test_cancel_at_any_point_leaves_no_rows_and_no_files(
    open_program: Program, settle: Settle, tmp_path: Path, monkeypatch: Any, at: str
) -> None:
    import tempfile

    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    ws = open_program.session.workspace
    before = history.content_digest(ws), len(history.history(ws))
    beside = sorted(item.name for item in Path(ws.path).parent.iterdir() if item != place)
    rows = "".join(f"XV-01,{1950 + n // 12}-{n % 12 + 1:02},{n}\n" for n in range(800))
    file = tmp_path / "long.csv"
    file.write_text("area,year,note\n" + rows, encoding="utf-8")
    beside = sorted([*beside, file.name])
    dialog = ImportDialog(file, open_program.session, open_program.theme, open_program.window)
    dialog.show()
    if at != "reading":
        settle(open_program.runner)
        dialog.viewmodel.choose_role("note", "value")
        settle(open_program.runner)
    if at == "importing":
        dialog.viewmodel.choose_format("note", "1234")
        settle(open_program.runner)
        dialog.viewmodel.run()
    dialog.reject()
    settle(open_program.runner)

    assert not dialog.isVisible()
    assert (history.content_digest(ws), len(history.history(ws))) == before
    assert list(place.iterdir()) == []
    now = sorted(item.name for item in Path(ws.path).parent.iterdir() if item != place)
    assert now == beside


def test_a_file_that_cannot_be_read_leaves_no_empty_window(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    dialog = open_dialog("")
    settle(open_program.runner)

    assert not dialog.isVisible()
    boxes = open_program.window.findChildren(QMessageBox)
    assert any("is empty" in box.text() for box in boxes)
    for box in boxes:
        box.close()


def test_left_out_cells_are_named_as_a_spreadsheet_names_them(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    dialog = open_dialog("area,year,value\nXV-01,2023,12\nXV-02,20l9,13\nXV-03,2023,14\n")
    settle(open_program.runner)

    (line,) = dialog.viewmodel.state.trial.left_out
    assert line.startswith("Cell B3: ")
    assert "20l9" in line
