"""The main card: title, subtitle, plot or its table twin, key, source, folded numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from ui.actions import Actions
from ui.charts.key_line import KeyLine
from ui.theme import Theme
from ui.views.tables import TableView
from ui.views.widgets import ActionButton, column, label, row, rule
from workbench.i18n import _
from workbench.presenting.spec import Chart, Table

if TYPE_CHECKING:
    from ui.charts.plot import PlotView


IN_MORE = ("copy_selection", "copy_picture", "save_chart", "describe_chart")


class ChartCard(QFrame):
    """A chart with everything a reader needs around it.

    Args:
        theme: the look in force.
        actions: tools of the card.
        name: object name of the plot (``chart_trend``).
        numbers: True adds the folded table of the model.

    Signals:
        chosen: key of the value clicked, or of the row of the table twin.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        actions: Actions,
        name: str,
        *,
        numbers: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._theme, self._name = theme, name
        self._chart: Chart | None = None
        outer = column(self)
        body = column(margins=(18, 14, 14, 12), spacing=4)
        outer.addLayout(body, 1)
        self.badges = row(spacing=8)
        top = row(spacing=6)
        titles = column(spacing=3)
        titles.addLayout(self.badges)
        self.title = label("title", wrap=True, name="lbl_chart_title")
        self.subtitle = label("body2", wrap=True)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        top.addLayout(titles, 1)
        tools = row(spacing=2)
        for action in ("toggle_source", "toggle_table"):
            tools.addWidget(ActionButton(theme, actions[action]), 0, Qt.AlignmentFlag.AlignTop)
        self.more = MoreButton(theme, [actions[name] for name in IN_MORE])
        tools.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(tools)
        top.setAlignment(tools, Qt.AlignmentFlag.AlignTop)
        body.addLayout(top)
        self.stack = QStackedWidget()
        self.table = TableView(theme, f"tbl_{name.removeprefix('chart_')}_twin")
        self.table.chosen.connect(lambda key: self.chosen.emit(str(key)))
        self._waiting = label("quiet")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self._waiting)
        self.stack.addWidget(self.table)
        self.plot: PlotView | None = None
        body.addWidget(self.stack, 1)
        self.key = KeyLine(theme)
        body.addWidget(self.key)
        self.source = label("micro", wrap=True)
        body.addWidget(self.source)
        self.fold: Fold | None = None
        if numbers:
            outer.addWidget(rule())
            self.fold = Fold(theme, f"tbl_{name.removeprefix('chart_')}_numbers")
            outer.addWidget(self.fold)
        self.setMinimumSize(320, 240)

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    def ensure_plot(self) -> PlotView:
        """The plot; pyqtgraph is imported here, after the first paint."""
        if self.plot is None:
            from ui.charts.plot import PlotView

            self.plot = PlotView(self._theme)
            self.plot.setObjectName(self._name)
            self.plot.chosen.connect(self._chosen)
            self.stack.addWidget(self.plot)
        return self.plot

    def _chosen(self, key: str) -> None:
        self.table.choose(key)
        self.chosen.emit(key)

    def show_chart(self, chart: Chart | None, *, waiting: str = "") -> None:
        """Show a chart, or words while there is none; the same chart is not drawn again."""
        if chart is not None and chart is self._chart:
            return
        self._chart = chart
        for part in (self.key, self.source, self.subtitle):
            part.setVisible(chart is not None)
        if chart is None:
            self.title.setText("")
            self._waiting.setText(waiting)
            self.stack.setCurrentWidget(self._waiting)
            return
        in_table = self.stack.currentWidget() is self.table
        self.title.setText(chart.title)
        self.subtitle.setText(chart.subtitle)
        self.subtitle.setVisible(bool(chart.subtitle))
        self.key.show_chart(chart)
        self.source.setText(chart.source)
        self.table.table.show_table(chart.table, row_keys(chart))
        plot = self.ensure_plot()
        plot.show_chart(chart)
        if not in_table:
            self.stack.setCurrentWidget(plot)
        self.table.fit_soon()

    def toggle_table(self) -> None:
        """Swap plot and table in the same place."""
        if self._chart is None:
            return
        plot = self.ensure_plot()
        twin = self.stack.currentWidget() is not self.table
        target: QWidget = self.table if twin else plot
        self.stack.setCurrentWidget(target)
        self.key.setVisible(not twin and bool(self._chart.key))
        self.table.fit_columns()
        target.setFocus()

    def choose(self, key: str) -> None:
        """Mark a value without telling."""
        if self.plot is not None:
            self.plot.choose(key)
        self.table.choose(key)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.table.setAccessibleName(_("Table of the chart"))
        self.more.retranslate()
        if self.fold is not None:
            self.fold.retranslate()


class MoreButton(QToolButton):
    """What else can be done with the chart.

    Args:
        theme: the look in force.
        actions: in the order of the menu.
    """

    def __init__(self, theme: Theme, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("btn_more")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(28, 28)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.setMenu(menu)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        side = self._theme.px(16)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._theme.icon("more", "ink-2", 16))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.setAccessibleName(_("More"))
        self.setToolTip(_("More"))


def row_keys(chart: Chart) -> list[str]:
    """Keys of the rows of the table twin: the values of the chart, newest first like the rows."""
    keys = {point.key: point.x for points in chart.points for point in points.points if point.key}
    keys |= {item.key: item.x for item in chart.ranges if item.key}
    named = sorted(keys, key=lambda key: -keys[key])
    if chart.table is None or not chart.table.rows:
        return named
    first = [cells[0] for cells in chart.table.rows]
    if len(named) == len(first):
        return named
    return [next((key for key in named if key in text), text) for text in first]


class Fold(QWidget):
    """A line that opens the numbers of a model.

    Args:
        theme: the look in force.
        name: object name of the table.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Table | None = None
        layout = column(self, margins=(10, 4, 12, 4))
        line: QHBoxLayout = row(spacing=8)
        self.button = QToolButton()
        self.button.setObjectName("btn_numbers")
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(14, 14))
        self.button.setFont(theme.font("heavy"))
        self.button.toggled.connect(self._toggle)
        self.about = label("body2")
        line.addWidget(self.button)
        line.addWidget(self.about, 1)
        layout.addLayout(line)
        self.table = TableView(theme, name)
        self.table.setMinimumHeight(theme.px(150))
        self.table.setMaximumHeight(theme.px(230))
        self.table.hide()
        layout.addWidget(self.table)
        theme.changed.connect(self._paint)
        self._paint()

    def _toggle(self, on: bool) -> None:
        self.table.setVisible(on)
        self._paint()
        if on:
            self.table.fit_soon()

    def _paint(self) -> None:
        opened = self.button.isChecked()
        self.button.setIcon(self._theme.icon("down" if opened else "chev", "ink-2", 14))

    def show_table(self, table: Table | None) -> None:
        """Take the numbers."""
        if table is not None and table is self._shown:
            return
        self._shown = table
        self.setVisible(table is not None)
        self.table.table.show_table(table)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.button.setText(_("Numbers"))
        self.about.setText(_("model, fit and checks"))
