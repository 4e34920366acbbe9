"""The first page: the sample country for a newcomer, values and next steps for an open project."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from indicators.errors import N_
from ui.actions import Actions
from ui.charts.small import PillarMark, Sparkline, Still
from ui.theme import Theme
from ui.viewmodels.first_chart import first_chart
from ui.viewmodels.home import HomeState, HomeViewModel, NextStep, Tile
from ui.viewmodels.pillars import ROLES, SHAPES
from ui.viewmodels.preferences import RecentFile
from ui.views.widgets import button, card, clear, column, label, row, rule, scrolled
from workbench.i18n import _, message

_START_CARDS = (
    # action, drawing, title, text
    ("new_project", "plus"),
    ("open_project", "folder"),
)


class HomeView(QWidget):
    """Renders ``HomeState``.

    Signals:
        recent_chosen: path of a recent file.
        indicator_chosen: code of a tile.
    """

    recent_chosen = Signal(str)
    indicator_chosen = Signal(str)

    def __init__(
        self,
        viewmodel: HomeViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_home")
        self._viewmodel, self._theme, self._actions = viewmodel, theme, actions
        self._pages = QStackedWidget()
        column(self).addWidget(self._pages)
        self.first = FirstPage(theme, actions)
        self._pages.addWidget(scrolled(self.first, "first_page"))
        self._project: ProjectPage | None = None
        viewmodel.changed.connect(self.render)
        self.retranslate()

    def render(self, state: HomeState) -> None:
        """Show the page of the state."""
        if not state.has_project:
            self._pages.setCurrentIndex(0)
            self.first.render(state)
            return
        if self._project is None:
            self._project = ProjectPage(self._theme, self._actions)
            self._project.recent_chosen.connect(self.recent_chosen)
            self._project.indicator_chosen.connect(self.indicator_chosen)
            self._pages.addWidget(scrolled(self._project, "project_page"))
        self._pages.setCurrentIndex(1)
        self._project.render(state)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.first.retranslate()
        self.render(self._viewmodel.state)


class StartCard(QFrame):
    """A button with icon, title and one line, the size of a card."""

    def __init__(
        self, theme: Theme, actions: Actions, action: str, icon: str, *, tall: bool
    ) -> None:
        super().__init__()
        self._theme, self._icon_name, self._tall = theme, icon, tall
        column(self).addWidget(made := button(f"btn_{action}"))
        made.setProperty("start", "true")
        made.setMinimumHeight(108 if tall else 60)
        made.clicked.connect(actions[action].trigger)
        self.button = made
        inner = column(spacing=3) if tall else row(spacing=14)
        made.setLayout(inner)
        inner.setContentsMargins(17, 12, 14, 12)
        self._icon, self._title, self._text = QLabel(), label("heavy"), label("body2")
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

    def say(self, title: str, text: str) -> None:
        """Take the words."""
        self._title.setText(title)
        self._text.setText(text)
        self.button.setAccessibleName(title)
        self.button.setAccessibleDescription(text)


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
        for action, icon in _START_CARDS:
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

    def render(self, state: HomeState) -> None:
        """Recent files would crowd this page; they are in the menu."""

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
        name, code = label("", wrap=False), label("small")
        name.setText(tile.name)
        name.setToolTip(tile.name)
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


class ProjectPage(QWidget):
    """A project is open: start row, three tiles, what next, recent files."""

    recent_chosen = Signal(str)
    indicator_chosen = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        layout = column(self, margins=(20, 6, 20, 16), spacing=14)
        starts = row(spacing=12)
        self.cards = {}
        for action, icon in (("open_sample", "play"), *_START_CARDS):
            self.cards[action] = StartCard(theme, actions, action, icon, tall=False)
            starts.addWidget(self.cards[action], 1)
        layout.addLayout(starts)
        heading = row(spacing=10, margins=(0, 4, 0, 0))
        self.glance, self.year = label("section", name="lbl_glance"), label("quiet")
        heading.addWidget(self.glance)
        heading.addWidget(self.year, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(heading)
        self._tiles = QGridLayout()
        self._tiles.setSpacing(12)
        layout.addLayout(self._tiles)
        self._shown_tiles: tuple[Tile, ...] | None = None
        lists = row(spacing=12)
        self.next_card, self.recent_card = card("next"), card("recent")
        self._next = column(self.next_card)
        self._recent = column(self.recent_card)
        lists.addWidget(self.next_card, 59)
        lists.addWidget(self.recent_card, 41)
        layout.addLayout(lists, 1)

    def render(self, state: HomeState) -> None:
        """Show the state."""
        for action, made in self.cards.items():
            made.say(*start_words(action))
        self.glance.setText(message(N_("{title} at a glance"), {"title": state.title}))
        self.year.setText(str(state.last_year) if state.last_year else "")
        if state.loading and not state.tiles:
            self.year.setText(_("Computing…"))
        self._show_tiles(state.tiles)
        self._show_steps(state.steps)
        self._show_recent(state.recent)

    def _show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        if tiles == self._shown_tiles:
            return
        self._shown_tiles = tiles
        clear(self._tiles)
        for index, tile in enumerate(tiles):
            made = TileCard(self._theme, tile)
            made.button.clicked.connect(
                lambda _on=False, code=tile.code: self.indicator_chosen.emit(code)
            )
            self._tiles.addWidget(made, 0, index)
            self._tiles.setColumnStretch(index, 1)

    def _show_steps(self, steps: tuple[NextStep, ...]) -> None:
        clear(self._next)
        heading = row(margins=(16, 12, 16, 12), spacing=8)
        title = label("heavy")
        title.setText(_("What next"))
        source = label("quiet")
        source.setText(_("made from the state of this project"))
        heading.addWidget(title)
        heading.addWidget(source, 1)
        self._next.addLayout(heading)
        for step in steps:
            self._next.addWidget(rule())
            self._next.addLayout(self._step(step))
        self._next.addStretch(1)

    def _step(self, step: NextStep) -> QHBoxLayout:
        line = row(margins=(16, 9, 16, 9), spacing=12)
        icon = QLabel()
        icon.setPixmap(self._theme.pixmap(step.icon, "ink-2", 18))
        words = column(spacing=1)
        title, detail = label("strong", wrap=True), label("small", wrap=True)
        title.setText(message(step.text, step.data))
        detail.setText(message(step.detail, step.data))
        words.addWidget(title)
        words.addWidget(detail)
        do = button(f"btn_next_{step.action}")
        do.setText(_(step.verb))
        do.clicked.connect(self._actions[step.action].trigger)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(do)
        return line

    def _show_recent(self, files: tuple[RecentFile, ...]) -> None:
        clear(self._recent)
        heading = row(margins=(16, 12, 16, 12))
        title = label("heavy")
        title.setText(_("Recent files"))
        heading.addWidget(title)
        self._recent.addLayout(heading)
        for file in files[:4]:
            self._recent.addWidget(rule())
            self._recent.addWidget(self._file(file))
        self._recent.addStretch(1)
        drop = DropZone(self._theme, height=44)
        drop.text.setText(_("Drop an Excel, CSV or ODS file anywhere"))
        drop.text.setProperty("role", "small")
        holder = row(margins=(16, 8, 16, 14))
        holder.addWidget(drop)
        self._recent.addLayout(holder)

    def _file(self, file: RecentFile) -> QWidget:
        made = button("btn_recent")
        made.setProperty("start", "true")
        made.setProperty("recent", "true")
        made.setEnabled(file.exists)
        made.setMinimumHeight(self._theme.px(44))
        made.clicked.connect(lambda _on=False, path=str(file.path): self.recent_chosen.emit(path))
        made.setAccessibleName(file.path.name)
        made.setToolTip(str(file.path))
        layout = row(made, margins=(16, 5, 16, 5), spacing=12)
        icon = QLabel()
        icon.setPixmap(self._theme.pixmap("file", "ink-2" if file.exists else "ink-3", 18))
        words = column(spacing=1)
        name, detail = label("strong"), label("small")
        name.setText(file.path.name)
        text = (
            message(N_("{title}, to {year}"), {"title": file.title, "year": file.last_year})
            if file.last_year
            else file.title
        )
        detail.setText(text if file.exists else _("not found on this laptop"))
        words.addWidget(name)
        words.addWidget(detail)
        layout.addWidget(icon)
        layout.addLayout(words, 1)
        for part in (icon, name, detail):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made
