"""PC-Axis files."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import RawFile
from workbench.importing.readers import open_raw

HEAD = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="iso-8859-1";
LANGUAGES="en","sv";
TITLE="A title over "
"two lines; with a DATA= inside";
STUB="sex";
HEADING="contents","year";
STUB[sv]="kön";
CONTVARIABLE="contents";
VALUES("sex")="Women","Men
and boys";
VALUES("contents")="Victims";
VALUES("year")="2010","2011";
TIMEVAL("year")=TLIST(A1),"2010","2011";
CODES("sex")="F","M";
VALUES[sv]("kön")="Kvinnor","Män";
CODES("contents")="Victims";
UNITS="number";
UNITS("Victims")="persons";
"""


def opened(tmp_path: Path, text: str, encoding: str = "iso-8859-1") -> RawFile:
    path = tmp_path / "table.txt"
    path.write_bytes(text.encode(encoding))
    return open_raw(path)


def test_cells_in_the_order_of_the_data(tmp_path: Path) -> None:
    file = opened(tmp_path, HEAD + 'DATA=\n".." 1.50\r\n-3 "-";\n')

    assert (file.format, file.encoding) == ("px", "iso8859-1")
    assert list(file.tables[0].rows()) == [
        ["sex", "sex code", "variable", "year", "unit", "value"],
        ["Women", "F", "Victims", "2010", "persons", ".."],
        ["Women", "F", "Victims", "2011", "persons", MACHINE_MARK + "1.50"],
        ["Men\nand boys", "M", "Victims", "2010", "persons", "-3"],
        ["Men\nand boys", "M", "Victims", "2011", "persons", "-"],
    ]


def test_rows_that_keys_leave_out_are_zeros(tmp_path: Path) -> None:
    file = opened(tmp_path, HEAD + 'KEYS("sex")=CODES;\nDATA=\n"M",7,8;')

    assert [row[1] for row in file.tables[0].rows()][1:] == ["M", "M", "F", "F"]
    assert [row[-1].lstrip("\x1e") for row in file.tables[0].rows()][1:] == ["7", "8", "0", "0"]


def test_keys_by_value(tmp_path: Path) -> None:
    file = opened(tmp_path, HEAD + 'KEYS("sex")=VALUES;\nDATA=\n"Women" 7 8\n"Men\nand boys" 1 2;')

    assert [row[-1] for row in file.tables[0].rows()][1:] == ["7", "8", "1", "2"]


def test_the_code_page_is_used(tmp_path: Path) -> None:
    text = HEAD.replace("iso-8859-1", "windows-1251").replace('"Women"', '"Женщины"')
    text = text.replace("ö", "o").replace("ä", "a")

    file = opened(tmp_path, text + "DATA=1 2 3 4;", "cp1251")

    assert file.tables[0].first_rows(2)[1][0] == "Женщины"


def test_a_byte_mark_wins(tmp_path: Path) -> None:
    file = opened(tmp_path, "\ufeff" + HEAD + "DATA=1 2 3 4;", "utf-8")

    assert list(file.tables[0].rows())[4][-1] == "4"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "DATA=\n1 2 3;", "need 4 values, but it holds 3"),
        (HEAD + "DATA=\n1 2 3 4", "DATA does not end"),
        (HEAD + 'DATA=\n1 2 "3 4;', "DATA does not end"),
        (HEAD, "DATA is missing"),
        (HEAD[: HEAD.index("TIMEVAL") + 30], "TIMEVAL does not end"),
        (HEAD + "what is this\nDATA=1 2 3 4;", "Line 20 is no keyword"),
        (HEAD.replace('STUB="sex"', 'STUB="age"') + "DATA=1 2 3 4;", "“age” has 0 categories"),
        (HEAD.replace('"F","M"', '"F"') + "DATA=1 2 3 4;", "2 categories instead of 1"),
        (HEAD.replace("iso-8859-1", "ebcdic-x") + "DATA=1 2 3 4;", "ebcdic-x"),
        (HEAD.replace("iso-8859-1", "utf-8") + "DATA=1 2 3 4;", "cannot be read as utf-8"),
        (HEAD + 'KEYS("sex")=CODES;\nDATA="X" 1 2;', "“X” is no value"),
        (HEAD + 'KEYS("sex")=CODES;\nDATA="F" 1 2 "M" 1;', "left over"),
        (HEAD + 'KEYS("year")=CODES;\nDATA="2010" 1 2;', "behind variables without keys"),
    ],
)
def test_broken_files(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserFileError, match=message):
        list(opened(tmp_path, text).tables[0].rows())


CELL = st.one_of(st.integers(-(10**9), 10**9).map(str), st.sampled_from(['".."', '"-"', '"."']))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(CELL, min_size=4, max_size=4), gap=st.sampled_from([" ", "\n", "\t", ","]))
def test_what_was_written_is_read(tmp_path: Path, cells: list[str], gap: str) -> None:
    rows = list(opened(tmp_path, HEAD + "DATA=\n" + gap.join(cells) + ";").tables[0].rows())

    assert [row[-1] for row in rows[1:]] == [cell.strip('"') for cell in cells]


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
def test_real_files() -> None:
    assert SHARED is not None
    first = list(open_raw(SHARED / "data/px-axis/TAB001.px").tables[0].rows())
    second = list(open_raw(SHARED / "data/px-axis/TAB003.px").tables[0].rows())

    assert len(first) == 1 + 30 * 3 * 22 * 3
    assert first[2] == [
        *("Austria", "AT", "Female", "F", "Total", "TOTAL", "Population", "HNMGA"),
        *("1991", "amount", "4041797"),
    ]
    assert len(second) == 1 + 9 * 34 * 2 * 4
    assert second[-1][-1] == "5578000"
