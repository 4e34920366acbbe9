"""Every user action in one table: text, shortcut, icon, when it can be used, command-line twin.

Menus, the shortcut list and the tests walk the table; nobody else makes a ``QAction``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from indicators.errors import N_
from ui.theme import Theme
from workbench.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One action.

    Attributes:
        id: object name without ``act_``: verb and noun.
        text: what stands in the menu, marked English.
        menu: id of its menu; empty keeps it out of menus.
        shortcuts: key sequences.
        icon: name of a drawing.
        needs: ``project`` when a project must be open, ``undo`` and ``redo`` when there is one.
        twin: the command line that does the same; empty for what only a window can do.
        checkable: True for switches.
        before_line: True draws a line before it in its menu.
    """

    id: str
    text: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    needs: str = ""
    twin: str = ""
    checkable: bool = False
    before_line: bool = False


MENUS: tuple[tuple[str, str], ...] = (
    ("file", N_("File")),
    ("edit", N_("Edit")),
    ("view", N_("View")),
    ("data", N_("Data")),
    ("help", N_("Help")),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(id="open_sample", text=N_("Open the sample country"), menu="file", icon="play",
               twin="tip-workbench demo"),
    ActionSpec(id="new_project", text=N_("New project…"), menu="file", shortcuts=("Ctrl+N",),
               icon="plus", twin="tip-workbench new W.tipw"),
    ActionSpec(id="open_project", text=N_("Open…"), menu="file", shortcuts=("Ctrl+O",),
               icon="folder", twin="tip-workbench datasets -w W.tipw"),
    ActionSpec(id="close_project", text=N_("Close the project"), menu="file", needs="project",
               shortcuts=("Ctrl+W",)),
    ActionSpec(id="print_screen", text=N_("Print…"), menu="file", shortcuts=("Ctrl+P",),
               icon="file", needs="project"),
    ActionSpec(id="open_settings", text=N_("Settings"), menu="file", shortcuts=("Ctrl+,",),
               icon="gear", before_line=True),
    ActionSpec(id="quit_program", text=N_("Quit"), menu="file", shortcuts=("Ctrl+Q",),
               before_line=True),
    ActionSpec(id="undo_change", text=N_("Undo"), menu="edit", shortcuts=("Ctrl+Z",), icon="undo",
               needs="undo", twin="tip-workbench undo -w W.tipw"),
    ActionSpec(id="redo_change", text=N_("Redo"), menu="edit",
               shortcuts=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo", needs="redo",
               twin="tip-workbench redo -w W.tipw"),
    ActionSpec(id="copy_selection", text=N_("Copy with headings"), menu="edit", icon="copy",
               needs="project", shortcuts=("Ctrl+C", "Ctrl+Shift+C"), before_line=True),
    ActionSpec(id="copy_picture", text=N_("Copy the chart as a picture"), menu="edit",
               needs="project", shortcuts=("Ctrl+Alt+C",), icon="chart"),
    ActionSpec(id="save_chart", text=N_("Save the chart…"), menu="file", needs="project",
               shortcuts=("Ctrl+E",), icon="upload", before_line=True,
               twin="tip-workbench chart KIND -w W.tipw -o FILE.svg"),
    ActionSpec(id="open_palette", text=N_("Search everything…"), menu="edit",
               shortcuts=("Ctrl+K",), icon="search"),
    ActionSpec(id="find_screen", text=N_("Find in this screen"), menu="edit",
               shortcuts=("Ctrl+F",), icon="search"),
    ActionSpec(id="show_home", text=N_("Home"), menu="view", shortcuts=("Alt+1",), icon="home"),
    ActionSpec(id="show_data", text=N_("Data"), menu="view", shortcuts=("Alt+2",), icon="data",
               needs="project", twin="tip-workbench observations -w W.tipw"),
    ActionSpec(id="show_indicators", text=N_("Indicators"), menu="view", shortcuts=("Alt+3",),
               icon="indicators", twin="tip-workbench compute CODE -w W.tipw"),
    ActionSpec(id="show_trends", text=N_("Trends"), menu="view", shortcuts=("Alt+4",),
               icon="trends", needs="project", twin="tip-workbench trend CODE -w W.tipw --area A"),
    ActionSpec(id="show_impact", text=N_("Impact"), menu="view", shortcuts=("Alt+5",),
               icon="impact", needs="project",
               twin="tip-workbench impact CODE -w W.tipw --area A --event ID"),
    ActionSpec(id="show_scorecard", text=N_("Scorecard"), menu="view", shortcuts=("Alt+9",),
               icon="scorecard", needs="project", twin="tip-workbench scorecard -w W.tipw"),
    ActionSpec(id="toggle_source", text=N_("Source of this number"), menu="view",
               shortcuts=("Ctrl+I",), icon="source", needs="project", checkable=True,
               before_line=True, twin="tip-workbench source -w W.tipw"),
    ActionSpec(id="toggle_checks", text=N_("Checks"), menu="view", icon="warn", needs="project",
               shortcuts=("Ctrl+Shift+K",), checkable=True, twin="tip-workbench check -w W.tipw"),
    ActionSpec(id="toggle_history", text=N_("History"), menu="view", icon="undo",
               shortcuts=("Ctrl+H",), needs="project", checkable=True,
               twin="tip-workbench history -w W.tipw"),
    ActionSpec(id="toggle_table", text=N_("Chart or table"), menu="view", shortcuts=("Ctrl+T",),
               icon="table", needs="project"),
    ActionSpec(id="describe_chart", text=N_("The chart in words"), menu="view",
               shortcuts=("Ctrl+D",), icon="info", needs="project"),
    ActionSpec(id="toggle_public", text=N_("Public view"), menu="view", icon="hide",
               shortcuts=("Ctrl+Shift+P",), needs="project", checkable=True, before_line=True),
    ActionSpec(id="recompute", text=N_("Compute again"), menu="view", shortcuts=("F5",),
               needs="project"),
    ActionSpec(id="enlarge_text", text=N_("Larger text"), menu="view",
               shortcuts=("Ctrl++", "Ctrl+="), before_line=True),
    ActionSpec(id="reduce_text", text=N_("Smaller text"), menu="view", shortcuts=("Ctrl+-",)),
    ActionSpec(id="reset_text", text=N_("Normal text size"), menu="view", shortcuts=("Ctrl+0",)),
    ActionSpec(id="reset_layout", text=N_("Reset layout"), menu="view", before_line=True),
    ActionSpec(id="toggle_projector", text=N_("Projector"), menu="view", shortcuts=("F11",),
               checkable=True),
    ActionSpec(id="next_pane", text=N_("Next pane"), menu="view", shortcuts=("F6",)),
    ActionSpec(id="previous_pane", text=N_("Previous pane"), menu="view",
               shortcuts=("Shift+F6",)),
    ActionSpec(id="import_file", text=N_("Import a file…"), menu="data",
               shortcuts=("Ctrl+Shift+I",), icon="upload", needs="project",
               twin="tip-workbench import FILE -w W.tipw --accept"),
    ActionSpec(id="correct_value", text=N_("Correct a value…"), menu="data", icon="pencil",
               needs="project", twin="tip-workbench correct -w W.tipw"),
    ActionSpec(id="enter_values", text=N_("Type in values…"), menu="data", icon="table",
               needs="project", shortcuts=("Ctrl+Shift+E",)),
    ActionSpec(id="add_note", text=N_("Add a note…"), menu="data", icon="plus",
               needs="project"),
    ActionSpec(id="mark_break", text=N_("Mark a break…"), menu="data", needs="project",
               icon="break", before_line=True, twin="tip-workbench breaks add -w W.tipw"),
    ActionSpec(id="add_event", text=N_("Add an event…"), menu="data", needs="project",
               icon="plus", twin="tip-workbench events add -w W.tipw"),
    ActionSpec(id="edit_register", text=N_("Events and breaks…"), menu="data", needs="project",
               icon="cal", twin="tip-workbench events list -w W.tipw"),
    ActionSpec(id="show_help", text=N_("Help on this screen"), menu="help", shortcuts=("F1",),
               icon="help"),
    ActionSpec(id="show_contents", text=N_("First steps and all pages"), menu="help",
               icon="learn"),
    ActionSpec(id="show_shortcuts", text=N_("Keyboard shortcuts"), menu="help",
               before_line=True),
    ActionSpec(id="show_methods", text=N_("Methods pages"), menu="help"),
)  # fmt: skip


class Actions(QObject):
    """The actions of one window.

    Args:
        theme: colours of the icons.
        parent: the window.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(parent)
            action.setObjectName(f"act_{spec.id}")
            action.setCheckable(spec.checkable)
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
            self._actions[spec.id] = action
        self._has_icons = False
        self.retranslate()
        theme.changed.connect(self._repaint)

    def __getitem__(self, name: str) -> QAction:
        """The action of that id."""
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[ActionSpec, QAction]]:
        """Specification and action, in menu order."""
        return ((spec, self._actions[spec.id]) for spec in ACTIONS)

    def connect_all(self, commands: Mapping[str, Callable[[], object]]) -> None:
        """Wire actions to what they do; an id without an action is a fault."""
        for name, command in commands.items():
            self._actions[name].triggered.connect(lambda _checked=False, run=command: run())

    def enable(self, *, project: bool, undo: bool, redo: bool) -> None:
        """Apply the rules of the table."""
        state = {"": True, "project": project, "undo": undo, "redo": redo}
        for spec, action in self:
            action.setEnabled(state[spec.needs])

    def retranslate(self) -> None:
        """Texts in the language in force."""
        for spec, action in self:
            action.setText(_(spec.text))
            action.setToolTip(_(spec.text))

    def paint_icons(self) -> None:
        """Draw the icons; left until after the first paint, because the first page needs none."""
        if not self._has_icons:
            self._has_icons = True
            self._repaint()

    def _repaint(self) -> None:
        for spec, action in self:
            if spec.icon and self._has_icons:
                action.setIcon(self._theme.icon(spec.icon))
