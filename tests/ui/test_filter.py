"""The filter of the context bar: one group of persons on every screen that can show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indicators.model.series import Breakdown
from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.head import cut_text
from workbench.services import indicators

Settle = Callable[[TaskRunner], None]


def test_a_group_is_chosen_shown_as_a_chip_and_removed(
    open_program: Program, settle: Settle
) -> None:
    window, session = open_program.window, open_program.session
    window.show_indicator("PVL-01")
    settle(open_program.runner)
    screen: Any = window.screens["indicators"]
    head = window.head
    everybody = screen.viewmodel.state.chart
    at = head.cut.findData("SEX=F")
    assert at > 0
    assert not head.chip.isVisible()

    head.cut.setCurrentIndex(at)
    head.cut.activated.emit(at)
    settle(open_program.runner)
    chart = screen.viewmodel.state.chart
    (women,) = indicators.compute(
        session.workspace, ["PVL-01"], breakdowns=[Breakdown.parse("SEX=F")]
    )
    assert chart.points[0].points[-1].y == women.values[-1].value
    assert chart.points[0].points[-1].y != everybody.points[0].points[-1].y
    assert cut_text("SEX=F").lower() in chart.subtitle.lower()
    assert head.chip.isVisible()

    head.chip.click()
    settle(open_program.runner)
    assert not head.chip.isVisible()
    assert session.state.cut == ""


def test_trends_and_sources_follow_the_group(open_program: Program, settle: Settle) -> None:
    window, session = open_program.window, open_program.session
    window.show_screen("trends")
    settle(open_program.runner)
    screen: Any = window.screens["trends"]
    trends = screen.viewmodel
    trends.choose_series("vic_detected")
    settle(open_program.runner)
    whole = trends.state.chart
    session.choose_cut("SEX=M")
    settle(open_program.runner)
    men = trends.state.chart
    assert men.points[0].points[-1].y < whole.points[0].points[-1].y

    trends.choose_value(men.points[0].points[-1].key)
    settle(open_program.runner)
    cell = open_program.commands.ensure_dock().viewmodel.state.cell
    assert cell is not None
    assert cell.breakdown == "SEX=M"


def test_the_filter_stands_only_where_it_counts(open_program: Program, settle: Settle) -> None:
    window = open_program.window
    open_program.session.choose_cut("SEX=F")
    for name, shown in (("data", False), ("scorecard", False), ("trends", True), ("home", False)):
        window.show_screen(name)
        settle(open_program.runner)
        assert window.head.chip.isVisible() is shown
        assert window.head.cut.isVisible() is shown


def test_a_group_that_is_not_counted_apart_is_said(open_program: Program, settle: Settle) -> None:
    window = open_program.window
    window.show_indicator("PRS-05")
    settle(open_program.runner)
    open_program.session.choose_cut("CIT=FOR")
    settle(open_program.runner)
    screen: Any = window.screens["indicators"]
    state = screen.viewmodel.state
    if state.chart is None:
        assert "group" in state.refusal
