"""F1: opens the help at the page about what is in front of the person, in the window and in dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QWidget

from ui.theme import Theme
from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow

if TYPE_CHECKING:
    from ui.views.help import HelpWindow

_HAS_KEY = "has_help_key"


class Helper(QObject):
    """Opens the help; teaches every dialog the key when it is first used.

    Args:
        window: the frame.
        session: the open project.
        theme: the look in force.
    """

    def __init__(self, window: MainWindow, session: SessionViewModel, theme: Theme) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._teach)

    def _teach(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The key of the menu does not reach dialogs, so each gets its own."""
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not dialog.property(_HAS_KEY):
            dialog.setProperty(_HAS_KEY, True)
            QShortcut(QKeySequence("F1"), dialog).activated.connect(self.open_here)

    def names_here(self) -> list[str]:
        """Object names from the focus outwards; in the window the screen in front is the last."""
        widget: QObject | None = QApplication.focusWidget()
        modal = QApplication.activeModalWidget()
        top = modal or QApplication.activeWindow()
        if not isinstance(widget, QWidget) or (top is not None and widget.window() is not top):
            widget = top
        names = []
        while widget is not None:
            names.append(widget.objectName())
            widget = widget.parent() if not isinstance(widget, QDialog | QDockWidget) else None
        return [*names, f"screen_{self.window.current_screen}"]

    def open_here(self) -> None:
        """The page about what has the focus."""
        from ui.viewmodels.help import page_for

        self.open_page(page_for(self.names_here()))

    def open_page(self, page: str) -> None:
        """Show a page, in the help that is open already if there is one."""
        help_window = self._window()
        help_window.viewmodel.open(page)
        help_window.show()
        help_window.raise_()
        help_window.activateWindow()

    def _window(self) -> HelpWindow:
        from ui.viewmodels.help import HelpViewModel
        from ui.views.help import HelpWindow

        # a window below a modal dialog could not be used, so the dialog is its parent
        parent = QApplication.activeModalWidget() or self.window
        if isinstance(parent, HelpWindow):
            return parent
        for found in parent.findChildren(HelpWindow):
            return found
        made = HelpWindow(HelpViewModel(self.session), self.theme, parent)
        made.viewmodel.setParent(made)
        return made

    def retranslate(self) -> None:
        """Texts of the help that is open."""
        from ui.views.help import HelpWindow

        for found in self.window.findChildren(HelpWindow):
            found.retranslate()
