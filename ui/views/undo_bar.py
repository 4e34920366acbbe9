"""The dark bar that says what was done and offers to take it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui.theme import Theme
from ui.views.widgets import button, label, row
from workbench.i18n import _

SHOWN_MS = 8000
_UP = 16


class UndoBar(QFrame):
    """A child of the window, bottom centre; leaves after eight seconds unless the pointer rests on it.

    Signals:
        undo: the person takes the change back.
    """

    undo = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._window = theme, parent
        self.setObjectName("undo_bar")
        layout = row(self, margins=(18, 4, 10, 4), spacing=12)
        icon = QLabel()
        icon.setPixmap(theme.pixmap("check", "on-primary", 18))
        theme.changed.connect(lambda: icon.setPixmap(theme.pixmap("check", "on-primary", 18)))
        self.text = label("strong")
        self.action = button("btn_undo")
        self.action.clicked.connect(self._undo)
        layout.addWidget(icon)
        layout.addWidget(self.text)
        layout.addWidget(self.action)
        self.setMinimumHeight(theme.px(42))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, *, undoable: bool) -> None:
        """Show what was done; screen readers are told."""
        self.text.setText(text)
        self.action.setText(_("Undo"))
        self.action.setVisible(undoable)
        self.setAccessibleName(text)
        self._wrap()
        self.place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start(SHOWN_MS)

    def _wrap(self) -> None:
        """Long sentences take two lines where one is wider than the window."""
        self.text.setWordWrap(False)
        self.text.setFixedWidth(self.text.sizeHint().width())
        room = self._window.width() - 2 * _UP - (self.sizeHint().width() - self.text.width())
        if self.text.width() > room:
            self.text.setWordWrap(True)
            self.text.setFixedWidth(max(room, self._theme.px(200)))
        lines = self.text.heightForWidth(self.text.width()) + self._theme.px(12)
        self.setFixedHeight(max(lines, self._theme.px(42)))
        self.adjustSize()

    def place(self) -> None:
        """Bottom centre above the status bar."""
        parent = self._window
        below = self._theme.px(28) + _UP
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - below)

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hovering keeps it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """The clock runs again."""
        super().leaveEvent(event)
        self._timer.start(SHOWN_MS)
