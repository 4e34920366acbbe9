"""Text tables as they come."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UserFileError
from workbench.importing.raw_table import MAX_FIELD, BrokenRow, RawFile, ReadOptions
from workbench.importing.readers import open_raw
from workbench.importing.readers.csv_file import find_delimiter


def opened(tmp_path: Path, data: bytes) -> RawFile:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    return open_raw(path)


def rows(tmp_path: Path, data: bytes) -> list[list[str]]:
    return list(opened(tmp_path, data).tables[0].rows())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = "area,year,value\nA,2015,1\nB,2016,2\n".replace(",", delimiter)

    assert rows(tmp_path, text.encode())[1] == ["A", "2015", "1"]


def test_decimal_commas_do_not_look_like_delimiters() -> None:
    assert find_delimiter("area;value\nA;1,5\nB;2,5\n") == ";"
    assert find_delimiter("one column\nonly\n") == ","


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("año,x\n1,2\n".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "año,x\n1,2\n".encode(), "utf-8-sig"),
        ("año,x\n1,2\n".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "año,x\n1,2\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_marked_and_strict_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    file = opened(tmp_path, data)

    assert (file.encoding, file.encoding_guessed) == (encoding, False)
    assert file.tables[0].first_rows(1) == [["año", "x"]]


def test_an_old_code_page_is_a_shown_guess(tmp_path: Path) -> None:
    file = opened(tmp_path, "región;año – 1\nÑuble;2\n".encode("cp1252"))

    assert (file.encoding, file.encoding_guessed) == ("cp1252", True)
    assert file.tables[0].first_rows(2)[1] == ["Ñuble", "2"]


def test_a_wrong_encoding_of_a_recipe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("Ñuble,1\n".encode("cp1252"))

    with pytest.raises(UserFileError, match=r"table\.csv.*utf-8"):
        open_raw(path, ReadOptions(encoding="utf-8"))
    with pytest.raises(UserFileError, match="nonsense"):
        open_raw(path, ReadOptions(encoding="nonsense"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_a_shown_guess(tmp_path: Path, encoding: str) -> None:
    file = opened(tmp_path, "area,value\nA,1\n".encode(encoding))

    assert (file.encoding, file.encoding_guessed) == (encoding, True)
    assert list(file.tables[0].rows()) == [["area", "value"], ["A", "1"]]


def test_half_a_sign_of_utf16_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="utf-16-le"):
        opened(tmp_path, "area,value\nA,1\n".encode("utf-16-le")[:-1])


def test_a_row_with_nul_is_named_and_the_rest_stays(tmp_path: Path) -> None:
    found = rows(tmp_path, b"area,value\n" + b"A,1\n" * 20 + b"B\0,2\nC,3\n")

    assert isinstance(found[21], BrokenRow)
    assert found[21].code == "nul"
    assert found[22] == ["C", "3"]


def test_a_file_full_of_nul_is_no_text(tmp_path: Path) -> None:
    """More than one sign in twenty: the rest would be read as if nothing were wrong with it."""
    most = b"area,value\n" + b"A,1\n" * 7 + b"B\0,2\n" * 2 + b"C,3\n"
    assert most.count(0) * 20 <= len(most)
    assert [type(row) for row in rows(tmp_path, most)].count(BrokenRow) == 2

    with pytest.raises(UserFileError, match="not plain text") as caught:
        opened(tmp_path, most + b"D\0\0\0\0,4\n")

    assert caught.value.data["count"] == 6


def test_an_open_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    found = rows(tmp_path, b'area,value\nA,1\n"B,2\nC,3\nD,4\n')

    assert isinstance(found[2], BrokenRow)
    assert found[2].code == "broken_quote"
    assert found[3:] == [["C", "3"], ["D", "4"]]


def test_an_open_quote_that_meets_another_quote_later(tmp_path: Path) -> None:
    found = rows(tmp_path, b'area,value\n"B,2\nC,3\n"D",4\nE,5\n')

    assert [row.code for row in found if isinstance(row, BrokenRow)] == ["broken_quote"]
    assert found[2:] == [["C", "3"], ["D", "4"], ["E", "5"]]


def test_a_quote_inside_quotes_costs_its_own_line_only(tmp_path: Path) -> None:
    found = rows(tmp_path, b'area,value\n"a "b" c",1\nC,3\n')

    assert isinstance(found[1], BrokenRow)
    assert found[2] == ["C", "3"]


def test_line_breaks_inside_quotes_are_content(tmp_path: Path) -> None:
    assert rows(tmp_path, b'area,value\n"two\nlines",1\n')[1] == ["two\nlines", "1"]


def test_blank_lines_count_as_rows(tmp_path: Path) -> None:
    assert rows(tmp_path, b"a,b\r\n\r\n1,2\r\n") == [["a", "b"], [], ["1", "2"]]


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_cell_beyond_the_cap_is_refused_by_name(tmp_path: Path, quote: bytes) -> None:
    data = b"a,b\n1," + quote + b"x" * (MAX_FIELD + 10) + quote + b"\n"

    with pytest.raises(UserFileError, match="1000000"):
        rows(tmp_path, data)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 x", b"<html><table>", b"\x89PNG\r\n", b"SQLite format 3\0", b"\x1f\x8b\x08"],
)
def test_other_kinds_of_files_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserFileError, match="no table"):
        opened(tmp_path, data)


def test_empty_files_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="empty"):
        opened(tmp_path, b"")
    with pytest.raises(UserFileError, match="not a file"):
        open_raw(tmp_path)
    with pytest.raises(UserFileError, match="cannot be opened"):
        open_raw(tmp_path / "none.csv")


def test_a_pipe_is_refused_and_does_not_wait(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(UserFileError, match="not a file"):
        open_raw(tmp_path / "pipe.csv")


@settings(max_examples=50, deadline=None)
@given(lines=st.lists(st.text('ab,;"\n', max_size=12), max_size=12))
def test_no_line_is_lost_whatever_the_quotes(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    text = "h,i\n" + "\n".join(lines) + "\nlast,row\n"
    path = tmp_path_factory.mktemp("quotes") / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")

    found = list(open_raw(path).tables[0].rows())

    joined = "".join("".join(row) for row in found)
    assert joined.count("a") == text.count("a")
    assert joined.count("b") == text.count("b")
