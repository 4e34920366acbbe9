"""SDMX-CSV tables."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import RawFile
from workbench.importing.readers import open_raw

FIRST = "DATAFLOW,SEX,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
SECOND = "STRUCTURE,STRUCTURE_ID,ACTION,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"


def opened(tmp_path: Path, text: str | bytes) -> RawFile:
    path = tmp_path / "table.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_raw(path)


def rows(tmp_path: Path, text: str | bytes) -> list[list[str]]:
    return list(opened(tmp_path, text).tables[0].rows())


def test_version_1(tmp_path: Path) -> None:
    file = opened(tmp_path, FIRST + 'X:Y(1.0),F,AT,2010,1.234,P\r\nX:Y(1.0),M,"A,B",2010,,M\n')

    assert (file.format, file.encoding, file.delimiter) == ("sdmx_csv", "utf-8", ",")
    assert list(file.tables[0].rows())[1:] == [
        ["X:Y(1.0)", "F", "AT", "2010", MACHINE_MARK + "1.234", "P"],
        ["X:Y(1.0)", "M", "A,B", "2010", "", "M"],
    ]


def test_version_2_with_semicolons(tmp_path: Path) -> None:
    text = (SECOND + "dataflow,X:Y(1.0),I,F,2010,12,A\n").replace(",", ";")

    assert rows(tmp_path, text)[1] == ["dataflow", "X:Y(1.0)", "I", "F", "2010", "12", "A"]


def test_labels_stand_beside_codes(tmp_path: Path) -> None:
    text = "DATAFLOW,SEX: Sex,TIME_PERIOD: Time,OBS_VALUE: Value\nA:B(1),F: Female,2010,<5\n"

    assert rows(tmp_path, text) == [
        ["DATAFLOW", "SEX", "SEX label", "TIME_PERIOD", "TIME_PERIOD label", "OBS_VALUE"],
        ["A:B(1)", "F", "Female", "2010", "", "<5"],
    ]


def test_a_byte_mark_and_blank_lines(tmp_path: Path) -> None:
    found = rows(tmp_path, b"\xef\xbb\xbf" + FIRST.encode() + b"\nX,F,AT,2010,1,A\n")

    assert found[0][0] == "DATAFLOW"
    assert found[1:] == [[], ["X", "F", "AT", "2010", "1", "A"]]


def test_another_table_is_not_taken(tmp_path: Path) -> None:
    assert opened(tmp_path, "STRUCTURE,AREA,VALUE\na,b,1\n").format == "csv"
    assert opened(tmp_path, "SEX,OBS_VALUE\nF,1\n").format == "csv"


@pytest.mark.parametrize("action", ["D", "delete"])
def test_a_message_that_deletes_is_refused(tmp_path: Path, action: str) -> None:
    with pytest.raises(UserFileError, match="Line 2 does"):
        rows(tmp_path, SECOND + f"dataflow,X,{action},F,2010,,\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("X,F,AT,2010,1\n", "Line 2 has 5 cells instead of 6"),
        ("X,F,AT,2010,1,A,\n", "7 cells"),
        ('X,F,AT,2010,1,"A\n', "Line 2"),
        ('X,F,"A"T,2010,1,A\n', "Line 2"),
        ("X,F," + "A" * 1_000_001 + ",2010,1,A\n", "Line 2"),
    ],
)
def test_broken_lines(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(UserFileError, match=message):
        rows(tmp_path, FIRST + line)


def test_other_letters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="utf-8"):
        rows(tmp_path, FIRST.encode() + "X,Ñ,AT,2010,1,A\n".encode("cp1252"))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.lists(st.tuples(TEXT, TEXT, st.integers()), min_size=1, max_size=5))
def test_what_was_written_is_read(tmp_path: Path, table: list[tuple[str, str, int]]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [f"X,{quoted(sex)},{quoted(area)},2010,{value},A" for sex, area, value in table]

    found = rows(tmp_path, FIRST + "\n".join(lines))[1:]

    assert found == [["X", sex, area, "2010", str(value), "A"] for sex, area, value in table]
