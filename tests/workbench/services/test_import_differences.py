"""What a newer file changes in its source, before it is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.services import import_differences, import_steps, imports
from workbench.services.history import content_digest
from workbench.services.workspace import Workspace

FIRST = (
    "variable,area,year,SEX,value\nvic_detected,XV-01,2022,F,10\nvic_detected,XV-01,2023,F,12\nvic_detected,XV-02,2022,F,<5\n"
    "vic_detected,XV-02,2023,F,0\nvic_detected,XV-03,2023,F,7\n"
)
SECOND = (
    "variable,area,year,SEX,value\nvic_detected,XV-01,2022,F,10\nvic_detected,XV-01,2023,F,15\nvic_detected,XV-01,2024,F,16\n"
    "vic_detected,XV-02,2022,F,3\nvic_detected,XV-02,2023,F,0\nvic_detected,XV-04,2024,F,1\n"
)


def file(folder: Path, text: str, name: str = "police.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found(ws: Workspace, path: Path) -> import_differences.ImportDifferences | None:
    recipe = imports.preview(path).recipe
    return import_steps.rehearse(ws, path, recipe, dataset="police").differences


def test_every_value_is_new_same_changed_or_gone(ws: Workspace, tmp_path: Path) -> None:
    imports.accept(ws, file(tmp_path, FIRST), dataset="police")
    before = content_digest(ws)

    made = found(ws, file(tmp_path, SECOND, "newer.csv"))

    assert made is not None
    assert (made.new, made.same, made.changed, made.gone) == (2, 2, 2, 1)
    assert content_digest(ws) == before


def test_changes_name_the_value_and_both_numbers(ws: Workspace, tmp_path: Path) -> None:
    imports.accept(ws, file(tmp_path, FIRST), dataset="police")

    made = found(ws, file(tmp_path, SECOND, "newer.csv"))

    assert made is not None
    hidden, counted = made.examples
    assert (hidden.area, hidden.was, hidden.was_range, hidden.now) == ("XV-02", None, (1, 4), 3)
    assert (counted.area, str(counted.period), counted.was, counted.now) == (
        "XV-01",
        "2023",
        12,
        15,
    )


def test_the_same_file_again_changes_nothing(ws: Workspace, tmp_path: Path) -> None:
    imports.accept(ws, file(tmp_path, FIRST), dataset="police")

    made = found(ws, file(tmp_path, FIRST, "again.csv"))

    assert made is not None
    assert (made.new, made.same, made.changed, made.gone) == (0, 5, 0, 0)


def test_a_new_source_and_a_very_long_file_are_not_compared(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(ws, file(tmp_path, FIRST)) is None
    imports.accept(ws, file(tmp_path, FIRST), dataset="police")
    monkeypatch.setattr(import_differences, "MOST_COMPARED", 3)
    assert found(ws, file(tmp_path, SECOND, "newer.csv")) is None


def test_all_sheets_are_rehearsed(ws: Workspace, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for number, title in enumerate(("A", "B")):
        sheet = book.create_sheet(title)
        for year in ("year", 2023, 2024):
            head = year == "year"
            sheet.append(["area" if head else f"XV-0{number}", year, "value" if head else 5])
    path = tmp_path / "two.xlsx"
    book.save(path)
    seen = imports.preview(path, answers={"which_sheets": "all"})

    made = import_steps.rehearse(ws, path, seen.recipe, dataset="two")
    outcome = imports.commit(ws, path, seen.recipe, dataset="two")

    assert made.report.observations == outcome.report.observations == 4
