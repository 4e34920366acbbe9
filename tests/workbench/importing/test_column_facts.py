"""What the rows say about each column."""

from __future__ import annotations

from pathlib import Path

from workbench.services.imports import preview

TABLE = "Region;Year;Victims\nNorth;2023;12\nSouth;2023;7\n"


def texts(path: Path, name: str) -> list[str]:
    sheet = preview(path).sheets[0]
    column = next(column for column in sheet.columns if column.name == name)
    return [sample.text for sample in column.samples]


def test_notes_below_the_table_are_no_samples_and_no_names(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text(TABLE + "Source: police register\nProvisional\n", encoding="utf-8")

    assert texts(file, "Region") == ["North", "South"]


def test_lone_labels_inside_the_table_stay(tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text("Region;Year;Victims\nNorth;;\n;2023;12\nSouth;;\n;2023;7\n", encoding="utf-8")

    assert texts(file, "Region") == ["North", "South"]
