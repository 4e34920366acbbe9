"""The cards right of a chart: in plain words, how sure, cautions."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.charts.small import Evidence
from ui.theme import Theme
from ui.views.widgets import Message, clear, column, label, row
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.presenting.cautions import Caution
    from workbench.presenting.sentences import Words
    from workbench.presenting.sureness import Sureness

_WIDEST_OPTIONS = 360


def kept(text: str) -> str:
    """Escaped text whose no-break spaces survive the HTML reader of Qt."""
    return escape(text).replace("\u202f", "&nbsp;").replace("\u00a0", "&nbsp;")


class PlainWords(QFrame):
    """The finding with its key phrase in bold, and what we do not know.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: Words | None = None
        self.setProperty("card", "true")
        layout = column(self, margins=(16, 14, 16, 8), spacing=6)
        self.head = label("lab")
        self.text = label("words", wrap=True, name="lbl_words")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout.addWidget(self.head)
        layout.addWidget(self.text)
        theme.changed.connect(self._show)

    def render(self, words: Words | None) -> None:
        """Show the sentences."""
        self.head.setText(_("In plain words"))
        self._words = words
        self.setVisible(words is not None)
        self._show()

    def _show(self) -> None:
        words = self._words
        if words is None:
            return
        lead = kept(words.lead)
        key = kept(words.key)
        if key and key in lead:
            lead = lead.replace(key, f'<span style="font-weight:600">{key}</span>', 1)
        size = self._theme.font("words").pixelSize()
        style = f"line-height:118%;margin:0 0 8px 0;font-size:{size}px"
        parts = (lead, *(kept(text) for text in words.doubt))
        # every text is escaped: words that come from files stay words
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setText("".join(f'<p style="{style}">{part}</p>' for part in parts))
        self.text.setAccessibleName(" ".join((words.lead, *words.doubt)))


class HowSure(QFrame):
    """Evidence bars, one bold line, what the answer rests on.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        layout = column(self, margins=(16, 14, 16, 14), spacing=8)
        self.head = label("lab")
        line = row(spacing=10)
        self.bars = Evidence(theme)
        self.line = label("heavy", wrap=True)
        line.addWidget(self.bars, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.line, 1)
        self.detail = label("small", wrap=True)
        layout.addWidget(self.head)
        layout.addLayout(line)
        layout.addWidget(self.detail)

    def render(self, sure: Sureness | None, *, lines: int = 9) -> None:
        """Show how sure the answer is, with at most so many sentences of detail."""
        self.head.setText(_("How sure"))
        self.setVisible(sure is not None)
        if sure is None:
            return
        self.bars.show_level(sure.bars)
        self.bars.setAccessibleName(sure.word)
        self.bars.setToolTip(sure.word)
        self.line.setText(sure.line)
        self.detail.setText(" ".join(sure.detail[:lines]))
        self.detail.setVisible(bool(sure.detail))


class Cautions(QFrame):
    """Remarks to know before quoting a number.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Caution, ...] = ()
        self.setProperty("card", "true")
        layout = column(self, margins=(16, 14, 16, 14), spacing=8)
        self.head = label("lab")
        layout.addWidget(self.head)
        self._list = column(spacing=8)
        layout.addLayout(self._list)

    def render(self, cautions: tuple[Caution, ...]) -> None:
        """Show the remarks."""
        self.head.setText(_("Cautions"))
        self.setVisible(bool(cautions))
        if cautions == self._shown:
            return
        self._shown = cautions
        clear(self._list)
        for caution in cautions:
            made = Message(self._theme, caution.severity.value)
            made.say(caution.title, caution.text)
            self._list.addWidget(made)


def card_column(*cards: QFrame) -> QWidget:
    """Cards one below the other, scrolled when the window is small."""
    holder = QWidget()
    layout = column(holder, spacing=12)
    for made in cards:
        layout.addWidget(made)
    layout.addStretch(1)
    return holder


class OptionsCard(QFrame):
    """The card left of a chart; wide enough for its words at any text size.

    Args:
        theme: the look in force.
        name: object name.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setProperty("card", "true")
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(min(self._theme.px(206), _WIDEST_OPTIONS))
