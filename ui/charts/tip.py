"""The tooltip of a chart: the value in bold, then range and source, never over its point."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_AWAY = 14


class Tip(QFrame):
    """A small dark card inside the plot.

    Args:
        parent: the plot.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plot = parent
        self.setObjectName("chart_tip")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        self._lines = [QLabel() for _ in range(4)]
        for index, label in enumerate(self._lines):
            label.setTextFormat(Qt.TextFormat.PlainText)
            if index == 0:
                label.setProperty("role", "heavy")
            layout.addWidget(label)
        self.hide()

    def say(self, lines: tuple[str, ...], place: QPointF) -> None:
        """Show the lines above left of a place, or where there is room."""
        for index, label in enumerate(self._lines):
            label.setVisible(index < len(lines))
            label.setText(lines[index] if index < len(lines) else "")
        self.adjustSize()
        parent = self._plot
        x = round(place.x()) - self.width() - _AWAY
        y = round(place.y()) - self.height() - _AWAY
        if x < 4:
            x = round(place.x()) + _AWAY
        if y < 4:
            y = round(place.y()) + _AWAY
        self.move(min(x, parent.width() - self.width() - 4), y)
        self.show()
        self.raise_()
