"""Commands on recommendations, duties, checklists and the tracker."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.framework import checklists
from tests.workbench.cli.running import Ran, run
from workbench.services.workspace import create


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A closed project."""
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    return path


def add(capsys: pytest.CaptureFixture[str], project: Path, *more: str) -> Ran:
    """Enter a recommendation."""
    words = ("--id", "greta_1", "--title", "Train inspectors", "--instrument", "GRETA")
    return run(
        capsys, "recommendations", "add", "-w", project, *words, "--due", "2020-06-30", *more
    )


def test_a_recommendation_is_added_changed_and_removed(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    added = add(capsys, project, "--pillar", "PRV", "--by", "Ana")
    words = ("--status", "full", "--done", "2021-02-01", "--evidence", "Circular 4")
    changed = run(capsys, "recommendations", "edit", "-w", project, "--id", "greta_1", *words)

    (entry,) = run(capsys, "recommendations", "list", "-w", project, "--json").data
    assert (added.code, changed.code) == (0, 0)
    assert "Train inspectors" in added.out
    assert entry["title"] == {"en": "Train inspectors"}
    assert (entry["kind"], entry["status"], entry["done"]) == (
        "recommendation",
        "full",
        "2021-02-01",
    )
    assert entry["evidence"]["text"] == "Circular 4"
    assert entry["by"] == "Ana"
    assert "done in full" in run(capsys, "recommendations", "list", "-w", project).out

    assert run(capsys, "recommendations", "remove", "-w", project, "--id", "greta_1").code == 0
    assert run(capsys, "recommendations", "list", "-w", project, "--json").data == []
    assert run(capsys, "undo", "-w", project).code == 0
    assert len(run(capsys, "recommendations", "list", "-w", project, "--json").data) == 1


def test_a_title_is_kept_in_the_language_of_the_person(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    add(capsys, project, "--language", "es")

    (entry,) = run(capsys, "recommendations", "list", "-w", project, "--json").data
    assert entry["title"] == {"es": "Train inspectors"}


def test_duties_are_obligations_unless_they_are_reports(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    words = ("--title", "T", "--due", "2022-05-31", "-w", project)
    run(capsys, "duties", "add", "--id", "a", "--instrument", "OAS", *words)
    run(
        capsys, "duties", "add", "--id", "b", "--instrument", "GLOTIP", "--kind", "report",
        "--done", "2022-05-01", *words,
    )  # fmt: skip
    add(capsys, project)

    every = run(capsys, "duties", "list", "-w", project, "--json").data
    reports = run(capsys, "duties", "list", "--kind", "report", "-w", project, "--json").data

    assert {entry["id"]: entry["kind"] for entry in every} == {"a": "obligation", "b": "report"}
    assert [(entry["id"], entry["status"]) for entry in reports] == [("b", "full")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add",), "--id"),
        (("add", "--id", "x"), "--title"),
        (("edit", "--id", "x"), "no entry “x”"),
        (("add", "--id", "x", "--title", "T", "--due", "soon", "--instrument", "OAS"), "soon"),
        (("add", "--id", "x", "--title", "T", "--due", "2020-01-01", "--instrument", "?"), "OAS"),
    ],
)
def test_what_is_missing_or_wrong_is_told(
    capsys: pytest.CaptureFixture[str], project: Path, words: tuple[str, ...], told: str
) -> None:
    ran = run(capsys, "recommendations", *words, "-w", project)

    assert ran.code == 1
    assert told in ran.err


def test_the_numbers_of_the_tracker_are_shown_and_then_entered(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    add(capsys, project)

    shown = run(capsys, "tracker", "show", "-w", project, "--last", "2021", "--json").data
    assert run(capsys, "datasets", "-w", project, "--json").data == []
    entered = run(capsys, "tracker", "publish", "-w", project, "--last", "2021", "--json")

    assert entered.code == 0
    assert entered.data["values"] == shown
    assert {"variable": "rec_due", "period": "2020", "breakdown": {}, "value": 1} in shown
    (source,) = run(capsys, "datasets", "-w", project, "--json").data
    assert source["dataset"] == "tracker"


def test_a_checklist_is_answered_item_by_item(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    items = run(capsys, "checklist", "list", "law", "-w", project, "--json").data
    assert len(items) == len(checklists()[1].items)
    assert {item["met"] for item in items} == {None}
    assert all(item["verified"] for item in items)
    others = run(capsys, "checklist", "list", "rapporteur", "-w", project, "--json").data
    assert not any(item["verified"] for item in others)

    answered = run(
        capsys, "checklist", "answer", "law_05", "-w", project, "--met", "yes",
        "--since", "2011-01-01", "--evidence", "Act 3/2011",
    )  # fmt: skip
    bare = run(capsys, "checklist", "answer", "law_06", "-w", project, "--met", "yes")

    assert (answered.code, bare.code) == (0, 1)
    items = run(capsys, "checklist", "list", "law", "-w", project, "--json").data
    assert [item["item"] for item in items if item["met"]] == ["law_05"]
    assert run(capsys, "checklist", "withdraw", "law_05", "-w", project).code == 0
    assert "no answer" in run(capsys, "checklist", "list", "-w", project).out
