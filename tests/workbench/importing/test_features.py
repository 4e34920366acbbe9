"""Every messy feature has a small file of its own: named with its cells, and what it then yields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
import xlsxwriter

from tests.workbench.importing.readers import test_ods_file, test_xls_file, test_xlsb_file
from workbench.importing.names import Names
from workbench.importing.opening import file_remarks, open_for
from workbench.importing.plan import make_plan
from workbench.importing.prepared import Prepared
from workbench.importing.preview import make_preview, question_dict
from workbench.importing.validate import prepare
from workbench.services import imports, observations
from workbench.services.project_names import project_names
from workbench.services.workspace import create

LAST_YEAR = 2027
Make = Callable[[Path], Path]


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A messy feature.

    Attributes:
        id: its name.
        make: writes the file into a folder.
        cells: addresses that ``inspect`` must give, by code of the oddity; empty: it has none.
        counts: how often, by code of the oddity.
        asks: codes of the questions; empty: none.
        observations, missing, aside: of the import: values and ranges, cells without, rows left out.
        total: sum of the values.
    """

    id: str
    make: Make
    cells: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    observations: int = 0
    total: float = 0
    missing: int = 0
    aside: int = 0


def text(content: str, *, encoding: str = "utf-8", name: str = "t.csv") -> Make:
    """A text file."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode(encoding))
        return path

    return make


def book(fill: Callable[[Any, Any], None], **options: Any) -> Make:
    """A workbook; ``fill`` gets the workbook and its first sheet."""

    def make(folder: Path) -> Path:
        path = folder / "t.xlsx"
        with xlsxwriter.Workbook(str(path), options) as made:
            fill(made, made.add_worksheet("Datos"))
        return path

    return make


def rows(sheet: Any, table: list[list[object]]) -> None:
    for number, row in enumerate(table):
        sheet.write_row(number, 0, row)


LONG: list[list[object]] = [["area", "year", "value"], ["Norte", 2015, 10], ["Sur", 2015, 20]]


def hiding(made: Any, sheet: Any) -> None:
    rows(sheet, LONG)
    sheet.write("D1", "note")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("D:D", None, None, {"hidden": True})
    sheet.write_comment("C2", "checked twice")
    made.add_worksheet("Old").hide()


def hidden_only(made: Any, sheet: Any) -> None:
    rows(sheet, LONG)
    sheet.hide()
    cover = made.add_worksheet("Cover")
    cover.write("A1", "A report")
    cover.activate()
    cover.set_first_sheet()


def merged(_: Any, sheet: Any) -> None:
    sheet.merge_range("A1:A2", "Region")
    sheet.merge_range("B1:C1", "2015")
    sheet.merge_range("D1:E1", "2016")
    sheet.write_row("B2", ["Women", "Men", "Women", "Men"])
    sheet.write_row("A3", ["Norte", 1, 2, 3, 4])
    sheet.write_row("A4", ["Sur", 5, 6, 7, 8])


def dated(made: Any, sheet: Any) -> None:
    from datetime import date

    form = made.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row("A1", ["area", "date", "value"])
    for number, month in enumerate((1, 2, 3), start=1):
        sheet.write(number, 0, "Norte")
        sheet.write_datetime(number, 1, date(2015, month, 1), form)
        sheet.write(number, 2, month)


def ods(folder: Path) -> Path:
    return test_ods_file.book(folder / "t.ods", LONG)


def xlsb(folder: Path) -> Path:
    table: list[list[float | str]] = [
        ["area", "year", "value"],
        ["Norte", "2015", 10.0],
        ["Sur", "2015", 20.0],
    ]
    return test_xlsb_file.book(folder / "t.xlsb", table)


def xls(folder: Path) -> Path:
    path = folder / "t.xls"
    path.write_bytes(test_xls_file.BOOK)
    return path


HEAD = "area,year,value\n"
FEATURES = (
    Feature(
        id="several header rows",
        make=text("Region,2015,,2016,\n,Women,Men,Women,Men\nNorte,1,2,3,4\nSur,5,6,7,8\n"),
        cells={"header_rows_joined": ("A1", "A2"), "merged_headers": ("B1", "D1")},
        counts={"header_rows_joined": 2, "merged_headers": 2},
        observations=8,
        total=36,
    ),
    Feature(
        id="merged headers",
        make=book(merged),
        cells={"merged_headers": ("B1", "D1"), "wide_periods": ("B2", "C2", "D2", "E2")},
        observations=8,
        total=36,
    ),
    Feature(
        id="header repeated in the table",
        make=text(HEAD + "Norte,2015,1\nSur,2015,2\narea,year,value\nNorte,2016,3\nSur,2016,4\n"),
        cells={"header_again": ("A4",)},
        observations=4,
        total=10,
        aside=1,
    ),
    Feature(
        id="preamble",
        make=text("Yearbook of victims\nMinistry\n\n" + HEAD + "Norte,2015,1\nSur,2015,2\n"),
        cells={"preamble": ("A1", "A2")},
        counts={"preamble": 2},
        observations=2,
        total=3,
    ),
    Feature(
        id="notes and source below",
        make=text(HEAD + "Norte,2015,1\nSur,2015,2\n\nNote: provisional\nSource: police\n"),
        cells={"footer": ("A5", "A6")},
        counts={"footer": 2},
        observations=2,
        total=3,
    ),
    Feature(
        id="blank rows",
        make=text(HEAD + "Norte,2015,1\n\n,,\nSur,2015,2\n"),
        cells={"blank_rows": ("A3", "A4")},
        counts={"blank_rows": 2},
        observations=2,
        total=3,
    ),
    Feature(
        id="blank columns",
        make=text("area,,year,value,\nNorte,,2015,1,\nSur,,2015,2,\n"),
        cells={"blank_columns": ("B1", "E1")},
        observations=2,
        total=3,
    ),
    Feature(
        id="labels on the first row of a group",
        make=text(HEAD + "Norte,2015,1\n,2016,2\n,2017,3\nSur,2015,4\n,2016,5\n,2017,6\n"),
        cells={"labels_repeated": ("A3", "A4", "A6", "A7")},
        counts={"labels_repeated": 4},
        observations=6,
        total=21,
    ),
    Feature(
        id="labels of a dimension on the first row of a group",
        make=text(
            "sex,age,year,value\nWomen,0-17,2015,1\n,18-24,2015,2\nMen,0-17,2015,3\n"
            ",18-24,2015,4\n"
        ),
        cells={"labels_repeated": ("A3", "A5")},
        observations=4,
        total=10,
    ),
    Feature(
        id="blank labels that could be either",
        make=text("sex,year,value\nWomen,2015,1\n,2016,2\nMen,2017,3\n,2018,4\n"),
        cells={"total_by_blank": ("A3", "A5")},
        asks=("blank_labels",),
    ),
    Feature(
        id="years in columns",
        make=text("Region,2015,2016\nNorte,1,2\nSur,3,4\n"),
        cells={"wide_periods": ("B1", "C1")},
        counts={"wide_periods": 2},
        observations=4,
        total=10,
    ),
    Feature(
        id="groups in columns",
        make=text("Region,Year,Women,Men\nNorte,2015,1,2\nSur,2015,3,4\n"),
        cells={"wide_groups": ("C1", "D1")},
        observations=4,
        total=10,
    ),
    *(
        Feature(
            id=f"month names in {language}",
            make=text(f"area,month,value\nNorte,{first} 2015,1\nNorte,{second}. 2015,2\n"),
            cells={"month_names": ("B2", "B3")},
            observations=2,
            total=3,
        )
        for language, first, second in (
            ("English", "January", "Feb"),
            ("Spanish", "enero", "ago"),
            ("Portuguese", "março", "out"),
            ("French", "février", "août"),
        )
    ),
    Feature(
        id="school years",
        make=text(HEAD + "Norte,2015/16,1\nNorte,2016/17,2\n"),
        cells={"years_across": ("B2", "B3")},
        asks=("year_across",),
    ),
    Feature(
        id="fiscal years",
        make=text(HEAD + "Norte,FY2015,1\nNorte,FY2016,2\n"),
        cells={"years_across": ("B2", "B3")},
        asks=("year_across",),
    ),
    Feature(
        id="fiscal years in columns",
        make=text("area,2015/16,2016/17\nNorte,1,2\nSur,3,4\n"),
        cells={"years_across": ("B1", "C1")},
        asks=("year_across",),
    ),
    Feature(
        id="several dimensions in one column",
        make=text(
            'year,group,value\n2015,"Women, under 18",1\n2015,"Men, under 18",2\n'
            '2015,"Women, 18-24",3\n'
        ),
        cells={"several_in_one": ("B2", "B3", "B4")},
        observations=3,
        total=6,
    ),
    Feature(
        id="unit column that changes inside a series",
        make=text(
            "area,year,unit,value\nNorte,2015,persons,120\nNorte,2016,persons,130\n"
            "Norte,2017,per 100 000,1.5\n"
        ),
        cells={"unit_changes": ("C4",)},
        asks=("two_units_in_one_column",),
    ),
    Feature(
        id="unit that changes from whole numbers to fractions",
        make=text(
            HEAD + "Norte,2013,12\nNorte,2014,13\nNorte,2015,14\nNorte,2016,1.25\n"
            "Norte,2017,1.35\n"
        ),
        cells={"unit_break": ("C5",)},
        observations=5,
        total=41.6,
    ),
    Feature(
        id="numbers that become a thousand times larger",
        make=text(
            HEAD + "Norte,2013,12\nNorte,2014,13\nNorte,2015,14000\nNorte,2016,15000\n"
            "Sur,2013,20\nSur,2014,21\nSur,2015,22\nSur,2016,23\n"
        ),
        cells={"unit_jump": ("C4",)},
        counts={"unit_jump": 1},
        observations=8,
        total=29111,
    ),
    Feature(
        id="numbers that become a million times smaller, years in columns",
        make=text("area,2013,2014,2015,2016\nNorte,12000000,13000000,14,15\n"),
        cells={"unit_jump": ("D2",)},
        observations=4,
        total=25000029,
    ),
    Feature(
        id="words of another unit inside the table",
        make=text(HEAD + "Norte,2013,120\nNorte,2014,130\n(thousands),,\nNorte,2015,14\n"),
        cells={"magnitude_inside": ("A4",)},
        observations=3,
        total=264,
        aside=1,
    ),
    Feature(
        id="total rows",
        make=text("sex,year,value\nTotal,2015,3\nWomen,2015,1\nMen,2015,2\n"),
        cells={"total_cells": ("A2",)},
        observations=3,
        total=6,
    ),
    Feature(
        id="whole country among regions",
        make=text(HEAD + "Total país,2015,3\nNorte,2015,1\nSur,2015,2\n"),
        cells={"total_cells": ("A2",)},
        observations=3,
        total=6,
    ),
    Feature(
        id="total by an empty cell",
        make=text("sex,year,value\n,2015,3\nWomen,2015,1\nMen,2015,2\n"),
        cells={"total_by_blank": ("A2",)},
        observations=3,
        total=6,
    ),
    Feature(
        id="groups among countries",
        make=text(
            "country,year,value\nPeru,2015,1\nChile,2015,2\nBrazil,2015,3\nSpain,2015,4\n"
            "France,2015,5\nWorld,2015,99\n"
        ),
        cells={"group_areas": ("A7",)},
        observations=6,
        total=114,
    ),
    Feature(
        id="footnote marks",
        make=text(HEAD + "Norte,2015,12 (3)\nNorte,2016,45*\nNorte,2017,7 r\nNorte,2018,120 p\n"),
        cells={"footnote_marks": ("C2", "C3", "C4", "C5")},
        counts={"footnote_marks": 4},
        observations=4,
        total=184,
    ),
    Feature(
        id="flags in a column of their own",
        make=text("area,year,value,flags\nNorte,2015,1,p\nNorte,2016,2,\nNorte,2017,3,b\n"),
        cells={"flags_column": ("D2", "D4")},
        observations=3,
        total=6,
    ),
    *(
        Feature(
            id=f"numbers with {name}",
            make=text(f"area;year;value\nNorte;2015;{first}\nNorte;2016;{second}\n"),
            cells={"number_format": ("C2", "C3")},
            observations=2,
            total=1234567.5 + 1234.5,
        )
        for name, first, second in (
            ("points and a comma", "1.234.567,5", "1.234,5"),
            ("commas and a point", "1,234,567.5", "1,234.5"),
            ("ordinary blanks", "1 234 567,5", "1 234,5"),
            ("no-break blanks", "1\u00a0234\u00a0567,5", "1\u00a0234,5"),
            ("narrow no-break blanks", "1\u202f234\u202f567,5", "1\u202f234,5"),
            ("thin blanks", "1\u2009234\u2009567,5", "1\u2009234,5"),
        )
    ),
    Feature(
        id="an ambiguous number",
        make=text(HEAD + "Norte,2015,12\nNorte,2016,1.234\n"),
        cells={},
        asks=("ambiguous_number",),
    ),
    Feature(
        id="mixed number formats",
        make=text("area;year;value\nNorte;2015;1.234,5\nNorte;2016;1,234.5\n"),
        cells={},
        asks=("mixed_numbers",),
    ),
    *(
        Feature(
            id=f"numbers in {words}",
            make=text(f"Budget ({words})\n{HEAD}Norte,2015,12\nNorte,2016,13\n"),
            cells={"magnitude_said": ("A1",)},
            asks=("declared_magnitude",),
        )
        for words in ("thousands", "in lakhs", "millones", "en milliers")
    ),
    Feature(
        id="thousands in a row under the header",
        make=text("Region,2015,2016\n,(thousands),(thousands)\nNorte,1,2\nSur,3,4\n"),
        cells={"magnitude_said": ("B2", "C2")},
        asks=("declared_magnitude",),
    ),
    Feature(
        id="thousands in the header of the column",
        make=text("area,year,value (thousands)\nNorte,2015,1\nSur,2015,2\n"),
        cells={"magnitude_said": ("C1",)},
        asks=("declared_magnitude",),
    ),
    Feature(
        id="codes of missing values",
        make=text(HEAD + "A,2015,..\nB,2015,n/a\nC,2015,..\nD,2015,-\nE,2015,c\nF,2015,7\n"),
        cells={
            "missing_marks": ("C2", "C3", "C4"),
            "dash_marks": ("C5",),
            "confidential": ("C6",),
        },
        counts={"missing_marks": 3, "dash_marks": 1, "confidential": 1},
        observations=1,
        total=7,
        missing=5,
    ),
    Feature(
        id="repeated names of columns",
        make=text("area,year,value,Value\nNorte,2015,1,2\n"),
        cells={"repeated_names": ("C1", "D1")},
        asks=("repeated_header", "two_value_columns"),
    ),
    Feature(
        id="UTF-8 with a byte mark",
        make=text(HEAD + "Ñuble,2015,1\n", encoding="utf-8-sig"),
        cells={"stated_encoding": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="UTF-16 with a byte mark",
        make=text(HEAD + "Ñuble,2015,1\n", encoding="utf-16"),
        cells={"stated_encoding": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="UTF-16 without a byte mark",
        make=text(HEAD + "Ñuble,2015,1\n", encoding="utf-16-le"),
        cells={"guessed_encoding": ("A2",)},
        observations=1,
        total=1,
    ),
    *(
        Feature(
            id=f"letters in {encoding}",
            make=text(HEAD + f"{first},2015,1\n{second},2015,2\n", encoding=encoding),
            cells={"guessed_encoding": ("A2", "A3")},
            asks=asks,
            observations=0 if asks else 2,
            total=0 if asks else 3,
        )
        for encoding, first, second, asks in (
            ("cp1252", "Ñuble", "Córdoba", ()),
            ("latin-1", "São Miguel", "Évora", ()),
            ("mac_roman", "Saint-Étienne", "Córdoba", ("which_encoding",)),
            ("cp1251", "Москва", "Казань", ("which_encoding",)),
            ("cp1250", "Łódź", "Škoda", ("which_encoding",)),
            ("iso8859_2", "Łódź", "Čáslav", ()),
            ("iso8859_7", "Αθήνα", "Πάτρα", ("which_encoding",)),
            ("cp850", "Ñuble", "São Miguel", ()),
        )
    ),
    Feature(
        id="semicolons",
        make=text("area;year;value\nNorte;2015;1\n"),
        cells={"parted_by": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="tabs",
        make=text("area\tyear\tvalue\nNorte\t2015\t1\n"),
        cells={"parted_by_tab": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="upright lines",
        make=text("area|year|value\nNorte|2015|1\n"),
        cells={"parted_by": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="quotation marks",
        make=text('"area","year","value"\n"La ""Paz"", sur","2015","1"\n'),
        cells={"quoted_cells": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="hidden rows, columns, sheets and comments",
        make=book(hiding),
        cells={
            "hidden_rows": ("A3",),
            "hidden_columns": ("D1",),
            "cell_comments": ("C2",),
            "hidden_sheet": (),
        },
        observations=2,
        total=30,
    ),
    Feature(
        id="a hidden sheet",
        make=book(hidden_only),
        cells={"hidden_sheet": ()},
        observations=2,
        total=30,
    ),
    Feature(
        id="what ods does not tell",
        make=ods,
        cells={"beyond_sight": ()},
        observations=2,
        total=30,
    ),
    Feature(
        id="what xlsb does not tell",
        make=xlsb,
        cells={"beyond_sight": ()},
        observations=2,
        total=30,
    ),
    Feature(
        id="what xls does not tell",
        make=xls,
        cells={"beyond_sight": ()},
        observations=2,
        total=1.234,
    ),
    Feature(
        id="dates counted from 1900",
        make=book(dated),
        cells={"dates_from_1900": ("B2", "B3", "B4")},
        observations=3,
        total=6,
    ),
    Feature(
        id="dates counted from 1904",
        make=book(dated, date_1904=True),
        cells={"dates_from_1904": ("B2", "B3", "B4")},
        observations=3,
        total=6,
    ),
    Feature(
        id="suppressed numbers",
        make=text(HEAD + "Norte,2015,<5\nNorte,2016,1-4\nNorte,2017,12\nNorte,2018,20\n"),
        cells={"censored": ("C2", "C3")},
        counts={"censored": 2},
        observations=4,
        total=32,
    ),
    Feature(
        id="a column of names of persons",
        make=text("area,year,surname,value\nNorte,2015,Rossi,1\nSur,2015,Lopez,2\n"),
        cells={"personal_column": ("C1",)},
        observations=2,
        total=3,
    ),
    Feature(
        id="texts like formulas",
        make=text(HEAD + "=1+1,2015,1\n@SUM(A1),2015,2\nSur,2015,3\n"),
        cells={"formula_text": ("A2", "A3")},
        counts={"formula_text": 2},
        observations=3,
        total=6,
    ),
    Feature(
        id="markup",
        make=text(HEAD + "<b>Norte</b>,2015,1\nSur &amp; Este,2015,2\n"),
        cells={"markup_text": ("A2", "A3")},
        observations=2,
        total=3,
    ),
    Feature(
        id="hidden characters",
        make=text(HEAD + "Nor\u202ete,2015,1\nSur,2015,2\n"),
        cells={"hidden_characters": ("A2",)},
        observations=2,
        total=3,
    ),
    Feature(
        id="lost letters",
        make=text(HEAD + "M\ufffdrida,2015,1\nSur,2015,2\n"),
        cells={"letters_lost": ("A2",)},
        observations=1,
        total=2,
        aside=1,
    ),
    Feature(
        id="letters read wrongly once",
        make=text(HEAD + "MÃ©rida,2015,1\nSur,2015,2\n"),
        cells={"letters_misread": ("A2",)},
        asks=("repair_letters",),
    ),
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    with create(tmp_path_factory.mktemp("empty") / "w.tipw", area="XVA") as ws:
        return project_names(ws)


def imported(path: Path, names: Names) -> Prepared:
    """What the import of a file would write, by the best guess."""
    opened = open_for(path, None, last_year=LAST_YEAR)
    known = {"variable": "n_x"}
    recipe = make_preview(opened, last_year=LAST_YEAR, known=known, names=names).recipe
    if not any(column.role == "area" for column in recipe.columns):
        recipe = replace(recipe, constants={**recipe.constants, "area": "XVA"})
    opened = open_for(path, recipe, last_year=LAST_YEAR)
    assert opened.header is not None
    plan = make_plan(
        opened.file,
        opened.table,
        opened.header,
        recipe,
        last_year=LAST_YEAR,
        personal=tuple(opened.personal),
    )
    return prepare(plan, replace(names, variables={**names.variables, "n_x": "any"}), dataset="t")


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_is_named_and_yields_what_it_should(
    feature: Feature, names: Names, tmp_path: Path
) -> None:
    path = feature.make(tmp_path)

    seen = make_preview(
        open_for(path, None, last_year=LAST_YEAR),
        last_year=LAST_YEAR,
        known={"variable": "n_x"},
        names=names,
    )

    told = cast("list[dict[str, Any]]", seen.as_dict()["oddities"])
    oddities = {entry["code"]: entry for entry in told}
    assert set(feature.cells) <= set(oddities)
    for code, cells in feature.cells.items():
        assert tuple(oddities[code]["cells"]) == cells
        assert "{" not in oddities[code]["text"]
    assert {code: oddities[code]["count"] for code in feature.counts} == feature.counts
    assert tuple(question.code for question in seen.questions) == feature.asks
    if feature.asks:
        return
    found = imported(path, names)
    report = found.report
    report.check()
    assert report.observations == feature.observations
    assert sum(report.missing.values()) == feature.missing
    assert report.rows_set_aside == feature.aside
    values = [found.cells.value[cell] or 0 for cell in found.cell.tolist()]
    assert sum(values) == pytest.approx(feature.total)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Ñuble"),
        ("iso8859_2", "Łódź"),
        ("iso8859_15", "Œuvre"),
        ("cp850", "São Miguel"),
        ("utf-16-be", "Ñuble"),
    ],
)
def test_names_in_an_old_encoding_come_out_right(
    tmp_path: Path, names: Names, encoding: str, name: str
) -> None:
    path = text(HEAD + f"{name},2015,1\nSur,2015,2\n", encoding=encoding)(tmp_path)

    assert name in imported(path, names).new_areas.values()


def test_a_table_without_trouble_has_no_oddities(tmp_path: Path) -> None:
    path = text(HEAD + "Norte,2015,1\nSur,2015,2\n")(tmp_path)

    seen = make_preview(
        open_for(path, None, last_year=LAST_YEAR), last_year=LAST_YEAR, known={"variable": "n_x"}
    )

    assert seen.oddities == ()


def test_a_workbook_whose_hidden_parts_cannot_be_told_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(hiding)(tmp_path)
    monkeypatch.setattr("workbench.importing.readers.xlsx_file._FACTS", tmp_path / "absent.py")

    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})

    assert "beyond_sight" in [remark.code for remark in seen.oddities]
    assert "beyond_sight" in [remark.code for remark in file_remarks(opened)]


def test_no_more_addresses_than_a_person_reads(tmp_path: Path) -> None:
    path = text(HEAD + "".join(f"A{n},2015,<5\n" for n in range(100)) + "B,2015,7\n")(tmp_path)

    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})

    (found,) = [remark for remark in seen.oddities if remark.code == "censored"]
    assert (found.count, len(found.cells), found.cells[0]) == (100, 20, "C2")


def test_the_encoding_is_asked_with_what_each_choice_gives(tmp_path: Path) -> None:
    path = text(HEAD + "Łódź,2015,1\nŠkoda,2015,2\n", encoding="cp1250")(tmp_path)

    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})

    (question,) = seen.questions
    told = question_dict(question)
    previews = cast("dict[str, str]", told["previews"])
    assert told["choices"] == list(previews)
    assert previews["cp1250"] == "Łódź"
    assert len(set(previews.values())) == len(previews) > 1


@pytest.mark.parametrize(
    ("said", "sexes"),
    [("repeat", ["F", "F", "M", "M"]), ("total", ["F", "_T", "M", "_T"])],
)
def test_what_blank_labels_mean_is_as_answered(
    tmp_path: Path, said: str, sexes: list[str]
) -> None:
    path = text("sex,year,value\nWomen,2015,1\n,2016,2\nMen,2017,3\n,2018,4\n")(tmp_path)

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        asked = imports.preview(path, ws=ws, variable="n_x")
        imports.commit(ws, path, imports.answer(asked, {"blank_labels": said}))
        rows = observations.observations(ws)

    assert [r.breakdown.code("SEX") or "_T" for r in sorted(rows, key=lambda r: r.period)] == sexes
