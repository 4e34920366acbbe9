"""Every dirty file holds its clean twin, its trouble, and nothing else."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from pathlib import Path

import pytest

from sample_data import valdoria
from sample_data.dirty import DirtyFile, dirty, folder
from sample_data.generator.dirty import write_dirty
from tests.sample_data import dirty_reading as reading
from workbench.importing.question_kinds import QUESTIONS

FILES = {file.file.name: file for file in dirty()}
LONG = ("D01", "D02", "D03", "D04", "D08", "D09", "D10", "D11", "D12", "D14", "D15", "D25", "D26", "D27", "D28", "D29")  # fmt: skip
BY_HAND = {"README.md", ".gitattributes"}
PARQUET = "4cff2427067e025f"


def _of(number: str) -> DirtyFile:
    return next(file for file in FILES.values() if file.number == number)


def _agree(found: list[tuple[reading.Key, str]], file: DirtyFile) -> None:
    cells, _ = reading.twin(file.twin)
    assert dict(found) == cells


def test_all_thirty_are_there_and_small() -> None:
    numbers = [file.number for file in dirty()]

    assert sorted(set(numbers)) == [f"D{n:02d}" for n in range(1, 31)]
    assert Counter(numbers)["D19"] == 2
    assert sum(path.stat().st_size for path in folder().iterdir()) < 2_000_000


@pytest.mark.parametrize("file", FILES.values(), ids=list(FILES))
def test_expectation_counts_its_twin(file: DirtyFile) -> None:
    cells, _ = reading.twin(file.twin)
    told = file.expectation
    kinds = Counter(cells.values())
    missing = {kind: kinds[kind] for kind in told["missing"]}
    numbers = [float(text) for text in cells.values() if re.fullmatch(r"[\d.e+]+", text)]

    assert told["missing"] == missing
    assert told["censored"] == kinds["<5"]
    assert told["observations"] == len(cells) - sum(missing.values())
    assert math.isclose(told["sum"], sum(numbers), rel_tol=1e-6)
    assert set(told["answers"]) == set(told["asks"])


def test_questions_the_program_has_are_named_as_there() -> None:
    asked = {ask for file in dirty() for ask in file.expectation["asks"]}

    assert {"mixed_numbers", "year_across"} <= asked & set(QUESTIONS.names)


@pytest.mark.parametrize("number", LONG)
def test_long_text_holds_the_twin(number: str) -> None:
    file = _of(number)
    found = reading.long_text(file)

    _agree(found, file)
    assert len(found) + len(file.expectation["set_aside"]) == file.expectation["rows"]


def test_bytes_show_the_trouble() -> None:
    one, two, three = (_of(n).file.read_bytes() for n in ("D01", "D02", "D03"))

    assert b"A\xf1o;" in one
    assert one.count(b"\r\n") == one.count(b"\n")
    assert b"2.152,6" in one
    assert two.startswith(b"\xff\xfeA\0n\0o\0\t\0")
    assert three.startswith(b'\xef\xbb\xbf"Year",')
    assert b"\n\n" in three
    assert _of("D25").file.read_bytes().split(b"\n")[399].count(b"\0") == 1
    assert {"\u202f", ",", "."} <= set(_of("D09").file.read_text(encoding="utf-8"))
    assert "\ufffd" in _of("D28").file.read_text(encoding="utf-8")


def test_names_months_and_years_come_in_many_spellings() -> None:
    names = _of("D10").file.read_text(encoding="utf-8")
    for spelling in (
        "Järvenpää",
        "Jarvenpaa",
        "JARVENPAA",
        "Jarvenpa\u0308a\u0308",
        "Järvenpää  ",
    ):
        assert f",{spelling}," in names
    assert (
        len({line.split(",")[0] for line in _of("D12").file.read_text().splitlines()[1:]}) == 240
    )
    years = _of("D11").file.read_text(encoding="utf-8")
    for year in ("2014/15", "FY2015", "2015-16", "2015-2016", "\n2015,"):
        assert year in years


def test_editions_hold_both_twins() -> None:
    file = _of("D13")
    for name, twin in file.expectation["editions"].items():
        cells, _ = reading.twin(folder() / twin)
        meaning = reading.Meaning(file)
        found = {}
        rows = list(reading.lines(file))
        for _, (year, area, _region, value, edition, mark) in rows[1:]:
            assert (mark == "r") == (edition == "2025-09")
            if edition <= name:
                key, number = meaning.cell({"period": year, "area": area, "value": value})
                found[key] = number
        assert found == cells
    assert len(rows) - 1 == file.expectation["rows"] == 105 + file.expectation["revised"]


def test_forty_duplicates_six_in_conflict() -> None:
    file = _of("D15")
    rows = [tuple(cells) for _, cells in reading.lines(file)][1:]
    values: dict[tuple[str, str], list[str]] = {}
    for year, area, _, value in rows:
        values.setdefault((year, area), []).append(value)

    assert sum(len(own) - 1 for own in values.values()) == 40
    assert sum(len(set(own)) > 1 for own in values.values()) == 6
    reasons = Counter(entry["reason"] for entry in file.expectation["set_aside"])
    assert reasons == {"exact_copy": 34, "conflict": 12}


@pytest.mark.parametrize("file", FILES.values(), ids=list(FILES))
def test_rows_set_aside_hold_what_is_said(file: DirtyFile) -> None:
    if file.expectation["set_aside"]:
        whole = file.file.read_bytes().decode("utf-8").split("\n")
        for entry in file.expectation["set_aside"]:
            assert entry["value"] in whole[entry["row"] - 1]


def test_region_split_goes_without_a_word() -> None:
    cells, _ = reading.twin(_of("D27").twin)

    after, before = (float(cells["pop_total", "XV-09", y, ()]) for y in ("2014", "2013"))
    assert 0.70 < after / before < 0.78
    assert ("pop_total", "XV-14", "2013", ()) not in cells
    assert ("pop_total", "XV-14", "2014", ()) in cells


def test_years_in_columns_over_three_sheets() -> None:
    file = _of("D05")
    found = []
    for name, told in file.expectation["sheets"].items():
        own = reading.wide_rows(file, reading.sheet(file.file, name))
        assert {key[0] for key, _ in own} == set(told["variables"])
        assert len(own) == told["observations"]
        found += own

    _agree(found, file)


def test_merged_header_of_two_levels() -> None:
    file = _of("D06")
    found = reading.two_level(file, *file.expectation["header_rows"])

    _agree(found, file)
    assert len(found) == file.expectation["cells"]
    assert len(found) - len(dict(found)) == file.expectation["equal_copies"]


def test_marks_beside_numbers() -> None:
    file = _of("D07")
    told = file.expectation
    texts = [str(row[4]) for row in reading.sheet(file.file, "Tableau")]
    _, flags = reading.twin(file.twin)

    _agree(reading.long_sheets(file, "Tableau"), file)
    for mark, count in told["marks"].items():
        assert texts.count(mark) == count > 0
    for letter, count in told["flags"].items():
        assert sum(text.endswith(f" {letter}") for text in texts) == count > 0
    assert sum(bool(re.fullmatch(r"\d+( \(3\)|\*)", text)) for text in texts) == told["footnotes"]
    assert Counter(flags.values())["P"] == told["flags"]["p"]


def test_cases_are_counted_and_equal_rows_are_kept() -> None:
    file = _of("D16")
    found = reading.cases(file)

    _agree(found, file)
    assert sum(int(count) for key, count in found if not key[3]) == file.expectation["rows"] == 405
    assert file.expectation["equal_rows"] > 100


def test_hidden_parts_formulas_and_1904_dates() -> None:
    from openpyxl import load_workbook

    file = _of("D30")
    book = load_workbook(file.file)
    shown, hidden = book["Enquêtes"], book["Corrections 2022"]

    _agree(reading.long_sheets(file, *file.expectation["sheets"]), file)
    assert book.epoch.year == 1904
    assert shown.protection.sheet
    assert shown.sheet_state == "visible"
    assert hidden.sheet_state == "hidden"
    assert shown.column_dimensions["B"].hidden
    assert sum(row.hidden for row in shown.row_dimensions.values()) == 24
    assert str(shown["D16"].value).startswith("=SUM(")
    book.close()


def test_one_slice_in_every_text_format() -> None:
    plain, nothing = reading.twin(_of("D17").twin)
    cells, flags = reading.twin(_of("D18").twin)

    assert cells == plain
    assert set(nothing.values()) == {""}
    assert set(flags.values()) == {"", "P", "B"}
    assert reading.px(_of("D17").file) == cells
    assert reading.json_stat(_of("D18").file) == (cells, flags)
    assert reading.sdmx(FILES["D19_sdmx.csv"]) == (cells, flags)
    assert reading.sdmx(FILES["D19_sdmx_2_0.csv"]) == (cells, flags)
    assert reading.eurostat(_of("D20").file) == (cells, flags)
    assert dict(reading.wide_rows(_of("D23"), reading.ods(_of("D23").file))) == cells


def test_px_leaves_rows_of_zeros_out() -> None:
    file = _of("D17")
    lines = file.file.read_bytes().count(b'\r\n"XV')

    assert lines == file.expectation["lines_of_data"] < 75


@pytest.mark.parametrize("number", ["D21", "D22"])
def test_one_slice_for_statistics_programs(number: str) -> None:
    import pyreadstat

    file = _of(number)
    told = file.expectation
    read = pyreadstat.read_dta if number == "D21" else pyreadstat.read_sav
    frame, meta = read(file.file, user_missing=True)
    roles = {role: name for name, role in told["columns"].items() if role != "ignore"}
    kinds = {code.lstrip("."): kind for code, kind in told["missing_codes"].items()}
    cells, flags = {}, {}
    for line in frame.to_dict("records"):
        value, flag = line[roles["value"]], line[roles["flags"]]
        text = value if isinstance(value, str) else format(value, "g")
        sex = meta.variable_value_labels[roles["SEX"]][line[roles["SEX"]]]
        code = reading.labels("SEX")[sex]
        cut = (("SEX", code),) if code else ()
        key = ("vic_detected", line[roles["area"]], f"{line[roles['period']]:.0f}", cut)
        cells[key] = kinds.get(text, text)
        flags[key] = flag.upper()

    assert (cells, flags) == reading.twin(file.twin)


def test_stored_parquet_is_the_one_that_was_checked() -> None:
    content = _of("D24").file.read_bytes()

    assert content.startswith(b"PAR1")
    assert hashlib.sha256(content).hexdigest().startswith(PARQUET)


def test_one_slice_as_parquet() -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    cells, flags = {}, {}
    kinds = {"S": "confidential", "M": "not_available", "X": "not_applicable"}
    for line in parquet.read_table(_of("D24").file).to_pylist():
        code = reading.labels("SEX")[line["sex"]]
        cut = (("SEX", code),) if code else ()
        key = ("vic_detected", line["area"], str(line["year"]), cut)
        cells[key] = kinds.get(line["status"]) or str(line["value"])
        flags[key] = line["flags"] or ""

    assert (cells, flags) == reading.twin(_of("D24").twin)


def test_twins_hold_the_clean_deliveries() -> None:
    """A number of a twin stands in a clean delivery; two files change what a cell means."""
    clean = _clean_numbers()
    for file in dirty():
        if file.number in ("D11", "D13", "D16", "D29"):
            continue
        cells, _ = reading.twin(file.twin)
        for (variable, area, period, cut), text in cells.items():
            if variable != "n_vic_rate" and re.fullmatch(r"[\d.e+]+", text):
                assert clean[variable, area, period, cut] == text, (file.number, variable, area)


def _clean_numbers() -> dict[reading.Key, str]:
    from tests.sample_data import shipped

    found = {}
    for delivery in valdoria.deliveries():
        for (variable, area, period, cut), cell in shipped.read(
            valdoria.folder() / delivery.file
        ).items():
            if cell.status in "AZ":
                key = (variable, area, period, tuple(sorted(cut)))
                found[key] = format(float(cell.value), "g")
    return found


def test_written_again_from_the_clean_files_they_are_the_same(tmp_path: Path) -> None:
    for path in valdoria.folder().glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "vintages").mkdir()
    for path in valdoria.releases():
        (tmp_path / "vintages" / path.name).write_bytes(path.read_bytes())

    write_dirty(tmp_path)

    made = {path.name: path.read_bytes() for path in (tmp_path / "dirty").iterdir()}
    kept = {
        path.name: path.read_bytes() for path in folder().iterdir() if path.name not in BY_HAND
    }
    assert sorted(made) == sorted(kept)
    packed = {name for name in made if name.endswith((".xlsx", ".ods"))}
    assert [n for n in made if n not in packed and made[n] != kept[n]] == []
