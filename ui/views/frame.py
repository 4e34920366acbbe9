"""The window: menus, rail, head, screens, source dock, status bar, undo bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from ui.actions import MENUS, Actions
from ui.theme import Theme
from ui.viewmodels.preferences import Preferences
from ui.viewmodels.session import SessionState, SessionViewModel
from ui.viewmodels.wording import tip_text
from ui.views.head import Head
from ui.views.letters import with_letters
from ui.views.rail import SCREENS, Rail
from ui.views.undo_bar import UndoBar
from ui.views.widgets import button, column, label, row
from workbench.i18n import _, message

PROJECT_ENDING = ".tipw"
WITHOUT_CONTEXT = ("home",)
WITH_GROUPS = ("indicators", "trends", "impact")
SIZE = (1280, 800)
BUSY_AFTER_MS = 300
NARROW_BELOW = 1100


class Screen(Protocol):
    """What the frame asks of a screen."""

    def retranslate(self) -> None:
        """Texts in the language in force."""


class MainWindow(QMainWindow):
    """Frame around the screens; each screen is built when it is first shown.

    Args:
        theme: the look in force.
        session: the open project.
        preferences: window state and recent files.
        makers: builds a screen by its id.
    """

    def __init__(
        self,
        theme: Theme,
        session: SessionViewModel,
        preferences: Preferences,
        makers: Mapping[str, Callable[[MainWindow], QWidget]],
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.theme, self.session, self.preferences = theme, session, preferences
        self.actions_table = Actions(theme, self)
        self._makers, self.screens = makers, dict[str, QWidget]()
        self.current_screen = ""
        self.first_paint: Callable[[], None] | None = None
        self.dropped: Callable[[Path], None] | None = None
        self._menus: list[tuple[QMenu, str]] = []
        self._plain: list[tuple[QAction, str]] = []
        self._build_menus()
        self._build_centre()
        self._build_status()
        self.undo_bar = UndoBar(theme, self)
        self.undo_bar.undo.connect(session.undo)
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        self.setMinimumSize(960, 600)
        session.changed.connect(self.render)
        session.runner.busy.connect(self._busy_changed)
        theme.changed.connect(self._fit_rail)
        self._fit_rail()
        self.retranslate()

    # building

    def _build_menus(self) -> None:
        bar = self.menuBar()
        bar.setNativeMenuBar(False)
        for menu_id, text in MENUS:
            menu = QMenu(self)
            menu.setObjectName(f"menu_{menu_id}")
            for spec, action in self.actions_table:
                if spec.menu == menu_id:
                    if spec.before_line:
                        menu.addSeparator()
                    menu.addAction(action)
            bar.addMenu(menu)
            self._menus.append((menu, text))
            menu.aboutToShow.connect(lambda menu=menu: self._give_letters(menu))
            menu.aboutToHide.connect(self._take_letters)
        self.recent_menu = QMenu(self)
        self.recent_menu.setObjectName("menu_recent")
        file_menu = self._menus[0][0]
        file_menu.insertMenu(self.actions_table["close_project"], self.recent_menu)

    def _give_letters(self, menu: QMenu) -> None:
        """Letters stand only while a menu is open: the actions are shown elsewhere too."""
        self._take_letters()
        actions = [action for action in menu.actions() if action.text()]
        self._plain = [(action, action.text()) for action in actions]
        for action, text in zip(
            actions, with_letters([text for _action, text in self._plain]), strict=True
        ):
            action.setText(text)

    def _take_letters(self) -> None:
        for action, text in self._plain:
            action.setText(text)
        self._plain = []

    def _build_centre(self) -> None:
        table = self.actions_table
        centre = QWidget()
        self.setCentralWidget(centre)
        across = row(centre, spacing=0)
        self.rail = Rail(self.theme, table["open_settings"])
        self.rail.model.follow({name: table[f"show_{name}"] for name, _text, _line in SCREENS})
        self.rail.chosen.connect(self.show_screen)
        across.addWidget(self.rail)
        down = column()
        across.addLayout(down, 1)
        self.head = Head(self.theme)
        self.head.area_chosen.connect(self.session.choose_area)
        self.head.years_chosen.connect(self.session.choose_years)
        self.head.search_asked.connect(table["open_palette"].trigger)
        self.head.cut_chosen.connect(self.session.choose_cut)
        self.head.public_left.connect(lambda: self.session.choose_public_view(on=False))
        down.addWidget(self.head)
        self.busy = QProgressBar()
        self.busy.setObjectName("busy")
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(2)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.busy.hide()
        down.addWidget(self.busy)
        self.stack = QStackedWidget()
        self.stack.setObjectName("screens")
        down.addWidget(self.stack, 1)
        self._busy_timer = QTimer(self)
        self._busy_timer.setSingleShot(True)
        self._busy_timer.timeout.connect(self.busy.show)

    def _build_status(self) -> None:
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        holder = QWidget()
        line = row(holder, margins=(16, 0, 16, 0), spacing=18)
        self.file_label = label(name="lbl_file")
        self.kept_label = label(name="lbl_kept")
        self.work_label = label(name="lbl_work")
        self.fictitious = label(name="lbl_fictitious")
        self.checks_button = button("btn_checks", kind="status")
        self.checks_button.clicked.connect(self.actions_table["toggle_checks"].trigger)
        self.checks_button.setMinimumHeight(28)
        self.checks_button.hide()
        line.addWidget(self.file_label)
        line.addWidget(self.kept_label)
        line.addWidget(self.checks_button)
        line.addWidget(self.work_label, 1)
        line.addWidget(self.fictitious)
        status.addWidget(holder, 1)

    # screens

    def show_screen(self, name: str) -> None:
        """Show a screen, building it at its first time."""
        if name not in self.screens:
            made = self._makers[name](self)
            self.screens[name] = made
            self.stack.addWidget(made)
        self.current_screen = name
        self.stack.setCurrentWidget(self.screens[name])
        self.rail.show_screen(name)
        self._show_title()
        self._render_head(self.session.state)

    def show_indicator(self, code: str) -> None:
        """Show an indicator."""
        self.show_screen("indicators")
        screen: Any = self.screens["indicators"]
        screen.viewmodel.choose(code)

    def _render_head(self, state: SessionState) -> None:
        name = self.current_screen
        self.head.render(state, context=name not in WITHOUT_CONTEXT, groups=name in WITH_GROUPS)

    def _show_title(self) -> None:
        for name, text, _line in SCREENS:
            if name == self.current_screen:
                self.head.show_title(_(text))

    # state

    def render(self, state: SessionState) -> None:
        """Show what the session says."""
        has = state.has_project
        self.actions_table.enable(
            project=has,
            undo=state.undo is not None and not state.read_only,
            redo=state.redo is not None and not state.read_only,
        )
        for name, line, text in (
            ("undo_change", state.undo, _("Undo: {what}")),
            ("redo_change", state.redo, _("Redo: {what}")),
        ):
            if line is not None:
                what = message(line.text, line.data)
                self.actions_table[name].setText(text.format(what=what))
            else:
                self.actions_table[name].setText(_("Undo") if "un" in name else _("Redo"))
        for name in (
            "import_file", "correct_value", "enter_values", "add_note", "mark_break", "add_event",
        ):  # fmt: skip
            self.actions_table[name].setEnabled(has and not state.read_only)
        kind = _("sample country") if state.fictitious else (state.area if has else "")
        self.rail.show_project(
            state.title if has else _("TIP Workbench"), kind if has else _("no project open")
        )
        self.file_label.setText(self._file(state))
        self.kept_label.setText(self._kept(state))
        self.fictitious.setVisible(state.fictitious)
        self.fictitious.setText(_("FICTITIOUS DATA"))
        self.setWindowTitle(
            message("{name}: TIP Workbench", {"name": state.title}) if has else _("TIP Workbench")
        )
        self._render_head(state)
        if not has and self.current_screen not in ("", "home", "indicators"):
            self.show_screen("home")
        if not state.opening:
            self.work_label.setText("")

    @staticmethod
    def _file(state: SessionState) -> str:
        if state.path is None:
            return _("No project open")
        name = state.path.name
        return message("{name} (encrypted)", {"name": name}) if state.encrypted else name

    @staticmethod
    def _kept(state: SessionState) -> str:
        if not state.has_project:
            return ""
        return _("Open for reading only") if state.read_only else _("All changes kept")

    def show_work(self, done: int, total: int, text: str) -> None:
        """Say in the status bar what is being done."""
        words = _(text) if text else ""
        if total > 0:
            data = {"text": words, "done": done, "total": total}
            words = message("{text} ({done} of {total})", data)
        self.work_label.setText(words)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._busy_timer.start(BUSY_AFTER_MS)
        else:
            self._busy_timer.stop()
            self.busy.hide()
            self.work_label.setText("")

    def fill_recent(self, open_file: Callable[[Path], None]) -> None:
        """Fill the menu of recent files."""
        self.recent_menu.clear()
        for file in self.preferences.recent():
            action = self.recent_menu.addAction(file.path.name.replace("&", "&&"))
            action.setEnabled(file.exists)
            action.setToolTip(tip_text(str(file.path)))
            action.triggered.connect(lambda _on=False, path=file.path: open_file(path))
        self.recent_menu.setEnabled(not self.recent_menu.isEmpty())

    def retranslate(self) -> None:
        """Texts in the language in force, in all screens."""
        self.actions_table.retranslate()
        titles = with_letters([_(text) for _menu, text in self._menus])
        for (menu, _text), title in zip(self._menus, titles, strict=True):
            menu.setTitle(title)
        self.recent_menu.setTitle(_("Recent files"))
        self.head.retranslate()
        self.rail.retranslate()
        self.render(self.session.state)
        self._show_title()
        for screen in self.screens.values():
            screen.retranslate()

    # panes

    def next_pane(self, step: int = 1) -> None:
        """Move the focus from rail to screen to dock; -1 goes the other way."""
        panes: list[QWidget] = [self.rail.list, self.head, self.stack]
        panes += [dock.widget() for dock in self.findChildren(QDockWidget) if dock.isVisible()]
        now = QGuiApplication.focusObject()
        at = next((i for i, pane in enumerate(panes) if _holds(pane, now)), min(-step, 0))
        for count in range(1, len(panes) + 1):
            pane = panes[(at + step * count) % len(panes)]
            target = pane if pane.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_focus(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is there, once."""
        super().paintEvent(event)
        if self.first_paint is not None:
            told, self.first_paint = self.first_paint, None
            QTimer.singleShot(0, told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The undo bar stays in the middle."""
        super().resizeEvent(event)
        if getattr(self, "rail", None) is not None:
            self._fit_rail()
        if getattr(self, "undo_bar", None) is not None and self.undo_bar.isVisible():
            self.undo_bar.place()

    def _fit_rail(self) -> None:
        narrow = self.width() / self.theme.scale < NARROW_BELOW
        self.rail.set_narrow(narrow=narrow)
        self.head.search.set_narrow(narrow=narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped file is opened or imported."""
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile() and self.dropped is not None:
                self.dropped(Path(url.toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's state; work that runs is asked to stop."""
        self.preferences.keep_window(self.saveGeometry(), self.saveState())
        self.hide()
        self.session.end()
        super().closeEvent(event)


def _holds(pane: QWidget, thing: QObject | None) -> bool:
    return isinstance(thing, QWidget) and (pane is thing or pane.isAncestorOf(thing))


def _first_focus(pane: QWidget) -> QWidget | None:
    for child in pane.findChildren(QWidget):
        if (
            child.isVisible()
            and child.isEnabled()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            return child
    return None
