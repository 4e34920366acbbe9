"""What is missing for an indicator, and which kind of file usually holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indicators.test_catalog import TEXTS, VARIABLE
from tests.workbench.cli.running import run
from tests.workbench.deliveries import cells, deliver
from workbench import i18n
from workbench.services import indicators, packs
from workbench.services.workspace import Workspace


def test_a_missing_input_is_named_with_the_file_that_usually_holds_it(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, cells([60, 50], variable="vic_detected", area="XVA"), tmp_path)

    (missing,) = indicators.missing_inputs(ws, "PRT-04")

    assert (missing.code, missing.indicators, missing.alone) == (
        "vic_assisted", ("PRT-04",), ("PRT-04",),
    )  # fmt: skip
    assert missing.usual_source.startswith("Yearly service statistics of shelters")
    assert missing.sources == ("SHE", "NGO", "SOC", "NRM")
    with i18n.using("es"):
        assert "refugios" in indicators.usual_source(ws, "vic_assisted")
        assert indicators.input_name(ws, "vic_assisted") == "Víctimas asistidas"


def test_inputs_that_open_most_indicators_come_first(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([60, 50], variable="vic_detected", area="XVA"), tmp_path)

    found = indicators.missing_inputs(ws)

    opened = [len(each.alone) for each in found]
    assert opened == sorted(opened, reverse=True)
    assert found[0].code in {"pop_total", "vic_assisted"}
    assert "vic_detected" not in {each.code for each in found}
    assert {code for each in found for code in each.indicators} >= {"PVL-01", "PRT-04", "IMP-04"}


def test_one_indicator_lists_its_inputs_in_the_order_of_the_formula(ws: Workspace) -> None:
    assert [each.code for each in indicators.missing_inputs(ws, "PRT-04")] == [
        "vic_assisted",
        "vic_detected",
    ]


def test_national_inputs_fall_back_on_their_kinds_of_source(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(VARIABLE, encoding="utf-8")
    packs.install(ws, path)
    assert indicators.usual_source(ws, "n_raids") == "Police"
    assert indicators.input_name(ws, "n_raids") == "A"

    path.write_text(f"{VARIABLE}usual_source = {TEXTS}\n", encoding="utf-8")
    packs.install(ws, path)
    assert indicators.usual_source(ws, "n_raids") == "A"
    assert indicators.usual_source(ws, "n_other") == ""
    assert indicators.input_name(ws, "n_other") == "n_other"


def test_the_command_tells_it_too(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    ws.close()

    rows = {row["code"]: row for row in run(capsys, "indicators", "-w", ws.path, "--json").data}
    short = run(capsys, "indicators", "-w", ws.path).out
    long = run(capsys, "indicators", "-w", ws.path, "--long").out

    row = rows["RES-03"]
    assert row["missing_variables"] == ["bud_exec", "bud_alloc"]
    assert [each["variable"] for each in row["missing_inputs"]] == row["missing_variables"]
    assert row["missing_inputs"][0]["usual_source"].startswith("Budget execution report")
    assert "Budget execution report" not in short
    assert "Budget execution report" in long
    assert long.startswith(short.rstrip("\n"))
