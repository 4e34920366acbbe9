"""The first page: the sample country for a newcomer, values and next steps for an open project."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QWidget,
)

from indicators.errors import N_
from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.home import HomeState, HomeViewModel, NextStep, Tile
from ui.viewmodels.preferences import RecentFile
from ui.viewmodels.wording import tip_text
from ui.views.home_cards import START_CARDS, DropZone, StartCard, TileCard, start_words
from ui.views.home_first import FirstPage
from ui.views.waiting import Waiting
from ui.views.widgets import button, card, clear, column, label, row, rule, scrolled
from workbench.i18n import _, language, message

LARGE = 1.6
"""From this scale of the text on, two cards stand beside each other instead of three."""


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
        self.viewmodel, self._theme, self._actions = viewmodel, theme, actions
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
            return
        if self._project is None:
            self._project = ProjectPage(self._theme, self._actions)
            self._project.recent_chosen.connect(self.recent_chosen)
            self._project.indicator_chosen.connect(self.indicator_chosen)
            self._project.waiting.stop.connect(self.viewmodel.stop)
            self._project.waiting.again.connect(self.viewmodel.reload)
            self._pages.addWidget(scrolled(self._project, "project_page"))
        self._pages.setCurrentIndex(1)
        self._project.render(state)

    def recompute(self) -> None:
        """Compute again."""
        self.viewmodel.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """What waited for somebody to look is done now."""
        super().showEvent(event)
        self.viewmodel.see(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.viewmodel.see(on=False)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.first.retranslate()
        self.render(self.viewmodel.state)


class ProjectPage(QWidget):
    """A project is open: start row, three tiles, what next, recent files."""

    recent_chosen = Signal(str)
    indicator_chosen = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        layout = column(self, margins=(20, 6, 20, 16), spacing=14)
        self._starts = QGridLayout()
        self._starts.setSpacing(12)
        self.cards = {}
        for action, icon in (("open_sample", "play"), *START_CARDS):
            self.cards[action] = StartCard(theme, actions, action, icon, tall=False)
        layout.addLayout(self._starts)
        heading = row(spacing=10, margins=(0, 4, 0, 0))
        self.glance, self.year = label("section", name="lbl_glance"), label("quiet")
        heading.addWidget(self.glance)
        heading.addWidget(self.year, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(heading)
        self.waiting = Waiting("waiting_home")
        layout.addWidget(self.waiting)
        self._tiles = QGridLayout()
        self._tiles.setSpacing(12)
        layout.addLayout(self._tiles)
        self._shown_tiles: tuple[Tile, ...] | None = None
        self._lists = row(spacing=12)
        self.next_card, self.recent_card = card("next"), card("recent")
        self._next = column(self.next_card)
        self._recent = column(self.recent_card)
        self._lists.addWidget(self.next_card, 59)
        self._lists.addWidget(self.recent_card, 41)
        layout.addLayout(self._lists, 1)
        self._files: tuple[RecentFile, ...] = ()
        self._takes_files = True
        self._listed: tuple[object, ...] = ()
        theme.changed.connect(lambda: self._show_recent(self._files))
        theme.changed.connect(self._arrange)
        self._arrange()

    @property
    def _columns(self) -> int:
        """Cards beside each other: fewer where the text is large."""
        return 3 if self._theme.scale < LARGE else 2

    def _arrange(self) -> None:
        for grid in (self._starts, self._tiles):
            for column_at in range(3):
                grid.setColumnStretch(column_at, int(column_at < self._columns))
        for index, made in enumerate(self.cards.values()):
            self._starts.addWidget(made, index // self._columns, index % self._columns)
        beside = self._columns == 3
        self._lists.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        shown, self._shown_tiles = self._shown_tiles, None
        self._show_tiles(shown or ())

    def render(self, state: HomeState) -> None:
        """Show the state."""
        for action, made in self.cards.items():
            made.say(*start_words(action))
        self.glance.setText(message(N_("{title} at a glance"), {"title": state.title}))
        self.year.setText(str(state.last_year) if state.last_year else "")
        if state.loading and not state.tiles:
            self.year.setText(_("Computing…"))
        self.waiting.render(
            state.done,
            # without protection the three values are there before a bar could be read
            state.total if state.hides else -1,
            loading=state.loading,
            stopped=state.stopped,
            hides=state.hides,
        )
        self._show_tiles(state.tiles)
        look = (language(), self._theme.kind, self._theme.scale)
        if self._listed != (state.steps, state.recent, state.hides, look):
            self._listed = (state.steps, state.recent, state.hides, look)
            self._show_steps(state.steps)
            self._takes_files = not state.hides
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
            self._tiles.addWidget(made, index // self._columns, index % self._columns)

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
        detail.setText(message(step.detail, step.data) if step.detail else "")
        if not step.detail:
            detail.hide()  # shown without a parent it would be a window of its own
        words.addWidget(title)
        words.addWidget(detail)
        do = button(f"btn_next_{step.action}")
        do.setText(_(step.verb))
        do.setAccessibleDescription(title.text())
        do.clicked.connect(lambda _on=False, name=step.action: self._open(name))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(do)
        return line

    def _open(self, name: str) -> None:
        """Trigger an action; a list that is shown already stays."""
        action = self._actions[name]
        if not (action.isCheckable() and action.isChecked()):
            action.trigger()

    def _show_recent(self, files: tuple[RecentFile, ...]) -> None:
        self._files = files
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
        if not self._takes_files:
            return
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
        made.setToolTip(tip_text(str(file.path)))
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
