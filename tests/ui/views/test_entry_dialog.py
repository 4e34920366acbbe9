"""Values typed into a small table: checked cell by cell, pasted, taken back, kept as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from indicators.model.codes import Status
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.entry_table import FIXED
from ui.views.entry_dialog import EntryDialog
from workbench import i18n
from workbench.services import history, observations

Settle = Callable[[TaskRunner], None]


@pytest.fixture
def dialog(open_program: Program, settle: Settle, qtbot: Any) -> EntryDialog:
    made = EntryDialog(open_program.session, open_program.theme, open_program.window)
    qtbot.addWidget(made)
    made.show()
    settle(open_program.runner)
    made.viewmodel.choose(variable="pop_total", area="*", first=2024, last=2026)
    settle(open_program.runner)
    return made


def held(program: Program, area: str, year: str) -> list[tuple[object, ...]]:
    rows = observations.observations(
        program.session.workspace, variable="pop_total", area=area, dataset="typed"
    )
    return [(r.value, r.low, r.high, r.status) for r in rows if str(r.period) == year]


def areas(dialog: EntryDialog) -> list[str]:
    return [row.area for row in dialog.viewmodel.model._rows]


def test_a_block_of_a_spreadsheet_is_pasted_and_kept_as_one_step(
    dialog: EntryDialog, open_program: Program, settle: Settle
) -> None:
    ws = open_program.session.workspace
    before = history.content_digest(ws)
    dialog.table.setCurrentIndex(dialog.viewmodel.model.index(0, FIXED))
    QGuiApplication.clipboard().setText("1,200\t<5\r\n..\t1-4\tx\t99\r\n")

    dialog.table.paste()

    assert dialog.do.text() == "Keep 5 values"
    assert "1 pasted cell" in dialog.count.text()
    dialog.note.setText("Census office, letter of March")
    dialog.author.setText("A. Person")
    dialog.do.click()
    settle(open_program.runner)

    first, second = areas(dialog)[:2]
    assert held(open_program, first, "2024") == [(1200.0, None, None, Status.A)]
    assert held(open_program, first, "2025") == [(None, 1.0, 4.0, Status.S)]
    assert held(open_program, second, "2024") == [(None, None, None, Status.M)]
    assert held(open_program, second, "2026") == [(None, None, None, Status.X)]
    newest = observations.vintages(ws)[-1]
    assert (newest.mode, newest.note, newest.made_by) == (
        "entry", "Census office, letter of March", "A. Person",
    )  # fmt: skip
    open_program.session.undo()
    settle(open_program.runner)
    assert history.content_digest(ws) == before


def test_a_cell_that_is_no_value_stops_and_is_named(dialog: EntryDialog) -> None:
    model = dialog.viewmodel.model
    model.setData(model.index(1, FIXED + 1), "12a")

    assert not dialog.do.isEnabled()
    name = str(model.index(1, 0).data())
    assert f"{name}, total, 2025" in dialog.problem.text.text()
    assert "12a" in dialog.problem.text.text()
    assert "is not a value" in str(model.index(1, FIXED + 1).data(Qt.ItemDataRole.ToolTipRole))

    model.setData(model.index(1, FIXED + 1), "12")
    assert dialog.do.isEnabled()


def test_typing_can_be_taken_back_before_it_is_kept(dialog: EntryDialog, qtbot: Any) -> None:
    model = dialog.viewmodel.model
    model.setData(model.index(0, FIXED), "5")
    model.paste(0, 1, "6\t7")
    assert dialog.viewmodel.state.typed == 3

    qtbot.keyClick(dialog.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert model.texts() == {(0, 0): "5"}
    qtbot.keyClick(dialog.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert dialog.viewmodel.state.typed == 3
    dialog.table.selectAll()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert model.texts() == {}


def test_numbers_are_read_as_the_person_writes_them(
    open_program: Program, settle: Settle, qtbot: Any
) -> None:
    i18n.use("en", "es_AR")
    dialog = EntryDialog(open_program.session, open_program.theme, open_program.window)
    qtbot.addWidget(dialog)
    settle(open_program.runner)
    dialog.viewmodel.choose(variable="pop_total", area="*", first=2024, last=2024)
    settle(open_program.runner)
    model = dialog.viewmodel.model
    model.setData(model.index(0, FIXED), "1.200")
    dialog.viewmodel.save(note="", author="")
    settle(open_program.runner)

    assert held(open_program, areas(dialog)[0], "2024")[0][0] == 1200.0


def test_typed_values_are_not_lost_by_one_key(dialog: EntryDialog, qtbot: Any) -> None:
    model = dialog.viewmodel.model
    model.setData(model.index(0, FIXED), "5")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.viewmodel.choose(cut="SEX")
    assert model.texts() == {(0, 0): "5"}
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_held_values_show_who_typed_them(
    dialog: EntryDialog, open_program: Program, settle: Settle
) -> None:
    model = dialog.viewmodel.model
    model.setData(model.index(0, FIXED), "5")
    dialog.viewmodel.save(note="", author="Ana")
    settle(open_program.runner)
    dialog.viewmodel.look(dialog.viewmodel.state.question)
    settle(open_program.runner)

    cell = model.index(0, FIXED)
    assert cell.data() == "5"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "typed by Ana"
    model.setData(cell, "5")  # the same again is no change
    assert model.texts() == {}


def test_a_breakdown_gives_one_row_a_category(
    dialog: EntryDialog, open_program: Program, settle: Settle
) -> None:
    dialog.viewmodel.choose(area="", cut="SEX")
    settle(open_program.runner)

    cuts = [row.cut for row in dialog.viewmodel.model._rows]
    assert cuts[0] == ""
    assert {"SEX=F", "SEX=M"} <= set(cuts)
