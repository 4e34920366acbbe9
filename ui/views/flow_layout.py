"""A layout that goes on in the next line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets side by side, in as many lines as they need; hidden ones take no room.

    Args:
        parent: the widget it lays out.
        spacing: between widgets and between lines.
        stretch: number of the widget that takes the spare width of its line; -1 for none.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, stretch: int = -1
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._stretch = spacing, stretch
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """The item of that number, or nothing."""
        # Qt asks one too many and takes None for the end
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Give an item away."""
        # the same
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """It never wants more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        edge = self.contentsMargins()
        inner = QRect(0, 0, width - edge.left() - edge.right(), 0)
        return self._arrange(inner, move=False) + edge.top() + edge.bottom()

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """One line."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._gap * max(len(shown) - 1, 0)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        shown = self._shown()
        return QSize(
            max((item.minimumSize().width() for item in shown), default=0),
            max((item.minimumSize().height() for item in shown), default=0),
        ).grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wide = min(item.sizeHint().width(), width)
            if lines[-1] and used + self._gap + wide > width:
                lines.append([])
                used = 0
            used += wide + (self._gap if lines[-1] else 0)
            lines[-1].append(item)
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        favoured = self._items[self._stretch] if self._stretch >= 0 else None
        for line in self._lines(rect.width()):
            if not line:
                continue
            height = max(item.sizeHint().height() for item in line)
            widths = [min(item.sizeHint().width(), rect.width()) for item in line]
            spare = rect.width() - sum(widths) - self._gap * (len(line) - 1)
            left = rect.left()
            for item, width in zip(line, widths, strict=True):
                wide = width + (max(spare, 0) if item is favoured else 0)
                if move:
                    own = item.sizeHint().height()
                    place = QRect(left, top + (height - own) // 2, wide, own)
                    item.setGeometry(place)
                left += wide + self._gap
            top += height + self._gap
        return top - self._gap - rect.top() if self._shown() else 0
