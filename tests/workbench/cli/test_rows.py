"""Rows said on the command line in place of a file, notes, settings and texts in languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from tests.workbench.deliveries import cells, deliver
from workbench.errors import WorkbenchError
from workbench.services.typed_rows import read_row, row_text
from workbench.services.workspace import create

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with create(tmp_path / "w.tipw", area="XVA", title="Val") as ws:
        deliver(ws, cells([30], area="XVA"), tmp_path)
    return tmp_path / "w.tipw"


@pytest.mark.parametrize(
    "cells_",
    [
        {"item": "law_01", "evidence": 'Law 12, "art. 3"\nand 4', "link": "https://x.org/?a=b,c"},
        {"a": "=1"},
        {"a": " kept ", "b": "'"},
    ],
)
def test_a_row_comes_back(cells_: dict[str, str]) -> None:
    assert read_row(row_text(cells_)) == cells_


@pytest.mark.parametrize("text", ["", "12", "=1", "a=1,a=2", 'a=1,"b=2', "a=1\nb=2", "a=1,b"])
def test_what_is_no_row_is_refused(text: str) -> None:
    with pytest.raises(WorkbenchError, match="is no row"):
        read_row(text)


def test_values_are_entered_row_by_row(project: Path, capsys: Capture) -> None:
    done = run(
        capsys, "enter", "-w", project,
        "--row", "variable=pop_total,area=XVA,period=2021,SEX=F,value=12.5,flags=E,low=10,high=15",
        "--row", "variable=vic_detected,area=XVA,period=2021,value=<5",
    )  # fmt: skip
    rows = run(capsys, "observations", "-w", project, "--period", "2021", "--json").data

    assert done.code == 0
    by = {row["variable"]: row for row in rows}
    estimate = by["pop_total"]
    assert (estimate["value"], estimate["low"], estimate["high"]) == (12.5, 10, 15)
    assert (estimate["flags"], estimate["breakdown"]) == ("E", {"SEX": "F"})
    assert (by["vic_detected"]["low"], by["vic_detected"]["high"]) == (1, 4)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "either a file or rows"),
        (("t.csv", "--row", "variable=a"), "either a file or rows"),
        (("--row", "variable=pop_total,area=XVA,value=1"), "needs the columns"),
        (("--row", "variable=pop_total,area=XVA,period=2021,value=1,flags=H"), "no flags"),
        (("--row", "variable=pop_total,area=XVA,period=2021,value=1,flags=Q"), "no flags"),
    ],
)
def test_rows_that_do_not_fit_change_nothing(
    project: Path, capsys: Capture, words: tuple[str, ...], told: str
) -> None:
    before = project.read_bytes()

    done = run(capsys, "enter", *words, "-w", project)

    assert done.code == 1
    assert told in done.err
    assert project.read_bytes() == before


def test_typed_values_are_replaced_as_a_whole(project: Path, capsys: Capture) -> None:
    place = "variable=pop_total,area=XVA"
    run(capsys, "enter", "-w", project, "--row", f"{place},period=2020,value=1",
        "--row", f"{place},period=2021,value=2")  # fmt: skip
    run(capsys, "enter", "-w", project, "--row", f"{place},period=2021,value=3", "--replace")
    rows = run(capsys, "observations", "-w", project, "--variable", "pop_total", "--json").data

    assert [(row["period"], row["value"]) for row in rows] == [("2021", 3)]


def test_many_answers_are_one_step(project: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(
        "item,met,since,evidence,note\n"
        'law_01,yes,2011-03-01,"Law 12, art. 3",x\nlaw_02,no,,,\nlaw_03,,,,\n'
    )
    first = run(capsys, "checklist", "enter", table, "-w", project, "--by", "Ana", "--json").data
    run(capsys, "checklist", "enter", "-w", project, "--row", "item=law_02,met=none")
    items = run(capsys, "checklist", "list", "law", "-w", project, "--json").data

    assert first["action"] == "answer_checklist"
    assert [item["met"] for item in items[:3]] == [True, None, None]
    assert (items[0]["evidence"]["text"], items[0]["by"]) == ("Law 12, art. 3", "Ana")
    run(capsys, "undo", "-w", project)
    run(capsys, "undo", "-w", project)
    items = run(capsys, "checklist", "list", "law", "-w", project, "--json").data
    assert {item["met"] for item in items} == {None}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["item=law_01,met=perhaps"], "is no answer"),
        (["item=law_01,met=yes"], "the first day or what shows it is missing"),
        (["item=law_99,met=no"], "law_99"),
        (["item=law_01,met=no", "item=law_01,met=none"], "answered twice"),
        (["item=law_01,met=yes,since=2011,evidence=x"], "is not a day"),
        (["item=law_01,met=none"], "Nothing was changed"),
    ],
)
def test_answers_that_do_not_fit_change_nothing(
    project: Path, capsys: Capture, rows: list[str], told: str
) -> None:
    before = project.read_bytes()
    words = [word for row in rows for word in ("--row", row)]

    done = run(capsys, "checklist", "enter", "-w", project, "--row", "item=law_05,met=no", *words)
    alone = run(capsys, "checklist", "enter", "-w", project, *words)

    assert told in alone.err
    assert alone.code == 1
    if "Nothing" not in told:
        assert done.code == 1
        assert project.read_bytes() == before


def test_notes_are_written_changed_and_removed(project: Path, capsys: Capture) -> None:
    run(capsys, "notes", "add", "-w", project, "--text", "Ask the ministry", "--dataset", "police",
        "--variable", "vic_detected", "--area", "XVA", "--period", "2020", "--author", "Ana")  # fmt: skip
    run(capsys, "notes", "add", "-w", project, "--text", "other")
    run(capsys, "notes", "edit", "-w", project, "--id", "1", "--text", "Asked", "--author", "Ben")
    run(capsys, "notes", "remove", "-w", project, "--id", "2")
    (note,) = run(capsys, "notes", "list", "-w", project, "--json").data
    lacking = run(capsys, "notes", "add", "-w", project)

    assert {**note, "at": ""} == {
        "id": "1", "text": "Asked", "dataset": "police", "variable": "vic_detected",
        "area": "XVA", "period": "2020", "breakdown": {}, "by": "Ben", "at": "",
    }  # fmt: skip
    assert "Asked" in run(capsys, "notes", "list", "-w", project).out
    assert (lacking.code, "--text" in lacking.err) == (1, True)


def test_settings_are_shown_and_changed(project: Path, capsys: Capture) -> None:
    changed = run(capsys, "settings", "-w", project, "--threshold", "7", "--title", "New")
    data = run(capsys, "settings", "-w", project, "--json").data
    low = run(capsys, "settings", "-w", project, "--threshold", "2")

    assert changed.code == 0
    assert (data["threshold"], data["title"], data["area"]) == (7, "New", "XVA")
    assert "Smallest count shown in public files" in run(capsys, "settings", "-w", project).out
    assert (low.code, "between 3 and 20" in low.err) == (1, True)
    assert run(capsys, "settings", "-w", project, "--json").data == data


def test_texts_are_said_in_languages_and_fields_are_emptied(
    project: Path, capsys: Capture
) -> None:
    run(capsys, "events", "add", "-w", project, "--id", "law", "--start", "2011", "--name-in",
        "es=Ley", "--name-in", "en=Law", "--end", "2015", "--pillar", "PRV", "--area", "XVA",
        "--recommendations", "1,2", "--document", "Gazette")  # fmt: skip
    run(capsys, "events", "edit", "-w", project, "--id", "law", "--name-in", "es=", "--end", "",
        "--pillar", "", "--area", "", "--recommendations", "", "--document", "")  # fmt: skip
    (event,) = run(capsys, "events", "list", "-w", project, "--json").data
    wrong = run(capsys, "events", "edit", "-w", project, "--id", "law", "--name-in", "xx=Ley")

    none = run(capsys, "events", "edit", "-w", project, "--id", "law", "--name-in", "en=")

    assert event["name"] == {"en": "Law"}
    assert (none.code, "must stay" in none.err) == (1, True)
    emptied = ("end", "pillar", "area", "recommendations", "document")
    assert [event[name] for name in emptied] == [None, None, None, [], ""]
    assert (wrong.code, "begin with a language" in wrong.err) == (1, True)


def test_the_way_to_a_checklist_count_names_who_answered(project: Path, capsys: Capture) -> None:
    from indicators.framework import checklists

    items = [item.code for item in checklists()[1].items]
    words = [word for item in items[1:] for word in ("--row", f"item={item},met=no")]
    run(capsys, "checklist", "enter", "-w", project, *words, "--last", "2013", "--by", "Ana",
        "--row", f"item={items[0]},met=yes,since=2011-03-01,evidence=Law 12")  # fmt: skip
    place = ("-w", project, "--area", "XVA", "--period", "2013")
    said = run(capsys, "explain", "ACC-06", *place)
    data = run(capsys, "explain", "ACC-06", *place, "--json").data

    assert said.out.count("by Ana.") == 2
    assert {(cell["mode"], cell["made_by"]) for cell in data["inputs"]} == {("entry", "Ana")}
    assert data["value"]["numerator"] == 1
