"""An event and a series: what was expected, what was seen, and how fragile the answer is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QStackedWidget, QWidget

from indicators.errors import N_
from ui.actions import Actions
from ui.charts import marks
from ui.charts.small import FalseDates
from ui.theme import Theme
from ui.viewmodels.impact import DELAYS, LEVEL, LEVEL_SLOPE, ImpactState, ImpactViewModel
from ui.views.answer_cards import Cautions, HowSure, OptionsCard, PlainWords, card_column
from ui.views.chart_card import ChartCard
from ui.views.choices import SeriesPicker, plain_picker
from ui.views.three_columns import ThreeColumns
from ui.views.widgets import EmptyState, Segments, clear, column, label, row, rule, scrolled
from workbench.i18n import _, counted, language, local, message

KINDS = {
    "law": N_("Law"),
    "plan": N_("Plan"),
    "campaign": N_("Campaign"),
    "programme": N_("Programme"),
    "budget": N_("Budget"),
    "shock": N_("Shock"),
    "other": N_("Other"),
}


class ImpactView(QWidget):
    """Renders ``ImpactState``."""

    def __init__(
        self,
        viewmodel: ImpactViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_impact")
        self.viewmodel, self._theme = viewmodel, theme
        self._pages = QStackedWidget()
        column(self).addWidget(self._pages)
        page = QWidget()
        self._pages.addWidget(page)
        self.empty = EmptyState(theme, "impact", "btn_empty_impact")
        self.empty.button.clicked.connect(actions["add_event"].trigger)
        self.empty.offer("btn_empty_sample", actions["open_sample"].trigger)
        self._pages.addWidget(self.empty)
        self.chart = ChartCard(theme, actions, "chart_impact", numbers=True)
        self.chart.chosen.connect(viewmodel.choose_value)
        self.words, self.sure, self.cautions = PlainWords(theme), HowSure(theme), Cautions(theme)
        self.fragile = FragileCard(theme)
        words = card_column(self.words, self.fragile, self.sure, self.cautions)
        parts = (self._options(), self.chart, words)
        self.columns = ThreeColumns(theme, "impact", parts, viewmodel.session.preferences)
        column(page).addWidget(self.columns)
        viewmodel.changed.connect(self.render)
        self.retranslate()

    def _options(self) -> QFrame:
        frame = OptionsCard(self._theme, "impact_options")
        inside = QWidget()
        column(frame, margins=(1, 1, 1, 1)).addWidget(scrolled(inside))
        layout = column(inside, margins=(15, 14, 15, 14), spacing=5)
        names = ("event", "series", "design", "delay", "rivals")
        self._heads = {name: label("lab") for name in names}
        self.event_box = plain_picker("pick_event")
        self.event_box.activated.connect(
            lambda: self.viewmodel.choose_event(self.event_box.currentData())
        )
        self.event_detail = label("small", wrap=True)
        self.series = SeriesPicker(self._theme, "pick_series")
        self.series.code_chosen.connect(self.viewmodel.choose_series)
        self.design = Segments("seg_design")
        self.design.chosen.connect(self.viewmodel.choose_design)
        self.delay = QComboBox()
        self.delay.setObjectName("pick_delay")
        self.delay.activated.connect(lambda: self.viewmodel.choose_delay(self.delay.currentData()))
        for name, *widgets in (
            ("event", self.event_box, self.event_detail),
            ("series", self.series),
            ("design", self.design),
            ("delay", self.delay),
        ):
            layout.addWidget(self._heads[str(name)])
            for widget in widgets:
                assert isinstance(widget, QWidget)
                layout.addWidget(widget)
            layout.addSpacing(10)
        layout.addStretch(1)
        self._line = rule()
        layout.addWidget(self._line)
        layout.addWidget(self._heads["rivals"])
        self._rivals = column(spacing=6)
        layout.addLayout(self._rivals)
        self.used = label("small", wrap=True)
        layout.addWidget(self.used)
        return frame

    def render(self, state: ImpactState) -> None:
        """Show the state."""
        words = language()
        nothing = not state.events and not state.loading
        self._pages.setCurrentIndex(1 if nothing else 0)
        self._show_event(state)
        self.series.render(state.choices, state.chosen, words)
        self.design.show_choices(
            [(LEVEL, _("Level")), (LEVEL_SLOPE, _("Level and slope"))], state.design
        )
        self.delay.setCurrentIndex(max(self.delay.findData(state.delay), 0))
        self._show_rivals(state.rivals)
        waiting = _("Computing…") if state.loading else _("There are no series yet.")
        self.chart.show_chart(state.chart, waiting=waiting)
        if self.chart.fold is not None:
            self.chart.fold.show_table(state.numbers)
        self.words.render(state.words)
        self.sure.render(state.words.sure if state.words else None, lines=1)
        self.cautions.render(state.words.cautions if state.words else ())
        self.fragile.render(state)
        self.used.setText(state.used)

    def _show_event(self, state: ImpactState) -> None:
        entries = [(local(event.names), event.id) for event in state.events]
        now = [
            (self.event_box.itemText(i), self.event_box.itemData(i))
            for i in range(self.event_box.count())
        ]
        if now != entries:
            self.event_box.clear()
            for text, key in entries:
                self.event_box.addItem(text, key)
        self.event_box.setCurrentIndex(self.event_box.findData(state.event))
        event = next((event for event in state.events if event.id == state.event), None)
        self.event_detail.setText(
            message(
                "{kind}, {year}", {"kind": _(KINDS.get(event.kind, "Other")), "year": event.year}
            )
            if event
            else ""
        )

    def _show_rivals(self, rivals: tuple[tuple[str, str], ...]) -> None:
        clear(self._rivals)
        self._heads["rivals"].setVisible(bool(rivals))
        self._line.setVisible(bool(rivals))
        for letter, name in rivals:
            line = row(spacing=8)
            words = label("", wrap=True)
            words.setText(name)
            line.addWidget(Letter(self._theme, letter), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(words, 1)
            self._rivals.addLayout(line)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        for name, text in (
            ("event", _("Event")),
            ("series", _("Series")),
            ("design", _("What may change")),
            ("delay", _("Delay")),
            ("rivals", _("Other events in these years")),
        ):
            self._heads[name].setText(text)
        self.event_box.setAccessibleName(_("Event"))
        self.series.setAccessibleName(_("Series"))
        self.delay.setAccessibleName(_("Delay"))
        self.delay.clear()
        for years in DELAYS:
            text = counted("{n} year", "{n} years", years) if years else _("none")
            self.delay.addItem(text, years)
        self.empty.words.setText(
            _("Here you see whether a series changed after a law, a plan or a campaign. "
              "This project has no events yet.")
        )  # fmt: skip
        self.empty.button.setText(_("Add an event…"))
        self.empty.link.setText(_("See it with the sample"))
        self.chart.retranslate()
        self.render(self.viewmodel.state)
        if self.viewmodel.state.chart is not None:
            self.viewmodel.compute()

    # commands of the frame

    def toggle_table(self) -> None:
        """Chart or table."""
        self.chart.toggle_table()

    def recompute(self) -> None:
        """Compute again."""
        self.viewmodel.compute()

    def find(self) -> None:
        """Go to the series."""
        self.series.setFocus()
        self.series.showPopup()


class FragileCard(QFrame):
    """False dates as a picture, and what leaving out one year gives.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        layout = column(self, margins=(16, 14, 16, 14), spacing=6)
        self.head, self.test = label("lab"), label("heavy")
        self.picture = FalseDates(theme)
        self.picture.setObjectName("chart_false_dates")
        self.text = label("small", wrap=True)
        for widget in (self.head, self.test, self.picture, self.text):
            layout.addWidget(widget)

    def render(self, state: ImpactState) -> None:
        """Show how fragile the answer is."""
        fragile = state.fragility
        self.setVisible(bool(fragile.rows or fragile.sentences))
        self.head.setText(_("How fragile is this answer?"))
        self.test.setText(_("Test with false dates"))
        for widget in (self.test, self.picture):
            widget.setVisible(bool(fragile.rows))
        self.picture.show_dates(fragile.rows, fragile.ticks, fragile.role, fragile.shape)
        self.picture.setAccessibleName(_("Test with false dates"))
        self.picture.setAccessibleDescription(" ".join(fragile.sentences))
        self.text.setText("\n".join(fragile.sentences))


class Letter(QWidget):
    """A letter in a circle, as on the axis.

    Args:
        theme: the look in force.
        letter: which.
    """

    def __init__(self, theme: Theme, letter: str) -> None:
        super().__init__()
        self._theme, self._letter = theme, letter
        self.setFixedSize(19, 19)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        from PySide6.QtCore import QPointF

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks.lettered(
            painter, QPointF(9.5, 9.5), self._letter, colour=self._theme.colour("ink"),
            ground=self._theme.colour("surface"), font=self._theme.font("micro"),
        )  # fmt: skip
        painter.end()
