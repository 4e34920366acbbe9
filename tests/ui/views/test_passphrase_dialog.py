"""An encrypted project asks for its passphrase, and leaves no trace of it."""

from __future__ import annotations

# ruff: noqa: TID251 - tests of widgets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from tests.ui import audit
from tests.workbench.store.drivers import WORDS, needs_driver, quick_keys
from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.passphrase_dialog import PassphraseDialog
from workbench.errors import WorkbenchError
from workbench.services.workspace import create

Settle = Callable[[TaskRunner], None]


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """An encrypted project."""
    with quick_keys():
        path = tmp_path / "locked.tipw"
        create(path, area="XVA", title="Secret country", passphrase=WORDS).close()
        yield path


def ask(program: Program, path: Path, settle: Settle) -> PassphraseDialog:
    """Open a project that asks."""
    program.session.open_project(path)
    settle(program.runner)
    return asked(program)


def asked(program: Program) -> PassphraseDialog:
    """The dialog in front."""
    (dialog,) = program.window.findChildren(PassphraseDialog)
    assert dialog.isVisible()
    return dialog


def no_dialog(program: Program) -> bool:
    return program.window.findChildren(PassphraseDialog) == []


@needs_driver
def test_a_wrong_passphrase_is_told_and_the_right_one_opens(
    program: Program, locked: Path, settle: Settle, qapp: QApplication
) -> None:
    session = program.session
    dialog = ask(program, locked, settle)
    assert dialog.words.echoMode() == QLineEdit.EchoMode.Password
    assert not dialog.do.isEnabled()
    assert dialog.problem.isHidden()
    assert audit.nameless(dialog) == []
    assert audit.small_targets(dialog) == []
    assert audit.unreached(dialog, qapp.processEvents) == ([], True)
    dialog.words.setFocus()

    dialog.words.setText("not the right words")
    dialog.do.click()
    settle(program.runner)

    assert asked(program) is dialog
    assert "cannot be opened" in dialog.problem.heading.text()
    assert "passphrase is wrong" in dialog.problem.text.text()
    assert dialog.words.selectedText()
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
    assert not session.state.has_project

    QTest.keyClicks(dialog.words, WORDS)
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    settle(program.runner)

    assert no_dialog(program)
    assert session.state.title == "Secret country"
    assert "(encrypted)" in program.window.file_label.text()
    program.session.close_project()
    settle(program.runner)


@needs_driver
def test_an_encrypted_project_is_in_no_list_and_its_passphrase_in_no_file(
    program: Program, locked: Path, settle: Settle, tmp_path: Path
) -> None:
    dialog = ask(program, locked, settle)
    dialog.words.setText(WORDS)
    dialog.do.click()
    settle(program.runner)
    assert program.session.state.has_project

    program.session.close_project()
    settle(program.runner)

    assert program.preferences.recent() == ()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert WORDS.encode() not in data, file
            assert b"Secret country" not in data, file
            assert b"locked.tipw" not in data, file


@needs_driver
def test_cancel_leaves_everything_as_it_was(
    open_program: Program, locked: Path, settle: Settle
) -> None:
    before = open_program.session.state.path

    ask(open_program, locked, settle).cancel.click()
    settle(open_program.runner)

    assert no_dialog(open_program)
    assert open_program.session.state.path == before


@needs_driver
def test_the_words_are_shown_on_request_only(
    program: Program, locked: Path, settle: Settle
) -> None:
    dialog = ask(program, locked, settle)

    dialog.shown.setChecked(True)
    assert dialog.words.echoMode() == QLineEdit.EchoMode.Normal
    dialog.shown.setChecked(False)
    assert dialog.words.echoMode() == QLineEdit.EchoMode.Password
    dialog.reject()


@needs_driver
def test_another_problem_closes_the_question(
    program: Program, locked: Path, settle: Settle
) -> None:
    told: list[object] = []
    program.session.failed.disconnect()
    program.session.failed.connect(told.append)
    dialog = ask(program, locked, settle)
    program.session.failed.connect(dialog.reject)
    dialog.words.setText(WORDS)
    locked.unlink()

    dialog.do.click()
    settle(program.runner)

    assert no_dialog(program)
    assert "no file" in str(told[0])


def test_without_the_driver_nothing_is_asked(
    program: Program, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    program.session.failed.disconnect()
    program.session.failed.connect(told.append)
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3", None)
    path = tmp_path / "locked.tipw"
    path.write_bytes(b"\x17" * 8192)

    program.session.open_project(path)
    settle(program.runner)

    assert no_dialog(program)
    assert isinstance(told[0], WorkbenchError)
    assert "tip-workbench[encrypted]" in str(told[0])


@pytest.fixture
def unlocked(program: Program, locked: Path, settle: Settle) -> Iterator[Program]:
    """The window with the encrypted project open."""
    dialog = ask(program, locked, settle)
    dialog.words.setText(WORDS)
    dialog.do.click()
    settle(program.runner)
    assert program.session.state.encrypted
    yield program
    program.session.close_project()
    settle(program.runner)


@needs_driver
def test_an_encrypted_project_that_nobody_touches_is_locked(
    unlocked: Program, locked: Path, settle: Settle
) -> None:
    lock = unlocked.commands.files.auto_lock
    assert lock.timer.isActive()
    assert lock.timer.interval() == 15 * 60 * 1000
    workspace = unlocked.session.workspace

    lock.timer.timeout.emit()
    settle(unlocked.runner)

    assert not unlocked.session.state.has_project
    assert not lock.timer.isActive()
    with pytest.raises(WorkbenchError, match="is closed"):
        _ = workspace.db
    assert sorted(file.name for file in locked.parent.glob("locked*")) == ["locked.tipw"]
    dialog = asked(unlocked)
    dialog.words.setText(WORDS)
    dialog.do.click()
    settle(unlocked.runner)
    assert unlocked.session.state.title == "Secret country"


@needs_driver
def test_a_touch_begins_the_time_anew_and_a_dialog_is_not_closed(
    unlocked: Program, settle: Settle
) -> None:
    lock = unlocked.commands.files.auto_lock
    lock.timer.stop()
    handle = unlocked.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F13)

    assert lock.timer.isActive()
    dialog = QDialog(unlocked.window)
    dialog.open()
    lock.lock()
    assert unlocked.session.state.has_project
    dialog.reject()
    dialog.deleteLater()


def test_a_plain_project_is_never_locked(open_program: Program) -> None:
    lock = open_program.commands.files.auto_lock

    assert not lock.timer.isActive()
    lock.lock()
    assert open_program.session.state.has_project
