"""Narrow windows, large text, kept sizes and the projector."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.preferences import Choices

Settle = Callable[[TaskRunner], None]


@pytest.mark.parametrize("name", ["trends", "impact"])
def test_the_words_go_below_the_chart_in_a_narrow_window(
    open_program: Program, settle: Settle, name: str
) -> None:
    window = open_program.window
    window.resize(1280, 800)
    window.show_screen(name)
    settle(open_program.runner)
    screen: Any = window.screens[name]
    assert not screen.columns.narrow

    window.resize(1040, 800)
    settle(open_program.runner)

    assert screen.columns.narrow
    words, chart = screen.words, screen.chart
    below = words.mapTo(window, words.rect().topLeft()).y()
    assert below > chart.mapTo(window, chart.rect().bottomLeft()).y()
    window.resize(1280, 800)
    settle(open_program.runner)
    assert not screen.columns.narrow


def test_sizes_of_columns_are_kept(open_program: Program, settle: Settle) -> None:
    open_program.window.show_screen("trends")
    settle(open_program.runner)
    screen: Any = open_program.window.screens["trends"]
    splitter = screen.columns.splitter
    splitter.setSizes([300, 480, 260])
    splitter.splitterMoved.emit(300, 1)

    assert open_program.preferences.sizes("trends") == splitter.sizes()


def test_large_text_makes_blocks_of_the_scorecard(open_program: Program, settle: Settle) -> None:
    open_program.window.show_screen("scorecard")
    settle(open_program.runner)
    screen: Any = open_program.window.screens["scorecard"]
    open_program.choose(Choices(language="en", theme="light", text_percent=200))
    settle(open_program.runner)

    assert screen.grid.columnStretch(1) == 1
    assert screen.grid.columnStretch(7) == 0
    open_program.choose(Choices(language="en", theme="light", text_percent=100))
    settle(open_program.runner)
    assert screen.grid.columnStretch(7) > 0


def test_the_projector_is_large_and_light_and_leaves_no_trace(
    open_program: Program, settle: Settle, qtbot: Any
) -> None:
    program = open_program
    program.choose(Choices(language="en", theme="dark"))
    program.commands.ensure_dock().show()
    program.window.actions_table["toggle_projector"].trigger()
    settle(program.runner)
    assert (program.theme.kind, program.theme.text_percent) == ("light", 150)
    assert not program.commands.ensure_dock().isVisible()

    qtbot.keyClick(program.window, Qt.Key.Key_PageDown)
    settle(program.runner)
    assert program.window.current_screen == "data"

    program.window.actions_table["toggle_projector"].trigger()
    settle(program.runner)
    assert (program.theme.kind, program.theme.text_percent) == ("dark", 100)
    assert program.commands.ensure_dock().isVisible()
    assert program.preferences.choices().theme == "dark"
    program.choose(Choices(language="en", theme="light"))
