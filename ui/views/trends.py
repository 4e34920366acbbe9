"""Options at the left, the chart in the middle, what it says at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.trends import TrendsState, TrendsViewModel
from ui.views.answer_cards import Cautions, HowSure, OptionsCard, PlainWords, card_column
from ui.views.chart_card import ChartCard
from ui.views.choices import ChoiceList, SeriesPicker
from ui.views.three_columns import ThreeColumns
from ui.views.widgets import column, label, scrolled
from workbench.i18n import _, language


class TrendsView(QWidget):
    """Renders ``TrendsState``."""

    def __init__(
        self,
        viewmodel: TrendsViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_trends")
        self.viewmodel, self._theme = viewmodel, theme
        self.chart = ChartCard(theme, actions, "chart_trend", numbers=True)
        self.chart.chosen.connect(viewmodel.choose_value)
        self.words, self.sure, self.cautions = PlainWords(theme), HowSure(theme), Cautions(theme)
        words = card_column(self.words, self.sure, self.cautions)
        parts = (self._options(), self.chart, words)
        self.columns = ThreeColumns(theme, "trends", parts, viewmodel.session.preferences)
        column(self).addWidget(self.columns)
        viewmodel.changed.connect(self.render)
        self.retranslate()

    def _options(self) -> QFrame:
        frame = OptionsCard(self._theme, "trend_options")
        inside = QWidget()
        column(frame, margins=(1, 1, 1, 1)).addWidget(scrolled(inside))
        layout = column(inside, margins=(15, 14, 15, 14), spacing=5)
        self._heads = {name: label("lab") for name in ("series", "model", "include")}
        self.series = SeriesPicker(self._theme, "pick_series")
        self.series.code_chosen.connect(self.viewmodel.choose_series)
        self.models = ChoiceList(self._theme)
        self.models.chosen.connect(self.viewmodel.choose_model)
        self.provisional, self.before_break = QCheckBox(), QCheckBox()
        self.provisional.setObjectName("check_provisional")
        self.before_break.setObjectName("check_before_break")
        self.provisional.clicked.connect(
            lambda on: self.viewmodel.include_provisional(on=bool(on))
        )
        self.before_break.clicked.connect(
            lambda on: self.viewmodel.include_before_break(on=bool(on))
        )
        self.used = label("small", wrap=True)
        layout.addWidget(self._heads["series"])
        layout.addWidget(self.series)
        layout.addSpacing(10)
        layout.addWidget(self._heads["model"])
        layout.addWidget(self.models)
        layout.addSpacing(10)
        layout.addWidget(self._heads["include"])
        layout.addWidget(self.provisional)
        layout.addWidget(self.before_break)
        layout.addStretch(1)
        layout.addWidget(self.used)
        return frame

    def render(self, state: TrendsState) -> None:
        """Show the state."""
        words = language()
        self.series.render(state.choices, state.chosen, words)
        self.models.render(state.models, state.model, words)
        for box, value in (
            (self.provisional, state.provisional),
            (self.before_break, state.before_break),
        ):
            box.setVisible(value is not None)
            box.setChecked(bool(value))
        self._heads["include"].setVisible(
            state.provisional is not None or state.before_break is not None
        )
        waiting = _("Computing…") if state.loading else _("There are no series yet.")
        self.chart.show_chart(state.chart, waiting=waiting)
        if self.chart.fold is not None:
            self.chart.fold.show_table(state.numbers)
        self.words.render(state.words)
        self.sure.render(state.words.sure if state.words else None)
        self.cautions.render(state.words.cautions if state.words else ())
        self.used.setText(state.used)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self._heads["series"].setText(_("Series"))
        self._heads["model"].setText(_("How to read the change"))
        self._heads["include"].setText(_("Include"))
        self.series.setAccessibleName(_("Series"))
        self.provisional.setText(_("Provisional year"))
        self.before_break.setText(_("Years before a break"))
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
