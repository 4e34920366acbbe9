"""Charts of indicators: whiskers, both counts, reasons instead of values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.errors import N_, Note
from indicators.model.codes import Pillar, Status
from indicators.model.definition import LocalText, Side
from indicators.model.results import IndicatorSeries
from indicators.model.series import TOTAL
from tests.workbench.presenting import charts as c
from workbench import i18n
from workbench.presenting import indicator
from workbench.presenting.spec import Role, Sign

N = "\u202f"


def test_golden_indicator_chart() -> None:
    chart = c.shares_chart()

    assert chart.title == "Conviction rate of cases decided"
    assert chart.subtitle == "Valdoria, 2012–2024"
    assert [tick.label for tick in chart.y.ticks] == [f"{n}{N}%" for n in (0, 25, 50, 75, 100)]
    assert chart.labels[0].text == f"55.7{N}%"
    assert chart.labels[0].remark == "provisional"
    assert [item.sign for item in chart.key] == [Sign.WHISKER, Sign.HOLLOW, Sign.RANGE]
    assert [gap.x for gap in chart.gaps] == [2015]
    (bar,) = chart.ranges
    assert (bar.low, bar.high, bar.label) == (48, 55, f"48–55{N}%")
    point = chart.points[0].points[-1]
    assert point.tip == (f"2024: 55.7{N}%", f"range 47.7 to 63.7{N}%", "89 of 160", "provisional")
    assert chart.table is not None
    assert chart.table.rows[0] == (
        "2024", f"55.7{N}%", f"47.7 to 63.7{N}%", "89", "160", "provisional",
    )  # fmt: skip
    assert chart.table.rows[9][1:] == ("no data", "–", "–", "–", "No value: x is missing.")


def test_the_line_stops_at_gaps_and_ranges() -> None:
    lines = c.shares_chart().lines

    assert [(line.xs[0], line.xs[-1]) for line in lines] == [(2012, 2014), (2018, 2024)]
    assert all(line.thin for line in lines)


def test_few_counted_make_whole_percents() -> None:
    shares = c.make_shares()
    few = replace(
        shares,
        values=tuple(replace(value, denominator=30, numerator=17) for value in shares.values),
    )
    chart = indicator.chart(few, c.make_indicator(), unit="%")

    assert chart.labels[0].text == f"56{N}%"


def test_short_sides_are_named_under_the_title() -> None:
    def side(words: str) -> Side:
        return Side(formula="x", text=LocalText(en=words, es=words, pt=words, fr=words))

    definition = replace(
        c.make_indicator(), numerator=side("Persons convicted"), denominator=side("persons judged")
    )
    chart = indicator.chart(c.make_shares(), definition, unit="%", place="Valdoria")
    long = replace(definition, numerator=side("x" * 120))

    assert chart.subtitle == "Persons convicted ÷ persons judged, Valdoria, 2012–2024"
    assert indicator.chart(c.make_shares(), long, unit="%").subtitle == "2012–2024"


def test_a_rate_over_the_whole_population_says_so() -> None:
    series = replace(c.make_shares(), whole_population=True, breakdown=TOTAL)
    chart = indicator.chart(series, c.make_indicator(), unit="per 100,000", detail="Women")

    assert chart.subtitle == "Women, per 100,000, of the whole population, 2012–2024"
    assert chart.y.unit == "per 100,000"


def test_cautions_of_a_value_stand_in_tooltip_and_table() -> None:
    note = Note(code="small_denominator", text=N_("Fewer than {n} persons."), data={"n": 20})
    shares = c.make_shares()
    last = replace(shares.values[-1], notes=(note,), flags="")
    chart = indicator.chart(
        replace(shares, values=(*shares.values[:-1], last)), c.make_indicator(), unit="%"
    )

    assert chart.points[0].points[-1].tip[-1] == "Fewer than 20 persons."
    assert chart.table is not None
    assert chart.table.rows[0][-1] == "Fewer than 20 persons."


def test_colour_and_shape_follow_the_pillar_and_the_name_the_language() -> None:
    definition = replace(
        c.make_indicator(),
        pillar=Pillar.PREVENTION,
        name=LocalText(en="Rate", es="Tasa", pt="Taxa", fr="Taux"),
    )
    with i18n.using("es", "es_AR"):
        chart = indicator.chart(c.make_shares(), definition, unit="%")

    assert chart.points[0].role is Role.PREVENTION
    assert chart.title == "Tasa"
    assert chart.labels[0].text == f"55,7{N}%"


def _with_last(**fields: object) -> IndicatorSeries:
    """The shares with another last value."""
    shares = c.make_shares()
    last = replace(shares.values[-1], **{"flags": "", **fields})  # type: ignore[arg-type]
    return replace(shares, values=(*shares.values[:-1], last))


def test_a_projected_value_is_hollow_and_not_called_provisional() -> None:
    note = Note(code="projected", text=N_("Projected."))

    chart = indicator.chart(_with_last(notes=(note,)), c.make_indicator(), unit="%")

    (points,) = chart.points
    assert [point.hollow for point in points.points[-2:]] == [False, True]
    assert points.points[-1].unfinished == "projected"
    assert chart.labels[0].remark == "projected from earlier groups"
    assert [item.text for item in chart.key if item.sign is Sign.HOLLOW] == [
        "projected from earlier groups"
    ]
    assert "1 value is projected from earlier groups." in chart.description
    assert "provisional" not in chart.description


@pytest.mark.parametrize(("low", "high", "so_far"), [(55.6, 100.0, 55.6), (0.0, 55.6, 55.6)])
def test_an_open_group_is_hollow_where_it_stands_and_apart_from_the_line(
    low: float, high: float, so_far: float
) -> None:
    reason = Note(code="open_cohort", text=N_("Not yet followed for the full time."))
    series = _with_last(value=None, low=low, high=high, status=Status.M, reason=reason)

    chart = indicator.chart(series, replace(c.make_indicator(), per=100.0), unit="%")

    finished, unfinished = chart.points
    (point,) = unfinished.points
    assert (point.hollow, point.unfinished, point.key) == (True, "open", "2024")
    assert (point.y, point.low, point.high) == (so_far, low, high)
    assert finished.points[-1].key == "2023"
    assert max(x for line in chart.lines for x in line.xs) == 2023
    assert [gap.x for gap in chart.gaps] == [2015]
    assert [bar.key for bar in chart.ranges] == ["2017"]
    assert chart.labels[0].x == 2023
    assert "so far; not yet followed for the full time" in {item.text for item in chart.key}
    assert "1 group is not yet followed for the full time." in chart.description
