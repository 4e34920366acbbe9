"""Which version of a source is in view, or no longer counts, and the way to remove it for good."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from ui.theme import Theme
from ui.viewmodels.data_state import DataState
from ui.views.widgets import Message, button, row
from workbench.i18n import _, message


class VersionNotice(QFrame):
    """A message with a button; takes no room while there is nothing to tell.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.message = Message(theme, "note")
        self.message.setObjectName("notice_version")
        self.purge = button("btn_remove_version")
        inner = self.message.layout()
        assert inner is not None  # a message has one
        inner.addWidget(self.purge)
        row(self, margins=(10, 8, 10, 0)).addWidget(self.message)

    def render(self, state: DataState, *, writable: bool) -> None:
        """Show the state; a project that is open for reading only has nothing to remove."""
        version = state.chosen_version or state.taken_back
        shown = version is not None and writable and (version.retracted or bool(state.version))
        self.setVisible(shown)
        if version is None or not shown:
            return
        name = {"name": version.title}
        if version.retracted:
            text = _("It no longer counts, but its values and its file are still in the project.")
            self.message.say(message("“{name}”", name), text)
        else:
            self.message.say(message("You see only “{name}”", name), "")
        self.purge.setText(_("Remove for good…"))
