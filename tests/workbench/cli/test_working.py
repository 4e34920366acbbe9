"""What to do next, and values typed in a table, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli.running import run
from tests.workbench.deliveries import cells, deliver
from workbench.services.workspace import create


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        deliver(ws, [*cells([30], area="XVA"), *cells([90], area="XV-01")], tmp_path)
    return tmp_path / "w.tipw"


def test_what_next_names_open_checks_first(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = run(capsys, "--json", "next", "-w", project, "--today", "2024-03-01").data

    assert (data[0]["code"], data[0]["action"]) == ("warnings", "checks")
    assert all(step["text"].endswith(".") for step in data)
    assert "pop_total" in {step["target"] for step in data}


def test_values_of_a_table_are_entered_as_one_version(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "typed.csv"
    table.write_text(
        "variable,area,period,SEX,value\n"
        'pop_total,XVA,2021,,"1.234,0"\n'
        "pop_total,XVA,2021,F,\n"
        "vic_assisted,XVA,2021,F,<5\n",
        encoding="utf-8",
    )

    done = run(
        capsys, "enter", table, "-w", project, "--decimal", ",", "--author", "Ana",
        "--reason", "Yearbook, page 12",
    )  # fmt: skip
    rows = run(capsys, "--json", "observations", "-w", project, "--period", "2021").data
    place = ("--variable", "pop_total", "--area", "XVA", "--period", "2021", "-w", project)
    source = run(capsys, "--json", "source", *place).data

    assert done.code == 0
    typed = {(r["variable"], r["breakdown"].get("SEX", "")): r for r in rows}
    assert typed["pop_total", ""]["value"] == 1234
    assert ("pop_total", "F") not in typed
    assert (typed["vic_assisted", "F"]["low"], typed["vic_assisted", "F"]["high"]) == (1, 4)
    assert (source["mode"], source["made_by"], source["reason"]) == (
        "entry",
        "Ana",
        "Yearbook, page 12",
    )


@pytest.mark.parametrize(
    "text", ["area,period,value\nXVA,2021,1\n", "variable,area,period,value\n"]
)
def test_a_table_without_its_columns_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    table = tmp_path / "typed.csv"
    table.write_text(text, encoding="utf-8")
    before = project.read_bytes()

    done = run(capsys, "enter", table, "-w", project)

    assert done.code == 1
    assert "typed.csv" in done.err
    assert project.read_bytes() == before
