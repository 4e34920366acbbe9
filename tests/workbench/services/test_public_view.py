"""The public view hides small counts, and computes everything else from what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.errors import Cancelled
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from tests.workbench.deliveries import Cell, deliver
from workbench.presenting import indicator as charts
from workbench.presenting import tables
from workbench.services import checks, indicators, observations, public_view
from workbench.services.cubes import cube, hidden_places
from workbench.services.workspace import Workspace, change_settings

WOMEN, MEN = Breakdown.of(SEX="F"), Breakdown.of(SEX="M")
YEARS = (2020, 2021, 2022)


@pytest.fixture
def office(ws: Workspace, tmp_path: Path) -> Workspace:
    """A real project: 3 men of 60 persons in 2021, and the population."""
    counts = {TOTAL: (80, 60, 90), WOMEN: (60, 57, 70), MEN: (20, 3, 20)}
    people = [
        Cell(area="XVA", period=str(year), value=value, breakdown=cut)
        for cut, values in counts.items()
        for year, value in zip(YEARS, values, strict=True)
    ]
    residents = [
        Cell(area="XVA", period=str(year), value=value, breakdown=cut, variable="pop_total")
        for cut, value in ((TOTAL, 1_000_000), (WOMEN, 510_000), (MEN, 490_000))
        for year in YEARS
    ]
    deliver(ws, people, tmp_path)
    deliver(ws, residents, tmp_path, dataset="census", name="census.csv")
    return ws


def test_small_counts_and_what_gives_them_away_are_hidden(office: Workspace) -> None:
    before = cube(office, "vic_detected")
    office.public_view = True
    found = cube(office, "vic_detected")

    at = found.periods.index(Period.of_year(2021))
    for cut in (WOMEN, MEN):
        place = (found.breakdowns.index(cut), 0, at)
        assert found.status[place] == Status.M
        assert found.flags[place] == Flags.H
        assert found.value[place] != found.value[place]
    assert found.value[found.breakdowns.index(TOTAL), 0].tolist() == [80, 60, 90]
    assert hidden_places(office, "vic_detected") == {
        ("XVA", WOMEN, Period.of_year(2021)),
        ("XVA", MEN, Period.of_year(2021)),
    }
    assert cube(office, "vic_detected", everything=True) is before
    office.public_view = False
    assert cube(office, "vic_detected") is before


def test_rates_of_hidden_counts_are_hidden_with_one_mark(office: Workspace) -> None:
    office.public_view = True
    (men, whole) = indicators.compute(office, ["PVL-01"], breakdowns=[MEN, TOTAL])
    hidden = [value for value in men.values if tables.is_hidden(value)]

    assert [value.period.year for value in hidden] == [2021]
    assert (hidden[0].low, hidden[0].high, hidden[0].numerator) == (None, None, None)
    assert all(value.value is not None for value in whole.values)

    chart = charts.chart(
        men, indicators.definition("PVL-01"), unit="", place="Valdoria", source=""
    )
    assert len(chart.hidden) == 1
    assert chart.gaps == ()
    assert chart.table is not None
    row = next(row for row in chart.table.rows if row[0] == "2021")
    assert ":c" in row
    assert not any("3" in cell for cell in row[1:])
    assert "1 value is hidden." in chart.description


def test_a_larger_threshold_hides_more(office: Workspace) -> None:
    change_settings(office, threshold=20)
    office.public_view = True

    assert {place[2].year for place in hidden_places(office, "vic_detected")} == {2021}
    change_settings(office, threshold=3)
    assert hidden_places(office, "vic_detected") == frozenset()


def test_invented_data_and_residents_hide_nothing(office: Workspace) -> None:
    office.public_view = True
    assert not public_view.is_protected("pop_total", "persons")
    assert not public_view.is_protected("bud_total", "money")
    assert public_view.is_protected("n_vic_found", "")
    assert hidden_places(office, "pop_total") == frozenset()

    change_settings(office, fictitious=True)
    assert not public_view.protects(office)
    assert cube(office, "vic_detected") is cube(office, "vic_detected", everything=True)


def test_checks_look_at_everything(office: Workspace) -> None:
    before = checks.data_notes(office)
    office.public_view = True

    assert checks.data_notes(office) == before


class Steps:
    """Keeps what is told, and stops the work at a step."""

    def __init__(self, stop_at: int = -1) -> None:
        self.told: list[tuple[int, int | None]] = []
        self.stop_at = stop_at

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.told.append((done, total))
        if done == self.stop_at:
            raise Cancelled


def test_each_year_is_a_step_that_can_be_stopped(office: Workspace) -> None:
    idle = Steps()
    public_view.prepare(office, ["vic_detected"], progress=idle)
    assert idle.told == []  # not in the public view

    office.public_view = True
    with pytest.raises(Cancelled):
        public_view.prepare(office, ["vic_detected"], progress=Steps(stop_at=1))
    steps = Steps()
    public_view.prepare(office, ["vic_detected", "vic_detected", "pop_total"], progress=steps)
    assert steps.told == [(0, 3), (1, 3), (2, 3)]


def test_a_year_is_looked_at_once_until_its_values_change(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    look = public_view.hidden_places

    def counted(cubes, parents, **rest):  # type: ignore[no-untyped-def]
        asked.extend(sorted({period.year for cube in cubes for period in cube.periods}))
        return look(cubes, parents, **rest)

    monkeypatch.setattr(public_view, "hidden_places", counted)
    office.public_view = True
    public_view.prepare(office, ["vic_detected"])
    before = hidden_places(office, "vic_detected")
    cube(office, "vic_detected")
    assert asked == [2020, 2021, 2022]

    observations.correct(
        office,
        variable="vic_detected",
        area="XVA",
        period=Period.of_year(2022),
        breakdown=MEN,
        value=2,
        reason="typing error",
        author="A",
    )
    after = hidden_places(office, "vic_detected")
    assert asked == [2020, 2021, 2022, 2022]
    assert {place[2].year for place in after - before} == {2022}


def test_years_are_bound_by_no_sum(office: Workspace) -> None:
    office.public_view = True
    whole = [cube(office, "vic_detected", everything=True)]
    assert public_view.places(office, whole) == public_view.hidden_places(whole, {}, threshold=5)
