"""Remove a version for good: says what goes, that nothing brings it back, and asks once."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from ui.theme import Theme
from ui.viewmodels.data_reading import Version
from ui.views.dialogs import foot
from ui.views.widgets import Message, column
from workbench.i18n import _, counted, message


class PurgeDialog(QDialog):
    """The button works only after the box was ticked.

    Args:
        version: what would go.
        theme: the look in force.
        parent: the window.
    """

    def __init__(self, version: Version, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_purge")
        self.setWindowTitle(_("Remove for good"))
        layout = column(self, margins=(20, 18, 20, 16), spacing=12)
        what = Message(theme, "stop")
        values = counted("{n} value", "{n} values", version.count)
        sentence = _(
            "Its {values} and the kept copy of the file are deleted from the project. "
            "Undo does not bring them back. The history keeps that it was done."
        )
        what.say(
            message("Remove “{name}” for good", {"name": version.title}),
            sentence.format(values=values),
        )
        layout.addWidget(what)
        self.sure = QCheckBox(_("I know that this cannot be undone"))
        self.sure.setObjectName("check_sure")
        layout.addWidget(self.sure)
        text = _("Remove for good")
        self.do = foot(self, layout, "btn_purge", text, self.accept, keep=_("Keep it"), safe=True)
        self.do.setEnabled(False)
        self.sure.toggled.connect(self.do.setEnabled)
        self.setMinimumWidth(theme.px(440))
