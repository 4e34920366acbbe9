"""Nothing overlaps, nothing leaves the picture, the marks keep their room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from indicators.model.codes import Pillar
from tests.workbench.presenting import charts as c
from workbench import i18n
from workbench.presenting import trend
from workbench.presenting.layout import Layout, Placed, arrange
from workbench.presenting.placing import spread

SIZES = {"paper": (605, 378), "half": (302, 265), "strip": (605, 227), "large": (1040, 620)}
EVENTS = [
    c.law(year, name, name)
    for year, name in (
        (2006, "Palermo ratification in force"),
        (2009, "Plan"),
        (2010, "Anti-trafficking Act"),
        (2013, "Hotline"),
        (2016, "Compensation fund"),
        (2019, "Later"),
    )
]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


def _texts(layout: Layout) -> list[Placed]:
    found = [*layout.title, *layout.subtitle, *layout.result, *layout.source, *layout.ticks]
    found += [line for top in layout.tops for line in top.lines]
    found += [line for side in layout.side for line in side.lines]
    found += [place.text for place in layout.key]
    return found + ([layout.unit] if layout.unit else [])


def _overlap(a: Placed, b: Placed) -> bool:
    across = a.span[0] < b.span[1] and b.span[0] < a.span[1]
    return across and a.y - 0.75 * a.size < b.y and b.y - 0.75 * b.size < a.y


@pytest.mark.parametrize("language", ["en", "qps"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", c.CHARTS)
def test_words_stay_inside_and_apart(name: str, size: str, language: str) -> None:
    i18n.use(language)
    width, height = SIZES[size]

    layout = arrange(c.CHARTS[name](), width, height)

    texts = _texts(layout)
    for text in texts:
        assert text.span[0] >= 0, text
        assert text.span[1] <= width + 0.5, text
        assert text.y - 0.75 * text.size > 0
        assert text.y < height
    clashes = [(a.text, b.text) for a, b in combinations(texts, 2) if _overlap(a, b)]
    assert clashes == []


@pytest.mark.parametrize("language", ["en", "qps"])
@pytest.mark.parametrize("name", c.CHARTS)
def test_the_marks_keep_a_third_of_the_picture(name: str, language: str) -> None:
    i18n.use(language)

    layout = arrange(c.CHARTS[name](), 605, 378)

    assert layout.plot.bottom - layout.plot.top >= 0.33 * 378
    assert layout.plot.right - layout.plot.left >= 0.6 * 605


def test_crowded_events_keep_apart_and_leave_the_unit_word_alone() -> None:
    chart = trend.chart(
        c.make_trend(), c.make_series(c.COURTS), name="Persons convicted", unit="persons",
        pillar=Pillar.PROSECUTION, events=EVENTS, breaks=[c.SPLIT],
    )  # fmt: skip

    layout = arrange(chart, 605, 378)

    texts = _texts(layout)
    assert [(a.text, b.text) for a, b in combinations(texts, 2) if _overlap(a, b)] == []
    assert len(layout.tops) >= 4


def test_nothing_is_cut_with_an_ellipsis_on_paper() -> None:
    for name, make in c.CHARTS.items():
        texts = _texts(arrange(make(), 605, 378))
        assert not [text for text in texts if "…" in text.text], name


def test_first_and_last_year_keep_their_labels() -> None:
    for width, height in SIZES.values():
        ticks = arrange(c.rising_chart(), width, height).ticks
        assert (ticks[0].text, ticks[-1].text) == ("2005", "2024")


def test_blocks_are_spread_without_overlap_inside_their_room() -> None:
    tops = spread([10, 12, 13], [10, 10, 10], 0, 40)

    assert tops == [10, 20, 30]
    assert spread([38], [10], 0, 40) == [30]
