"""Questions, decisions and earlier imports."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from workbench.services import history, imports, observations
from workbench.services.workspace import Workspace


def table(folder: Path, text: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def names(ws: Workspace) -> None:
    rows = [observations.AreaRow(code="XV-11", parent="XVA", level=1, names={"en": "Jarvenpaa"})]
    observations.define_areas(ws, rows, by="x")


def test_a_name_almost_known_is_asked_and_the_answer_is_learned(
    ws: Workspace, tmp_path: Path
) -> None:
    names(ws)
    path = table(tmp_path, "area,year,value\nJarvenpa,2015,1\nNorth,2015,2\n")

    with pytest.raises(imports.OpenQuestions, match="Jarvenpaa"):
        imports.accept(ws, path, variable="vic_detected", dataset="police")
    seen = imports.preview(path, ws=ws, variable="vic_detected", dataset="police")
    imports.commit(ws, path, imports.answer(seen, {"similar_names": "yes"}), dataset="police")
    again = imports.accept(ws, path, variable="vic_detected", dataset="police")

    assert again.report.observations == 2
    assert {r.area for r in observations.observations(ws)} == {"XV-11", "North"}


def test_undo_forgets_what_was_learned(ws: Workspace, tmp_path: Path) -> None:
    names(ws)
    path = table(tmp_path, "area,year,value\nJarvenpa,2015,1\nNorth,2015,2\n")
    seen = imports.preview(path, ws=ws, variable="vic_detected")
    imports.commit(ws, path, imports.answer(seen, {"similar_names": "yes"}))

    history.undo(ws)

    with pytest.raises(imports.OpenQuestions):
        imports.accept(ws, path, variable="vic_detected")


def test_next_year_the_table_is_recognised(ws: Workspace, tmp_path: Path) -> None:
    first = table(tmp_path, "area,year,value\nA,2015,1\n")
    imports.accept(ws, first, variable="vic_detected", dataset="police")

    seen = imports.preview(table(tmp_path, "area,year,value\nA,2016,5\n", "n.csv"), ws=ws)

    assert seen.known is not None
    assert (seen.known.dataset, seen.known.vintage) == ("police", 1)
    assert seen.known.differences == ()


def test_thousands_are_asked_and_multiplied_without_error(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "In thousands,,\narea,year,value\nA,2015,12.3\nB,2015,7.1\n")
    seen = imports.preview(path, variable="vic_detected")

    recipe = imports.answer(seen, {"declared_magnitude": "1000"})
    report = imports.commit(ws, path, recipe).report

    assert [q.code for q in seen.questions] == ["declared_magnitude"]
    assert [r.value for r in observations.observations(ws)] == [12300.0, 7100.0]
    assert "magnitude_applied" in [w.code for w in report.warnings]


def test_several_sheets_are_one_delivery_and_personal_columns_of_each_are_blanked(
    ws: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, extra in (("One", []), ("Two", ["Apellidos"])):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["area", "year", "value", *extra])
        for row, year in enumerate((2015, 2016, 2017), start=1):
            sheet.write_row(row, 0, [name, year, row, *(["Rossi"] if extra else [])])
    book.close()
    seen = imports.preview(path, variable="vic_detected")

    report = imports.commit(ws, path, imports.answer(seen, {"which_sheets": "all"})).report

    assert [q.code for q in seen.questions] == ["which_sheets"]
    assert (report.rows_read, report.rows_imported, report.observations) == (8, 6, 6)
    assert {r.sheet for r in observations.observations(ws)} == {"One", "Two"}
    assert "Rossi" not in str(observations.raw_sheet(ws, 1, "Two"))
