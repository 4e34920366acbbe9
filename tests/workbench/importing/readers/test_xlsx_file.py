"""Workbooks: what is read, and what is refused before it is read."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from workbench.errors import UserFileError
from workbench.importing import workbook_zip
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw, xlsx_file


def book(path: Path, *sheets: list[list[object]], start: int = 0) -> Path:
    workbook = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for sheet in sheets:
        worksheet = workbook.add_worksheet()
        for number, row in enumerate(sheet, start=start):
            worksheet.write_row(number, start, row)
    workbook.close()
    return path


def rewritten(path: Path, member: str, change: object) -> Path:
    """The same workbook with one part changed."""
    assert callable(change)
    source = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == member else data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_become_texts(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.bin", [["Área", 2015, 12.0, 1.234, True, date(2020, 1, 2), "<5", ""]]
    )

    file = open_raw(path)

    assert file.format == "xlsx"
    assert file.tables[0].name == "Sheet1"
    row = next(file.tables[0].rows())
    assert row[:7] == ["Área", "2015", "12", MACHINE_MARK + "1.234", "TRUE", "2020-01-02", "<5"]


def test_rows_and_columns_before_the_table_keep_their_numbers(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["x", "y"]], start=3)

    rows = list(open_raw(path).tables[0].rows())

    assert len(rows) == 4
    assert rows[3] == ["", "", "", "x", "y"]


def test_a_declared_size_of_one_cell_hides_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["area", "value"], ["A", 1], ["B", 2]])
    rewritten(path, SHEET, lambda data: data.replace(b'ref="A1:B3"', b'ref="A1"'))

    assert len(list(open_raw(path).tables[0].rows())) == 3


def test_all_sheets_are_listed_and_can_be_read_twice(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["first", 1]], [["second", 2]])

    tables = open_raw(path).tables

    assert [(t.name, t.index) for t in tables] == [("Sheet1", 1), ("Sheet2", 2)]
    assert list(tables[1].rows()) == list(tables[1].rows()) == [["second", "2"]]


def test_a_zip_that_is_no_workbook_is_refused_with_its_member(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../up.txt", "x")

    with pytest.raises(UserFileError, match=r"\.\./up\.txt"):
        open_raw(path)


@pytest.mark.parametrize("name", ["/abs", "a\\b", "c:x", "con", "aux.txt", "x/../y"])
def test_unsafe_members(tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]])
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        archive.writestr(info, "x")

    with pytest.raises(UserFileError, match="not safe"):
        open_raw(path)


def test_a_document_is_named_by_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    with pytest.raises(UserFileError, match="docx"):
        open_raw(path)


def test_a_protected_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))

    with pytest.raises(UserFileError, match="password"):
        open_raw(path)


def test_another_container_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))

    with pytest.raises(UserFileError, match="no Excel workbook"):
        open_raw(path)


def test_a_document_type_declaration_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]])
    rewritten(path, SHEET, lambda data: data.replace(b"<worksheet", b"<!DOCTYPE x><worksheet", 1))

    with pytest.raises(UserFileError, match="DOCTYPE"):
        open_raw(path)


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "BXY2"])
def test_a_far_cell_is_refused_with_its_place(tmp_path: Path, address: str) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]])
    rewritten(path, SHEET, lambda data: data.replace(b'r="B1"', f'r="{address}"'.encode()))

    with pytest.raises(UserFileError, match="far away"):
        open_raw(path)


def test_too_many_members(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]])
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(workbook_zip.MAX_MEMBERS):
            archive.writestr(f"extra/{number}", "")

    with pytest.raises(UserFileError, match="2000"):
        open_raw(path)


def test_a_part_that_grows_too_much(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/extra.xml", b" " * 3_000_000)

    with pytest.raises(UserFileError, match="100 times"):
        open_raw(path)


def test_damage_is_a_message_not_an_end(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]])
    rewritten(path, SHEET, lambda data: data[: len(data) // 2])

    with pytest.raises(UserFileError, match="damaged"):
        list(open_raw(path).tables[0].rows())


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize(
    ("program", "said"),
    [("import os\nos.abort()\n", "damaged"), ("import time\ntime.sleep(60)\n", "was stopped")],
)
def test_a_reader_process_that_dies_or_hangs_is_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str, is_open: bool
) -> None:
    path = two_sheets(tmp_path / "a.xlsx")
    tables = open_raw(path).tables if is_open else ()
    other = tmp_path / "other.py"
    other.write_text(program, "utf-8")
    monkeypatch.setattr(xlsx_file, "_CHILD", other)
    monkeypatch.setattr(xlsx_file, "TIMEOUT_SECONDS", 0.5)

    with pytest.raises(UserFileError, match=said):
        list((tables or open_raw(path).tables)[2].rows())


def two_sheets(path: Path) -> Path:
    """A workbook whose first sheet is hidden and whose second is not; a third has one cell."""
    workbook = xlsxwriter.Workbook(str(path))
    notes, data, more = (workbook.add_worksheet(name) for name in ("notes", "data", "more"))
    notes.write(0, 0, "do not read")
    data.activate()
    data.set_first_sheet()
    notes.hide()
    data.write_row(2, 2, ["year", 2015])
    data.write(4, 3, 2.5)
    more.write_row(0, 0, [True, 1, 1.0, -0.0, 1e300])
    workbook.close()
    return path


def test_every_sheet_is_itself_whichever_was_read_first(tmp_path: Path) -> None:
    tables = open_raw(two_sheets(tmp_path / "a.xlsx")).tables

    assert [(t.name, t.index, t.hidden) for t in tables] == [
        ("notes", 1, True), ("data", 2, False), ("more", 3, False),
    ]  # fmt: skip
    assert list(tables[0].rows()) == [["do not read"]]
    blank = ["", "", "", ""]
    assert [row or blank for row in tables[1].rows()] == [
        blank, blank, ["", "", "year", "2015"], blank, ["", "", "", "\x1e2.5"],
    ]  # fmt: skip
    assert list(tables[2].rows()) == [["TRUE", "1", "1", "0", "\x1e1e+300"]]


def test_a_first_sheet_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["a", 1]], [["b", 2]])
    rewritten(path, SHEET, lambda data: data[: len(data) // 2])

    tables = open_raw(path).tables

    assert list(tables[1].rows()) == [["b", "2"]]
    with pytest.raises(UserFileError, match="damaged"):
        list(tables[0].rows())


def test_column_numbers() -> None:
    assert [workbook_zip.column_number(c) for c in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
