"""The catalogue at the left, the chosen indicator at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QSplitter, QTabWidget, QWidget

from indicators.errors import N_
from indicators.model.definition import Indicator
from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.indicators import IndicatorsState, IndicatorsViewModel
from ui.viewmodels.pillars import NAMES, ROLES, SHAPES
from ui.views.catalogue_list import CatalogueList
from ui.views.chart_card import ChartCard, row_keys
from ui.views.tables import TableView
from ui.views.widgets import Badge, Message, Segments, card, column, label, row, scrolled
from workbench.i18n import _, language, local, message
from workbench.presenting.spec import Table

DIRECTIONS = {
    "UP": N_("Higher is better, other things being equal."),
    "DOWN": N_("Lower is better, other things being equal."),
    "AMB": N_("It depends: no colour says “good” or “bad”."),
    "TARGET1": N_("Best near 1."),
    "CTX": N_("Background: it says nothing about good or bad."),
}


class IndicatorsView(QWidget):
    """Renders ``IndicatorsState``."""

    def __init__(
        self,
        viewmodel: IndicatorsViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_indicators")
        self.viewmodel, self._theme = viewmodel, theme
        self._table: Table | None = None
        split = QSplitter()
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        row(self, margins=(20, 0, 20, 16)).addWidget(split)
        split.addWidget(self._catalogue())
        split.addWidget(self._right(actions))
        split.setStretchFactor(1, 1)
        split.setSizes([292, 766])
        viewmodel.changed.connect(self.render)
        self.retranslate()

    # building

    def _catalogue(self) -> QFrame:
        frame = card("catalogue")
        frame.setMinimumWidth(250)
        layout = column(frame, margins=(0, 12, 0, 10), spacing=8)
        top = column(margins=(12, 0, 12, 0), spacing=8)
        self.filter = QLineEdit()
        self.filter.setObjectName("edit_filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(
            self._theme.icon("search", "ink-3", 16), QLineEdit.ActionPosition.LeadingPosition
        )
        self.filter.textChanged.connect(self.viewmodel.set_filter)
        top.addWidget(self.filter)
        line = row()
        self.sets = Segments("seg_set")
        self.sets.chosen.connect(lambda key: self.viewmodel.set_core(only=key == "core"))
        self.count = label("small")
        line.addWidget(self.sets)
        line.addStretch(1)
        top.addLayout(line)
        top.addWidget(self.count)
        layout.addLayout(top)
        self.list = CatalogueList(self._theme)
        self.list.code_chosen.connect(self.viewmodel.choose)
        layout.addWidget(self.list, 1)
        return frame

    def _right(self, actions: Actions) -> QSplitter:
        right = QSplitter()
        right.setOrientation(Qt.Orientation.Vertical)
        right.setHandleWidth(13)
        right.setChildrenCollapsible(False)
        self.chart = ChartCard(self._theme, actions, "chart_indicator")
        self.badges = [Badge(self._theme) for _index in range(4)]
        for badge in self.badges:
            self.chart.badges.addWidget(badge)
        self.chart.badges.addStretch(1)
        self.chart.chosen.connect(self.viewmodel.choose_period)
        right.addWidget(self.chart)
        values = self._values_card = card("values")
        self.values = TableView(self._theme, "tbl_values")
        self.values.chosen.connect(lambda key: self.viewmodel.choose_period(str(key)))
        column(values, margins=(1, 1, 1, 1)).addWidget(self.values)
        values.setMinimumHeight(100)
        right.addWidget(values)
        right.addWidget(self._definition())
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 1)
        right.setStretchFactor(2, 2)
        right.setSizes([300, 130, 216])
        return right

    def _definition(self) -> QFrame:
        frame = card("definition")
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs_definition")
        self.tabs.setDocumentMode(True)
        column(frame, margins=(10, 2, 10, 8)).addWidget(self.tabs)
        self.definition = DefinitionTab()
        self.formula = FormulaTab()
        self.cautions = CautionTab(self._theme)
        for tab in (self.definition, self.formula, self.cautions):
            self.tabs.addTab(scrolled(tab), "")
        frame.setMinimumHeight(150)
        return frame

    # rendering

    def render(self, state: IndicatorsState) -> None:
        """Show the state."""
        shown = state.visible(language())
        self.list.show_entries(shown, state.chosen, badges=state.has_project)
        core = sum(entry.core for entry in state.entries)
        choices = [
            ("core", message("Core {count}", {"count": core})),
            ("all", message("All {count}", {"count": len(state.entries)})),
        ]
        self.sets.show_choices(choices, "core" if state.core_only else "all")
        wanted = [entry for entry in state.entries if entry.core or not state.core_only]
        ready = sum(entry.state == "computable" for entry in wanted)
        data = {"ready": ready, "total": len(wanted)}
        self.count.setText(
            message("{ready} of {total} computable", data) if state.has_project else ""
        )
        self._show_indicator(state)

    def _show_indicator(self, state: IndicatorsState) -> None:
        indicator = state.indicator
        waiting = _("Computing…") if state.loading else state.refusal
        self.chart.show_chart(state.chart, waiting=waiting)
        table = state.chart.table if state.chart is not None else None
        keys = row_keys(state.chart) if state.chart is not None else []
        if table is not self._table:
            self._table = table
            self.values.table.show_table(table, keys)
            self.values.fit_soon()
        self._values_card.setVisible(table is not None)
        if indicator is None:
            return
        if state.chart is None:
            self.chart.title.setText(local(indicator.name))
        role, shape = ROLES[indicator.pillar], SHAPES[indicator.pillar]
        self.badges[0].show_badge(_(NAMES[indicator.pillar]), role, shape)
        self.badges[1].show_badge(indicator.code.replace("-", "\u2011"))
        self.badges[2].show_badge(state_words(state))
        numbers = " ".join(f"R{number}" for number in indicator.recommendations[:4])
        self.badges[3].show_badge(numbers)
        if state.period:
            self.chart.choose(state.period)
            self.values.choose(state.period)
        self.definition.render(indicator)
        self.formula.render(state)
        self.cautions.render(indicator)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.filter.setPlaceholderText(_("Find an indicator"))
        self.filter.setAccessibleName(_("Find an indicator"))
        self.list.setAccessibleName(_("Catalogue of indicators"))
        self.values.setAccessibleName(_("Values"))
        for index, text in enumerate((_("Definition"), _("Formula"), _("Cautions"))):
            self.tabs.setTabText(index, text)
        self.chart.retranslate()
        if self.viewmodel.state.chart is not None:
            self.viewmodel.compute()
        self.render(self.viewmodel.state)

    # commands of the frame

    def toggle_table(self) -> None:
        """Chart or table."""
        self.chart.toggle_table()

    def recompute(self) -> None:
        """Compute again."""
        self.viewmodel.compute()

    def find(self) -> None:
        """Go to the filter."""
        self.filter.setFocus()
        self.filter.selectAll()


def state_words(state: IndicatorsState) -> str:
    """Whether the chosen indicator can be computed."""
    entry = next((entry for entry in state.entries if entry.code == state.chosen), None)
    if entry is None or entry.state in ("", "computable"):
        return ""
    return _("partly") if entry.state == "partly" else _("not yet")


class DefinitionTab(QWidget):
    """Definition, what is counted above and below the line, why it matters."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 12, 8, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        self._heads = [label("lab") for _index in range(4)]
        self._texts = [label("", wrap=True) for _index in range(4)]
        for index, (head, text) in enumerate(zip(self._heads, self._texts, strict=True)):
            grid.addWidget(head, 2 * (index // 2), index % 2)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(text, 2 * (index // 2) + 1, index % 2, top)
            text.setContentsMargins(0, 0, 0, 8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)

    def render(self, indicator: Indicator) -> None:
        """Show a definition."""
        sides = [
            (_("Counted above the line"), indicator.numerator),
            (_("Counted below the line"), indicator.denominator),
        ]
        parts = [(head, local(side.text)) for head, side in sides if side is not None]
        parts += [
            (_("Definition"), local(indicator.definition)),
            (_("Why it matters"), local(indicator.reason)),
        ]
        parts += [("", "")] * (4 - len(parts))
        for (head, text), shown, words in zip(parts, self._heads, self._texts, strict=False):
            shown.setText(head)
            words.setText(text)


class FormulaTab(QWidget):
    """The formula in words, and with the numbers of the chosen year."""

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, margins=(8, 12, 8, 8), spacing=8)
        self.head = label("lab")
        self.words = label("", wrap=True)
        strip = QFrame()
        strip.setProperty("card", "flat")
        inside = row(strip, margins=(14, 9, 14, 9), spacing=12)
        self.period = label("body2")
        self.numbers = label("words", wrap=True)
        self.result = label("heavy")
        inside.addWidget(self.period)
        inside.addWidget(self.numbers, 1)
        inside.addWidget(self.result)
        self.strip = strip
        self.unit = label("quiet", wrap=True)
        layout.addWidget(self.head)
        layout.addWidget(self.words)
        layout.addWidget(strip)
        layout.addWidget(self.unit)
        layout.addStretch(1)

    def render(self, state: IndicatorsState) -> None:
        """Show the formula of the chosen value."""
        self.head.setText(_("In words and with this year's numbers"))
        self.words.setText(state.formula.words)
        self.period.setText(state.formula.period)
        self.numbers.setText(state.formula.numbers)
        self.result.setText(state.formula.result)
        self.strip.setVisible(bool(state.formula.numbers))
        indicator = state.indicator
        unit = state.chart.y.unit if state.chart is not None else ""
        self.unit.setText(
            message(
                "Unit: {unit}. Time: {time}.", {"unit": unit or "%", "time": _(indicator.time)}
            )
            if indicator is not None
            else ""
        )


class CautionTab(QWidget):
    """What a reader must know before quoting the number.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = column(self, margins=(8, 12, 8, 8), spacing=8)
        self.caution, self.direction = Message(theme, "warn"), Message(theme, "note")
        layout.addWidget(self.caution)
        layout.addWidget(self.direction)
        layout.addStretch(1)

    def render(self, indicator: Indicator) -> None:
        """Show the cautions of a definition."""
        text = local(indicator.cautions)
        self.caution.setVisible(bool(text))
        self.caution.say("", text)
        self.direction.say(_("How to read it"), _(DIRECTIONS[indicator.direction.value]))
