"""Charts of bars as SVG: rows under their headings, hatched where they need words, nothing cut off."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from indicators.catalog import load_catalogue
from indicators.flow.result import FlowAnswer
from indicators.flow.steps import FLOWS, Stage, steps
from indicators.model.period import Period
from indicators.model.series import TOTAL
from workbench import i18n
from workbench.exporting.svg.chart import WIDTH, write
from workbench.presenting.flow import chart
from workbench.presenting.metrics import text_width
from workbench.presenting.spec import Chart

SVG = "{http://www.w3.org/2000/svg}"


def _answer(flow: int, *counts: float | None, counting: str = "stock") -> FlowAnswer:
    chosen = FLOWS[flow]
    stages = [
        Stage(code=code, count=count, low=1 if count is None else None, high=4 if count is None else None)
        for code, count in zip(chosen.stages, counts, strict=False)
    ]  # fmt: skip
    return FlowAnswer(
        flow=chosen,
        area="XVA",
        breakdown=TOTAL,
        period=Period.of_year(2023),
        counting=counting,  # type: ignore[arg-type]
        steps=steps(stages, counting=counting),  # type: ignore[arg-type]
    )


def _made(language: str = "en") -> Chart:
    i18n.use(language)
    victims = _answer(0, 803, 704, 571, None, 126, 28)
    accused = _answer(1, 300, 148, 160, 93, 60)
    return chart([victims, accused], load_catalogue(), source="Courts", place="Valdoria")


def _texts(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}text"))


def test_rows_stand_under_headings_with_both_shares() -> None:
    words = [element.text for element in _texts(write(_made()))]

    for expected in ("Victims", "Accused persons", "of the step before", "of the first", "803"):
        assert expected in words
    assert words.index("Victims") < words.index("803") < words.index("Accused persons")
    assert any(text and text.startswith("88") for text in words)


def test_later_step_larger_than_the_one_before_is_hatched_and_said() -> None:
    made = _made()
    (larger,) = [bar for bar in made.bars if bar.value == 160]

    assert larger.hatched
    assert larger.strip is None
    assert larger.remark == "more than the step before"
    assert "more than the step before" in [element.text for element in _texts(write(made))]


def test_suppressed_step_is_a_span_with_its_bounds() -> None:
    (bar,) = [bar for bar in _made().bars if bar.value is None]

    assert (bar.low, bar.high) == (1, 4)
    assert bar.hatched
    assert "1" in bar.text
    assert "4" in bar.text


def test_height_follows_the_rows() -> None:
    made = _made()
    fewer = replace(made, bars=made.bars[:3])

    tall, short = (float(ET.fromstring(write(each)).get("height", "0")) for each in (made, fewer))
    assert tall > short + 100


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_no_word_is_cut_off_at_the_edges(language: str) -> None:
    for element in _texts(write(_made(language))):
        if element.get("transform"):
            continue  # the watermark
        x, size = float(element.get("x", "0")), float(element.get("font-size", "0"))
        width = text_width(element.text or "", size, int(element.get("font-weight", "400")))
        left = {"end": x - width, "middle": x - width / 2}.get(element.get("text-anchor", ""), x)
        assert left >= -0.5, element.text
        assert left + width <= WIDTH + 0.5, element.text


def test_same_chart_gives_the_same_bytes() -> None:
    assert write(_made()) == write(_made())
