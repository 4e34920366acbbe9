"""Two versions compared close to a sum; causes, triangle and measures are right."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from indicators.model.codes import Status
from indicators.model.period import Period
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import observations, revisions
from workbench.services.history import undo
from workbench.services.workspace import Workspace
from workbench.store.observations import Mode, after_load


def counts(found: revisions.Revision) -> tuple[int, int, int, int]:
    return found.unchanged, found.changed, found.new, found.gone


def test_changed_new_and_gone_cells_are_told_apart(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20, 30]), tmp_path)
    deliver(ws, cells([10, 25], first=2020) + cells([7], first=2023), tmp_path, name="b.csv")

    found = revisions.compare_vintages(ws, 1, 2)

    assert (counts(found), found.total) == ((1, 1, 1, 1), 4)
    by_kind = {cell.kind: cell for cell in found.cells}
    changed = by_kind["changed"]
    assert (changed.difference, changed.percent, str(changed.period)) == (5, 25.0, "2021")
    assert by_kind["new"].before is None
    assert by_kind["gone"].after is None
    assert (found.compared, found.mean_percent) == (2, 12.5)
    assert revisions.compare_vintages(ws, 1, 1).unchanged == 3


def test_the_cause_is_named(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20, 30]), tmp_path)
    observations.correct(
        ws,
        variable="vic_detected",
        area="XV-01",
        period=Period.of_year(2021),
        value=21,
        reason="x",
    )
    correction = revisions.compare_vintages(ws, 1, 2)
    deliver(ws, cells([11, 21, 30]), tmp_path, name="b.csv")

    assert correction.causes() == {"file": 0, "correction": 1, "entry": 0}
    (both,) = revisions.compare_vintages(ws, 2, 3).cells
    assert (both.cause, str(both.period)) == ("file", "2020")


def test_an_appended_file_leaves_other_cells_alone(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20, 30]), tmp_path)
    deliver(ws, cells([31, 40], first=2022), tmp_path, name="b.csv", mode=Mode.APPEND)

    assert counts(revisions.compare_vintages(ws, 1, 2)) == (2, 1, 1, 0)
    assert counts(revisions.compare_vintages(ws, 2, 1)) == (2, 1, 0, 1)


def test_hidden_and_missing_cells_are_compared_by_their_state(
    ws: Workspace, tmp_path: Path
) -> None:
    hidden = Cell(period="2021", status=Status.S, low=1, high=4)
    deliver(ws, [*cells([10]), hidden, Cell(period="2022", status=Status.M)], tmp_path)
    later = [*cells([10]), hidden, Cell(period="2022", value=0, status=Status.Z)]
    deliver(ws, later, tmp_path, name="b.csv")

    (cell,) = revisions.compare_vintages(ws, 1, 2).cells

    assert cell.before is not None
    assert cell.after is not None
    assert (cell.before.status, cell.after.status) == (Status.M, Status.Z)
    assert cell.percent is None


def test_what_was_undone_never_counted(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10]), tmp_path)
    deliver(ws, cells([99]), tmp_path, name="b.csv")
    undo(ws)
    deliver(ws, cells([12]), tmp_path, name="c.csv")

    (cell,) = revisions.compare_vintages(ws, 1, 3).cells

    assert (cell.difference, revisions.deliveries(ws, "police")) == (2, (1, 3))


def test_other_sources_and_unknown_versions_are_refused(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10]), tmp_path)
    deliver(ws, cells([10]), tmp_path, dataset="court", name="b.csv")

    with pytest.raises(WorkbenchError, match="different sources"):
        revisions.compare_vintages(ws, 1, 2)
    with pytest.raises(WorkbenchError, match="no version 9"):
        revisions.compare_vintages(ws, 1, 9)


@pytest.mark.parametrize("seed", range(6))
def test_the_sum_closes_and_agrees_with_reading_both_versions(
    ws: Workspace, tmp_path: Path, seed: int
) -> None:
    """The law, against a plain reading of the current content after each version."""
    dice = random.Random(seed)
    states: dict[int, dict[tuple[str, str], float]] = {}
    for number in range(1, 7):
        if number > 1 and dice.random() < 0.4:
            area, period = dice.choice(sorted(states[number - 1]))
            observations.correct(
                ws,
                variable="vic_detected",
                area=area,
                period=Period.parse(period),
                value=dice.randrange(9),
                reason="x",
            )
        else:
            chosen = [
                Cell(area=f"XV-0{area}", period=str(year), value=float(dice.randrange(3)))
                for area in range(1, 4)
                for year in range(2018, 2024)
                if dice.random() < 0.7
            ]
            mode = dice.choice((Mode.REPLACE, Mode.APPEND))
            deliver(ws, chosen, tmp_path, name=f"{number}.csv", mode=mode)
        states[number] = {
            (row.area, str(row.period)): row.value or 0.0
            for row in observations.observations(ws, with_raw=False)
        }
    after_load(ws.db)
    for a in states:
        for b in states:
            found = revisions.compare_vintages(ws, a, b)
            old, new = states[a], states[b]
            both = old.keys() & new.keys()
            assert sum(counts(found)) == found.total == len(old.keys() | new.keys())
            assert found.changed == sum(old[key] != new[key] for key in both)
            assert (found.new, found.gone) == (len(new.keys() - both), len(old.keys() - both))


def test_the_triangle_and_its_measures(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([100, 200]), tmp_path)
    deliver(ws, cells([110, 200, 50]), tmp_path, name="b.csv")
    deliver(ws, cells([120, 190, 60]), tmp_path, name="c.csv")

    whole = revisions.triangle(ws, "police", "vic_detected", "XV-01")
    one, two = revisions.lag_measures(ws, "police", "vic_detected")

    assert [str(period) for period in whole.periods] == ["2020", "2021", "2022"]
    assert whole.values.tolist()[0] == [100, 110, 120]
    assert whole.values[2, 1] == 50
    assert (one.lag, one.count) == (1, 3)
    assert one.mean_percent == pytest.approx((10 + 0 + 20) / 3)
    assert two.mean_percent == pytest.approx((20 - 5) / 2)
    assert two.mean_absolute_percent == pytest.approx((20 + 5) / 2)
    assert two.p_value is None


def test_a_bias_is_tested_from_five_versions_on(ws: Workspace, tmp_path: Path) -> None:
    for number in range(5):
        values = [
            (100 + 10 * year) * (1 + 0.01 * number) + number * (year % 3) for year in range(8)
        ]
        deliver(ws, cells(values), tmp_path, name=f"{number}.csv")

    measures = revisions.lag_measures(ws, "police", "vic_detected", area="XV-01")

    assert all(entry.p_value is not None and entry.p_value < 0.001 for entry in measures)
    assert revisions.lag_measures(ws, "police", "vic_detected", area="XV-02") == ()


def test_first_and_latest_values_become_inputs_by_a_named_act(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, cells([100, 200], area="XVA"), tmp_path)
    deliver(ws, cells([110, 200, 50], area="XVA"), tmp_path, name="b.csv")

    change = revisions.publish_revisions(ws, "police", "vic_detected", by="Ana")

    rows = observations.observations(ws, dataset=revisions.DATASET)
    assert [(row.variable, row.period.year, row.value) for row in rows] == [
        ("rev_first", 2020, 100), ("rev_first", 2021, 200),
        ("rev_latest", 2020, 110), ("rev_latest", 2021, 200),
    ]  # fmt: skip
    assert change.variables == ("rev_first", "rev_latest")
    revisions.publish_revisions(ws, "police", "vic_detected", years=2)
    assert {row.period.year for row in observations.observations(ws, dataset="revisions")} == {
        2021
    }
    undo(ws)
    assert len(observations.observations(ws, dataset="revisions")) == 4


def test_a_single_delivery_has_no_revisions(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([100]), tmp_path)

    with pytest.raises(WorkbenchError, match="delivered twice"):
        revisions.publish_revisions(ws, "police", "vic_detected")
    with pytest.raises(WorkbenchError, match="no series"):
        revisions.triangle(ws, "police", "vic_detected", "XV-77")


def test_the_planted_revision_of_the_sample_country_is_found(
    ws: Workspace, tmp_path: Path
) -> None:
    from sample_data import valdoria
    from workbench.services import imports, indicators

    for path in valdoria.releases():
        imports.accept(ws, path, dataset="releases", mode="replace")
    (answer,) = (entry for entry in valdoria.answers() if entry.id == "T17")

    last = revisions.lag_measures(ws, "releases", answer.variable, area=answer.area)[-1]
    revisions.publish_revisions(ws, "releases", answer.variable)
    computed = indicators.compute(ws, ["INF-05"], areas=[answer.area])

    assert last.lag == 2
    assert answer.low <= last.mean_percent <= answer.high
    newest = computed[0].values[-1].value
    assert newest is not None
    assert answer.low <= newest <= answer.high
