"""The file of the next year loads with at most the questions that its changes deserve."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
import xlsxwriter

from tests.places import ROOT, SHARED
from tests.workbench.importing.ministry_changes import CHANGES, Change, Rows, Table, written
from workbench.importing.recipe import Recipe
from workbench.importing.report import ImportReport
from workbench.services import imports, observations
from workbench.services.workspace import Workspace, create, open_workspace

VALDORIA = ROOT / "sample_data/valdoria"
Values = dict[tuple[str, str, str, str], tuple[object, ...]]


def cut(path: Path, keep: int) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row for number, row in enumerate(csv.reader(stream)) if number <= keep]


def police() -> Table:
    return Table(
        name="police",
        rows=cut(VALDORIA / "police.csv", 60),
        renamed=("value", "Total"),
        value="value",
        category=("period", "2004"),
        gone="FORM",
    )


def shelters() -> Table:
    """A table in the office's own words, without a preset."""
    rows = [["Province", "Year", "Sexo", "Persons helped"]]
    rows += [
        [
            area,
            str(year),
            sex,
            f"{1000 + 10 * year + place:,}.5" if place == 1 else str(50 + place),
        ]
        for place, area in enumerate(("Alta Norte", "Estrela", "Lisse"))
        for year in (2021, 2022, 2023)
        for sex in ("F", "M")
    ]
    return Table(
        name="shelters",
        rows=rows,
        renamed=("Province", "Territory of the office"),
        value="Persons helped",
        category=("Province", "Kordun Valley"),
        gone="Sexo",
    )


def wide() -> Table:
    """A table with a column a year."""
    rows = [["Región", "Delito", "2021", "2022", "2023"]]
    rows += [
        [area, offence, str(100 * place + 1), "1,250.5", "<5"]
        for place, area in enumerate(("Merenta", "Hohenmark", "Lisse"), 1)
        for offence in ("Trata", "Tráfico")
    ]
    return Table(
        name="denuncias",
        rows=rows,
        renamed=("Delito", "Tipo de delito"),
        value="",
        category=("Región", "Estrela"),
        gone="Delito",
    )


def open_sdg() -> Table:
    assert SHARED is not None
    return Table(
        name="indicator_16_2_2",
        rows=cut(SHARED / "data/uk-ons-sdg/indicator_16-2-2.csv", 80),
        renamed=("Sex", "Gender"),
        value="Value",
        category=("Age", "Not recorded at all"),
        gone="Unit multiplier",
    )


def glotip() -> Table:
    """Invented rows in the layout of the public file of the United Nations."""
    rows = [
        ["Iso3_code", "Country", "Region", "Indicator", "Dimension", "Category", "Sex", "Age",
         "Year", "Unit of measurement", "txtVALUE", "Source"],
        *(
            [iso, iso, "R", "Detected trafficking victims", "Total", "Total", sex, "Total", year,
             "Counts", value, "made up"]
            for iso, sex, year, value in (
                ("GBR", "Total", "2017", "5138"), ("GBR", "Female", "2017", "2000"),
                ("GBR", "Male", "2017", "3100"), ("MEX", "Total", "2017", "700"),
                ("MEX", "Total", "2018", "<5"), ("MEX", "Female", "2018", "6"),
            )
        ),
    ]  # fmt: skip
    return Table(
        name="data_glotip",
        rows=rows,
        renamed=("txtVALUE", "Value as text"),
        value="txtVALUE",
        category=("Sex", "Unknown"),
        gone="Country",
    )


def courts() -> Table:
    return Table(
        name="courts",
        rows=cut(VALDORIA / "courts.csv", 60),
        renamed=("value", "Number"),
        value="value",
        category=("period", "2004"),
        gone="STAT",
    )


def world_bank() -> Table:
    """Invented numbers, one column a year."""
    rows = [["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2021", "2022"]]
    rows += [
        [name, code, "Population, total", "SP.POP.TOTL", str(1000 + 7 * place), str(1100 + place)]
        for place, (name, code) in enumerate((("Aruba", "ABW"), ("Chad", "TCD"), ("World", "WLD")))
    ]
    return Table(
        name="population",
        rows=rows,
        renamed=("Indicator Code", "Code of the indicator"),
        value="",
        category=("Country Code", "PER"),
        gone="Country Name",
    )


def un_sdg() -> Table:
    """Invented numbers of the global SDG download."""
    rows = [
        ["Goal", "Indicator", "SeriesCode", "GeoAreaCode", "GeoAreaName", "TimePeriod", "Value",
         "[Sex]", "[Age]", "[Units]"],
        *(
            ["16", "16.2.2", "VC_HTF_DETV", area, area, year, value, sex, "ALLAGE", "NUMBER"]
            for area, year, sex, value in (
                ("8", "2020", "BOTHSEX", "81"), ("8", "2020", "FEMALE", "50"),
                ("8", "2021", "BOTHSEX", "90"), ("40", "2020", "BOTHSEX", "120"),
                ("40", "2020", "MALE", "1000"), ("40", "2021", "BOTHSEX", "1400"),
            )
        ),
    ]  # fmt: skip
    return Table(
        name="sdg",
        rows=rows,
        renamed=("SeriesCode", "Series of the download"),
        value="Value",
        category=("GeoAreaCode", "604"),
        gone="GeoAreaName",
    )


TABLES = {
    "police": police,
    "courts": courts,
    "shelters": shelters,
    "wide": wide,
    "open sdg": open_sdg,
    "glotip": glotip,
    "world bank": world_bank,
    "un sdg": un_sdg,
}
NEEDS_SHARED = {"open sdg"}


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Values]]:
    """Of each table, a project that holds the unchanged file, and its values."""
    made: dict[str, tuple[Path, Values]] = {}
    for name, make in TABLES.items():
        if name in NEEDS_SHARED and SHARED is None:
            continue
        folder = tmp_path_factory.mktemp(name.replace(" ", "_"))
        table = make()
        with create(folder / "w.tipw", area="XVA") as ws:
            seen = imports.preview(written(table, table.rows, folder), ws=ws, dataset=table.name)
            imports.commit(ws, seen.path, seen.recipe, dataset=table.name)
            made[name] = (folder / "w.tipw", values(ws))
    return made


def values(ws: Workspace) -> Values:
    return {
        (r.variable, r.area, str(r.period), str(r.breakdown)): (r.value, r.low, r.high, r.status)
        for r in observations.observations(ws, with_raw=False)
    }


def answered(ws: Workspace, path: Path, dataset: str) -> tuple[list[str], Recipe, str | None]:
    """Questions asked until none is left, and the recipe; renamed and gone columns are agreed to."""
    asked: list[str] = []
    given = {"similar_names": "no"}
    seen = imports.preview(path, ws=ws, dataset=dataset)
    while new := [q for q in seen.questions if q.code not in given]:
        asked += [question.code for question in new]
        assert len(asked) < 6, asked
        given |= {question.code: "yes" for question in new}
        seen = imports.preview(path, ws=ws, dataset=dataset, answers=given)
    return asked, seen.recipe, seen.preset


def imported(name: str, change: Change, project: Path, folder: Path) -> tuple[list[str], ImportReport, Values]:  # fmt: skip
    table = TABLES[name]()
    copy = folder / "w.tipw"
    shutil.copy(project, copy)
    path = change.make(table, folder)
    with open_workspace(copy) as ws:
        asked, recipe, _ = answered(ws, path, table.name)
        report = imports.commit(ws, path, recipe, dataset=table.name).report
        return asked, report, values(ws)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.id)
@pytest.mark.parametrize("name", TABLES)
def test_a_changed_file_asks_at_most_what_its_change_deserves(
    projects: dict[str, tuple[Path, Values]], tmp_path: Path, name: str, change: Change
) -> None:
    if name not in projects:
        pytest.skip("no real files beside the repository")
    project, before = projects[name]

    asked, report, after = imported(name, change, project, tmp_path)

    report.check()
    assert set(asked) <= change.asks, asked
    assert len(asked) <= 1
    if change.equal and not change.more:
        assert after == before
    if change.more:
        assert {key: after.get(key) for key in before} == before
    if not change.equal:
        assert after == before or asked or report.remarks


def test_a_number_format_is_chosen_once(tmp_path: Path) -> None:
    text = "Province,Year,Persons\nLisse,{year},1.234\nEstrela,{year},12\n"
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        first = imports.preview(_file(tmp_path, "police_2023.csv", text.format(year=2023)), ws=ws)
        recipe = imports.answer(first, {"ambiguous_number": "1.234,5"})
        imports.commit(ws, first.path, recipe)

        again = imports.accept(
            ws, _file(tmp_path, "police_2024.csv", text.format(year=2024)), mode="append"
        )

        found = {(r.variable, str(r.period)): r.value for r in observations.observations(ws, area="Lisse")}  # fmt: skip
    assert [question.code for question in first.questions] == ["ambiguous_number"]
    assert found["n_police_2023", "2024"] == 1234
    assert "read_again" in {remark.code for remark in again.report.remarks}


def test_a_column_of_a_new_year_is_read_and_an_old_one_is_not_missed(tmp_path: Path) -> None:
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        imports.accept(ws, _file(tmp_path, "a.csv", "Region,2021,2022\nLisse,1,2\nEstrela,3,4\n"))

        report = imports.accept(
            ws, _file(tmp_path, "a_2.csv", "Region,2022,2023\nLisse,2,5\nEstrela,4,6\n")
        ).report

    assert "column_gone" not in {remark.code for remark in report.remarks}
    assert report.observations == 4


def test_a_renamed_sheet_is_named(tmp_path: Path) -> None:
    def book(name: str, sheet: str) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as made:
            page = made.add_worksheet(sheet)
            for number, row in enumerate((["Region", "Year", "Cases"], ["Lisse", 2021, 3], ["Estrela", 2021, 4])):  # fmt: skip
                page.write_row(number, 0, row)
        return path

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        imports.accept(ws, book("t_2023.xlsx", "Data 2023"))
        report = imports.accept(ws, book("t_2024.xlsx", "Data 2024")).report

    remark = next(remark for remark in report.remarks if remark.code == "sheet_changed")
    assert remark.data == {"now": "Data 2024", "former": "Data 2023"}


def test_a_table_of_another_source_keeps_its_own_input(tmp_path: Path) -> None:
    text = "Province,Year,Persons\nLisse,2023,{value}\nEstrela,2023,12\n"
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        imports.accept(ws, _file(tmp_path, "police.csv", text.format(value=7)))
        imports.accept(ws, _file(tmp_path, "courts.csv", text.format(value=5)))

        found = {(r.variable, r.value) for r in observations.observations(ws, area="Lisse")}
    assert found == {("n_police", 7.0), ("n_courts", 5.0)}


def test_another_file_of_a_source_keeps_its_own_input(tmp_path: Path) -> None:
    text = "Province,Year,Persons\nLisse,2023,{value}\nEstrela,2023,12\n"
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        victims = _file(tmp_path, "victims.csv", text.format(value=7))
        imports.accept(ws, victims, dataset="police", variable="vic_detected")
        suspects = _file(tmp_path, "suspects.csv", text.format(value=5))
        imports.accept(ws, suspects, dataset="police", mode="append")

        found = {(r.variable, r.value) for r in observations.observations(ws, area="Lisse")}
    assert found == {("vic_detected", 7.0), ("n_suspects", 5.0)}


def test_a_renamed_column_that_is_not_the_old_one_is_left_out(tmp_path: Path) -> None:
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        first = _file(tmp_path, "police.csv", "Province,Year,Office,Persons\nLisse,2023,North,7\nLisse,2023,South,8\n")  # fmt: skip
        imports.accept(ws, first)
        second = _file(tmp_path, "police_2.csv", "Province,Year,Printed,Persons\nLisse,2023,x,7\n")

        open_seen = imports.preview(second, ws=ws)
        no = imports.preview(second, ws=ws, answers={"renamed_column": "no"})
        gone = imports.preview(second, ws=ws, answers={"renamed_column": "no", "column_gone": "yes"})  # fmt: skip

    assert [q.code for q in open_seen.questions] == ["renamed_column"]
    assert [q.code for q in no.questions] == ["column_gone"]
    assert gone.questions == ()
    assert "column_gone" in {remark.code for remark in gone.remarks}


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
