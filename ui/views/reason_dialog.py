"""Accept findings: the reason, and the name of the person who gives it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.viewmodels.preferences import Preferences
from ui.views.dialogs import field, foot
from ui.views.widgets import column, label
from workbench.i18n import _, counted

SHOWN = 3


class ReasonDialog(QDialog):
    """Asks why what a check found is right.

    Args:
        findings: sentences that are accepted.
        preferences: keep the name.
        parent: the window.

    Signals:
        given: the reason.
    """

    given = Signal(str)

    def __init__(
        self, findings: Sequence[str], preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_reason")
        self.setWindowTitle(_("Accept what was found"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._preferences = preferences
        layout = column(self, margins=(20, 18, 20, 16))
        about = label("body2", wrap=True)
        lines = list(findings[:SHOWN])
        more = len(findings) - len(lines)
        if more > 0:
            lines.append(counted("and {n} more", "and {n} more", more))
        about.setText("\n".join(lines))
        layout.addWidget(about)
        layout.addSpacing(12)
        self.reason, self.author = QLineEdit(), QLineEdit()
        for name, text, widget in (
            ("edit_reason", _("Reason"), self.reason),
            ("edit_author", _("Your name"), self.author),
        ):
            head = label("lab")
            head.setText(text)
            widget.setObjectName(name)
            field(layout, head, widget)
        self.author.setText(preferences.author())
        self.reason.textChanged.connect(self._check)
        hint = label("small", wrap=True)
        hint.setText(_("It comes back when the numbers change. You can undo this."))
        layout.addWidget(hint)
        layout.addSpacing(12)
        self.do = foot(self, layout, "btn_accept", _("Accept with this reason"), self._give)
        self.setMinimumWidth(440)
        self._check()

    def _check(self) -> None:
        self.do.setEnabled(bool(self.reason.text().strip()))

    def _give(self) -> None:
        self._preferences.keep_author(self.author.text().strip())
        self.given.emit(self.reason.text().strip())
        self.accept()
