"""An encrypted project that nobody touched for a while is closed, and its passphrase asked for again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow

AFTER_MS = 15 * 60 * 1000
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)
"""What a person does to a window."""


class AutoLock(QObject):
    """Closing drops the connections, the passphrase and everything computed.

    It waits for work that runs and for an open dialog: what is typed there is not thrown away.

    Args:
        window: what is watched; its native window, which gets few events besides those of a person.
        session: the open project.
        after_ms: time without a touch.
    """

    def __init__(
        self, window: MainWindow, session: SessionViewModel, after_ms: int = AFTER_MS
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._watched: QWindow | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(after_ms)
        self.timer.timeout.connect(self.lock)
        session.project_changed.connect(self._follow)

    def _follow(self) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        self.timer.stop()
        if self._session.state.encrypted:
            self._watched = self._window.windowHandle()
            if self._watched is not None:
                self._watched.installEventFilter(self)
            self.timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at every touch."""
        if event.type() in TOUCHES:
            self.timer.start()
        return False

    def lock(self) -> None:
        """Close the project and ask; later, while something is being done."""
        state = self._session.state
        if not state.encrypted:
            return
        if QApplication.activeModalWidget() is not None or self._session.runner.is_busy():
            return
        self._session.close_project()
        self._session.passphrase_wanted.emit(state.path, None)
