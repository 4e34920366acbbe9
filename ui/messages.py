"""Messages to the person: what happened, where, what to do; and the calm note about a fault."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from indicators.errors import TipError
from ui.tasks import Fault
from workbench.i18n import _, error_text

LOG = logging.getLogger("tip_workbench.ui")


def problem_box(parent: QWidget | None, problem: TipError | Fault) -> QMessageBox:
    """A message box for an expected problem or a fault, not yet shown."""
    box = QMessageBox(parent)
    box.setObjectName("dlg_problem")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("TIP Workbench"))
    if isinstance(problem, Fault):
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(_("Something in the program went wrong."))
        box.setInformativeText(
            _("Your work is kept: every change was saved when you made it. You can go on.")
        )
        box.setDetailedText(problem.report)
        copy = box.addButton(_("Copy report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(problem.report))
        box.addButton(_("Continue"), QMessageBox.ButtonRole.AcceptRole)
        return box
    title, detail, hint = error_text(problem)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setText(title)
    box.setInformativeText("\n\n".join(part for part in (detail, hint) if part))
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    return box


def show_problem(parent: QWidget | None, problem: TipError | Fault) -> None:
    """Show a problem without stopping the window."""
    box = problem_box(parent, problem)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def install_fault_note(show: Callable[[Fault], None]) -> None:
    """Send faults of the window's own code to a calm note instead of ending the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = "".join(traceback.format_exception(kind, error, trace))
        LOG.error("fault in the window\n%s", report)
        show(Fault(report))

    sys.excepthook = hook
