from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indicators.errors import IndicatorsError
from indicators.model.codes import Flags, Outcome, Status
from indicators.model.period import Frequency, Period
from indicators.model.results import ImpactResult, Intervention, Refusal, SeriesBreak, TrendResult
from indicators.model.series import Breakdown
from indicators.trends import TRENDS
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import analysis, events
from workbench.services.workspace import Workspace, create

COUNTS = [30, 34, 33, 39, 41, 40, 47, 52, 50, 57, 61, 60, 68, 74]
PEOPLE = [round(1e6 * 1.01**t) for t in range(14)]
KEYS = [
    "outcome",
    "method",
    "method_version",
    "estimate",
    "low",
    "high",
    "level",
    "p_value",
    "unit",
    "transformation",
    "covariance",
    "df",
    "n",
    "first",
    "last",
    "missing",
    "provisional_used",
    "censored_used",
    "breaks_crossed",
    "family_size",
    "assumptions",
    "diagnostics",
    "warnings",
    "fitted",
    "counterfactual",
    "segments",
    "smallest_detectable",
    "refusal",
    "seed",
    "data_hash",
    "vintages",
    "sentences",
]


def _months() -> list[Cell]:
    rng = np.random.default_rng(5)
    t = np.arange(96)
    mean = 30 * np.where(t >= 48, 1.5, 1) * np.where((t >= 72) & (t < 84), 0.6, 1)
    return [
        Cell(
            area="XVA",
            variable="inv_opened",
            unit="cases",
            value=float(value),
            period=str(Period.of_month(2010 + i // 12, i % 12 + 1)),
        )
        for i, value in enumerate(rng.poisson(mean))
    ]


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("analysis")
    women = Breakdown.of(SEX="F")
    small = [
        Cell(area="XV-10", period=str(2010 + i), status=Status.S, low=1, high=4) for i in range(4)
    ]
    with create(folder / "w.tipw", area="XVA", fictitious=True) as workspace:
        deliver(
            workspace,
            [
                *cells(COUNTS, first=2010, area="XVA"),
                *cells([v // 2 for v in COUNTS], first=2010, area="XVA", breakdown=women),
                *small,
                *cells([5, 7, 6, 8, 9, 8, 11], first=2014, area="XV-10"),
                *cells([12, 14, 13], first=2010, area="XV-02"),
            ],
            folder,
        )
        deliver(
            workspace,
            [
                *cells(PEOPLE, first=2010, area="XVA", variable="pop_total"),
                *cells(PEOPLE[:5], first=2010, area="XV-10", variable="pop_total"),
            ],
            folder, dataset="stat", name="stat.csv",
        )  # fmt: skip
        deliver(workspace, _months(), folder, dataset="months", name="months.csv")
        law = Intervention(
            id="law", name={"en": "Law"}, kind="law", start=Period.of_month(2014, 1)
        )
        shock = Intervention(
            id="pandemic", name={"en": "Pandemic"}, kind="shock", start=Period.of_year(2016),
            variables=("inv_opened",),
        )  # fmt: skip
        away = Intervention(
            id="pilot",
            name={"en": "Pilot"},
            kind="programme",
            start=Period.of_year(2014),
            area="XV-02",
        )
        for event in (law, shock, away):
            events.add_event(workspace, event)
        yield workspace


def test_count_is_looked_at_per_head_where_the_population_is_known(ws: Workspace) -> None:
    answer = analysis.trend(ws, "vic_detected", "XVA")
    alone = analysis.trend(ws, "vic_detected", "XVA", use_population=False)

    assert isinstance(answer.result, TrendResult)
    assert isinstance(alone.result, TrendResult)
    assert (answer.model, answer.population_used) == ("count_trend", "pop_total")
    assert alone.population_used == ""
    assert 1 + answer.result.estimate / 100 == pytest.approx(
        (1 + alone.result.estimate / 100) / 1.01, abs=1e-4
    )
    assert "per_population" in {note.code for note in answer.result.warnings}
    assert answer.reason
    assert answer.subject.detection
    assert answer.fictitious


def test_unknown_population_is_said(ws: Workspace) -> None:
    answer = analysis.trend(ws, "vic_detected", "XV-10")

    assert isinstance(answer.result, TrendResult)
    assert answer.population_used == ""
    assert answer.result.censored_used == 4
    assert "no_population" in {note.code for note in answer.result.warnings}


def test_population_that_is_asked_for_and_missing_is_a_refusal(ws: Workspace) -> None:
    answer = analysis.trend(ws, "vic_detected", "XV-10", use_population=True)

    assert isinstance(answer.result, Refusal)
    assert answer.result.code == "population_missing"


def test_part_is_put_over_the_whole_when_its_own_population_is_unknown(ws: Workspace) -> None:
    answer = analysis.trend(ws, "vic_detected", "XVA", breakdown=Breakdown.of(SEX="F"))

    assert isinstance(answer.result, TrendResult)
    assert answer.series.values[0] == 15


def test_rate_is_fitted_through_its_counts_and_drawn_as_a_rate(ws: Workspace) -> None:
    rate = analysis.trend(ws, "PVL-01", "XVA")
    count = analysis.trend(ws, "vic_detected", "XVA")

    assert isinstance(rate.result, TrendResult)
    assert isinstance(count.result, TrendResult)
    assert rate.model == "count_trend"
    assert rate.result.estimate == pytest.approx(count.result.estimate, rel=1e-9)
    first = rate.result.fitted[0]
    assert first.value == pytest.approx(count.result.fitted[0].value / PEOPLE[0] * 1e5)
    assert rate.series.values[0] == pytest.approx(30 / 1e6 * 1e5)
    assert rate.subject.pillar is not None


def test_model_can_be_chosen(ws: Workspace) -> None:
    for model in TRENDS:
        answer = analysis.trend(ws, "PVL-01", "XVA", model=model.id)
        if model.id == "breaks":  # asks for 20 years
            assert isinstance(answer.result, Refusal)
            continue
        assert isinstance(answer.result, TrendResult)
        assert (answer.result.method, answer.reason) == (model.id, "")
    with pytest.raises(IndicatorsError, match="theil_sen"):
        analysis.trend(ws, "PVL-01", "XVA", model="theilsen")


def test_window_of_years(ws: Workspace) -> None:
    answer = analysis.trend(
        ws, "vic_detected", "XVA", first=Period.of_year(2012), last=Period.of_year(2020)
    )

    assert isinstance(answer.result, TrendResult)
    assert (str(answer.result.first), str(answer.result.last), answer.result.n) == (
        "2012",
        "2020",
        9,
    )


def test_three_years_are_refused_with_what_is_enough(ws: Workspace) -> None:
    answer = analysis.trend(ws, "vic_detected", "XV-02")

    assert isinstance(answer.result, Refusal)
    assert (answer.result.code, answer.result.found, answer.result.needed) == (
        "too_few_points",
        3,
        4,
    )
    assert answer.series.values.tolist() == [12, 14, 13]


def test_unknown_codes_are_errors_and_empty_areas_are_refusals(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="nonsense"):
        analysis.trend(ws, "nonsense", "XVA")
    with pytest.raises(WorkbenchError, match="no event"):
        analysis.impact(ws, "vic_detected", "XVA", "nothing")
    empty = analysis.trend(ws, "vic_detected", "XV-99").result
    assert isinstance(empty, Refusal)
    assert empty.code == "no_values"


def test_breaks_of_the_project_are_respected(ws: Workspace) -> None:
    entry = SeriesBreak(
        id="scope", start=Period.of_year(2015), text={"en": "scope"}, variables=("vic_detected",)
    )
    events.add_break(ws, entry)
    try:
        answer = analysis.trend(ws, "PVL-01", "XVA")
        other = analysis.trend(ws, "pop_total", "XVA")
    finally:
        events.remove_break(ws, "scope")

    assert isinstance(answer.result, TrendResult)
    assert isinstance(other.result, TrendResult)
    assert str(answer.result.first) == "2015"
    assert str(other.result.first) == "2010"
    assert answer.breaks[0].id == "scope"


def test_impact_takes_months_season_and_the_known_shock(ws: Workspace) -> None:
    answer = analysis.impact(ws, "inv_opened", "XVA", "law")
    result = answer.result

    assert isinstance(result, ImpactResult)
    assert result.outcome is Outcome.HIGHER
    assert result.low < 50 < result.high
    assert set(result.pulses) == {"pandemic"}
    assert result.n == 96
    assert answer.event.id == "law"
    assert [event.id for event in answer.pulses] == ["pandemic"]
    assert [event.id for event in answer.events] == ["law", "pandemic"]
    assert str(result.start) == "2014-01"


def test_impact_without_the_shock_when_asked(ws: Workspace) -> None:
    answer = analysis.impact(ws, "inv_opened", "XVA", "law", pulses=())

    assert isinstance(answer.result, ImpactResult)
    assert answer.result.pulses == {}
    assert answer.result.rivals == ("pandemic",)


def test_months_are_no_yearly_trend(ws: Workspace) -> None:
    answer = analysis.trend(ws, "inv_opened", "XVA", frequency=Frequency.MONTH)

    assert isinstance(answer.result, Refusal)
    assert answer.result.code == "yearly_only"


def test_impact_on_a_rate_is_drawn_as_a_rate(ws: Workspace) -> None:
    answer = analysis.impact(ws, "PVL-01", "XVA", "law")

    assert isinstance(answer.result, ImpactResult)
    assert answer.result.counterfactual[0].value == pytest.approx(4, abs=1)
    assert answer.result.effect_total is not None


@pytest.mark.parametrize("kind", ["trend", "impact", "refusal"])
def test_fields_hold_every_key_and_are_json(ws: Workspace, kind: str) -> None:
    if kind == "impact":
        result = analysis.impact(ws, "inv_opened", "XVA", "law").result
    else:
        area = "XVA" if kind == "trend" else "XV-02"
        result = analysis.trend(ws, "vic_detected", area).result

    fields = json.loads(
        json.dumps(analysis.result_fields(result, ["One sentence."]), allow_nan=False)
    )

    assert set(KEYS) <= set(fields)
    assert fields["sentences"] == ["One sentence."]
    if kind == "refusal":
        assert fields["outcome"] == "refused"
        assert fields["estimate"] is None
        assert fields["refusal"]["found"] == 3
        assert "{" not in fields["refusal"]["text"]
    else:
        assert fields["refusal"] is None
        assert fields["estimate"] == result.estimate
        assert fields["fitted"][0]["low"] < fields["fitted"][0]["value"]
        assert (fields["counterfactual"] is None) == (kind == "trend")
        assert all("{" not in note["text"] for note in fields["warnings"])


def test_provisional_flag_of_the_store_reaches_the_model(tmp_path: Path) -> None:
    listed = cells(COUNTS[:-1], first=2010, area="XVA")
    last = Cell(area="XVA", period="2023", value=400, flags=Flags.P)
    with create(tmp_path / "p.tipw", area="XVA") as workspace:
        deliver(workspace, [*listed, last], tmp_path)
        result = analysis.trend(workspace, "vic_detected", "XVA").result

    assert isinstance(result, TrendResult)
    assert result.provisional_used
    assert result.without_provisional is not None
    assert result.without_provisional.estimate < result.estimate


def test_years_are_taken_where_the_months_begin_after_the_event(tmp_path: Path) -> None:
    yearly = cells([50, 52, 49, 51, 80, 82, 79, 81], first=2008, area="XVA")
    months = [
        Cell(area="XVA", period=str(Period.of_month(2013, i + 1)), value=7.0) for i in range(12)
    ]
    law = Intervention(id="law", name={"en": "Law"}, kind="law", start=Period.of_year(2012))
    with create(tmp_path / "m.tipw", area="XVA") as workspace:
        deliver(workspace, yearly, tmp_path)
        deliver(workspace, months, tmp_path, dataset="months", name="months.csv")
        events.add_event(workspace, law)
        result = analysis.impact(workspace, "vic_detected", "XVA", "law").result

    assert isinstance(result, ImpactResult)
    assert str(result.start) == "2012"
