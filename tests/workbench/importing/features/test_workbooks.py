"""Hidden parts, dates as numbers, and what old formats do not tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.workbench.importing.features.making import (
    LAST_YEAR,
    Feature,
    book,
    check,
)
from tests.workbench.importing.readers import test_ods_file, test_xls_file, test_xlsb_file
from workbench.importing.names import Names
from workbench.importing.opening import file_remarks, open_for
from workbench.importing.preview import make_preview


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


FEATURES = (
    Feature(
        id="merged headers",
        make=book(merged),
        cells={"merged_headers": ("B1", "D1"), "wide_periods": ("B2", "C2", "D2", "E2")},
        observations=8,
        total=36,
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
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_is_named_and_yields_what_it_should(
    feature: Feature, names: Names, tmp_path: Path
) -> None:
    check(feature, names, tmp_path)


def test_a_workbook_whose_hidden_parts_cannot_be_told_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(hiding)(tmp_path)
    monkeypatch.setattr("workbench.importing.readers.xlsx_file._FACTS", tmp_path / "absent.py")

    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})

    assert "beyond_sight" in [remark.code for remark in seen.oddities]
    assert "beyond_sight" in [remark.code for remark in file_remarks(opened)]
