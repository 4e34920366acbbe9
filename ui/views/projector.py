"""Projector mode: large light text, no docks, the public view, pages turned by a remote."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDockWidget

from ui.theme import Theme
from ui.viewmodels.preferences import Choices
from ui.views.frame import MainWindow
from ui.views.rail import SCREENS

TEXT_PERCENT = 150
_TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class Projector(QObject):
    """Switches the window to the projector and back; the choices of the person stay as they are.

    Args:
        window: the frame.
        theme: the look in force.
    """

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self.window, self.theme = window, theme
        self._before: Choices | None = None
        self._docks: list[QDockWidget] = []
        self._was_public = False

    @property
    def is_on(self) -> bool:
        """Whether the window is in projector mode."""
        return self._before is not None

    def toggle(self) -> None:
        """On or off."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if self._before is None:
            self._before = replace(
                Choices(), theme=self.theme.choice, text_percent=self.theme.text_percent
            )
            docks = self.window.findChildren(QDockWidget)
            self._docks = [dock for dock in docks if dock.isVisible()]
            for dock in self._docks:
                dock.hide()
            self._was_public = self.window.session.state.public_view
            self.window.session.choose_public_view(on=True)
            self.theme.choose(app, kind="light", text_percent=TEXT_PERCENT)
            self.window.showFullScreen()
            app.installEventFilter(self)
        else:
            before, self._before = self._before, None
            app.removeEventFilter(self)
            self.window.showNormal()
            self.theme.choose(app, kind=before.theme, text_percent=before.text_percent)
            self.window.session.choose_public_view(on=self._was_public)
            for dock in self._docks:
                dock.show()
        self.window.actions_table["toggle_projector"].setChecked(self.is_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """PageDown and PageUp go from screen to screen."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and QApplication.activeModalWidget() is None:
            step = _TURNS.get(Qt.Key(event.key()))
            if step is not None:
                self.turn(step)
                return True
        return bool(super().eventFilter(watched, event))

    def turn(self, step: int) -> None:
        """The next or the earlier screen that can be shown."""
        table = self.window.actions_table
        names = [name for name, _text, _line in SCREENS if table[f"show_{name}"].isEnabled()]
        at = names.index(self.window.current_screen) + step
        if 0 <= at < len(names):
            self.window.show_screen(names[at])
