"""Offscreen Qt, a theme, and a copy of the sample country for each test that opens it."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.app import Program, make_application
from ui.tasks import TaskRunner
from ui.theme import Theme, load_fonts
from ui.viewmodels.preferences import Choices, Preferences
from ui.viewmodels.session import SessionViewModel
from workbench import i18n


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one application, with the bundled font."""
    app = make_application()
    load_fonts()
    return app


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    made.apply(qapp)
    return made


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en", "en_US")
    yield
    i18n.use("en", "en_US")


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample country, made once."""
    from workbench.services import demo

    path = tmp_path_factory.mktemp("sample") / "valdoria.tipw"
    made, _files, _rows = demo.build_project(path)
    made.close()
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample country that a test may change."""
    return Path(shutil.copy(sample_file, tmp_path / "valdoria.tipw"))


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    made = Preferences(tmp_path / "window.ini")
    made.keep(Choices(language="en", theme="light"))
    return made


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[TaskRunner], None]:
    """Runs the event loop until no work is left."""

    def run(runner: TaskRunner, seconds: float = 30.0) -> None:
        end, quiet = time.monotonic() + seconds, 0
        while quiet < 5:
            assert time.monotonic() < end, "work did not end"
            qapp.processEvents()
            # outside of exec() Qt deletes nothing by itself
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = 0 if runner.is_busy() else quiet + 1
            time.sleep(0.002)

    return run


@pytest.fixture
def session(
    qapp: QApplication, preferences: Preferences, settle: Callable[[TaskRunner], None]
) -> Iterator[SessionViewModel]:
    """A session without a window; problems fail the test."""
    runner = TaskRunner()
    problems: list[object] = []
    runner.faulted.connect(problems.append)
    made = SessionViewModel(runner, preferences)
    made.failed.connect(problems.append)
    yield made
    settle(runner)
    made.close_project()
    runner.wait()
    assert [getattr(item, "report", str(item)) for item in problems] == []


@pytest.fixture
def opened(
    session: SessionViewModel, sample: Path, settle: Callable[[TaskRunner], None]
) -> SessionViewModel:
    """A session with the sample country open."""
    session.open_project(sample)
    settle(session.runner)
    assert session.state.has_project
    return session


@pytest.fixture
def make_program(
    qapp: QApplication, preferences: Preferences, settle: Callable[[TaskRunner], None]
) -> Iterator[Callable[[], Program]]:
    """Builds whole windows, shown offscreen; problems fail the test, nothing is left behind."""
    made: list[Program] = []
    problems: list[object] = []

    def build() -> Program:
        program = Program(qapp, preferences)
        program.commands.tell = problems.append  # type: ignore[method-assign]
        program.session.failed.disconnect()
        program.session.failed.connect(problems.append)
        program.runner.faulted.disconnect()
        program.runner.faulted.connect(problems.append)
        program.show()
        # an earlier test may have left Ctrl held, with which a row is taken out of the selection
        QTest.keyClick(program.window, Qt.Key.Key_F13)
        settle(program.runner)
        made.append(program)
        return program

    yield build
    for program in made:
        settle(program.runner)
        program.window.close()
        program.runner.wait()
        program.window.deleteLater()
        program.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    assert [getattr(item, "report", str(item)) for item in problems] == []


@pytest.fixture
def program(make_program: Callable[[], Program]) -> Program:
    """The whole window."""
    return make_program()


@pytest.fixture
def open_program(program: Program, sample: Path, settle: Callable[[TaskRunner], None]) -> Program:
    """The whole window with the sample country open."""
    program.session.open_project(sample)
    settle(program.runner)
    assert program.session.state.has_project
    return program
