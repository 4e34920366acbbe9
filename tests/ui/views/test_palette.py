"""Ctrl+K reaches actions, indicators, areas and files without the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.palette import Palette

Settle = Callable[[TaskRunner], None]


def opened(program: Program, settle: Settle) -> Palette:
    program.window.head.search.click()
    settle(program.runner)
    (palette,) = [p for p in program.window.findChildren(Palette) if p.isVisible()]
    return palette


def test_an_action_is_found_and_done(open_program: Program, settle: Settle, qtbot: Any) -> None:
    palette = opened(open_program, settle)
    qtbot.keyClicks(palette.field, "trends")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(open_program.runner)

    assert open_program.window.current_screen == "trends"


def test_arrows_choose_an_indicator(open_program: Program, settle: Settle, qtbot: Any) -> None:
    palette = opened(open_program, settle)
    qtbot.keyClicks(palette.field, "PRS-0")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    wanted = palette.found[1].key
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(open_program.runner)

    screen: Any = open_program.window.screens["indicators"]
    assert open_program.window.current_screen == "indicators"
    assert screen.viewmodel.state.chosen == wanted


def test_an_area_becomes_the_one_in_view(
    open_program: Program, settle: Settle, qtbot: Any
) -> None:
    palette = opened(open_program, settle)
    qtbot.keyClicks(palette.field, "XV-03")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(open_program.runner)

    assert open_program.session.state.area == "XV-03"


def test_what_is_off_is_not_offered(program: Program, settle: Settle, qtbot: Any) -> None:
    palette = opened(program, settle)
    qtbot.keyClicks(palette.field, "correct")
    assert "correct_value" not in [found.key for found in palette.found]
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
