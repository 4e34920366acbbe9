"""The docks at the bottom and the word on checks in the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from ui.theme import Theme
from ui.viewmodels.checks import ChecksState, ChecksViewModel, Finding
from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow
from workbench.i18n import _, counted

if TYPE_CHECKING:
    from ui.views.bottom_docks import BottomDock, HistoryDock
    from ui.views.checks_dock import ChecksDock


class Panels(QObject):
    """History and checks; each dock is built when it is first asked for.

    Args:
        window: the frame.
        session: the open project.
        theme: the look in force.

    Signals:
        jump: variable, area, period and cut of a value that a check is about.
        fix: the same for a value that shall be corrected.
    """

    jump = Signal(str, str, str, str)
    fix = Signal(str, str, str, str)

    def __init__(self, window: MainWindow, session: SessionViewModel, theme: Theme) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self.checks = ChecksViewModel(session, self)
        self.checks.changed.connect(self._show_count)
        self.history_dock: HistoryDock | None = None
        self.checks_dock: ChecksDock | None = None

    def _docks(self) -> list[BottomDock]:
        both = (self.history_dock, self.checks_dock)
        return [dock for dock in both if dock is not None]

    def toggle_history(self) -> None:
        """Show or hide the history."""
        if self.history_dock is None:
            from ui.viewmodels.history import HistoryViewModel
            from ui.views.bottom_docks import HistoryDock

            self.history_dock = HistoryDock(HistoryViewModel(self.session, self), self.theme)
            self._place(self.history_dock, "toggle_history", self.checks_dock)
        self._toggle(self.history_dock)

    def toggle_checks(self) -> None:
        """Show or hide what the checks found."""
        if self.checks_dock is None:
            from ui.views.checks_dock import ChecksDock

            self.checks_dock = ChecksDock(self.checks, self.theme)
            self.checks_dock.jump.connect(lambda finding: self._jump(finding, self.jump))
            self.checks_dock.fix.connect(lambda finding: self._jump(finding, self.fix))
            self._place(self.checks_dock, "toggle_checks", self.history_dock)
        self._toggle(self.checks_dock)
        if self.checks_dock.isVisible() and not self.checks.state.known:
            self.checks.check(everything=False)

    def _place(self, dock: BottomDock, action: str, beside: BottomDock | None) -> None:
        dock.attach(self.window, beside)
        dock.visible.connect(self.window.actions_table[action].setChecked)

    @staticmethod
    def _toggle(dock: BottomDock) -> None:
        dock.setVisible(not dock.isVisible())
        if dock.isVisible():
            dock.table.setFocus()

    @staticmethod
    def _jump(finding: Finding, where: SignalInstance) -> None:
        where.emit(finding.variable, finding.area, finding.period, finding.breakdown)

    def _show_count(self, state: ChecksState) -> None:
        box = self.window.checks_button
        box.setVisible(state.known and self.session.state.has_project)
        count = state.open_count
        box.setText(counted("{n} check", "{n} checks", count) if count else _("Checks passed"))
        box.setIcon(self.theme.icon("warn" if count else "check", "ink-2", 14))
        box.setToolTip(_("What the checks found"))

    def hide(self) -> None:
        """No project, no docks."""
        for dock in self._docks():
            dock.hide()

    def reset(self) -> None:
        """Docks as at the first start."""
        for dock in self._docks():
            dock.attach(self.window, None)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self._show_count(self.checks.state)
        for dock in self._docks():
            dock.retranslate()
