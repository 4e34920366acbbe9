"""Cells that an import could not read, or that cannot be, stay in the list of checks."""

from __future__ import annotations

from pathlib import Path

from indicators.errors import Severity
from workbench.services import findings, imports
from workbench.services.findings import Finding
from workbench.services.workspace import Workspace

HEADER = "variable,area,period,value\n"


def imported(ws: Workspace, folder: Path, rows: str, mode: str = "replace") -> dict[str, Finding]:
    path = folder / "police.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    imports.accept(ws, path, dataset="police", mode=mode)
    return {entry.rule: entry for entry in findings.findings(ws)}


def test_cells_that_could_not_be_read_are_a_finding(ws: Workspace, tmp_path: Path) -> None:
    rows = "vic_detected,XVA,2020,many\nvic_detected,XVA,2021,few\nvic_detected,XVA,2022,7\n"

    entry = imported(ws, tmp_path, rows)["file_format"]

    assert entry.level is Severity.WARN
    assert (entry.note.data["count"], entry.note.data["row"], entry.note.data["value"]) == (
        2,
        2,
        "many",
    )


def test_values_that_cannot_be_are_a_finding(ws: Workspace, tmp_path: Path) -> None:
    rows = "vic_detected,XVA,2020,-4\nvic_detected,XVA,2021,2.5\nvic_detected,XVA,2022,7\n"

    entry = imported(ws, tmp_path, rows)["file_range"]

    assert (entry.note.data["count"], entry.note.data["value"]) == (2, "-4")


def test_a_file_that_was_replaced_is_no_longer_complained_about(
    ws: Workspace, tmp_path: Path
) -> None:
    imported(ws, tmp_path, "vic_detected,XVA,2020,many\n")

    appended = imported(ws, tmp_path, "vic_detected,XVA,2021,8\n", mode="append")
    replaced = imported(ws, tmp_path, "vic_detected,XVA,2020,9\n")

    assert "file_format" in appended
    assert "file_format" not in replaced


def test_the_finding_is_accepted_with_a_reason(ws: Workspace, tmp_path: Path) -> None:
    entry = imported(ws, tmp_path, "vic_detected,XVA,2020,many\nvic_detected,XVA,2021,3\n")[
        "file_format"
    ]

    findings.accept(ws, [entry.id], reason="The office counts again.", by="x")

    (held,) = [found for found in findings.findings(ws) if found.rule == "file_format"]
    assert (held.answer, held.reason) == ("accepted", "The office counts again.")
