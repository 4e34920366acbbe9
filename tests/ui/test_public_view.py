"""The public view of the window: one switch, a mark that stays, no docks that tell of single cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
