"""What the actions do: opens dialogs, tells the view-models, moves between screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QTableView

from ui import messages
from ui.theme import Theme
from ui.viewmodels.preferences import TEXT_SIZES, Choices, Preferences
from ui.viewmodels.session import SessionViewModel
from ui.views.file_commands import FileCommands
from ui.views.frame import MainWindow
from ui.views.helper import Helper
from ui.views.projector import Projector
from ui.views.rail import SCREENS
from ui.views.reach import Reach
from ui.views.registers import Registers
from workbench.i18n import _, message

INSIDE = ("toggle_source", "toggle_checks", "toggle_history", "correct_value")
"""Actions that would show single cells; off where the public view hides some."""

if TYPE_CHECKING:
    from pathlib import Path

    from ui.viewmodels.session import SessionState
    from ui.views.chart_commands import ChartCommands
    from ui.views.panels import Panels
    from ui.views.printing import Printing
    from ui.views.source_dock import SourceDock
    from workbench.changes import Change


class Commands(QObject):
    """Wires the table of actions to what happens.

    Args:
        window: the frame.
        session: the open project.
        theme: the look in force.
        preferences: choices of the person.
        choose: applies new choices.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionViewModel,
        theme: Theme,
        preferences: Preferences,
        choose: Callable[[Choices], None],
    ) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self._preferences, self._choose = preferences, choose
        self.dock: SourceDock | None = None
        self._printing: Printing | None = None
        self.restarts = False
        self.restart_with: Path | None = None
        self.helper = Helper(window, session, theme)
        self.reach = Reach(window, session, theme, preferences, self.helper)
        self.registers = Registers(window, session, theme, self._chosen_value)
        self.files = FileCommands(window, session, theme)
        self._charts: ChartCommands | None = None
        self.projector = Projector(window, theme)
        self._panels: Panels | None = None
        window.actions_table.connect_all(self._table())
        window.dropped = self.files.take_file
        session.failed.connect(self.tell)
        session.runner.faulted.connect(self.tell)
        session.progressed.connect(window.show_work)
        session.content_changed.connect(self._changed)
        session.project_changed.connect(self._project_changed)
        session.changed.connect(self._follow_view)
        window.fill_recent(session.open_project)

    def _table(self) -> dict[str, Callable[[], object]]:
        screens: dict[str, Callable[[], object]] = {
            f"show_{name}": lambda name=name: self.window.show_screen(name)  # type: ignore[misc]
            for name, _text, _line in SCREENS
        }
        return {
            **screens,
            "open_sample": self.session.open_sample,
            "new_project": self.files.new_project,
            "open_project": self.files.open_project,
            "close_project": self.session.close_project,
            "open_settings": self.open_settings,
            "quit_program": self.window.close,
            "undo_change": self.session.undo,
            "redo_change": self.session.redo,
            "copy_selection": self.copy_selection,
            "copy_picture": lambda: self.charts.copy_picture(),
            "save_chart": lambda: self.charts.save_chart(),
            "describe_chart": lambda: self.charts.describe_chart(),
            "open_palette": self.reach.open_palette,
            "find_screen": lambda: self._ask_screen("find"),
            "toggle_source": self.toggle_source,
            "toggle_checks": lambda: self.panels.toggle_checks(),
            "toggle_history": lambda: self.panels.toggle_history(),
            "toggle_table": lambda: self._ask_screen("toggle_table"),
            "toggle_public": self.toggle_public,
            "print_screen": self.print_screen,
            "recompute": lambda: self._ask_screen("recompute"),
            "enlarge_text": lambda: self._text_size(1),
            "reduce_text": lambda: self._text_size(-1),
            "reset_text": lambda: self._text_size(0),
            "reset_layout": self.reset_layout,
            "toggle_projector": self.projector.toggle,
            "next_pane": self.window.next_pane,
            "import_file": self.files.import_file,
            "correct_value": self.correct_value,
            "enter_values": self.enter_values,
            "add_note": self.add_note,
            "mark_break": self.registers.mark_break,
            "add_event": self.registers.add_event,
            "edit_register": self.registers.edit_register,
            "previous_pane": lambda: self.window.next_pane(step=-1),
            "show_help": self.helper.open_here,
            "show_contents": lambda: self.helper.open_page("first-steps"),
            "show_shortcuts": lambda: self.helper.open_page("keyboard"),
            "show_methods": lambda: self.helper.open_page("methods"),
        }

    # what the first page does not need is loaded after it is painted

    @property
    def charts(self) -> ChartCommands:
        """Acts on the chart in view."""
        if self._charts is None:
            from ui.views.chart_commands import ChartCommands

            self._charts = ChartCommands(self.window, self.session)
        return self._charts

    @property
    def panels(self) -> Panels:
        """The docks at the bottom."""
        if self._panels is None:
            from ui.views.panels import Panels

            self._panels = Panels(self.window, self.session, self.theme)
            self._panels.jump.connect(self.show_finding)
            self._panels.fix.connect(self.fix_finding)
        return self._panels

    # telling

    def tell(self, problem: Any) -> None:
        """Show a problem."""
        messages.show_problem(self.window, problem, self.restart)

    def restart(self) -> None:
        """Close the window and start again with the same project."""
        self.restarts = True
        self.restart_with = self.session.state.path
        self.window.close()

    def _changed(self, change: Change | None) -> None:
        if change is not None:
            undoable = change.action not in ("undo", "purge")
            self.window.undo_bar.say(message(change.text, change.data), undoable=undoable)

    def _project_changed(self) -> None:
        self.window.fill_recent(self.session.open_project)
        if self.dock is not None:
            self.dock.viewmodel.clear()
        QTimer.singleShot(0, self, self._keep_focus)
        if self.session.state.has_project:
            if self._panels is None:
                self.panels.checks.follow_project()
        else:
            if self._panels is not None:
                self._panels.hide()
            if self.dock is not None:
                self.dock.hide()

    def _keep_focus(self) -> None:
        """The button that opened a project is gone; the keys go to the list of screens."""
        if isinstance(QGuiApplication.focusObject(), QScrollArea | MainWindow | None):
            self.window.rail.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Texts of what belongs to no screen."""
        if self._panels is not None:
            self._panels.retranslate()
        self.helper.retranslate()
        if self.dock is not None:
            self.dock.retranslate()

    # values

    def correct_value(self) -> None:
        """Correct the chosen value."""
        from ui.viewmodels.source import CellRef
        from ui.views.correct_dialog import CorrectDialog

        cell = self.ensure_dock().viewmodel.state.cell
        if isinstance(cell, CellRef):
            CorrectDialog(cell, self.session, self.window).open()
        else:
            self.window.show_screen("data")
            self.window.undo_bar.say(_("Choose a value in the grid first."), undoable=False)

    def enter_values(self) -> None:
        """Type values into a small table."""
        if self.session.state.hides:
            self.files.refuse_hidden()
            return
        from ui.views.entry_dialog import EntryDialog

        EntryDialog(self.session, self.theme, self.window, self._chosen_value()).open()

    def add_note(self) -> None:
        """Write a note on the chosen value, or on the source in view."""
        self.window.show_screen("data")
        screen: Any = self.window.screens["data"]
        screen.write_note()

    def print_screen(self) -> None:
        """Put the screen in view on paper."""
        from ui.views.printing import Printing

        if self._printing is None:
            self._printing = Printing(self.window, self.session)
        self._printing.print_screen()

    def toggle_public(self) -> None:
        """Show only what may leave the office, or everything again."""
        on = not self.session.state.public_view
        self.session.choose_public_view(on=on)
        if on and self.session.state.fictitious:
            self.window.undo_bar.say(
                _("All data of this project are invented: there is nothing to hide."),
                undoable=False,
            )

    def _follow_view(self, state: SessionState) -> None:
        """The public view has no docks: they tell of single cells, hidden ones too."""
        table = self.window.actions_table
        table["toggle_public"].setChecked(state.public_view)
        if not state.hides:
            return
        self.panels.hide()
        if self.dock is not None:
            self.dock.hide()
        for name in INSIDE:
            table[name].setEnabled(False)

    # screens

    def _ask_screen(self, what: str) -> None:
        screen = self.window.screens.get(self.window.current_screen)
        command = getattr(screen, what, None)
        if callable(command):
            command()

    def _chosen_value(self) -> object:
        return self.dock.viewmodel.state.cell if self.dock is not None else None

    def fix_finding(self, variable: str, area: str, period: str, breakdown: str) -> None:
        """Show a value that a check is about and ask for the right one."""
        self.show_finding(variable, area, period, breakdown, then=self.correct_value)

    def show_finding(
        self,
        variable: str,
        area: str,
        period: str,
        breakdown: str,
        *,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show a value that a check is about, in its sheet and with its source."""
        source = self.ensure_dock().viewmodel

        def shown(state: Any) -> None:
            if not state.loading:
                source.changed.disconnect(shown)
                self._open_cell(state.cell)
                if then is not None:
                    then()

        self.show_source()
        source.show_value(variable, area, period, breakdown)
        source.changed.connect(shown)

    def ensure_dock(self) -> SourceDock:
        """The source dock, built at its first use."""
        if self.dock is None:
            from ui.viewmodels.source import SourceViewModel
            from ui.views.source_dock import SourceDock

            dock = SourceDock(SourceViewModel(self.session, self), self.theme)
            dock.visible.connect(self.window.actions_table["toggle_source"].setChecked)
            dock.correct.connect(self.correct_value)
            dock.open_cell.connect(self._open_cell)
            dock.attach(self.window)
            self.dock = dock
        return self.dock

    def toggle_source(self) -> None:
        """Show or hide where the chosen number comes from."""
        dock = self.ensure_dock()
        dock.setVisible(not dock.isVisible())

    def show_source(self) -> None:
        """Show the dock, because the person chose a value."""
        self.ensure_dock().show()

    def _open_cell(self, cell: object) -> None:
        self.window.show_screen("data")
        screen: Any = self.window.screens["data"]
        screen.viewmodel.show_cell(cell)

    def reset_layout(self) -> None:
        """Docks and size as at the first start."""
        from ui.views.frame import SIZE

        self.window.resize(*SIZE)
        self.panels.reset()
        if self.dock is not None:
            self.dock.attach(self.window)

    def copy_selection(self) -> None:
        """Copy the chosen rows of the table in focus, else the data of the chart, with headings."""
        focus = QGuiApplication.focusObject()
        if isinstance(focus, QTableView):
            from ui.views.tables import selection_text

            QGuiApplication.clipboard().setText(selection_text(focus))
        else:
            self.charts.copy_data()

    # look

    def _text_size(self, step: int) -> None:
        choices = self._preferences.choices()
        sizes = list(TEXT_SIZES)
        nearest = min(range(len(sizes)), key=lambda i: abs(sizes[i] - choices.text_percent))
        at = 0 if step == 0 else min(max(nearest + step, 0), len(sizes) - 1)
        self._choose(replace(choices, text_percent=sizes[at]))

    def open_settings(self) -> None:
        """Language, look, text size, number format; applied at once."""
        from ui.views.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._preferences.choices(), self.session, self.window)
        dialog.chosen.connect(self._choose)
        dialog.open()
