"""A picture of every screen and of every step of the journeys, for a person to look at.

Run: ``python -m tests.journeys.pictures OUT [LANGUAGE ...]``. Drives the real window offscreen at
1280 x 800, in every language, light and dark, text at 100 % and 200 %.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# ruff: noqa: TID251 - drives the window
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from indicators.model.codes import LANGUAGES
from tests.journeys import flows
from ui.app import Program, make_application
from ui.viewmodels.preferences import Choices, Preferences

THEMES = ("light", "dark")
SIZE = (1280, 800)


def settle(app: QApplication, program: Program) -> None:
    """Run the event loop until no work is left."""
    quiet = 0
    while quiet < 8:
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        quiet = 0 if program.runner.is_busy() else quiet + 1
        time.sleep(0.005)


class Tour:
    """One window on one project; writes pictures.

    Args:
        app: the application.
        out: folder of the pictures.
        project: the sample country.
        choices: language, theme and text size.
    """

    def __init__(self, app: QApplication, out: Path, project: Path, choices: Choices) -> None:
        self.app, self.out, self.project, self.choices = app, out, project, choices
        self._place = tempfile.TemporaryDirectory()
        preferences = Preferences(Path(self._place.name) / "window.ini")
        preferences.keep(choices)
        self.program = Program(app, preferences)
        self.program.show()
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.written: list[Path] = []

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write a picture of the window, or of one dialog."""
        settle(self.app, self.program)
        choices = self.choices
        size = f"-{choices.text_percent}" if choices.text_percent != 100 else ""
        file = self.out / f"{name}-{choices.language}-{choices.theme}{size}.png"
        (widget or self.window).grab().save(str(file))
        self.written.append(file)

    def run(self) -> list[Path]:
        """Walk through all screens."""
        self.take("home-first")
        self.program.session.open_project(self.project)
        self.take("home")
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("data", self._data),
            ("indicators", self._indicators),
            ("trends", lambda: None),
            ("impact", lambda: None),
            ("scorecard", lambda: None),
        )
        for name, prepare in steps:
            self.window.show_screen(name)
            settle(self.app, self.program)
            prepare()
            self.take(name)
            if self.program.commands.dock is not None:
                self.program.commands.dock.hide()
        self._dialogs()
        self.window.close()
        self.program.runner.wait()
        self.window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._place.cleanup()
        return self.written

    def _data(self) -> None:
        screen = self.window.screens["data"]
        screen.viewmodel.choose_source("nrm")
        settle(self.app, self.program)
        screen.grid.setCurrentIndex(screen.grid.table.index(3, 0))
        settle(self.app, self.program)
        for index in range(1, screen.tabs.count()):
            screen.tabs.setCurrentIndex(index)
            self.take(f"data-tab-{index}")
        screen.tabs.setCurrentIndex(0)
        for action in ("add_note", "enter_values"):
            self._dialog_of(action)
        self.program.commands.show_source()

    def _indicators(self) -> None:
        screen = self.window.screens["indicators"]
        screen.tabs.setCurrentIndex(1)
        self.take("indicators-formula")
        screen.tabs.setCurrentIndex(0)

    def _dialogs(self) -> None:
        from sample_data import valdoria
        from ui.views.settings_dialog import SettingsDialog

        settings = SettingsDialog(self.choices, self.program.session, self.window)
        settings.show()
        self.take("settings", settings)
        settings.close()
        for action in ("show_help", "open_palette", "edit_register", "add_event", "mark_break"):
            self._dialog_of(action)
        for action in ("toggle_history", "toggle_checks"):
            self.window.actions_table[action].trigger()
            self.take(action.removeprefix("toggle_"))
            self.window.actions_table[action].trigger()
        self._import(valdoria.folder() / "labour_inspectorate.xlsx")

    def _dialog_of(self, action: str) -> None:
        self.window.actions_table[action].trigger()
        settle(self.app, self.program)
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                self.take(action, dialog)
                dialog.reject()

    def _import(self, file: Path) -> None:
        """All five steps of the import of a file."""
        from ui.views.import_dialog import ImportDialog

        dialog = ImportDialog(file, self.program.session, self.program.theme, self.window)
        dialog.show()
        settle(self.app, self.program)
        dialog.viewmodel.go_to(1)
        while True:
            step = dialog.viewmodel.state.step
            self.take(f"import-{step}", dialog)
            dialog.viewmodel.go_on()
            if dialog.viewmodel.state.step == step:
                break
        dialog.close()


def _journeys(app: QApplication, out: Path, project: Path, choices: Choices) -> list[str]:
    """A picture a step of every journey; returns what went wrong in words."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place
        kept = Path(place) / "tip-workbench" / "valdoria.tipw"
        kept.parent.mkdir()
        shutil.copy(project, kept)
        size = f"-{choices.text_percent}" if choices.text_percent != 100 else ""
        end = f"{choices.language}-{choices.theme}{size}"
        told = flows.run(app, Path(place), choices, flows.taken(out, end))
    return [f"; {line['journey']}: {line['fault']}" for line in told if line["fault"]]


def main(arguments: Sequence[str]) -> int:
    """Write all pictures into a folder."""
    from workbench.services import demo

    if not arguments:
        print("usage: python -m tests.journeys.pictures OUT [LANGUAGE ...]")
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    app = make_application()
    count = 0
    with tempfile.TemporaryDirectory() as place:
        project = Path(place) / "valdoria.tipw"
        made, _files, _rows = demo.build_project(project)
        made.close()
        looks = [
            Choices(language=language, theme=theme, text_percent=percent)
            for language in arguments[1:] or LANGUAGES
            for theme in THEMES
            for percent in (100, 200)
        ]
        for choices in looks:
            written = Tour(app, out, project, choices).run()
            before = len(list(out.glob("flow-*")))
            faults = _journeys(app, out, project, choices)
            steps = len(list(out.glob("flow-*"))) - before
            count += len(written) + steps
            print(
                f"{choices.language} {choices.theme} {choices.text_percent} %: "
                f"{len(written)} screens, {steps} steps{''.join(faults)}"
            )
    print(f"{count} pictures in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
