"""The list of what to do next follows the state of the project."""

from __future__ import annotations

from pathlib import Path

from tests.workbench.deliveries import cells, deliver
from workbench.services import entry, findings
from workbench.services.next_steps import NextStep, next_steps
from workbench.services.workspace import Workspace


def steps(ws: Workspace) -> dict[str, NextStep]:
    return {step.code: step for step in next_steps(ws)}


def test_an_empty_project_asks_for_a_first_file(ws: Workspace) -> None:
    (step,) = next_steps(ws)

    assert (step.code, step.action) == ("first_file", "import")


def test_open_checks_come_first_until_they_are_answered(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([30], area="XVA"), *cells([90], area="XV-01")], tmp_path)

    first = next_steps(ws)[0]
    (found,) = findings.findings(ws)
    findings.accept(ws, [found.id], reason="so it is")

    assert (first.code, first.action, first.data["count"]) == ("warnings", "checks", 1)
    assert "warnings" not in steps(ws)


def test_a_source_without_the_newest_year_is_expected(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1, 2, 3], first=2022), tmp_path)
    deliver(
        ws,
        cells([1, 2], first=2022, variable="inv_opened", unit="cases"),
        tmp_path,
        dataset="court",
        name="b.csv",
    )
    deliver(
        ws, cells([1], first=2020, variable="pro_persons"), tmp_path, dataset="old", name="c.csv"
    )

    step = steps(ws)["expected_file"]

    assert (step.target, step.data["year"]) == ("court", 2024)
    assert [entry.target for entry in next_steps(ws) if entry.code == "expected_file"] == ["court"]


def test_a_file_that_lacks_the_newest_year_of_an_input_is_incomplete(
    ws: Workspace, tmp_path: Path
) -> None:
    rows = [*cells([1, 2, 3], first=2022), *cells([1, 2], first=2022, variable="pro_persons")]
    deliver(ws, rows, tmp_path)

    step = steps(ws)["incomplete"]

    assert (step.data["variables"], step.data["year"]) == ("pro_persons", 2024)


def test_changed_values_ask_to_be_looked_at(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20]), tmp_path)
    deliver(ws, cells([10, 20, 30]), tmp_path, name="b.csv")
    assert "changed_values" not in steps(ws)

    deliver(ws, cells([10, 21]), tmp_path, name="c.csv")

    data = steps(ws)["changed_values"].data
    assert (data["changed"], data["gone"], data["a"], data["b"]) == (1, 1, 2, 3)


def test_the_input_that_opens_most_indicators_is_named(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20], area="XVA"), tmp_path)

    step = steps(ws)["missing_input"]

    first = next(entry for entry in next_steps(ws) if entry.code == "missing_input")
    assert first.target == "pop_total"
    assert "PVL-01" in str(first.data["codes"])
    assert step.action == "entry"
    from indicators.model.period import Period

    cell = entry.TypedCell(
        variable="pop_total", area="XVA", period=Period.of_year(2021), value=9e5
    )
    entry.enter(ws, [cell])
    assert all(entry.target != "pop_total" for entry in next_steps(ws))
