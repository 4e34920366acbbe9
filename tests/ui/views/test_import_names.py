"""Step 4 of the import window: names of every kind, asked and shown as decided."""

# ruff: noqa: TID251 - tests of widgets
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.import_dialog import ImportDialog

Settle = Callable[[TaskRunner], None]
NAMED = (
    "area,year,SEX,CIT,value\n"
    "XV-01,{year},Femalee,Congolese,12\n"
    "XV-01,{year},Male,Nigera,3\n"
    "XV-02,{year},Male,venezolana,4\n"
)


@pytest.fixture
def open_dialog(
    open_program: Program, settle: Settle, qtbot: Any, tmp_path: Path
) -> Callable[[str], ImportDialog]:
    def make(text: str) -> ImportDialog:
        file = tmp_path / "police.csv"
        file.write_text(text, encoding="utf-8")
        dialog = ImportDialog(file, open_program.session, open_program.theme, open_program.window)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(open_program.runner)
        return dialog

    return make


def test_names_of_every_kind_are_asked_then_shown_as_decided(
    open_dialog: Any, open_program: Program, settle: Settle
) -> None:
    dialog = open_dialog(NAMED.format(year=2023))
    view = dialog.viewmodel
    lines = {line.text: line for line in view.state.names}
    assert set(lines) == {"Femalee", "Congolese", "Nigera"}
    assert lines["Congolese"].scores == (90, 90)
    assert dict(lines["Congolese"].guesses)["COD"] == "Congo - Kinshasa (COD)"
    assert "PER" in dict(lines["Nigera"].guesses)

    view.accept_names()
    settle(open_program.runner)
    answers = {line.text: view.answer_of(line) for line in view.state.names}
    assert answers == {"Femalee": "F", "Congolese": "", "Nigera": ""}
    view.choose_name("CIT", "Congolese", "COD")
    settle(open_program.runner)
    view.choose_dataset("police")
    view.run()
    settle(open_program.runner)
    dialog.reject()

    again = open_dialog(NAMED.format(year=2024))
    names = {line.text: line.learned for line in again.viewmodel.state.names}
    assert names == {"Nigera": "", "Femalee": "F", "Congolese": "COD"}
    assert again.viewmodel.answer_of(again.viewmodel.state.names[1]) in ("F", "COD")
    page = again.names_page
    page.render(again.viewmodel.state, "en")
    assert page.head.text() == "1 name is new to the program; 2 were decided before"
    words = {label.text() for label in page.findChildren(QLabel)}
    assert "Decided at an earlier import" in words
    assert "Could be Nigeria (NGA) or Niger (NER)" in words
