"""The help in the window: a page for everything, F1 where one is, search, links, paper."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

import ui
from indicators.model.codes import LANGUAGES
from ui import messages
from ui.actions import ACTIONS
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.help import FIRST_PAGE, PAGES, page_for
from ui.views.help import HelpWindow
from ui.views.rail import SCREENS
from workbench import i18n
from workbench.errors import WorkbenchError
from workbench.services import handbook

Settle = Callable[[TaskRunner], None]


def help_of(program: Program) -> HelpWindow:
    (found,) = program.window.findChildren(HelpWindow)
    assert found.isVisible()
    return found


def opened_help(program: Program, settle: Settle, page: str) -> HelpWindow:
    program.commands.helper.open_page(page)
    settle(program.runner)
    return help_of(program)


def named_in_the_code(prefix: str) -> set[str]:
    found = set()
    for file in Path(ui.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(rf'setObjectName\(f?"({prefix}\w+)"\)', text))
    return found


def test_every_screen_dock_and_dialog_has_a_page_in_all_languages() -> None:
    screens = {f"screen_{name}" for name, _text, _line in SCREENS}
    wanted = screens | named_in_the_code("dlg_") | named_in_the_code("dock_")
    assert wanted - set(PAGES) == set()
    for name in PAGES.values():
        for language in LANGUAGES:
            assert handbook.written(name, language).text


def test_every_page_named_for_a_place_is_written() -> None:
    assert set(PAGES.values()) | {FIRST_PAGE} <= set(handbook.page_ids())
    assert page_for(["nothing", "dock_checks", "screen_data"]) == "checks"
    assert page_for(["nothing"]) == FIRST_PAGE


@pytest.mark.parametrize("name", [name for name, _text, _line in SCREENS])
def test_f1_opens_the_page_of_the_screen(open_program: Program, settle: Settle, name: str) -> None:
    window = open_program.window
    window.show_screen(name)
    settle(open_program.runner)

    window.actions_table["show_help"].trigger()
    settle(open_program.runner)

    assert window.actions_table["show_help"].shortcut() == QKeySequence("F1")
    shown = help_of(open_program)
    assert shown.viewmodel.state.page == PAGES[f"screen_{name}"]
    assert shown.viewmodel.state.title in shown.browser.toPlainText()
    assert shown.windowTitle().startswith(shown.viewmodel.state.title)


@pytest.mark.parametrize(
    ("action", "page"),
    [("toggle_source", "source"), ("toggle_checks", "checks"), ("toggle_history", "history")],
)
def test_f1_in_a_dock_opens_its_page(
    open_program: Program, settle: Settle, qtbot: Any, action: str, page: str
) -> None:
    window = open_program.window
    qtbot.waitActive(window)
    window.actions_table[action].trigger()
    settle(open_program.runner)
    dock = window.findChild(QWidget, f"dock_{page}")
    button = next(
        made for made in dock.findChildren(QWidget) if made.objectName() == f"btn_close_{page}"
    )
    button.setFocus()

    assert page_for(open_program.commands.helper.names_here()) == page


@pytest.mark.parametrize(
    ("action", "page"),
    [
        ("open_settings", "settings"),
        ("open_palette", "search"),
        ("add_event", "events"),
        ("edit_register", "events"),
        ("mark_break", "events"),
    ],
)
def test_f1_in_a_dialog_opens_its_page_above_it(
    open_program: Program, settle: Settle, qtbot: Any, action: str, page: str
) -> None:
    window = open_program.window
    window.actions_table[action].trigger()
    settle(open_program.runner)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    qtbot.waitActive(dialog)
    settle(open_program.runner)

    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_F1)
    settle(open_program.runner)

    (shown,) = dialog.findChildren(HelpWindow)
    assert shown.viewmodel.state.page == page
    assert dialog.isVisible()
    shown.close()
    dialog.reject()


def test_f1_in_a_message_opens_the_page_on_problems(
    program: Program, settle: Settle, qtbot: Any
) -> None:
    box = messages.problem_box(program.window, WorkbenchError("It is broken."))
    box.open()
    qtbot.waitActive(box)
    settle(program.runner)
    assert isinstance(box, QMessageBox)
    keys = [made.key().toString() for made in box.findChildren(QShortcut)]
    assert "F1" in keys
    assert page_for(program.commands.helper.names_here()) == "problems"
    box.reject()
    box.deleteLater()


def test_menu_entries_open_their_pages(program: Program, settle: Settle) -> None:
    for action, page in (
        ("show_contents", FIRST_PAGE),
        ("show_shortcuts", "keyboard"),
        ("show_methods", "methods"),
    ):
        program.window.actions_table[action].trigger()
        settle(program.runner)
        assert help_of(program).viewmodel.state.page == page


def test_all_keys_are_listed(program: Program, settle: Settle) -> None:
    words = opened_help(program, settle, "keyboard").browser.toPlainText()
    assert [spec.id for spec in ACTIONS if spec.shortcuts and spec.text not in words] == []
    assert "Ctrl+Shift+K" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_speak_the_language(program: Program, settle: Settle, language: str) -> None:
    i18n.use(language)
    shown = opened_help(program, settle, "home")
    lines = [shown.model.index(line, 0).data() for line in range(shown.model.rowCount())]
    pages = [title for _group, pages in handbook.contents(language) for _id, title in pages]
    assert [title for title in pages if title not in lines] == []
    assert handbook.written("home", language).title in shown.windowTitle()


def test_search_lists_pages_and_enter_opens_the_first(program: Program, settle: Settle) -> None:
    shown = opened_help(program, settle, "home")
    shown.query.setText("passphrase")
    settle(program.runner)
    QTest.keyClick(shown.query, Qt.Key.Key_Return)
    settle(program.runner)
    assert shown.viewmodel.state.page == "projects"
    assert 0 < shown.model.rowCount() < 10

    shown.query.setText("qqqq")
    settle(program.runner)
    assert shown.model.index(0, 0).data() == "Nothing fits."

    shown.query.clear()
    settle(program.runner)
    assert shown.model.rowCount() > len(handbook.page_ids())


def test_links_lead_on_and_back_returns(program: Program, settle: Settle) -> None:
    shown = opened_help(program, settle, "first-steps")
    shown.browser.anchorClicked.emit(QUrl("page:trends"))
    settle(program.runner)
    assert shown.viewmodel.state.page == "trends"
    assert shown.back.isEnabled()

    shown.back.click()
    settle(program.runner)
    assert (shown.viewmodel.state.page, shown.forward.isEnabled()) == ("first-steps", True)


def test_no_link_leaves_the_help(program: Program, settle: Settle) -> None:
    shown = opened_help(program, settle, "home")
    for address in ("https://example.org/", "file:///etc/passwd", "page:../../x", "javascript:1"):
        shown.browser.anchorClicked.emit(QUrl(address))
        settle(program.runner)
        assert shown.viewmodel.state.page in ("home", FIRST_PAGE)
    assert shown.browser.loadResource(2, QUrl("file:///etc/passwd")) is None


def test_words_are_found_in_the_page(program: Program, settle: Settle) -> None:
    shown = opened_help(program, settle, "trends")
    shown.words.setText("percentage points")
    shown.find_next()
    first = shown.browser.textCursor().position()
    assert shown.browser.textCursor().selectedText().casefold() == "percentage points"
    shown.find_next()
    assert shown.browser.textCursor().position() != first
    for _turn in range(20):
        shown.find_next()
    assert shown.told.text() == ""
    shown.words.setText("zebra")
    shown.find_next()
    assert shown.told.text() == "Not on this page"


def test_headings_are_larger_than_the_text(program: Program, settle: Settle) -> None:
    shown = opened_help(program, settle, "trends")
    sizes: dict[int, int] = {}
    block = shown.browser.document().begin()
    while block.isValid():
        for piece in block.textFormats() if block.text().strip() else ():
            level = block.blockFormat().headingLevel()
            sizes.setdefault(level, piece.format.font().pixelSize())
        block = block.next()
    assert sizes[1] > sizes[2] > sizes[0]
    assert sizes[1] == program.theme.font("screen").pixelSize()


def test_ctrl_f_goes_to_the_field(program: Program, settle: Settle, qtbot: Any) -> None:
    shown = opened_help(program, settle, "trends")
    qtbot.waitActive(shown)
    QTest.keyClick(shown.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shown.words


def test_a_methods_page_is_read_in_the_same_help(open_program: Program, settle: Settle) -> None:
    shown = opened_help(open_program, settle, "methods")
    shown.browser.anchorClicked.emit(QUrl("page:PRS-05"))
    settle(open_program.runner)
    assert shown.browser.toPlainText().startswith("PRS-05 Conviction rate")


def test_a_page_prints(program: Program, settle: Settle, tmp_path: Path) -> None:
    shown = opened_help(program, settle, "import")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))

    shown.print_to(printer)

    from pypdf import PdfReader

    reader = PdfReader(tmp_path / "page.pdf")
    assert len(reader.pages) >= 2
    words = " ".join(reader.pages[0].extract_text().split())
    assert "Import step by step" in words


def test_the_language_changes_while_it_is_open(program: Program, settle: Settle) -> None:
    from dataclasses import replace

    shown = opened_help(program, settle, "keyboard")
    program.choose(replace(program.preferences.choices(), language="es"))
    settle(program.runner)
    assert shown.query.placeholderText() == i18n._("Search the help")
    assert i18n._("Trends") in shown.browser.toPlainText()
    assert i18n._("Trends") != "Trends"


def test_one_help_is_open_at_a_time(program: Program, settle: Settle) -> None:
    opened_help(program, settle, "home")
    opened_help(program, settle, "data")
    assert help_of(program).viewmodel.state.page == "data"
