"""The dock that answers "where does this number come from?"."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.charts.small import PillarMark
from ui.theme import Theme
from ui.viewmodels.pillars import ROLES, SHAPES
from ui.viewmodels.source import Node, SourceState, SourceViewModel
from ui.views.widgets import button, card, clear, column, label, row, rule, scrolled
from workbench.i18n import _

_WIDEST = 400


class Ring(QWidget):
    """The dot before a line of the tree; filled for the cell itself."""

    def __init__(self, theme: Theme, *, filled: bool) -> None:
        super().__init__()
        self._theme, self._filled = theme, filled
        self.setFixedSize(11, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "accent" if self._filled else "border"
        painter.setPen(QPen(self._theme.colour(token), 1.3))
        painter.setBrush(self._theme.colour("accent" if self._filled else "surface"))
        painter.drawEllipse(QPointF(5.5, 9), 4, 4)
        painter.end()


class SourceDock(QDockWidget):
    """Renders ``SourceState``.

    Signals:
        visible: shown or hidden.
        correct: the person wants to correct the value.
        open_cell: a ``CellRef`` to show in the raw sheet.
    """

    visible = Signal(bool)
    correct = Signal()
    open_cell = Signal(object)

    def __init__(self, viewmodel: SourceViewModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dock_source")
        self.viewmodel, self._theme = viewmodel, theme
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        holder = QWidget()
        holder.setProperty("page", "true")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(holder)
        frame = card("source")
        row(holder, margins=(0, 10, 16, 16)).addWidget(frame)
        layout = column(frame)
        layout.addLayout(self._head())
        layout.addWidget(rule())
        layout.addWidget(scrolled(self._body()), 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())
        self._holder = holder
        viewmodel.changed.connect(self.render)
        theme.changed.connect(self.retranslate)
        self.visibilityChanged.connect(self.visible)
        self.retranslate()

    def _head(self) -> QVBoxLayout:
        outer = column()
        line = row(margins=(14, 6, 6, 6), spacing=10)
        self._icon, self.title = QLabel(), label("heavy", wrap=True)
        self.close_button = QToolButton()
        self.close_button.setObjectName("btn_close_source")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.clicked.connect(self.close)
        line.addWidget(self._icon)
        line.addWidget(self.title, 1)
        line.addWidget(self.close_button)
        outer.addLayout(line)
        return outer

    def _body(self) -> QWidget:
        body = QWidget()
        layout = column(body, margins=(14, 16, 14, 14), spacing=4)
        self.figure = label("screen", wrap=True)
        self.figure.setProperty("role", "screen")
        self.about = label("small", wrap=True)
        self.problem = label("body2", wrap=True)
        layout.addWidget(self.figure)
        layout.addWidget(self.about)
        layout.addWidget(self.problem)
        layout.addSpacing(14)
        self._nodes = column(spacing=9)
        layout.addLayout(self._nodes)
        layout.addSpacing(10)
        self._rule = rule()
        layout.addWidget(self._rule)
        self.used = label("lab")
        layout.addWidget(self.used)
        self._used_in = column(spacing=4)
        layout.addLayout(self._used_in)
        layout.addStretch(1)
        return body

    def _foot(self) -> QVBoxLayout:
        outer = column()
        # one below the other: side by side they do not fit in every language
        line = column(margins=(14, 12, 14, 12), spacing=8)
        self.copy, self.fix = button("btn_copy_source"), button("btn_correct_source")
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.viewmodel.state.as_text())
        )
        self.fix.clicked.connect(self.correct)
        line.addWidget(self.copy)
        line.addWidget(self.fix)
        outer.addLayout(line)
        return outer

    def attach(self, window: QMainWindow) -> None:
        """Put the dock at the right side, hidden until it is asked for."""
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.resizeDocks([self], [262], Qt.Orientation.Horizontal)
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The action follows."""
        super().closeEvent(event)
        self.visible.emit(False)

    def render(self, state: SourceState) -> None:
        """Show the state."""
        empty = not state.figure and not state.problem
        self.figure.setText(state.figure)
        self.about.setText(state.about)
        self.problem.setText(
            _("Choose a value in a table or a chart.")
            if empty and not state.loading
            else state.problem
        )
        for widget in (self.figure, self.about, self.problem):
            widget.setVisible(bool(widget.text()))
        clear(self._nodes)
        for node in state.nodes:
            self._nodes.addLayout(self._node(node))
        clear(self._used_in)
        for part in (self._rule, self.used):
            part.setVisible(bool(state.used_in))
        for code, name in state.used_in:
            self._used_in.addLayout(self._use(code, name))
        self.fix.setEnabled(state.cell is not None and not self.viewmodel.session.state.read_only)
        self.copy.setEnabled(bool(state.figure))

    def _node(self, node: Node) -> QVBoxLayout:
        outer = column(spacing=0)
        line = row(margins=(node.depth * 15, 0, 0, 0), spacing=9)
        words = column(spacing=1)
        text, detail = label("strong", wrap=True), label("small", wrap=True)
        text.setText(node.text)
        detail.setText(node.detail)
        if not node.detail:
            detail.hide()  # shown without a parent it would be a window of its own
        words.addWidget(text)
        words.addWidget(detail)
        if node.cell is not None and node.cell.row is not None:
            show = button("btn_open_cell", kind="plain")
            show.setText(_("Show in the sheet"))
            show.clicked.connect(lambda _on=False, cell=node.cell: self.open_cell.emit(cell))
            words.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(Ring(self._theme, filled=node.current), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        outer.addLayout(line)
        return outer

    def _use(self, code: str, name: str) -> QVBoxLayout:
        from workbench.presenting.naming import pillar_of

        outer, line = column(), row(spacing=8)
        sign, text = PillarMark(self._theme), label("", wrap=True)
        pillar = pillar_of(code)
        sign.show_pillar(ROLES[pillar], SHAPES[pillar])
        text.setText(f"{code.replace('-', chr(0x2011))} {name}")
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        outer.addLayout(line)
        return outer

    def retranslate(self) -> None:
        """Texts and icons in force."""
        self._holder.setMinimumWidth(min(self._theme.px(256), _WIDEST))
        side = self._theme.px(16)
        for tool in (self.close_button, self.copy):
            tool.setIconSize(QSize(side, side))
        self._icon.setPixmap(self._theme.pixmap("source", "ink", 18))
        self.close_button.setIcon(self._theme.icon("x", "ink-2", 16))
        self.copy.setIcon(self._theme.icon("copy", "ink", 16))
        self.title.setText(_("Source of this number"))
        self.setWindowTitle(_("Source of this number"))
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.setToolTip(_("Close"))
        self.copy.setText(_("Copy as text"))
        self.fix.setText(_("Correct…"))
        self.used.setText(_("Used in"))
        self.render(self.viewmodel.state)
        self.viewmodel.again()
