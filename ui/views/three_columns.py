"""Options, chart and words side by side; under 1100 px the words go below the chart."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import Theme
from ui.viewmodels.preferences import Preferences
from ui.views.widgets import column, row, scrolled

NARROW_BELOW = 1100
SIZES = (236, 536, 272)
_LEAST_CHART, _LEAST_SIDE = 330, 230


def is_narrow(widget: QWidget, theme: Theme) -> bool:
    """Whether the window is too narrow for three columns in the size of text in force."""
    return widget.window().width() / theme.scale < NARROW_BELOW


def keep_sizes(splitter: QSplitter, name: str, preferences: Preferences) -> None:
    """Sizes as they were left, and kept from now on."""
    sizes = preferences.sizes(name)
    if len(sizes) == splitter.count():
        splitter.setSizes(sizes)
    splitter.splitterMoved.connect(
        lambda _at, _index: preferences.keep_sizes(name, splitter.sizes())
    )


class ThreeColumns(QWidget):
    """The three parts of an answer.

    Args:
        theme: the look in force.
        name: under which the sizes are kept.
        parts: options, chart and the column of words.
        preferences: keeps the sizes.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        parts: tuple[QWidget, QWidget, QWidget],
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        options, self._chart, self._words = parts
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        row(self, margins=(20, 0, 20, 16)).addWidget(self.splitter)
        self.splitter.addWidget(options)
        middle = QWidget()
        self._middle = column(middle, spacing=12)
        self._middle.addWidget(self._chart, 1)
        self._centre = scrolled(middle)
        self._centre.setMinimumWidth(320)
        self.splitter.addWidget(self._centre)
        holder = QWidget()
        self._aside = column(holder)
        self._aside.addWidget(self._words)
        self._side = scrolled(holder)
        self._side.setMinimumWidth(_LEAST_SIDE)
        self.splitter.addWidget(self._side)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(list(SIZES))
        keep_sizes(self.splitter, name, preferences)
        self.narrow = False
        theme.changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words move when the window gets narrow or wide."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = is_narrow(self, self._theme)
        self._chart.setMinimumHeight(self._theme.px(_LEAST_CHART) if narrow else 240)
        if narrow == self.narrow:
            return
        self.narrow = narrow
        (self._middle if narrow else self._aside).addWidget(self._words)
        self._side.setVisible(not narrow)
