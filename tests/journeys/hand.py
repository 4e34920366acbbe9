"""A hand on the window: clicks where a person would see the thing, keys, a dropped file.

On a display with ``xdotool`` the events come from the display server, as from a mouse; elsewhere
(the offscreen platform) they are handed to the widget under the place. Either way a click on
something hidden or covered fails.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

# ruff: noqa: TID251 - drives the window
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QScrollArea, QWidget

from ui.app import Program

PATIENCE = 60.0
"""Seconds that anything may take on a slow machine before the journey is given up."""


class NotThere(AssertionError):  # noqa: N818 - it tells what a person would say
    """A person could not have done this: the thing is hidden, covered, off or missing."""


class Hand:
    """Acts on a program as a person would, and counts clicks.

    Args:
        app: the application.
        program: the window.
    """

    def __init__(self, app: QApplication, program: Program) -> None:
        self.app, self.program = app, program
        self.clicks = 0
        self._x = QGuiApplication.platformName() == "xcb" and shutil.which("xdotool") is not None

    # waiting

    def settle(self) -> None:
        """Let the window work until nothing is left to do."""
        end, quiet = time.monotonic() + PATIENCE, 0
        while quiet < 8:
            if time.monotonic() > end:
                raise NotThere("the work did not end")
            self.app.processEvents()
            # outside of exec() Qt deletes nothing by itself
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = 0 if self.program.runner.is_busy() else quiet + 1
            time.sleep(0.005)

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something can be seen."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > end:
                raise NotThere(f"waited in vain: {what}")
            self.app.processEvents()
            time.sleep(0.005)

    # mouse

    def click(self, widget: QWidget, at: QPoint | None = None, *, twice: bool = False) -> None:
        """Click a widget, in its middle unless told otherwise."""
        place = widget.rect().center() if at is None else at
        self._reveal(widget)
        self._check(widget, place)
        self.clicks += 1
        if self._x:
            spot = widget.mapToGlobal(place)
            count = ["--repeat", "2", "--delay", "40"] if twice else []
            self._xdotool("mousemove", str(spot.x()), str(spot.y()), "click", *count, "1")
        else:
            target, inside = self._target(widget, place)
            button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QTest.mouseMove(target, inside)
            QTest.mouseClick(target, button, none, inside)
            if twice:
                QTest.mouseDClick(target, button, none, inside)
        self.settle()

    def click_row(
        self, view: QAbstractItemView, index: QModelIndex, *, twice: bool = False
    ) -> None:
        """Click a row of a table or list; it is scrolled into view as with the wheel."""
        view.scrollTo(index)
        self.app.processEvents()
        self.click(view.viewport(), view.visualRect(index).center(), twice=twice)

    def choose(self, box: QComboBox, data: object) -> None:
        """Open a list and take the entry with these data: two clicks."""
        at = box.findData(data)
        if at < 0:
            raise NotThere(f"“{box.objectName()}” offers no {data!r}")
        self.click(box)
        view = box.view()
        self.until(view.isVisible, f"the list of {box.objectName()}")
        self.click_row(view, view.model().index(at, box.modelColumn()))

    def _reveal(self, widget: QWidget) -> None:
        """Scroll until the widget is in view, as with the wheel."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
                self.app.processEvents()
            parent = parent.parentWidget()

    def _check(self, widget: QWidget, place: QPoint) -> None:
        name = widget.objectName() or type(widget).__name__
        if not widget.isVisible():
            raise NotThere(f"“{name}” is not shown")
        if not widget.isEnabled():
            raise NotThere(f"“{name}” is off")
        if not widget.visibleRegion().contains(place):
            raise NotThere(f"“{name}” is covered or scrolled away")

    @staticmethod
    def _target(widget: QWidget, place: QPoint) -> tuple[QWidget, QPoint]:
        """The innermost widget that gets the event, as the window system would find it."""
        child = widget.childAt(place)
        if child is None or child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            return widget, place
        return child, child.mapFrom(widget, place)

    # keys

    def key(self, keys: str) -> None:
        """Press a chord such as ``ctrl+k`` or ``Return``."""
        self._front()
        if self._x:
            self._xdotool("key", keys)
        else:
            *holds, name = keys.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for hold in holds:
                modifiers |= _HOLDS[hold]
            QTest.keyClick(self._focus(), _key(name), modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Type words into what has the focus."""
        self._front()
        if self._x:
            self._xdotool("type", "--delay", "5", text)
        else:
            QTest.keyClicks(self._focus(), text)
        self.settle()

    def _front(self) -> None:
        """Give the keys to the window in front, which a window manager would do."""
        if QApplication.activePopupWidget() is None:
            top = QApplication.activeModalWidget() or self.program.window
            if not top.isActiveWindow():
                top.activateWindow()
                self.app.processEvents()

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        found = popup or QApplication.focusWidget() or QApplication.activeWindow()
        return found or self.program.window

    # files

    def drop(self, file: Path) -> None:
        """Drop a file on the window; counts as one click."""
        self.clicks += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        window = self.program.window
        event = QDropEvent(
            QPointF(window.rect().center()),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        window.dropEvent(event)
        self.settle()

    def _xdotool(self, *words: str) -> None:
        """Run the tool while the window goes on working."""
        running = subprocess.Popen(["xdotool", *words])
        while running.poll() is None:
            self.app.processEvents()
            time.sleep(0.002)
        if running.returncode != 0:
            raise NotThere(f"xdotool {' '.join(words)} ended {running.returncode}")
        for _ in range(10):
            self.app.processEvents()
            time.sleep(0.005)


_HOLDS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
}


def _key(name: str) -> Qt.Key:
    return Qt.Key(getattr(Qt.Key, f"Key_{name.upper() if len(name) == 1 else name}"))
