"""Charts of indicators: whiskers, both counts, reasons instead of values."""

from __future__ import annotations

from dataclasses import replace

from indicators.errors import N_, Note
from indicators.model.codes import Pillar
from indicators.model.definition import LocalText, Side
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
