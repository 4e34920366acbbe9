"""Bent lines in words and pictures: what is not clear is not said to rise or fall."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.model.codes import Outcome, Pillar
from indicators.model.results import Segment, TrendResult
from indicators.stats.checkup import alike_notes
from indicators.stats.limits import SHORT_SEGMENT
from indicators.trends.breaks import breaks
from indicators.trends.joinpoint import joinpoint
from tests.indicators import made
from tests.workbench.presenting.charts import bent, make_trend
from workbench.presenting import headlines
from workbench.presenting import trend as trend_charts
from workbench.presenting.sentences import trend_words
from workbench.presenting.spec import Dash
from workbench.presenting.sureness import trend_sureness


def _limits(result: TrendResult, place: int, low: float, high: float) -> TrendResult:
    segments: list[Segment] = list(result.segments)
    segments[place] = replace(segments[place], low=low, high=high)
    return replace(result, segments=tuple(segments))


@pytest.mark.parametrize(
    ("place", "said", "unsaid"),
    [(1, "rose until about 2014", "fell after"), (0, "fell from about 2014 on", "rose until")],
)
def test_unclear_stretch_is_not_said_to_rise_or_fall(place: int, said: str, unsaid: str) -> None:
    result = _limits(bent(8.0, -2.0, Outcome.CHANGING_DIRECTION), place, -9.0, 9.0)
    words = trend_words(result, name="Persons detected", unit="persons")

    assert said in words.lead
    assert unsaid not in words.lead
    assert "cannot tell" in words.lead
    assert "changed pace" in headlines.trend_title(result, "Persons detected", "persons")


def test_clear_stretches_are_told_both() -> None:
    result = bent(8.0, -4.0, Outcome.CHANGING_DIRECTION)

    assert "rose until about 2014 and fell after" in trend_words(result, name="Persons").lead


def test_short_stretch_is_dashed() -> None:
    values = [100 * 1.04**i for i in range(16)] + [100 * 1.04**15 * 0.7**i for i in (1, 2)]
    series = made.make_series([v * (1.003 if i % 2 else 0.997) for i, v in enumerate(values)])
    result = joinpoint(series, selection="weighted_bic")
    assert isinstance(result, TrendResult)
    chart = trend_charts.chart(
        result, series, name="Persons", unit="persons", pillar=Pillar.PROTECTION
    )

    dashes = [line.dash for line in chart.lines]
    assert dashes[-1] is Dash.DASHED
    assert dashes[0] is Dash.SOLID
    assert len(chart.lines[-1].xs) < SHORT_SEGMENT


@pytest.mark.parametrize(
    ("jump", "said"), [(1.6, "stepped up"), (0.6, "stepped down"), (1.0, "No sudden step")]
)
def test_sudden_step_in_words(jump: float, said: str) -> None:
    values = [
        200 * 1.02**i * (jump if i >= 12 else 1) * (1.02 if i % 2 else 0.98) for i in range(24)
    ]
    result = breaks(made.make_series(values, 2000))
    assert isinstance(result, TrendResult)
    words = trend_words(result, name="Persons detected", unit="persons")

    assert said in words.lead
    if jump != 1.0:
        assert "2012" in words.lead
        assert "2012" in headlines.trend_title(result, "Persons detected", "persons")
        assert words.sure.bars >= 1
    assert headlines.result_line(result, "persons")


def test_years_alike_cost_one_step_of_sureness() -> None:
    """Rule 0.11: the same trend with dependent years is one bar less sure."""
    plain = make_trend()
    alike = replace(plain, warnings=alike_notes(dependent=True))

    assert trend_sureness(alike).bars == trend_sureness(plain).bars - 1
