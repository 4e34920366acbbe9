"""OpenDocument spreadsheets."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(value: object) -> str:
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    if value is None:
        return "<table:table-cell/>"
    return (
        '<table:table-cell office:value-type="string"><text:p>'
        f"{escape(str(value))}</text:p></table:table-cell>"
    )


def book(
    path: Path,
    *sheets: list[list[object]],
    head: str = "",
    mimetype: str = MIMETYPE,
    extra: dict[str, str] | None = None,
) -> Path:
    tables = "".join(
        f'<table:table table:name="Hoja {number}">'
        + "".join(
            "<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in sheet
        )
        + "</table:table>"
        for number, sheet in enumerate(sheets, start=1)
    )
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content {SPACES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
        for name, text in (extra or {}).items():
            archive.writestr(name, text)
    return path


def all_rows(path: Path) -> list[list[list[str]]]:
    return [list(table.rows()) for table in open_raw(path).tables]


def test_cells_become_texts_on_their_addresses(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", [[], [None, "área", 2010, 1.234, "<5"], [None, "x", 12.0]], [["y"]]
    )

    file = open_raw(path)

    assert file.format == "ods"
    assert [table.name for table in file.tables] == ["Hoja 1", "Hoja 2"]
    assert list(file.tables[0].rows())[1][:5] == ["", "área", "2010", MACHINE_MARK + "1.234", "<5"]
    assert list(file.tables[0].rows())[2][:3] == ["", "x", "12"]
    assert list(file.tables[1].rows()) == [["y"]]


def test_a_declaration_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.ods", [["a"]], head='<!DOCTYPE x [<!ENTITY a "b">]>')

    with pytest.raises(UserFileError, match="DOCTYPE"):
        open_raw(path)


def test_a_protected_spreadsheet(tmp_path: Path) -> None:
    path = book(tmp_path / "a.ods", [["a"]])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", "nonsense")
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")

    with pytest.raises(UserFileError, match="password"):
        open_raw(path)


def test_a_text_document_is_none(tmp_path: Path) -> None:
    path = book(tmp_path / "a.ods", [["a"]], mimetype="application/vnd.oasis.opendocument.text")

    with pytest.raises(UserFileError, match="OpenDocument"):
        open_raw(path)


@pytest.mark.parametrize("name", ["../up", "/abs", "aux.xml", "CONTENT.XML"])
def test_unsafe_parts(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserFileError, match="not safe"):
        open_raw(book(tmp_path / "a.ods", [["a"]], extra={name: "x"}))


def test_a_part_that_grows_too_much(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="100 times"):
        open_raw(book(tmp_path / "a.ods", [["a"]], extra={"b.bin": " " * 3_000_000}))


def test_repeated_cells_without_end_are_stopped(tmp_path: Path) -> None:
    path = book(tmp_path / "a.ods", [["a", "b"]])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    content = content.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    ).replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="8000" ')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)

    with pytest.raises(UserFileError, match=r"Cell limit exceeded|more memory or time"):
        all_rows(path)


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_cut_spreadsheet(tmp_path: Path, share: float) -> None:
    path = book(tmp_path / "a.ods", [["a", 1], ["b", 2]])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(UserFileError):
        open_raw(path)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=st.lists(st.tuples(TEXT, st.integers(-(2**53) + 1, 2**53 - 1)), min_size=1, max_size=5)
)
def test_what_was_written_is_read(tmp_path: Path, table: list[tuple[str, int]]) -> None:
    path = book(tmp_path / "a.ods", [list(row) for row in table])

    rows = list(open_raw(path).tables[0].rows())

    assert rows == [[text, str(number)] for text, number in table]


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
def test_a_real_spreadsheet() -> None:
    assert SHARED is not None
    tables = open_raw(SHARED / "data/ods/basic_example.ods").tables

    assert [table.name for table in tables] == ["penguins", "types", "merges"]
    assert list(tables[0].rows())[1] == [
        *("Adelie", "FALSE", MACHINE_MARK + "40.3904109589041", MACHINE_MARK + "4043.49315068493")
    ]
    assert list(tables[1].rows())[1][3:6] == ["2022-06-15", "13:24:56", "2022-06-15T13:24:56"]
