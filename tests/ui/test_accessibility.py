"""The whole window for everybody: names, keys, focus, targets, large text, longer languages, plain data."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QWidget

import ui
from indicators.catalog import load_catalogue
from indicators.model.codes import LANGUAGES
from sample_data import valdoria
from tests.ui import audit
from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.dialogs import NewProjectDialog
from ui.views.import_dialog import ImportDialog
from ui.views.rail import SCREENS
from ui.views.reason_dialog import ReasonDialog
from workbench import i18n

Settle = Callable[[TaskRunner], None]
DOCKS = ("toggle_source", "toggle_checks", "toggle_history")
DIALOGS = (
    "open_settings",
    "open_palette",
    "edit_register",
    "add_event",
    "mark_break",
    "enter_values",
    "describe_chart",
    "show_help",
    "show_methods",
)
ROOT = Path(ui.__file__).parents[1]


@pytest.fixture
def window(open_program: Program, settle: Settle, qtbot: Any) -> Program:
    """The sample country in a window of the smallest size that reviews use."""
    open_program.window.resize(1280, 800)
    open_program.window.activateWindow()
    qtbot.waitActive(open_program.window)
    settle(open_program.runner)
    return open_program


def places(program: Program, settle: Settle) -> Iterator[tuple[str, QWidget]]:
    """Every screen, dock and dialog in turn, open and settled, with its name."""
    window = program.window
    for name, _text, _line in SCREENS:
        window.show_screen(name)
        settle(program.runner)
        yield name, window
    window.show_screen("indicators")
    settle(program.runner)
    screen: Any = window.screens["indicators"]
    for action in DOCKS:
        window.actions_table[action].trigger()
        settle(program.runner)
        dock = window.findChild(QDockWidget, f"dock_{action.removeprefix('toggle_')}")
        yield action, dock.widget()
        window.actions_table[action].trigger()
    lacking = next(entry.code for entry in screen.viewmodel.state.entries if entry.state == "not")
    screen.viewmodel.choose(lacking)
    settle(program.runner)
    yield "what is missing", screen.missing_card
    screen.viewmodel.choose("PRS-05")
    settle(program.runner)
    for action in DIALOGS:
        window.actions_table[action].trigger()
        yield from closing(program, settle, action)
    screen.add.click()
    yield from closing(program, settle, "own indicator")
    window.actions_table["print_screen"].trigger()
    yield from closing(program, settle, "print")
    yield from dialogs_of_data(program, settle)
    yield from steps_of_import(program, settle)


def dialogs_of_data(program: Program, settle: Settle) -> Iterator[tuple[str, QWidget]]:
    """What is asked about a value, a delivery and a finding."""
    window = program.window
    window.show_screen("data")
    settle(program.runner)
    screen: Any = window.screens["data"]
    screen.viewmodel.choose_source("nrm")
    settle(program.runner)
    screen.grid.setCurrentIndex(screen.grid.table.index(3, 0))
    settle(program.runner)
    for action in ("add_note", "correct_value"):
        window.actions_table[action].trigger()
        yield from closing(program, settle, action)
    source = next(each for each in screen.viewmodel.state.sources if each.code == "nrm")
    screen.remove_version(source.versions[0].id)
    yield from closing(program, settle, "purge")
    findings = ["One thing is odd.", "Another is.", "A third is.", "A fourth is."]
    ReasonDialog(findings, program.preferences, window).open()
    yield from closing(program, settle, "reason")
    NewProjectDialog(window).open()
    yield from closing(program, settle, "new project")


def steps_of_import(program: Program, settle: Settle) -> Iterator[tuple[str, QWidget]]:
    """The five steps of the import of a file."""
    file = valdoria.folder() / "labour_inspectorate.xlsx"
    dialog = ImportDialog(file, program.session, program.theme, program.window)
    dialog.open()
    settle(program.runner)
    dialog.viewmodel.go_to(1)
    seen = 0
    while dialog.viewmodel.state.step > seen:
        seen = dialog.viewmodel.state.step
        dialog.activateWindow()
        settle(program.runner)
        yield f"import step {seen}", dialog
        # a step without a question is passed over
        dialog.viewmodel.go_on()
        settle(program.runner)
    assert seen == 5
    dialog.reject()
    settle(program.runner)


def closing(program: Program, settle: Settle, name: str) -> Iterator[tuple[str, QWidget]]:
    settle(program.runner)
    (dialog,) = [each for each in program.window.findChildren(QDialog) if each.isVisible()]
    dialog.activateWindow()
    settle(program.runner)
    yield name, dialog
    dialog.reject()
    settle(program.runner)


MARKUP = '<b>x</b><img src="y">'


def name_with_markup(program: Program, settle: Settle) -> None:
    """Give the country and an event a name that Qt would take for markup."""
    from workbench.services import events, observations

    ws = program.session.workspace
    names = dict.fromkeys(LANGUAGES, MARKUP)
    country = next(each for each in observations.areas(ws) if each.code == "XVA")
    observations.define_areas(ws, [replace(country, names=names)])
    change = events.edit_event(ws, replace(events.events(ws)[0], name=names))
    program.session.wrote(change)
    settle(program.runner)
    # it goes by itself, perhaps in the middle of a walk; what it offers is in the menu
    program.window.undo_bar.hide()


def test_everything_has_a_name_a_size_a_key_and_a_ring_and_data_are_plain(
    window: Program, settle: Settle, qapp: QApplication
) -> None:
    name_with_markup(window, settle)
    stray = audit.StrayWindows()
    qapp.installEventFilter(stray)
    found: list[tuple[str, str, str]] = []
    for name, root in places(window, settle):
        root.window().activateWindow()
        settle(window.runner)
        # rail, head and status bar are the same around every screen: once is enough
        stack = window.window.stack
        part = stack if root is window.window and name != SCREENS[0][0] else root
        found += [(name, "no name", each) for each in audit.nameless(part)]
        found += [(name, "small", each) for each in audit.small_targets(part)]
        if root.isWindow():
            rest, came_round = audit.unreached(root, qapp.processEvents)
            found += [(name, "not reached by Tab", each) for each in rest]
            assert came_round, name
        found += [
            (name, "read as markup", each) for each in audit.rich_data(root.window(), MARKUP)
        ]
        found += [(name, "no ring", each) for each in audit.without_ring(part)]
    qapp.removeEventFilter(stray)
    assert found == []
    assert stray.found == []
    shown = {text for _place, text in audit.texts(window.window)}
    assert any(MARKUP in text for text in shown)


def speak_longer(program: Program, settle: Settle) -> None:
    """Change to the pseudo-language, which no person can choose."""
    i18n.use(i18n.PSEUDO)
    program.window.retranslate()
    program.commands.retranslate()
    settle(program.runner)


@pytest.mark.parametrize("how", ["200 percent", "longer words"])
def test_nothing_is_cut(window: Program, settle: Settle, how: str) -> None:
    if how == "200 percent":
        window.choose(replace(window.preferences.choices(), text_percent=200))
        settle(window.runner)
    else:
        speak_longer(window, settle)
    found = []
    for name, root in places(window, settle):
        found += [(name, each) for each in (*audit.clipped(root), *audit.overflowing(root))]
    assert found == []


MARKED = re.compile(r'(?:\b_|\bN_|ngettext|counted|message)\(\s*"((?:[^"\\]|\\.)+)"')


@cache
def msgids() -> frozenset[str]:
    """Every text of the program that is marked for translation."""
    found = set()
    for folder in ("ui", "workbench", "indicators"):
        for file in (ROOT / folder).rglob("*.py"):
            found |= set(MARKED.findall(file.read_text(encoding="utf-8")))
    units = {each.en for each in load_catalogue().units.values()}
    # units of the catalogue have their own translations; the words stay behind what hides them
    return frozenset(found - units - {"Computing…"})


def test_no_english_is_left_when_the_language_changes(window: Program, settle: Settle) -> None:
    for name, _text, _line in SCREENS:
        window.window.show_screen(name)
        settle(window.runner)
    for action in DOCKS:
        window.window.actions_table[action].trigger()
    window.window.actions_table["show_help"].trigger()
    settle(window.runner)

    speak_longer(window, settle)

    assert i18n._("Data") in {text for _place, text in audit.texts(window.window)}
    assert audit.untranslated(window.window, msgids()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_a_menu_do_not_clash(program: Program, settle: Settle, language: str) -> None:
    program.choose(replace(program.preferences.choices(), language=language))
    bar = [menu.title() for menu, _text in program.window._menus]
    assert_letters(bar)
    for menu, _text in program.window._menus:
        menu.aboutToShow.emit()
        assert_letters([each.text() for each in menu.actions() if each.text()])


def assert_letters(words: list[str]) -> None:
    letters = [text[text.index("&") + 1].casefold() for text in words if "&" in text]
    assert len(letters) == len(words), words
    assert len(set(letters)) == len(letters), words


def test_f6_goes_round_the_panes_in_both_directions(window: Program, settle: Settle) -> None:
    window.window.show_screen("indicators")
    for action in DOCKS:
        window.window.actions_table[action].trigger()
    settle(window.runner)
    window.window.rail.list.setFocus()

    def round_trip(modifier: Qt.KeyboardModifier) -> list[str]:
        seen = []
        for _step in range(7):
            at = QApplication.focusWidget()
            assert at is not None
            QTest.keyClick(at, Qt.Key.Key_F6, modifier)
            seen.append(pane_of(window, QApplication.focusWidget()))
        return seen

    there = round_trip(Qt.KeyboardModifier.NoModifier)
    assert set(there[:6]) == {
        "rail",
        "head",
        "screens",
        *(f"dock_{each.removeprefix('toggle_')}" for each in DOCKS),
    }
    back = round_trip(Qt.KeyboardModifier.ShiftModifier)
    assert back[:6] == list(reversed([there[-1], *there[:6]]))[1:7] or set(back[:6]) == set(
        there[:6]
    )


def pane_of(program: Program, widget: QWidget | None) -> str:
    at = widget
    while at is not None:
        if isinstance(at, QDockWidget) or at.objectName() in ("rail", "head", "screens"):
            return at.objectName()
        at = at.parentWidget()
    return ""
