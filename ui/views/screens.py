"""Builds a screen with its view-model the first time it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from ui.views.commands import Commands
    from ui.views.frame import MainWindow


def make_screen(
    name: str,
    session: SessionViewModel,
    theme: Theme,
    window: MainWindow,
    commands: Commands,
) -> QWidget:
    """The screen of that id, wired to the source dock."""
    actions = window.actions_table
    actions.paint_icons()
    if name == "data":
        from ui.viewmodels.data import DataViewModel
        from ui.views.data import DataView

        data = DataViewModel(session, window)
        data.value_chosen.connect(
            lambda *value: commands.ensure_dock().viewmodel.show_value(*value)
        )
        return DataView(data, theme, actions)
    if name == "indicators":
        from ui.viewmodels.indicators import IndicatorsViewModel
        from ui.views.indicators import IndicatorsView

        catalogue = IndicatorsViewModel(session, window)
        catalogue.value_chosen.connect(
            lambda *value: commands.ensure_dock().viewmodel.show_indicator(*value)
        )
        return IndicatorsView(catalogue, theme, actions)

    def ask(code: str, area: str, period: str, cut: str, is_input: bool) -> None:
        viewmodel = commands.ensure_dock().viewmodel
        show = viewmodel.show_value if is_input else viewmodel.show_indicator
        show(code, area, period, cut)

    if name == "trends":
        from ui.viewmodels.trends import TrendsViewModel
        from ui.views.trends import TrendsView

        trends = TrendsViewModel(session, window)
        trends.value_chosen.connect(ask)
        return TrendsView(trends, theme, actions)
    if name == "scorecard":
        from ui.viewmodels.scorecard import ScorecardViewModel
        from ui.views.scorecard import ScorecardView

        card = ScorecardView(ScorecardViewModel(session, window), theme, actions)
        card.indicator_chosen.connect(window.show_indicator)
        return card
    from ui.viewmodels.impact import ImpactViewModel
    from ui.views.impact import ImpactView

    impact = ImpactViewModel(session, window)
    impact.value_chosen.connect(ask)
    return ImpactView(impact, theme, actions)
