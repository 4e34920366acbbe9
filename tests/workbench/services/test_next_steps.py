"""The list of what to do next follows the state of the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.workbench.deliveries import cells, deliver
from workbench.i18n import message
from workbench.services import commitments, entry, findings
from workbench.services.next_steps import NextStep, next_steps
from workbench.services.workspace import Workspace
from workbench.store.commitments import Commitment, CommitmentKind, Evidence, Progress


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

    step = steps(ws)["changed_values"]
    data = step.data
    assert (data["changed"], data["gone"], data["a"], data["b"]) == (1, 1, 2, 3)
    assert "dropped" in step.text

    deliver(ws, cells([11, 21]), tmp_path, name="d.csv")
    assert "dropped" not in steps(ws)["changed_values"].text


def test_the_input_that_opens_most_indicators_is_named(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20], area="XVA"), tmp_path)

    step = steps(ws)["missing_denominator"]

    first = next(entry for entry in next_steps(ws) if entry.action == "entry")
    assert first.target == "pop_total"
    assert "PVL-01" in str(first.data["codes"])
    assert step.action == "entry"
    from indicators.model.period import Period

    cell = entry.TypedCell(
        variable="pop_total", area="XVA", period=Period.of_year(2021), value=9e5
    )
    entry.enter(ws, [cell])
    assert all(entry.target != "pop_total" for entry in next_steps(ws))


def report(id: str, due: date, done: date | None = None) -> Commitment:  # noqa: A002
    return Commitment(
        id=id,
        kind=CommitmentKind.REPORT,
        instrument="GLOTIP",
        title={"en": f"Report {id}"},
        due=due,
        done=done,
        status=Progress.FULL if done else Progress.NONE,
        evidence=Evidence(text="letter") if done else Evidence(),
        made_by="x",
    )


def test_reports_that_fall_due_are_named(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20], area="XVA"), tmp_path)
    for entry_ in (
        report("late", date(2024, 1, 31)),
        report("soon", date(2024, 4, 1)),
        report("far", date(2024, 12, 31)),
        report("sent", date(2024, 3, 2), done=date(2024, 2, 1)),
    ):
        commitments.add_commitment(ws, entry_, by="x")

    found = [
        (step.code, step.target, step.action)
        for step in next_steps(ws, date(2024, 3, 1))
        if step.action == "duties"
    ]

    assert found == [("duty_overdue", "late", "duties"), ("duty_due", "soon", "duties")]
    assert not [step for step in next_steps(ws) if step.action == "duties"]


def test_what_indicators_are_divided_by_is_named_as_such(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([10, 20], area="XVA"), tmp_path)

    found = [step for step in next_steps(ws) if step.code == "missing_denominator"]
    others = [step.target for step in next_steps(ws) if step.code == "missing_input"]

    assert {step.action for step in found} == {"entry"}
    assert "pop_total" in {step.target for step in found}
    assert not {step.target for step in found} & set(others)


def test_every_step_is_a_whole_sentence(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, [*cells([30], area="XVA"), *cells([90], area="XV-01")], tmp_path)
    commitments.add_commitment(ws, report("late", date(2024, 1, 31)), by="x")

    for step in next_steps(ws, date(2024, 3, 1)):
        text = message(step.text, step.data)
        assert text.endswith(".")
        assert "{" not in text
