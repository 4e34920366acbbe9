"""Forecasts, bends and families through the services."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from indicators.forecast import ForecastResult
from indicators.model.codes import Outcome
from indicators.model.results import Refusal, TrendResult
from indicators.model.series import Breakdown
from tests.workbench.deliveries import cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import analysis, forecasts
from workbench.services.workspace import Workspace, create

VALUES = [
    298, 286, 316, 325, 355, 358, 390, 348, 366, 464,
    433, 537, 610, 593, 797, 683, 741, 692, 633, 653,
]  # fmt: skip
"""Two changes of pace: 3 percent a year until 2013, 11 until 2019, falling after."""
PARTS = {
    "SEX=F": [40, 44, 47, 50, 56, 60, 63, 70, 75, 82],
    "SEX=M": [30, 33, 28, 31, 34, 29, 33, 30, 32, 31],
    "SEX=O": [10, 12, 11, 10, 13, 12, 10, 14, 13, 13],
    "SEX=U": [20, 22, 26],
}


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("forecasts")
    with create(folder / "w.tipw", area="XVA", fictitious=True) as workspace:
        parts = [
            cell
            for cut, values in PARTS.items()
            for cell in cells(values, first=2015, area="XVA", breakdown=Breakdown.parse(cut))
        ]
        deliver(workspace, [*cells(VALUES, first=2005, area="XVA"), *parts], folder)
        yield workspace


def _trend(ws: Workspace, **options: object) -> TrendResult:
    result = analysis.trend(ws, "vic_detected", "XVA", **options).result  # type: ignore[arg-type]
    assert isinstance(result, TrendResult), result
    return result


def test_changes_of_pace_are_offered_and_not_proposed(ws: Workspace) -> None:
    assert analysis.trend(ws, "vic_detected", "XVA").model != "joinpoint"

    result = _trend(ws, model="joinpoint")

    assert result.outcome is Outcome.CHANGING_DIRECTION
    assert [s.first.year for s in result.segments[1:]] == [2013, 2019]
    for segment, truth in zip(result.segments, (3, 11, -2), strict=True):
        assert abs(segment.apc - truth) < 3


def test_choices_of_bends_name_their_model(ws: Workspace) -> None:
    assert len(_trend(ws, options={"max_joinpoints": 1}).segments) <= 2
    assert _trend(ws, options={"scale": "linear"}).unit == "persons a year"
    with pytest.raises(WorkbenchError, match="count_trend"):
        analysis.trend(ws, "vic_detected", "XVA", model="count_trend", options={"scale": "log"})


def test_forecast_of_a_series(ws: Workspace) -> None:
    answer = forecasts.forecast(ws, "vic_detected", "XVA", horizon=5)

    assert isinstance(answer.result, ForecastResult)
    assert [str(p.period) for p in answer.result.drawn.points][-1] == "2029"
    chart = forecasts.forecast_chart(ws, answer)
    assert chart.x.high >= 2029
    assert len(chart.bands) == 2
    assert all(low >= 0 for band in chart.bands for low in band.lows)
    words = forecasts.forecast_words(answer)
    assert "2029" in words.lead
    assert any("not a forecast of victims" in caution.text for caution in words.cautions)
    if answer.result.lost:
        assert any("Worse than no change" in sentence for sentence in words.doubt)


def test_forecast_that_is_refused_has_words_and_a_chart(ws: Workspace) -> None:
    answer = forecasts.forecast(ws, "vic_detected", "XVA", breakdown=Breakdown.of(SEX="F"))

    assert isinstance(answer.result, Refusal)
    assert "12" in forecasts.forecast_words(answer).lead
    assert forecasts.forecast_chart(ws, answer).bands == ()
    assert forecasts.forecast_fields(answer.result)["outcome"] == "refused"


def test_forecast_fields_hold_the_keys_of_a_trend(ws: Workspace) -> None:
    answer = forecasts.forecast(ws, "vic_detected", "XVA")
    fields = forecasts.forecast_fields(answer.result, ["x"])
    trend = analysis.result_fields(_trend(ws), ["x"])

    assert set(fields) >= set(trend) - {"without_provisional"}
    assert fields["outcome"] is None
    assert json.loads(json.dumps(fields))["horizon"] == 3
    assert isinstance(fields["members"], list)
    assert {"mase", "coverage_80", "relative_to_no_change"} <= set(fields["members"][0])


def test_only_forecast_names_are_forecasts() -> None:
    assert forecasts.is_forecast("drift")
    assert not forecasts.is_forecast("joinpoint")
    assert not forecasts.is_forecast(None)


def test_parts_looked_at_together_are_a_family(ws: Workspace) -> None:
    """Trap 10."""
    found = analysis.trends_many(ws, "vic_detected", "XVA", dimension="SEX")

    assert found.family_size == 3
    assert [str(item.subject.breakdown) for item in found.refused] == ["SEX=U"]
    assert str(found.answers[0].subject.breakdown) == "SEX=F"
    raw, adjusted = [], []
    for item in found.answers:
        assert isinstance(item.result, TrendResult)
        assert item.result.family_size == 3
        raw.append(item.result.p_value)
        adjusted.append(next(d.value for d in item.result.diagnostics if d.name == "adjusted_p"))
    order = sorted(range(3), key=lambda i: raw[i] or 0.0)
    by_hand = [3 * (raw[i] or 0.0) / (rank + 1) for rank, i in enumerate(order)]
    for rank in (1, 0):
        by_hand[rank] = min(by_hand[rank], by_hand[rank + 1])
    assert [adjusted[i] for i in order] == pytest.approx(by_hand)
    sizes = [abs(getattr(item.result, "estimate", 0.0)) for item in found.answers]
    assert sizes == sorted(sizes, reverse=True)


def test_change_that_is_clear_only_alone_is_marked(ws: Workspace) -> None:
    from dataclasses import replace

    from workbench.services.analysis import _adjusted

    result = replace(_trend(ws), p_value=0.03)

    assert "unclear_in_family" in {n.code for n in _adjusted(result, 0.09, 3, 0.95).warnings}
    assert "unclear_in_family" not in {n.code for n in _adjusted(result, 0.04, 3, 0.95).warnings}


def test_nothing_to_look_at_together_is_an_error(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="FORM"):
        analysis.trends_many(ws, "vic_detected", "XVA", dimension="FORM")
