"""Small building blocks of the views: cards, labels, buttons, badges, messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.charts import marks
from ui.theme import Theme
from workbench.presenting.spec import Role, Shape


def label(role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """A plain-text label; text from files is never read as rich text."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def column(
    parent: QWidget | None = None,
    *,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    spacing: int = 0,
) -> QVBoxLayout:
    """A vertical layout without surprises."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def row(
    parent: QWidget | None = None,
    *,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    spacing: int = 8,
) -> QHBoxLayout:
    """A horizontal layout without surprises."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def card(name: str = "") -> QFrame:
    """A white card with a hairline."""
    frame = QFrame()
    frame.setProperty("card", "true")
    if name:
        frame.setObjectName(name)
    return frame


def rule() -> QFrame:
    """A hairline across."""
    frame = QFrame()
    frame.setProperty("rule", "true")
    return frame


def button(name: str, *, kind: str = "") -> QPushButton:
    """A button; ``kind`` is ``primary`` (one a view), ``plain``, or empty for outlined."""
    made = QPushButton()
    made.setObjectName(name)
    if kind:
        made.setProperty(kind, "true")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def clear(layout: QLayout) -> None:
    """Remove everything from a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a dynamic property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class PageArea(QScrollArea):
    """Scrolls a page; takes the focus only where there is nothing else to take it.

    A ring around a whole page tells nothing while a control inside can have one: what has controls
    scrolls with them, and with Page Up and Page Down from any of them.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("page", "clear")
        self._content = content
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Controls come and go with the layout of the page."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        plain = Qt.FocusPolicy.TabFocus
        reads = self.verticalScrollBar().maximum() > 0 and not any(
            child.focusPolicy() & plain and child.isVisibleTo(self)
            for child in self._content.findChildren(QWidget)
        )
        self.setFocusPolicy(plain if reads else Qt.FocusPolicy.NoFocus)


def scrolled(content: QWidget, name: str = "") -> QScrollArea:
    """Content that scrolls down when the window is small."""
    area = PageArea(content)
    if name:
        area.setObjectName(name)
    return area


class ActionButton(QToolButton):
    """An icon button of an action; its text is read aloud and shown as a tooltip.

    Args:
        theme: the look in force.
        action: what it does.
    """

    def __init__(self, theme: Theme, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setDefaultAction(action)
        self.setObjectName(f"btn_{action.objectName().removeprefix('act_')}")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(28, 28)
        action.changed.connect(self._name)
        theme.changed.connect(self._size)
        self._name()
        self._size()

    def _size(self) -> None:
        side = self._theme.px(16)
        self.setIconSize(QSize(side, side))

    def _name(self) -> None:
        self.setAccessibleName(self.defaultAction().text().replace("&", ""))


class Segments(QWidget):
    """Up to four choices side by side.

    Signals:
        chosen: id of the choice.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("segments", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = row(self, margins=(2, 2, 2, 2), spacing=0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_choices(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer id and text; mark one."""
        for key, text in choices:
            if key not in self._buttons:
                made = QToolButton()
                made.setCheckable(True)
                made.setObjectName(f"{self.objectName()}_{key}")
                made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                made.clicked.connect(lambda _on=False, k=key: self.chosen.emit(k))
                self._group.addButton(made)
                self._layout.addWidget(made)
                self._buttons[key] = made
            self._buttons[key].setText(text)
            self._buttons[key].setChecked(key == chosen)


class Badge(QWidget):
    """A small soft label, with the mark of a pillar when it has one.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text, self._role = "", Role.CONTEXT
        self._shape: Shape | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_badge(self, text: str, role: Role = Role.CONTEXT, shape: Shape | None = None) -> None:
        """Take words and pillar."""
        self._text, self._role, self._shape = text, role, shape
        self.setAccessibleName(text)
        if self.parentWidget() is not None or not text:
            # shown without a parent it would be a window of its own
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = self._metrics().horizontalAdvance(self._text) + (18 if self._shape else 0) + 14
        return QSize(round(width), self._theme.px(20))

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font("label"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, mark and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pillar = self._shape is not None
        ground = f"{self._role.value}-soft" if pillar else "note-soft"
        ink = f"{self._role.value}-text" if pillar else "ink-2"
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._theme.kind == "high_contrast":
            painter.setPen(self._theme.colour(ink))
        painter.setBrush(self._theme.colour(ground))
        painter.drawRoundedRect(box, 5, 5)
        left = 7.0
        if self._shape is not None:
            colour = self._theme.colour(self._role.value)
            centre = box.center()
            centre.setX(left + 4)
            marks.mark(painter, self._shape, centre, colour=colour, ground=colour, radius=4.2)
            left += 15
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.colour(ink))
        words = box.adjusted(left, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


_LEVEL_ICONS = {"note": "info", "warn": "warn", "stop": "stop"}


class Message(QFrame):
    """A note, warning or stop: icon, heading in the colour of its level, plain text.

    Args:
        theme: the look in force.
        level: ``note``, ``warn`` or ``stop``.
    """

    def __init__(self, theme: Theme, level: str = "note", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = level
        self.setProperty("level", level)
        layout = row(self, margins=(12, 10, 12, 10), spacing=9)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._icon, 0)
        texts = column(spacing=1)
        self.heading = label()
        self.heading.setProperty("level", level)
        self.heading.setWordWrap(True)
        self.text = label("small", wrap=True)
        texts.addWidget(self.heading)
        texts.addWidget(self.text)
        layout.addLayout(texts, 1)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(_LEVEL_ICONS[self._level], self._level, 17))

    def say(self, heading: str, text: str = "") -> None:
        """Take the words; an empty heading or text takes no room."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.text.setText(text)
        self.text.setVisible(bool(text))


class EmptyState(QWidget):
    """What a screen is for, and one button, when there is nothing to show.

    Args:
        theme: the look in force.
        icon: drawing above the sentence.
        name: object name of the button.
    """

    def __init__(self, theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = icon
        layout = column(self, margins=(20, 20, 20, 20), spacing=12)
        layout.addStretch(1)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = label("words", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setMaximumWidth(360)
        self.words.setMinimumWidth(280)
        self.button = button(name, kind="primary")
        layout.addWidget(self._icon)
        layout.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.link = button(f"{name}_more", kind="plain")
        self.link.hide()
        layout.addWidget(self.link, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        theme.changed.connect(self._paint)
        self._paint()

    def offer(self, name: str, act: Callable[[], object]) -> None:
        """Offer a second way below the button."""
        self.link.setObjectName(name)
        self.link.clicked.connect(lambda _on=False: act())
        self.link.show()

    def _paint(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._drawing, "ink-3", 72))
