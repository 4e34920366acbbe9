"""Charts of trends: marks, doubts, texts and the table twin."""

from __future__ import annotations

import dataclasses
import math

import pytest

from indicators.model.codes import Outcome, Pillar
from indicators.model.period import Period
from indicators.model.results import FittedPoint
from tests.workbench.presenting import charts as c
from workbench.presenting import trend
from workbench.presenting.spec import Chart, Gap, KeyItem, RangeBar, Role, Shape, Sign

N = "\u202f"


@pytest.mark.parametrize("name", c.CHARTS)
def test_every_mark_lies_inside_the_axes(name: str) -> None:
    chart = c.CHARTS[name]()

    places = [(p.x, p.y) for group in chart.points for p in group.points]
    places += [(bar.x, edge) for bar in chart.ranges for edge in (bar.low, bar.high)]
    places += [(label.x, label.y) for label in chart.labels]
    assert places
    assert all(chart.x.low <= x <= chart.x.high for x, _ in places)
    assert all(chart.y.low <= y <= chart.y.high for _, y in places)
    assert all(math.isfinite(y) for _, y in places)


@pytest.mark.parametrize("name", c.CHARTS)
def test_the_table_twin_holds_the_points_newest_first(name: str) -> None:
    chart = c.CHARTS[name]()

    assert chart.table is not None
    tipped = {p.tip[0] for group in chart.points for p in group.points}
    shown = {f"{row[0]}: {row[1]}" for row in chart.table.rows}
    strip = str.maketrans("", "", " \u202f")
    for tip in tipped:
        when, _, value = tip.partition(": ")
        unit_free = value.partition("\u202f")[0]
        assert any(
            row.split(": ")[1].translate(strip).startswith(unit_free.translate(strip))
            for row in shown
            if row.split(": ")[0][-4:] == when[-4:]
        ), tip
    assert len(chart.table.rows) >= len(tipped)
    assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)
    years = [row[0][-4:] for row in chart.table.rows]
    assert years == sorted(years, reverse=True)
    assert "range" in {column.id for column in chart.table.columns}
    assert all(cell for row in chart.table.rows for cell in row[:-1])  # never an empty value


def test_golden_rising_chart() -> None:
    chart = c.rising_chart()

    assert chart.title == f"Persons convicted for forced labour rose by about 10{N}% a year"
    assert chart.subtitle == "Persons convicted for forced labour, Valdoria, 2005–2024"
    assert chart.result == (
        f"Rise of about 10{N}% a year, between 8{N}% and 13{N}% (95{N}% band). 18 years used."
    )
    assert chart.source == (
        "Source: Courts of Valdoria, Judgments 2024; version March 2025. Fictitious data."
    )
    assert (chart.fictitious, chart.watermark) == (True, "FICTITIOUS DATA")
    assert chart.ranges == (
        RangeBar(
            x=2005, low=1, high=4, role=Role.PROSECUTION, label="‹5",
            tip=(f"2005: 1 to 4{N}persons",), key="2005",
        ),
    )  # fmt: skip
    assert chart.gaps == (Gap(x=2008, label="no data"),)
    assert chart.key == (
        KeyItem(sign=Sign.TREND_BAND, text=f"trend and 95{N}% band", role=Role.PROSECUTION),
        KeyItem(sign=Sign.HOLLOW, text="provisional", role=Role.PROSECUTION),
        KeyItem(sign=Sign.RANGE, text="hidden by the source: 1 to 4", role=Role.PROSECUTION),
    )
    (points,) = chart.points
    assert points.shape is Shape.SQUARE
    assert len(points.points) == 18
    assert [p.key for p in points.points if p.hollow] == ["2024"]
    assert points.points[-1].tip == (
        f"2024: 34{N}persons", "trend line 34.4 (28.2 to 40.6)", "provisional",
    )  # fmt: skip
    assert [(label.text, label.remark) for label in chart.labels] == [
        ("34", "provisional"), ("", "courts closed"),
    ]  # fmt: skip
    assert chart.table is not None
    assert chart.table.rows[0][:3] == ("2024", "34", "–")
    assert chart.table.rows[-1] == ("2005", "‹5", "1 to 4", "–", "–", "hidden by the source")
    assert chart.table.rows[-4][1] == "no data"


def test_no_line_crosses_a_break_and_the_break_stands_between_the_years() -> None:
    chart = c.broken_chart()

    (mark,) = chart.breaks
    assert mark.x == 2016.5
    assert len(chart.lines) == len(chart.bands) == 2
    for line in chart.lines:
        assert max(line.xs) < mark.x or min(line.xs) > mark.x


def test_an_unclear_result_names_the_measure_instead_of_a_finding() -> None:
    assert c.broken_chart().title == "Detected victims"


def test_a_refusal_shows_the_points_without_a_line() -> None:
    chart = c.refused_chart()

    assert not chart.lines
    assert not chart.bands
    assert chart.result.startswith("Only 5 years")
    assert chart.points[0].points[1].y == 0  # a true zero is a point on the axis


def test_without_a_model_a_thin_line_joins_neighbours_only() -> None:
    chart = trend.chart(
        None,
        c.make_series({2010: 4, 2011: 5, 2012: None, 2013: 6, 2014: 7, 2015: "1-4", 2016: 9}),
        name="Victims",
        unit="persons",
        pillar=Pillar.PROTECTION,
    )

    assert all(line.thin for line in chart.lines)
    assert [line.xs for line in chart.lines] == [(2010, 2011), (2013, 2014)]
    assert chart.result == ""


def test_values_outside_the_model_are_faded() -> None:
    result = c.make_trend(first=Period.of_year(2010), missing=(Period.of_year(2020),))
    chart = trend.chart(
        result, c.make_series(c.COURTS), name="x", unit="persons", pillar=Pillar.PROSECUTION
    )

    faded = {p.key for p in chart.points[0].points if p.faded}
    assert faded == {"2006", "2007", "2009", "2020"}


def test_a_missing_year_that_the_series_does_not_even_list_is_a_gap() -> None:
    series = c.make_series({2010: 4, 2014: 5})
    chart = trend.chart(None, series, name="x", unit="persons", pillar=Pillar.PROTECTION)

    assert chart.gaps == (Gap(x=2012, label="no data"),)


def test_after_five_labelled_events_the_rest_are_ticks() -> None:
    events = [c.law(2006 + index, f"Law {index}", f"e{index}") for index in range(7)]
    chart = trend.chart(
        None, c.make_series(c.COURTS), name="x", unit="persons", pillar=Pillar.PROSECUTION,
        events=[*events, c.law(1990, "Too early", "old")],
    )  # fmt: skip

    assert [bool(event.label) for event in chart.events] == [True] * 5 + [False] * 2
    assert chart.events[6].tip == ("Law 6", "2012")


def test_a_band_that_runs_away_does_not_flatten_the_values() -> None:
    wild = tuple(
        FittedPoint(period=p.period, value=p.value, low=0.0, high=1e6)
        for p in c.growth(2006, 2024, 5.8, 10.4)
    )
    chart = trend.chart(
        c.make_trend(fitted=wild), c.make_series(c.COURTS), name="x", unit="persons",
        pillar=Pillar.PROSECUTION,
    )  # fmt: skip

    assert chart.y.high <= 60


def test_the_text_of_the_source_stands_beside_its_range() -> None:
    chart = trend.chart(
        None, c.make_series({2005: "0-9", 2006: 12}), name="x", unit="persons",
        pillar=Pillar.PROSECUTION, raw={"2005": "<10*"},
    )  # fmt: skip

    assert chart.ranges[0].label == "<10*"


def test_long_series_get_small_marks() -> None:
    assert c.monthly_chart().points[0].small
    assert not c.rising_chart().points[0].small


def test_every_outcome_makes_a_chart() -> None:
    results = [c.make_trend(outcome) for outcome in (Outcome.FALLING, Outcome.STABLE)]
    results += [
        c.bent(a, b, outcome)
        for outcome in (Outcome.CHANGING_PACE, Outcome.CHANGING_DIRECTION)
        for a, b in ((3, 8), (8, 3), (-3, -8), (5, -4), (-5, 4))
    ]
    made = [
        trend.chart(
            r, c.make_series(c.COURTS), name="Victims", unit="persons", pillar=Pillar.PROTECTION
        )
        for r in results
    ]

    assert all("{" not in text for chart in made for text in (chart.title, chart.result))
    assert made[-1].title == "Victims fell until about 2014, then rose"
    assert made[-1].result == (
        f"−5{N}% a year before 2014, 4{N}% a year after (95{N}% band). 18 years used."
    )


def test_an_empty_series_still_makes_a_chart() -> None:
    chart: Chart = trend.chart(
        c.TOO_FEW, c.make_series({2020: None}), name="x", unit="persons", pillar=Pillar.PROTECTION
    )

    assert not chart.points[0].points
    assert dataclasses.replace(chart, title="y").title == "y"


def test_a_long_text_of_the_source_is_cut_beside_its_bar() -> None:
    chart = trend.chart(
        None, c.make_series({2005: "0-9", 2006: 12}), name="x", unit="persons",
        pillar=Pillar.PROSECUTION, raw={"2005": " menos de diez personas "},
    )  # fmt: skip

    assert chart.ranges[0].label == "menos de diez p…"
