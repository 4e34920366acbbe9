"""Several sheets as one delivery."""

from pathlib import Path

import xlsxwriter

from workbench.importing.gather import Gathered
from workbench.importing.joined import Joined
from workbench.importing.names import Names
from workbench.importing.opening import open_for
from workbench.importing.plan import make_plan
from workbench.importing.recipe import EVERY_SHEET, Column, Reading, Recipe
from workbench.progress import SILENT

LAST_YEAR = 2027
RECIPE = Recipe(
    reading=Reading(sheet=EVERY_SHEET),
    columns=(
        Column(name="area", role="area"),
        Column(name="year", role="period"),
        Column(name="value", role="value", number_format="1234.5"),
    ),
    constants={"variable": "vic_detected"},
)


def joined(folder: Path) -> Joined:
    path = folder / "b.xlsx"
    sheets = {
        "2015": [["A", 2015, 1], ["B", 2015, 2], ["B", 2015, "?"]],
        "2016": [["B", 2016, 3], ["New", 2016, 4]],
    }
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate([["area", "year", "value"], *rows]):
                sheet.write_row(number, 0, row)
    opened = open_for(path, RECIPE, last_year=LAST_YEAR)
    names = Names(variables={"vic_detected": "persons"})
    parts = [
        Gathered(make_plan(opened.file, table, header, RECIPE, last_year=LAST_YEAR), names)
        for table, header in opened.chosen
    ]
    for part in parts:
        part.read(SILENT)
    return Joined(parts)


def test_series_and_cells_are_numbered_together(tmp_path: Path) -> None:
    found = joined(tmp_path)

    areas = [found.finder.new_areas[key.area] for key in found.finder.series]
    rows = [
        (areas[series], period // 100, found.cells.value[cell], row, found.names[sheet])
        for series, period, cell, row, sheet in zip(
            found.series, found.period, found.cell, found.row, found.sheet, strict=True
        )
    ]
    assert areas == ["A", "B", "New"]
    assert rows == [
        ("A", 2015, 1.0, 2, "2015"),
        ("B", 2015, 2.0, 3, "2015"),
        ("B", 2016, 3.0, 2, "2016"),
        ("New", 2016, 4.0, 3, "2016"),
    ]


def test_counts_are_those_of_all_sheets(tmp_path: Path) -> None:
    found = joined(tmp_path)

    assert (found.rows_read, found.header_rows, found.faulty_cells) == (7, 2, 1)
    assert found.fault_counts == {"not_a_number": 1}
