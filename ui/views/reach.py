"""What the search reaches: actions, indicators, areas, pages of the help and recent files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from ui.theme import Theme
from ui.viewmodels.preferences import Preferences
from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow
from ui.views.helper import Helper
from workbench.i18n import _, language, local

if TYPE_CHECKING:
    from ui.viewmodels.palette import PaletteEntry


class Reach(QObject):
    """Opens the search and goes where the person chose.

    Args:
        window: the frame.
        session: the open project.
        theme: the look in force.
        preferences: recent files.
        helper: opens pages of the help.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionViewModel,
        theme: Theme,
        preferences: Preferences,
        helper: Helper,
    ) -> None:
        super().__init__(window)
        self.window, self.session, self.theme = window, session, theme
        self._preferences, self._helper = preferences, helper

    def open_palette(self) -> None:
        """Search actions, indicators, areas, pages of the help and recent files."""
        from ui.views.palette import Palette

        palette = Palette(self._palette_entries(), self.theme, self.window)
        palette.chosen.connect(self._reach)
        palette.open()
        palette.field.setFocus()

    def _palette_entries(self) -> list[PaletteEntry]:
        from ui.viewmodels.palette import (
            ACTION,
            AREA,
            FILE,
            PaletteEntry,
            help_entries,
            indicator_entries,
        )

        native = QKeySequence.SequenceFormat.NativeText
        found = [
            PaletteEntry(
                kind=ACTION,
                key=spec.id,
                title=action.text().replace("&", ""),
                hint=action.shortcut().toString(native),
                icon=spec.icon or "chev",
            )
            for spec, action in self.window.actions_table
            if action.isEnabled() and spec.id != "open_palette"
        ]
        if self.session.state.has_project:
            found += indicator_entries(_("indicator"), self.session.workspace)
            for choice in self.session.state.areas:
                name = local(choice.names) or choice.code
                found.append(
                    PaletteEntry(
                        kind=AREA,
                        key=choice.code,
                        title=name,
                        hint=_("area"),
                        icon="place",
                        more=f"{choice.code} {' '.join(choice.names.values())}",
                    )
                )
        found += help_entries(language(), _("help"))
        for file in self._preferences.recent():
            if file.exists:
                found.append(
                    PaletteEntry(
                        kind=FILE,
                        key=str(file.path),
                        title=file.path.name,
                        hint=_("recent file"),
                        icon="file",
                        more=file.title,
                    )
                )
        return found

    def _reach(self, entry: PaletteEntry) -> None:
        from ui.viewmodels.palette import ACTION, AREA, HELP, INDICATOR

        if entry.kind == ACTION:
            self.window.actions_table[entry.key].trigger()
        elif entry.kind == INDICATOR:
            self.window.show_indicator(entry.key)
        elif entry.kind == HELP:
            self._helper.open_page(entry.key)
        elif entry.kind == AREA:
            self.session.choose_area(entry.key)
            if self.window.current_screen == "home":
                self.window.show_screen("indicators")
        else:
            self.session.open_project(Path(entry.key))
