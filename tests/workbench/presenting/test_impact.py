"""Charts of impacts: expected line, stems, rivals."""

from __future__ import annotations

from indicators.model.codes import Pillar
from tests.workbench.presenting import charts as c
from workbench.presenting import impact
from workbench.presenting.spec import Dash, Role, Sign

N = "\u202f"


def test_golden_impact_chart() -> None:
    chart = c.impact_chart()

    assert chart.title == (
        "After “Anti-trafficking Act”, investigations opened stood higher than the earlier trend would have given"
    )
    assert chart.result == (
        f"About 26{N}% above the earlier trend, between 6{N}% and 49{N}% (95{N}% band). 12 years used."
    )
    assert [item.sign for item in chart.key] == [
        Sign.LINE, Sign.EXPECTED_BAND, Sign.RIVAL, Sign.RIVAL,
    ]  # fmt: skip
    assert [(event.letter, event.x) for event in chart.events] == [
        ("", 2011.0), ("A", 2012.5), ("B", 2014.0),
    ]  # fmt: skip
    assert [label.text for label in chart.labels] == ["observed", "expected without it"]


def test_the_expected_line_is_dashed_grey_and_its_band_begins_after_the_event() -> None:
    chart = c.impact_chart()

    dashed = [line for line in chart.lines if line.dash is Dash.DASHED]
    assert [(line.role, line.xs[0], line.xs[-1]) for line in dashed] == [
        (Role.CONTEXT, 2010, 2016)
    ]
    assert min(chart.bands[0].xs) == 2011
    assert all(band.role is Role.CONTEXT for band in chart.bands)


def test_the_observed_line_stops_at_the_event() -> None:
    solid = [line for line in c.impact_chart().lines if line.dash is Dash.SOLID]

    assert [(line.xs[0], line.xs[-1]) for line in solid] == [(2005, 2010), (2011, 2016)]


def test_stems_lead_from_expected_to_observed_and_the_table_gives_the_difference() -> None:
    chart = c.impact_chart()

    assert [stem.x for stem in chart.stems] == list(range(2011, 2017))
    assert (chart.stems[0].start, chart.stems[0].end) == (217, 272)
    assert chart.table is not None
    assert chart.table.rows[0] == ("2016", "310", "–", "243", "196 to 303", "67", "")
    assert chart.table.rows[-1][3:] == ("–", "–", "–", "")


def test_a_refused_impact_shows_points_and_event_only() -> None:
    chart = impact.chart(
        c.TOO_FEW,
        c.make_series(c.CASES),
        event=c.law(),
        name="Investigations",
        unit="cases",
        pillar=Pillar.PROSECUTION,
    )

    assert (chart.lines, chart.bands, chart.stems) == ((), (), ())
    assert chart.title == "Investigations"
    assert chart.events[0].label == "Anti-trafficking Act"
    assert chart.labels[0].text == "310"
