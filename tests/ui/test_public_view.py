"""The public view of the window: one switch, a mark that stays, no docks that tell of single cells."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog

from indicators.model.series import TOTAL, Breakdown
from tests.workbench.deliveries import Cell, deliver
from ui.app import Program
from ui.tasks import TaskRunner
from workbench.services.workspace import create

WOMEN, MEN = Breakdown.of(SEX="F"), Breakdown.of(SEX="M")
Settle = Callable[[TaskRunner], None]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A real project: 3 men of 60 persons in 2021, and the population."""
    path = tmp_path / "office.tipw"
    counts = {TOTAL: (80, 60, 90), WOMEN: (60, 57, 70), MEN: (20, 3, 20)}
    with create(path, area="XVA", title="Office") as ws:
        people = [
            Cell(area="XVA", period=str(2020 + at), value=value, breakdown=cut)
            for cut, values in counts.items()
            for at, value in enumerate(values)
        ]
        residents = [
            Cell(area="XVA", period=str(year), value=value, breakdown=cut, variable="pop_total")
            for cut, value in ((TOTAL, 1_000_000), (WOMEN, 510_000), (MEN, 490_000))
            for year in (2020, 2021, 2022)
        ]
        deliver(ws, people, tmp_path)
        deliver(ws, residents, tmp_path, dataset="census", name="census.csv")
    return path


@pytest.fixture
def real_program(program: Program, office: Path, settle: Settle) -> Program:
    """The window with that project open."""
    program.session.open_project(office)
    settle(program.runner)
    assert program.session.state.has_project
    return program


def test_the_switch_hides_small_counts_on_every_screen(
    real_program: Program, settle: Settle
) -> None:
    window, session = real_program.window, real_program.session
    table = window.actions_table
    window.show_indicator("PVL-01")
    settle(real_program.runner)
    screen: Any = window.screens["indicators"]
    session.choose_cut("SEX=M")
    settle(real_program.runner)
    assert screen.viewmodel.state.chart is not None
    assert screen.viewmodel.state.chart.hidden == ()

    table["toggle_public"].trigger()
    settle(real_program.runner)
    assert session.workspace.public_view
    assert window.head.public.isVisible()
    assert table["toggle_public"].isChecked()
    assert not table["toggle_source"].isEnabled()
    assert not table["toggle_checks"].isEnabled()
    assert len(screen.viewmodel.state.chart.hidden) > 0

    window.head.public.click()
    settle(real_program.runner)
    assert not window.head.public.isVisible()
    assert table["toggle_source"].isEnabled()
    assert screen.viewmodel.state.chart.hidden == ()


def test_the_projector_shows_the_public_view_and_gives_back_what_was(
    real_program: Program, settle: Settle
) -> None:
    table, session = real_program.window.actions_table, real_program.session
    table["toggle_checks"].trigger()
    settle(real_program.runner)
    table["toggle_projector"].trigger()
    settle(real_program.runner)
    assert session.state.public_view

    path = session.state.path
    session.close_project()
    settle(real_program.runner)
    assert path is not None
    session.open_project(path)
    settle(real_program.runner)
    assert session.workspace.public_view

    table["toggle_projector"].trigger()
    settle(real_program.runner)
    assert not session.state.public_view
    assert not session.workspace.public_view


def test_invented_data_stay_and_the_person_is_told(open_program: Program, settle: Settle) -> None:
    table = open_program.window.actions_table
    table["toggle_public"].trigger()
    settle(open_program.runner)

    assert table["toggle_source"].isEnabled()
    assert "nothing to hide" in open_program.window.undo_bar.text.text()


def test_the_grid_shows_one_mark_and_nothing_that_tells(
    real_program: Program, settle: Settle
) -> None:
    window, session = real_program.window, real_program.session
    window.show_screen("data")
    settle(real_program.runner)
    screen: Any = window.screens["data"]
    screen.viewmodel.choose_source("police")
    settle(real_program.runner)

    def texts() -> list[str]:
        return [cell.text for row in screen.viewmodel.state.grid.rows for cell in row.cells]

    assert "3" in texts()
    assert screen.raw_card.isVisible()
    session.choose_public_view(on=True)
    settle(real_program.runner)
    assert "3" not in texts()
    assert "57" not in texts()
    assert texts().count(":c") == 4  # two values, and what the file says
    assert "60" in texts()
    assert not screen.raw_card.isVisible()
    assert not screen.tabs.isTabVisible(screen.tabs.indexOf(screen.notes))

    screen.viewmodel.order_by("value")
    settle(real_program.runner)
    in_order = [row.cells[1].text for row in screen.viewmodel.state.grid.rows]
    screen.viewmodel.order_by("value")
    settle(real_program.runner)
    assert [row.cells[1].text for row in screen.viewmodel.state.grid.rows] == in_order
    screen.viewmodel.choose_text("3")
    settle(real_program.runner)
    assert [row.cells[1].text for row in screen.viewmodel.state.grid.rows] == in_order


def shown_by(screens: dict[str, Any], home: Any) -> list[object]:
    """What the screens show of the values: charts, rows, tiles, lines."""
    return [
        *(screens[name].viewmodel.state.chart for name in ("indicators", "trends", "impact")),
        *screens["scorecard"].viewmodel.state.lines,
        *screens["data"].viewmodel.state.grid.rows,
        *home.state.tiles,
    ]


def test_true_values_leave_every_screen_at_once(
    real_program: Program, settle: Settle, qapp: QApplication
) -> None:
    window = real_program.window
    for name in ("data", "indicators", "trends", "impact", "scorecard", "home"):
        window.show_screen(name)
        settle(real_program.runner)
    window.show_indicator("PVL-01")
    settle(real_program.runner)
    assert any(each is not None for each in shown_by(window.screens, real_program.home))
    assert window.screens["data"].grid.model().rowCount() > 0

    window.actions_table["toggle_public"].trigger()

    # before any work could end
    assert not any(each is not None for each in shown_by(window.screens, real_program.home))
    assert window.screens["data"].grid.model().rowCount() == 0
    settle(real_program.runner)
    assert window.screens["indicators"].viewmodel.state.chart is not None


def test_screens_that_nobody_sees_wait(real_program: Program, settle: Settle) -> None:
    window = real_program.window
    window.show_screen("scorecard")
    settle(real_program.runner)
    card: Any = window.screens["scorecard"].viewmodel
    assert card.state.lines
    window.show_screen("data")
    window.actions_table["toggle_public"].trigger()
    settle(real_program.runner)

    assert card.state.lines == ()
    assert real_program.home.state.tiles == ()
    window.show_screen("scorecard")
    settle(real_program.runner)
    assert card.state.lines


def test_waiting_can_be_stopped_and_begun_again(
    real_program: Program, settle: Settle, qapp: QApplication
) -> None:
    window, home = real_program.window, real_program.home
    told: list[tuple[int, int]] = []
    home.changed.connect(lambda state: told.append((state.done, state.total)))
    window.actions_table["toggle_public"].trigger()
    assert home.state.loading
    assert home.state.hides
    page: Any = window.screens["home"]._project
    home.stop()
    assert not home.state.loading
    settle(real_program.runner)
    assert home.state.tiles == ()
    assert page.waiting.isVisible()
    assert not page.waiting.bar.isVisible()

    page.waiting.button.click()
    assert home.state.loading
    settle(real_program.runner)
    assert not page.waiting.isVisible()
    assert not home.state.stopped
    assert any(total > 0 for _done, total in told)


def drop(program: Program, file: Path) -> None:
    """Let a file fall on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    program.window.dropEvent(
        QDropEvent(
            QPointF(200, 200),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_nothing_is_imported_or_typed_in_and_the_person_hears_why(
    real_program: Program, settle: Settle, tmp_path: Path
) -> None:
    window = real_program.window
    file = tmp_path / "next.csv"
    file.write_text("year,persons\n2020,3\n", encoding="utf-8")
    window.actions_table["toggle_public"].trigger()
    settle(real_program.runner)

    for act in (
        lambda: drop(real_program, file),
        window.actions_table["import_file"].trigger,
        window.actions_table["enter_values"].trigger,
        lambda: real_program.commands.files.import_path(file),
    ):
        window.undo_bar.hide()
        act()
        settle(real_program.runner)
        assert [each for each in window.findChildren(QDialog) if each.isVisible()] == []
        assert window.undo_bar.isVisible()
        assert "View ▸ Public view" in window.undo_bar.text.text()
        assert window.undo_bar.geometry().right() < window.width()

    window.head.public.click()
    settle(real_program.runner)
    drop(real_program, file)
    settle(real_program.runner)
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert dialog.objectName() == "dlg_import"
    dialog.reject()
