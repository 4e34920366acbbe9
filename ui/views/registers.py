"""Opens the dialogs of events and breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.theme import Theme
from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow

if TYPE_CHECKING:
    from ui.viewmodels.register import RegisterViewModel


class Registers(QObject):
    """The registers of the open project.

    Args:
        window: the frame.
        session: the open project.
        theme: the look in force.
        chosen: tells the value chosen last.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionViewModel,
        theme: Theme,
        chosen: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self._chosen = chosen
        self._registers: RegisterViewModel | None = None

    def registers(self) -> RegisterViewModel:
        """The registers of events and breaks, read at their first use."""
        if self._registers is None:
            from ui.viewmodels.register import RegisterViewModel

            self._registers = RegisterViewModel(self.session, self)
        return self._registers

    def edit_register(self) -> None:
        """List events and breaks."""
        from ui.views.register_dialogs import RegisterDialog

        RegisterDialog(self.registers(), self.theme, parent=self.window).open()

    def add_event(self) -> None:
        """Enter an event."""
        from ui.views.register_dialogs import EventDialog

        self._with_registers(
            lambda own: EventDialog(own, self.theme, None, parent=self.window).open()
        )

    def mark_break(self) -> None:
        """Mark a break, for the chosen value where there is one."""
        from ui.viewmodels.source import CellRef
        from ui.views.register_dialogs import BreakDialog

        cell = self._chosen()
        chosen = cell if isinstance(cell, CellRef) else None
        self._with_registers(
            lambda own: BreakDialog(
                own,
                self.theme,
                None,
                variable=chosen.variable if chosen else "",
                period=chosen.period if chosen else "",
                parent=self.window,
            ).open()
        )

    def _with_registers(self, act: Callable[[RegisterViewModel], None]) -> None:
        """Act once the registers are read."""
        own = self.registers()

        def run(_state: object) -> None:
            own.changed.disconnect(run)
            act(own)

        own.changed.connect(run)
        own.reload()
