"""The first page without a project: one primary button and a real chart."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.actions import Actions
from ui.charts.small import Still
from ui.theme import Theme
from ui.viewmodels.first_chart import first_chart
from ui.views.home_cards import START_CARDS, DropZone, StartCard, start_words
from ui.views.widgets import card, column, label, row
from workbench.i18n import _


class RingButton(QPushButton):
    """The primary button of the first page; its focus ring stands clear of the button.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("primary", "hero")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then the ring around it."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()


class FirstPage(QWidget):
    """No project open: one primary button, a real chart, and nothing else in the way."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        outer = row(self, margins=(20, 14, 20, 16))
        outer.addStretch(1)
        middle = QWidget()
        middle.setProperty("page", "clear")
        middle.setMaximumWidth(860)
        middle.setMinimumWidth(640)
        outer.addWidget(middle, 100)
        outer.addStretch(1)
        layout = column(middle, spacing=16)
        layout.addWidget(self._hero(theme, actions))
        cards = row(spacing=16)
        self.cards = {}
        for action, icon in START_CARDS:
            made = StartCard(theme, actions, action, icon, tall=True)
            self.cards[action] = made
            cards.addWidget(made, 1)
        layout.addLayout(cards)
        self.drop = DropZone(theme, height=62)
        layout.addWidget(self.drop)
        self.promise = label("small")
        self.promise.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.promise)
        layout.addStretch(1)

    def _hero(self, theme: Theme, actions: Actions) -> QFrame:
        hero = card("hero")
        layout = row(hero, margins=(26, 24, 24, 24), spacing=20)
        words = column(spacing=0)
        words.addStretch(2)
        self.headline = label("hero", wrap=True)
        self.lead = label("words", wrap=True)
        self.open = RingButton(theme)
        self.open.setObjectName("btn_open_sample")
        self.open.setIconSize(QSize(16, 16))
        self.open.clicked.connect(actions["open_sample"].trigger)
        self.open.setFocus()
        self._theme = theme
        self.under = label("small", wrap=True)
        for text in (self.headline, self.lead, self.under):
            text.setContentsMargins(4, 0, 0, 0)
        words.addWidget(self.headline)
        words.addSpacing(10)
        words.addWidget(self.lead)
        words.addSpacing(18)
        words.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        words.addSpacing(12)
        words.addWidget(self.under)
        words.addStretch(3)
        layout.addLayout(words, 10)
        picture = column(spacing=2)
        self.chart = Still(theme)
        self.chart.setObjectName("chart_first")
        self.chart.setMinimumSize(330, 230)
        self.caption = label("micro", wrap=True)
        self.caption.setIndent(30)
        picture.addWidget(self.chart, 1)
        picture.addWidget(self.caption)
        layout.addLayout(picture, 9)
        hero.setMinimumHeight(304)
        theme.changed.connect(self._paint)
        self._paint()
        return hero

    def _paint(self) -> None:
        self.open.setIcon(self._theme.icon("play", "on-primary", 16))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.headline.setText(_("What was done, and what changed after it"))
        self.lead.setText(
            _(
                "Prevention, protection and prosecution of trafficking in persons: "
                "from the files of your offices to charts that say how sure they are."
            )
        )
        self.open.setText(_("Open the sample country"))
        self.under.setText(_("Valdoria, invented, 20 years. Ready in seconds."))
        self.caption.setText(_("Persons convicted, forced labour. Fictitious data."))
        self.drop.text.setText(_("Or drop a project file anywhere"))
        self.promise.setText(
            _("Nothing leaves this laptop. Everything can be undone. No account.")
        )
        self.chart.show_chart(first_chart())
        for action, made in self.cards.items():
            made.say(*start_words(action))
