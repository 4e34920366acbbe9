"""The table of actions: names, keys, rules."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from ui.actions import ACTIONS, MENUS, Actions
from ui.app import Program
from ui.theme import ICON_FOLDER, Theme


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(QKeySequence(text).toString() for spec in ACTIONS for text in spec.shortcuts)

    assert [key for key, count in keys.items() if count > 1 or not key] == []


def test_ids_are_unique_and_menus_known() -> None:
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    assert {spec.menu for spec in ACTIONS} <= {menu for menu, _text in MENUS}


def test_icons_exist() -> None:
    assert [
        spec.icon
        for spec in ACTIONS
        if spec.icon and not (ICON_FOLDER / f"{spec.icon}.svg").exists()
    ] == []


def test_rules_follow_project_and_history(qapp: object, theme: Theme) -> None:
    window = QMainWindow()
    table = Actions(theme, window)

    table.enable(project=True, undo=True, redo=False)

    assert table["show_trends"].isEnabled()
    assert table["undo_change"].isEnabled()
    assert not table["redo_change"].isEnabled()

    table.enable(project=False, undo=False, redo=False)

    assert not table["show_trends"].isEnabled()
    assert table["open_sample"].isEnabled()


def test_every_action_does_something(program: Program) -> None:
    from PySide6.QtCore import SIGNAL

    silent = [
        spec.id
        for spec, action in program.window.actions_table
        if not action.receivers(SIGNAL("triggered(bool)"))
    ]

    assert silent == []


def test_object_names_follow_the_convention(program: Program) -> None:
    for spec, action in program.window.actions_table:
        assert action.objectName() == f"act_{spec.id}"
