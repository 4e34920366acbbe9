"""Cards of the first page: start cards, drop zone, tiles of indicators."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.actions import Actions
from ui.charts.small import PillarMark, Sparkline
from ui.theme import Theme
from ui.viewmodels.home import Tile
from ui.viewmodels.pillars import ROLES, SHAPES
from ui.viewmodels.wording import tip_text
from ui.views.widgets import button, column, label, row
from workbench.i18n import _

START_CARDS = (
    # action, drawing
    ("new_project", "plus"),
    ("open_project", "folder"),
)


class StartCard(QFrame):
    """A button with icon, title and one line, the size of a card."""

    def __init__(
        self, theme: Theme, actions: Actions, action: str, icon: str, *, tall: bool
    ) -> None:
        super().__init__()
        self._theme, self._icon_name, self._tall = theme, icon, tall
        column(self).addWidget(made := button(f"btn_{action}"))
        made.setProperty("start", "true")
        made.setMinimumHeight(theme.px(108 if tall else 60))
        made.clicked.connect(actions[action].trigger)
        self.button = made
        inner = column(spacing=3) if tall else row(spacing=14)
        made.setLayout(inner)
        inner.setContentsMargins(17, 12, 14, 12)
        self._icon = QLabel()
        self._title, self._text = label("heavy", wrap=True), label("body2", wrap=True)
        if not tall:
            self._text.setProperty("role", "small")
        texts = column(spacing=2)
        if tall:
            inner.addWidget(self._icon)
            inner.addStretch(1)
            inner.addLayout(texts)
        else:
            assert isinstance(inner, QHBoxLayout)
            inner.addWidget(self._icon)
            inner.addLayout(texts, 1)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        for part in (self._icon, self._title, self._text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, "ink-2", 20))
        self._fit()

    def _fit(self) -> None:
        """High enough for words that take more lines."""
        high = 108 if self._tall else 60
        least = self._theme.px(high * (1.5 if self._theme.scale > 1.4 else 1))
        inside = self.button.layout()
        need = inside.totalHeightForWidth(self.button.width()) if inside is not None else 0
        self.button.setMinimumHeight(max(least, need))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words break in other places."""
        super().resizeEvent(event)
        self._fit()

    def say(self, title: str, text: str) -> None:
        """Take the words."""
        self._title.setText(title)
        self._text.setText(text)
        self.button.setAccessibleName(title)
        self.button.setAccessibleDescription(text)
        self._fit()


def start_words(action: str) -> tuple[str, str]:
    """Title and line of a start card."""
    return {
        "open_sample": (_("Open the sample country"), _("Valdoria, 20 years, ready charts")),
        "new_project": (_("New project"), _("One file for one country")),
        "open_project": (_("Open…"), _("A project file from this laptop")),
    }[action]


class DropZone(QFrame):
    """Says that a file may be dropped anywhere."""

    def __init__(self, theme: Theme, *, height: int) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("card", "drop")
        self.setMinimumHeight(height)
        layout = row(self, spacing=12)
        self._icon, self.text = QLabel(), label("body2", wrap=False)
        layout.addStretch(1)
        layout.addWidget(self._icon)
        layout.addWidget(self.text)
        layout.addStretch(1)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("upload", "ink-2", 18))


class TileCard(QFrame):
    """One indicator at a glance; the whole tile is a button."""

    def __init__(self, theme: Theme, tile: Tile) -> None:
        super().__init__()
        column(self).addWidget(made := button(f"tile_{tile.code}"))
        made.setProperty("start", "true")
        made.setMinimumHeight(172)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        made.setAccessibleName(f"{tile.name}: {tile.value} {tile.unit}")
        made.setAccessibleDescription(tile.sentence)
        self.button = made
        layout = column(made, margins=(16, 14, 16, 14), spacing=4)
        top = row(spacing=8)
        sign = PillarMark(theme)
        sign.show_pillar(ROLES[tile.pillar], SHAPES[tile.pillar])
        name, code = label("", wrap=True), label("small")
        name.setText(tile.name)
        name.setToolTip(tip_text(tile.name))
        name.setMinimumWidth(40)
        code.setText(tile.code.replace("-", "\u2011"))
        top.addWidget(sign)
        top.addWidget(name, 1)
        top.addWidget(code)
        layout.addLayout(top)
        middle = row(spacing=10)
        numbers = row(spacing=5)
        value, unit = label("figure"), label("small")
        value.setText(tile.value)
        unit.setText(tile.unit if len(tile.unit) < 14 else "")
        numbers.addWidget(value, 0, Qt.AlignmentFlag.AlignBottom)
        numbers.addWidget(unit, 0, Qt.AlignmentFlag.AlignBottom)
        middle.addLayout(numbers)
        line = Sparkline(theme)
        line.show_values(tile.values, ROLES[tile.pillar], hollow=tile.hollow)
        middle.addWidget(line, 1)
        layout.addLayout(middle, 1)
        sentence = label("small", wrap=True)
        sentence.setText(tile.sentence or tile.period)
        sentence.setMinimumHeight(theme.px(34))
        sentence.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(sentence)
        for part in made.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
