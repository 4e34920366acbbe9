"""How far long work is, in words and as a bar, with a button that stops it or begins it anew."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.views.widgets import button, column, label, row
from workbench.i18n import _, counted


class Waiting(QWidget):
    """Takes room only while there is something to wait for, or something was stopped.

    Args:
        name: object name; that of its button is made from it.

    Signals:
        stop: the person does not want to wait.
        again: the work that was stopped is wanted after all.
    """

    stop = Signal()
    again = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._stopped = False
        across = row(self, spacing=12)
        words = column(spacing=6)
        self.words = label("small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        words.addWidget(self.words)
        words.addWidget(self.bar)
        across.addLayout(words, 1)
        self.button = button(f"btn_{name}")
        self.button.clicked.connect(lambda: (self.again if self._stopped else self.stop).emit())
        across.addWidget(self.button)
        self.hide()

    def render(self, done: int, total: int, *, loading: bool, stopped: bool, hides: bool) -> None:
        """Show how far the work is.

        Args:
            done: steps that are done.
            total: steps in all; nothing is shown before they are known.
            loading: the work runs.
            stopped: it was stopped before its end.
            hides: it looks for what the public view hides first.
        """
        self._stopped = stopped
        self.setVisible(stopped or (loading and total > 0))
        self.bar.setVisible(not stopped)
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(max(done, 0))
        if stopped:
            self.words.setText(_("Not everything was computed, because you stopped it."))
            self.button.setText(_("Compute again"))
            return
        left = counted("{n} step to go", "{n} steps to go", max(total - done, 0))
        why = _("Small counts are looked for first, so that none can be worked out from the rest.")
        self.words.setText(f"{why} {left}" if hides else left)
        self.button.setText(_("Stop"))
