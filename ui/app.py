"""Composition root of the window: builds theme, view-models and views, and wires them.

Nothing heavy is imported before the first paint; pyqtgraph and the numeric libraries are loaded
after it, away from the window's thread.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QLibraryInfo,
    QObject,
    QProcess,
    Qt,
    QTimer,
    QTranslator,
)
from PySide6.QtWidgets import QApplication, QWidget

from ui import faults
from ui.tasks import TaskProgress, TaskRunner, keep_window_prompt
from ui.theme import Theme, load_fonts
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.preferences import Choices, Preferences
from ui.viewmodels.session import SessionViewModel
from ui.views.commands import Commands
from ui.views.frame import MainWindow
from ui.views.home import HomeView
from workbench import i18n

PAINT_HOOK = "TIP_WORKBENCH_FIRST_PAINT"
"""When set, the window writes the time of its first paint to this file and ends (for the benchmark)."""
WARM_AFTER_MS = 60


class Program(QObject):
    """One window with all it needs; tests build it with their own preferences.

    Args:
        app: the application.
        preferences: where choices are kept.
    """

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self._app = app
        self.preferences = preferences
        self._translators: list[QTranslator] = []
        choices = preferences.choices()
        i18n.use(choices.language, choices.country_format or None)
        self.theme = Theme(choices.theme, choices.text_percent)
        self.theme.apply(app)
        self.runner = TaskRunner(self)
        self.session = SessionViewModel(self.runner, preferences, self)
        self.home = HomeViewModel(self.session, self)
        self.window = MainWindow(self.theme, self.session, preferences, self._makers())
        self.commands = Commands(self.window, self.session, self.theme, preferences, self.choose)
        self.session.project_changed.connect(self._speak)
        self.window.show_screen("home")
        self._translate_qt(choices.language)
        app.styleHints().colorSchemeChanged.connect(self._system_colours)

    def _makers(self) -> dict:  # type: ignore[type-arg]
        return {
            "home": self._home,
            "data": lambda window: self._lazily("data", window),
            "indicators": lambda window: self._lazily("indicators", window),
            "trends": lambda window: self._lazily("trends", window),
            "impact": lambda window: self._lazily("impact", window),
            "scorecard": lambda window: self._lazily("scorecard", window),
        }

    def _home(self, window: MainWindow) -> QWidget:
        view = HomeView(self.home, self.theme, window.actions_table)
        view.recent_chosen.connect(lambda path: self.session.open_project(Path(path)))
        view.indicator_chosen.connect(lambda code: window.show_indicator(code))
        return view

    def _lazily(self, name: str, window: MainWindow) -> QWidget:
        from ui.views.screens import make_screen

        return make_screen(name, self.session, self.theme, window, self.commands)

    # language and look

    def choose(self, choices: Choices) -> None:
        """Apply language, look, text size and number format at once."""
        before = self.preferences.choices()
        self.preferences.keep(choices)
        self.theme.choose(self._app, kind=choices.theme, text_percent=choices.text_percent)
        if (before.language, before.country_format) != (choices.language, choices.country_format):
            self._translate_qt(choices.language)
            self._speak()

    def _speak(self) -> None:
        choices = self.preferences.choices()
        project = self.session.state.country_format if self.session.state.has_project else None
        i18n.use(choices.language, choices.country_format or project)
        self.window.retranslate()
        self.commands.retranslate()

    def _translate_qt(self, language: str) -> None:
        """Qt's own button texts; Portuguese is that of Brazil."""
        for old in self._translators:
            self._app.removeTranslator(old)
        self._translators.clear()
        if language == "en":
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator = QTranslator(self)
        name = {"pt": "pt_BR"}.get(language, language)
        if translator.load(f"qtbase_{name}", folder):
            self._app.installTranslator(translator)
            self._translators.append(translator)

    def _system_colours(self) -> None:
        if self.theme.choice == "system":
            self.theme.apply(self._app)

    # start

    def warm(self) -> None:
        """Load what the charts and services need, after the window is there."""
        self.window.actions_table.paint_icons()
        self.runner.start(_load_heavy)

    def show(self, project: Path | None = None) -> None:
        """Show the window; open a project when one was named."""
        geometry, state = self.preferences.window()
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        if state is not None:
            self.window.restoreState(state)
        self.window.first_paint = lambda: self._painted(project)
        self.window.show()
        home = self.window.screens["home"]
        if isinstance(home, HomeView):
            home.first.open.setFocus()

    def _listen(self) -> None:
        """A second start with the open project raises this window."""
        from ui.instances import Doorbell

        self.doorbell = Doorbell(self)
        self.doorbell.rung.connect(self._raise)
        self.session.project_changed.connect(self._follow_project)
        self._follow_project()

    def _follow_project(self) -> None:
        state = self.session.state
        self.doorbell.listen(None if state.read_only else state.path)

    def _raise(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _painted(self, project: Path | None) -> None:
        hook = os.environ.get(PAINT_HOOK)
        if hook:
            Path(hook).write_text(f"{time.time():.6f}\n{_loaded_heavy()}\n", encoding="utf-8")
            self._app.quit()
            return
        QTimer.singleShot(WARM_AFTER_MS, self.warm)
        QTimer.singleShot(WARM_AFTER_MS, self._listen)
        if project is not None:
            self.session.open_project(project)


_SOON = (
    "ui.views.screens", "ui.viewmodels.data", "ui.views.data", "ui.viewmodels.source",
    "ui.views.source_dock", "ui.viewmodels.indicators", "ui.views.indicators",
    "ui.views.import_dialog", "ui.viewmodels.trends", "ui.views.trends", "ui.viewmodels.impact",
    "ui.views.impact", "ui.viewmodels.scorecard", "ui.views.scorecard", "ui.views.settings_dialog",
)  # fmt: skip
"""Modules of screens; loading them takes as long as building what they hold."""


def _load_heavy(_progress: TaskProgress) -> None:
    import importlib

    for name in ("numpy", "pyqtgraph", "babel.numbers", *_SOON):
        importlib.import_module(name)


def _loaded_heavy() -> str:
    heavy = ("pyqtgraph", "pandas", "scipy", "statsmodels", "sqlite_utils", "numpy", "babel")
    return " ".join(name for name in heavy if name in sys.modules)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The application with its names and fonts."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(["tip-workbench", *arguments])
    app.setApplicationName("TIP Workbench")
    app.setOrganizationName("TIP Workbench")
    load_fonts()
    return app


def main(arguments: Sequence[str] = ()) -> int:
    """Run the window; returns the exit code."""
    app = make_application()
    path = Path(arguments[0]) if arguments else None
    if path is not None:
        from ui.instances import raise_other

        if raise_other(path):
            return 0
    keep_window_prompt()
    program = Program(app, Preferences())
    faults.install(program.commands.tell)
    # after the first paint: the file is opened only when there is something to write
    QTimer.singleShot(WARM_AFTER_MS * 10, _start_log)
    program.show(path)
    code = int(app.exec())
    if program.commands.restarts:
        again = program.commands.restart_with
        QProcess.startDetached(sys.executable, ["-m", "ui", *([str(again)] if again else [])])
    return code


def _start_log() -> None:
    from workbench.settings import data_folder

    faults.start_log(data_folder("log"))
