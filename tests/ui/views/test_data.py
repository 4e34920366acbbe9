"""The data screen: filter, order, checks, series, notes, removal for good, narrow windows."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog

from indicators.model.period import Period
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.data_reading import SourceFinding, cell_words
from ui.viewmodels.preferences import Choices
from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import SPARK_ROLE
from ui.views.widgets import Message
from workbench.i18n import period_text
from workbench.services import history, indicators, notes, observations, packs

Settle = Callable[[TaskRunner], None]
TOP = QModelIndex()


@pytest.fixture
def screen(open_program: Program, settle: Settle) -> Any:
    open_program.window.show_screen("data")
    settle(open_program.runner)
    made: Any = open_program.window.screens["data"]
    made.viewmodel.choose_source("nrm")
    settle(open_program.runner)
    return made


def open_dialog(program: Program) -> Any:
    return next(d for d in program.window.findChildren(QDialog) if d.isVisible())


def shown(view: Any, column: int) -> list[str]:
    model = view.table
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_all_rows_of_a_long_table_can_be_scrolled_to(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    model, total = screen.grid.table, screen.viewmodel.state.grid.total
    assert total > 5000  # more than was ever read at once
    assert model.rowCount() < 1000

    screen.grid.scrollToBottom()
    settle(open_program.runner)
    first = model.rowCount()
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
        settle(open_program.runner)

    assert first > 200
    assert model.rowCount() == total
    assert screen.count.text() == f"{total:,} values"


def test_words_years_and_values_are_found_in_all_rows(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    screen.filter.setText("MERENTA capital 2008 female")
    screen.filter.returnPressed.emit()
    settle(open_program.runner)

    assert set(shown(screen.grid, 1)) == {"2008"}
    assert all("Merenta" in area for area in shown(screen.grid, 0))
    assert screen.viewmodel.state.grid.total == screen.grid.table.rowCount() > 0
    screen.filter.setText("nowhere at all")
    screen.filter.returnPressed.emit()
    settle(open_program.runner)
    assert screen.count.text() == "0 values"


def test_a_heading_orders_all_rows(screen: Any, open_program: Program, settle: Settle) -> None:
    ws = open_program.session.workspace
    column = screen.grid.table.orders().index("value")
    screen.grid.horizontalHeader().sectionClicked.emit(column)
    settle(open_program.runner)
    screen.grid.horizontalHeader().sectionClicked.emit(column)
    settle(open_program.runner)

    rows = observations.observations(ws, variable="vic_detected", dataset="nrm", with_raw=False)
    largest = sorted((r.value for r in rows if r.value is not None), reverse=True)[:50]
    assert shown(screen.grid, column)[:50] == [f"{value:,.0f}" for value in largest]
    assert screen.grid.horizontalHeader().isSortIndicatorShown()
    screen.grid.horizontalHeader().sectionClicked.emit(column)
    settle(open_program.runner)
    assert screen.viewmodel.state.order == ""


def test_find_goes_to_the_filter(screen: Any, open_program: Program) -> None:
    screen.tabs.setCurrentIndex(2)
    open_program.window.actions_table["find_screen"].trigger()
    assert screen.tabs.currentIndex() == 0
    assert screen.focusWidget() is screen.filter


def test_series_show_their_course_and_breaks(screen: Any) -> None:
    model = screen.series.table
    assert screen.viewmodel.state.series.total > model.rowCount() > 0
    spark = model.index(0, 3).data(SPARK_ROLE)
    first, last = (int(str(model.index(0, column).data())) for column in (4, 5))
    assert len(spark) == last - first + 1


def test_a_series_leads_to_its_values(screen: Any, open_program: Program, settle: Settle) -> None:
    key = screen.series.table.key_at(150)
    assert isinstance(key, CellRef)
    screen.show_value(key)
    settle(open_program.runner)

    cell = screen.viewmodel.state.cell
    assert (cell.area, cell.breakdown, cell.period) == (key.area, key.breakdown, key.period)
    assert screen.grid.table.key_at(screen.grid.currentIndex().row()) == cell
    line = screen.raw.currentIndex()
    assert screen.raw.table.key_at(line.row()) == cell.row
    assert line.column() == cell.column - 1


def test_open_checks_of_the_source_are_listed_and_lead_to_the_value(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    screen.tabs.setCurrentWidget(screen.findings)
    settle(open_program.runner)

    found = screen.viewmodel.state.findings
    assert found
    assert screen.findings.table.table.rowCount() == len(found)
    assert screen.tabs.tabText(screen.tabs.currentIndex()) == f"Checks {len(found)}"


def test_a_note_on_a_value_is_written_shown_and_removed(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    ws = open_program.session.workspace
    screen.grid.setCurrentIndex(screen.grid.table.index(3, 0))
    settle(open_program.runner)
    open_program.window.actions_table["add_note"].trigger()
    settle(open_program.runner)
    dialog = open_dialog(open_program)
    assert not dialog.do.isEnabled()
    dialog.text.setPlainText("Two offices reported together.")
    dialog.author.setText("Ana")
    dialog.do.click()
    settle(open_program.runner)

    (note,) = notes.notes(ws, dataset="nrm")
    cell = screen.viewmodel.state.cell
    assert (note.about.area, str(note.about.period)) == (cell.area, cell.period)
    state = screen.grid.table.columnCount() - 1
    marked = [row for row, text in enumerate(shown(screen.grid, state)) if "note" in text]
    assert marked == [3]
    assert screen.notes.table.table.rowCount() == 1

    screen.tabs.setCurrentWidget(screen.notes)
    screen.notes.table.setCurrentIndex(screen.notes.table.table.index(0, 0))
    screen.notes.remove.click()
    settle(open_program.runner)
    assert notes.notes(ws) == ()
    open_program.session.undo()
    settle(open_program.runner)
    assert len(notes.notes(ws)) == 1


def test_a_version_taken_back_can_be_removed_for_good(
    screen: Any, open_program: Program, settle: Settle, tmp_path: Any
) -> None:
    from workbench.services import imports

    ws = open_program.session.workspace
    file = tmp_path / "own.csv"
    file.write_text("area,year,vic_detected\nXV-01,2023,12\n", encoding="utf-8")
    outcome = imports.accept(ws, file, dataset="own")
    open_program.session.wrote(outcome.change)
    settle(open_program.runner)
    screen.viewmodel.choose_source("own")
    settle(open_program.runner)
    assert screen.notice.isHidden()
    open_program.session.undo()
    settle(open_program.runner)

    assert screen.notice.isVisibleTo(screen)
    screen.purge.click()
    dialog = open_dialog(open_program)
    assert not dialog.do.isEnabled()
    dialog.sure.setChecked(True)
    dialog.do.click()
    settle(open_program.runner)

    assert all(row.dataset != "own" for row in observations.vintages(ws))
    assert history.history(ws)[-1].action == "purge"


def test_personal_data_found_later_can_be_removed_for_good(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    version = screen.viewmodel.state.sources[0].versions[0]
    screen.viewmodel.choose_source(screen.viewmodel.state.sources[0].code)
    settle(open_program.runner)
    found = (
        SourceFinding(level="stop", text="seems to hold names", version=version.id),
        SourceFinding(level="warn", text="another thing"),
    )
    screen.viewmodel._set(findings=found)
    screen.tabs.setCurrentWidget(screen.findings)
    table = screen.findings.table
    table.setCurrentIndex(table.table.index(1, 0))
    assert not screen.findings.purge.isVisible()
    table.setCurrentIndex(table.table.index(0, 0))
    assert screen.findings.purge.isVisible()

    screen.findings.purge.click()

    dialog = open_dialog(open_program)
    assert version.title in dialog.findChildren(Message)[0].heading.text()
    dialog.reject()


def test_with_large_text_the_tree_is_a_picker_and_the_sheet_a_tab(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    open_program.choose(Choices(language="en", theme="light", text_percent=200))
    settle(open_program.runner)

    assert screen.compact
    assert not screen.sources.isVisible()
    assert screen.picker.box.currentText().strip().startswith("National Referral")
    texts = [screen.tabs.tabText(i).split()[0] for i in range(screen.tabs.count())]
    assert texts == ["Grid", "Raw", "Checks", "Series", "Notes"]
    for widget in (screen.filter, screen.menu_button, screen.kind):
        assert widget.isVisible()
        assert widget.width() <= screen.width()
    open_program.choose(Choices(language="en", theme="light", text_percent=100))
    settle(open_program.runner)
    assert not screen.compact
    assert screen.sources.isVisible()
    assert screen.raw_card.isVisible()


def test_the_sheet_goes_on_below_its_first_rows(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    model = screen.raw.table
    first = model.rowCount()
    model.fetchMore(TOP)
    settle(open_program.runner)

    assert model.rowCount() > first
    assert model.key_at(first) == first + 1


def test_a_value_of_a_pack_is_named_as_the_project_names_it(
    screen: Any, open_program: Program, settle: Settle
) -> None:
    ws = open_program.session.workspace
    known = packs.catalogue(ws).variables
    held = indicators.available_variables(ws)
    code = next(code for code in sorted(known) if code.startswith("n_") and code in held)
    cell = CellRef(variable=code, area="XVA", period="2014-Q2", breakdown="SEX=F")

    words = cell_words(cell, {"XVA": {"en": "Valdoria"}}, packs.catalogue(ws))
    assert (
        words == f"{known[code].name.en}, Valdoria, {period_text(Period.parse('2014-Q2'))}, Female"
    )
    screen.viewmodel._set(cell=cell)
    assert screen.viewmodel.cell_words().startswith(known[code].name.en)
