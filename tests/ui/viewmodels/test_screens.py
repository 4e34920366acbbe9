"""View-models of the screens on the sample country, without a window."""

from __future__ import annotations

import math
from collections.abc import Callable

from ui.tasks import TaskRunner
from ui.viewmodels.data import DataViewModel
from ui.viewmodels.data_grid import ALL_INPUTS
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.impact import ImpactViewModel
from ui.viewmodels.indicators import IndicatorsViewModel
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef, SourceViewModel
from ui.viewmodels.trends import POINTS_ONLY, TrendsViewModel

Settle = Callable[[TaskRunner], None]


def test_home_has_a_tile_a_pillar_and_steps_with_verbs(
    opened: SessionViewModel, settle: Settle
) -> None:
    home = HomeViewModel(opened)
    home.reload()
    settle(opened.runner)

    assert [tile.code for tile in home.state.tiles] == ["PRV-03", "PRT-04", "PRS-05"]
    assert all(tile.sentence and tile.value for tile in home.state.tiles)
    assert all(step.verb and step.action for step in home.state.steps)
    assert [row.title for row in home.state.recent] == ["Valdoria"]


def test_home_agrees_with_the_service(opened: SessionViewModel, settle: Settle) -> None:
    from workbench.services import indicators

    home = HomeViewModel(opened)
    home.reload()
    settle(opened.runner)

    (series,) = indicators.compute(opened.workspace, ["PRS-05"], areas=["XVA"])
    expected = [value.value for value in series.values]
    shown = [None if math.isnan(value) else value for value in home.state.tiles[2].values]
    assert shown == expected


def test_data_shows_what_the_file_says_beside_the_value(
    opened: SessionViewModel, settle: Settle
) -> None:
    data = DataViewModel(opened)
    settle(opened.runner)
    data.choose_source("police")
    settle(opened.runner)

    heads = [head.text for head in data.state.grid.heads]
    says, value = (
        heads.index("File says"),
        next(i for i, text in enumerate(heads) if text.startswith("Value")),
    )
    row = data.state.grid.rows[0]
    assert row.cells[says].text == row.cells[value].text.replace(",", "")
    assert data.state.grid.total >= len(data.state.grid.rows) > 0
    assert data.state.raw.file == "police.csv"


def test_choosing_a_value_finds_its_cell_in_the_sheet(
    opened: SessionViewModel, settle: Settle
) -> None:
    data = DataViewModel(opened)
    told: list[tuple[str, ...]] = []
    data.value_chosen.connect(lambda *value: told.append(value))
    settle(opened.runner)
    data.choose_source("police")
    settle(opened.runner)

    key = data.state.grid.rows[3].key
    data.choose_value(key)
    settle(opened.runner)

    assert isinstance(key, CellRef)
    assert told == [(key.variable, key.area, key.period, key.breakdown)]
    line = next(row for row in data.state.raw.rows if row.key == key.row)
    assert key.column is not None
    assert line.cells[key.column - 1].text == data.state.grid.rows[3].cells[3].text
    assert line.cells[key.column - 1].frame == "border"


def test_all_inputs_and_a_region_narrow_the_grid(opened: SessionViewModel, settle: Settle) -> None:
    data = DataViewModel(opened)
    settle(opened.runner)
    data.choose_source("police")
    settle(opened.runner)
    one = data.state.grid.total

    data.choose_input(ALL_INPUTS)
    settle(opened.runner)
    assert data.state.grid.total > one

    opened.choose_area("XV-02")
    settle(opened.runner)
    assert {row.cells[0].text for row in data.state.grid.rows} == {
        next(area.names["en"] for area in opened.state.areas if area.code == "XV-02")
    }


def test_the_catalogue_tells_what_is_missing(opened: SessionViewModel, settle: Settle) -> None:
    view = IndicatorsViewModel(opened)
    settle(opened.runner)

    assert view.state.chosen == "PRS-05"
    lacking = [entry for entry in view.state.entries if entry.state in ("partly", "not")]
    assert lacking
    assert all(entry.missing for entry in lacking)
    assert view.state.chart is not None
    assert view.state.formula.result


def test_the_filter_ignores_accents_and_case(opened: SessionViewModel, settle: Settle) -> None:
    view = IndicatorsViewModel(opened)
    settle(opened.runner)

    view.set_core(only=False)
    view.set_filter("CONDENA resueltas")
    assert [entry.code for entry in view.state.visible("es")] == ["PRS-05"]
    view.set_filter("prs-05")
    assert [entry.code for entry in view.state.visible("en")] == ["PRS-05"]
    view.set_filter("no such thing")
    assert view.state.visible("en") == ()


def test_without_a_project_the_catalogue_still_opens(
    session: SessionViewModel, settle: Settle
) -> None:
    view = IndicatorsViewModel(session)
    settle(session.runner)

    assert len(view.state.entries) > 40
    assert view.state.chosen == ""
    assert view.state.chart is None

    view.choose("PRS-05")
    settle(session.runner)

    assert view.state.indicator is not None
    assert view.state.refusal
    assert not view.state.has_project


def test_a_value_leads_down_to_its_cells(opened: SessionViewModel, settle: Settle) -> None:
    source = SourceViewModel(opened)

    source.show_indicator("PRS-05", "XVA", "2021")
    settle(opened.runner)

    state = source.state
    assert state.figure.startswith("6")
    assert state.nodes[0].depth == 0
    cells = [node.cell for node in state.nodes if node.cell is not None]
    assert {cell.variable for cell in cells}
    assert all(cell.row for cell in cells)
    assert any("SHA-256" in node.detail for node in state.nodes)
    assert state.figure in state.as_text()


def test_a_value_that_does_not_exist_is_said(opened: SessionViewModel, settle: Settle) -> None:
    source = SourceViewModel(opened)

    source.show_value("vic_detected", "XVA", "1950")
    settle(opened.runner)

    assert source.state.problem
    assert source.state.cell is None


def test_a_trend_has_words_a_recommendation_and_reasons(
    opened: SessionViewModel, settle: Settle
) -> None:
    view = TrendsViewModel(opened)
    settle(opened.runner)

    state = view.state
    assert state.chosen == "cnv_persons"
    assert [choice.id for choice in state.models if choice.recommended] == [state.model]
    assert all(choice.reason for choice in state.models)
    assert state.words is not None
    assert state.words.key in state.words.lead
    assert state.numbers is not None
    assert state.provisional is True


def test_leaving_out_the_provisional_year_changes_the_answer(
    opened: SessionViewModel, settle: Settle
) -> None:
    view = TrendsViewModel(opened)
    settle(opened.runner)
    before = view.state.used

    view.include_provisional(on=False)
    settle(opened.runner)

    assert view.state.provisional is False
    assert view.state.used != before
    assert "2024" in view.state.used


def test_a_short_window_is_refused_in_words(opened: SessionViewModel, settle: Settle) -> None:
    view = TrendsViewModel(opened)
    settle(opened.runner)

    opened.choose_years(2022, 2024)
    settle(opened.runner)

    state = view.state
    assert state.words is not None
    assert state.words.lead
    assert state.words.sure.bars == 0
    refused = [choice for choice in state.models if not choice.enabled]
    assert refused
    assert all(choice.reason for choice in refused)
    assert state.chart is not None
    assert not state.chart.bands


def test_points_only_claims_nothing(opened: SessionViewModel, settle: Settle) -> None:
    view = TrendsViewModel(opened)
    settle(opened.runner)

    view.choose_model(POINTS_ONLY)
    settle(opened.runner)

    assert view.state.model == POINTS_ONLY
    assert view.state.chart is not None
    assert not view.state.chart.bands
    assert view.state.numbers is None
    view.choose_series("vic_detected")
    settle(opened.runner)
    assert view.state.model != POINTS_ONLY


def test_an_impact_names_rivals_and_how_fragile_it_is(
    opened: SessionViewModel, settle: Settle
) -> None:
    view = ImpactViewModel(opened)
    settle(opened.runner)

    state = view.state
    assert state.event
    assert state.events
    assert state.words is not None
    assert "because" not in " ".join(state.words.sentences).lower()
    assert sum(row[4] for row in state.fragility.rows) <= 1
    view.choose_design("level_slope")
    settle(opened.runner)
    assert view.state.design == "level_slope"
    assert view.state.chart is not None


def test_every_event_and_a_short_series_give_words(
    opened: SessionViewModel, settle: Settle
) -> None:
    view = ImpactViewModel(opened)
    settle(opened.runner)

    for event in view.state.events:
        view.choose_event(event.id)
        settle(opened.runner)
        assert view.state.words is not None
        assert view.state.words.lead, event.id


def test_a_slow_model_is_offered_by_the_length_of_the_series_alone(
    opened: SessionViewModel,
) -> None:
    from indicators.model.period import Period
    from ui.viewmodels.answers import SLOW, _unasked
    from workbench.services import analysis

    ws = opened.workspace
    whole = analysis.trend(ws, "cnv_persons", "XVA").series
    short = analysis.trend(ws, "cnv_persons", "XVA", last=Period.of_year(2007)).series

    assert _unasked(SLOW[0], "title", "line", whole).enabled
    refused = _unasked(SLOW[0], "title", "line", short)
    assert not refused.enabled
    assert refused.reason.startswith("Only 3 values")
