"""Ask for the passphrase of an encrypted project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from indicators.errors import TipError
from ui.theme import Theme
from ui.views.dialogs import field
from ui.views.widgets import Message, button, column, label, row
from workbench.i18n import _, error_text, message


class PassphraseDialog(QDialog):
    """Stays until the project is open; a wrong passphrase is told and can be typed again.

    Args:
        path: the project.
        theme: the look in force.
        parent: the window.

    Signals:
        given: the words that were typed.
    """

    given = Signal(str)

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_passphrase")
        self.setWindowTitle(_("Encrypted project"))
        self._path = path
        layout = column(self, margins=(20, 18, 20, 16))
        what = label("body2", wrap=True)
        what.setText(
            message("“{name}” is encrypted. Its passphrase opens it.", {"name": path.name})
        )
        layout.addWidget(what)
        layout.addSpacing(12)
        self.problem = Message(theme, "stop")
        self.problem.setObjectName("msg_passphrase")
        self.problem.hide()
        layout.addWidget(self.problem)
        layout.addSpacing(12)
        self.words = QLineEdit()
        self.words.setObjectName("edit_passphrase")
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setAccessibleName(_("Passphrase"))
        head = label("lab")
        head.setText(_("Passphrase"))
        field(layout, head, self.words)
        self.shown = QCheckBox()
        self.shown.setObjectName("check_passphrase_shown")
        self.shown.setText(_("Show what I type"))
        self.shown.toggled.connect(self._show_words)
        layout.addWidget(self.shown)
        layout.addSpacing(12)
        hint = label("small", wrap=True)
        hint.setText(
            _("It is kept in memory while the project is open, and nowhere else.")
            + " "
            + _("A lost passphrase cannot be replaced: without it nobody opens the project.")
        )
        layout.addWidget(hint)
        layout.addSpacing(12)
        foot = row()
        foot.addStretch(1)
        self.cancel, self.do = button("btn_cancel"), button("btn_unlock", kind="primary")
        self.cancel.setText(_("Cancel"))
        self.cancel.setAutoDefault(False)
        self.do.setText(_("Open the project"))
        self.do.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self._give)
        self.words.textChanged.connect(self._check)
        foot.addWidget(self.cancel)
        foot.addWidget(self.do)
        layout.addLayout(foot)
        self.setMinimumWidth(theme.px(440))
        self._fit()
        self._check()
        self.words.setFocus()

    def tell(self, problem: TipError) -> None:
        """Say why it did not open, and let the words be typed again."""
        _title, detail, hint = error_text(problem)
        heading = message("“{path}” cannot be opened.", {"path": self._path.name})
        self.problem.say(heading, " ".join(part for part in (detail, hint) if part))
        self.problem.show()
        self._fit()
        self.words.setEnabled(True)
        self._check()
        self.words.selectAll()
        self.words.setFocus()

    def _fit(self) -> None:
        """As high as the words need at this width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _show_words(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.words.setEchoMode(mode)

    def _check(self) -> None:
        self.do.setEnabled(bool(self.words.text()))

    def _give(self) -> None:
        self.do.setEnabled(False)
        self.words.setEnabled(False)
        self.given.emit(self.words.text())
