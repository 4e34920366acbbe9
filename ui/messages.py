"""Messages to the person: what happened, where, what to do; and the calm note about a fault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from indicators.errors import TipError
from ui.faults import Fault
from workbench.i18n import _, error_text


def problem_box(
    parent: QWidget | None, problem: TipError | Fault, restart: Callable[[], object] | None = None
) -> QMessageBox:
    """A message box for an expected problem or a fault, not yet shown.

    Args:
        parent: the window.
        problem: what happened.
        restart: starts the program again; None offers no restart.
    """
    box = QMessageBox(parent)
    box.setObjectName("dlg_problem")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("TIP Workbench"))
    if isinstance(problem, Fault):
        _fill_fault(box, problem, restart)
        return box
    title, detail, hint = error_text(problem)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setText(title)
    box.setInformativeText("\n\n".join(part for part in (detail, hint) if part))
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    return box


def _fill_fault(box: QMessageBox, fault: Fault, restart: Callable[[], object] | None) -> None:
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(_("Something in the program went wrong."))
    box.setInformativeText(
        _("Your work is kept: every change was saved when you made it. You can go on.")
        + "\n\n"
        + _("The report holds no data. Nothing is sent; copy it if you want to tell somebody.")
    )
    box.setDetailedText(fault.report)
    copy = box.addButton(_("Copy report"), QMessageBox.ButtonRole.ActionRole)
    assert isinstance(copy, QPushButton)
    copy.clicked.disconnect()  # copying does not close the note
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(fault.report))
    if restart is not None:
        again = box.addButton(_("Restart"), QMessageBox.ButtonRole.DestructiveRole)
        again.clicked.connect(lambda: restart())
    go_on = box.addButton(_("Continue"), QMessageBox.ButtonRole.AcceptRole)
    assert isinstance(go_on, QPushButton)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)


def show_problem(
    parent: QWidget | None, problem: TipError | Fault, restart: Callable[[], object] | None = None
) -> None:
    """Show a problem without stopping the window."""
    box = problem_box(parent, problem, restart)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
