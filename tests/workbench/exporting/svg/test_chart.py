"""The SVG file: well-formed, escaped, self-contained, the same bytes, marks inside the plot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from indicators.model.codes import Pillar
from indicators.model.results import FittedPoint
from tests.workbench.presenting import charts as c
from workbench import i18n
from workbench.exporting.svg.chart import write
from workbench.exporting.svg.parts import MARKS, TEXTS, TOKENS, decimal
from workbench.exporting.writers import svg_chart
from workbench.presenting import trend
from workbench.presenting.layout import arrange
from workbench.presenting.spec import Chart, HiddenStub, Role

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "path", "circle", "text"}
HOSTILE = "<script>alert('x')</script> \" & ]]> \x00\x1b\u202e\ud800 <b>R</b>"


def _parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def _words(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in _parsed(svg).iter(f"{SVG}text")]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.mark.parametrize("size", [(605, 378), (302, 265), (605, 227)])
@pytest.mark.parametrize("name", c.CHARTS)
def test_a_file_holds_simple_elements_only_and_refers_to_nothing(
    name: str, size: tuple[int, int]
) -> None:
    svg = write(c.CHARTS[name](), width=size[0], height=size[1])

    root = _parsed(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED
    assert (root.get("width"), root.get("height")) == (str(size[0]), str(size[1]))
    attributes = {key for element in root.iter() for key in element.attrib}
    assert not [key for key in attributes if key.startswith("on") or "href" in key]
    assert "url(" not in svg
    assert "nan" not in svg
    assert "inf" not in re.findall(r'="[^"]*"', svg)


@pytest.mark.parametrize("name", c.CHARTS)
def test_the_same_chart_gives_the_same_bytes(name: str) -> None:
    assert write(c.CHARTS[name]()) == write(c.CHARTS[name]()) == svg_chart.write(c.CHARTS[name]())


def test_lengths_have_at_most_two_decimals() -> None:
    numbers = re.findall(r"\d+\.\d+", write(c.rising_chart()))

    assert max(len(number.split(".")[1]) for number in numbers) <= 2
    assert decimal(-0.001) == "0"
    assert decimal(3.10) == "3.1"


def test_hostile_names_stay_words() -> None:
    chart = trend.chart(
        None,
        c.make_series({2005: "1-4", 2006: 3, 2007: 5}),
        name=HOSTILE,
        unit=HOSTILE,
        pillar=Pillar.PROTECTION,
        events=[c.law(2006, HOSTILE)],
        place=HOSTILE,
        source=HOSTILE,
        raw={"2005": HOSTILE},
        remarks={"2006": HOSTILE},
    )

    svg = write(chart)

    root = _parsed(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert "\u202e" not in svg
    assert any("<script>" in words for words in _words(svg))


def test_title_and_description_are_there_for_screen_readers() -> None:
    chart = c.impact_chart()

    root = _parsed(write(chart))

    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.description
    assert root.get("role") == "img"


def test_invented_data_carry_the_mark_in_the_language_of_the_file() -> None:
    plain = replace(c.rising_chart(), fictitious=False, watermark="", source="")
    internal = replace(plain, watermark="INTERNAL")

    assert "FICTITIOUS DATA" in _words(write(c.rising_chart()))
    assert "FICTITIOUS DATA" in _words(write(replace(plain, fictitious=True)))
    assert "FICTITIOUS" not in write(plain)
    assert 'opacity="0.05"' in write(internal)
    assert "INTERNAL" in _words(write(internal))


def _numbers(path: str) -> list[tuple[float, float]]:
    found = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(found[::2], found[1::2], strict=True))


def test_lines_and_bands_are_cut_at_the_plot() -> None:
    wild = tuple(
        FittedPoint(period=p.period, value=p.value * 4 - 30, low=-500.0, high=1e5)
        for p in c.growth(2006, 2024, 5.8, 10.4)
    )
    chart = trend.chart(
        c.make_trend(fitted=wild), c.make_series(c.COURTS), name="x", unit="persons",
        pillar=Pillar.PROSECUTION,
    )  # fmt: skip
    plot = arrange(chart, 605, 378).plot

    root = _parsed(write(chart))
    marks = [
        element.get("d", "")
        for element in root.iter(f"{SVG}path")
        if element.get("stroke-width") == "2.2" or element.get("fill-opacity")
    ]

    places = [place for path in marks for place in _numbers(path)]
    assert len(places) > 12
    assert all(plot.left - 0.01 <= x <= plot.right + 0.01 for x, _ in places)
    assert all(plot.top - 0.01 <= y <= plot.bottom + 0.01 for _, y in places)


@pytest.mark.parametrize("name", c.CHARTS)
def test_every_value_has_its_mark_at_its_place(name: str) -> None:
    chart = c.CHARTS[name]()
    plot = arrange(chart, 605, 378).plot
    (group,) = chart.points

    svg = write(chart)

    for point in group.points:
        x, y = plot.x(point.x), plot.y(point.y)
        close = [
            f'<circle cx="{decimal(x)}" cy="{decimal(y)}"',
            *(f'<rect x="{decimal(x - s / 2)}" y="{decimal(y - s / 2)}"' for s in (5.5, 7)),
            *(f'<path d="M{decimal(x)} {decimal(y - s * 0.575)}L' for s in (5.5, 7)),
        ]
        assert any(start in svg for start in close), point


def test_a_provisional_value_is_hollow_and_a_range_is_hatched() -> None:
    svg = write(c.rising_chart())

    assert (
        svg.count(
            f'fill="{TOKENS["surface"]}" stroke="{MARKS[Role.PROSECUTION]}" stroke-width="1.8"'
        )
        == 2
    )
    assert svg.count('stroke-width="1.1"') == 2  # the bar and its sign in the key


def test_a_break_is_a_double_line_on_a_clear_strip() -> None:
    plot = arrange(c.broken_chart(), 605, 378).plot

    svg = write(c.broken_chart())

    x = plot.x(2016.5)
    assert re.search(rf"M{decimal(x - 2)} [\d.]+V{decimal(plot.bottom)}M{decimal(x + 2)} ", svg)


def test_hidden_by_us_is_a_stub_of_one_size_whatever_the_value() -> None:
    base = c.rising_chart()
    hidden = replace(base, hidden=(HiddenStub(x=2008, role=Role.PROSECUTION),))

    added = set(write(hidden).splitlines()) - set(write(base).splitlines())

    assert len(added) == 3
    assert all('height="16"' in line for line in added if line.startswith("<rect"))


def _contrast(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_words_and_marks_can_be_seen_on_white() -> None:
    assert all(_contrast(colour) >= 4.5 for colour in TEXTS.values())
    assert all(_contrast(colour) >= 3.0 for colour in MARKS.values())


def test_a_chart_without_anything_is_still_a_picture() -> None:
    axis = c.rising_chart().x
    empty = Chart(title="", subtitle="", x=axis, y=replace(c.rising_chart().y, ticks=()))

    assert _parsed(write(empty)).tag == f"{SVG}svg"


def test_neighbouring_lines_of_words_do_not_touch() -> None:
    root = _parsed(write(c.refused_chart()))
    left = [
        (float(t.get("y", "0")), float(t.get("font-size", "0")))
        for t in root.iter(f"{SVG}text")
        if t.get("x") == "16"
    ]

    assert all(b[0] - a[0] >= 0.95 * b[1] for a, b in pairwise(sorted(left)))
