"""Projects and files of data: made, opened, dropped, imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from indicators.errors import N_
from ui.actions import MENUS
from ui.theme import Theme
from ui.viewmodels.session import SessionViewModel
from ui.views.auto_lock import AutoLock
from ui.views.frame import PROJECT_ENDING, MainWindow
from workbench.i18n import _, message

if TYPE_CHECKING:
    from indicators.errors import TipError
    from ui.views.passphrase_dialog import PassphraseDialog


class FileCommands(QObject):
    """Asks for files and hands them on.

    Args:
        window: the frame.
        session: the open project.
        theme: the look in force.
    """

    def __init__(self, window: MainWindow, session: SessionViewModel, theme: Theme) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self._passphrase: PassphraseDialog | None = None
        session.passphrase_wanted.connect(self.ask_passphrase)
        self.auto_lock = AutoLock(window, session)

    def new_project(self) -> None:
        """Ask for name, country and file."""
        from ui.views.dialogs import NewProjectDialog

        dialog = NewProjectDialog(self.window)
        if dialog.exec() and dialog.path is not None:
            self.session.new_project(
                dialog.path,
                area=dialog.area.text().strip().upper(),
                title=dialog.title.text().strip(),
                country_format=dialog.format.currentData(),
            )

    def open_project(self) -> None:
        """Ask for a project file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window, _("Open…"), "", _("Project (*.tipw)")
        )
        if chosen:
            self.session.open_project(Path(chosen))

    def ask_passphrase(self, path: Path, problem: TipError | None) -> None:
        """Ask for the passphrase of a project, or once more after a wrong one."""
        from ui.views.passphrase_dialog import PassphraseDialog

        if self._passphrase is None:
            dialog = self._passphrase = PassphraseDialog(path, self.theme, self.window)
            dialog.given.connect(lambda words: self.session.open_project(path, words))
            dialog.finished.connect(self._forget_passphrase)
            self.session.project_changed.connect(dialog.accept)
            self.session.failed.connect(dialog.reject)
            dialog.open()
        if problem is not None:
            self._passphrase.tell(problem)

    def _forget_passphrase(self) -> None:
        """The dialog goes with what was typed in it."""
        if self._passphrase is not None:
            self._passphrase.words.clear()
            self._passphrase.deleteLater()
        self._passphrase = None

    def take_file(self, path: Path) -> None:
        """A dropped file: a project is opened, anything else imported."""
        if path.suffix.lower() == PROJECT_ENDING:
            self.session.open_project(path)
        elif self.session.state.hides:
            self.refuse_hidden()
        elif self.session.state.has_project:
            self.import_path(path)
        else:
            self.window.undo_bar.say(
                _("Open a project first; then drop the file again."), undoable=False
            )

    def refuse_hidden(self) -> None:
        """Say why nothing can be entered now, and how to leave the public view."""
        table = self.window.actions_table
        menu = dict(MENUS)["view"]
        data = {"menu": _(menu), "name": table["toggle_public"].text()}
        self.window.undo_bar.say(
            message(
                N_(
                    "In the public view nothing can be imported or typed in, because that shows "
                    "single cells. Leave it first: {menu} ▸ {name}."
                ),
                {name: text.replace("&", "") for name, text in data.items()},
            ),
            undoable=False,
        )

    def import_file(self) -> None:
        """Ask for a file of data."""
        if self.session.state.hides:
            self.refuse_hidden()
            return
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window,
            _("Import a file…"),
            "",
            _("Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)")
            + ";;"
            + _("Boundaries (*.json *.geojson *.topojson *.shp)"),
        )
        if chosen:
            self.import_path(Path(chosen))

    def import_path(self, path: Path) -> None:
        """Import a file: look at it first, then ask; boundaries are entered at once."""
        if self.session.state.hides:
            self.refuse_hidden()
            return
        from ui.views.import_dialog import ImportDialog
        from workbench.errors import UserFileError
        from workbench.services import boundaries

        try:
            is_boundary_file = boundaries.is_boundary_file(path)
        except UserFileError:
            is_boundary_file = False  # the dialog tells why the file cannot be opened
        if is_boundary_file:
            self.session.enter_boundaries(path)
            return
        ImportDialog(path, self.session, self.theme, self.window).open()
