"""Correct a value: the new number and the reason. The earlier value stays on record."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef
from ui.viewmodels.wording import number_typed
from ui.views.dialogs import field, foot
from ui.views.widgets import column, label
from workbench.i18n import _
from workbench.presenting.naming import variable_name
from workbench.services import packs


class CorrectDialog(QDialog):
    """Asks for the right value and why.

    Args:
        cell: the value.
        session: the open project.
        parent: the window.
    """

    def __init__(
        self, cell: CellRef, session: SessionViewModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_correct")
        self.setWindowTitle(_("Correct a value…"))
        self._cell, self._session = cell, session
        layout = column(self, margins=(20, 18, 20, 16))
        known = packs.catalogue(session.workspace)
        parts = (variable_name(cell.variable, known), cell.area, cell.period, cell.breakdown)
        about = label("heavy", wrap=True)
        about.setText(", ".join(part for part in parts if part))
        layout.addWidget(about)
        layout.addSpacing(12)
        self.value, self.reason, self.author = QLineEdit(), QLineEdit(), QLineEdit()
        for name, text, widget in (
            ("edit_value", _("Right value"), self.value),
            ("edit_reason", _("Reason"), self.reason),
            ("edit_author", _("Your name"), self.author),
        ):
            head = label("lab")
            head.setText(text)
            widget.setObjectName(name)
            field(layout, head, widget)
            widget.textChanged.connect(self._check)
        self.author.setText(session.preferences.author())
        self.hint = label("small", wrap=True)
        self.hint.setText(_("The earlier value stays on record. You can undo this."))
        layout.addWidget(self.hint)
        layout.addSpacing(12)
        self.do = foot(self, layout, "btn_correct", _("Correct the value"), self._correct)
        self.setMinimumWidth(400)
        self._check()

    def _check(self) -> None:
        known = number_typed(self.value.text()) is not None
        self.do.setEnabled(known and bool(self.reason.text().strip()))

    def _correct(self) -> None:
        ws, cell = self._session.workspace, self._cell
        value = number_typed(self.value.text())
        reason, author = self.reason.text().strip(), self.author.text().strip()
        self._session.preferences.keep_author(author)
        assert value is not None  # the button is off otherwise

        def work(_progress: TaskProgress) -> object:
            from indicators.model.period import Period
            from indicators.model.series import Breakdown
            from workbench.services import observations

            return observations.correct(
                ws,
                variable=cell.variable,
                area=cell.area,
                period=Period.parse(cell.period),
                breakdown=Breakdown.parse(cell.breakdown),
                value=value,
                reason=reason,
                author=author,
            )

        self._session.runner.start(
            work, done=self._session.wrote, failed=self._session.failed.emit, writes=True
        )
        self.accept()
