"""The catalogue at the left, the chosen indicator or what it lacks at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from indicators.errors import N_
from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.indicators import IndicatorsState, IndicatorsViewModel
from ui.viewmodels.pillars import NAMES, ROLES, SHAPES
from ui.views.catalogue_list import CatalogueList
from ui.views.chart_card import ChartCard, row_keys
from ui.views.indicator_tabs import (
    CautionTab,
    ChangesTab,
    DefinitionTab,
    FormulaTab,
    MissingCard,
    MissingList,
    ReadingTab,
)
from ui.views.short_words import ShortButton
from ui.views.tables import TableView
from ui.views.widgets import (
    Badge,
    EmptyState,
    Segments,
    button,
    card,
    column,
    label,
    row,
    scrolled,
)
from workbench.i18n import _, language, local, message
from workbench.presenting.spec import Table

TABS = (
    N_("Definition"),
    N_("Formula"),
    N_("Cautions"),
    N_("Likely reading"),
    N_("What is missing"),
    N_("History of the definition"),
)
READING, MISSING = 3, 4


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
        self._actions = actions
        split = QSplitter()
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        row(self, margins=(20, 0, 20, 16)).addWidget(split)
        split.addWidget(self._catalogue())
        self.right = QStackedWidget()
        self.right.addWidget(scrolled(self._right(actions), "indicator_area"))
        self.right.addWidget(self._empty())
        split.addWidget(self.right)
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
        self.count = label("small", wrap=True)
        line.addWidget(self.sets)
        line.addStretch(1)
        top.addLayout(line)
        top.addWidget(self.count)
        layout.addLayout(top)
        self.list = CatalogueList(self._theme)
        self.list.code_chosen.connect(self.viewmodel.choose)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._own())
        return frame

    def _own(self) -> QVBoxLayout:
        """Buttons of own indicators, one below the other: they are long in every language."""
        foot = column(margins=(12, 0, 12, 0), spacing=6)
        self.add = ShortButton("btn_add_indicator")
        self.change = button("btn_change_indicator", kind="plain")
        self.remove = button("btn_remove_indicator", kind="plain")
        self.add.clicked.connect(lambda: self._open_form(""))
        self.change.clicked.connect(lambda: self._open_form(self.viewmodel.state.chosen))
        self.remove.clicked.connect(self.viewmodel.remove_own)
        for made in (self.change, self.remove, self.add):
            foot.addWidget(made)
        return foot

    def _empty(self) -> EmptyState:
        self.empty = EmptyState(self._theme, "indicators", "btn_begin")
        self.empty.button.clicked.connect(self._begin)
        return self.empty

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
        self.missing_card = MissingCard()
        self.missing_card.importing.clicked.connect(actions["import_file"].trigger)
        right.addWidget(self.missing_card)
        values = self._values_card = card("values")
        self.values = TableView(self._theme, "tbl_values")
        self.values.chosen.connect(lambda key: self.viewmodel.choose_period(str(key)))
        column(values, margins=(1, 1, 1, 1)).addWidget(self.values)
        right.addWidget(values)
        right.addWidget(self._definition())
        for index, share in enumerate((3, 3, 1, 2)):
            right.setStretchFactor(index, share)
        right.setSizes([300, 300, 130, 216])
        self._theme.changed.connect(self._fit)
        self._fit()
        return right

    def _fit(self) -> None:
        """Room for large text: what does not fit in the window is scrolled to."""
        for widget, least in (
            (self.chart, 250),
            (self.missing_card, 250),
            (self._values_card, 104),
            (self._definition_card, 150),
        ):
            widget.setMinimumHeight(self._theme.px(least))

    def _definition(self) -> QFrame:
        frame = self._definition_card = card("definition")
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs_definition")
        self.tabs.setDocumentMode(True)
        column(frame, margins=(10, 2, 10, 8)).addWidget(self.tabs)
        self.definition = DefinitionTab()
        self.formula = FormulaTab()
        self.cautions, self.reading = CautionTab(self._theme), ReadingTab(self._theme)
        self.changes, self.missing = ChangesTab(self._theme), MissingList()
        for tab in (self.definition, self.formula, self.cautions, self.reading, self.missing):
            self.tabs.addTab(scrolled(tab), "")
        self.tabs.addTab(self.changes, "")
        return frame

    # rendering

    def render(self, state: IndicatorsState) -> None:
        """Show the state."""
        writable = state.has_project and not self.viewmodel.session.state.read_only
        self.add.setEnabled(writable)
        for made in (self.change, self.remove):
            made.setVisible(state.is_own)
            made.setEnabled(writable)
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
        self._show_empty(state)
        self._show_indicator(state)

    def _show_empty(self, state: IndicatorsState) -> None:
        """What to do first, while no indicator is chosen."""
        self.right.setCurrentIndex(0 if state.chosen or not state.entries else 1)
        counts = {"ready": state.ready, "total": len(state.entries)}
        if state.has_project:
            words = N_(
                "Choose an indicator. {ready} of {total} can be computed from your data; "
                "see what is missing for the others."
            )
            self.empty.button.setText(_("Import a file…"))
        else:
            words = N_("Choose one of {total} indicators to read its definition and formula.")
            self.empty.button.setText(_("Open the sample country"))
        self.empty.words.setText(message(words, counts))

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
        lacks = state.chart is None and bool(state.missing)
        self.chart.setVisible(not lacks)
        self.missing_card.setVisible(lacks)
        self.missing_card.render(_named(indicator.code, local(indicator.name)), state.missing)
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
        self.reading.render(state.reading)
        self.missing.render(state.missing)
        self.changes.render(state.changes)
        self.tabs.setTabVisible(READING, bool(state.reading))
        self.tabs.setTabVisible(MISSING, bool(state.missing) and not lacks)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.filter.setPlaceholderText(_("Find an indicator"))
        self.filter.setAccessibleName(_("Find an indicator"))
        self.list.setAccessibleName(_("Catalogue of indicators"))
        self.values.setAccessibleName(_("Values"))
        for index, text in enumerate(TABS):
            self.tabs.setTabText(index, _(text))
        self.tabs.setAccessibleName(_("About the indicator"))
        self.add.setText(_("Add an indicator…"))
        self.change.setText(_("Change the indicator…"))
        self.remove.setText(_("Remove the indicator"))
        self.chart.retranslate()
        if self.viewmodel.state.chosen:
            self.viewmodel.compute()
        self.render(self.viewmodel.state)

    # own indicators

    def _open_form(self, code: str) -> None:
        from ui.views.own_indicator_dialog import OwnIndicatorDialog

        OwnIndicatorDialog(self.viewmodel, self._theme, code, self).open()

    def _begin(self) -> None:
        has = self.viewmodel.state.has_project
        self._actions["import_file" if has else "open_sample"].trigger()

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


def _named(code: str, name: str) -> str:
    return f"{code.replace('-', chr(0x2011))} {name}"
