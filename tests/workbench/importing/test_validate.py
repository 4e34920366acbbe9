"""Tables become observations; the sums always close."""

import csv
import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.period import Period
from workbench.importing.names import Names
from workbench.importing.opening import open_for
from workbench.importing.plan import make_plan
from workbench.importing.prepared import Prepared
from workbench.importing.recipe import Column, Reading, Recipe
from workbench.importing.validate import prepare

LAST_YEAR = 2027
NAMES = Names(
    areas={"XV-01": ("Merenta",), "XV-11": ("Järvenpää",)},
    variables={"vic_detected": "persons", "bud_exec": "money", "id_days": "days"},
    own_area="XVA",
)
LONG = Recipe(
    columns=(
        Column(name="variable", role="variable"),
        Column(name="area", role="area"),
        Column(name="period", role="period"),
        Column(name="value", role="value", number_format="1,234.5"),
    ),
    others="dimension",
)
WIDE = Recipe(
    layout="wide",
    columns=(Column(name="area", role="area"),),
    constants={"variable": "vic_detected"},
    year_format="1234",
)
HEADER = "variable,area,period,SEX,value\n"


def prepared(folder: Path, text: str, recipe: Recipe = LONG) -> Prepared:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    opened = open_for(path, recipe, last_year=LAST_YEAR)
    assert opened.header is not None
    plan = make_plan(opened.file, opened.table, opened.header, recipe, last_year=LAST_YEAR)
    return prepare(plan, NAMES, dataset="d")


def cells(result: Prepared) -> list[tuple[str, str, str, float | None, int, int]]:
    """Area, breakdown, period, value, row and column of every observation."""
    ids = range(len(result.series))
    found = []
    for lot in result.lots(ids, 1, 0):
        for series, period, _, value, *_, row, column in lot:
            key = result.series[series]
            found.append((key.area, str(key.breakdown), str(Period(period)), value, row, column))
    return found


def test_a_clean_table(tmp_path: Path) -> None:
    result = prepared(
        tmp_path, HEADER + "vic_detected,XV-01,2015,F,12\nvic_detected,Merenta,2016,,30\n"
    )

    assert cells(result) == [
        ("XV-01", "SEX=F", "2015", 12.0, 2, 5),
        ("XV-01", "", "2016", 30.0, 3, 5),
    ]
    report = result.report
    assert (report.rows_read, report.header_rows, report.rows_imported) == (3, 1, 2)
    assert (report.cells_read, report.observations) == (2, 2)
    assert not report.warnings


def test_rows_come_in_order_of_series_and_period(tmp_path: Path) -> None:
    text = HEADER + "".join(
        f"vic_detected,XV-{area:02d},{year},F,{year}\n"
        for year in (2017, 2015, 2016)
        for area in (3, 1, 2)
    )

    result = prepared(tmp_path, text)

    keys = [(c[0], c[2]) for c in cells(result)]
    assert keys == [(a, y) for a in ("XV-03", "XV-01", "XV-02") for y in ("2015", "2016", "2017")]


def test_the_order_follows_the_numbers_of_the_store(tmp_path: Path) -> None:
    text = HEADER + "vic_detected,A,2015,,1\nvic_detected,B,2015,,2\n"

    result = prepared(tmp_path, text)

    rows = [row for lot in result.lots([9, 4], 1, 0) for row in lot]
    assert [(row[0], row[3]) for row in rows] == [(4, 2.0), (9, 1.0)]


def test_many_rows_in_no_order_are_those_of_the_file(tmp_path: Path) -> None:
    """More than one block: every value keeps its series, period and row; a copy counts once."""
    chance = random.Random(7)
    lines = [
        f"vic_detected,XV-{area:03d},{year},F,{area * 100 + year % 100}"
        for area in range(450)
        for year in range(2000, 2020)
    ]
    chance.shuffle(lines)
    lines += [lines[5], lines[77].rpartition(",")[0] + ",1"]

    result = prepared(tmp_path, HEADER + "\n".join(lines) + "\n")

    ids = chance.sample(range(1, 5_000), len(result.series))
    area_of = {ids[place]: key.area for place, key in enumerate(result.series)}
    rows = [row for lot in result.lots(ids, 1, 0) for row in lot]
    assert [row[:2] for row in rows] == sorted(row[:2] for row in rows)
    assert len(rows) == 9_000 - 1
    for series, period, _, value, *_, row, column in rows:
        expected = f"vic_detected,{area_of[series]},{period // 100},F,{int(value)}"
        assert (lines[row - 2], column) == (expected, 5)
    report = result.report
    assert (report.rows_imported, report.rows_set_aside) == (8_999, 3)
    assert {(e.row, e.code) for e in report.set_aside} == {
        (9_002, "exact_copy"), (79, "conflict"), (9_003, "conflict"),
    }  # fmt: skip


def test_conflicts_are_all_left_out_and_copies_counted(tmp_path: Path) -> None:
    text = HEADER + (
        "vic_detected,XV-01,2015,F,12\n"
        "vic_detected,XV-01,2016,F,7\n"
        "vic_detected,XV-01,2015,F,13\n"
        "vic_detected,XV-01,2016,F,7.0\n"
    )

    report = prepared(tmp_path, text).report

    assert [(s.row, s.code, s.value) for s in report.set_aside] == [
        (2, "conflict", "12"),
        (4, "conflict", "13"),
        (5, "exact_copy", "7"),
    ]
    assert (report.rows_imported, report.rows_set_aside, report.observations) == (1, 3, 1)


def test_blank_rows_titles_and_notes_are_counted_apart(tmp_path: Path) -> None:
    text = (
        "Victims by region\n\n" + HEADER + "vic_detected,XV-01,2015,F,12\n,,,,\n"
        "vic_detected,XV-01,2016,F,13\n\nSource: police\n"
    )

    report = prepared(tmp_path, text).report

    assert (report.rows_read, report.header_rows) == (8, 3)
    assert (report.blank_rows, report.footer_rows, report.rows_imported) == (2, 1, 2)
    assert not report.set_aside


def test_a_bad_last_row_is_no_footnote(tmp_path: Path) -> None:
    report = prepared(
        tmp_path, HEADER + "vic_detected,XV-01,2015,F,1\nvic_detected,XV-01,x,F,2\n"
    ).report

    assert report.footer_rows == 0
    assert [s.code for s in report.set_aside] == ["not_a_period"]


def test_text_rows_among_the_data_are_named(tmp_path: Path) -> None:
    report = prepared(tmp_path, HEADER + "Region North\nvic_detected,XV-01,2015,F,1\n").report

    assert [(s.row, s.code) for s in report.set_aside] == [(2, "stray_text")]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("vic_detected,XV-01,2015,F,12.5", "fraction_of_count", 5),
        ("vic_detected,XV-01,2015,F,-1", "negative_count", 5),
        ("vic_detected,XV-01,2015,F,1e999", "scientific_notation", 5),
        ("vic_detected,XV-01,2015,F,many", "not_a_number", 5),
        ("vic_detected,XV-01,42736,F,1", "date_number", 3),
        ("vic_detected,XV-01,,F,1", "blank_period", 3),
        ("vic_detected,,2015,F,1", "blank_area", 2),
        (",XV-01,2015,F,1", "blank_variable", 1),
        ("vic_detected,XV-01,2015", "short_row", None),
        ("vic_detected,XV-01,2015,F,1,9", "long_row", None),
    ],
)
def test_reasons_name_row_and_column(
    tmp_path: Path, row: str, code: str, column: int | None
) -> None:
    text = HEADER + "vic_detected,XV-01,2014,F,1\n" + row + "\nvic_detected,XV-01,2016,F,1\n"

    report = prepared(tmp_path, text).report

    assert [(s.row, s.code, s.column) for s in report.set_aside] == [(3, code, column)]
    assert report.rows_imported == 2
    assert report.warnings[0].code == code


def test_money_and_days_may_have_fractions_counts_by_day_may_not(tmp_path: Path) -> None:
    text = "variable,area,period,STAT,DAY,value\n" + (
        "bud_exec,XV-01,2015,,,1.5\nid_days,XV-01,2015,P50,,40.5\nid_days,XV-01,2015,,40,1.5\n"
    )

    report = prepared(tmp_path, text).report

    assert report.observations == 2
    assert [s.row for s in report.set_aside] == [4]


def test_ranges_and_kinds_of_missing_are_counted_apart(tmp_path: Path) -> None:
    values = ["<5", "", "..", "x", "c", "0", "7", "-"]
    text = HEADER + "".join(
        f"vic_detected,XV-01,{2010 + i},F,{value}\n" for i, value in enumerate(values)
    )

    report = prepared(tmp_path, text).report

    assert (report.observations, report.censored) == (3, 1)
    assert report.missing == {
        "blank": 1,
        "not_available": 2,
        "not_applicable": 1,
        "confidential": 1,
    }
    assert {r.code for r in report.warnings} == {"censored", "confidential", "dash_marks"}
    assert "missing_marks" in {r.code for r in report.notes}


def test_an_unknown_input_is_a_count_when_most_values_are_whole(tmp_path: Path) -> None:
    counts = prepared(
        tmp_path, HEADER + "mine,XV-01,2015,,12.4\nmine,XV-01,2016,,30\nmine,XV-01,2017,,5\n"
    )
    rates = prepared(tmp_path, HEADER + "mine,XV-01,2015,,12.4\nmine,XV-01,2016,,30.5\n")

    assert counts.series[0].variable == "n_mine"
    assert [s.code for s in counts.report.set_aside] == ["fraction_of_count"]
    assert rates.report.observations == 2


def test_one_series_in_two_units_is_set_aside(tmp_path: Path) -> None:
    recipe = Recipe(columns=(*LONG.columns, Column(name="unit", role="unit")), others="dimension")
    text = "variable,area,period,unit,value\n" + (
        "mine,XV-01,2015,persons,1\nmine,XV-01,2016,per 100000,0.2\n"
    )

    report = prepared(tmp_path, text, recipe).report

    assert [s.code for s in report.set_aside] == ["other_unit"]


def test_years_in_columns(tmp_path: Path) -> None:
    text = "area,2015,2016\nXV-01,1,<5\nXV-11,..,x y\n"

    result = prepared(tmp_path, text, WIDE)

    assert cells(result) == [
        ("XV-01", "", "2015", 1.0, 2, 2),
        ("XV-01", "", "2016", None, 2, 3),
        ("XV-11", "", "2015", None, 3, 2),
    ]
    report = result.report
    assert (report.cells_read, report.observations, report.cells_set_aside) == (4, 2, 1)
    assert (report.rows_imported, report.rows_set_aside) == (2, 0)


def test_columns_not_needed_are_counted(tmp_path: Path) -> None:
    text = "variable,area,period,value,remark\nvic_detected,XV-01,2015,1,hello\n"

    report = prepared(tmp_path, text).report

    assert (report.cells_read, report.cells_ignored) == (2, 1)
    assert [n.code for n in report.notes] == ["ignored_column"]


def test_a_footer_of_fixed_length(tmp_path: Path) -> None:
    recipe = Recipe(columns=LONG.columns, others="dimension", reading=Reading(footer_rows=2))
    text = HEADER + "vic_detected,XV-01,2015,F,1\nvic_detected,Total,2015,F,1\nlast,line,x,y,z\n"

    report = prepared(tmp_path, text, recipe).report

    assert (report.footer_rows, report.rows_imported) == (2, 1)
    assert not report.set_aside


def test_a_column_that_says_what_another_holds(tmp_path: Path) -> None:
    recipe = Recipe(
        columns=(
            *LONG.columns,
            Column(
                name="what",
                role="case",
                by="kind",
                cases={"all": "ignore", "form": "FORM", "free": "leave_out"},
            ),
        )
    )
    text = "variable,area,period,kind,what,value\n" + "".join(
        f"vic_detected,XV-01,2015,{kind},{what},{value}\n"
        for kind, what, value in (
            ("all", "all", 9),
            ("form", "Forced labour", 4),
            ("free", "x", 1),
            ("new", "x", 1),
        )
    )

    result = prepared(tmp_path, text, recipe)

    assert [c[1] for c in cells(result)] == ["", "FORM=LAB"]
    assert [s.code for s in result.report.set_aside] == ["not_mapped", "unknown_case"]


def test_nothing_but_a_header(tmp_path: Path) -> None:
    report = prepared(tmp_path, HEADER).report

    assert (report.rows_read, report.rows_imported, report.cells_read) == (1, 0, 0)


messy = st.one_of(
    st.sampled_from(["vic_detected", "XV-01", "XV-11", "2015", "2016", "F", "12", "<5", "..", ""]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(messy, max_size=7), max_size=25),
    layout=st.sampled_from(["long", "wide"]),
)
def test_sums_close_on_any_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], layout: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    header = HEADER if layout == "long" else "area,SEX,2015,2016,remark\n"
    recipe = replace(LONG if layout == "long" else WIDE, reading=Reading(delimiter=","))

    result = prepared(tmp_path_factory.mktemp("messy"), header + out.getvalue(), recipe)

    result.report.check()
    taken = cells(result)
    assert len({c[:3] for c in taken}) == len(taken)
    assert len(taken) == result.report.observations + sum(result.report.missing.values())
