"""Docks at the bottom: the frame they share, and the history of the project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.theme import Theme
from ui.viewmodels.history import HistoryState, HistoryViewModel
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.viewmodels.wording import tip_text
from ui.views.tables import TableView
from ui.views.widgets import button, card, column, label, row, rule
from workbench.i18n import _, counted

HEIGHT = 230


class BottomDock(QDockWidget):
    """A card at the bottom with a head line, buttons and a table.

    Args:
        theme: the look in force.
        name: ``history`` or ``checks``.
        icon: drawing of the head.

    Signals:
        visible: shown or hidden.
    """

    visible = Signal(bool)

    def __init__(self, theme: Theme, name: str, icon: str) -> None:
        super().__init__()
        self.setObjectName(f"dock_{name}")
        self._theme, self._drawing = theme, icon
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        holder = QWidget()
        holder.setProperty("page", "true")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(holder)
        frame = card(name)
        row(holder, margins=(20, 0, 20, 12)).addWidget(frame)
        layout = column(frame, margins=(1, 0, 1, 1))
        head = row(margins=(14, 6, 6, 6), spacing=10)
        self._icon, self.title = QLabel(), label("heavy")
        self.tools: QHBoxLayout = row(spacing=6)
        self.close_button = QToolButton()
        self.close_button.setObjectName(f"btn_close_{name}")
        self.close_button.clicked.connect(self.close)
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        head.addLayout(self.tools)
        head.addWidget(self.close_button)
        layout.addLayout(head)
        layout.addWidget(rule())
        self.table = TableView(theme, f"tbl_{name}")
        layout.addWidget(self.table, 1)
        self.below = layout
        self.visibilityChanged.connect(self.visible)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        side = self._theme.px(16)
        self._icon.setPixmap(self._theme.pixmap(self._drawing, "ink", 18))
        self.close_button.setIconSize(QSize(side, side))
        self.close_button.setIcon(self._theme.icon("x", "ink-2", 16))

    def tool(self, name: str) -> QPushButton:
        """A button of the head line."""
        made = button(name)
        self.tools.addWidget(made)
        return made

    def attach(self, window: QMainWindow, beside: QDockWidget | None) -> None:
        """Put the dock at the bottom, hidden until it is asked for."""
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        if beside is not None:
            window.splitDockWidget(beside, self, Qt.Orientation.Horizontal)
        window.resizeDocks([self], [self._theme.px(HEIGHT)], Qt.Orientation.Vertical)
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The action follows."""
        super().closeEvent(event)
        self.visible.emit(False)

    def retranslate(self) -> None:
        """Texts of the frame."""
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.setToolTip(_("Close"))


class HistoryDock(BottomDock):
    """Renders ``HistoryState``."""

    def __init__(self, viewmodel: HistoryViewModel, theme: Theme) -> None:
        super().__init__(theme, "history", "undo")
        self.viewmodel = viewmodel
        self.back, self.copy = self.tool("btn_go_back"), self.tool("btn_copy_command")
        self.export = self.tool("btn_export_history")
        self.command = label("small", name="lbl_history_command")
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.command.setContentsMargins(14, 6, 14, 6)
        # a long command must not keep the dock from becoming narrower
        self.command.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.below.addWidget(self.command)
        self.back.clicked.connect(viewmodel.go_back)
        self.copy.clicked.connect(self._copy)
        self.export.clicked.connect(self._export)
        self.table.chosen.connect(viewmodel.choose)
        viewmodel.changed.connect(self.render)
        self.retranslate()

    def render(self, state: HistoryState) -> None:
        """Show the state."""
        words = {"done": _("in force"), "undone": _("taken back"), "fixed": _("stays")}
        heads = (
            HeadText(text=_("What"), elastic=True),
            HeadText(text=_("When")),
            HeadText(text=_("Who")),
            HeadText(text=_("State")),
        )
        self.table.selectionModel().blockSignals(True)
        self.table.table.show_rows(
            heads,
            [
                Row(
                    key=line.id,
                    cells=(
                        CellText(text=line.text, muted=line.state == "undone", strong=True),
                        CellText(text=line.at),
                        CellText(text=line.by),
                        CellText(text=words[line.state], muted=line.state != "done"),
                    ),
                )
                for line in state.lines
            ],
        )
        self.table.selectionModel().blockSignals(False)
        if state.chosen:
            self.table.choose(state.chosen)
        self.table.fit_soon(most=420)
        line, writable = state.line, not self.viewmodel.session.state.read_only
        self.back.setEnabled(line is not None and line.back > 0 and writable)
        self.copy.setEnabled(line is not None and bool(state.command))
        self.copy.setToolTip(tip_text(state.command or _why(state)))
        self._show_command(state)
        self.export.setEnabled(bool(state.lines))
        count = 0 if line is None else line.back
        self.back.setToolTip(
            counted("Takes back {n} change", "Takes back {n} changes", count) if count else ""
        )

    def _show_command(self, state: HistoryState) -> None:
        """The command of the chosen line in one line of text, or why there is none."""
        words = " ".join(state.command.split()) or _why(state)
        room = max(self.table.width() - 40, 200)
        metrics = QFontMetrics(self.command.font())
        self.command.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.command.setVisible(bool(words))

    def _copy(self) -> None:
        if self.viewmodel.state.command:
            QGuiApplication.clipboard().setText(self.viewmodel.state.command)

    def _export(self) -> None:
        kinds = {_("Table (*.csv)"): ".csv", _("Data (*.json)"): ".json"}
        chosen, kind = QFileDialog.getSaveFileName(
            self, _("Export the history…"), self.viewmodel.file_name(), ";;".join(kinds)
        )
        if chosen:
            path, ending = Path(chosen), kinds.get(kind, ".csv")
            named = path.suffix.lower() in kinds.values()
            self.viewmodel.export(path if named else path.with_name(path.name + ending))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        super().retranslate()
        self.setWindowTitle(_("History"))
        self.title.setText(_("History"))
        self.table.setAccessibleName(_("History"))
        self.back.setText(_("Go back to here"))
        self.copy.setText(_("Copy as command"))
        self.export.setText(_("Export…"))
        self.viewmodel.reload()
        self.render(self.viewmodel.state)


def _why(state: HistoryState) -> str:
    """Why the chosen line has no command, in the language in force."""
    return _(state.why) if state.why else ""
