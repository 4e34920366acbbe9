"""Import through the service: one version or nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter

from indicators.errors import Cancelled, TipError
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from tests.places import ROOT, SHARED
from workbench.errors import UserFileError, WorkbenchError
from workbench.importing.recipe import load
from workbench.services import history, imports, observations
from workbench.services.workspace import Workspace, create, open_workspace

needs_shared = pytest.mark.skipif(SHARED is None, reason="no reference data beside the repository")
LONG = "variable,area,period,SEX,AGE,value,status,flags\n"


def table(folder: Path, text: str, name: str = "police.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def values(ws: Workspace, **wanted: str) -> list[tuple[str, str, str, float | None]]:
    rows = observations.observations(ws, **wanted)  # type: ignore[arg-type]
    return [(r.area, str(r.breakdown), str(r.period), r.value) for r in rows]


def test_a_delivery_in_our_own_codes_needs_no_question(ws: Workspace, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        LONG
        + "vic_detected,XV-01,2015,F,Y0T17,12,A,P\n"
        + "vic_detected,XV-01,2015,,,<5,S,\n"
        + "vic_detected,XV-01,2016,,,0,Z,\n"
        + "vic_detected,XV-01,2017,,,,M,\n"
        + "vic_detected,XV-01,2018,,,,X,\n",
    )

    outcome = imports.accept(ws, path)

    report = outcome.report
    assert report.preset == "workbench_long"
    assert (report.observations, report.censored) == (3, 1)
    assert report.missing == {"not_available": 1, "not_applicable": 1}
    rows = observations.observations(ws, breakdown=TOTAL)
    assert [r.status for r in rows] == [Status.S, Status.Z, Status.M, Status.X]
    assert (rows[0].low, rows[0].high, rows[0].raw) == (1, 4, "<5")
    (first,) = observations.observations(ws, breakdown=Breakdown.of(SEX="F", AGE="Y0T17"))
    assert first.flags.letters() == "P"
    assert (first.file, first.row, first.column) == ("police.csv", 2, 6)


def test_every_value_knows_its_cell_and_raw_text(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, 'area,year,value\nNorth,2015,"1,234"\nSouth,2015,"56.0"\n')

    imports.accept(ws, path, variable="vic_detected")

    source = observations.source(
        ws, variable="vic_detected", area="North", period=Period.of_year(2015)
    )
    assert source.observation.raw == "1,234"
    assert source.observation.value == 1234.0
    assert source.cell == "C2"


def test_replace_ends_the_earlier_version_append_does_not(ws: Workspace, tmp_path: Path) -> None:
    first = table(tmp_path, LONG + "vic_detected,A,2015,,,1,,\nvic_detected,B,2015,,,2,,\n")
    imports.accept(ws, first, dataset="police")
    second = table(tmp_path, LONG + "vic_detected,A,2015,,,9,,\n", "next.csv")

    imports.accept(ws, second, dataset="police", mode="append")
    appended = values(ws)
    imports.accept(ws, second, dataset="police")

    assert appended == [("A", "", "2015", 9.0), ("B", "", "2015", 2.0)]
    assert values(ws) == [("A", "", "2015", 9.0)]


def test_undo_of_an_import_brings_back_what_was(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, LONG + "vic_detected,A,2015,,,1,,\n")
    imports.accept(ws, path, dataset="police")
    before = history.content_digest(ws)
    path = table(tmp_path, LONG + "vic_detected,A,2015,,,5,,\n", "b.csv")

    change = imports.accept(ws, path, dataset="police").change
    history.undo(ws)

    assert change.action == "import"
    assert change.variables == ("vic_detected",)
    assert history.content_digest(ws) == before


def test_the_same_file_again_is_noted(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, LONG + "vic_detected,A,2015,,,1,,\n")
    imports.accept(ws, path)

    again = imports.accept(ws, path)

    assert "same_file_again" in [note.code for note in again.report.notes]
    assert again.report.vintage == 2
    assert values(ws) == [("A", "", "2015", 1.0)]


def test_open_questions_write_nothing(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "area,year,value\nA,2015,1.234\n")

    with pytest.raises(imports.OpenQuestions, match=r"police\.csv.*1.234") as caught:
        imports.accept(ws, path)

    assert [question.code for question in caught.value.questions] == ["ambiguous_number"]
    assert observations.vintages(ws) == ()


def test_a_saved_recipe_reads_the_next_file(ws: Workspace, tmp_path: Path) -> None:
    first = table(tmp_path, "Región;Año;Casos\nNorte;2015;1.234,5\nSur;2015;12,5\n")
    recipe = imports.accept(ws, first, variable="n_rate", dataset="police").recipe
    saved = tmp_path / "recipe.toml"
    saved.write_text(recipe.dump(), encoding="utf-8")
    second = table(tmp_path, "Región;Año;Casos\nNorte;2016;1.234\n", "next.csv")

    imports.commit(ws, second, load(saved), dataset="police", mode="append")

    assert [v[3] for v in values(ws, variable="n_rate", area="Norte")] == [1234.5, 1234.0]


def test_a_recipe_that_does_not_fit_is_told(ws: Workspace, tmp_path: Path) -> None:
    first = table(tmp_path, "Región;Año;Casos\nNorte;2015;1\n")
    recipe = imports.preview(first).recipe
    other = table(tmp_path, "a;b\n1;2\n", "other.csv")

    with pytest.raises(UserFileError, match=r"other\.csv"):
        imports.commit(ws, other, recipe)


def test_a_file_without_area_belongs_to_the_project(ws: Workspace, tmp_path: Path) -> None:
    report = imports.accept(ws, table(tmp_path, "year,value\n2015,12\n2016,13\n")).report

    assert values(ws) == [("XVA", "", "2015", 12.0), ("XVA", "", "2016", 13.0)]
    assert {"default_area", "default_variable"} <= {note.code for note in report.notes}


def test_countries_stand_alone_regions_under_the_country(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, LONG + "vic_detected,GBR,2015,,,1,,\nvic_detected,XV-01,2015,,,1,,\n")

    imports.accept(ws, path)

    parents = {area.code: area.parent for area in observations.areas(ws)}
    assert (parents["GBR"], parents["XV-01"]) == (None, "XVA")


def test_personal_columns_are_blanked_in_the_kept_copy(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "area,year,Apellidos,value\nA,2015,Rossi,1\nB,2015,Vega,2\n")

    report = imports.accept(ws, path, variable="vic_detected").report

    assert [w.code for w in report.warnings] == ["personal_column"]
    sheet = observations.raw_sheet(ws, 1, None)
    assert "Rossi" not in str(sheet)
    assert "Apellidos" in str(sheet)
    (vintage,) = observations.vintages(ws)
    assert len(vintage.redacted) == 1


def test_a_workbook_with_years_in_columns(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("Victims")
    for number, row in enumerate(
        [
            ["Victims"],
            [],
            ["Region", 2015, 2016],
            ["North", 12, "<5"],
            ["South", 7, ".."],
            ["Note"],
        ]
    ):
        sheet.write_row(number, 0, row)
    workbook.add_worksheet("Other").write(0, 0, "x")
    workbook.close()

    report = imports.accept(ws, path, variable="vic_detected").report

    assert (report.rows_read, report.header_rows, report.footer_rows) == (6, 3, 1)
    assert (report.observations, report.censored) == (3, 1)
    assert report.sheets_skipped == ("Other",)
    rows = observations.observations(ws, area="North")
    assert [(r.sheet, r.row, r.column, r.raw) for r in rows] == [
        ("Victims", 4, 2, "12"),
        ("Victims", 4, 3, "<5"),
    ]


def test_fractions_in_a_workbook_are_no_question(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    for number, row in enumerate(
        [["area", "year", "value"], ["A", 2015, 1.234], ["B", 2015, 2.5]]
    ):
        sheet.write_row(number, 0, row)
    workbook.close()

    imports.accept(ws, path, variable="n_rate")

    assert [(v[0], v[3]) for v in values(ws)] == [("A", 1.234), ("B", 2.5)]


def test_rows_with_broken_quotes_keep_their_raw_text(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, 'area,year,value\nA,2015,1\n"B,2015,2\nC,2015,3\n')

    imports.accept(ws, path, variable="vic_detected")

    rows = observations.observations(ws)
    assert [(r.area, r.row, r.raw) for r in rows] == [("A", 2, "1"), ("C", 4, "3")]


def test_a_recipe_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    recipe = imports.preview(table(tmp_path, "area,year,value\nA,2015,1\n")).recipe

    imports.save_recipe(recipe, tmp_path / "r.toml")

    assert imports.load_recipe(tmp_path / "r.toml") == recipe
    with pytest.raises(UserFileError, match=r"r\.toml"):
        imports.save_recipe(recipe, tmp_path / "none" / "r.toml")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


def test_corrections_that_a_file_overrules_are_told(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, LONG + "vic_detected,A,2015,,,1,,\n")
    imports.accept(ws, path)
    observations.correct(
        ws, variable="vic_detected", area="A", period=Period.of_year(2015), breakdown=TOTAL,
        value=2.0, reason="letter", author="x",
    )  # fmt: skip

    report = imports.accept(ws, path).report

    assert [w.code for w in report.warnings] == ["corrections_overruled"]


def test_too_many_columns_are_refused_by_the_name_of_the_file(
    ws: Workspace, tmp_path: Path
) -> None:
    path = table(tmp_path, "area,year,value" + ",x" * 5_000 + "\nA,2015,1\n")

    with pytest.raises(UserFileError, match=r"police\.csv.*2,?000"):
        imports.accept(ws, path)


class _Stop:
    """Stops after so many reports."""

    def __init__(self, after: int) -> None:
        self.left = after

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("after", [0, 3, 6])
def test_cancel_leaves_nothing(ws: Workspace, tmp_path: Path, after: int) -> None:
    lines = "".join(f"vic_detected,A{i},2015,,,1,,\n" for i in range(3_000))
    path = table(tmp_path, LONG + lines)
    before = history.content_digest(ws)

    with pytest.raises(Cancelled):
        imports.accept(ws, path, progress=_Stop(after))

    assert history.content_digest(ws) == before
    assert observations.vintages(ws) == ()
    assert imports.accept(ws, path).report.observations == 3_000


def test_another_unit_is_refused_before_anything_is_written(ws: Workspace, tmp_path: Path) -> None:
    long = "variable,area,period,unit,value\n"
    imports.accept(ws, table(tmp_path, long + "n_x,A,2015,litres,1\n"), dataset="d")
    other = table(tmp_path, long + "bud_exec,A,2015,VLD:1e6,1\n", "m.csv")
    imports.accept(ws, other, dataset="d", mode="append")
    third = table(tmp_path, long + "bud_exec,A,2016,USD:1e6,1\n", "n.csv")

    with pytest.raises(WorkbenchError, match="USD"):
        imports.accept(ws, third, dataset="d", mode="append")

    assert len(observations.vintages(ws)) == 2


def test_the_report_has_every_key_of_the_command_line(ws: Workspace, tmp_path: Path) -> None:
    content = imports.accept(ws, table(tmp_path, LONG + "vic_detected,A,2015,,,x1,,\n")).report

    keys = set(content.as_dict())
    assert keys >= {
        *("dataset", "vintage", "preset", "rows_read", "header_rows", "footer_rows"),
        *("blank_rows", "rows_imported", "rows_set_aside", "cells_read", "observations"),
        *("missing", "censored", "cells_set_aside", "cells_ignored", "set_aside"),
        *("warnings", "notes", "sheets_skipped"),
    }
    json.dumps(content.as_dict())
    assert content.set_aside[0].text == "“x1” is not a number."


def hostile() -> list[dict[str, str]]:
    if SHARED is None:
        return []
    manifest = json.loads((SHARED / "reference/hostile/manifest.json").read_text("utf-8"))
    return [f for f in manifest["files"] if f["kind"] in ("data", "bundle")]


@needs_shared
@pytest.mark.parametrize("file", hostile(), ids=lambda f: f["path"])
def test_hostile_files_meet_their_class(ws: Workspace, file: dict[str, object]) -> None:
    assert SHARED is not None
    before = history.content_digest(ws)
    path = SHARED / "reference/hostile" / str(file["path"])

    refusal = ""
    try:
        report = imports.accept(ws, path).report
        outcome = "warnings" if report.warnings else "ok"
    except TipError as error:
        outcome, refusal = "error", str(error)

    if refusal:
        assert path.name in refusal
        assert history.content_digest(ws) == before
    assert outcome in str(file["expect"]).split("|")
    check = file.get("check")
    if isinstance(check, dict):
        assert sum(v[3] or 0 for v in values(ws)) == check["sum"]


@needs_shared
def test_the_british_series_of_detected_victims(ws: Workspace) -> None:
    assert SHARED is not None

    report = imports.accept(ws, SHARED / "data/uk-ons-sdg/indicator_16-2-2.csv", area="GBR").report

    assert report.preset == "open_sdg"
    assert (report.rows_imported, report.rows_set_aside, report.observations) == (429, 0, 429)
    totals = observations.observations(ws, variable="vic_detected", breakdown=TOTAL)
    assert [r.value for r in totals] == [
        *(303, 422, 674, 834, 1256, 2128, 2710, 3016, 3975, 5482, 9330, 9720, 11387)
    ]
    ages = {r.breakdown.code("AGE") for r in observations.observations(ws, limit=429)}
    assert {"Y0T14", "Y18T24", "Y_GE75", "_U", None} <= ages


@needs_shared
def test_the_global_file_of_the_united_nations(ws: Workspace) -> None:
    assert SHARED is not None
    path = SHARED / "data/unodc-glotip-2023/data_glotip_2023_no_preamble.xlsx"

    report = imports.accept(ws, path).report

    assert report.preset == "unodc_glotip"
    assert report.rows_read == 46_557
    assert report.rows_imported + report.rows_set_aside == 46_556
    counts = {warning.code: warning.count for warning in report.warnings}
    assert counts["not_mapped"] == 1_830
    assert counts["conflict"] > 0
    british = observations.observations(ws, variable="vic_detected", area="GBR", breakdown=TOTAL)
    found = {str(r.period): (r.value, r.raw) for r in british}
    assert found["2017"] == (5138.0, "5,138")
    ranges = observations.observations(ws, variable="vic_detected", area="ABW")
    assert all((r.low, r.high) == (1, 4) for r in ranges if r.raw == "<5")


IMPORT_ONCE = """
import sys
from workbench.services import imports
from workbench.services.workspace import open_workspace
with open_workspace(sys.argv[1]) as ws:
    print("open", flush=True)
    imports.accept(ws, sys.argv[2], dataset="police")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill on this system")
def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    lines = "".join(
        f"vic_detected,A{area},{year},{sex},,{area},,\n"
        for area in range(600)
        for year in range(2010, 2020)
        for sex in "FM"
    )
    data = table(tmp_path, LONG + lines)
    with open_workspace(path) as ws:
        imports.accept(ws, table(tmp_path, LONG + "vic_detected,A,2015,,,1,,\n", "first.csv"))
        before = history.content_digest(ws)
    with create(tmp_path / "after.tipw", area="XVA") as ws:
        imports.accept(ws, tmp_path / "first.csv")
        imports.accept(ws, data, dataset="police")
        after = history.content_digest(ws)
    chance = random.Random(20120607)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", IMPORT_ONCE, str(path), str(data)],
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with open_workspace(path) as ws:
            assert history.content_digest(ws) in (before, after)

    with open_workspace(path) as ws:
        imports.accept(ws, data, dataset="police")
        assert history.content_digest(ws) == after
    assert sorted(p.name for p in tmp_path.glob("w.tipw*")) == ["w.tipw"]
